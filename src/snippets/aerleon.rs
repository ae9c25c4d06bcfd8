//! Aerleon: networks, services and terms, as one file that Aerleon reads as definitions and that a policy includes.
//!
//! It is no policy of its own: Aerleon turns each policy into the whole rule set of a device, which ends with a deny, so
//! what else must pass has to stand in the same policy.

use super::entries::Entry;
use super::header::Notes;
use super::limits::Limits;
use super::model::{Document, Sheet};
use super::names;
use super::objects::{self, Objects};
use super::script::below_remarks;
use super::target::{CODE_REMOVAL, Direction, DnsNames, Facts, Form, Group, RuleForm, State};
use super::text::double_quoted as quoted;

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "aerleon",
    label: "Aerleon",
    extension: "yaml",
    group: Group::Code,
    form: Form::Rules(RuleForm {
        directions: &[Direction::Transit],
        systems: &[],
        names: DnsNames::LeftOut,
        limits: Limits::NONE,
        comment: "#",
        state: State::Depends(
            "Stateful only where the generator writes rules for a stateful firewall: for cisco, cisconx, arista and juniper the way back needs terms of its own.",
        ),
        notes,
        apply,
        removal: CODE_REMOVAL,
    }),
};

fn notes(_: &Document<'_>) -> Notes {
    Notes {
        run: "Save it twice: in the folder of definitions, and as includes/veeam.yaml in the folder of policies (not in its folder pol). In a filter of yours add the term: - include: includes/veeam.yaml".to_owned(),
        again: "Running Aerleon again writes the same rules.",
        more: vec![
            "Aerleon writes whole rule sets: they replace what the device has, and most end with a deny. The filter must let pass everything else that is needed.".to_owned(),
            "Read what it wrote before you load it. Seen with Aerleon 1.18: IPv6 terms are left out for ciscoasa without a word, IPv6 addresses stay in windows_advfirewall inet, nftables has every rule twice and no rule for loopback or IPv6 neighbour discovery.".to_owned(),
        ],
        removing: Vec::new(),
    }
}

fn apply(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let entries = document.all_entries(sheet);
    let objects = Objects::new(document, sheet, &entries);
    let mut lines = vec!["networks:".to_owned()];
    for group in objects.groups.values() {
        lines.extend([format!("  {}:", group.name), "    values:".to_owned()]);
        lines.extend(group.members.iter().map(|peer| format!("      - address: \"{peer}\"")));
    }
    lines.push("services:".to_owned());
    for service in objects.services.values() {
        lines.push(format!("  {}:", service.name));
        for range in &service.ports {
            lines.push(format!("    - protocol: {}", service.transport));
            lines.push(format!("      port: \"{range}\""));
        }
    }
    lines.push("terms:".to_owned());
    lines.extend(below_remarks(document, &entries, "  ", |entry| term(document, entry)));
    lines
}

fn term(document: &Document<'_>, entry: &Entry<'_>) -> [String; 7] {
    [
        format!("  - name: {}", names::term(&entry.name)),
        format!("    comment: {}", quoted(&entry.comment())),
        format!("    source-address: {}", objects::source(document, entry)),
        format!("    destination-address: {}", objects::destination(document, entry)),
        format!("    destination-port: {}", objects::service(document, entry)),
        format!("    protocol: {}", entry.transport),
        "    action: accept".to_owned(),
    ]
}
