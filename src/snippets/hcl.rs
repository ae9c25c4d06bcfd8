//! The configuration language of Terraform, in the form that `terraform fmt` gives it.
//!
//! Text is clean, so it holds neither a quote nor the start of a template (`${`, `%{`).

use super::text::double_quoted as quoted;

/// Longer lists have a line for each item.
const ITEMS_IN_A_LINE: usize = 6;

/// What an argument is set to.
#[derive(Debug)]
pub(super) enum Value {
    /// A string.
    Text(String),
    /// Strings.
    Texts(Vec<String>),
    /// A number, a reference or a call; never text of a person.
    Expression(String),
    /// References.
    Expressions(Vec<String>),
}

impl Value {
    /// A string.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Strings.
    pub fn texts<T: ToString>(items: &[T]) -> Self {
        Self::Texts(items.iter().map(ToString::to_string).collect())
    }

    /// A number, a reference or a call.
    pub fn expression(text: impl Into<String>) -> Self {
        Self::Expression(text.into())
    }

    /// The lines of the value; the first one stands behind the equals sign.
    fn lines(&self) -> Vec<String> {
        match self {
            Self::Text(text) => vec![quoted(text)],
            Self::Texts(items) => list(&items.iter().map(|item| quoted(item)).collect::<Vec<_>>()),
            Self::Expression(text) => vec![text.clone()],
            Self::Expressions(items) => list(items),
        }
    }
}

fn list(items: &[String]) -> Vec<String> {
    if items.len() <= ITEMS_IN_A_LINE {
        return vec![format!("[{}]", items.join(", "))];
    }
    let items = items.iter().map(|item| format!("  {item},"));
    ["[".to_owned()].into_iter().chain(items).chain(["]".to_owned()]).collect()
}

/// A block: what it configures, its arguments and the blocks inside, in this order.
#[derive(Debug)]
pub(super) struct Block {
    head: String,
    arguments: Vec<(&'static str, Value)>,
    blocks: Vec<Self>,
}

impl Block {
    /// `kind {`, for a block inside another.
    pub fn inside(kind: &str) -> Self {
        Self { head: kind.to_owned(), arguments: Vec::new(), blocks: Vec::new() }
    }

    /// `variable "label" {`.
    pub fn variable(label: &str) -> Self {
        Self::inside(&format!("variable {}", quoted(label)))
    }

    /// `resource "kind" "label" {`.
    pub fn resource(kind: &str, label: &str) -> Self {
        Self::inside(&format!("resource {} {}", quoted(kind), quoted(label)))
    }

    /// Adds an argument.
    pub fn with(mut self, name: &'static str, value: Value) -> Self {
        self.arguments.push((name, value));
        self
    }

    /// Adds blocks inside.
    pub fn holding(mut self, blocks: impl IntoIterator<Item = Self>) -> Self {
        self.blocks.extend(blocks);
        self
    }

    /// The block's lines, a blank line before each block inside.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("{} {{", self.head)];
        let written: Vec<(&str, Vec<String>)> =
            self.arguments.iter().map(|(name, value)| (*name, value.lines())).collect();
        for run in written.chunk_by(|left, right| left.1.len() == 1 && right.1.len() == 1) {
            lines.extend(arguments(run));
        }
        for block in &self.blocks {
            if lines.len() > 1 {
                lines.push(String::new());
            }
            lines.extend(block.lines().iter().map(|line| indented(line)));
        }
        lines.push("}".to_owned());
        lines
    }
}

/// Arguments whose equals signs stand below each other: neighbours that take one line each.
fn arguments(run: &[(&str, Vec<String>)]) -> Vec<String> {
    let width = run.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let line = |(name, value): &(&str, Vec<String>)| {
        let (first, rest) = value.split_first().map_or(("", [].as_slice()), |(first, rest)| (first, rest));
        let first = format!("  {name:width$} = {first}");
        [first].into_iter().chain(rest.iter().map(|line| indented(line))).collect::<Vec<_>>()
    };
    run.iter().flat_map(line).collect()
}

fn indented(line: &str) -> String {
    if line.is_empty() { String::new() } else { format!("  {line}") }
}

/// Blocks with a blank line between them, each under its remarks.
pub(super) fn file(blocks: impl IntoIterator<Item = (Vec<String>, Block)>) -> Vec<String> {
    let mut lines = Vec::new();
    for (remarks, block) in blocks {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(remarks);
        lines.extend(block.lines());
    }
    lines
}
