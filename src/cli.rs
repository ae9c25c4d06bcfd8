//! The command line: arguments, commands that need no terminal, and the loop that joins everything.

mod args;
mod baselines;
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
mod matrix;
mod planner;
mod pointer;
mod report;
mod rescue;
mod settings;
mod snippet;
mod why;

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use clap::error::ErrorKind;
use clap::{Command, CommandFactory, Parser};

use crate::catalogue::{Catalogue, nearest};
use crate::files;
use crate::plan::shown::shown;

pub use args::Args;
use args::Task;
pub use check::check_list;
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
        Err(failure) => fail(&failure),
    }
}

fn fail(failure: &Failure) -> ExitCode {
    // Standard error may be closed; there is nobody left to tell then.
    let _ = writeln!(io::stderr(), "portplan: {failure}");
    ExitCode::from(2)
}

/// A word that is no command is taken for a plan to open, and then what stands behind it for one too many.
fn mistyped_command() -> Option<Failure> {
    let words = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned());
    let mut words = words.filter(|word| !word.starts_with('-'));
    let found = words.next()?;
    let known = Args::command();
    let names = || known.get_subcommands().filter(|command| !command.is_hide_set()).map(Command::get_name);
    if names().any(|name| name == found) {
        return None;
    }
    if let Some(command) = words.find(|word| names().any(|name| name == word)) {
        return Some(Failure::CommandFirst(command));
    }
    if Path::new(&found).extension().is_some() {
        return Some(Failure::TwoPlans);
    }
    let nearest = nearest(&found, names())?.to_owned();
    let known = "portplan --help lists them".to_owned();
    Some(Failure::Unknown { kind: "command", found, nearest: Some(nearest), known })
}

/// Says what is wrong with the arguments, or gives the help that was asked for.
fn refuse(error: &clap::Error) -> ExitCode {
    if error.kind() == ErrorKind::ArgumentConflict
        && let Some(failure) = mistyped_command()
    {
        return fail(&failure);
    }
    // The message repeats arguments, and these can hold anything. They are as wrong without what disturbs a terminal.
    let clean = std::env::args_os().map(|argument| shown(&argument.to_string_lossy()));
    let error = Args::try_parse_from(clean).err().unwrap_or_else(|| clap::Error::new(error.kind()));
    // The streams may be closed; there is nobody left to tell then.
    let _ = error.print();
    u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}

fn run(args: Args) -> Result<Verdict, Failure> {
    let catalogue = Arc::new(files::catalogue(&args.catalogue)?);
    match args.task {
        // Nothing may hold standard output for the planner: the thread that answers signals writes to it, too.
        None => planner::run(args.plan, &catalogue, &args.settings),
        Some(task) => carry_out(&task, &catalogue),
    }
}

fn carry_out(task: &Task, catalogue: &Arc<Catalogue>) -> Result<Verdict, Failure> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let verdict = match task {
        Task::Flows(task) => flows::run(task, catalogue, &mut out),
        Task::Snippet(task) => snippet::run(task, catalogue, &mut out),
        Task::Check(task) => check::run(task, catalogue, &mut out),
        Task::Diff(task) => diff::run(task, catalogue, &mut out),
        Task::Catalogue(task) => catalogue::run(task, catalogue, &mut out),
        Task::Generate(task) => generate::run(task, catalogue, &mut out),
        Task::Why(task) => why::run(task, catalogue, &mut out),
        Task::Baselines(task) => baselines::run(task, catalogue, &mut out),
        Task::Matrix(task) => matrix::run(task, catalogue, &mut out),
        Task::Report(task) => report::run(task, catalogue, &mut out),
        Task::Import(task) => import::run(task, catalogue, &mut out),
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
