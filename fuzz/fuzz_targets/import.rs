//! A file of others that hosts are brought in from.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| portplan_fuzz::import(bytes));
