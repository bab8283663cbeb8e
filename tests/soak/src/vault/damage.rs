//! Damaged copies of a vault: each must open whole, or say what is wrong, and open again afterwards.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use anyhow::{Context, Result};
use rand::RngExt;
use rand::SeedableRng;
use rand::seq::IndexedRandom;
use rand_pcg::Pcg64Mcg;

use super::child::Worker;
use super::model::Model;
use super::read::Seen;
use super::{open, write};

/// Operations in the vault that is damaged, and when copies of it were kept.
const OPERATIONS: u64 = 300;
const KEPT: [u64; 4] = [100, 290, 299, OPERATIONS];
const HANGS: Duration = Duration::from_mins(1);
/// Openings after which a damaged vault must work again: the marker puts the worst aside at the tenth.
const OPENINGS: usize = 11;
const PAGE: usize = 4096;

/// What is done to a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    FlippedBit,
    FlippedBits,
    Truncated,
    ZeroedPages,
    RandomPage,
    Appended,
    FileGone,
    FileSwapped,
    FileOlder,
    PageOlder,
    PageElsewhere,
    FolderOfEarlierEpoch,
    FolderOlder,
}

impl Kind {
    /// One of each ends in its own row of the table. The last is counted apart: nothing on the phone can tell.
    const ALL: [Self; 13] = [
        Self::FlippedBit,
        Self::FlippedBits,
        Self::Truncated,
        Self::ZeroedPages,
        Self::RandomPage,
        Self::Appended,
        Self::FileGone,
        Self::FileSwapped,
        Self::FileOlder,
        Self::PageOlder,
        Self::PageElsewhere,
        Self::FolderOfEarlierEpoch,
        Self::FolderOlder,
    ];
}

/// How a damaged copy ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Intact,
    /// Put aside and said so.
    Detected,
    /// Some large values are gone, and say so; everything else is whole.
    ValuesDamaged,
    /// A typed error first.
    Refused,
    /// An older state, whole: of the copies that nothing on the phone can tell.
    OlderWhole,
    Silent,
    Aborted,
    Hung,
    /// It never opened again.
    Dead,
}

#[derive(Default)]
struct Row([u32; 9]);

impl Row {
    fn count(&self, outcome: Outcome) -> u32 {
        self.0[outcome as usize]
    }
}

/// Outcomes by kind of damage.
#[derive(Default)]
pub(crate) struct Damages(BTreeMap<Kind, Row>);

impl Damages {
    pub(crate) fn is_good(&self) -> bool {
        self.0.iter().all(|(kind, row)| {
            let bad = [Outcome::Silent, Outcome::Aborted, Outcome::Hung, Outcome::Dead];
            let older = row.count(Outcome::OlderWhole) == 0 || *kind == Kind::FolderOlder;
            older && bad.into_iter().all(|outcome| row.count(outcome) == 0)
        })
    }
}

impl fmt::Display for Damages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<21} intact detected values error older silent aborted hung dead", "damaged copies")?;
        let mut total = [0; 9];
        for (kind, Row(row)) in &self.0 {
            write_row(f, &format!("{kind:?}"), row)?;
            total.iter_mut().zip(row).for_each(|(total, count)| *total += count);
        }
        write_row(f, &format!("all {}", total.iter().sum::<u32>()), &total)?;
        write!(
            f,
            "older: a consistent older copy of the whole folder within one epoch; the service tells by its generation"
        )
    }
}

fn write_row(f: &mut fmt::Formatter<'_>, name: &str, row: &[u32; 9]) -> fmt::Result {
    let [intact, detected, values, error, older, silent, aborted, hung, dead] = row;
    writeln!(
        f,
        "{name:<21} {intact:>6} {detected:>8} {values:>6} {error:>5} {older:>5} {silent:>6} {aborted:>7} {hung:>4} {dead:>4}"
    )
}

/// A vault, its older copies, and what must be in it.
struct Base {
    dir: tempfile::TempDir,
    model: Model,
    /// The oldest copy within the newest epoch, and one before it.
    same_epoch: PathBuf,
    earlier_epoch: PathBuf,
}

