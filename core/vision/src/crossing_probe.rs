//! How long a frame takes to cross into Rust: by reference, as frames do, and as a copy, to compare with.

/// Takes the frame by reference; returns its length, and touches its ends.
#[uniffi::export]
#[must_use]
pub fn cross_by_reference(frame: &[u8]) -> u64 {
    touch(frame)
}

/// Takes the frame as an owned `Vec<u8>`.
#[uniffi::export]
#[must_use]
#[expect(clippy::needless_pass_by_value, reason = "the copy is what is measured")]
pub fn cross_by_copy(frame: Vec<u8>) -> u64 {
    touch(&frame)
}

fn touch(frame: &[u8]) -> u64 {
    let ends = frame.first().copied().map(u64::from).zip(frame.last().copied().map(u64::from));
    std::hint::black_box(ends);
    frame.len() as u64
}
