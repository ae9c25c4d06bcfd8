//! Everything a key can do, in one table: keys, footer, help, palette and the README's key list all come from here.

/// What the keyboard speaks to: a pane, or the dialog on top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// The list of hosts.
    Hosts,
    /// The options.
    Options,
    /// The list of flows.
    Flows,
    /// The reasons of the selected flow.
    Why,
    /// The snippet.
    Rules,
    /// The findings.
    Checks,
    /// The search line of the flows.
    Search,
    /// The search line of the rules.
    Find,
    /// The form of a host.
    Form,
    /// The list of roles.
    Roles,
    /// The choice of format and scope.
    CopyAs,
    /// The command palette.
    Palette,
    /// The help.
    Help,
    /// A line that asks for a file name.
    Prompt,
    /// A question.
    Confirm,
    /// The preview of pasted hosts.
    Paste,
    /// The preview of hosts from elsewhere.
    Import,
    /// The start screen.
    Start,
    /// The plain view of a snippet.
    Plain,
}

impl Context {
    /// The heading in the list of keys.
    pub fn label(self) -> &'static str {
        match self {
            Self::Hosts => "Hosts",
            Self::Options => "Options",
            Self::Flows => "Flows",
            Self::Why => "Why",
            Self::Rules => "Rules",
            Self::Checks => "Checks",
            Self::Search => "Search line",
            Self::Find => "Search in rules",
            Self::Form => "Host form",
            Self::Roles => "Roles",
            Self::CopyAs => "Copy as",
            Self::Palette => "Commands",
            Self::Help => "Help",
            Self::Prompt => "File name",
            Self::Confirm => "Questions",
            Self::Paste => "Pasted hosts",
            Self::Import => "Hosts to bring in",
            Self::Start => "Start screen",
            Self::Plain => "Plain view",
        }
    }
}

/// Something the operator can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the table below says in words what each command does")]
pub enum Command {
    AddHost,
    EditHost,
    AssignRoles,
    DuplicateHost,
    DeleteHost,
    MoveHostUp,
    MoveHostDown,
    ShowHostFlows,
    ImportHosts,
    ToggleHeadings,
    NextMeaning,
    PreviousMeaning,
    ToggleOption,
    Search,
    ClearSearch,
    ToggleGrouping,
    ToggleSameHost,
    Copy,
    CopyAs,
    WriteSnippet,
    PlainView,
    NextTarget,
    PreviousTarget,
    NextScope,
    ShowRules,
    NextHit,
    PreviousHit,
    GoToFinding,
    Undo,
    Redo,
    Save,
    SaveAs,
    Open,
    NewPlan,
    RenamePlan,
    ViewFlows,
    ViewRules,
    ViewChecks,
    NextPane,
    PreviousPane,
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    Palette,
    Help,
    ReleaseMouse,
    Suspend,
    Quit,
    Accept,
    Cancel,
    NextField,
    PreviousField,
    Toggle,
    ChangeBack,
    ChangeOn,
    SaveAndGo,
    DiscardAndGo,
    Overwrite,
    Recover,
    Reload,
    SaveElsewhere,
    TryAgain,
}

/// One line of the command table.
#[derive(Debug)]
pub struct Spec {
    /// The command.
    pub command: Command,
    /// The command's name in the code.
    variant: &'static str,
    /// The name in the palette.
    pub name: &'static str,
    /// One sentence for help and README.
    pub help: &'static str,
    /// One or two words for the footer; empty where the footer has better use for the room.
    pub hint: &'static str,
    /// The keys, the first one being the one that is shown.
    pub keys: &'static [&'static str],
    /// Where the keys count.
    pub contexts: &'static [Context],
}

impl Spec {
    /// The command's name in the config file: `add-host`. It stands in users' files, so it never changes.
    pub fn id(&self) -> String {
        let mut id = String::new();
        for letter in self.variant.chars() {
            if letter.is_ascii_uppercase() && !id.is_empty() {
                id.push('-');
            }
            id.push(letter.to_ascii_lowercase());
        }
        id
    }
}

