//! Reading of modules by themselves, without a picture: what the fuzzer drives.

/// What a symbol of `size` modules a side holds, from the darkness of each, row by row, dark positive.
#[must_use]
pub fn read_grid(values: &[f32], size: usize) -> Option<Vec<u8>> {
    crate::qr::read_grid(values, size)
}