pub(crate) fn run(copies: u32, seed: u64) -> Result<Damages> {
    println!("writing the vault that is damaged");
    let base = Base::write(seed)?;
    let damages = Mutex::new(Damages::default());
    let next = std::sync::atomic::AtomicU32::new(0);
    let work = || -> Result<()> {
        loop {
            let copy = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            if copy >= copies {
                return Ok(());
            }
            let mut random = Pcg64Mcg::seed_from_u64(seed ^ (u64::from(copy) << 32));
            let kind = Kind::ALL[copy as usize % Kind::ALL.len()];
            let outcome = base.try_one(kind, &mut random).with_context(|| format!("{kind:?}, copy {copy}"))?;
            let mut damages = damages.lock().map_err(|_| anyhow::anyhow!("a worker died"))?;
            damages.0.entry(kind).or_default().0[outcome as usize] += 1;
            if copy % 200 == 199 {
                println!("{} of {copies} damaged copies", copy + 1);
            }
            if matches!(outcome, Outcome::Silent | Outcome::Aborted | Outcome::Hung | Outcome::Dead) {
                println!("copy {copy}: {kind:?} is {outcome:?}");
            }
        }
    };
    std::thread::scope(|scope| {
        let workers = [scope.spawn(work), scope.spawn(work)];
        workers.into_iter().try_for_each(|worker| worker.join().map_err(|_| anyhow::anyhow!("a worker died"))?)
    })?;
    damages.into_inner().map_err(|_| anyhow::anyhow!("a worker died"))
}

impl Base {
    fn write(seed: u64) -> Result<Self> {
        let dir = tempfile::tempdir()?;
        let phone = dir.path().join("phone");
        let mut model = Model::new(seed);
        let mut number = 0;
        for kept in KEPT {
            let opened = open(&phone)??;
            while number < kept {
                number += 1;
                write::operate(&opened.vault, seed, number)?;
                // The older copies are of both kinds whatever the seed: an earlier epoch, and this one.
                if number == KEPT[0] + 1 {
                    opened.vault.rotate()?;
                }
            }
            opened.vault.close();
            copy_dir(&phone.join("vault"), &dir.path().join(kept.to_string()))?;
        }
        model.advance_to(OPERATIONS);
        let same_epoch = dir.path().join("290");
        let earlier_epoch = dir.path().join("100");
        Ok(Self { dir, model, same_epoch, earlier_epoch })
    }

    fn try_one(&self, kind: Kind, random: &mut Pcg64Mcg) -> Result<Outcome> {
        let phone = tempfile::tempdir()?;
        copy_dir(&self.dir.path().join("phone"), phone.path())?;
        let vault = phone.path().join("vault");
        while !self.damage(kind, &vault, random)? {}
        let first = look(phone.path())?;
        let outcome = match first {
            Look::Hung => return Ok(Outcome::Hung),
            Look::Aborted => Outcome::Aborted,
            Look::Seen(Seen::Refused(reason)) => {
                println!("{kind:?}: {reason}");
                Outcome::Refused
            }
            Look::Seen(Seen::Opened { operations, losses, rows, damaged }) => {
                self.judge(operations, &losses, &rows, &damaged)
            }
        };
        // It must open again, at the latest after the marker has put it aside.
        for _ in 0..OPENINGS {
            if matches!(look(phone.path())?, Look::Seen(Seen::Opened { .. })) {
                return Ok(outcome);
            }
        }
        Ok(Outcome::Dead)
    }

    fn judge(&self, operations: u64, losses: &[String], rows: &super::model::Rows, damaged: &[String]) -> Outcome {
        if !losses.is_empty() {
            return Outcome::Detected;
        }
        let mut model = Model::new(self.model.seed);
        model.advance_to(operations);
        let mut expected = model.rows;
        for name in damaged {
            expected.remove(name);
        }
        match (expected == *rows, operations == OPERATIONS, damaged.is_empty()) {
            (true, true, true) => Outcome::Intact,
            (true, true, false) => Outcome::ValuesDamaged,
            (true, false, _) => Outcome::OlderWhole,
            (false, ..) => Outcome::Silent,
        }
    }

