//! Arguments of questions about a plan.

use std::path::PathBuf;

use clap::{Args as Arguments, ValueEnum};

/// Arguments of `why`.
#[derive(Debug, Arguments)]
pub struct WhyTask {
    /// The plan.
    pub plan: PathBuf,
    /// The host that opens connections: its name, or its address. Alone: all that it opens.
    #[arg(long, value_name = "HOST")]
    pub from: Option<String>,
    /// The host that they go to: its name, or its address. Alone: all that comes to it.
    #[arg(long, value_name = "HOST")]
    pub to: Option<String>,
    /// All that this host needs, out and in.
    #[arg(long, conflicts_with_all = ["from", "to"])]
    pub host: Option<String>,
    /// Only flows at this port. Alone: who needs it.
    #[arg(long, value_name = "PORT")]
    pub port: Option<String>,
    /// The form of the output.
    #[arg(long, value_enum, default_value_t = WhyFormat::Text)]
    pub format: WhyFormat,
    /// Tell what would bring every rule that came close, not of the nearest alone.
    #[arg(long)]
    pub all: bool,
}

/// Forms of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum WhyFormat {
    /// Plain text.
    Text,
    /// A JSON object.
    Json,
    /// Markdown, for a ticket.
    Markdown,
}
