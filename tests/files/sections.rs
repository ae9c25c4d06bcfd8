//! What came with format 2: zones, sites, ports of one host, partners, acknowledged findings, baselines.

use portplan::files::project;
use portplan::plan::{Edit, Standing};

use super::{catalogue, read};

const EVERYTHING: &str = r#"(
    format: 2,
    name: "Munich",
    edition: "2025-12",
    options: ["guest-processing"],
    zones: [
        (name: "dmz", networks: ["10.0.8.0/24", "2001:db8:8::/64"]),
        (name: "later"),
    ],
    hosts: [
        (name: "mnt1", os: windows, roles: ["mount-server"], site: "north"),
        (name: "repo1", os: linux, addresses: ["10.0.8.7"], roles: ["backup-repository"], ports: {"transport": [7162]}),
    ],
    partners: [
        (host: "mnt1", partner: "repo1"),
    ],
    acknowledged: [
        (check: "no-address", host: "mnt1", reason: "comes on Monday"),
        (check: "unplaced-peer", about: "mail-server", reason: "the site sends no mail"),
    ],
    baselines: [
        (
            name: "as agreed",
            edition: "2025-12",
            options: [],
            hosts: [
                (name: "repo1", os: linux, roles: ["backup-repository"]),
                (name: "gone", os: linux, roles: ["worker"]),
            ],
            partners: [
                (host: "repo1", partner: "gone"),
            ],
        ),
    ],
)
"#;

#[test]
fn everything_is_read_and_written_as_it_was() {
    let plan = read(EVERYTHING);
    assert_eq!(project::write(&plan, catalogue()), EVERYTHING);
    let baseline = &plan.baselines()[0];
    assert_eq!(baseline.name().as_str(), "as agreed");
    assert_eq!(baseline.plan().hosts()[0].id, plan.host_named("repo1").unwrap().id, "the same host");
    assert!(plan.host(baseline.plan().hosts()[1].id).is_none(), "a host that is gone is nobody else");
}

#[test]
fn a_fresh_host_is_none_of_a_baseline() {
    let mut plan = read(EVERYTHING);
    let fresh = plan.fresh_id();
    assert!(plan.baselines()[0].plan().host(fresh).is_none());
}

#[test]
fn a_plan_that_needs_nothing_new_stays_readable_for_older_programs() {
    let text = EVERYTHING.replace("format: 2", "format: 1");
    let error = project::read(&text, catalogue()).unwrap_err().with_name("munich.ron").message();
    assert_eq!(
        error,
        "munich.ron:6:12: \"zones\" came with format 2; write format: 2 at the top of the file"
    );
    let mut plan = read(EVERYTHING);
    let hosts: Vec<_> = plan.hosts().to_vec();
    for mut host in hosts {
        (host.site, host.ports) = (None, std::collections::BTreeMap::new());
        plan.apply(Edit::Replace(Box::new(host))).unwrap();
    }
    for edit in [
        Edit::Zones(Vec::new()),
        Edit::Partners(Vec::new()),
        Edit::Acknowledged(Vec::new()),
        Edit::Baselines(Vec::new()),
    ] {
        assert!(project::write(&plan, catalogue()).contains("format: 2,"));
        plan.apply(edit).unwrap();
    }
    assert!(project::write(&plan, catalogue()).contains("format: 1,"));
}

#[test]
fn what_does_not_fit_is_named_where_it_stands() {
    let message = |from: &str, to: &str| {
        assert!(EVERYTHING.contains(from), "{from}");
        let text = EVERYTHING.replacen(from, to, 1);
        project::read(&text, catalogue()).unwrap_err().with_name("m.ron").message()
    };
    let cases = [
        ("\"later\"", "\"dmz\"", "m.ron:8:16: the zone \"dmz\" is there twice"),
        ("\"2001:db8:8::/64\"", "\"db.example\"", "m.ron:7:49: \"db.example\" is a name"),
        ("10.0.8.0/24", "10.0.8.1/24", "m.ron:7:34: 10.0.8.1/24 has bits set"),
        ("partner: \"repo1\"", "partner: \"repo2\"", "m.ron:15:33: there is no host \"repo2\""),
        ("partner: \"repo1\"", "partner: \"mnt1\"", "m.ron:15:33: \"mnt1\" cannot be its own partner"),
        (
            "(host: \"mnt1\", partner: \"repo1\"),",
            "(host: \"mnt1\", partner: \"repo1\"), (host: \"repo1\", partner: \"mnt1\"),",
            "m.ron:15:43: the pair of partners \"repo1 and mnt1\" is there twice",
        ),
        ("\"transport\"", "\"transpot\"", "m.ron:12:99: there is no customisable port \"transpot\""),
        ("\"no-address\"", "\"no(address\"", "m.ron:18:17: the id holds \"(\""),
        ("name: \"gone\"", "name: \"repo1\"", "m.ron:28:24: host number 1 is called \"repo1\" already"),
        ("            edition: \"2025-12\",\n", "", "m.ron:22:9: the baseline has no edition"),
        ("site: \"north\"", "sight: \"north\"", "m.ron:11:62: a host has no field \"sight\""),
    ];
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(from, to, expected)| {
            let found = message(from, to);
            (!found.starts_with(expected)).then(|| format!("expected {expected}\n   found {found}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn addresses_tell_the_zone_unless_the_operator_did() {
    let mut plan = read(
        r#"(format: 2, name: "x", edition: "2025-12",
        zones: [(name: "all", networks: ["10.0.0.0/8"]), (name: "db", networks: ["10.0.8.0/24"])],
        hosts: [
            (name: "inner", addresses: ["10.0.8.7", "db.example.com"]),
            (name: "outer", addresses: ["10.1.1.1", "10.2.0.0/16"]),
            (name: "both", addresses: ["10.0.8.7", "10.1.1.1"]),
            (name: "half", addresses: ["10.0.8.7", "192.0.2.1"]),
            (name: "wide", addresses: ["10.0.0.0/7"]),
            (name: "told", addresses: ["10.0.8.7"], zone: "mgmt"),
            (name: "name", addresses: ["db.example.com"]),
        ])"#,
    );
    let zones = |plan: &portplan::plan::Plan| -> Vec<Option<String>> {
        plan.hosts().iter().map(|host| plan.zone_of(host).map(ToString::to_string)).collect()
    };
    let zone = |name: &str| Some(name.to_owned());
    assert_eq!(zones(&plan), [zone("db"), zone("all"), None, None, None, zone("mgmt"), None]);
    let half = plan.host_named("half").unwrap();
    assert!(matches!(plan.standing(half), Standing::Torn(Some(_), None)));
    plan.apply(Edit::Zones(Vec::new())).unwrap();
    assert_eq!(zones(&plan), [None, None, None, None, None, zone("mgmt"), None]);
}
