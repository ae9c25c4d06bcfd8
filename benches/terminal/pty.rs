//! The program in a pseudo terminal.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread::spawn;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

/// The program writes this behind every frame.
const END_OF_FRAME: &[u8] = b"\x1b[?2026l";
const PATIENCE: Duration = Duration::from_secs(5);

/// After a key for which nothing is written within this time, nothing is written at all.
const NOTHING: Duration = Duration::from_millis(300);

/// What a key has brought.
pub struct FrameSeen {
    /// To the end of the frame.
    pub time: Duration,
    pub bytes: Vec<u8>,
}

/// A running program.
pub struct Pty {
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    output: Receiver<(Instant, Vec<u8>)>,
    screen: vt100::Parser,
    _state: TempDir,
    _master: Box<dyn MasterPty + Send>,
}

impl Pty {
    pub fn open(program: &str, plan: &Path, columns: u16, rows: u16) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program);
        command.arg(plan);
        command.env("TERM", "xterm-256color");
        // Neither recent plans nor unsaved work may end up with whoever measures, or in the next measurement.
        let state = tempfile::tempdir().unwrap();
        command.env("XDG_STATE_HOME", state.path());
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keyboard = pair.master.take_writer().unwrap();
        let (sender, output) = channel();
        spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender.send((Instant::now(), buffer[..read].to_vec())).is_err() {
                    break;
                }
            }
        });
        Self { child, keyboard, output, screen: screen(rows, columns), _state: state, _master: pair.master }
    }

    pub fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Presses a key and waits for what it brings; a key that changes nothing brings nothing.
    pub fn press(&mut self, key: &str, quiet: Duration) -> Option<FrameSeen> {
        let began = Instant::now();
        self.keyboard.write_all(key.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
        self.frame(began, NOTHING, quiet)
    }

    /// Reads until the first frame ended and nothing more came for a while.
    pub fn first_frame(&mut self, began: Instant, quiet: Duration) -> FrameSeen {
        self.frame(began, PATIENCE, quiet).expect("a first frame")
    }

    fn frame(&mut self, began: Instant, patience: Duration, quiet: Duration) -> Option<FrameSeen> {
        let mut bytes = Vec::new();
        let mut ended = None;
        loop {
            let wait = match ended {
                Some(_) => quiet,
                None if bytes.is_empty() => patience,
                None => PATIENCE,
            };
            let Ok((arrived, part)) = self.output.recv_timeout(wait) else { break };
            self.screen.process(&part);
            bytes.extend(part);
            // A message that vanishes in the meantime brings a frame of its own, which is not the key's.
            if bytes.ends_with(END_OF_FRAME) {
                ended.get_or_insert((arrived, bytes.len()));
            }
        }
        assert!(!self.screen.screen().contents().trim().is_empty(), "the screen is empty");
        ended.map(|(ended, length)| {
            bytes.truncate(length);
            FrameSeen { time: ended - began, bytes }
        })
    }

    /// Reads for a while and counts the bytes.
    pub fn read_for(&mut self, time: Duration) -> usize {
        let end = Instant::now() + time;
        let mut bytes = 0;
        while let Ok((_, part)) = self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
            bytes += part.len();
        }
        bytes
    }
}

fn screen(rows: u16, columns: u16) -> vt100::Parser {
    vt100::Parser::new(NonZero::new(rows).unwrap(), NonZero::new(columns).unwrap(), 0)
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
