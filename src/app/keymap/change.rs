//! The operator's changes to the keys, and why one is refused.

use std::collections::HashMap;

use thiserror::Error;

use crate::app::command::{COMMANDS, Command, Context, Spec};
use crate::app::field::Field;
use crate::app::key::{Code, Key, KeyError};
use crate::catalogue::nearest;

use super::{Binding, KeyMap, table_keys};

/// Without a key for one of these there would be no way on, out or to the list of keys.
const ESSENTIAL: [Command; 11] = [
    Command::Quit,
    Command::Cancel,
    Command::Help,
    Command::Accept,
    Command::SaveAndGo,
    Command::Recover,
    Command::Reload,
    Command::SaveElsewhere,
    Command::TryAgain,
    Command::DiscardAndGo,
    Command::Overwrite,
];

/// Why a change of keys is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeyMapError {
    /// No command has this name.
    #[error("there is no command \"{found}\"; {}", hint(.nearest.as_deref()))]
    UnknownCommand {
        /// The name.
        found: String,
        /// The command that was probably meant.
        nearest: Option<String>,
    },
    /// A command is changed twice.
    #[error("the command \"{0}\" is there twice; take one of them out")]
    CommandTwice(String),
    /// A text is not a key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A command has the same key twice.
    #[error("the key {key} is there twice for {command}; take one of them out")]
    KeyTwice {
        /// The key.
        key: String,
        /// The command.
        command: String,
    },
    /// A command that must keep a key would have none.
    #[error("{0} must keep a key; name at least one")]
    Needed(String),
    /// The key types or edits text everywhere the command counts.
    #[error(
        "the key {key} cannot ask for {command}: in \"{}\" it is for the text; use a function key, or one with Ctrl",
        context.label()
    )]
    Typed {
        /// The key.
        key: String,
        /// The command.
        command: String,
        /// Where.
        context: Context,
    },
    /// The key would mean two things in one place.
    #[error(
        "the key {key} would ask for both {first} and {second} in \"{}\"; give one of them another key",
        context.label()
    )]
    Clash {
        /// The key.
        key: String,
        /// One command.
        first: String,
        /// The other one.
        second: String,
        /// Where.
        context: Context,
    },
}

fn hint(nearest: Option<&str>) -> String {
    nearest.map_or_else(
        || "\"portplan config\" lists them all".to_owned(),
        |name| format!("did you mean \"{name}\"?"),
    )
}

/// A refused change, and which of the changes it is, each counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misplaced {
    /// The command.
    pub entry: usize,
    /// The key in the command's list; `None` if it is about the command or the whole list.
    pub key: Option<usize>,
    /// Why.
    pub error: KeyMapError,
}

/// New keys for one command.
struct Change {
    command: Command,
    keys: Vec<Key>,
}

impl KeyMap {
    /// The table's keys with changes: for each command's name the keys that take the place of all it has. Where text is
    /// typed, keys that belong to the text do not count; if no other is left there, the table's keys stay.
    ///
    /// # Errors
    /// The first change that cannot be.
    pub fn with_changes(lines: &[(String, Vec<String>)]) -> Result<Self, Misplaced> {
        let mut changes = Vec::new();
        for (entry, (name, keys)) in lines.iter().enumerate() {
            let command = command(name).map_err(|error| Misplaced { entry, key: None, error })?;
            if changes.iter().any(|known: &Change| known.command == command) {
                return Err(Misplaced { entry, key: None, error: KeyMapError::CommandTwice(command.id()) });
            }
            let keys = parse(command, keys).map_err(|(key, error)| Misplaced { entry, key, error })?;
            changes.push(Change { command, keys });
        }
        let map = Self { bindings: bindings(&changes) };
        map.check(&changes)?;
        Ok(map)
    }

    fn check(&self, changes: &[Change]) -> Result<(), Misplaced> {
        let mut meanings: HashMap<(Context, Key), Command> = HashMap::new();
        for binding in &self.bindings {
            let places =
                binding.contexts.iter().flat_map(|context| binding.keys.iter().map(|key| (*context, *key)));
            for (context, key) in places {
                let second = binding.spec.command;
                let first = *meanings.entry((context, key)).or_insert(second);
                if first != second {
                    return Err(clash(changes, context, key, first, second));
                }
            }
        }
        Ok(())
    }
}

