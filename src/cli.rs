//! The command line: arguments, commands that need no terminal, and the loop that joins everything.

mod args;
mod catalogue;
mod check;
mod effects;
mod environment;
mod error;
mod flows;
mod input;
mod keys;
mod planner;
mod snippet;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

pub use args::Args;
use args::Task;
pub use error::Failure;
pub use keys::key_list;

/// What a command found; scripts read it as the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Done; nothing to report.
    Done,
    /// There are findings or differences.
    Findings,
}

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    match run(Args::parse()) {
        Ok(Verdict::Done) => ExitCode::SUCCESS,
        Ok(Verdict::Findings) => ExitCode::from(1),
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            // Standard error may be closed; there is nobody left to tell then.
            let _ = writeln!(io::stderr(), "portplan: {failure}");
            ExitCode::from(2)
        }
    }
}

fn run(args: Args) -> Result<Verdict, Failure> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let verdict = match args.task {
        None => return planner::run(args.plan),
        Some(Task::Flows(task)) => flows::run(&task, &mut out),
        Some(Task::Snippet(task)) => snippet::run(&task, &mut out),
        Some(Task::Check(task)) => check::run(&task, &mut out),
        Some(Task::Catalogue(task)) => catalogue::run(&task, &mut out),
        Some(Task::Keys) => {
            out.write_all(key_list().as_bytes()).map(|()| Verdict::Done).map_err(Failure::from)
        }
        Some(Task::Completions { shell }) => {
            clap_complete::generate(shell, &mut Args::command(), "portplan", &mut out);
            Ok(Verdict::Done)
        }
        Some(Task::Man) => clap_mangen::Man::new(Args::command())
            .render(&mut out)
            .map(|()| Verdict::Done)
            .map_err(Failure::from),
    }?;
    out.flush()?;
    Ok(verdict)
}
