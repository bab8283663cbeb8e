//! After warm-up our own code takes no memory from the system for a frame. What `rustface` takes is not counted: its detector takes new
//! buffers for each picture.

#![expect(unsafe_code, reason = "an allocator can't be counted without being one")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::time::Duration;

use citizen_scenes::planes::{Yuv, i420};
use citizen_scenes::selfie::{SelfieShot, Trouble, astronaut, faceless, hold, photograph};

use super::{Selfie, SelfieGuide, SelfieProfile};
use crate::{Frame, FrameLayout};

struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
    static PAUSED: Cell<bool> = const { Cell::new(false) };
}

fn count() {
    // While a thread ends it has no counter.
    let _ = PAUSED.try_with(|paused| {
        if !paused.get() {
            let _ = ALLOCATIONS.try_with(|allocations| allocations.set(allocations.get() + 1));
        }
    });
}

// SAFETY: all work is the system's; counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// While it lives, nothing is counted on this thread.
pub(super) struct Paused(());

impl Paused {
    pub(super) fn new() -> Self {
        PAUSED.set(true);
        Self(())
    }
}

impl Drop for Paused {
    fn drop(&mut self) {
        PAUSED.set(false);
    }
}

#[test]
fn frames_of_a_warm_session_allocate_nothing() {
    let sitter = astronaut().expect("the astronaut's portrait: run `cargo xtask portraits` once");
    // A face that is followed, one that is covered, one that is dark, two, and none: every search has its turn.
    let held = hold(&sitter, &SelfieShot { gain: 0.3, ..SelfieShot::default() }, 3, 1);
    let others = [Trouble::Sunglasses, Trouble::Mask, Trouble::Glare, Trouble::TwoFaces];
    let frames: Vec<Yuv> = held
        .into_iter()
        .chain(others.map(|trouble| photograph(&sitter, &trouble.shot(1.0, 3), 3)))
        .chain((0..6).map(faceless))
        .map(|image| i420(&image, 480))
        .collect();
    let layout = FrameLayout { chroma_row_stride: 240, chroma_pixel_stride: 1, ..FrameLayout::tight(480, 640) };
    let guide = SelfieGuide::new(SelfieProfile::Normal, false);
    let mut now = Duration::ZERO;
    let mut round = || {
        for yuv in &frames {
            for _ in 0..14 {
                now += Duration::from_millis(33);
                let (u, v) = (&yuv.bytes[yuv.u_at..], &yuv.bytes[yuv.v_at..]);
                let frame = Frame::from_planes(&yuv.bytes, u, v, &layout).unwrap();
                assert!(matches!(guide.look_at(&frame, None, now).selfie, Selfie::Guide { .. }));
            }
        }
    };
    round();
    round();
    let before = ALLOCATIONS.get();
    round();
    assert_eq!(ALLOCATIONS.get() - before, 0);
}
