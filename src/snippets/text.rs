//! Quoting, and the one set of characters that text of the operator may bring into rules.
//!
//! Everything outside the set is dropped, not escaped: nftables knows no escape for `"`, and Windows reads
//! typographic quotes as the end of a string.

use crate::plan::text::is_hidden;

use super::limits::{COMMENT, NAMED_HOSTS};

/// `text` with nothing but letters, digits, spaces and ` ._:/(),-`; white space is one space.
pub(super) fn clean(text: &str) -> String {
    let allowed = |letter: &char| {
        letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | ':' | '/' | '(' | ')' | ',' | '-')
    };
    let words = text.split_whitespace().map(|word| word.chars().filter(allowed).collect::<String>());
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// [`clean`] text that fits a comment field.
pub(super) fn comment(text: &str) -> String {
    let mut text = clean(text);
    text.truncate(COMMENT);
    text.truncate(text.trim_end().len());
    text
}

/// `a, b, c and 4 more`.
pub(crate) fn list<T: AsRef<str>>(words: &[T]) -> String {
    let named: Vec<&str> = words.iter().take(NAMED_HOSTS).map(AsRef::as_ref).collect();
    match words.len().saturating_sub(NAMED_HOSTS) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

/// `a`, or `a and 4 more`.
pub(super) fn first_of(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    }
}

/// `1 flow`, `2 flows`.
pub(crate) fn count(number: u64, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// A string in double quotes, for targets that take no backslash before a quote. Its text is clean, so it holds none.
pub(super) fn double_quoted(text: &str) -> String {
    format!("\"{}\"", clean(text))
}

/// A PowerShell string. Its text is clean, so it holds no quote that could end it.
pub(super) fn powershell(text: &str) -> String {
    format!("'{}'", clean(text))
}

/// A word for a POSIX shell. Its text is clean, so it holds no quote that could end it.
pub(super) fn shell(text: &str) -> String {
    format!("'{}'", clean(text))
}

/// A PowerShell array of strings.
pub(super) fn powershell_list<T: ToString>(items: &[T]) -> String {
    let items: Vec<String> = items.iter().map(|item| powershell(&item.to_string())).collect();
    format!("@({})", items.join(","))
}

/// A cell that a spreadsheet takes for text, not for a formula.
pub(crate) fn spreadsheet(cell: &str) -> std::borrow::Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}").into() } else { cell.into() }
}

/// A cell of a Markdown table that shows `text` as it is.
pub(crate) fn markdown(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' => cell.extend(['\\', letter]),
            '<' => cell.push_str("&lt;"),
            '>' => cell.push_str("&gt;"),
            '&' => cell.push_str("&amp;"),
            _ if is_hidden(letter) => cell.push(' '),
            _ => cell.push(letter),
        }
    }
    cell
}

/// Text of an HTML or SVG element, or of an attribute in double quotes.
pub(crate) fn markup(text: &str) -> String {
    let mut markup = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => markup.push_str("&lt;"),
            '>' => markup.push_str("&gt;"),
            '&' => markup.push_str("&amp;"),
            '"' => markup.push_str("&quot;"),
            '\'' => markup.push_str("&#39;"),
            _ if letter.is_control() => markup.push(' '),
            _ => markup.push(letter),
        }
    }
    markup
}
