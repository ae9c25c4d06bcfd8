//! Machines in network namespaces: runs scripts on them, and tries every port at the edge of what a plan opens.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use portplan::catalogue::{Key, Os, Transport};
use serde_json::{Value, json};

use super::plans::{World, rows};

/// Who tries to reach `db`: two hosts of the plan, the second with a network of one family, and one that is in no plan.
pub const SOURCES: [&str; 3] = ["one", "two", "stranger"];

/// A connection: source, transport, family (4 or 6), port.
pub type Flow = (&'static str, &'static str, u8, u16);

/// How long an answer that is expected may take on a busy machine, in seconds.
pub const PATIENT: f32 = 30.0;

/// How long to wait for answers that no wrong rule should let through.
pub const SHORT: f32 = 0.5;

/// Files of ufw for the machines, in place of those of this one.
pub const UFW_FILES: &str = "mkdir -p /run/lab/ufw/applications.d
cp -L /usr/share/ufw/*.rules /usr/share/ufw/*.init /usr/share/ufw/ufw.conf /etc/ufw/sysctl.conf /run/lab/ufw
cp /etc/default/ufw /run/lab/default
mount --bind /run/lab/ufw /etc/ufw
mount --bind /run/lab/default /etc/default/ufw
";

/// The plan: more ports to `db` than one rule of iptables or ufw holds, both transports, both families.
pub fn world() -> World {
    let mut world = World::new("Lab");
    let one = world.host("one", Os::Linux, "", &["10.77.1.2", "fd77:1::2"]);
    let two = world.host("two", Os::Linux, "", &["10.77.2.0/24"]);
    let db = world.host("db", Os::Linux, "", &["10.77.9.2", "fd77:9::2"]);
    let many = [
        "111",
        "135",
        "137-139",
        "445",
        "902",
        "1025",
        "2049",
        "2500-3300",
        "5432",
        "6160-6164",
        "10006",
        "49152-65535",
    ];
    world.own(one, db, Transport::Tcp, &many, "Move data");
    world.own(one, db, Transport::Udp, &["137-138"], "Names");
    world.own(two, db, Transport::Tcp, &["2500-3300"], "Move data");
    world.own(two, db, Transport::Udp, &["53"], "Names");
    world
}

/// Every flow worth a try, and whether the plan has it; straight from the plan's flows.
pub fn expected(world: &World) -> BTreeMap<Flow, bool> {
    let flows = world.flows();
    let mut ports = BTreeSet::from([22]);
    let mut planned = Vec::new();
    for flow in rows(&flows) {
        let shape = flows.shape(flow.shape);
        let host = &world.plan.hosts()[flow.from.position()];
        for range in shape.ports.to_open().ranges() {
            let (first, last) = (range.from().number(), range.to().number());
            planned.push((host, shape.transport.to_string(), first..=last));
            let around = [first.checked_sub(1), Some(first), Some(last), last.checked_add(1)];
            ports.extend(around.into_iter().flatten());
        }
    }
    let mut tries = BTreeMap::new();
    for source in SOURCES {
        for (transport, family) in [("tcp", 4), ("tcp", 6), ("udp", 4), ("udp", 6)] {
            for port in &ports {
                let has = planned.iter().any(|(host, of, range)| {
                    let net = |address: &portplan::plan::Address| address.network().unwrap().addr().is_ipv6();
                    host.name.as_str() == source
                        && of == transport
                        && range.contains(port)
                        && host.addresses.iter().any(|address| net(address) == (family == 6))
                });
                tries.insert((source, transport, family, *port), has);
            }
        }
    }
    tries
}

/// The namespaces; they end with this value.
pub struct Lab {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Lab {
    /// Builds the machines.
    pub fn bare() -> Self {
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snippets/lab.py");
        let options = "--user --map-root-user --net --mount --pid --fork --kill-child --mount-proc --propagation private";
        let mut process = Command::new("unshare")
            .args(options.split(' '))
            .args(["python3", program])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("cannot run unshare: {error}; tests/run installs what the tests use")
            });
        let (input, output) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        Self { process, input, output: BufReader::new(output) }
    }

    /// Builds the machines and starts listeners on `db` at all ports that are tried.
    pub fn new(tries: &BTreeMap<Flow, bool>) -> Self {
        let mut lab = Self::bare();
        let ports: BTreeSet<(&str, u16)> =
            tries.keys().map(|(_, transport, _, port)| (*transport, *port)).collect();
        assert_eq!(lab.ask(&json!({"do": "listen", "ports": ports}))["ready"], true);
        let open = tries.keys().map(|flow| (*flow, true)).collect();
        lab.compare("without any rule", &open);
        lab
    }

    fn ask(&mut self, question: &Value) -> Value {
        writeln!(self.input, "{question}").unwrap();
        let mut answer = String::new();
        self.output.read_line(&mut answer).unwrap();
        serde_json::from_str(&answer).unwrap_or_else(|error| panic!("the lab failed: {error}: {answer}"))
    }

    /// Runs a script by `sh` on a machine, and returns whether it went well and all that it wrote.
    pub fn try_run(&mut self, on: &str, script: &str) -> (bool, String) {
        let answer = self.ask(&json!({"do": "run", "on": on, "script": script}));
        (answer["ok"] == true, answer["text"].as_str().unwrap().to_owned())
    }

    /// As [`try_run`](Self::try_run), and fails with the script.
    pub fn run(&mut self, on: &str, script: &str) -> String {
        let (fine, text) = self.try_run(on, script);
        assert!(fine, "failed on {on}:\n{text}\n{script}");
        text
    }

    /// Lets all machines forget their neighbours, whom they have to find again for the next connection.
    pub fn forget(&mut self) {
        self.ask(&json!({"do": "forget"}));
    }

    /// What of `tries` is open in truth. Those that are expected are waited for, as many seconds.
    pub fn probe(&mut self, tries: &BTreeMap<Flow, bool>, seconds: f32) -> BTreeSet<Flow> {
        let asked: Vec<_> = tries
            .iter()
            .map(|((source, transport, family, port), open)| (source, transport, family, port, open))
            .collect();
        let answer = self.ask(&json!({"do": "probe", "tries": asked, "wait": seconds}));
        let open = answer["open"].as_array().unwrap();
        assert_eq!(open.len(), tries.len());
        tries.keys().zip(open).filter(|(_, open)| **open == true).map(|(flow, _)| *flow).collect()
    }

    /// Fails if anything else is open than what is expected.
    pub fn compare(&mut self, what: &str, tries: &BTreeMap<Flow, bool>) {
        let open = self.probe(tries, PATIENT);
        let expected: BTreeSet<Flow> =
            tries.iter().filter(|(_, open)| **open).map(|(flow, _)| *flow).collect();
        let leaks: Vec<_> = open.difference(&expected).collect();
        let missing: Vec<_> = expected.difference(&open).collect();
        assert!(
            leaks.is_empty() && missing.is_empty(),
            "{what}:\nopen too: {leaks:?}\nnot open: {missing:?}"
        );
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        // What runs inside goes with it.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