use Context::{
    Checks, Confirm, CopyAs, Find, Flows, Form, Help, Hosts, Import, Options, Palette, Paste, Plain, Prompt,
    Roles, Rules, Search, Start, Why,
};

/// Everywhere but in dialogs and text.
pub(super) const PANES: &[Context] = &[Hosts, Options, Flows, Why, Rules, Checks];
const LISTS: &[Context] = &[Hosts, Options, Flows, Why, Rules, Checks, Help, Start, CopyAs, Paste, Import];
const EVERYWHERE: &[Context] = &[
    Hosts, Options, Flows, Why, Rules, Checks, Search, Find, Form, Roles, CopyAs, Palette, Help, Prompt,
    Confirm, Paste, Import, Start,
];
/// Where there is more to read and to copy by hand than to type.
const WITH_TEXT: &[Context] = &[Hosts, Options, Flows, Why, Rules, Checks, Help];
const PICKERS: &[Context] = &[Search, Roles, Palette];

macro_rules! commands {
    ($($command:ident $keys:tt $contexts:expr, $hint:literal, $name:literal, $help:literal;)*) => {
        /// The command table, in the order of help and footer.
        pub const COMMANDS: &[Spec] = &[$(Spec {
            command: Command::$command,
            variant: stringify!($command),
            name: $name,
            help: $help,
            hint: $hint,
            keys: &$keys,
            contexts: $contexts,
        }),*];
    };
}

