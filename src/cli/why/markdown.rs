//! An answer as Markdown, for tickets.

use std::io::{self, Write};

use crate::flows::why::{Line, LineKind, Telling};
use crate::snippets::markdown_cell;

pub(super) fn write(telling: &Telling, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "# {}\n", item(&telling.title))?;
    for line in &telling.lines {
        write_line(line, out)?;
    }
    Ok(())
}

fn write_line(line: &Line, out: &mut impl Write) -> io::Result<()> {
    let text = item(&line.text);
    let margin = " ".repeat(line.indent * 2);
    match line.kind {
        LineKind::Gap => writeln!(out),
        LineKind::Heading => writeln!(out, "## {text}\n"),
        LineKind::Doubt => writeln!(out, "{margin}- **{text}**"),
        LineKind::Quiet if line.text.starts_with("https://") => writeln!(out, "{margin}- <{}>", line.text),
        LineKind::Text | LineKind::Quiet => writeln!(out, "{margin}- {text}"),
        LineKind::Proposal(_) => writeln!(out, "{margin}- [ ] {text}"),
    }
}

/// Text that begins no list or heading of its own.
fn item(text: &str) -> String {
    let text = markdown_cell(text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let behind = text.get(digits..).unwrap_or_default();
    if digits > 0 && behind.starts_with(['.', ')']) {
        return format!("{}\\{behind}", text.get(..digits).unwrap_or_default());
    }
    if text.starts_with(['#', '-', '+']) { format!("\\{text}") } else { text }
}
