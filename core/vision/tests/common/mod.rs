//! Frames for the selfie guide, as a camera delivers them.

#![allow(dead_code, reason = "each test program uses a part")]

use std::sync::LazyLock;
use std::time::Duration;

use citizen_scenes::planes::{self, Yuv};
use citizen_scenes::selfie::{SelfieShot, Sitter, Trouble, astronaut, hold, photograph};
use citizen_vision::{Frame, FrameLayout, Rotation, SelfieGuide, SelfieHint, SelfieLook, SelfieProfile};
use image::RgbImage;

/// The one who sits for all portraits.
pub(crate) static SITTER: LazyLock<Sitter> = LazyLock::new(|| {
    astronaut()
        .expect("the astronaut's portrait: run `cargo xtask portraits` once, which takes it out of a Python wheel")
});

/// Three planes and their layout.
pub(crate) struct Planes {
    yuv: Yuv,
    pub(crate) layout: FrameLayout,
}

impl Planes {
    pub(crate) fn of(image: &RgbImage) -> Self {
        let yuv = planes::i420(image, image.width() as usize);
        let layout = FrameLayout {
            chroma_row_stride: yuv.chroma_stride as u32,
            chroma_pixel_stride: 1,
            ..FrameLayout::tight(image.width(), image.height())
        };
        Self { yuv, layout }
    }

    pub(crate) fn turned(image: &RgbImage, rotation: Rotation) -> Self {
        let mut planes = Self::of(image);
        planes.layout.rotation = rotation;
        planes
    }

    pub(crate) fn frame(&self) -> Frame<'_> {
        let [y, u, v] = self.planes();
        Frame::from_planes(y, u, v, &self.layout).unwrap()
    }

    pub(crate) fn planes(&self) -> [&[u8]; 3] {
        [&self.yuv.bytes, &self.yuv.bytes[self.yuv.u_at..], &self.yuv.bytes[self.yuv.v_at..]]
    }
}

pub(crate) fn guide() -> SelfieGuide {
    SelfieGuide::new(SelfieProfile::Normal, false)
}

/// What a picture by itself is told.
pub(crate) fn still(image: &RgbImage) -> SelfieHint {
    guide().look_still(&Planes::of(image).frame()).2
}

pub(crate) fn take(trouble: Trouble, severity: f32, seed: u64) -> RgbImage {
    photograph(&SITTER, &trouble.shot(severity, seed), seed)
}

/// A session: frames at so many a second.
pub(crate) struct Session {
    pub(crate) guide: SelfieGuide,
    pub(crate) now: Duration,
    step: Duration,
}

impl Session {
    pub(crate) fn new(guide: SelfieGuide, fps: u32) -> Self {
        Self { guide, now: Duration::ZERO, step: Duration::from_secs(1) / fps }
    }

    pub(crate) fn show(&mut self, image: &RgbImage) -> SelfieLook {
        self.show_planes(&Planes::of(image))
    }

    pub(crate) fn show_planes(&mut self, planes: &Planes) -> SelfieLook {
        self.now += self.step;
        self.guide.look_at(&planes.frame(), None, self.now)
    }
}

/// A held phone: some frames, shown again and again.
pub(crate) fn held(shot: &SelfieShot, seed: u64) -> Vec<RgbImage> {
    hold(&SITTER, shot, 4, seed)
}
