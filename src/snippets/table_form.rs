//! How a list that is no snippet of its own is written.

/// The form of differences and counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TableForm {
    /// Aligned columns.
    Text,
    /// Comma-separated values.
    Csv,
    /// JSON, for a program.
    Json,
    /// Markdown, for a ticket.
    Markdown,
}
