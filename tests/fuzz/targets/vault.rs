//! What the vault reads from its files, as any bytes.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| citizen_vault::probe::parse(bytes));
