//! Which key asks for what: the command table with the operator's changes.

mod change;

pub use change::{KeyMapError, Misplaced};

use super::command::{COMMANDS, Command, Context, PANES, Spec};
use super::key::Key;

/// A line of the command table with the keys that are in force.
#[derive(Debug, Clone)]
pub struct Binding {
    /// The line.
    pub spec: &'static Spec,
    /// Where the keys count.
    pub contexts: Vec<Context>,
    /// The keys, the first one being the one that is shown.
    pub keys: Vec<Key>,
}

impl Binding {
    /// The key that is shown.
    pub fn key(&self) -> Option<Key> {
        self.keys.first().copied()
    }
}

/// The keys in force. In one context no key has two meanings.
#[derive(Debug, Clone)]
pub struct KeyMap {
    bindings: Vec<Binding>,
}

impl Default for KeyMap {
    /// The keys of the command table.
    fn default() -> Self {
        let binding =
            |spec: &'static Spec| Binding { spec, contexts: spec.contexts.to_vec(), keys: table_keys(spec) };
        Self { bindings: COMMANDS.iter().map(binding).collect() }
    }
}

/// The keys that the table gives a command; a test keeps it free of words that are no keys.
fn table_keys(spec: &Spec) -> Vec<Key> {
    spec.keys.iter().filter_map(|key| key.parse().ok()).collect()
}

/// Commands that share a heading in the list of keys.
#[derive(Debug)]
pub struct KeySection<'a> {
    /// The heading.
    pub title: &'static str,
    /// The commands and their keys.
    pub bindings: Vec<&'a Binding>,
}

/// The places that have a heading of their own.
const SECTIONS: [Context; 25] = [
    Context::Hosts,
    Context::Options,
    Context::Flows,
    Context::Rules,
    Context::Changes,
    Context::Checks,
    Context::Matrix,
    Context::Search,
    Context::Find,
    Context::Form,
    Context::Roles,
    Context::Ports,
    Context::OwnRules,
    Context::Zones,
    Context::ZoneHosts,
    Context::Fields,
    Context::CopyAs,
    Context::Plain,
    Context::Palette,
    Context::Prompt,
    Context::Confirm,
    Context::Paste,
    Context::Baselines,
    Context::Import,
    Context::Start,
];

impl KeyMap {
    /// What counts in a context, in the order of the table.
    pub fn bindings(&self, context: Context) -> impl Iterator<Item = &Binding> {
        self.bindings.iter().filter(move |binding| binding.contexts.contains(&context))
    }

    /// What the key asks for in this context.
    pub fn command_for(&self, context: Context, key: Key) -> Option<Command> {
        self.bindings(context).find(|binding| binding.keys.contains(&key)).map(|binding| binding.spec.command)
    }

    /// The key to show for a command; `None` if it has none here.
    pub fn key_for(&self, context: Context, command: Command) -> Option<Key> {
        self.bindings(context).filter(|binding| binding.spec.command == command).find_map(Binding::key)
    }

    /// How to ask for a command, in words: `press a`, or by its name where no key is left.
    pub fn ask(&self, context: Context, command: Command) -> String {
        match self.key_for(context, command) {
            Some(key) => format!("press {}", key.word()),
            None => format!("run \"{}\"", command.name()),
        }
    }

    /// All keys by heading: what counts everywhere first, then one section for each pane and dialog.
    pub fn sections(&self) -> Vec<KeySection<'_>> {
        let with_keys = || self.bindings.iter().filter(|binding| !binding.keys.is_empty());
        let is_general = |binding: &&Binding| binding.contexts.len() >= PANES.len();
        let mut sections =
            vec![KeySection { title: "Everywhere", bindings: with_keys().filter(is_general).collect() }];
        for context in SECTIONS {
            let special = |binding: &&Binding| binding.contexts.contains(&context) && !is_general(binding);
            sections
                .push(KeySection { title: context.label(), bindings: with_keys().filter(special).collect() });
        }
        sections
    }
}

impl Command {
    /// The command's name in the palette.
    pub fn name(self) -> &'static str {
        COMMANDS.iter().find(|spec| spec.command == self).map_or("", |spec| spec.name)
    }

    /// The command's name in the config file.
    pub fn id(self) -> String {
        COMMANDS.iter().find(|spec| spec.command == self).map_or_else(String::new, Spec::id)
    }
}
