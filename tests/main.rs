//! All tests that use portplan from outside, in one program: one link step, and helpers are shared.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    reason = "a test fails by panicking, and its items are nobody's interface"
)]

mod app;
mod architecture;
mod catalogue;
mod cli;
mod files;
mod flows;
mod fuzz;
mod painter;
mod plan;
mod printed;
mod pty;
mod report;
mod review;
#[cfg(unix)]
mod scenarios;
mod snippets;
mod ui;
