//! The released program in a real terminal: start, key latency, bytes, idle cost, memory, export.
//!
//! `cargo bench --bench terminal` builds the program and prints two tables. Nothing here is a pass or a fail: the targets
//! stand beside the numbers. `-- bytes` prints the table of bytes alone, and `-- [bytes] PROGRAM` compares its bytes with
//! those of another build of portplan.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    reason = "a bench fails by panicking, and its items are nobody's interface"
)]

mod bytes;
mod process;
mod pty;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use process::Usage;
use pty::Pty;

const PROGRAM: &str = env!("CARGO_BIN_EXE_portplan");
/// Nothing more comes from the program when it was silent for this long.
const QUIET: Duration = Duration::from_millis(60);

fn main() {
    // Cargo hands on an option of its own.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let other = words.iter().find(|word| *word != "bytes").cloned();
    if words.iter().any(|word| word == "bytes") {
        let folder = tempfile::tempdir().unwrap();
        bytes::table(PROGRAM, other.as_deref(), &make_plan(folder.path(), 1_000));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    println!("| what | hosts | measured | target |");
    println!("| --- | ---: | ---: | ---: |");
    for hosts in [10, 1_000, 10_000] {
        let plan = make_plan(folder.path(), hosts);
        start(&plan, hosts);
        keys(&plan, hosts);
    }
    let plan = make_plan(folder.path(), 1_000);
    idle(&plan);
    export(&plan, 1_000, None);
    // The whole would take minutes; whether memory grows shows in seconds.
    export(&make_plan(folder.path(), 10_000), 10_000, Some(Duration::from_secs(6)));
    bytes::table(PROGRAM, other.as_deref(), &plan);
}

fn line(what: &str, hosts: usize, measured: &str, target: &str) {
    println!("| {what} | {hosts} | {measured} | {target} |");
}

fn make_plan(folder: &Path, hosts: usize) -> PathBuf {
    let path = folder.join(format!("{hosts}.ron"));
    let out = File::create(&path).unwrap();
    let done = Command::new(PROGRAM).args(["generate", "--hosts", &hosts.to_string()]).stdout(out).status();
    assert!(done.unwrap().success());
    path
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

fn at(mut times: Vec<Duration>, share: f64) -> Duration {
    times.sort_unstable();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    let place = ((times.len() - 1) as f64 * share).round() as usize;
    times[place]
}

/// From exec to the end of the first frame.
fn start(plan: &Path, hosts: usize) {
    let mut times = Vec::new();
    let mut memory = 0;
    for _ in 0..15 {
        let began = Instant::now();
        let mut pty = Pty::open(PROGRAM, plan, 80, 24);
        times.push(pty.first_frame(began, QUIET).time);
        memory = Usage::of(pty.pid()).resident;
    }
    line(
        "exec to first frame",
        hosts,
        &milliseconds(at(times, 0.5)),
        if hosts > 1_000 { "–" } else { "30 ms" },
    );
    let target = match hosts {
        1_000 => "25 MB",
        10_000 => "60 MB",
        _ => "–",
    };
    line("resident memory, plan open", hosts, &megabytes(memory), target);
}

fn megabytes(kilobytes: u64) -> String {
    format!("{}.{} MB", kilobytes / 1024, kilobytes % 1024 * 10 / 1024)
}

/// From a key to the end of its frame, for a walk through the program as a person would take it.
fn keys(plan: &Path, hosts: usize) {
    let mut pty = Pty::open(PROGRAM, plan, 80, 24);
    pty.first_frame(Instant::now(), QUIET);
    let walk = [
        "\x1b[B", "\x1b[B", "\x1b[6~", "\t", " ", " ", "\t", "G", "g", "\x1b[6~", "/", "o", "r", "a", "c",
        "\x7f", " ", "2", "7", "\x1b", "r", "\x1b", "?", "\x1b", "v", "v", "u",
    ];
    let mut times = Vec::new();
    for _ in 0..8 {
        for key in walk {
            if let Some(frame) = pty.press(key, QUIET) {
                times.push(frame.time);
            }
        }
    }
    let memory = Usage::of(pty.pid()).resident;
    line("key to finished frame, p50", hosts, &milliseconds(at(times.clone(), 0.5)), "–");
    let target = if hosts > 1_000 { "–" } else { "16 ms" };
    line("key to finished frame, p99", hosts, &milliseconds(at(times, 0.99)), target);
    line("resident memory after the walk", hosts, &megabytes(memory), "–");
}

/// What the program does when nobody does anything.
fn idle(plan: &Path) {
    let mut pty = Pty::open(PROGRAM, plan, 80, 24);
    pty.first_frame(Instant::now(), QUIET);
    let before = Usage::of(pty.pid()).ticks;
    let written = pty.read_for(Duration::from_secs(3));
    let ticks = Usage::of(pty.pid()).ticks - before;
    line("idle for 3 s: bytes written", 1_000, &written.to_string(), "0");
    line("idle for 3 s: CPU ticks", 1_000, &ticks.to_string(), "0");
}

/// The flows as CSV to nowhere, whole or for a while.
fn export(plan: &Path, hosts: usize, stop: Option<Duration>) {
    let began = Instant::now();
    let mut child = Command::new(PROGRAM)
        .arg("flows")
        .arg(plan)
        .args(["--format", "csv"])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut sizes = Vec::new();
    while child.try_wait().unwrap().is_none() && stop.is_none_or(|stop| began.elapsed() < stop) {
        sizes.push(Usage::of(child.id()).resident);
        sleep(Duration::from_millis(if stop.is_some() { 250 } else { 2 }));
    }
    let took = began.elapsed();
    let _ = child.kill();
    let _ = child.wait();
    if stop.is_none() {
        line("CSV export, start to end", hosts, &milliseconds(took), "300 ms");
    } else {
        let (early, late) = (sizes[sizes.len() / 4], sizes[sizes.len() - 1]);
        let text = format!("{} then {}", megabytes(early), megabytes(late));
        line("CSV export: memory early, then late", hosts, &text, "constant");
    }
}
