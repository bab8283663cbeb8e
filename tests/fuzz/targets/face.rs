//! A session of the selfie guide: frames with and without a face, disfigured as the input says, landmarks of any value, a clock that jumps,
//! every button at any time. Nothing panics, what is answered can be drawn, and there is always a way on.

#![no_main]

use std::sync::LazyLock;
use std::time::Duration;

use arbitrary::Arbitrary;
use citizen_scenes::planes::{self, Yuv};
use citizen_scenes::selfie::{Trouble, astronaut, faceless, held};
use citizen_vision::{
    FaceBox, FaceLandmarks, Frame, FrameLayout, Point, Portrait, Rotation, Selfie, SelfieGuide, SelfieHint,
    SelfieProfile,
};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Input {
    profile: u8,
    come_closer: bool,
    steps: Vec<Step>,
}

#[derive(Arbitrary, Debug)]
enum Step {
    Show { shown: Shown, landmarks: Option<Points>, after_ms: u16 },
    ClockBack { ms: u16 },
    Still { shown: Shown },
    TakeNow,
    Relax,
    Restart,
}

/// A frame of the collection, and what is done to it.
#[derive(Arbitrary, Debug)]
struct Shown {
    which: u8,
    turns: u8,
    mirrored: bool,
    grey: bool,
    /// Part of the light that is left, in 128ths, and what is added to it.
    gain: u8,
    veil: u8,
    /// How far it is pushed, pixels.
    right: i8,
    down: i8,
    blots: Vec<Blot>,
}

#[derive(Arbitrary, Debug)]
struct Blot {
    x: u8,
    y: u8,
    width: u8,
    height: u8,
    grey: u8,
}

/// Of any value, or beside where the last face had them.
#[derive(Arbitrary, Debug)]
enum Points {
    Any(AnyPoints),
    Beside([i8; 9]),
}

#[derive(Arbitrary, Debug)]
struct AnyPoints {
    eyes: [[f32; 2]; 2],
    mouth: Option<[f32; 2]>,
    nose: Option<[f32; 2]>,
    eye_opening: Option<f32>,
}

/// Half of 480 x 640: a sanitizer makes every pixel dear.
const WIDTH: usize = 240;
const HEIGHT: usize = 320;
/// A session is as long as that at most.
const STEPS: usize = 12;

/// Luma, U and V.
type Planes = [Vec<u8>; 3];

static FRAMES: LazyLock<Vec<Planes>> = LazyLock::new(|| {
    let sitter = astronaut().expect("`cargo xtask soak fuzz-face` fetches the portrait");
    let faces = Trouble::ALL.into_iter().filter_map(|trouble| held(&sitter, trouble).into_iter().next());
    faces.chain((0..4).map(faceless)).map(|image| halved(&planes::i420(&image, 2 * WIDTH))).collect()
});

/// Every other sample each way of a frame of 480 x 640.
fn halved(yuv: &Yuv) -> Planes {
    let every_other = |bytes: &[u8], stride: usize, width: usize, height: usize| {
        let row = |y: usize| bytes[2 * y * stride..].iter().step_by(2).take(width);
        (0..height).flat_map(row).copied().collect()
    };
    let chroma = |at: usize| every_other(&yuv.bytes[at..], yuv.chroma_stride, WIDTH / 2, HEIGHT / 2);
    [every_other(&yuv.bytes, yuv.stride, WIDTH, HEIGHT), chroma(yuv.u_at), chroma(yuv.v_at)]
}

// Drawn before the first input, which would count as slow.
fuzz_target!(init: { LazyLock::force(&FRAMES); }, |input: Input| {
    let profile =
        [SelfieProfile::Normal, SelfieProfile::Relaxed, SelfieProfile::Strict][usize::from(input.profile % 3)];
    let guide = SelfieGuide::new(profile, input.come_closer);
    let mut now = Duration::from_secs(100);
    let mut watch = Watch::default();
    for step in input.steps.iter().take(STEPS) {
        match step {
            Step::Show { shown, landmarks, after_ms } => {
                now += Duration::from_millis((*after_ms).into());
                watch.pass(now);
                let landmarks = landmarks.as_ref().map(|points| points.landmarks(watch.face));
                let (planes, layout) = shown.draw();
                let look = guide.look_at(&frame(&planes, &layout), landmarks.as_ref(), now);
                assert!(look.face.is_some() || look.due != SelfieHint::Good, "good without a face");
                watch.check(&look.selfie);
            }
            Step::ClockBack { ms } => now = now.saturating_sub(Duration::from_millis((*ms).into())),
            Step::Still { shown } => {
                let (planes, layout) = shown.draw();
                let frame = frame(&planes, &layout);
                let (face, _, hint) = guide.look_still(&frame);
                assert!(face.is_some() || hint != SelfieHint::Good, "good without a face");
                let [y, u, v] = planes.each_ref().map(Vec::as_slice);
                let _ = guide.accept_still(y, u, v, layout);
            }
            Step::TakeNow => {
                if let Some(portrait) = guide.take_now() {
                    whole(&portrait);
                    watch.waited = Duration::ZERO;
                }
            }
            Step::Relax => guide.relax(),
            Step::Restart => {
                guide.restart();
                watch = Watch::default();
            }
        }
    }
});

/// What is promised over a session.
struct Watch {
    last: Option<Duration>,
    /// Since the beginning, and since the last picture; a clock that goes back takes no time away.
    passed: Duration,
    waited: Duration,
    shown: SelfieHint,
    changed: Option<Duration>,
    face: Option<FaceBox>,
}

