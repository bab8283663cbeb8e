//! Any darkness of any modules is text whose correction holds, or nothing.

#![no_main]

use citizen_vision::grid_probe::read_grid;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &[u8])| {
    let (version, bytes) = input;
    let size = 17 + 4 * usize::from(version % 41);
    // Modules that the input does not reach are unsure.
    let darkness = |i: usize| bytes.get(i).map_or(0.0, |byte| f32::from(byte.cast_signed()) / 64.0);
    let values: Vec<f32> = (0..size * size).map(darkness).collect();
    let _ = read_grid(&values, size);
    // A wrong number of modules is refused.
    assert!(read_grid(values.get(1..).unwrap_or_default(), size).is_none());
});
