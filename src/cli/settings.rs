//! The settings in force: command line before config file before environment before defaults.

use std::fmt;
use std::path::PathBuf;

use crate::app::{KeyMap, Mouse};
use crate::files::config::{ClipboardChoice, MouseChoice, SymbolsChoice, ThemeChoice};
use crate::files::{Config, LoadError, config_file};
use crate::host::clipboard::Preference;
use crate::host::env::Environment;
use crate::ui::symbols::Symbols;
use crate::ui::theme::Theme;

use super::Failure;
use super::args::SettingsArgs;

/// Where a setting comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Source {
    CommandLine,
    Config,
    /// The variable, and its value where that says more.
    Environment(String),
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CommandLine => out.write_str("command line"),
            Self::Config => out.write_str("config file"),
            Self::Environment(variable) => write!(out, "environment: {variable}"),
            Self::Default => out.write_str("default"),
        }
    }
}

/// A value and where it comes from.
#[derive(Debug, Clone)]
struct Setting<T> {
    value: T,
    source: Source,
}

impl<T> Setting<T> {
    fn of_config(value: Option<T>, default: T) -> Self {
        match value {
            Some(value) => Self { value, source: Source::Config },
            None => Self { value: default, source: Source::Default },
        }
    }
}

/// What was found of the config file.
#[derive(Debug)]
enum File {
    Nowhere,
    Missing(PathBuf),
    Read(PathBuf),
    /// It cannot be used, and why.
    Broken(String),
}

/// The colours in force.
#[derive(Debug, Clone, Copy)]
enum Colours {
    Dark,
    Light,
    Plain,
}

/// The settings in force.
#[derive(Debug)]
pub(super) struct Settings {
    /// The keys.
    pub keys: KeyMap,
    changed: usize,
    file: File,
    colours: Setting<Colours>,
    symbols: Setting<Symbols>,
    mouse: Setting<MouseChoice>,
    clipboard: Setting<Preference>,
}

impl Settings {
    /// Reads the config file and puts everything together. A file that was not asked for by name stops nobody from
    /// working: the defaults hold, and [`Settings::problem`] tells why.
    ///
    /// # Errors
    /// If the file that the arguments name is not there or is broken.
    pub fn read(args: &SettingsArgs, environment: &Environment) -> Result<Self, Failure> {
        let (file, config, keys) = match (&args.config, config_file()) {
            (Some(path), _) => {
                let (config, keys) = load(path)?;
                (File::Read(path.clone()), config, keys)
            }
            (None, None) => (File::Nowhere, Config::default(), KeyMap::default()),
            (None, Some(path)) => match load(&path) {
                Ok((config, keys)) => (File::Read(path), config, keys),
                Err(LoadError::Missing { .. }) => (File::Missing(path), Config::default(), KeyMap::default()),
                Err(error) => (File::Broken(error.brief()), Config::default(), KeyMap::default()),
            },
        };
        Ok(Self {
            keys,
            changed: config.keys.len(),
            file,
            colours: colours(args.theme, config.theme, environment),
            symbols: symbols(args.ascii, config.symbols, environment),
            mouse: Setting::of_config(config.mouse, MouseChoice::default()),
            clipboard: clipboard(args.clipboard, config.clipboard),
        })
    }

    /// What is wrong with the config file, in one sentence.
    pub fn problem(&self) -> Option<String> {
        match &self.file {
            File::Broken(why) => Some(format!("the defaults hold until this is mended: {why}")),
            File::Nowhere | File::Missing(_) | File::Read(_) => None,
        }
    }

    /// Who has the mouse at the start.
    pub fn mouse(&self) -> Mouse {
        match self.mouse.value {
            MouseChoice::On => Mouse::On,
            MouseChoice::Off => Mouse::Off,
        }
    }

    /// Which way copies take.
    pub fn clipboard(&self) -> Preference {
        self.clipboard.value
    }

    /// How to draw.
    pub fn theme(&self) -> Theme {
        let theme = match self.colours.value {
            Colours::Dark => Theme::dark(),
            Colours::Light => Theme::light(),
            Colours::Plain => Theme::plain(),
        };
        theme.with_symbols(self.symbols.value)
    }