impl Default for Watch {
    fn default() -> Self {
        let (passed, waited) = (Duration::ZERO, Duration::ZERO);
        Self { last: None, passed, waited, shown: SelfieHint::NoFace, changed: None, face: None }
    }
}

impl Watch {
    fn pass(&mut self, now: Duration) {
        let step = now.saturating_sub(self.last.replace(now).unwrap_or(now));
        (self.passed, self.waited) = (self.passed + step, self.waited + step);
    }

    fn check(&mut self, selfie: &Selfie) {
        let guidance = match selfie {
            Selfie::Guide { guidance } => guidance,
            Selfie::Captured { portrait } => {
                whole(portrait);
                self.waited = Duration::ZERO;
                return;
            }
        };
        assert!((0.0..=1.0).contains(&guidance.progress));
        self.face = guidance.face;
        let face = guidance.face.map_or([0.0; 4], |face| [face.x, face.y, face.width, face.height]);
        let oval = [guidance.oval.centre.x, guidance.oval.centre.y, guidance.oval.width, guidance.oval.height];
        assert!(face.iter().chain(&oval).all(|value| value.is_finite()));
        assert!(guidance.failing.is_none_or(|failing| failing.value.is_finite() && failing.limit.is_finite()));
        assert!(self.waited < Duration::from_secs(25) || guidance.ways_on.elsewhere, "stuck");
        if guidance.hint != self.shown {
            let since = self.changed.map_or(Duration::MAX, |then| self.passed - then);
            assert!(since >= Duration::from_secs(1), "a hint that flickers");
            (self.shown, self.changed) = (guidance.hint, Some(self.passed));
        }
    }
}

/// A JPEG file from its first to its last marker, without an application's segment but JFIF's.
fn whole(portrait: &Portrait) {
    let jpeg = &portrait.jpeg;
    assert!(jpeg.starts_with(&[0xff, 0xd8]) && jpeg.ends_with(&[0xff, 0xd9]));
    assert!(!jpeg.windows(4).any(|bytes| bytes == *b"Exif"));
    assert!(portrait.width > 0 && portrait.height > 0);
}

fn frame<'a>([y, u, v]: &'a Planes, layout: &FrameLayout) -> Frame<'a> {
    let frame = if u.is_empty() { Frame::from_luma(y, layout) } else { Frame::from_planes(y, u, v, layout) };
    frame.expect("whole planes")
}

impl Shown {
    fn draw(&self) -> (Planes, FrameLayout) {
        let [y, u, v] = &FRAMES[usize::from(self.which) % FRAMES.len()];
        let pushed = |i: usize| {
            let from = |at: usize, by: i8, side: usize| at.saturating_add_signed(by.into()).min(side - 1);
            from(i / WIDTH, self.down, HEIGHT) * WIDTH + from(i % WIDTH, self.right, WIDTH)
        };
        let lit = |level: u8| (u32::from(level) * u32::from(self.gain) / 128 + u32::from(self.veil)).min(255) as u8;
        let mut luma: Vec<u8> = (0..WIDTH * HEIGHT).map(|i| lit(y[pushed(i)])).collect();
        for blot in self.blots.iter().take(8) {
            let range = |from: u8, length: u8, side: usize| {
                usize::from(from).min(side)..(usize::from(from) + usize::from(length)).min(side)
            };
            for row in range(blot.y, blot.height, HEIGHT) {
                luma[row * WIDTH..][range(blot.x, blot.width, WIDTH)].fill(blot.grey);
            }
        }
        let chroma = |plane: &Vec<u8>| if self.grey { Vec::new() } else { plane.clone() };
        let rotations = [Rotation::Upright, Rotation::Clockwise, Rotation::UpsideDown, Rotation::CounterClockwise];
        let layout = FrameLayout {
            chroma_row_stride: WIDTH as u32 / 2,
            chroma_pixel_stride: 1,
            rotation: rotations[usize::from(self.turns % 4)],
            mirrored: self.mirrored,
            ..FrameLayout::tight(WIDTH as u32, HEIGHT as u32)
        };
        ([luma, chroma(u), chroma(v)], layout)
    }
}

impl Points {
    fn landmarks(&self, face: Option<FaceBox>) -> FaceLandmarks {
        match self {
            Self::Any(any) => any.landmarks(),
            Self::Beside(moved) => {
                beside(moved, face.unwrap_or(FaceBox { x: 60.0, y: 80.0, width: 120.0, height: 120.0 }))
            }
        }
    }
}

/// Eyes, mouth and nose where faces have them, each moved by up to half of the box.
fn beside(moved: &[i8; 9], face: FaceBox) -> FaceLandmarks {
    let at = |x: f32, y: f32, i: usize| {
        let by = |i: usize| f32::from(moved[i]) / 255.0;
        Point { x: face.x + (x + by(i)) * face.width, y: face.y + (y + by(i + 1)) * face.height }
    };
    FaceLandmarks {
        left_eye: at(0.29, 0.39, 0),
        right_eye: at(0.70, 0.39, 2),
        mouth: Some(at(0.50, 0.75, 4)),
        nose: Some(at(0.50, 0.59, 6)),
        eye_opening: Some(f32::from(moved[8]) / 127.0),
    }
}

impl AnyPoints {
    fn landmarks(&self) -> FaceLandmarks {
        let point = |[x, y]: [f32; 2]| Point { x, y };
        FaceLandmarks {
            left_eye: point(self.eyes[0]),
            right_eye: point(self.eyes[1]),
            mouth: self.mouth.map(point),
            nose: self.nose.map(point),
            eye_opening: self.eye_opening,
        }
    }
}
