//! The scripts that try the planned connections.

use portplan::catalogue::{Os, Transport};
use portplan::snippets::{Direction, Purpose, Target};

use super::hostile::{self, HOSTILE};
use super::live::run;
use super::plans::{World, small};
use super::powershell_syntax::parse;

/// One host that reaches everything, and one flow for every answer there is.
fn answers() -> World {
    let mut world = World::new("Answers");
    let app = world.host("app", Os::Linux, "", &["10.0.0.1"]);
    let db = world.host("db", Os::Linux, "", &["10.0.2.2", "2001:db8::2"]);
    let far = world.host("far", Os::Linux, "", &["10.9.9.9"]);
    let nets = world.host("nets", Os::Windows, "", &["10.0.1.0/24"]);
    let bare = world.host("bare", Os::Windows, "", &[]);
    world.own(app, db, Transport::Tcp, &["443", "6162", "2500-3300"], "Move data");
    world.own(app, db, Transport::Tcp, &["6000"], "Dropped");
    world.own(app, db, Transport::Tcp, &["6001"], "Rejected");
    world.own(app, db, Transport::Tcp, &["1058+"], "Mount");
    world.own(app, db, Transport::Udp, &["53"], "Names");
    world.own(app, far, Transport::Tcp, &["22"], "Far");
    world.own(app, nets, Transport::Tcp, &["135", "445"], "Shares");
    world.own(app, bare, Transport::Tcp, &["80"], "Nowhere");
    world.own(nets, db, Transport::Tcp, &["5432"], "Queries");
    world
}

fn script(world: &World, target: Target) -> String {
    world.write(target, Direction::Inbound, Purpose::Apply)
}

/// A namespace in which `listening` is what is open on `db`, 6000 is dropped, 6001 rejected, and nothing else has a route.
fn in_namespace(listening: &str, script: &str, command: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("test.sh"), script).unwrap();
    let setting = format!(
        r#"exec 2>&1
cd {}
ip link set lo up
ip address add 10.0.2.2/32 dev lo
ip address add 2001:db8::2/128 dev lo nodad
nft -f - <<'RULES'
table inet t {{
  chain in {{
    type filter hook input priority filter; policy accept;
    tcp dport 6000 drop
    tcp dport 6001 reject with icmpx type admin-prohibited
  }}
}}
RULES
python3 - {listening} <<'LISTEN' &
import socket, sys, time
kept = []
for port in map(int, sys.argv[1:]):
    for family, address in ((socket.AF_INET, '10.0.2.2'), (socket.AF_INET6, '2001:db8::2')):
        kept.append(socket.socket(family))
        kept[-1].bind((address, port))
        kept[-1].listen(9)
open('ready', 'w').close()
time.sleep(600)
LISTEN
server=$!
while [ ! -e ready ]; do sleep 0.05; done
{command}
echo "exit $?"
kill $server
"#,
        folder.path().display()
    );
    run("unshare", &["-rn", "bash", "-s"], &setting).1
}

const REPORT: &str = "\
open          10.0.2.2 tcp 443  db: Move data
open          10.0.2.2 tcp 2500  db, first of 2500-3300: Move data
refused       10.0.2.2 tcp 3300  db, last of 2500-3300: Move data
open          10.0.2.2 tcp 6162  db: Move data
open          2001:db8::2 tcp 443  db: Move data
open          2001:db8::2 tcp 2500  db, first of 2500-3300: Move data
refused       2001:db8::2 tcp 3300  db, last of 2500-3300: Move data
open          2001:db8::2 tcp 6162  db: Move data
refused       10.0.2.2 tcp 1058  db: Mount
refused       2001:db8::2 tcp 1058  db: Mount
timed out     10.0.2.2 tcp 6000  db: Dropped
timed out     2001:db8::2 tcp 6000  db: Dropped
unreachable   10.0.2.2 tcp 6001  db: Rejected
unreachable   2001:db8::2 tcp 6001  db: Rejected
unreachable   10.9.9.9 tcp 22  far: Far
not tested    db: Names: udp 53 (UDP)
not tested    nets: Shares: tcp 135, 445 (10.0.1.0/24 is a network, try one of its hosts)
not tested    bare: Nowhere: tcp 80 (the host has no address in the plan)
15 tested: 6 open, 4 refused (nothing listens yet), 5 blocked; 3 not tested
exit 1
";

