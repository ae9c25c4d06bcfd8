//! The `portplan` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    portplan::cli::main()
}