fn clash(changes: &[Change], context: Context, key: Key, first: Command, second: Command) -> Misplaced {
    let speaks = |change: &&Change| change.command == first || change.command == second;
    let place = |(entry, change): (usize, &Change)| {
        let at = change.keys.iter().position(|known| *known == key)?;
        speaks(&change).then_some((entry, at))
    };
    let place = changes.iter().enumerate().filter_map(place).next_back();
    let error = KeyMapError::Clash { key: key.word(), first: first.id(), second: second.id(), context };
    Misplaced { entry: place.map_or(0, |(entry, _)| entry), key: place.map(|(_, at)| at), error }
}

fn command(name: &str) -> Result<Command, KeyMapError> {
    let ids: Vec<String> = COMMANDS.iter().map(Spec::id).collect();
    let known = COMMANDS.iter().zip(&ids).find(|(_, id)| *id == name).map(|(spec, _)| spec.command);
    known.ok_or_else(|| KeyMapError::UnknownCommand {
        found: name.chars().filter(|letter| !letter.is_control()).take(60).collect(),
        nearest: nearest(name, ids.iter().map(String::as_str)).map(str::to_owned),
    })
}

fn parse(command: Command, words: &[String]) -> Result<Vec<Key>, (Option<usize>, KeyMapError)> {
    if words.is_empty() && ESSENTIAL.contains(&command) {
        return Err((None, KeyMapError::Needed(command.id())));
    }
    let mut keys: Vec<Key> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let key: Key = word.parse().map_err(|error| (Some(at), KeyMapError::Key(error)))?;
        if keys.contains(&key) {
            return Err((Some(at), KeyMapError::KeyTwice { key: key.word(), command: command.id() }));
        }
        if let Some(context) = only_text(command, key) {
            let error = KeyMapError::Typed { key: key.word(), command: command.id(), context };
            return Err((Some(at), error));
        }
        keys.push(key);
    }
    Ok(keys)
}

/// One of the command's contexts, if the key belongs to the text in all of them.
fn only_text(command: Command, key: Key) -> Option<Context> {
    let contexts = || {
        COMMANDS.iter().filter(|spec| spec.command == command).flat_map(|spec| spec.contexts.iter().copied())
    };
    contexts().next().filter(|_| contexts().all(|context| is_text(context, command, key)))
}

/// Whether the key types or edits text in this context, so that no command may have it.
fn is_text(context: Context, command: Command, key: Key) -> bool {
    let own: &[Code] = match (context, command) {
        // Outside its text fields the form has choices, which these keys change.
        (Context::Form | Context::Fields, Command::Toggle | Command::ChangeOn | Command::ChangeBack) => {
            &[Code::Char(' '), Code::Left, Code::Right]
        }
        (Context::Roles, Command::Toggle) => &[Code::Char(' ')],
        _ => &[],
    };
    let types = matches!(
        context,
        Context::Search
            | Context::Find
            | Context::Form
            | Context::Fields
            | Context::Ports
            | Context::Roles
            | Context::Palette
            | Context::Prompt
    );
    types && Field::uses(key) && !own.iter().any(|code| key == Key::plain(*code))
}

fn bindings(changes: &[Change]) -> Vec<Binding> {
    let mut all: Vec<Binding> = Vec::new();
    for spec in COMMANDS {
        let table = table_keys(spec);
        let Some(change) = changes.iter().find(|change| change.command == spec.command) else {
            all.push(Binding { spec, contexts: spec.contexts.to_vec(), keys: table });
            continue;
        };
        let first = all.len();
        for context in spec.contexts {
            let mut keys = keys_in(*context, change, &table);
            keys.retain(|key| !has(&all, *context, spec.command, *key));
            let same = all.iter_mut().skip(first).find(|binding| binding.keys == keys);
            match same {
                Some(binding) => binding.contexts.push(*context),
                None => all.push(Binding { spec, contexts: vec![*context], keys }),
            }
        }
    }
    all
}

fn keys_in(context: Context, change: &Change, table: &[Key]) -> Vec<Key> {
    let usable = |key: &Key| !is_text(context, change.command, *key);
    let keys: Vec<Key> = change.keys.iter().copied().filter(usable).collect();
    if keys.is_empty() && !change.keys.is_empty() { table.to_vec() } else { keys }
}

/// Whether a line of the table further up gave the command this key here already.
fn has(bindings: &[Binding], context: Context, command: Command, key: Key) -> bool {
    let own = bindings.iter().filter(|binding| binding.spec.command == command);
    own.filter(|binding| binding.contexts.contains(&context)).any(|binding| binding.keys.contains(&key))
}
