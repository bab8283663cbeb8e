//! `citizen selfies`: draws the frames that the selfie guide is tested and measured on, out of one portrait.
//!
//! ```text
//! DIR/TROUBLE/NUMBER.png, DIR/faceless/NUMBER.png, DIR/manifest.tsv     a set: path, trouble, severity, seed, hints that are right,
//!                                                                        middle of the eyes of each face
//! DIR/TROUBLE/NUMBER.pgm                                                --held: each as a phone held before a face, for other languages
//! DIR/NUMBER.jpg                                                        --session: one thing after another goes wrong, then all is well
//! ```

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use citizen_scenes::selfie::{
    self, Landmarks, SelfieShot, Sitter, Trouble, astronaut, astronaut_file, faceless, hold, photograph,
};
use citizen_scenes::{planes, write};
use clap::Args;
use image::{GrayImage, RgbImage};

use crate::Outcome;
use crate::console::tell;

#[derive(Args)]
pub(crate) struct Options {
    /// The folder to write into; made if missing.
    out: PathBuf,
    /// Frames of each trouble, from just visible to hopeless.
    #[arg(long, value_name = "N", default_value_t = 40, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    each: u32,
    /// Instead: frames of one session, ten a second, in which one thing after another goes wrong.
    #[arg(long, conflicts_with_all = ["held", "each"])]
    session: bool,
    /// Instead: each trouble as a few frames of a held phone, planes as PGM: luma above, U and V side by side below it.
    #[arg(long, conflicts_with = "each")]
    held: bool,
    /// Only this trouble; once more for another one.
    #[arg(long, value_name = "TROUBLE", value_parser = trouble)]
    kind: Vec<Trouble>,
    /// Another portrait than the astronaut's.
    #[arg(long, value_name = "FILE", requires = "landmarks")]
    portrait: Option<PathBuf>,
    /// Where its left eye, right eye, mouth and chin are, as seen in the picture, pixels.
    #[arg(long, value_name = "X,Y,X,Y,X,Y,X,Y", value_delimiter = ',', num_args = 1, requires = "portrait")]
    landmarks: Vec<f32>,
}

fn trouble(name: &str) -> Result<Trouble, String> {
    Trouble::named(name).ok_or_else(|| {
        let names: Vec<_> = Trouble::ALL.into_iter().map(Trouble::name).collect();
        format!("no such trouble; there are {}", names.join(", "))
    })
}

pub(crate) fn run(options: &Options) -> Result<Outcome> {
    let sitter = sitter(options)?;
    if options.session {
        session(&options.out, &sitter)?;
    } else if options.held {
        held(&options.out, &sitter, &asked(options))?;
    } else {
        set(&options.out, &sitter, options)?;
    }
    Ok(Outcome::Done)
}

fn sitter(options: &Options) -> Result<Sitter> {
    let Some(file) = &options.portrait else {
        let file = astronaut_file();
        return astronaut()
            .with_context(|| format!("no portrait at {}: run `cargo xtask portraits` first", file.display()));
    };
    ensure!(options.landmarks.len() == 8, "--landmarks: eight numbers");
    let at = |i: usize| [options.landmarks[i], options.landmarks[i + 1]];
    let landmarks = Landmarks { left_eye: at(0), right_eye: at(2), mouth: at(4), chin: at(6) };
    let portrait = image::open(file).with_context(|| format!("can't read {}", file.display()))?.into_rgb8();
    Ok(Sitter::new(portrait, landmarks))
}

fn asked(options: &Options) -> Vec<Trouble> {
    if options.kind.is_empty() { Trouble::ALL.into() } else { options.kind.clone() }
}