#[test]
fn bash_tells_open_refused_dropped_and_unreachable_apart() {
    let script = script(&answers(), Target::TestBash);
    for command in
        ["bash test.sh app", "bash test.sh 1", "bash test.sh APP.example.org", "HOSTNAME=app bash test.sh"]
    {
        assert_eq!(in_namespace("443 2500 6162", &script, command), REPORT, "{command}");
    }
}

#[test]
fn bash_passes_if_nothing_is_blocked() {
    let mut world = World::new("Fine");
    let app = world.host("app", Os::Other, "", &["10.0.0.1"]);
    let db = world.host("db", Os::Linux, "", &["10.0.2.2"]);
    world.own(app, db, Transport::Tcp, &["443", "446"], "Move data");
    // A single host needs no name, and neither does a paste.
    let text = script(&world, Target::TestBash);
    let report = "open          10.0.2.2 tcp 443  db: Move data\n\
                  refused       10.0.2.2 tcp 446  db: Move data\n\
                  2 tested: 1 open, 1 refused (nothing listens yet), 0 blocked; 0 not tested\nexit 0\n";
    for command in ["bash test.sh", "bash < test.sh"] {
        assert_eq!(in_namespace("443", &text, command), report, "{command}");
    }
}

#[test]
fn bash_says_why_it_cannot_run() {
    let mut world = answers();
    let other = world.host("other", Os::Linux, "", &[]);
    let db = world.plan.host_named("db").unwrap().id;
    world.own(other, db, Transport::Tcp, &["1"], "x");
    let text = script(&world, Target::TestBash);
    let list = "portplan: say which host this is, by its number or name: bash FILE HOST\n1 app 10.0.0.1\n6 other \nexit 2\n";
    for command in ["HOSTNAME=elsewhere bash test.sh", "bash test.sh elsewhere", "bash test.sh nets"] {
        assert_eq!(in_namespace("443", &text, command), list, "{command}");
    }
    assert_eq!(
        in_namespace("443", &text, "sh test.sh"),
        "portplan: this test needs bash: bash FILE\nexit 2\n"
    );
    let bare = "mkdir bin; ln -s $(command -v bash) bin; PATH=$PWD/bin; bash test.sh app";
    let needs = "portplan: this test needs the program timeout (coreutils)\nexit 2\n";
    assert!(in_namespace("443", &text, bare).starts_with(needs));
    let empty = script(&World::new("Empty"), Target::TestBash);
    assert_eq!(
        in_namespace("443", &empty, "bash test.sh"),
        "portplan: there is nothing to test in this script\nexit 2\n"
    );
}

#[test]
fn many_dropped_connections_are_tried_at_once() {
    let mut world = World::new("Many");
    let app = world.host("app", Os::Linux, "", &["10.0.0.1"]);
    let db = world.host("db", Os::Linux, "", &["10.0.2.2"]);
    world.own(app, db, Transport::Tcp, &["6000"], "Dropped");
    let text = script(&world, Target::TestBash);
    let line = "tcp 1 10.0.2.2 6000 db: Dropped\n";
    let text = text.replace(line, &line.repeat(96));
    let start = std::time::Instant::now();
    let report = in_namespace("443", &text, "bash test.sh");
    assert!(
        report.ends_with(
            "96 tested: 0 open, 0 refused (nothing listens yet), 96 blocked; 0 not tested\nexit 1\n"
        ),
        "{report}"
    );
    // One after the other they would take five minutes.
    assert!(start.elapsed().as_secs() < 150, "{:?}", start.elapsed());
}

#[test]
fn a_checker_finds_no_fault_in_bash() {
    for world in [answers(), small(), World::new("Empty")] {
        let text = script(&world, Target::TestBash);
        let (fine, said) = run("shellcheck", &["-s", "bash", "-"], &text);
        assert!(fine, "{said}\n{text}");
    }
}

