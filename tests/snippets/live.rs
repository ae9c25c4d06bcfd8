//! Runs scripts with the programs that they are for.

use std::io::Write as _;
use std::process::{Command, Stdio};

/// Feeds `input` to a program, and returns whether it went well and all that it wrote.
pub fn run(program: &str, arguments: &[&str], input: &str) -> (bool, String) {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => {
            panic!("cannot run {program}: {error}; tests/run installs what the tests use")
        }
    };
    let mut stdin = child.stdin.take().unwrap();
    // Beside the reading: a full pipe would stop both sides. A program that ends early says why itself.
    let output = std::thread::scope(|scope| {
        scope.spawn(move || drop(stdin.write_all(input.as_bytes())));
        child.wait_with_output().unwrap()
    });
    let text =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    (output.status.success(), text)
}

/// Fails where a shell or its checker finds a fault.
pub fn lint(script: &str) {
    let (fine, text) = run("sh", &["-n", "-s"], script);
    assert!(fine, "sh -n: {text}\n{script}");
    let (fine, text) = run("shellcheck", &["-s", "sh", "-"], script);
    assert!(fine, "shellcheck: {text}\n{script}");
}

/// The blocks of the hosts of a script, each with the header; hosts of one plan never share a machine.
pub fn blocks(script: &str) -> Vec<String> {
    let mut parts = script.split("\n\n");
    let header = parts.next().unwrap().to_owned();
    parts.map(|block| format!("{header}\n{block}")).collect()
}
