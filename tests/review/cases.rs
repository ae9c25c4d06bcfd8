//! A plan that has the finding, and its nearest neighbour that has not: one good plan, and small changes to it.

use std::collections::BTreeSet;

use portplan::review::{Check, Severity};

use super::{find, name, names, read};
use crate::flows::support::catalogue;

const GOOD: &str = r#"(format: 2, name: "Case", edition: "2025-12",
    options: ["oracle", "guest-processing", "file-level-restore", "non-persistent-runtime", "proxy-only"],
    zones: [
        (name: "mgmt", networks: ["10.0.0.0/24"]),
        (name: "db", networks: ["10.0.8.0/24", "2001:db8:8::/64"]),
        (name: "internet"),
    ],
    hosts: [
        (name: "vbr1", os: windows, addresses: ["10.0.0.10"], roles: ["backup-server", "mount-server"]),
        (name: "gip1", os: windows, addresses: ["10.0.0.11"], roles: ["guest-interaction-proxy"]),
        (name: "lss1", os: linux, addresses: ["10.0.0.12"], roles: ["log-shipping-server"]),
        (name: "worker1", os: linux, addresses: ["10.0.0.13"], roles: ["worker"]),
        (name: "repo1", os: linux, addresses: ["10.0.0.20"], roles: ["backup-repository"]),
        (name: "flr1", os: linux, addresses: ["10.0.0.21"], roles: ["flr-helper-appliance"]),
        (name: "ahv1", os: other, addresses: ["10.0.0.30"], roles: ["ahv-cluster"]),
        (name: "web1", os: other, addresses: ["192.0.2.1"], roles: ["update-repository"], zone: "internet"),
        (name: "ora1", os: linux, addresses: ["10.0.8.1"], roles: ["oracle-guest"]),
    ],
)"#;

/// The finding, and what is put in place of what in the good plan to have it.
type Case = (&'static str, &'static [(&'static str, &'static str)]);