/// What is not user text: the script without the words behind ports and numbers.
fn frame(script: &str) -> Vec<String> {
    let lines = script.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.chars().filter(|letter| !hostile::allowed(&letter.to_string())).collect()).collect()
}

#[test]
fn hostile_texts_change_no_script() {
    for target in [Target::TestBash, Target::TestPowershell] {
        let plain = script(&hostile::world(HOSTILE[0]), target);
        for text in HOSTILE {
            let script = script(&hostile::world(text), target);
            assert!(script.is_ascii() && !script.contains(['\t', '\r']), "{text}: {script}");
            assert_eq!(frame(&script), frame(&plain), "{text}: {script}");
            assert_eq!(script.lines().count(), plain.lines().count(), "{text}: {script}");
            for line in script.lines().skip(1).filter(|line| line.starts_with('#')) {
                assert!(line.starts_with("# "), "{line}");
            }
        }
    }
}

/// From the vendor's reference of the commands.
const COMMANDS: [&str; 4] = ["Where-Object", "New-Object", "Start-Sleep", "Set-StrictMode"];

/// From the same reference.
const PARAMETERS: [&str; 4] = ["-TypeName", "-ArgumentList", "-Milliseconds", "-Off"];

/// What the tables of the script hold: its own fields, and the names that .NET has for errors of sockets.
const FIELDS: [&str; 18] = [
    "Number",
    "Name",
    "From",
    "Address",
    "Port",
    "Text",
    "At",
    "Client",
    "Wait",
    "Clock",
    "ConnectionRefused",
    "TimedOut",
    "HostUnreachable",
    "NetworkUnreachable",
    "NetworkDown",
    "AccessDenied",
    "HostNotFound",
    "TryAgain",
];

#[test]
fn powershell_parses_and_knows_only_commands_that_exist() {
    for world in [answers(), small(), World::new("Empty")] {
        let text = script(&world, Target::TestPowershell);
        assert!(text.is_ascii() && text.matches("\n\n").count() == 1, "{text}");
        let parts = parse(&text);
        assert!(parts.commands.iter().all(|command| COMMANDS.contains(&command.as_str())), "{parts:?}");
        assert!(
            parts.parameters.iter().all(|parameter| PARAMETERS.contains(&parameter.as_str())),
            "{parts:?}"
        );
        assert!(parts.fields.iter().all(|field| FIELDS.contains(&field.as_str())), "{parts:?}");
        assert!(parts.expandable.is_empty(), "{parts:?}");
    }
}

#[test]
fn powershell_tries_what_the_flows_of_windows_hosts_ask_for() {
    let mut world = World::new("Windows");
    let win = world.host("win", Os::Windows, "", &["10.0.0.1"]);
    let db = world.host("db", Os::Linux, "", &["10.0.2.2", "2001:db8::2", "db.example.org"]);
    world.own(win, db, Transport::Tcp, &["443", "2500-3300"], "Move data");
    world.own(win, db, Transport::Udp, &["53"], "Names");
    world.own(db, win, Transport::Tcp, &["135"], "Back");
    let text = script(&world, Target::TestPowershell);
    let tables: Vec<&str> = text.lines().filter(|line| line.starts_with("    @{")).collect();
    let mut expected = vec!["    @{ Number = 1; Name = 'win'; Address = '10.0.0.1' }".to_owned()];
    for address in ["10.0.2.2", "2001:db8::2", "db.example.org"] {
        for (port, which) in [(443, ""), (2500, ", first of 2500-3300"), (3300, ", last of 2500-3300")] {
            expected.push(format!(
                "    @{{ From = 1; Address = '{address}'; Port = {port}; Text = 'db{which}: Move data' }}"
            ));
        }
    }
    expected.push("    @{ From = 1; Text = 'db: Names: udp 53 (UDP)' }".to_owned());
    assert_eq!(tables, expected);
    assert!(
        text.contains("# Not in this script: 1 flow from Linux hosts (db): use test-bash there."),
        "{text}"
    );
}
