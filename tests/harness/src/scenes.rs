//! `citizen scenes`: the named scenes as files, for a look at them and for the tests in other languages.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use citizen_scenes::{Card, Photo, Scene, burst, catalogue, scene};
use clap::{Args, ValueEnum};

use crate::Outcome;

#[derive(Args)]
pub(crate) struct Options {
    /// The folder to write into; made if missing.
    out: PathBuf,
    /// Only this scene; once more for another one.
    #[arg(long, value_name = "NAME", value_parser = named)]
    only: Vec<Scene>,
    /// Instead of single pictures: this scene as the frames of one burst, with a hand that shakes.
    #[arg(long, value_name = "NAME", conflicts_with = "only", value_parser = named)]
    burst: Option<Scene>,
    /// The kind of picture.
    #[arg(long, value_enum, default_value_t = Format::Pgm)]
    format: Format,
}

/// Frames in a burst: a third of a second of a phone's camera.
const BURST_FRAMES: usize = 10;

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Pgm,
    Png,
    Jpg,
}

impl Format {
    fn extension(self) -> &'static str {
        match self {
            Self::Pgm => "pgm",
            Self::Png => "png",
            Self::Jpg => "jpg",
        }
    }
}

fn named(name: &str) -> Result<Scene, String> {
    scene(name).ok_or_else(|| {
        let names: Vec<_> = catalogue().iter().map(|scene| scene.name).collect();
        format!("no such scene; there are {}", names.join(", "))
    })
}

pub(crate) fn run(options: &Options) -> Result<Outcome> {
    std::fs::create_dir_all(&options.out).with_context(|| format!("can't make {}", options.out.display()))?;
    if let Some(scene) = &options.burst {
        let photos = burst(&Card::invent(scene.card), &scene.shot, BURST_FRAMES, scene.seed);
        for (number, photo) in photos.iter().enumerate() {
            save(photo, &format!("{}-{number}", scene.name), options)?;
        }
        return Ok(Outcome::Done);
    }
    let all = catalogue();
    let scenes = if options.only.is_empty() { &all } else { &options.only };
    for scene in scenes {
        save(&scene.photograph(), scene.name, options)?;
    }
    Ok(Outcome::Done)
}

fn save(photo: &Photo, name: &str, options: &Options) -> Result<()> {
    let path = options.out.join(Path::new(name).with_extension(options.format.extension()));
    photo.save(&path).with_context(|| format!("can't write {}", path.display()))?;
    Ok(writeln!(std::io::stdout(), "{}", path.display())?)
}
