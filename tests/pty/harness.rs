//! A PTY, the program in it, and a terminal emulator that shows what a user would see.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::cli::{Home, PATIENCE, PROGRAM};

/// How the program is started.
pub struct Start<'a> {
    pub home: &'a Home,
    pub program: &'a str,
    pub args: &'a [&'a str],
    pub variables: &'a [(&'a str, &'a str)],
    pub rows: u16,
    pub columns: u16,
}

impl<'a> Start<'a> {
    /// portplan in an ordinary terminal.
    pub fn new(home: &'a Home, args: &'a [&'a str]) -> Self {
        Self { home, program: PROGRAM, args, variables: &[], rows: 24, columns: 80 }
    }

    pub fn open(&self) -> Terminal {
        Terminal::open(self)
    }
}

/// Starts portplan in an ordinary terminal of 80x24.
pub fn start(home: &Home, args: &[&str]) -> Terminal {
    Start::new(home, args).open()
}

/// What came from the program so far.
pub struct Shown {
    parser: vt100::Parser,
    pub raw: Vec<u8>,
    closed: bool,
}

impl Shown {
    pub fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// The lines of the screen as text.
    pub fn text(&self) -> String {
        self.screen().contents()
    }

    /// Whether no frame is half drawn.
    fn is_whole(&self) -> bool {
        let last = |mark: &[u8]| self.raw.windows(mark.len()).rposition(|part| part == mark);
        last(b"\x1b[?2026h") <= last(b"\x1b[?2026l")
    }

    fn take(&mut self, bytes: &[u8]) {
        self.raw.extend_from_slice(bytes);
        self.parser.process(bytes);
    }
}

type Shared = Arc<(Mutex<Shown>, Condvar)>;

/// A terminal with a program in it. The program is killed with it if it still runs.
pub struct Terminal {
    shared: Shared,
    stop: Arc<AtomicBool>,
    reader: Option<JoinHandle<()>>,
    keyboard: Option<Box<dyn Write + Send>>,
    master: Option<Box<dyn MasterPty + Send>>,
    child: Box<dyn Child + Send + Sync>,
}

impl Terminal {
    fn open(start: &Start<'_>) -> Self {
        let pair = native_pty_system().openpty(size(start.rows, start.columns)).unwrap();
        let child = pair.slave.spawn_command(command(start)).unwrap();
        drop(pair.slave);
        let output = pair.master.try_clone_reader().unwrap();
        let parser = vt100::Parser::new(cells(start.rows), cells(start.columns), 0);
        let shown = Shown { parser, raw: Vec::new(), closed: false };
        let shared: Shared = Arc::new((Mutex::new(shown), Condvar::new()));
        let stop = Arc::new(AtomicBool::new(false));
        let reader = std::thread::spawn({
            let (shared, stop) = (Arc::clone(&shared), Arc::clone(&stop));
            move || read(output, &shared, &stop)
        });
        let keyboard = Some(pair.master.take_writer().unwrap());
        Self { shared, stop, reader: Some(reader), keyboard, master: Some(pair.master), child }
    }

    /// What is there at the moment.
    pub fn shown(&self) -> MutexGuard<'_, Shown> {
        lock(&self.shared)
    }

    /// What a user reads at the moment.
    pub fn text(&self) -> String {
        self.shown().text()
    }

    /// Waits until whole frames show what is asked for; fails with the screen if that never happens.
    pub fn wait(&self, what: &str, mut holds: impl FnMut(&Shown) -> bool) -> MutexGuard<'_, Shown> {
        let deadline = Instant::now() + PATIENCE;
        let mut shown = self.shown();
        while !(shown.is_whole() && holds(&shown)) {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "waited in vain: {what}\n{}", shown.text());
            shown = self.shared.1.wait_timeout(shown, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        shown
    }

    /// Waits for a text on the screen.
    pub fn wait_for(&self, text: &str) {
        drop(self.wait(text, |shown| shown.text().contains(text)));
    }

    /// Waits until a text has left the screen.
    pub fn wait_gone(&self, text: &str) {
        drop(self.wait(&format!("no {text}"), |shown| !shown.text().contains(text)));
    }

