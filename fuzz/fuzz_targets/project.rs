//! Bytes of a file that is opened as a plan.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| portplan_fuzz::project(bytes));
