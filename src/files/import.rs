//! Reads hosts from the files of others: tables, inventories, lists of VMs, projects of other planners. What could not be
//! read is part of the answer.

mod ansible;
mod ansible_ini;
mod ansible_yaml;
mod csv;
mod decode;
mod error;
mod magic_ports;
mod yaml;

use std::path::Path;

use crate::catalogue::Catalogue;
use crate::plan::import::{Kind, Source, detect, list};
use crate::plan::shown::shown_path;

use super::LoadError;
use super::project::MAX_BYTES;
use super::store::read_bytes as bytes_of;

use error::Fault;

pub use decode::decode;
pub use error::ImportError;

/// What the operator says a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum From {
    /// Nothing: its content tells.
    #[default]
    Auto,
    /// That it has columns; which table it is, its content tells.
    AnyTable,
    /// A table as text.
    Csv,
    /// The VM list of Nutanix Prism.
    Prism,
    /// An Ansible inventory of either form.
    Ansible,
    /// The project of the Magic Ports web app.
    MagicPorts,
    /// One host a line.
    List,
}

impl From {
    /// The form of a text.
    fn kind(self, text: &str) -> Kind {
        match self {
            Self::Auto => detect(text),
            Self::AnyTable => match detect(text) {
                Kind::List => Kind::Csv,
                kind => kind,
            },
            Self::Csv => Kind::Csv,
            Self::Prism => Kind::Prism,
            Self::MagicPorts => Kind::MagicPorts,
            Self::List => Kind::List,
            Self::Ansible => match detect(text) {
                Kind::AnsibleYaml | Kind::MagicPorts => Kind::AnsibleYaml,
                _ => Kind::AnsibleIni,
            },
        }
    }
}

/// Reads a file.
///
/// # Errors
/// If there is no file that can be read, or it is nothing that hosts can be read from.
pub fn read_file(path: &Path, from: From, catalogue: &Catalogue) -> Result<Source, ImportError> {
    let bytes = bytes_of(path).map_err(|error| match error {
        LoadError::NotAFile { what, .. } => {
            let what =
                format!("this is {what}, not a file; what comes through a pipe is read with - as the file");
            Fault::whole(&what).of(&shown_path(path))
        }
        error => error.into(),
    })?;
    read_bytes(&shown_path(path), bytes, from, catalogue)
}

/// Reads bytes that came from somewhere else; `name` is for messages.
///
/// # Errors
/// If they are nothing that hosts can be read from.
pub fn read_bytes(
    name: &str,
    bytes: Vec<u8>,
    from: From,
    catalogue: &Catalogue,
) -> Result<Source, ImportError> {
    if bytes.len() > MAX_BYTES {
        return Err(ImportError::TooLarge { name: name.to_owned(), found: bytes.len(), limit: MAX_BYTES });
    }
    let text = decode(bytes).map_err(|fault| fault.of(name))?;
    read_text(name, &text, from, catalogue)
}

/// Reads a text; `name` is for messages.
///
/// # Errors
/// If it is nothing that hosts can be read from.
pub fn read_text(name: &str, text: &str, from: From, catalogue: &Catalogue) -> Result<Source, ImportError> {
    let source = || name.to_owned();
    if text.len() > MAX_BYTES {
        return Err(ImportError::TooLarge { name: source(), found: text.len(), limit: MAX_BYTES });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(ImportError::Empty { name: source() });
    }
    if from == From::Auto && is_plan(text) {
        let what = "this is a plan of portplan, which is opened and not brought in";
        return Err(Fault::whole(what).of(name));
    }
    let read = match from.kind(text) {
        kind @ (Kind::Csv | Kind::Prism) => csv::read(text, kind, catalogue).map(Source::Table),
        Kind::AnsibleIni => Ok(Source::Ready(ansible_ini::read(text, catalogue))),
        Kind::AnsibleYaml => ansible_yaml::read(text, catalogue).map(Source::Ready),
        Kind::MagicPorts => magic_ports::read(text, catalogue).map(Source::Ready),
        Kind::List => Ok(Source::Ready(list::read(text, catalogue))),
    };
    read.map_err(|fault| fault.of(name))
}

/// Our own files begin with remarks, a bracket and the format.
fn is_plan(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    let begins = lines.next().and_then(|line| line.strip_prefix('('));
    begins.is_some_and(|rest| {
        rest.trim_start().starts_with("format") || lines.next().is_some_and(|line| line.starts_with("format"))
    })
}