    /// Whether nothing at all was written for this long. Silence can only be found by listening.
    pub fn is_silent_for(&self, time: Duration) -> bool {
        let deadline = Instant::now() + time;
        let mut shown = self.shown();
        let before = shown.raw.len();
        while let Some(left) = deadline.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())
        {
            shown = self.shared.1.wait_timeout(shown, left).unwrap().0;
            if shown.raw.len() != before {
                return false;
            }
        }
        true
    }

    /// Types keys, all in one write.
    pub fn send(&mut self, keys: &str) {
        let keyboard = self.keyboard.as_mut().unwrap();
        keyboard.write_all(keys.as_bytes()).unwrap();
        keyboard.flush().unwrap();
    }

    /// Makes the window larger or smaller.
    pub fn resize(&self, rows: u16, columns: u16) {
        self.shown().parser.set_size(cells(rows), cells(columns));
        self.master.as_ref().unwrap().resize(size(rows, columns)).unwrap();
    }

    /// The program's process.
    pub fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Waits for the program to end and for its last output; gives its exit code.
    pub fn exit_code(&mut self) -> u32 {
        let code = self.end();
        let closed = self.wait_closed();
        assert!(closed, "the terminal is still in use");
        code
    }

    /// Waits for the program to end; gives its exit code.
    pub fn end(&mut self) -> u32 {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(Instant::now() < deadline, "the program does not end\n{}", self.text());
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    fn wait_closed(&self) -> bool {
        let closed = self.shared.1.wait_timeout_while(self.shown(), PATIENCE, |shown| !shown.closed);
        closed.unwrap().0.closed
    }

    /// Takes the terminal away, as a link that drops does; gives the program's exit code.
    pub fn hang_up(&mut self) -> u32 {
        self.freeze();
        self.keyboard = None;
        self.master = None;
        self.end()
    }

    /// Takes no more output, as a link that hangs does.
    pub fn freeze(&mut self) {
        // The reader holds the terminal open while it waits for output, so the program is made to write some.
        self.stop.store(true, Ordering::SeqCst);
        self.send("?");
        self.reader.take().unwrap().join().unwrap();
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It has ended already in a test that went well.
        let _ = self.child.kill();
    }
}

/// A test that has failed with the lock in its hand must not make the reader fail, too.
fn lock(shared: &Shared) -> MutexGuard<'_, Shown> {
    shared.0.lock().unwrap_or_else(PoisonError::into_inner)
}

fn read(mut output: impl Read, shared: &Shared, stop: &AtomicBool) {
    let mut buffer = [0; 1 << 12];
    loop {
        let read = output.read(&mut buffer).unwrap_or(0);
        if read == 0 || stop.load(Ordering::SeqCst) {
            break;
        }
        lock(shared).take(&buffer[..read]);
        shared.1.notify_all();
    }
    lock(shared).closed = true;
    shared.1.notify_all();
}

fn command(start: &Start<'_>) -> CommandBuilder {
    let mut command = CommandBuilder::new(start.program);
    command.args(start.args);
    command.env_clear();
    command.env("TERM", "xterm-256color");
    for (name, value) in start.home.variables() {
        command.env(name, value);
    }
    for (name, value) in start.variables {
        command.env(name, value);
    }
    command.cwd(start.home.folder());
    command
}

fn size(rows: u16, columns: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

/// The texts that whole OSC 52 sequences among these bytes hand to the terminal's clipboard.
pub fn clipboard_texts(raw: &[u8]) -> Vec<String> {
    let raw = String::from_utf8_lossy(raw);
    // tmux leaves the letter for the clipboard away.
    let sequences =
        raw.split("\x1b]52;").skip(1).filter_map(|rest| rest.trim_start_matches('c').strip_prefix(';'));
    sequences.filter_map(|rest| rest.split_once(['\x07', '\x1b'])).map(|(text, _)| decode(text)).collect()
}

/// Base64, read by the letter of RFC 4648.
fn decode(text: &str) -> String {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    assert_eq!(text.len() % 4, 0, "base64 comes in fours");
    let bits = text.trim_end_matches('=').chars().fold(String::new(), |mut bits, letter| {
        write!(bits, "{:06b}", LETTERS.find(letter).unwrap()).unwrap();
        bits
    });
    let bytes = bits.as_bytes().chunks_exact(8).map(|bits| {
        let bits = std::str::from_utf8(bits).unwrap();
        u8::from_str_radix(bits, 2).unwrap()
    });
    String::from_utf8(bytes.collect()).unwrap()
}
