//! Why a flow is there: the rule, its source, and the facts of the plan that brought it in.

use portplan::catalogue::{Os, Transport};
use portplan::flows::explain::{Origin, Reason, reasons};
use portplan::flows::{Flows, Grouping, RuleRef, SameHost};
use portplan::plan::{OwnRule, Party, Plan};
use proptest::prelude::*;

use super::random::{config, plans};
use super::support::{Draft, all, catalogue, name, ports, role, set};

/// The reasons of one flow: each rule's id with its facts.
fn why(plan: &Plan, from: &str, to: &str, ports: &str) -> Vec<(String, Vec<String>)> {
    let flows = Flows::new(catalogue(), plan);
    let row = all(&flows, Grouping::Flow, SameHost::Show).into_iter().find(|row| {
        let ends = (name(plan, row.from, &flows), name(plan, row.to, &flows));
        ends == (from.to_owned(), to.to_owned()) && flows.shape(row.shape).ports.to_string() == ports
    });
    let row = row.unwrap_or_else(|| panic!("no flow {from} > {to} {ports}"));
    let reasons: Vec<Reason<'_>> = reasons(catalogue(), plan, &flows, row);
    reasons.into_iter().map(|reason| (reason.origin.id(), reason.because)).collect()
}

fn reason(id: &str, because: &[&str]) -> (String, Vec<String>) {
    (id.to_owned(), because.iter().map(|text| (*text).to_owned()).collect())
}

#[test]
fn a_rule_that_always_holds_needs_no_facts() {
    let mut draft = Draft::new();
    draft.host("w", Os::Linux, &["worker"]);
    draft.host("repo", Os::Linux, &["backup-repository"]);
    assert_eq!(why(&draft.0, "w", "repo", "6162"), [reason("ahv-6", &[])]);
}

#[test]
fn options_are_named_with_their_state() {
    let mut draft = Draft::new();
    draft.host("vbr", Os::Linux, &["backup-server"]);
    draft.host("flr", Os::Linux, &["flr-helper-appliance"]);
    let expected = reason("ahv-13", &["option File-level restore is on"]);
    assert_eq!(why(&draft.0, "flr", "vbr", "2500"), [expected]);
}

#[test]
fn the_direct_rows_name_the_missing_log_shipping_server() {
    let mut draft = Draft::new();
    draft.switch("oracle", true);
    draft.host("ora", Os::Linux, &["oracle-guest"]);
    draft.host("repo", Os::Linux, &["backup-repository"]);
    let facts =
        ["option Oracle is on", "no host has the role Log shipping server", "option Upgraded from v9 is off"];
    assert_eq!(why(&draft.0, "ora", "repo", "2500-3300"), [reason("ahv-61", &facts)]);
}

#[test]
fn a_setting_of_one_host_is_told_from_the_plans() {
    let mut draft = Draft::new();
    draft.host_with("lss", Os::Windows, &["log-shipping-server"], |host| set(host, "upgraded-from-v9", true));
    draft.host("repo", Os::Linux, &["backup-repository"]);
    // The repository's setting is no reason: it is off.
    let expected = reason("ahv-39-v9", &["lss has Upgraded from v9 on for itself"]);
    assert_eq!(why(&draft.0, "lss", "repo", "2500-5000"), [expected]);
}

#[test]
fn the_place_of_the_mount_server_is_a_fact() {
    let mut draft = Draft::new();
    draft.host("nx", Os::Other, &["ahv-cluster"]);
    draft.host("vbr", Os::Windows, &["backup-server", "mount-server"]);
    draft.host("mnt", Os::Windows, &["mount-server"]);
    let facts = ["option vPower NFS is on", "vbr is also Backup server"];
    assert_eq!(why(&draft.0, "nx", "vbr", "1058+"), [reason("ahv-16a", &facts)]);
    let facts = ["option vPower NFS is on", "mnt is not also Backup server"];
    assert_eq!(why(&draft.0, "nx", "mnt", "1063+"), [reason("ahv-16b", &facts)]);
}