const FOUND: &[Case] = &[
    ("no-backup-server", &[(r#"["backup-server", "mount-server"]"#, r#"["mount-server"]"#)]),
    ("no-repository", &[(r#"["backup-repository"]"#, r#"["gateway-server"]"#)]),
    ("unplaced-peer worker", &[(r#"["worker"]"#, r#"["flr-helper-appliance"]"#)]),
    ("unplaced-peer ahv-cluster", &[(r#"["ahv-cluster"]"#, r#"["dns-server"]"#)]),
    ("unplaced-peer mount-server", &[(r#"["backup-server", "mount-server"]"#, r#"["backup-server"]"#)]),
    ("unplaced-peer gateway-server", &[(r#"["backup-repository"]"#, r#"["smb-share"]"#)]),
    ("role-without-option oracle", &[(r#""oracle", "#, "")]),
    ("no-system ora1", &[(r#"os: linux, addresses: ["10.0.8.1"]"#, r#"os: other, addresses: ["10.0.8.1"]"#)]),
    (
        "wrong-system worker1 worker",
        &[(r#"os: linux, addresses: ["10.0.0.13"]"#, r#"os: windows, addresses: ["10.0.0.13"]"#)],
    ),
    ("no-address repo1", &[(r#"["10.0.0.20"]"#, "[]")]),
    ("unusable-address repo1 127.0.0.1", &[("10.0.0.20", "127.0.0.1")]),
    ("unusable-address repo1 fe80::1", &[("10.0.0.20", "fe80::1")]),
    ("unusable-address repo1 0.0.0.0", &[("10.0.0.20", "0.0.0.0")]),
    ("unusable-address repo1 224.0.0.5", &[("10.0.0.20", "224.0.0.5")]),
    ("same-address 10.0.0.21", &[("10.0.0.20", "10.0.0.21")]),
    ("same-address 10.0.0.21", &[("10.0.0.20", "::ffff:10.0.0.21")]),
    ("no-common-family ora1", &[("10.0.8.1", "2001:db8:8::1")]),
    ("no-role flr1", &[(r#"["flr-helper-appliance"]"#, "[]")]),
    ("option-without-role mongodb", &[(r#""oracle", "#, r#""oracle", "mongodb", "#)]),
    ("option-without-role proxy-only", &[(r#"["guest-interaction-proxy"]"#, r#"["console"]"#)]),
    (
        "cut-off worker1",
        &[
            (r#"["worker"]"#, r#"["worker"], site: "a""#),
            (r#"["backup-repository"]"#, r#"["backup-repository"], site: "b""#),
        ],
    ),
    (
        "cut-off repo1",
        &[
            (r#"["worker"]"#, r#"["worker"], site: "a""#),
            (r#"["backup-repository"]"#, r#"["backup-repository"], site: "b""#),
        ],
    ),
    ("any-address ora1 0.0.0.0/0", &[("10.0.8.1", "0.0.0.0/0")]),
    ("same-dns-name a.example", &[("10.0.0.20", "a.example"), ("10.0.0.21", "A.example.")]),
    ("outside-zone web1", &[(r#"zone: "internet""#, r#"zone: "mgmt""#)]),
    ("torn-zones ora1", &[(r#""10.0.8.1""#, r#""10.0.8.1", "10.0.0.99""#)]),
    ("torn-zones ora1", &[(r#""10.0.8.1""#, r#""10.0.8.1", "192.0.2.99""#)]),
    ("shared-network 10.0.0.0/24", &[(r#""10.0.8.0/24", "#, r#""10.0.8.0/24", "10.0.0.0/24", "#)]),
    ("direct-logs", &[(r#"["log-shipping-server"]"#, r#"["worker"]"#)]),
    ("alternatives proxy-only", &[(r#", "proxy-only""#, "")]),
    (
        "alternatives backup-repository,gateway-server",
        &[(r#"["log-shipping-server"]"#, r#"["log-shipping-server", "gateway-server"]"#)],
    ),
    ("optional-peer flr-helper-appliance", &[(r#"["flr-helper-appliance"]"#, r#"["worker"]"#)]),
    ("optional-peer guest-interaction-proxy", &[(r#"["guest-interaction-proxy"]"#, r#"["console"]"#)]),
    ("idle-option netbios", &[(r#""oracle", "#, r#""oracle", "netbios", "#)]),
    ("no-flows flr1", &[(r#"["flr-helper-appliance"]"#, r#"["mail-server"]"#)]),
    ("name-only repo1", &[("10.0.0.20", "repo.example")]),
    ("overlapping-networks ora1 10.0.0.0/28", &[("10.0.8.1", "10.0.0.0/28")]),
    ("overlapping-networks ora1 10.0.0.0/24", &[("10.0.8.1", "10.0.0.0/24"), ("10.0.0.21", "10.0.0.0/26")]),
    ("unknown-zone web1", &[(r#"zone: "internet""#, r#"zone: "intranet""#)]),
    ("no-zone web1", &[(r#", zone: "internet""#, "")]),
    (
        "doubtful-row ahv row 52",
        &[
            (r#"os: linux, addresses: ["10.0.8.1"]"#, r#"os: windows, addresses: ["10.0.8.1"]"#),
            (r#"["oracle-guest"]"#, r#"["oracle-guest"], options: {"persistent-agent": true}"#),
        ],
    ),
    ("open-ended-ports", &[(r#""oracle", "#, r#""oracle", "vpower-nfs", "#)]),
    ("overridden-ports", &[("    hosts: [", r#"    ports: {"transmission": ["2600-2700"]}, hosts: ["#)]),
    (
        "overridden-ports repo1",
        &[(r#"["backup-repository"]"#, r#"["backup-repository"], ports: {"transport": ["6262"]}"#)],
    ),
];

/// Like the finding's own case, but not quite: nothing is to be found.
const NOT_FOUND: &[Case] = &[
    (
        "cut-off worker1",
        &[
            (r#"["worker"]"#, r#"["worker"], site: "a""#),
            (r#"["backup-repository"]"#, r#"["backup-repository"], site: "a""#),
        ],
    ),
    ("cut-off worker1", &[(r#"["worker"]"#, r#"["worker"], site: "a""#)]),
    ("no-repository", &[(r#"["backup-repository"]"#, r#"["smb-share", "gateway-server"]"#)]),
    // With the vendor's own cluster gone as well, nobody needs a worker.
    (
        "unplaced-peer worker",
        &[(r#"["worker"]"#, r#"["flr-helper-appliance"]"#), (r#"["ahv-cluster"]"#, r#"["dns-server"]"#)],
    ),
    (
        "unplaced-peer ahv-cluster",
        &[(r#"["ahv-cluster"]"#, r#"["dns-server"]"#), (r#"["worker"]"#, r#"["flr-helper-appliance"]"#)],
    ),
    (
        "unplaced-peer mount-server",
        &[
            (r#"["backup-server", "mount-server"]"#, r#"["backup-server"]"#),
            (r#""file-level-restore", "#, ""),
        ],
    ),
    (
        "no-system repo1",
        &[(r#"os: linux, addresses: ["10.0.0.20"]"#, r#"os: other, addresses: ["10.0.0.20"]"#)],
    ),
    (
        "wrong-system ahv1 ahv-cluster",
        &[(r#"os: other, addresses: ["10.0.0.30"]"#, r#"os: linux, addresses: ["10.0.0.30"]"#)],
    ),
    ("no-common-family ora1", &[(r#""10.0.8.1""#, r#""10.0.8.1", "2001:db8:8::1""#)]),
    ("no-common-family ora1", &[(r#""10.0.8.1""#, r#""2001:db8:8::1", "ora1.example""#)]),
    // It works with nobody.
    (
        "no-common-family flr1",
        &[("10.0.0.21", "2001:db8::1"), (r#"["flr-helper-appliance"]"#, r#"["mail-server"]"#)],
    ),
    ("same-address 10.0.8.0/24", &[("10.0.8.1", "10.0.8.0/24"), ("10.0.0.21", "10.0.8.0/24")]),
    ("any-address ora1 0.0.0.0/1", &[("10.0.8.1", "0.0.0.0/1")]),
    (
        "option-without-role mongodb",
        &[
            (r#""oracle", "#, r#""oracle", "mongodb", "#),
            (r#"["flr-helper-appliance"]"#, r#"["mongodb-server"]"#),
        ],
    ),
    ("outside-zone ora1", &[(r#"["oracle-guest"]"#, r#"["oracle-guest"], zone: "db""#)]),
    ("shared-network 10.0.8.0/25", &[(r#"["10.0.0.0/24"]"#, r#"["10.0.0.0/24", "10.0.8.0/25"]"#)]),
    ("torn-zones ora1", &[(r#""10.0.8.1""#, r#""10.0.8.1", "10.0.8.2", "ora.example""#)]),
    (
        "alternatives backup-repository,gateway-server",
        &[
            (r#"["log-shipping-server"]"#, r#"["log-shipping-server", "gateway-server"]"#),
            (r#"["flr-helper-appliance"]"#, r#"["flr-helper-appliance", "smb-share"]"#),
        ],
    ),
    // Log shipping is for databases, and there are none.
    (
        "optional-peer log-shipping-server",
        &[(r#"["log-shipping-server"]"#, r#"["worker"]"#), (r#"["oracle-guest"]"#, r#"["vm-guest"]"#)],
    ),
    (
        "direct-logs",
        &[(r#"["log-shipping-server"]"#, r#"["worker"]"#), (r#"["oracle-guest"]"#, r#"["vm-guest"]"#)],
    ),
    ("overlapping-networks ora1 10.0.0.0/28", &[(r#""10.0.8.1""#, r#""10.0.9.0/28", "10.0.9.1""#)]),
    ("name-only repo1", &[(r#""10.0.0.20""#, r#""10.0.0.20", "repo.example""#)]),
    ("no-zone repo1", &[("10.0.0.20", "repo.example")]),
    ("idle-option persistent-agent", &[(r#""oracle", "#, r#""oracle", "persistent-agent", "#)]),
];

fn changed(replacements: &[(&str, &str)]) -> String {
    let mut text = GOOD.to_owned();
    for (from, to) in replacements {
        assert_eq!(text.matches(from).count(), 1, "{from} in\n{text}");
        text = text.replace(from, to);
    }
    text
}

#[test]
fn the_good_plan_has_few_hints() {
    let plan = read(GOOD);
    let all = names(&plan);
    assert!(find(&plan).iter().all(|finding| finding.severity() == Severity::Hint), "{all:?}");
    assert!(all.iter().all(|name| name.starts_with("doubtful-row ahv row ")), "{all:?}");
}

#[test]
fn every_check_finds_what_it_is_for() {
    let good = names(&read(GOOD));
    let mut wrong = Vec::new();
    for (wanted, replacements) in FOUND {
        assert!(!good.iter().any(|name| name == wanted), "the good plan has {wanted}");
        let all = names(&read(&changed(replacements)));
        if all.iter().filter(|name| name == wanted).count() != 1 {
            wrong.push(format!("{wanted} is not in {all:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let tried: BTreeSet<&str> = FOUND.iter().filter_map(|(wanted, _)| wanted.split(' ').next()).collect();
    let untried: Vec<&str> =
        Check::ALL.iter().map(|check| check.id()).filter(|id| !tried.contains(id)).collect();
    assert!(untried.is_empty(), "no case for {untried:?}");
}

#[test]
fn a_near_neighbour_is_left_alone() {
    let mut wrong = Vec::new();
    for (unwanted, replacements) in NOT_FOUND {
        let all = names(&read(&changed(replacements)));
        if all.iter().any(|name| name == unwanted) {
            wrong.push(format!("{unwanted} is in {all:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_finding_says_what_and_what_to_do() {
    for (_, replacements) in FOUND {
        let plan = read(&changed(replacements));
        for finding in find(&plan) {
            let (text, remedy) = (finding.text(catalogue(), &plan), finding.remedy(catalogue()));
            let name = name(&plan, &finding);
            assert!(text.len() > 20 && remedy.len() > 10, "{name}: {text}; {remedy}");
            assert!(!text.contains("  ") && !remedy.ends_with('.'), "{name}: {text}; {remedy}");
            if let Some(host) = finding.host() {
                let host = plan.host(host).unwrap().name.as_str();
                assert!(text.starts_with(&format!("{host} ")), "{name}: {text}");
                assert_eq!(text, format!("{host} {}", finding.statement(catalogue(), &plan)));
            }
            let details = finding.details(catalogue(), &plan);
            assert_eq!(details.is_empty(), finding.rules().is_empty(), "{name}");
        }
    }
}

#[test]
fn findings_come_by_severity() {
    let text = changed(&[(r#"["10.0.0.20"]"#, "[]"), (r#"["flr-helper-appliance"]"#, "[]")]);
    let severities: Vec<Severity> =
        find(&read(&text)).iter().map(portplan::review::Finding::severity).collect();
    assert!(severities.is_sorted(), "{severities:?}");
    assert_eq!(severities[..2], [Severity::Error, Severity::Warning]);
}

fn text(replacements: &[(&str, &str)], wanted: &str) -> String {
    let plan = read(&changed(replacements));
    let finding = find(&plan).into_iter().find(|finding| name(&plan, finding) == wanted);
    finding.unwrap_or_else(|| panic!("no {wanted}")).text(catalogue(), &plan)
}

/// Numbers and names in findings are those of the flows.
#[test]
fn findings_count_and_name() {
    let said = text(&[(r#""oracle", "#, r#""oracle", "vpower-nfs", "#)], "open-ended-ports");
    assert_eq!(said, "4 flows have ports that can be higher ones: 1058+, 2049+");
    let said = text(&[("10.0.8.1", "10.0.0.0/24")], "overlapping-networks ora1 10.0.0.0/24");
    assert_eq!(
        said,
        "ora1 has the network 10.0.0.0/24, which holds addresses of vbr1, gip1, lss1 and 4 more"
    );
    let said = text(&[(r#"["log-shipping-server"]"#, r#"["worker"]"#)], "direct-logs");
    assert_eq!(
        said,
        "2 flows take logs straight to the repository, because no host has the role Log shipping server"
    );
    let said = text(&[("10.0.0.20", "10.0.0.21")], "same-address 10.0.0.21");
    assert_eq!(said, "10.0.0.21 is the address of repo1 and flr1");
}

/// What `proxy-only` would do is what it does.
#[test]
fn an_alternative_tells_how_many_flows_its_option_takes_away() {
    let both = changed(&[(r#", "proxy-only""#, "")]);
    let count = |text: &str| portplan::flows::Flows::new(catalogue(), &read(text)).count();
    let gone = count(&both) - count(GOOD);
    let said = text(&[(r#", "proxy-only""#, "")], "alternatives proxy-only");
    assert!(gone > 1 && said.ends_with(&format!("option Proxy only would take away {gone} flows")), "{said}");
}