    /// Every setting with its value and where that comes from.
    pub fn lines(&self) -> Vec<(&'static str, String)> {
        let file = match &self.file {
            File::Nowhere => "none: there is no home folder".to_owned(),
            File::Missing(path) => format!("{} (not there)", path.display()),
            File::Read(path) => path.display().to_string(),
            File::Broken(why) => format!("not used: {why}"),
        };
        let colours = match self.colours.value {
            Colours::Dark => "dark",
            Colours::Light => "light",
            Colours::Plain => "plain",
        };
        let symbols = match self.symbols.value {
            Symbols::Unicode => "unicode",
            Symbols::Console => "unicode, as far as the Linux console has it",
            Symbols::Ascii => "ascii",
        };
        let keys = match self.changed {
            0 => format!("as they are ({})", Source::Default),
            1 => format!("1 command changed ({})", Source::Config),
            many => format!("{many} commands changed ({})", Source::Config),
        };
        vec![
            ("config file", file),
            ("theme", format!("{colours} ({})", self.colours.source)),
            ("symbols", format!("{symbols} ({})", self.symbols.source)),
            ("mouse", format!("{} ({})", self.mouse.value.name(), self.mouse.source)),
            ("clipboard", format!("{} ({})", self.clipboard.value.word(), self.clipboard.source)),
            ("keys", keys),
        ]
    }
}

fn load(path: &std::path::Path) -> Result<(Config, KeyMap), LoadError> {
    let config = Config::load(path)?;
    match KeyMap::with_changes(&config.keys) {
        Ok(keys) => Ok((config, keys)),
        Err(misplaced) => {
            let error = config.refuse(misplaced.entry, misplaced.key, &misplaced.error.to_string());
            Err(error.with_name(&path.display().to_string()).into())
        }
    }
}

fn colours(
    asked: Option<ThemeChoice>,
    config: Option<ThemeChoice>,
    environment: &Environment,
) -> Setting<Colours> {
    let (choice, source) = match (asked, config) {
        (Some(choice), _) => (choice, Source::CommandLine),
        (None, Some(choice)) => (choice, Source::Config),
        (None, None) => (ThemeChoice::Auto, Source::Default),
    };
    let fixed = |value| Setting { value, source };
    match choice {
        ThemeChoice::Dark => fixed(Colours::Dark),
        ThemeChoice::Light => fixed(Colours::Light),
        ThemeChoice::Plain => fixed(Colours::Plain),
        ThemeChoice::Auto => colours_of(environment),
    }
}

fn clipboard(asked: Option<Preference>, config: Option<ClipboardChoice>) -> Setting<Preference> {
    match asked {
        Some(value) => Setting { value, source: Source::CommandLine },
        None => Setting::of_config(config.map(preference), Preference::default()),
    }
}

fn preference(choice: ClipboardChoice) -> Preference {
    match choice {
        ClipboardChoice::Auto => Preference::Auto,
        ClipboardChoice::Osc52 => Preference::Osc52,
        ClipboardChoice::Tmux => Preference::Tmux,
        ClipboardChoice::Screen => Preference::Screen,
        ClipboardChoice::Native => Preference::Native,
        ClipboardChoice::Off => Preference::Off,
    }
}

fn colours_of(environment: &Environment) -> Setting<Colours> {
    let because = |value, why: &str| Setting { value, source: Source::Environment(why.to_owned()) };
    match (environment.plain_because(), environment.has_light_background()) {
        (Some(why), _) => because(Colours::Plain, why),
        (None, Some(true)) => because(Colours::Light, "COLORFGBG"),
        (None, Some(false)) => because(Colours::Dark, "COLORFGBG"),
        (None, None) => Setting { value: Colours::Dark, source: Source::Default },
    }
}

fn symbols(ascii: bool, config: Option<SymbolsChoice>, environment: &Environment) -> Setting<Symbols> {
    if ascii {
        return Setting { value: Symbols::Ascii, source: Source::CommandLine };
    }
    match config.unwrap_or_default() {
        SymbolsChoice::Unicode => Setting { value: Symbols::Unicode, source: Source::Config },
        SymbolsChoice::Ascii => Setting { value: Symbols::Ascii, source: Source::Config },
        SymbolsChoice::Auto => symbols_of(environment),
    }
}

fn symbols_of(environment: &Environment) -> Setting<Symbols> {
    let because = |value, why: String| Setting { value, source: Source::Environment(why) };
    if let Some(why) = environment.narrow_locale() {
        return because(Symbols::Ascii, why);
    }
    if environment.is_term("linux") {
        return because(Symbols::Console, "TERM=linux".to_owned());
    }
    Setting { value: Symbols::Unicode, source: Source::Default }
}
