//! A script that tries the planned connections from a host with bash.
//!
//! It uses nothing but bash and `timeout`. One script serves all hosts of the selection: it takes the flows of the
//! host that it is told, or that it runs on. It is written so that another shell can at least read it, and say so.

use std::io;

use crate::catalogue::Os;

use super::Request;
use super::limits::FLOWS_IN_RULES;
use super::probes::{AT_ONCE, Probes, SECONDS, Source};
use super::target::{Content, Facts, Form, Group, ListForm};

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "test-bash",
    label: "bash test",
    extension: "sh",
    group: Group::Test,
    form: Form::Listed(ListForm { content: Content::Text, most: FLOWS_IN_RULES, write }),
};

const RUN: [&str; 3] = [
    "Run it on the hosts that open the connections: bash FILE [HOST], with HOST as a name or number of the list below.",
    "Without HOST it takes the host that is called like the machine. It needs no rights, and nothing but bash and timeout.",
    "It can be pasted into bash too.",
];

/// Ends each list. No line of a list can be it, because the lines start with a word or a number of ours.
const END: &str = "PORTPLAN_DATA";

/// Writes the script.
fn write(request: &Request<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let probes = Probes::new(request, &[Os::Linux, Os::Other]);
    writeln!(out, "#!/usr/bin/env bash")?;
    for line in probes.header(request, &RUN) {
        writeln!(out, "# {line}")?;
    }
    writeln!(out, "\n(\n{CHECK}\nseconds={SECONDS}\nworkers={AT_ONCE}")?;
    writeln!(out, "IFS= read -r -d '' hosts <<'{END}' || :")?;
    for source in probes.sources() {
        writeln!(out, "{} {} {}", source.number(), source.name, source.addresses)?;
    }
    writeln!(out, "{END}\nIFS= read -r -d '' flows <<'{END}' || :")?;
    for source in probes.sources() {
        list(source, out)?;
    }
    writeln!(out, "{END}")?;
    out.write_all(PROGRAM.as_bytes())
}

/// One line for each connection: how, number of the host, address, port, words.
fn list(source: &Source, out: &mut dyn io::Write) -> io::Result<()> {
    for connection in &source.tries {
        let (address, port) = (&connection.address, connection.port);
        writeln!(out, "tcp {} {address} {port} {}", source.number(), connection.text)?;
    }
    for line in &source.untried {
        writeln!(out, "not {} - - {line}", source.number())?;
    }
    Ok(())
}

const CHECK: &str = r#"if [ -z "${BASH_VERSION:-}" ]; then echo 'portplan: this test needs bash: bash FILE' >&2; exit 2; fi
if ! command -v timeout > /dev/null; then echo 'portplan: this test needs the program timeout (coreutils)' >&2; exit 2; fi"#;

const PROGRAM: &str = include_str!("test_bash/program.sh");
