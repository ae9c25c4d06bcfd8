//! A search as it is typed or pasted.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| portplan_fuzz::query(bytes));
