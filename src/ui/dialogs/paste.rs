//! What pasted text would add: the lines that make no host first, since they need a look.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::layers::PastePreview;
use crate::app::layers::paste::Stage;
use crate::app::mouse::{List, Place};
use crate::app::{App, Command, Context, Viewport};
use crate::plan::paste::{LeftOut, PastedHost};
use crate::ui::hint::hint;
use crate::ui::text::{cell, grouped, width, wrap};
use crate::ui::theme::Theme;
use crate::ui::{hits, pane};

pub(super) fn draw(
    app: &App,
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    dialog: &PastePreview,
    viewport: &mut Viewport,
) {
    let area = pane::centred(area, 84, area.height);
    let columns = usize::from(area.width.saturating_sub(2));
    let page = page(app, theme, dialog, columns);
    let height = u16::try_from(page.len() + 2).unwrap_or(u16::MAX);
    let area = pane::centred(area, area.width, height);
    let title = match dialog.stage {
        Stage::Asks => "Add these hosts?",
        Stage::Done => "Lines that made no host",
    };
    let inner = pane::dialog(theme, frame, area, title, None);
    hits::add(&mut viewport.hits, area, Place::Body(List::Dialog));
    let len = page.len() as u64;
    let offset = dialog.list.cursor().min(len.saturating_sub(u64::from(inner.height)));
    let skip = usize::try_from(offset).unwrap_or(0);
    for (at, line) in (0..inner.height).zip(page.into_iter().skip(skip)) {
        frame.render_widget(line, pane::line_of(inner, at));
    }
    pane::scroll_mark(theme, frame, area, offset, len);
    viewport.dialog = inner.height;
    viewport.dialog_lines = len;
}

fn page(app: &App, theme: &Theme, dialog: &PastePreview, columns: usize) -> Vec<Line<'static>> {
    let (hosts, left_out) = (&dialog.pasted.hosts, &dialog.pasted.left_out);
    let mut lines = Vec::new();
    let mut add = |text: &str, indent: usize, style: Style| {
        for line in wrap(text, columns.saturating_sub(2), indent) {
            lines.push(Line::from(Span::styled(format!(" {line}"), style)));
        }
    };
    match dialog.stage {
        Stage::Asks => add(
            &format!(
                "{} adds {}, in one step; {} adds nothing.",
                hint(app, theme, Context::Paste, Command::Accept),
                many(hosts.len(), "host"),
                hint(app, theme, Context::Paste, Command::Cancel)
            ),
            0,
            theme.strong,
        ),
        Stage::Done => add("Mend and paste them again, or add the hosts by hand.", 0, theme.strong),
    }
    if !left_out.is_empty() {
        let verb = if left_out.len() == 1 { "makes" } else { "make" };
        add(&format!("! {} {verb} no host:", many(left_out.len(), "line")), 0, theme.doubt);
    }
    for LeftOut { line, text, why } in left_out {
        add(&format!("line {line}: {text}"), 3, Style::new());
        add(&why.to_string(), 5, theme.dim);
    }
    if dialog.stage == Stage::Asks {
        if !left_out.is_empty() {
            lines.push(Line::raw(""));
        }
        let longest = hosts.iter().map(|host| width(host.name.as_str())).max().unwrap_or(0);
        let names = longest.clamp(4, (columns / 2).max(4));
        lines.extend(hosts.iter().map(|host| row(theme, host, names, columns)));
    }
    lines
}

fn row(theme: &Theme, host: &PastedHost, names: usize, columns: usize) -> Line<'static> {
    let addresses: Vec<String> = host.addresses.iter().map(ToString::to_string).collect();
    let (text, style) = match addresses.as_slice() {
        [] => ("no address".to_owned(), theme.dim),
        addresses => (addresses.join(", "), Style::new()),
    };
    let mut spans = vec![Span::styled(" + ", theme.added)];
    spans.extend(cell(host.name.as_str(), names, &[], Style::new(), Style::new()));
    spans.push(Span::raw("  "));
    spans.extend(cell(&text, columns.saturating_sub(names + 6), &[], style, style));
    Line::from(spans)
}

fn many(number: usize, word: &str) -> String {
    format!("{} {word}{}", grouped(number as u64), if number == 1 { "" } else { "s" })
}
