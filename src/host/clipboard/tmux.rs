//! tmux: the server takes the text and passes it on to the terminal outside.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::Sent;

const PATIENCE: Duration = Duration::from_secs(1);

/// Loads the text into tmux's buffer. `-w` (tmux 3.2 and later) also sends it to the outer terminal.
pub(super) fn load(program: &Path, text: &str) -> Sent {
    if run(program, &["load-buffer", "-w", "-"], text).is_ok() {
        return Sent::Delivered("in tmux's buffer, and sent on to the terminal outside");
    }
    match run(program, &["load-buffer", "-"], text) {
        Ok(()) => Sent::Delivered(
            "in tmux's buffer only (this tmux does not send it on); paste with the prefix and ]",
        ),
        Err(why) => Sent::Failed(format!("tmux did not take it: {why}")),
    }
}

fn run(program: &Path, arguments: &[&str], text: &str) -> Result<(), String> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| error.to_string())?;
    // The pipe holds less than a snippet may have, so a tmux that hangs must not hang us: a thread writes.
    let pipe = child.stdin.take();
    let text = text.to_owned();
    let writer = thread::spawn(move || pipe.map(|mut pipe| pipe.write_all(text.as_bytes())));
    let deadline = Instant::now() + PATIENCE;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => {
                let written = writer.join().is_ok_and(|result| matches!(result, Some(Ok(()))));
                return if status.success() && written { Ok(()) } else { Err(format!("{status}")) };
            }
            Ok(None) if Instant::now() < deadline => thread::sleep(Duration::from_millis(5)),
            Ok(None) => {
                let _ = child.kill();
                let _ = child.wait();
                return Err("no answer within a second".to_owned());
            }
            Err(error) => return Err(error.to_string()),
        }
    }
}
