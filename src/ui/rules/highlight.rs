//! A light hand of colour for the text of the rules: comments, first words and what stands in quotation marks.

use std::ops::Range;

use crate::snippets::Target;

/// Longer lines, in bytes, are left as they are: they are data, and not for reading.
const LONGEST: usize = 20_000;

/// What the lines of a text look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// One command on a line; a line of comment starts with the sign.
    Commands(&'static str),
    /// JSON.
    Json,
    /// YAML.
    Yaml,
    /// HTML and XML.
    Markup,
    /// A table, or anything else.
    Plain,
}

/// What a part of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// It is for people.
    Comment,
    /// It has to be seen to before the rest is used.
    Todo,
    /// The word that says what is done, or what is named.
    Word,
    /// It stands in quotation marks, which are part of it.
    Quoted,
}

/// A part of a line, in bytes.
pub(super) type Part = (Range<usize>, Class);

impl Syntax {
    /// What texts of this target look like.
    pub fn of(target: Target) -> Self {
        match (target.extension(), target.comment()) {
            ("json", _) => Self::Json,
            ("yml" | "yaml", _) => Self::Yaml,
            ("html" | "xml" | "svg" | "drawio", _) => Self::Markup,
            (_, Some(sign)) => Self::Commands(sign),
            ("ps1" | "sh" | "py", None) => Self::Commands("#"),
            _ => Self::Plain,
        }
    }

    /// The parts of a line that are not plain, in their order.
    pub fn parts(self, line: &str) -> Vec<Part> {
        let start = line.len() - line.trim_start().len();
        let text = line.trim_start();
        if line.len() > LONGEST || text.is_empty() {
            return Vec::new();
        }
        if let Some(comment) = self.comment(text) {
            let class = if comment.trim_start().starts_with("TODO") { Class::Todo } else { Class::Comment };
            return vec![(start..line.len(), class)];
        }
        match self {
            Self::Commands(_) => {
                let end = start + text.find(char::is_whitespace).unwrap_or(text.len());
                let mut parts = quoted(line);
                parts.retain(|(bytes, _)| bytes.start >= end);
                let word = line.get(start..end).unwrap_or_default();
                if word.starts_with(|letter: char| letter.is_alphabetic() || letter == '$') {
                    parts.insert(0, (start..end, Class::Word));
                }
                parts
            }
            Self::Json => {
                let named = |bytes: &Range<usize>| {
                    line.get(bytes.end..).is_some_and(|rest| rest.trim_start().starts_with(':'))
                };
                let class = |bytes: &Range<usize>| if named(bytes) { Class::Word } else { Class::Quoted };
                quoted(line).into_iter().map(|(bytes, _)| (bytes.clone(), class(&bytes))).collect()
            }
            Self::Yaml => {
                let start = line.len() - text.trim_start_matches(['-', ' ']).len();
                let rest = line.get(start..).unwrap_or_default();
                let key = rest.find(": ").or_else(|| rest.ends_with(':').then(|| rest.len() - 1));
                let key = key.filter(|_| !rest.starts_with(['"', '\''])).map(|at| start..start + at);
                let end = key.as_ref().map_or(start, |key| key.end);
                let mut parts = quoted(line);
                parts.retain(|(bytes, _)| bytes.start >= end);
                parts.splice(0..0, key.map(|key| (key, Class::Word)));
                parts
            }
            Self::Markup => tags(line),
            Self::Plain => Vec::new(),
        }
    }

    /// What stands behind the sign, if the line is a comment.
    fn comment(self, text: &str) -> Option<&str> {
        match self {
            Self::Commands(sign) => text.strip_prefix(sign),
            Self::Yaml => text.strip_prefix('#'),
            Self::Markup => text.strip_prefix("<!--"),
            Self::Json | Self::Plain => None,
        }
    }
}

/// What stands between two equal quotation marks. A lone one is an apostrophe.
fn quoted(line: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut letters = line.char_indices();
    while let Some((start, mark)) = letters.next() {
        if !matches!(mark, '"' | '\'') {
            continue;
        }
        let mut inside = letters.clone();
        while let Some((at, letter)) = inside.next() {
            if letter == mark {
                parts.push((start..at + 1, Class::Quoted));
                letters = inside;
                break;
            }
            if mark == '"' && matches!(letter, '\\' | '`') {
                inside.next();
            }
        }
    }
    parts
}

fn tags(line: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut from = 0;
    while let Some(open) = line.get(from..).and_then(|rest| rest.find('<')).map(|at| from + at) {
        let Some(close) = line.get(open..).and_then(|rest| rest.find('>')).map(|at| open + at + 1) else {
            break;
        };
        parts.push((open..close, Class::Word));
        from = close;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::{Class, Syntax};

    fn shown(syntax: Syntax, line: &str) -> Vec<(&str, Class)> {
        syntax.parts(line).into_iter().map(|(bytes, class)| (line.get(bytes).unwrap_or("?"), class)).collect()
    }

    #[test]
    fn commands_have_first_words_comments_and_quoted_text() {
        let script = Syntax::Commands("#");
        assert_eq!(shown(script, "  # it's"), [("# it's", Class::Comment)]);
        assert_eq!(shown(script, "# TODO: an address"), [("# TODO: an address", Class::Todo)]);
        assert_eq!(
            shown(script, "  set name \"a \\\" b\" 'u' it's"),
            [("set", Class::Word), ("\"a \\\" b\"", Class::Quoted), ("'u'", Class::Quoted)]
        );
        assert_eq!(shown(script, "} 5"), []);
        assert_eq!(shown(Syntax::Commands("!"), "! x"), [("! x", Class::Comment)]);
        assert_eq!(shown(Syntax::Commands("!"), ""), []);
    }

    #[test]
    fn data_has_names_and_values() {
        assert_eq!(
            shown(Syntax::Json, "\"a\": \"b: c\","),
            [("\"a\"", Class::Word), ("\"b: c\"", Class::Quoted)]
        );
        assert_eq!(
            shown(Syntax::Yaml, "  - name: 'x: y'"),
            [("name", Class::Word), ("'x: y'", Class::Quoted)]
        );
        assert_eq!(shown(Syntax::Yaml, "tasks:"), [("tasks", Class::Word)]);
        assert_eq!(shown(Syntax::Yaml, "- \"a: b\""), [("\"a: b\"", Class::Quoted)]);
        assert_eq!(shown(Syntax::Yaml, "# TODO x"), [("# TODO x", Class::Todo)]);
        assert_eq!(shown(Syntax::Markup, "<a>b</a> < c"), [("<a>", Class::Word), ("</a>", Class::Word)]);
        assert_eq!(shown(Syntax::Plain, "| \"a\" |"), []);
    }

    #[test]
    fn lines_that_nobody_reads_are_left_alone() {
        assert_eq!(shown(Syntax::Json, &"\"a\",".repeat(10_000)), []);
    }
}
