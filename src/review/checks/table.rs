//! Every check, in one table: command, README and screen take id, severity and words from here.

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The list of openings is surely incomplete or wrong.
    Error,
    /// It probably is.
    Warning,
    /// Worth knowing; a good plan has some.
    Hint,
}

impl Severity {
    /// All of them, the worst first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Hint];

    /// The word in lists and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }

    /// The sign that stands before the word on the screen, so that no colour is needed.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Error => "!!",
            Self::Warning => "! ",
            Self::Hint => "i ",
        }
    }

    /// Whether it keeps a plan from being done.
    pub fn is_urgent(self) -> bool {
        self != Self::Hint
    }
}

macro_rules! checks {
    ($($check:ident $id:literal $severity:ident, $what:literal, $why:literal;)*) => {
        /// A check; its id stands in users' files, so it never changes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "the table below says in words what each check finds")]
        pub enum Check { $($check),* }

        impl Check {
            /// All checks, in the order of findings.
            pub const ALL: &'static [Self] = &[$(Self::$check),*];

            /// The word in lists and files.
            pub fn id(self) -> &'static str {
                match self { $(Self::$check => $id),* }
            }

            /// How bad its findings are.
            pub fn severity(self) -> Severity {
                match self { $(Self::$check => Severity::$severity),* }
            }

            /// What it finds.
            pub fn what(self) -> &'static str {
                match self { $(Self::$check => $what),* }
            }

            /// Why that matters.
            pub fn why(self) -> &'static str {
                match self { $(Self::$check => $why),* }
            }
        }
    };
}

checks! {
    NoBackupServer "no-backup-server" Error,
        "No host is the backup server.",
        "It has flows with nearly every other role, and all of them are missing.";
    NoRepository "no-repository" Error,
        "No host is a backup repository, and none is an SMB share.",
        "Backups have nowhere to go, and the flows that carry them are missing.";
    UnplacedPeer "unplaced-peer" Error,
        "No host has a role that others in the plan cannot work without.",
        "The rules that wait for it give no flows.";
    RoleWithoutOption "role-without-option" Error,
        "A host has a workload's role, but the option is off.",
        "The rules of that workload are left out.";
    NoSystem "no-system" Error,
        "A host has a role whose rules ask for Windows or Linux, and neither as its system.",
        "Rules for either system leave the host out.";
    WrongSystem "wrong-system" Error,
        "A host has a role that does not run on its system.",
        "Role or system is wrong, and with it the ports.";
    NoAddress "no-address" Error,
        "A host has no address.",
        "No firewall rule can name it.";
    UnusableAddress "unusable-address" Error,
        "An address is one that no other host can reach: loopback, link-local, multicast or unspecified.",
        "A rule with it opens nothing.";
    SameAddress "same-address" Error,
        "Several hosts have the same IP address.",
        "One of them is wrong; if they are one machine, it is one host with several roles, and rules can differ.";
    NoCommonFamily "no-common-family" Error,
        "A host has only IPv6 addresses and works with hosts that have only IPv4.",
        "No rule can be written between them.";
    NoRole "no-role" Warning,
        "A host has no role.",
        "No rule of the pages speaks of it.";
    OptionWithoutRole "option-without-role" Warning,
        "An option is on, but no host has the role that it is for.",
        "A host was probably forgotten.";
    CutOff "cut-off" Warning,
        "Sites or partners leave a host without anybody for a rule, though others of the right role are in the plan.",
        "Its flows are missing, unless the site needs none of them.";
    AnyAddress "any-address" Warning,
        "A host's address is a network that holds every address.",
        "A rule with it opens its ports to everybody.";
    SameName "same-dns-name" Warning,
        "Several hosts have the same DNS name.",
        "Two entries probably mean one machine.";
    OutsideZone "outside-zone" Warning,
        "A host stands in a zone whose networks do not hold its address.",
        "Rules between zones go to the wrong firewall.";
    TornZones "torn-zones" Warning,
        "A host's addresses lie in different zones, and it was not put into one.",
        "It counts as standing in none, so rules between zones leave it out.";
    SharedNetwork "shared-network" Warning,
        "Two zones have the same network.",
        "Hosts with addresses there count for the first one only.";
    DirectLogs "direct-logs" Hint,
        "Database logs go straight from guests to the repository, because no log shipping server is placed.",
        "That opens the repository to every guest; one log shipping server would take their place.";
    Alternatives "alternatives" Hint,
        "Alternatives of one row are both placed, and flows go to or from each.",
        "If only one of them does the work, the ports of the other need not be open.";
    OptionalPeer "optional-peer" Hint,
        "Rules wait for a role that no host has, but a site can do without it.",
        "If the site has such a host, its flows are missing.";
    IdleOption "idle-option" Hint,
        "An option was switched on, but no flow depends on it.",
        "It may have been meant for hosts that are not in the plan.";
    NoFlows "no-flows" Hint,
        "A host has roles, but no flows.",
        "Nothing has to be opened for it, or something that it works with is missing.";
    NameOnly "name-only" Hint,
        "A host has a DNS name and no IP address.",
        "Most firewalls take no names; snippets leave a TODO line in place of the rule.";
    OverlappingNetworks "overlapping-networks" Hint,
        "A host's network holds addresses of other hosts.",
        "Rules for the network open its ports for these hosts, too.";
    UnknownZone "unknown-zone" Hint,
        "A host names a zone that the plan does not describe, while it describes others.",
        "The zone may be misspelt.";
    NoZone "no-zone" Hint,
        "A host's address lies in no zone's network.",
        "Rules between zones leave it out.";
    DoubtfulRow "doubtful-row" Hint,
        "A row that looks wrong on its page is in use.",
        "The ports are as printed; ask the vendor, or watch the firewall's log.";
    OpenEnded "open-ended-ports" Hint,
        "A port in use can be a higher one, such as 1058+.",
        "Rules open the first port only.";
    OverriddenPorts "overridden-ports" Hint,
        "Own ports stand in place of printed ones.",
        "Both ends must be set to them.";
}
