//! Rules as the program writes them, loaded by the firewalls that they are for, and tried port by port.

use std::collections::BTreeMap;

use portplan::snippets::{Direction, Purpose, Target};

use super::lab::{Flow, Lab, SHORT, UFW_FILES, expected, world};

/// A firewall of a machine before any rule of ours: it lets nothing new pass, in the direction that is tried.
struct Firewall {
    target: Target,
    /// What stands above every script.
    settings: &'static str,
    /// Puts it in force.
    start: fn(Direction) -> String,
    /// Lists all rules that are in force, and those that are kept.
    state: &'static str,
    /// Whether it lets new connections pass before and after.
    open: bool,
}

fn hook(direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound => "input",
        Direction::Outbound => "output",
        Direction::Transit => "forward",
    }
}

const NFTABLES: Firewall = Firewall {
    target: Target::Nftables,
    settings: "",
    start: |direction| {
        let hook = hook(direction);
        format!(
            "nft -f - <<'END'
table inet filter {{
  chain {hook} {{
    type filter hook {hook} priority 0; policy drop;
    ct state established,related accept
    icmpv6 type {{ nd-neighbor-solicit, nd-neighbor-advert }} accept
  }}
}}
END
"
        )
    },
    state: "nft -s list ruleset",
    open: false,
};

const STANDALONE: Firewall = Firewall {
    target: Target::NftablesStandalone,
    settings: "export VEEAM_MANAGEMENT='192.0.2.0/24 2001:db8::9'\n",
    start: |_| String::new(),
    state: "nft -s list ruleset",
    open: true,
};

const IPTABLES: Firewall = Firewall {
    target: Target::Iptables,
    settings: "export XTABLES_LOCKFILE=/run/lab/xtables.lock\n",
    start: |direction| {
        let hook = hook(direction).to_uppercase();
        format!(
            "for command in iptables ip6tables; do $command-restore <<'END'
*filter
:{hook} DROP [0:0]
-A {hook} -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
COMMIT
END
done
ip6tables -A {hook} -p ipv6-icmp -j ACCEPT
"
        )
    },
    state: "iptables-save -t filter | grep -v '^[#:]'; ip6tables-save -t filter | grep -v '^[#:]'",
    open: false,
};

const UFW: Firewall = Firewall {
    target: Target::Ufw,
    settings: "export XTABLES_LOCKFILE=/run/lab/xtables.lock\n",
    start: |direction| {
        let outbound = if direction == Direction::Outbound { "ufw default deny outgoing" } else { "" };
        format!(
            "{UFW_FILES}{outbound}
ufw --force enable
for net in 10.77.0.0/16 fd77::/16; do ufw deny in from $net; ufw route deny from $net; done
ufw reload
"
        )
    },
    state: "iptables-save -t filter | grep -v '^[#:]'; ip6tables-save -t filter | grep -v '^[#:]'; cat /etc/ufw/user*.rules",
    open: false,
};

