//! After warm-up a frame of a stream takes no memory from the system: a cheap phone's allocator would stutter, and the memory
//! would grow.

#![expect(unsafe_code, reason = "an allocator can't be counted without being one")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::time::Duration;

use citizen_card::CalendarDate;
use citizen_scenes::{Shot, planes, scene};
use citizen_vision::{CardScanner, Frame, FrameLayout, Scan};

struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

fn count() {
    // While a thread ends it has no counter.
    let _ = ALLOCATIONS.try_with(|allocations| allocations.set(allocations.get() + 1));
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

/// Frames that do not read: a symbol too blurred, one hidden by grain, a dark one, and none.
fn unread() -> Vec<image::GrayImage> {
    let easy = scene("easy").unwrap();
    let shots = [
        Shot { defocus: 4.0, ..easy.shot.clone() },
        Shot { defocus: 2.4, noise: 50.0, ..easy.shot.clone() },
        Shot { gain: 0.02, ..easy.shot.clone() },
    ];
    let mut frames: Vec<_> = shots
        .into_iter()
        .map(|shot| planes::luma(&citizen_scenes::Scene { shot, ..easy.clone() }.photograph().image))
        .collect();
    frames.push(planes::luma(&scene("blank").unwrap().photograph().image));
    frames
}

#[test]
fn frames_of_a_warm_session_allocate_nothing() {
    let scanner = CardScanner::with_clock(CalendarDate::new(2026, 11, 22).unwrap(), || Duration::ZERO);
    let frames = unread();
    let mut number = 0;
    // Each round shows every frame to every search.
    let mut round = || {
        for _ in 0..12 {
            for luma in &frames {
                let frame = Frame::from_luma(luma, &FrameLayout::tight(luma.width(), luma.height())).unwrap();
                let look = scanner.look_at(&frame, Duration::from_millis(33 * number));
                assert!(matches!(look.scan, Scan::Hint { .. }));
                number += 1;
            }
        }
    };
    round();
    round();
    let before = ALLOCATIONS.get();
    round();
    assert_eq!(ALLOCATIONS.get() - before, 0);
}