commands! {
    AddHost ["a"] PANES, "add", "Add host", "Add a host to the plan.";
    EditHost ["e", "Enter"] &[Hosts], "edit", "Edit host",
        "Change the host's name, system, addresses, zone, options or note.";
    AssignRoles ["r"] &[Hosts], "roles", "Assign roles", "Give the host roles, or take them away.";
    DuplicateHost ["d"] &[Hosts], "duplicate", "Duplicate host", "Put a copy of the host behind it.";
    DeleteHost ["x", "Delete"] &[Hosts], "delete", "Delete host", "Take the host out of the plan; undo brings it back.";
    ShowHostFlows ["i"] &[Hosts], "its flows", "Show the host's flows", "Search for the flows of this host.";
    MoveHostUp ["K"] &[Hosts], "", "Move host up", "Move the host up in the list.";
    MoveHostDown ["J"] &[Hosts], "", "Move host down", "Move the host down in the list.";
    ToggleOption ["Space", "Enter"] &[Options], "on/off", "Switch option", "Switch the option on or off.";
    GoToFinding ["Enter"] &[Checks], "go there", "Go to the finding", "Mend the finding, or jump to its host.";
    NextTarget ["t"] &[Rules], "target", "Next target", "Write the rules for the next target.";
    PreviousTarget ["T"] &[Rules], "", "Previous target", "Write the rules for the target before.";
    NextScope ["c"] &[Rules], "scope", "Next scope", "Change what the rules are written for.";
    NextHit [".", "Enter"] &[Rules], "next", "Next place", "Go to the next place where the words stand.";
    PreviousHit [","] &[Rules], "previous", "Previous place", "Go to the place before.";
    Search ["/"] PANES, "search", "Search", "Search the flows: words, ports, from: to: port: proto: role: zone: page: and ! to exclude. Beside a snippet, search its text.";
    ClearSearch ["Esc"] PANES, "", "Clear search", "Show all flows again, or drop the search in the snippet.";
    Copy ["y"] PANES, "copy", "Copy", "Copy the snippet for what is selected.";
    CopyAs ["f"] PANES, "format", "Copy as", "Choose format and scope, then copy or write to a file.";
    WriteSnippet ["w"] PANES, "to file", "Write snippet to file", "Write the snippet for what is selected to a file.";
    WriteSnippet ["w"] &[CopyAs], "to file", "Write snippet to file", "Write the snippet to a file.";
    PlainView ["p"] PANES, "plain", "Plain view",
        "Show the snippet for what is selected as bare text, to select with the mouse.";
    PlainView ["p"] &[CopyAs], "plain", "Plain view", "Show the snippet as bare text, to select with the mouse.";
    ToggleGrouping ["v"] &[Flows, Why], "by rule", "By flow or by rule",
        "List merged flows, or every rule as a row of its own.";
    ToggleSameHost ["m"] &[Flows, Why], "", "Same-host rows", "Show or hide connections of a host to itself.";
    NextPane ["Tab"] PANES, "pane", "Next pane", "Go to the next pane.";
    PreviousPane ["Shift-Tab"] PANES, "", "Previous pane", "Go to the pane before.";
    Undo ["u"] PANES, "undo", "Undo", "Take the last change back.";
    Redo ["U", "Ctrl-r"] PANES, "", "Redo", "Make the change again that was taken back.";
    Save ["s", "Ctrl-s"] PANES, "save", "Save", "Save the plan.";
    SaveAs ["S"] PANES, "", "Save as", "Save the plan under another file name.";
    Open ["o"] PANES, "", "Open", "Open another plan.";
    ImportHosts ["I"] PANES, "", "Bring in hosts",
        "Bring hosts in from a table, an inventory, a VM list or another planner's project.";
    Reload [] PANES, "", "Read the file again", "Read the plan's file again; undo brings the present state back.";
    NewPlan [] PANES, "", "Start screen", "Leave this plan for a new one, a sample or a recent one.";
    RenamePlan ["n"] PANES, "", "Rename plan", "Give the plan another name.";
    ViewFlows ["1"] PANES, "flows", "View flows", "Show the flows.";
    ViewRules ["2"] PANES, "rules", "View rules", "Show the snippet, live.";
    ViewChecks ["4"] PANES, "checks", "View checks", "Show what the plan still lacks.";
    Up ["↑", "k"] LISTS, "", "Up", "One line up.";
    Down ["↓", "j"] LISTS, "", "Down", "One line down.";
    Up ["↑"] PICKERS, "", "Up", "One line up.";
    Down ["↓"] PICKERS, "", "Down", "One line down.";
    PageUp ["PgUp", "Ctrl-b"] LISTS, "", "Page up", "One page up.";
    PageDown ["PgDn", "Ctrl-f"] LISTS, "", "Page down", "One page down.";
    PageUp ["PgUp"] PICKERS, "", "Page up", "One page up.";
    PageDown ["PgDn"] PICKERS, "", "Page down", "One page down.";
    First ["Home", "g"] LISTS, "", "First line", "Go to the first line.";
    Last ["End", "G"] LISTS, "", "Last line", "Go to the last line.";
    Palette [":", "Ctrl-p"] PANES, "commands", "Command palette", "Find any command by its name.";
    Help ["?", "F1"] PANES, "", "Help", "Show all keys.";
    Help ["?", "F1"] &[Start], "", "Help", "Show all keys.";
    ReleaseMouse ["M"] WITH_TEXT, "", "Release mouse", "Give the mouse to the terminal, to select text; again takes it back.";
    Suspend ["Ctrl-z"] EVERYWHERE, "", "Suspend", "Go back to the shell for a while; fg comes back.";
    Quit ["q", "Ctrl-c"] PANES, "", "Quit", "Leave portplan; asks first if the plan is not saved.";
    Quit ["q", "Ctrl-c"] &[Start], "quit", "Quit", "Leave portplan.";
    Accept ["Enter"] &[Search], "keep", "Keep search", "Keep the search and go to the flows.";
    Cancel ["Esc", "Ctrl-c"] &[Search], "clear", "Clear search", "Drop the search.";
    NextPane ["Tab"] &[Search], "", "Next pane", "Keep the search and go to the next pane.";
    Accept ["Enter"] &[Find], "keep", "Keep search", "Keep the words marked and go to the text.";
    Cancel ["Esc", "Ctrl-c"] &[Find], "clear", "Clear search", "Drop the words.";
    NextHit ["↓"] &[Find], "next", "Next place", "Go to the next place where the words stand.";
    PreviousHit ["↑"] &[Find], "previous", "Previous place", "Go to the place before.";
    NextPane ["Tab"] &[Find], "", "Next pane", "Keep the words marked and go to the next pane.";
    Accept ["Enter", "Ctrl-s"] &[Form], "save", "Save host", "Put the host into the plan.";
    NextField ["Tab", "↓"] &[Form], "next field", "Next field", "Go to the next field.";
    PreviousField ["Shift-Tab", "↑"] &[Form], "", "Previous field", "Go to the field before.";
    Toggle ["Space"] &[Form], "choose", "Choose", "Change the choice, or open the list of roles.";
    ChangeOn ["→"] &[Form], "", "Next choice", "Take the next choice, or move in the text.";
    ChangeBack ["←"] &[Form], "", "Previous choice", "Take the choice before, or move in the text.";
    Toggle ["Space"] &[Roles], "add/remove", "Add or remove role", "Give the role, or take it away.";
    Accept ["Enter"] &[Roles], "done", "Done", "Take the role that was searched for, and close.";
    Accept ["Enter"] &[Paste], "done", "Take over", "Add the hosts; lines that made none stay in sight.";
    Accept ["Enter"] &[Import], "bring in", "Bring in", "Bring the hosts into the plan; what could not be read stays in sight.";
    NextField ["Tab"] &[Import], "columns/hosts/not read", "Next part", "Go to the columns, the hosts, or what could not be read.";
    PreviousField ["Shift-Tab"] &[Import], "", "Part before", "Go to the part before.";
    NextMeaning ["→", "Space"] &[Import], "column holds", "Next meaning", "Let the column hold the next thing.";
    PreviousMeaning ["←"] &[Import], "", "Meaning before", "Let the column hold the thing before.";
    ToggleHeadings ["h"] &[Import], "headings", "Headings", "Take the first row for headings, or for a host.";
    Cancel ["Esc", "Ctrl-c"] &[Form, Roles, CopyAs, Palette, Help, Prompt, Confirm, Paste, Import], "close", "Close", "Close the dialog.";
    Accept ["Enter"] &[CopyAs], "copy", "Copy", "Copy the snippet in this format and scope.";
    ShowRules ["Space"] &[CopyAs], "show", "Show the rules", "Show the rules in this format and scope, and copy nothing.";
    NextField ["Tab", "→"] &[CopyAs], "scope/format", "Other column", "Go to the other column.";
    PreviousField ["Shift-Tab", "←"] &[CopyAs], "", "Other column", "Go to the other column.";
    Accept ["Enter"] &[Palette], "run", "Run", "Run the command.";
    Accept ["Enter"] &[Prompt], "done", "Done", "Take the file name.";
    Cancel ["?", "q"] &[Help], "", "Close help", "Close the help.";
    SaveAndGo ["s"] &[Confirm], "", "Save", "Save first.";
    DiscardAndGo ["d"] &[Confirm], "", "Discard", "Go on without saving.";
    Cancel ["Esc"] &[Start], "", "Close", "Go back to the plan, or start with an empty one.";
    Cancel ["Enter", "Esc", "q", "Ctrl-c"] &[Plain], "", "Go back", "Go back to the planner.";
    Overwrite ["o"] &[Confirm], "", "Overwrite", "Replace the file.";
    Recover ["r"] &[Confirm], "", "Recover", "Take over the unsaved work.";
    Reload ["l"] &[Confirm], "", "Load", "Take over what the file holds.";
    SaveElsewhere ["a"] &[Confirm], "", "Save as", "Save under another name.";
    TryAgain ["t"] &[Confirm], "", "Try again", "Open the plan again.";
    Accept ["Enter"] &[Start], "choose", "Choose", "Open what is selected.";
}

/// The commands that count in a context, in the order of the table.
pub fn specs_for(context: Context) -> impl Iterator<Item = &'static Spec> {
    COMMANDS.iter().filter(move |spec| spec.contexts.contains(&context))
}
