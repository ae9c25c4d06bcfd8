//! Where keys go.

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
    /// The flows that came and went.
    Changes,
    /// The findings.
    Checks,
    /// The counts of who reaches whom.
    Matrix,
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
    /// The list of baselines.
    Baselines,
    /// The preview of hosts from elsewhere.
    Import,
    /// The start screen.
    Start,
    /// The plain view of a snippet.
    Plain,
    /// The ports of the operator's own.
    Ports,
    /// The operator's own rules.
    OwnRules,
    /// The zones.
    Zones,
    /// The hosts of a zone.
    ZoneHosts,
    /// The form of an own rule or a zone.
    Fields,
    /// The line that asks about the plan.
    Ask,
    /// The answer.
    Answer,
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
            Self::Changes => "Changes",
            Self::Checks => "Checks",
            Self::Matrix => "Matrix",
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
            Self::Baselines => "Baselines",
            Self::Import => "Hosts to bring in",
            Self::Start => "Start screen",
            Self::Plain => "Plain view",
            Self::Ports => "Ports",
            Self::OwnRules => "Own rules",
            Self::Zones => "Zones",
            Self::ZoneHosts => "Hosts of a zone",
            Self::Fields => "Own rule or zone",
            Self::Ask => "Ask",
            Self::Answer => "Answers",
        }
    }
}