const FIREWALLD: Firewall = Firewall {
    target: Target::Firewalld,
    settings: "export DBUS_SYSTEM_BUS_ADDRESS=unix:path=/run/lab/bus\n",
    start: |direction| {
        let policy = match direction {
            Direction::Outbound => {
                "<policy target=\"DROP\"><ingress-zone name=\"HOST\"/><egress-zone name=\"ANY\"/>\
                 <rule family=\"ipv6\"><icmp-type name=\"neighbour-solicitation\"/><accept/></rule>\
                 <rule family=\"ipv6\"><icmp-type name=\"neighbour-advertisement\"/><accept/></rule></policy>"
            }
            Direction::Inbound | Direction::Transit => "",
        };
        format!(
            "mkdir -p /run/lab/firewalld/zones /run/lab/firewalld/policies
cat > /run/lab/bus.conf <<'END'
<busconfig>
<type>system</type>
<listen>unix:path=/run/lab/bus</listen>
<auth>EXTERNAL</auth>
<policy context=\"default\">
<allow send_destination=\"*\"/><allow receive_sender=\"*\"/><allow own=\"*\"/><allow user=\"*\"/>
</policy>
</busconfig>
END
printf 'DefaultZone=public\\nFirewallBackend=nftables\\n' > /run/lab/firewalld/firewalld.conf
echo '<zone/>' > /run/lab/firewalld/zones/public.xml
test -z '{policy}' || echo '{policy}' > /run/lab/firewalld/policies/own.xml
dbus-daemon --config-file=/run/lab/bus.conf --nofork --nopidfile > /run/lab/bus.log 2>&1 &
for try in $(seq 300); do test -S /run/lab/bus && break; sleep 0.1; done
firewalld --nofork --nopid --system-config /run/lab/firewalld > /run/lab/firewalld.log 2>&1 &
for try in $(seq 300); do firewall-cmd --state > /dev/null 2>&1 && break; sleep 0.1; done
firewall-cmd --state || {{ cat /run/lab/*.log; exit 1; }}
"
        )
    },
    state: "nft -s list ruleset; firewall-cmd --permanent --list-all-policies; firewall-cmd --list-all-policies",
    open: false,
};

/// The machine where rules of a direction stand.
fn machine(direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound => "db",
        Direction::Outbound => "one",
        Direction::Transit => "between",
    }
}

/// The block of one machine, with the header.
fn block(text: &str, direction: Direction) -> String {
    let heading = match direction {
        Direction::Transit => "# run on the firewall between".to_owned(),
        _ => format!("# run on {} ", machine(direction)),
    };
    let mut parts = text.split("\n\n");
    let header = parts.next().unwrap().to_owned();
    let block = parts.find(|part| part.starts_with(&heading)).unwrap_or_else(|| panic!("{heading}: {text}"));
    format!("{header}\n{block}")
}

/// The tries that the rules of a direction decide on.
fn tries(direction: Direction) -> BTreeMap<Flow, bool> {
    let mut tries = expected(&world());
    tries.retain(|(source, ..), _| direction != Direction::Outbound || *source == "one");
    tries
}

/// Nothing passes but what is planned; a second run changes nothing; the roll-back brings back what was there.
fn prove(firewall: &Firewall, direction: Direction) {
    let what = |step: &str| format!("{} {} {step}", firewall.target.id(), direction.label());
    let tries = tries(direction);
    let before: BTreeMap<Flow, bool> = tries.keys().map(|flow| (*flow, firewall.open)).collect();
    let [apply, remove] = [Purpose::Apply, Purpose::Remove].map(|purpose| {
        let text = world().write(firewall.target, direction, purpose);
        format!("{}{}", firewall.settings, block(&text, direction))
    });
    let mut lab = Lab::new(&tries);
    let on = machine(direction);
    lab.run(on, &format!("set -e\n{}{}", firewall.settings, (firewall.start)(direction)));
    let list = format!("{}{}", firewall.settings, firewall.state);
    let mut states = vec![lab.run(on, &list)];
    lab.compare(&what("before"), &before);
    lab.run(on, &apply);
    states.push(lab.run(on, &list));
    lab.forget();
    lab.compare(&what("applied"), &tries);
    lab.run(on, &apply);
    states.push(lab.run(on, &list));
    lab.compare(&what("applied again"), &tries);
    for _ in 0..2 {
        lab.run(on, &remove);
        states.push(lab.run(on, &list));
    }
    lab.compare(&what("removed"), &before);
    assert_ne!(states[0], states[1], "{}", what("applied"));
    same(&what("applied again"), &states[1], &states[2]);
    same(&what("removed"), &states[0], &states[3]);
    same(&what("removed again"), &states[0], &states[4]);
}

/// Fails with the lines that differ.
fn same(what: &str, left: &str, right: &str) {
    let without = |all: &str, other: &str| -> Vec<String> {
        all.lines().filter(|line| !other.lines().any(|known| known == *line)).map(str::to_owned).collect()
    };
    let (gone, new) = (without(left, right), without(right, left));
    assert!(left == right, "{what}: gone: {gone:#?} new: {new:#?}");
}

macro_rules! proofs {
    ($($name:ident: $firewall:ident $direction:ident;)*) => {
        $(#[test]
        fn $name() {
            prove(&$firewall, Direction::$direction);
        })*
    };
}

proofs! {
    nftables_on_the_destination: NFTABLES Inbound;
    nftables_on_the_source: NFTABLES Outbound;
    nftables_between: NFTABLES Transit;
    nftables_standalone_on_the_destination: STANDALONE Inbound;
    nftables_standalone_on_the_source: STANDALONE Outbound;
    nftables_standalone_between: STANDALONE Transit;
    iptables_on_the_destination: IPTABLES Inbound;
    iptables_on_the_source: IPTABLES Outbound;
    iptables_between: IPTABLES Transit;
    ufw_on_the_destination: UFW Inbound;
    ufw_on_the_source: UFW Outbound;
    ufw_between: UFW Transit;
    firewalld_on_the_destination: FIREWALLD Inbound;
    firewalld_on_the_source: FIREWALLD Outbound;
    firewalld_between: FIREWALLD Transit;
}

/// Wrong rules: what is replaced in the text of the right ones, by what.
const MUTANTS: [(&str, &str); 12] = [
    ("2500-3300", "2500-3301"),
    ("2500-3300", "2500-3299"),
    ("2500-3300", "2499-3300"),
    ("2500-3300", "2501-3300"),
    ("49152-65535", "49152-65534"),
    (" 445,", " 446,"),
    ("ip saddr 10.77.1.2 ", "ip saddr 10.77.1.3 "),
    ("ip saddr 10.77.2.0/24 ", "ip saddr 10.77.0.0/16 "),
    ("ip6 saddr fd77:1::2 ", "ip6 saddr fd77:1::3 "),
    ("udp dport 137-138", "tcp dport 137-138"),
    ("udp dport 53", "udp dport 54"),
    ("ip saddr 10.77.1.2 tcp", "tcp"),
];

#[test]
fn the_probes_notice_wrong_rules() {
    let tries = tries(Direction::Inbound);
    let right =
        block(&world().write(Target::Nftables, Direction::Inbound, Purpose::Apply), Direction::Inbound);
    let mut wrong: Vec<String> = MUTANTS
        .iter()
        .map(|(from, to)| {
            assert!(right.contains(from), "{from} is not in {right}");
            right.replace(from, to)
        })
        .collect();
    let rules: Vec<&str> = right.lines().filter(|line| line.starts_with("add rule")).collect();
    assert_eq!(rules.len(), 6, "{right}");
    wrong.extend(rules.iter().map(|rule| right.replace(&format!("{rule}\n"), "")));
    let mut lab = Lab::new(&tries);
    lab.run("db", &(NFTABLES.start)(Direction::Inbound));
    for wrong in wrong {
        lab.run("db", &wrong);
        let open = lab.probe(&tries, SHORT);
        assert!(tries.iter().any(|(flow, planned)| open.contains(flow) != *planned), "not noticed: {wrong}");
    }
    lab.run("db", &right);
    lab.compare("the right rules again", &tries);
}

#[test]
fn the_table_that_stands_alone_is_not_loaded_until_somebody_says_who_may_log_in() {
    let mut tries = tries(Direction::Inbound);
    let apply = block(
        &world().write(Target::NftablesStandalone, Direction::Inbound, Purpose::Apply),
        Direction::Inbound,
    );
    let mut lab = Lab::new(&tries);
    for nobody in
        ["", " ", "<ADDRESSES-OF-MANAGEMENT>", "any", "10.0.0.1; true", "10.0.0.256", "10.0.0.1 fd00::/129"]
    {
        let (fine, text) = lab.try_run("db", &format!("export VEEAM_MANAGEMENT='{nobody}'\n{apply}"));
        assert!(!fine, "{nobody}: {text}");
        assert_eq!(lab.run("db", "nft list ruleset"), "", "{nobody}: {text}");
    }
    let edited = apply.replace("${VEEAM_MANAGEMENT:-<ADDRESSES-OF-MANAGEMENT>}", "10.77.3.0/24 fd77:3::2");
    assert_ne!(edited, apply);
    lab.run("db", &edited);
    for family in [4, 6] {
        tries.insert(("stranger", "tcp", family, 22), true);
    }
    lab.compare("with a management", &tries);
}
