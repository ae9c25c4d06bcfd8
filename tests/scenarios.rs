//! What an operator does, as files: `scenarios/*.txt`, each a story of one sentence of what the program promises.
//!
//! A line is a verb and the rest. In a home folder of its own a scenario makes files (`file NAME` and the indented lines below
//! it, `sample NAME`), runs commands (`run ARGUMENTS`, then `code`, `out`, `not-out`, `err`), opens the planner in a terminal
//! (`open ARGUMENTS`, `open-wide` for 160x45), presses keys (`press`, `type`, `paste` with `|` between lines), and says what is to be seen (`see`, `gone`) and what
//! files hold (`holds NAME TEXT`, `lacks NAME TEXT`). `#` begins a remark.

use std::path::Path;

use crate::cli::{Home, Run, sample};
use crate::pty::harness::{Start, Terminal};

/// The stage of one scenario.
struct Stage {
    home: Home,
    last: Option<Run>,
    terminal: Option<Terminal>,
}

impl Stage {
    fn new() -> Self {
        Self { home: Home::new(), last: None, terminal: None }
    }

    fn terminal(&mut self) -> &mut Terminal {
        self.terminal.as_mut().expect("the planner is not open")
    }

    fn last(&self) -> &Run {
        self.last.as_ref().expect("nothing was run")
    }

    fn play(&mut self, verb: &str, rest: &str) {
        match verb {
            "sample" => drop(std::fs::copy(sample(rest), self.home.path(rest)).unwrap()),
            "run" => {
                let words = words(rest);
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                self.last = Some(self.home.run(&words));
            }
            "code" => {
                let run = self.last();
                assert_eq!(run.code, rest.parse().ok(), "{}{}", run.out, run.err);
            }
            "out" => assert!(self.last().out.contains(rest), "{}{}", self.last().out, self.last().err),
            "not-out" => assert!(!self.last().out.contains(rest), "{}", self.last().out),
            "err" => assert!(self.last().err.contains(rest), "{}", self.last().err),
            "open" => self.open(rest, 24, 80),
            "open-wide" => self.open(rest, 45, 160),
            "press" => rest.split_whitespace().for_each(|key| self.press(key)),
            "type" => self.terminal().send(rest),
            "paste" => self.terminal().send(&format!("\x1b[200~{}\x1b[201~", rest.replace('|', "\n"))),
            "see" => self.terminal().wait_for(rest),
            "gone" => self.terminal().wait_gone(rest),
            "ends" => assert_eq!(self.terminal().exit_code(), 0),
            "holds" => {
                let (name, text) = rest.split_once(' ').unwrap();
                assert!(self.home.read(name).contains(text), "{}", self.home.read(name));
            }
            "lacks" => {
                let (name, text) = rest.split_once(' ').unwrap();
                assert!(!self.home.read(name).contains(text), "{}", self.home.read(name));
            }
            other => panic!("there is no verb \"{other}\""),
        }
    }

    fn open(&mut self, arguments: &str, rows: u16, columns: u16) {
        let words = words(arguments);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        self.terminal = Some(Start { rows, columns, ..Start::new(&self.home, &words) }.open());
    }

    fn press(&mut self, key: &str) {
        let control;
        let bytes = match key {
            "Enter" => "\r",
            "Tab" => "\t",
            "Shift-Tab" => "\x1b[Z",
            "Space" => " ",
            "Backspace" => "\x7f",
            "Up" => "\x1b[A",
            "Down" => "\x1b[B",
            "Right" => "\x1b[C",
            "Left" => "\x1b[D",
            "Home" => "\x1b[H",
            "End" => "\x1b[F",
            "PgDn" => "\x1b[6~",
            "Esc" => "\x1b",
            key => match key.strip_prefix("Ctrl-").and_then(|letter| letter.bytes().next()) {
                Some(letter) => {
                    control = char::from(letter & 0x1f).to_string();
                    &control
                }
                None => key,
            },
        };
        self.terminal().send(bytes);
        if key == "Esc" {
            // What follows at once would be taken for Alt and a key.
            std::thread::sleep(std::time::Duration::from_millis(60));
        }
    }
}

/// Splits at blanks; quotes hold words together.
fn words(text: &str) -> Vec<String> {
    let parts = text.split('"').enumerate();
    parts
        .flat_map(|(at, part)| match at % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        })
        .collect()
}

fn play(path: &Path) {
    let text = std::fs::read_to_string(path).unwrap();
    let mut stage = Stage::new();
    let mut lines = text.lines().enumerate().peekable();
    while let Some((at, line)) = lines.next() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        println!("{}:{}: {line}", path.display(), at + 1);
        if verb == "file" {
            let mut content = String::new();
            while let Some((_, more)) = lines.next_if(|(_, more)| more.starts_with("    ") || more.is_empty())
            {
                content.push_str(more.strip_prefix("    ").unwrap_or_default());
                content.push('\n');
            }
            stage.home.write(rest, &content);
        } else {
            stage.play(verb, rest);
        }
    }
}

macro_rules! scenarios {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
                play(&folder.join(concat!(stringify!($name), ".txt")));
            }
        )*

        #[test]
        fn every_file_is_played() {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
            let mut files: Vec<String> = std::fs::read_dir(folder)
                .unwrap()
                .map(|file| file.unwrap().file_name().into_string().unwrap())
                .collect();
            files.sort();
            let mut known = vec![$(concat!(stringify!($name), ".txt")),*];
            known.sort_unstable();
            assert_eq!(files, known);
        }
    };
}

scenarios! {
    adapt_own_page_of_rules
    adapt_own_rules
    adapt_ports
    adapt_sites_and_partners
    adapt_zones
    bring_in_a_pasted_list
    bring_in_inventories
    bring_in_tables
    check_acknowledged
    check_findings
    compare_as_rules
    compare_in_the_planner
    compare_on_a_copy
    compare_with_diff
    explain_a_flow
    explain_a_host_and_a_port
    explain_what_is_not_there
    hand_over
}
