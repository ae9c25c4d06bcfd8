//! The command line: arguments, commands that need no terminal, and the loop that joins everything.

mod args;
mod catalogue;
mod check;
mod config;
mod diff;
mod documents;
mod effects;
mod environment;
mod error;
mod flows;
pub mod generate;
mod import;
mod input;
mod keys;
mod planner;
mod pointer;
mod rescue;
mod settings;
mod snippet;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::plan::shown::shown;

pub use args::Args;
use args::Task;
pub use config::template;
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
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return refuse(&error),
    };
    match run(args) {
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

/// Says what is wrong with the arguments, or gives the help that was asked for.
fn refuse(error: &clap::Error) -> ExitCode {
    // The message repeats arguments, and these can hold anything. They are as wrong without what disturbs a terminal.
    let clean = std::env::args_os().map(|argument| shown(&argument.to_string_lossy()));
    let error = Args::try_parse_from(clean).err().unwrap_or_else(|| clap::Error::new(error.kind()));
    // The streams may be closed; there is nobody left to tell then.
    let _ = error.print();
    u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}

fn run(args: Args) -> Result<Verdict, Failure> {
    match args.task {
        // Nothing may hold standard output for the planner: the thread that answers signals writes to it, too.
        None => planner::run(args.plan, &args.settings),
        Some(task) => carry_out(&task),
    }
}

fn carry_out(task: &Task) -> Result<Verdict, Failure> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let verdict = match task {
        Task::Flows(task) => flows::run(task, &mut out),
        Task::Snippet(task) => snippet::run(task, &mut out),
        Task::Check(task) => check::run(task, &mut out),
        Task::Diff(task) => diff::run(task, &mut out),
        Task::Import(task) => import::run(task, &mut out),
        Task::Catalogue(task) => catalogue::run(task, &mut out),
        Task::Generate(task) => generate::run(task, &mut out),
        Task::Keys(task) => keys::run(task, &mut out),
        Task::Config => out.write_all(template().as_bytes()).map(|()| Verdict::Done).map_err(Failure::from),
        Task::Completions { shell } => {
            // The library panics when it cannot write, as when the reader went away.
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Args::command(), "portplan", &mut script);
            out.write_all(&script).map(|()| Verdict::Done).map_err(Failure::from)
        }
        Task::Man => clap_mangen::Man::new(Args::command())
            .render(&mut out)
            .map(|()| Verdict::Done)
            .map_err(Failure::from),
    }?;
    out.flush()?;
    Ok(verdict)
}
