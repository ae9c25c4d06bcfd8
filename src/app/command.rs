//! Everything a key can do, in one table: keys, footer, help, palette and the README's key list all come from here.

pub use super::context::Context;

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
    ToggleCrossing,
    Copy,
    CopyAs,
    WriteSnippet,
    PlainView,
    Report,
    NextTarget,
    PreviousTarget,
    NextScope,
    ShowRules,
    NextHit,
    PreviousHit,
    GoToFinding,
    Acknowledge,
    NextFinding,
    OpenCell,
    SwitchAxes,
    Left,
    Right,
    PageLeft,
    PageRight,
    FirstColumn,
    LastColumn,
    Undo,
    Redo,
    Save,
    SaveAs,
    Open,
    NewPlan,
    RenamePlan,
    ViewFlows,
    ViewRules,
    ViewChanges,
    ViewChecks,
    TakeBack,
    Baselines,
    PinBaseline,
    ReplaceBaseline,
    RenameBaseline,
    DeleteBaseline,
    GoBack,
    ViewMatrix,
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
    EditPorts,
    ShowOwnRules,
    ShowZones,
    AddEntry,
    EditEntry,
    DeleteEntry,
    ShowZoneHosts,
    Ask,
    ExplainFlow,
    GoToHost,
    GoToPeer,
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
    Answer, Ask, Baselines, Changes, Checks, Confirm, CopyAs, Fields, Find, Flows, Form, Help, Hosts, Import,
    Matrix, Options, OwnRules, Palette, Paste, Plain, Ports, Prompt, Roles, Rules, Search, Start, Why,
    ZoneHosts, Zones,
};

