//! The command line as scripts use it: no terminal, a home of its own, exit codes and streams.

mod baselines;
mod catalogue;
mod check;
mod config;
mod diff;
mod environment;
mod flows;
mod help;
mod hostile;
mod import;
mod input;
mod own_catalogue;
mod report;
mod snippet;
mod why;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Long enough for a busy machine; a command that takes longer hangs.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_portplan");

/// A home folder that goes away with the test; commands run inside it.
pub(crate) struct Home {
    folder: TempDir,
}

impl Home {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// The variables that every program of a test starts with; all others are taken away.
    pub fn variables(&self) -> [(&'static str, String); 4] {
        let folder = self.folder().display().to_string();
        [
            ("HOME", folder.clone()),
            ("XDG_STATE_HOME", format!("{folder}/state")),
            ("PATH", std::env::var("PATH").unwrap()),
            ("LANG", "C.UTF-8".to_owned()),
        ]
    }

    pub fn command(&self, program: &str, args: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(args).env_clear().envs(self.variables()).current_dir(self.folder());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs portplan to its end.
    pub fn run(&self, args: &[&str]) -> Run {
        finish(self.command(PROGRAM, args))
    }

    /// Runs portplan, which must end with code 0 and say nothing on standard error.
    pub fn output(&self, args: &[&str]) -> String {
        let run = self.run(args);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{args:?}");
        run.out
    }

    /// Runs portplan, which must refuse with code 2 and say why on standard error only.
    pub fn refusal(&self, args: &[&str]) -> String {
        let run = self.run(args);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{args:?}: {}", run.err);
        assert!(!run.err.trim().is_empty(), "{args:?} says nothing");
        run.err
    }
}

/// What a program left behind.
#[derive(Debug)]
pub(crate) struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// Runs a program to its end, or fails the test when it hangs.
pub(crate) fn finish(mut command: Command) -> Run {
    let mut child = command.spawn().unwrap();
    let out = collect(child.stdout.take());
    let err = collect(child.stderr.take());
    let code = wait(&mut child);
    Run { code, out: out.join().unwrap(), err: err.join().unwrap() }
}

fn wait(child: &mut Child) -> Option<i32> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        if start.elapsed() > PATIENCE {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("the program hangs");
        }
        thread::sleep(Duration::from_millis(2));
    }
}

fn collect(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut text = String::new();
        if let Some(mut pipe) = pipe {
            pipe.read_to_string(&mut text).unwrap();
        }
        text
    })
}

/// The path of a sample plan.
pub(crate) fn sample(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples").join(name);
    assert!(path.is_file(), "{}", path.display());
    path.display().to_string()
}

/// The sample with Oracle, PostgreSQL and log shipping.
pub(crate) fn databases() -> String {
    sample("databases.ron")
}