#[test]
fn proxy_only_is_a_reason_only_where_it_could_have_taken_the_flow_away() {
    let mut draft = Draft::new();
    draft.switch("proxy-only", true);
    draft.host("vbr", Os::Windows, &["backup-server"]);
    draft.host("lin", Os::Linux, &["vm-guest"]);
    let facts = [
        "option Guest processing is on",
        "option Non-persistent runtime is on",
        "no host has the role Guest interaction proxy",
    ];
    assert_eq!(why(&draft.0, "vbr", "lin", "22"), [reason("ahv-18", &facts)]);
    draft.switch("proxy-only", false);
    draft.host("gip", Os::Windows, &["guest-interaction-proxy"]);
    let facts =
        ["option Guest processing is on", "option Non-persistent runtime is on", "option Proxy only is off"];
    assert_eq!(why(&draft.0, "vbr", "lin", "22"), [reason("ahv-18", &facts)]);
}

#[test]
fn a_merged_flow_tells_each_reason_by_itself() {
    let mut draft = Draft::new();
    draft.switch("oracle", true);
    draft.host("vbr", Os::Linux, &["backup-server"]);
    draft.host("ora", Os::Linux, &["oracle-guest"]);
    let own = OwnRule {
        from: Party::Role(role("backup-server")),
        to: Party::Role(role("vm-guest")),
        transports: vec![Transport::Tcp],
        ports: ports(&["22"]),
        purpose: "Site scripts".parse().unwrap(),
    };
    draft.own_rule(own);
    let ids: Vec<String> = why(&draft.0, "vbr", "ora", "22").into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, ["ahv-18", "ahv-56b", "own-1"]);
    let own = why(&draft.0, "vbr", "ora", "22").pop().unwrap();
    assert_eq!(own, reason("own-1", &[]), "an own rule holds because the operator says so");
}

#[test]
fn origins_are_written_short_and_long() {
    let mut draft = Draft::new();
    draft.host("w", Os::Linux, &["worker"]);
    let vbr = draft.host("vbr", Os::Linux, &["backup-server"]);
    let own = OwnRule {
        from: Party::Host(vbr),
        to: Party::Role(role("worker")),
        transports: vec![Transport::Tcp],
        ports: ports(&["443"]),
        purpose: "Site scripts".parse().unwrap(),
    };
    draft.own_rule(own);
    let flows = Flows::new(catalogue(), &draft.0);
    let rows = all(&flows, Grouping::Flow, SameHost::Hide).into_iter();
    let row = rows.max_by_key(|row| flows.shape(row.shape).reasons.len()).unwrap();
    let reasons = reasons(catalogue(), &draft.0, &flows, row);
    let [printed, own] = &reasons[..] else { panic!("{reasons:?}") };
    assert_eq!((printed.origin.short(), own.origin.short()), ("ahv row 10".into(), "own rule 1".into()));
    assert_eq!(printed.origin.long(), "AHV ports › Backup server, row 10");
    assert_eq!(own.origin.long(), "own rule 1 of this plan");
    assert_eq!((printed.origin.service(), own.origin.service()), ("Updater service", "own rule"));
    assert_eq!(own.purpose, "Site scripts");
    assert_eq!(printed.purpose, "The platform service reaches the updater on the worker.");
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn purpose_and_source_are_those_of_the_rule(plan in plans()) {
        let flows = Flows::new(catalogue(), &plan);
        for row in all(&flows, Grouping::Flow, SameHost::Show) {
            let told = reasons(catalogue(), &plan, &flows, row);
            let rules = &flows.shape(row.shape).reasons;
            prop_assert_eq!(told.len(), rules.len());
            for (reason, rule) in told.iter().zip(rules) {
                match (*rule, reason.origin) {
                    (RuleRef::Catalogue(id), Origin::Printed { rule, page }) => {
                        let meant = &catalogue().rules()[id];
                        prop_assert_eq!((&rule.id, reason.purpose), (&meant.id, meant.purpose.as_str()));
                        prop_assert_eq!(&page.id, &catalogue().pages()[meant.source.page].id);
                        prop_assert_eq!(reason.origin.doubt(), meant.doubt.as_deref());
                    }
                    (RuleRef::Own(at), Origin::Own { number, .. }) => {
                        prop_assert_eq!((number, reason.purpose), (at + 1, plan.rules()[at].purpose.as_str()));
                    }
                    other => prop_assert!(false, "{:?}", other),
                }
            }
        }
    }
}
