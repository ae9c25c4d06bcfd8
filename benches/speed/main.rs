//! What the program does without a terminal, measured: `cargo bench --bench speed [-- FILTER]`.
//!
//! Each group is measured for plans of 10 to 10,000 hosts, and for 10,000 hosts of hundreds of kinds ("many").
//! `benches/growth` makes the table and the curve from the results.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    reason = "a bench fails by panicking, and its items are nobody's interface"
)]

mod engine;
mod export;
mod naive;
mod planner;
mod rig;

use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};

fn short() -> Criterion {
    Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(1200))
        .configure_from_args()
}

criterion_group! {
    name = speed;
    config = short();
    targets = naive::ratio, engine::resolve, engine::list, engine::difference, engine::limits, planner::edit, planner::search,
        planner::jump, planner::frame, export::files, export::csv, export::xlsx
}
criterion_main!(speed);
