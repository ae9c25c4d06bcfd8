//! Keys in advice, as they are in force.

use crate::app::{App, Command, Context};

use super::theme::Theme;

/// The key for a command; where it has none, its name in the palette.
pub(super) fn hint(app: &App, theme: &Theme, context: Context, command: Command) -> String {
    match app.keys().key_for(context, command) {
        Some(key) => theme.symbols.key(key),
        None => format!("\"{}\"", command.name()),
    }
}
