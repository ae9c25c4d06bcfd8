//! The `portplan` command.

fn main() {}