    /// Damages the copy; whether that changed anything.
    fn damage(&self, kind: Kind, vault: &Path, random: &mut Pcg64Mcg) -> Result<bool> {
        if matches!(kind, Kind::FolderOlder | Kind::FolderOfEarlierEpoch) {
            let older = if kind == Kind::FolderOlder { &self.same_epoch } else { &self.earlier_epoch };
            fs::remove_dir_all(vault)?;
            copy_dir(older, vault)?;
            return Ok(true);
        }
        let files = files_of(vault)?;
        // Half of the damage goes where half of the data is.
        let database = vault.join("store/db/db");
        let file = if random.random() { &database } else { files.choose(random).unwrap_or(&database) };
        let before = fs::read(file)?;
        let mut bytes = before.clone();
        let used = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
        match kind {
            Kind::FlippedBit => flip(&mut bytes, used, 1, random),
            Kind::FlippedBits => {
                let count = random.random_range(2..64);
                flip(&mut bytes, used, count, random);
            }
            Kind::Truncated => bytes.truncate(random.random_range(0..=used)),
            Kind::ZeroedPages => {
                let pages = random.random_range(1..=4);
                page(&mut bytes, used, pages, random).fill(0);
            }
            Kind::RandomPage => {
                let page = page(&mut bytes, used, 1, random);
                random.fill(page);
            }
            Kind::Appended => {
                let mut more = vec![0; random.random_range(1..20_000)];
                random.fill(&mut more[..]);
                bytes.extend(more);
            }
            Kind::FileGone => {
                fs::remove_file(file)?;
                return Ok(true);
            }
            Kind::FileSwapped => {
                let other = files.choose(random).unwrap_or(&database);
                let theirs = fs::read(other)?;
                fs::write(other, &bytes)?;
                bytes = theirs;
            }
            Kind::FileOlder | Kind::PageOlder => {
                let older = [&self.same_epoch, &self.earlier_epoch, &self.dir.path().join("299")];
                let older = older.choose(random).context("an older copy")?.join(file.strip_prefix(vault)?);
                let older = if older.exists() { fs::read(older)? } else { Vec::new() };
                if kind == Kind::FileOlder {
                    bytes = older;
                } else {
                    let start = random.random_range(0..=used / PAGE) * PAGE;
                    let end = (start + PAGE).min(bytes.len()).min(older.len());
                    if start < end {
                        bytes[start..end].copy_from_slice(&older[start..end]);
                    }
                }
            }
            Kind::PageElsewhere => {
                let copy = page(&mut bytes, used, 1, random).to_vec();
                let to = page(&mut bytes, used, 1, random);
                let length = copy.len().min(to.len());
                to[..length].copy_from_slice(&copy[..length]);
            }
            Kind::FolderOlder | Kind::FolderOfEarlierEpoch => (),
        }
        fs::write(file, &bytes)?;
        Ok(bytes != before)
    }
}

fn flip(bytes: &mut [u8], used: usize, count: usize, random: &mut Pcg64Mcg) {
    for _ in 0..count.min(used * 8) {
        let bit = random.random_range(0..used * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
    }
}

/// Some pages within the used part, aligned as the disk's are.
fn page<'a>(bytes: &'a mut [u8], used: usize, pages: usize, random: &mut Pcg64Mcg) -> &'a mut [u8] {
    let start = random.random_range(0..=used / PAGE) * PAGE;
    let end = (start + pages * PAGE).min(bytes.len());
    &mut bytes[start.min(end)..end]
}

/// What one opening came to.
enum Look {
    Seen(Seen),
    Aborted,
    Hung,
}

fn look(phone: &Path) -> Result<Look> {
    let worker = Worker::spawn("vault-read", phone, &[])?;
    let (lines, ended) = worker.lines_within(HANGS);
    if !ended {
        worker.kill()?;
        return Ok(Look::Hung);
    }
    if !worker.wait()?.success() {
        return Ok(Look::Aborted);
    }
    Seen::parse(lines.iter().map(String::as_str)).map(Look::Seen)
}

fn files_of(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { files.extend(files_of(&path)?) } else { files.push(path) }
    }
    files.sort();
    Ok(files)
}

fn copy_dir(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_dir(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
