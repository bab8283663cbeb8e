//! `citizen scenes`: the named scenes as files, for a look at them and for the tests in other languages; the cards of the sandbox's
//! citizens; and the ladders and bursts that scanners are measured on.

mod citizens;
mod manifest;
mod measured;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use citizen_scenes::{Card, Photo, Scene, burst, catalogue, hard, scene};
use clap::{Args, ValueEnum};
use measured::Kind;

use crate::Outcome;

#[derive(Args)]
pub(crate) struct Options {
    /// The folder to write into; made if missing.
    #[arg(required_unless_present = "ladders", conflicts_with_all = ["ladders", "seeds", "bursts", "kind"])]
    out: Option<PathBuf>,
    /// Only this scene; once more for another one.
    #[arg(long, value_name = "NAME", value_parser = named)]
    only: Vec<Scene>,
    /// Instead of single pictures: this scene as the frames of one burst, with a hand that shakes.
    #[arg(long, value_name = "NAME", conflicts_with = "only", value_parser = named)]
    burst: Option<Scene>,
    /// Instead of named scenes: the cards of so many citizens whom the sandbox approves at once, `card-N`, with `citizen-N.json`.
    #[arg(long, value_name = "N", conflicts_with_all = ["only", "burst"])]
    citizens: Option<u32>,
    /// The kind of picture.
    #[arg(long, value_enum, default_value_t = Format::Pgm)]
    format: Format,
    /// Instead of named scenes: ladders (one condition from easy to hopeless) and hard bursts into this folder, as PGM with a
    /// manifest.tsv.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["only", "burst", "citizens", "format"])]
    ladders: Option<PathBuf>,
    /// Seeds of each ladder: cards with places, turns and directions of their own.
    #[arg(long, value_name = "N", default_value_t = 2)]
    seeds: u32,
    /// Hard bursts, of 10 frames each.
    #[arg(long, value_name = "N", default_value_t = hard::STEPS)]
    bursts: u32,
    /// Only this ladder, or `burst`; once more for another one.
    #[arg(long, value_name = "KIND", value_parser = measured::kind)]
    kind: Vec<Kind>,
}

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
    match (&options.ladders, &options.out) {
        (Some(folder), _) => measured::write(folder, options)?,
        (None, Some(folder)) => write_named(folder, options)?,
        (None, None) => return Ok(Outcome::Unusable),
    }
    Ok(Outcome::Done)
}

fn write_named(folder: &Path, options: &Options) -> Result<()> {
    make(folder)?;
    let save = |photo: &Photo, name: &str| {
        let path = folder.join(Path::new(name).with_extension(options.format.extension()));
        save(photo, &path)?;
        Ok(writeln!(std::io::stdout(), "{}", path.display())?)
    };
    if let Some(count) = options.citizens {
        return citizens::write(folder, count, save);
    }
    if let Some(scene) = &options.burst {
        let photos = burst(&Card::invent(scene.card), &scene.shot, hard::FRAMES, scene.seed);
        return photos
            .iter()
            .enumerate()
            .try_for_each(|(number, photo)| save(photo, &format!("{}-{number}", scene.name)));
    }
    let all = catalogue();
    let scenes = if options.only.is_empty() { &all } else { &options.only };
    scenes.iter().try_for_each(|scene| save(&scene.photograph(), scene.name))
}

fn make(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("can't make {}", folder.display()))
}

fn save(photo: &Photo, path: &Path) -> Result<()> {
    photo.save(path).with_context(|| format!("can't write {}", path.display()))
}
