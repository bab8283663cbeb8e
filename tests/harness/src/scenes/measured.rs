//! `--ladders`: the frames that scanners are measured on.
//!
//! ```text
//! DIR/ladder/KIND/sSEVERITY-rSEED.pgm
//! DIR/burst/bNUMBER/fFRAME.pgm
//! DIR/manifest.tsv
//! ```

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use citizen_scenes::{Card, HardBurst, Ladder, Photo, hard, ladder};

use super::manifest::Manifest;
use super::{Options, make, save};
use crate::console::tell;

/// What frames are counted together.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Ladder(Ladder),
    Burst,
}

/// The set's name of all bursts.
const BURST: &str = "burst";

impl Kind {
    fn all() -> impl Iterator<Item = Self> {
        Ladder::ALL.into_iter().map(Self::Ladder).chain([Self::Burst])
    }

    fn name(self) -> &'static str {
        match self {
            Self::Ladder(ladder) => ladder.name(),
            Self::Burst => BURST,
        }
    }
}

/// The kind of that name.
pub(super) fn kind(name: &str) -> Result<Kind, String> {
    Kind::all().find(|kind| kind.name() == name).ok_or_else(|| {
        let names: Vec<_> = Kind::all().map(Kind::name).collect();
        format!("no such kind; there are {}", names.join(", "))
    })
}

/// Writes the asked kinds, then the manifest; only its path goes to standard output.
pub(super) fn write(folder: &Path, options: &Options) -> Result<()> {
    let mut set = Set { folder, manifest: Manifest::new(), frames: 0 };
    for kind in Kind::all().filter(|kind| options.kind.is_empty() || options.kind.contains(kind)) {
        match kind {
            Kind::Ladder(ladder) => set.add_ladder(ladder, options.seeds)?,
            Kind::Burst => (0..options.bursts).try_for_each(|number| set.add_burst(HardBurst(number)))?,
        }
        tell(format_args!("{}: {} frames so far", kind.name(), set.frames));
    }
    make(folder)?;
    let path = folder.join("manifest.tsv");
    std::fs::write(&path, set.manifest.text()).with_context(|| format!("can't write {}", path.display()))?;
    Ok(writeln!(std::io::stdout(), "{}", path.display())?)
}

/// The set while it is written.
struct Set<'a> {
    folder: &'a Path,
    manifest: Manifest,
    frames: usize,
}

impl Set<'_> {
    fn add_ladder(&mut self, ladder: Ladder, seeds: u32) -> Result<()> {
        for seed in 0..seeds {
            let card = ladder.card(seed);
            for severity in 0..ladder::SEVERITIES {
                let photo = ladder.photograph(&card, severity, seed);
                let path = format!("ladder/{}/s{severity}-r{seed}.pgm", ladder.name());
                self.add(&path, ladder.name(), (ladder::part(severity), seed), &card, &photo)?;
            }
        }
        Ok(())
    }

    fn add_burst(&mut self, burst: HardBurst) -> Result<()> {
        let card = burst.card();
        for (frame, photo) in burst.photograph(&card, hard::FRAMES).iter().enumerate() {
            let path = format!("burst/b{:02}/f{frame}.pgm", burst.0);
            self.add(&path, BURST, (burst.severity(), burst.0), &card, photo)?;
        }
        Ok(())
    }

    fn add(&mut self, path: &str, set: &str, step: (f32, u32), card: &Card, photo: &Photo) -> Result<()> {
        let file = self.folder.join(path);
        file.parent().map_or(Ok(()), make)?;
        save(photo, &file)?;
        self.manifest.add(path, set, step, card, photo);
        self.frames += 1;
        Ok(())
    }
}
