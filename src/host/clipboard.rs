//! Copies text by the ways that the environment offers, and says honestly which were used.

mod native;
mod osc52;
mod screen;
mod tmux;

pub use native::Native;

use super::env::Environment;

/// A way for text to leave the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// The tmux server's buffer, passed on to the outer terminal.
    Tmux,
    /// An OSC 52 sequence through GNU screen, in pieces.
    Screen,
    /// An OSC 52 sequence to the terminal.
    Osc52,
    /// The desktop's clipboard.
    Native,
}

/// The ways to use, in order.
pub fn ways(environment: &Environment) -> Vec<Way> {
    let mut ways = Vec::new();
    if environment.tmux.is_some() {
        // OSC 52 inside tmux is dropped without a word by default, so it is not sent there.
        ways.extend(environment.tmux_program.is_some().then_some(Way::Tmux));
    } else if environment.screen.is_some() {
        ways.push(Way::Screen);
    } else {
        ways.push(Way::Osc52);
    }
    if environment.has_local_desktop() {
        ways.push(Way::Native);
    }
    ways
}

/// What came of one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// These bytes must go to the terminal; whether it takes them is not known.
    ToTerminal(Vec<u8>),
    /// The text is where it should be.
    Delivered(&'static str),
    /// It did not work, and why.
    Failed(String),
}

/// Copies by one way. Bytes for the terminal are returned, since only the session may write to it.
pub fn send(way: Way, text: &str, environment: &Environment, native: &mut Native) -> Sent {
    match way {
        Way::Osc52 => osc52::sequence(text).map_or_else(Sent::Failed, Sent::ToTerminal),
        Way::Screen => screen::sequence(text).map_or_else(Sent::Failed, Sent::ToTerminal),
        Way::Tmux => match environment.tmux_program.as_deref() {
            Some(program) => tmux::load(program, text),
            None => Sent::Failed("tmux was not found".to_owned()),
        },
        Way::Native => native.copy(text),
    }
}

/// One sentence about a copy, from what came of each way. An error if no way worked.
///
/// # Errors
/// If no way worked: why, and what to do instead.
pub fn report(what: &str, size: usize, results: &[(Way, Sent)]) -> Result<String, String> {
    let size = size_text(size);
    let mut done = Vec::new();
    let mut failed = Vec::new();
    for (_, sent) in results {
        match sent {
            Sent::ToTerminal(_) => {
                done.push("sent to the terminal (OSC 52), which gives no answer: paste to check");
            }
            Sent::Delivered(place) => done.push(place),
            Sent::Failed(why) => failed.push(why.as_str()),
        }
    }
    if done.is_empty() {
        let why =
            if failed.is_empty() { "no way to a clipboard was found".to_owned() } else { failed.join("; ") };
        return Err(format!("not copied: {why}; write it to a file instead (f, then w)"));
    }
    let done = done.join(", and ");
    let mut parts = vec![format!("{done} · {what}, {size}")];
    parts.extend(failed.into_iter().map(str::to_owned));
    Ok(parts.join("; "))
}

fn size_text(bytes: usize) -> String {
    if bytes < 1000 {
        format!("{bytes} bytes")
    } else {
        format!("{}.{} KB", bytes / 1000, bytes % 1000 / 100)
    }
}
