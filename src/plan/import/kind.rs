//! What a text is: seen from its content, since names of files say little.

use std::fmt;

/// What hosts can be read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A table as text.
    Csv,
    /// The VM list of Nutanix Prism, as CSV.
    Prism,
    /// An Ansible inventory in the INI form.
    AnsibleIni,
    /// An Ansible inventory in the YAML form.
    AnsibleYaml,
    /// The project that the Magic Ports web app saves.
    MagicPorts,
    /// One host a line.
    List,
}

impl Kind {
    /// The name people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Prism => "VM list of Nutanix Prism",
            Self::AnsibleIni => "Ansible inventory (INI)",
            Self::AnsibleYaml => "Ansible inventory (YAML)",
            Self::MagicPorts => "project of Magic Ports",
            Self::List => "list of hosts",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.label())
    }
}

/// So many lines are looked at.
const LINES: usize = 50;

/// What a text is most likely to be.
pub fn detect(text: &str) -> Kind {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('{') || is_json_array(text) {
        return Kind::MagicPorts;
    }
    let lines: Vec<&str> =
        text.lines().map(str::trim_end).filter(|line| !is_idle(line)).take(LINES).collect();
    let Some(first) = lines.first() else { return Kind::List };
    if first.starts_with("---") || is_yaml(&lines) {
        return Kind::AnsibleYaml;
    }
    if lines.iter().any(|line| is_section(line)) || lines.iter().any(|line| line.contains(" ansible_")) {
        return Kind::AnsibleIni;
    }
    if is_prism(first) {
        return Kind::Prism;
    }
    if is_table(&lines) { Kind::Csv } else { Kind::List }
}

/// Comments and blank lines, except what Excel and PowerShell put above a table.
fn is_idle(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#') && !line.starts_with("#TYPE")
}

/// A section of an inventory begins with a bracket, too.
fn is_json_array(text: &str) -> bool {
    let inside = text.strip_prefix('[').map(str::trim_start);
    inside.is_some_and(|inside| inside.starts_with(['{', ']', '"', '[']))
}

fn is_section(line: &str) -> bool {
    let name = line.trim().strip_prefix('[').and_then(|rest| rest.split_once(']'));
    name.is_some_and(|(name, rest)| {
        let rest = rest.trim();
        !name.is_empty()
            && !name.contains(['"', '{', ','])
            && (rest.is_empty() || rest.starts_with(['#', ';']))
    })
}

/// A key on a line of its own, and the words of an inventory below it.
fn is_yaml(lines: &[&str]) -> bool {
    let key = |line: &&str| line.trim_end().ends_with(':') && !line.contains([',', ';', '\t']);
    let word = |line: &&str| {
        let line = line.trim();
        ["hosts:", "children:", "vars:"].iter().any(|word| line.starts_with(word))
    };
    lines.first().is_some_and(key) && lines.iter().any(|line| line.starts_with(' ') && word(line))
}

/// A heading without what people write it with: `IP Address(es)` is `ipaddresses`.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

pub(super) fn headings(line: &str) -> Vec<String> {
    line.split([',', ';', '\t', '|']).map(plain).filter(|word| !word.is_empty()).collect()
}

/// Headings that Prism Element's and Prism Central's tables have and that hardly anybody else writes.
const PRISM: [&str; 14] = [
    "ipaddresses",
    "cores",
    "memorycapacity",
    "storage",
    "cpuusage",
    "memoryusage",
    "controllerreadiops",
    "controllerwriteiops",
    "controlleriobandwidth",
    "controlleravgiolatency",
    "backupandrecovery",
    "flashmode",
    "powerstate",
    "ngtstatus",
];

fn is_prism(line: &str) -> bool {
    let headings = headings(line);
    let has_name = headings.iter().any(|heading| heading == "vmname" || heading == "name");
    has_name && headings.iter().filter(|heading| PRISM.contains(&heading.as_str())).count() >= 3
}

/// Headings that are known, or the same number of separators in every line.
fn is_table(lines: &[&str]) -> bool {
    let Some(first) = lines.first() else { return false };
    if first.starts_with("#TYPE") || first.to_lowercase().starts_with("sep=") {
        return true;
    }
    let headings = headings(first);
    headings.len() > 1
        && headings.iter().any(|heading| super::table::is_name_heading(heading))
        && headings.iter().any(|heading| super::table::is_other_heading(heading))
}
