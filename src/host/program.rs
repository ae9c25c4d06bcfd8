//! Runs small programs that must never make the planner wait: each has a second.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How long a program may take.
pub const PATIENCE: Duration = Duration::from_secs(1);

/// How often a running program is looked at.
const LOOK: Duration = Duration::from_millis(2);

/// Why a program did not do what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// It was still running after [`PATIENCE`], and was killed.
    Hung,
    /// It could not be started, or it said no.
    Refused,
}

/// Gives a program its input, waits for its end, and returns what it wrote to standard output.
///
/// # Errors
/// [`Trouble`], if it is not there, ends with a code other than 0, or takes too long.
pub fn run(program: &Path, arguments: &[&str], input: &str) -> Result<String, Trouble> {
    let deadline = Instant::now() + PATIENCE;
    let mut child = start(program, arguments, Stdio::piped())?;
    let output = child.stdout.take();
    let output = in_thread(move || {
        let mut text = Vec::new();
        let read = output.map(|mut pipe| pipe.read_to_end(&mut text));
        read.and_then(Result::ok).map(|_| String::from_utf8_lossy(&text).into_owned())
    });
    feed(child, input, deadline)?;
    answer(&output, deadline)?.ok_or(Trouble::Refused)
}

/// Gives text to a program that goes on with it in the background; what it writes is not looked at.
///
/// # Errors
/// As [`run`].
pub fn leave_with(program: &Path, arguments: &[&str], input: &str) -> Result<(), Trouble> {
    let deadline = Instant::now() + PATIENCE;
    let child = start(program, arguments, Stdio::null())?;
    feed(child, input, deadline)
}

fn start(program: &Path, arguments: &[&str], output: Stdio) -> Result<Child, Trouble> {
    let mut command = detached(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(output).stderr(Stdio::null());
    command.spawn().map_err(|_| Trouble::Refused)
}

/// The command in a session of its own: it can neither read our keys nor write on our screen, and what goes on in the
/// background outlives the terminal. `setsid` replaces itself by the program, so that it is still ours to kill.
#[cfg(unix)]
fn detached(program: &Path) -> Command {
    use std::os::unix::process::CommandExt;
    if let Some(setsid) = super::env::find_program("setsid") {
        let mut command = Command::new(setsid);
        command.arg(program);
        command
    } else {
        let mut command = Command::new(program);
        command.process_group(0);
        command
    }
}

#[cfg(not(unix))]
fn detached(program: &Path) -> Command {
    Command::new(program)
}

/// The pipe holds less than a snippet may have, so a program that does not read must not stop us: a thread writes.
fn feed(mut child: Child, input: &str, deadline: Instant) -> Result<(), Trouble> {
    let pipe = child.stdin.take();
    let input = input.to_owned();
    let written = in_thread(move || pipe.is_some_and(|mut pipe| pipe.write_all(input.as_bytes()).is_ok()));
    wait(&mut child, deadline)?;
    if answer(&written, deadline)? { Ok(()) } else { Err(Trouble::Refused) }
}

/// What `work` gives, when it is done; never, if there is no thread to be had.
fn in_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Receiver<T> {
    let (sender, receiver) = channel();
    // Without a thread the receiver reports that nobody will send; a receiver that is gone wants no answer.
    let _ = thread::Builder::new().spawn(move || sender.send(work()));
    receiver
}

/// A thread may need a moment more than the program whose end it waits for.
fn answer<T>(from: &Receiver<T>, deadline: Instant) -> Result<T, Trouble> {
    let left = deadline.saturating_duration_since(Instant::now()) + LOOK;
    from.recv_timeout(left).map_err(|_| Trouble::Hung)
}

fn wait(child: &mut Child, deadline: Instant) -> Result<(), Trouble> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(_)) | Err(_) => return Err(Trouble::Refused),
            Ok(None) if Instant::now() < deadline => thread::sleep(LOOK),
            Ok(None) => {
                // It may have ended this very moment; then there is nothing to kill.
                let _ = child.kill();
                let _ = child.wait();
                return Err(Trouble::Hung);
            }
        }
    }
}