fn set(folder: &Path, sitter: &Sitter, options: &Options) -> Result<()> {
    let mut manifest = "path\tset\tseverity\tseed\thints\tfaces\n".to_owned();
    for trouble in asked(options) {
        let name = trouble.name();
        for number in 0..options.each {
            let severity = number as f32 / (options.each - 1).max(1) as f32;
            let path = format!("{name}/{number:03}.png");
            let shot = trouble.shot(severity, number.into());
            save(&photograph(sitter, &shot, number.into()), &folder.join(&path))?;
            let (hints, faces) = (trouble.hints().join(","), places(&shot));
            let _ = writeln!(manifest, "{path}\t{name}\t{severity:.3}\t{number}\t{hints}\t{faces}");
        }
        tell(format_args!("{name}: {} frames", options.each));
    }
    if options.kind.is_empty() {
        for number in 0..options.each {
            let path = format!("faceless/{number:03}.png");
            save(&faceless(number.into()), &folder.join(&path))?;
            let _ = writeln!(manifest, "{path}\tfaceless\t0\t{number}\t\t");
        }
    }
    let path = folder.join("manifest.tsv");
    std::fs::write(&path, manifest).with_context(|| format!("can't write {}", path.display()))?;
    Ok(writeln!(std::io::stdout(), "{}", path.display())?)
}

/// As `x,y`, joined by spaces.
fn places(shot: &SelfieShot) -> String {
    shot.faces().iter().map(|[x, y]| format!("{x:.0},{y:.0}")).collect::<Vec<_>>().join(" ")
}

fn held(folder: &Path, sitter: &Sitter, troubles: &[Trouble]) -> Result<()> {
    let with_face = troubles.iter().map(|trouble| (trouble.name(), selfie::held(sitter, *trouble)));
    for (name, frames) in with_face.chain([("faceless", selfie::held_faceless())]) {
        for (number, frame) in frames.iter().enumerate() {
            let path = folder.join(format!("{name}/{number}.pgm"));
            make_folder_of(&path)?;
            write::pgm(&planes_in_one(frame), &path).with_context(|| format!("can't write {}", path.display()))?;
        }
    }
    Ok(())
}

/// Planes of an even-sized frame in one greymap: luma, below it U at the left and V at the right.
fn planes_in_one(frame: &RgbImage) -> GrayImage {
    let (width, height) = frame.dimensions();
    let yuv = planes::i420(frame, width as usize);
    let sample = |x: u32, y: u32| {
        let (x, y, half) = (x as usize, y as usize, width as usize / 2);
        match y.checked_sub(height as usize) {
            None => yuv.bytes[y * yuv.stride + x],
            Some(y) if x < half => yuv.bytes[yuv.u_at + y * yuv.chroma_stride + x],
            Some(y) => yuv.bytes[yuv.v_at + y * yuv.chroma_stride + x - half],
        }
    };
    GrayImage::from_fn(width, height * 3 / 2, |x, y| image::Luma([sample(x, y)]))
}

/// How bad each trouble of a session is: clear, and not hopeless.
const CLEAR: f32 = 0.6;
const SEED: u64 = 5;

/// What goes wrong in a session, one after another, and for how many frames.
const SESSION: [(Trouble, usize); 6] = [
    (Trouble::Far, 18),
    (Trouble::Dark, 18),
    (Trouble::OffCentre, 18),
    (Trouble::Sunglasses, 18),
    (Trouble::Mask, 18),
    (Trouble::Clean, 12),
];

fn session(folder: &Path, sitter: &Sitter) -> Result<()> {
    let shots = SESSION.into_iter().flat_map(|(trouble, frames)| {
        let shot = SelfieShot { roll: 1.5, ..trouble.shot(CLEAR, SEED) };
        hold(sitter, &shot, frames, SEED + trouble as u64)
    });
    for (number, frame) in shots.enumerate() {
        save(&frame, &folder.join(format!("{number:03}.jpg")))?;
    }
    Ok(writeln!(std::io::stdout(), "{}", folder.display())?)
}

fn save(frame: &RgbImage, path: &Path) -> Result<()> {
    make_folder_of(path)?;
    frame.save(path).with_context(|| format!("can't write {}", path.display()))
}

fn make_folder_of(path: &Path) -> Result<()> {
    let folder = path.parent().context("a file lies in a folder")?;
    std::fs::create_dir_all(folder).with_context(|| format!("can't make {}", folder.display()))
}