/// Everywhere but in dialogs and text.
pub(super) const PANES: &[Context] = &[Hosts, Options, Flows, Why, Rules, Checks, Changes, Matrix];
const LISTS: &[Context] = &[
    Hosts, Options, Flows, Why, Rules, Checks, Help, Start, CopyAs, Paste, OwnRules, Zones, ZoneHosts,
    Answer, Changes, Baselines, Matrix, Import,
];
/// Lists of what the operator added.
const ENTRIES: &[Context] = &[OwnRules, Zones, ZoneHosts];
const EVERYWHERE: &[Context] = &[
    Hosts, Options, Flows, Why, Rules, Checks, Search, Find, Form, Roles, CopyAs, Palette, Help, Prompt,
    Confirm, Paste, Start, Ports, OwnRules, Zones, ZoneHosts, Fields, Ask, Answer, Changes, Baselines,
    Matrix, Import,
];
/// Where there is more to read and to copy by hand than to type.
const WITH_TEXT: &[Context] = &[Hosts, Options, Flows, Why, Rules, Checks, Help, Answer, Changes, Matrix];
const PICKERS: &[Context] = &[Search, Roles, Palette, Fields, Ask];
/// Where `l` does not go to the right: a line of the config file gives a command its keys in all its places.
const WITHOUT_COLUMNS: &[Context] = &[Hosts, Options, Flows, Why, Rules, Checks, Changes];

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
        "Change the host's name, system, addresses, zone, site, partners, ports, options or note.";
    AssignRoles ["r"] &[Hosts], "roles", "Assign roles", "Give the host roles, or take them away.";
    DuplicateHost ["d"] &[Hosts], "duplicate", "Duplicate host", "Put a copy of the host behind it.";
    DeleteHost ["x", "Delete"] &[Hosts], "delete", "Delete host", "Take the host out of the plan; undo brings it back.";
    ShowHostFlows ["i"] &[Hosts], "its flows", "Show the host's flows", "Search for the flows of this host.";
    MoveHostUp ["K"] &[Hosts], "", "Move host up", "Move the host up in the list.";
    MoveHostDown ["J"] &[Hosts], "", "Move host down", "Move the host down in the list.";
    ToggleOption ["Space", "Enter"] &[Options], "on/off", "Switch option", "Switch the option on or off.";
    TakeBack ["x", "Delete"] &[Changes], "take back", "Take the change back",
        "Make host, option or rule as the baseline has it; undo brings the change back.";
    ToggleGrouping ["v"] &[Changes], "by host/reason", "By reason or by host",
        "Group the flows that came and went by what made them, or by the host that opens them.";
    GoToFinding ["Enter"] &[Checks], "go there", "Go to the finding", "Mend the finding, or jump to its host, option or flow.";
    Acknowledge ["Space"] &[Checks], "acknowledge", "Acknowledge finding",
        "Let the finding stand, with a reason that the file keeps; again withdraws it.";
    OpenCell ["Enter"] &[Matrix], "its flows", "Show the cell's flows", "Show the flows from the row to the column; Esc there comes back.";
    SwitchAxes ["v"] &[Matrix], "hosts/zones", "Hosts or zones", "Change what rows and columns stand for: hosts or zones.";
    Left ["←", "h"] &[Matrix], "", "Left", "One column to the left.";
    Right ["→", "l"] &[Matrix], "", "Right", "One column to the right.";
    PageLeft ["H"] &[Matrix], "", "Page left", "One screen to the left.";
    PageRight ["L"] &[Matrix], "", "Page right", "One screen to the right.";
    FirstColumn ["0"] &[Matrix], "", "First column", "Go to the first column.";
    LastColumn ["$"] &[Matrix], "", "Last column", "Go to the last column.";
    NextTarget ["t"] &[Rules], "target", "Next target", "Write the rules for the next target.";
    PreviousTarget ["T"] &[Rules], "", "Previous target", "Write the rules for the target before.";
    NextScope ["c"] &[Rules], "scope", "Next scope", "Change what the rules are written for.";
    NextHit [".", "Enter"] &[Rules], "next", "Next place", "Go to the next place where the words stand.";
    PreviousHit [","] &[Rules], "previous", "Previous place", "Go to the place before.";
    ExplainFlow ["Enter"] &[Flows, Why], "explain", "Explain flow",
        "Tell every reason of the flow, what made it true, and what would remove it.";
    Search ["/"] PANES, "search", "Search", "Search the flows: words, ports, from: to: port: proto: role: zone: from-zone: to-zone: site: page:, = for a whole name (from:=vbr01) and ! to exclude. Beside a snippet, search its text.";
    ClearSearch ["Esc"] PANES, "", "Clear search", "Show all flows again, or drop the search in the snippet.";
    Copy ["y"] PANES, "copy", "Copy", "Copy the snippet for what is selected.";
    CopyAs ["f"] PANES, "format", "Copy as", "Choose format and scope, then copy or write to a file.";
    WriteSnippet ["w"] PANES, "to file", "Write snippet to file", "Write the snippet for what is selected to a file.";
    WriteSnippet ["w"] &[CopyAs], "to file", "Write snippet to file", "Write the snippet to a file.";
    PlainView ["p"] PANES, "plain", "Plain view",
        "Show the snippet for what is selected as bare text, to select with the mouse.";
    PlainView ["p"] &[CopyAs], "plain", "Plain view", "Show the snippet as bare text, to select with the mouse.";
    Ask ["E"] PANES, "ask", "Ask",
        "Ask why there is a flow or none (sql01 -> repo01), what a host needs, or who needs a port.";
    Ask ["E"] &[Answer], "ask", "Ask", "Ask something else.";
    Report ["R"] PANES, "", "Write report",
        "Write a report to hand over: a page to print, Markdown, or the plan with remarks.";
    ToggleGrouping ["v"] &[Flows, Why], "by rule", "By flow or by rule",
        "List merged flows, or every rule as a row of its own.";
    ToggleSameHost ["m"] &[Flows, Why], "", "Same-host rows", "Show or hide connections of a host to itself.";
    ToggleCrossing ["z"] &[Flows, Why], "", "Only what crosses zones",
        "List only flows that are not known to stay inside one zone, or all again.";
    EditPorts ["P"] PANES, "", "Ports", "Put ports of your own in place of the printed ones.";
    ShowOwnRules ["O"] PANES, "", "Own rules", "Add, change or delete rules of your own.";
    ShowZones ["Z"] PANES, "", "Zones", "Name zones and their networks, and see which hosts stand where.";
    NextPane ["Tab"] PANES, "pane", "Next pane", "Go to the next pane.";
    PreviousPane ["Shift-Tab"] PANES, "", "Previous pane", "Go to the pane before.";
    Undo ["u"] PANES, "undo", "Undo", "Take the last change back.";
    Redo ["U", "Ctrl-r"] PANES, "", "Redo", "Make the change again that was taken back.";
    AddEntry ["a"] &[OwnRules], "add", "Add own rule", "Add an own rule, begun from the selected flow or host.";
    AddEntry ["a"] &[Zones], "add", "Add zone", "Add a zone.";
    EditEntry ["e", "Enter"] &[OwnRules], "change", "Change own rule", "Change the own rule.";
    EditEntry ["e", "Enter"] &[Zones], "change", "Change zone", "Change name and networks of the zone, or show hosts without one.";
    EditEntry ["e", "Enter"] &[ZoneHosts], "edit", "Edit host", "Change zone or addresses of the host.";
    DeleteEntry ["x", "Delete"] &[OwnRules], "delete", "Delete own rule", "Take the own rule out; undo brings it back.";
    DeleteEntry ["x", "Delete"] &[Zones], "delete", "Delete zone", "Take the zone out; hosts that named it stand where their addresses say.";
    ShowZoneHosts ["i"] &[Zones], "its hosts", "Hosts of the zone", "Show the hosts that stand there.";
    Undo ["u"] ENTRIES, "undo", "Undo", "Take the last change back; the list stays open.";
    Redo ["U", "Ctrl-r"] ENTRIES, "", "Redo", "Make it again; the list stays open.";
    Save ["s", "Ctrl-s"] PANES, "save", "Save", "Save the plan.";
    SaveAs ["S"] PANES, "", "Save as", "Save the plan under another file name.";
    Open ["o"] PANES, "", "Open", "Open another plan.";
    Reload [] WITHOUT_COLUMNS, "", "Read the file again", "Read the plan's file again; undo brings the present state back.";
    ImportHosts ["I"] PANES, "", "Bring in hosts",
        "Bring hosts in from a table, an inventory, a VM list or another planner's project.";
    NewPlan [] PANES, "", "Start screen", "Leave this plan for a new one, a sample or a recent one.";
    RenamePlan ["n"] PANES, "", "Rename plan", "Give the plan another name.";
    ViewFlows ["1"] PANES, "flows", "View flows", "Show the flows.";
    ViewRules ["2"] PANES, "rules", "View rules", "Show the snippet, live.";
    ViewChanges ["3"] PANES, "changes", "View changes", "Show the flows that came and went since the baseline.";
    ViewChecks ["4"] PANES, "checks", "View checks", "Show what the plan still lacks.";
    Baselines ["b"] PANES, "baselines", "Baselines",
        "Pin the plan as it is, choose what to compare it with, or go back to what was pinned.";
    NextFinding ["!"] PANES, "", "Next finding", "Go to the next error, warning or hint.";
    ViewMatrix ["5"] PANES, "matrix", "View matrix", "Show how many flows go from whom to whom.";
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
    Accept ["Enter", "Ctrl-s"] &[Ports], "set", "Set ports", "Put the ports into the plan, or into the host's form.";
    NextField ["Tab", "↓"] &[Ports], "next", "Next port", "Go to the next port.";
    PreviousField ["Shift-Tab", "↑"] &[Ports], "", "Previous port", "Go to the port before.";
    Accept ["Enter", "Ctrl-s"] &[Fields], "save", "Save", "Take the marked choice; then put the rule or the zone into the plan.";
    NextField ["Tab"] &[Fields], "next field", "Next field", "Take the marked choice and go to the next field.";
    PreviousField ["Shift-Tab"] &[Fields], "", "Previous field", "Go to the field before.";
    Toggle ["Space"] &[Fields], "choose", "Choose", "Take the next transport.";
    ChangeOn ["→"] &[Fields], "", "Next choice", "Take the next transport, or move in the text.";
    ChangeBack ["←"] &[Fields], "", "Previous choice", "Take the transport before, or move in the text.";
    Toggle ["Space"] &[Roles], "add/remove", "Add or remove role", "Give the role, or take it away.";
    Accept ["Enter"] &[Roles], "done", "Done", "Take the role that was searched for, and close.";
    Accept ["Enter"] &[Paste], "done", "Take over", "Add the hosts; lines that made none stay in sight.";
    Cancel ["Esc", "Ctrl-c"] &[Form, Roles, CopyAs, Palette, Help, Prompt, Confirm, Paste, Ports, OwnRules, Zones, ZoneHosts, Fields, Baselines, Import], "close", "Close", "Close the dialog.";
    Accept ["Enter"] &[Baselines], "compare", "Compare", "Compare the plan with this baseline.";
    PinBaseline ["a"] &[Baselines], "pin", "Pin", "Pin the plan as it is, under a name of its own.";
    GoBack ["r"] &[Baselines], "go back", "Go back to it",
        "Make the plan as it was; what you have is pinned first, so that nothing is lost.";
    ReplaceBaseline ["p"] &[Baselines], "pin anew", "Pin anew", "Put the plan as it is in the place of this baseline.";
    RenameBaseline ["e"] &[Baselines], "rename", "Rename baseline", "Give the baseline another name.";
    DeleteBaseline ["x", "Delete"] &[Baselines], "delete", "Delete baseline", "Drop the baseline; undo brings it back.";
    Accept ["Enter"] &[Import], "bring in", "Bring in", "Bring the hosts into the plan; what could not be read stays in sight.";
    NextField ["Tab"] &[Import], "columns/hosts/not read", "Next part", "Go to the columns, the hosts, or what could not be read.";
    PreviousField ["Shift-Tab"] &[Import], "", "Part before", "Go to the part before.";
    NextMeaning ["→", "Space"] &[Import], "column holds", "Next meaning", "Let the column hold the next thing.";
    PreviousMeaning ["←"] &[Import], "", "Meaning before", "Let the column hold the thing before.";
    ToggleHeadings ["h"] &[Import], "headings", "Headings", "Take the first row for headings, or for a host.";
    Accept ["Enter"] &[CopyAs], "copy", "Copy", "Copy the snippet in this format and scope.";
    ShowRules ["Space"] &[CopyAs], "show", "Show the rules", "Show the rules in this format and scope, and copy nothing.";
    NextField ["Tab", "→"] &[CopyAs], "scope/format", "Other column", "Go to the other column.";
    PreviousField ["Shift-Tab", "←"] &[CopyAs], "", "Other column", "Go to the other column.";
    Accept ["Enter"] &[Palette], "run", "Run", "Run the command.";
    NextField ["Tab"] &[Prompt], "next form", "Next form", "Take the next form of a report.";
    Accept ["Enter"] &[Prompt], "done", "Done", "Take the file name.";
    Cancel ["?", "q"] &[Help], "", "Close help", "Close the help.";
    Accept ["Enter"] &[Ask], "answer", "Answer", "Answer what was typed, or what is selected.";
    NextField ["Tab"] &[Ask], "take over", "Take over", "Take what is selected into the line.";
    NextField ["Tab"] &[Answer], "next change", "Next change", "Go to the next change that the answer proposes.";
    PreviousField ["Shift-Tab"] &[Answer], "", "Previous change", "Go to the change before.";
    Accept ["Enter"] &[Answer], "make it", "Make the change", "Make the change that is selected, as one step.";
    Copy ["y"] &[Answer], "copy", "Copy", "Copy the answer as text.";
    GoToHost ["h"] &[Answer], "to host", "Go to the host", "Close the answer and go to its host, the one that opens connections.";
    GoToPeer ["t"] &[Answer], "to other host", "Go to the other host", "Close the answer and go to the host that connections go to.";
    Undo ["u"] &[Answer], "undo", "Undo", "Take the last change back.";
    Cancel ["Esc", "Ctrl-c"] &[Ask], "close", "Close", "Close the dialog.";
    Cancel ["Esc", "q", "Ctrl-c"] &[Answer], "close", "Close", "Close the answer.";
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
