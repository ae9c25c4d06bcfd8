//! The config file: how the operator wants the program to look and which keys it listens to. As strict as a plan's
//! file: everything in the text is understood, or the first thing that is not is named with its place.

mod choices;

use std::path::Path;

use ron::Options;
use ron::extensions::Extensions;
use serde::Deserialize;

pub use choices::{ClipboardChoice, MouseChoice, SymbolsChoice, ThemeChoice};

use super::project::{Fault, Form, Pairs, ReadError, Step, explain, is_blank, locate};
use super::store::{self, LoadError};

/// What stands in the config file; `None` where it says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Config {
    /// The colours.
    pub theme: Option<ThemeChoice>,
    /// The signs outside ASCII.
    pub symbols: Option<SymbolsChoice>,
    /// Whether the mouse is listened to.
    pub mouse: Option<MouseChoice>,
    /// Which way a copy takes.
    pub clipboard: Option<ClipboardChoice>,
    /// For each command's name the keys that take the place of its own, as they are written.
    pub keys: Vec<(String, Vec<String>)>,
    text: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "config")]
struct RawConfig {
    #[serde(default)]
    theme: Option<ThemeChoice>,
    #[serde(default)]
    symbols: Option<SymbolsChoice>,
    #[serde(default)]
    mouse: Option<MouseChoice>,
    #[serde(default)]
    clipboard: Option<ClipboardChoice>,
    #[serde(default)]
    keys: Pairs<Vec<String>>,
}

impl Config {
    /// Reads a config file's text. A text that says nothing leaves everything as it is by default.
    ///
    /// # Errors
    /// The first thing that is wrong with the text, with its line and column. Commands and keys are not looked at:
    /// whoever knows them says with [`Config::refuse`] where one is wrong.
    pub fn read(text: &str) -> Result<Self, ReadError> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        if is_blank(text) {
            return Ok(Self { text: text.to_owned(), ..Self::default() });
        }
        let options = Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        let raw: RawConfig = options.from_str(text).map_err(|error| {
            let (offset, fault) = explain(text, &error, Form::Config);
            ReadError::new(text, offset, fault)
        })?;
        Ok(Self {
            theme: raw.theme,
            symbols: raw.symbols,
            mouse: raw.mouse,
            clipboard: raw.clipboard,
            keys: raw.keys.0,
            text: text.to_owned(),
        })
    }

    /// Loads a config file.
    ///
    /// # Errors
    /// If there is no readable file of this name, or what it holds is not a config.
    pub fn load(path: &Path) -> Result<Self, LoadError> {
        let text = store::read_text(path)?;
        Self::read(&text).map_err(|error| error.with_name(&path.display().to_string()).into())
    }

    /// The error for an entry of `keys` that cannot be, and where it stands: the entry's name, or one of its keys, each
    /// counted from 0.
    pub fn refuse(&self, entry: usize, key: Option<usize>, why: &str) -> ReadError {
        let last = match key {
            Some(at) => vec![Step::Value(entry), Step::Item(at)],
            None => vec![Step::Key(entry)],
        };
        let offset = locate(&self.text, [Step::Field("keys")].into_iter().chain(last)).unwrap_or(0);
        ReadError::new(&self.text, offset, Fault::Keys(why.to_owned()))
    }
}
