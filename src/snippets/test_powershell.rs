//! A script that tries the planned connections from a Windows host, with PowerShell 5.1 or later.
//!
//! `Test-NetConnection` has no time-out and tells no more than yes or no, so the script uses `TcpClient`. One script
//! serves all hosts of the selection, and is one block, so that it can be pasted too.

use std::io;

use crate::catalogue::Os;

use super::Request;
use super::limits::FLOWS_IN_RULES;
use super::probes::{AT_ONCE, Probes, SECONDS};
use super::target::{Content, Facts, Form, Group, ListForm};
use super::text::powershell as quoted;

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "test-powershell",
    label: "PowerShell test",
    extension: "ps1",
    group: Group::Test,
    form: Form::Listed(ListForm { content: Content::Text, most: FLOWS_IN_RULES, write }),
};

const RUN: [&str; 3] = [
    "Run it on the hosts that open the connections: powershell -File FILE.ps1 -From HOST, with HOST as a name or number below.",
    "Without -From it takes the host that is called like the machine. It needs no rights.",
    "It can be pasted into PowerShell too; the exit code is then in LASTEXITCODE.",
];

/// Writes the script.
fn write(request: &Request<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let probes = Probes::new(request, &[Os::Windows]);
    for line in probes.header(request, &RUN) {
        writeln!(out, "# {line}")?;
    }
    writeln!(out, "\n& {{\n  param([string]$From = '')")?;
    writeln!(out, "  Set-StrictMode -Off\n  $ErrorActionPreference = 'Stop'")?;
    writeln!(out, "  $milliseconds = {}\n  $limit = {AT_ONCE}\n  $sources = @(", SECONDS * 1000)?;
    for source in probes.sources() {
        let (number, name, address) = (source.number(), quoted(&source.name), quoted(&source.addresses));
        writeln!(out, "    @{{ Number = {number}; Name = {name}; Address = {address} }}")?;
    }
    writeln!(out, "  )\n  $flows = @(")?;
    for source in probes.sources() {
        for connection in &source.tries {
            let (address, text) = (quoted(&connection.address), quoted(&connection.text));
            let (from, port) = (source.number(), connection.port);
            writeln!(out, "    @{{ From = {from}; Address = {address}; Port = {port}; Text = {text} }}")?;
        }
    }
    writeln!(out, "  )\n  $untested = @(")?;
    for source in probes.sources() {
        for line in &source.untried {
            writeln!(out, "    @{{ From = {}; Text = {} }}", source.number(), quoted(line))?;
        }
    }
    writeln!(out, "  )")?;
    out.write_all(PROGRAM.as_bytes())
}

const PROGRAM: &str = include_str!("test_powershell/program.ps1");
