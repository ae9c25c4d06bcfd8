//! What is written for one key: how much, and what for.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::QUIET;
use crate::pty::Pty;

/// No single key may write more at 80x24.
const TARGET: usize = 700;

const DOWN: &str = "\x1b[B";
const PAGE_DOWN: &str = "\x1b[6~";

/// A key with the keys that come before it.
struct Press {
    what: &'static str,
    before: &'static [&'static str],
    key: &'static str,
}

const fn press(what: &'static str, before: &'static [&'static str], key: &'static str) -> Press {
    Press { what, before, key }
}

const PRESSES: [Press; 26] = [
    press("a key that changes nothing", &[], "\x1b[A"),
    press("host cursor down", &[], DOWN),
    press("host cursor down, list moves on", &[DOWN; 19], DOWN),
    press("host page down", &[PAGE_DOWN], PAGE_DOWN),
    press("go to the options", &[], "\t"),
    press("option cursor down", &["\t"], DOWN),
    press("toggle an option", &["\t"], " "),
    press("go to the flows", &["\t"], "\t"),
    press("flow cursor down", &["\t", "\t"], DOWN),
    press("flow cursor down, list moves on", &["\t", "\t", PAGE_DOWN], DOWN),
    press("flow page down", &["\t", "\t", PAGE_DOWN], PAGE_DOWN),
    press("flows by rule", &["\t", "\t"], "v"),
    press("begin a search", &[], "/"),
    press("a search letter, 1st", &["/"], "o"),
    press("a search letter, 2nd", &["/", "o"], "r"),
    press("a search letter, 3rd", &["/", "o", "r"], "a"),
    press("a search letter, 4th", &["/", "o", "r", "a"], "c"),
    press("a search letter taken away", &["/", "o", "r", "a", "c"], "\x7f"),
    press("open the snippet", &[], "2"),
    press("open the list of roles", &[], "r"),
    press("role cursor down", &["r"], DOWN),
    press("a letter in the list of roles", &["r"], "o"),
    press("close the list of roles", &["r"], "\x1b"),
    press("open help", &[], "?"),
    press("help one line down", &["?"], DOWN),
    press("close help", &["?"], "\x1b"),
];

/// The table of the keys; with another program, its bytes for the same keys and the ratio.
pub fn table(program: &str, other: Option<&str>, plan: &Path) {
    let old = if other.is_some() { " old | new : old |" } else { "" };
    println!(
        "\n| key at 80x24, 1000 hosts | bytes | letters | styles | moves, erasing | marks | target |{old}"
    );
    println!(
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |{}",
        if other.is_some() { " ---: | ---: |" } else { "" }
    );
    for press in &PRESSES {
        let parts = parts(&press.bytes(program, plan));
        let total: usize = parts.iter().sum();
        let [letters, styles, moves, marks] = parts;
        let target = if press.what.ends_with("nothing") { 0 } else { TARGET };
        print!("| {} | {total} | {letters} | {styles} | {moves} | {marks} | {target} |", press.what);
        if let Some(other) = other {
            let old = press.bytes(other, plan).len();
            #[expect(clippy::cast_precision_loss, reason = "bytes of one frame")]
            let ratio = total as f64 / old as f64;
            print!(" {old} | {ratio:.2} |");
        }
        println!();
    }
}

impl Press {
    fn bytes(&self, program: &str, plan: &Path) -> Vec<u8> {
        let mut pty = Pty::open(program, plan, 80, 24);
        pty.first_frame(Instant::now(), QUIET);
        for key in self.before {
            pty.press(key, QUIET);
        }
        // A message that vanishes while this is measured would count, too.
        pty.read_for(Duration::from_millis(50));
        pty.press(self.key, QUIET).map_or_else(Vec::new, |frame| frame.bytes)
    }
}

/// Bytes for letters, for styles, for moves and erasing, and for the marks around a frame and the cursor's visibility.
fn parts(bytes: &[u8]) -> [usize; 4] {
    let mut parts = [0; 4];
    let mut rest = bytes;
    while let Some(first) = rest.first() {
        let (kind, length) = match (first, rest.get(1)) {
            (0x1b, Some(b'[')) => {
                let length = 3 + rest[2..].iter().take_while(|byte| !byte.is_ascii_alphabetic()).count();
                let kind = match (rest[2], rest[length - 1]) {
                    (_, b'm') => 1,
                    (b'?', _) => 3,
                    _ => 2,
                };
                (kind, length)
            }
            (b'\r' | b'\n', _) => (2, 1),
            _ => (0, 1),
        };
        parts[kind] += length;
        rest = &rest[length..];
    }
    parts
}
