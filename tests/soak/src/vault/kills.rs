//! `kill -9` at any moment of a writer's life: while it makes a vault, opens one, commits, rotates keys.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use citizen_keystore::SoftwareKeystore;
use citizen_vault::Vault;
use rand::RngExt;
use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;

use super::child::Worker;
use super::model::Model;
use super::read::Seen;

/// A life is at most this long: most end while writing ...
const LONG: Duration = Duration::from_millis(250);
/// ... and every third while making or opening the vault.
const SHORT: Duration = Duration::from_millis(25);
/// A vault that has said nothing by then hangs.
const HANGS: Duration = Duration::from_mins(1);
/// After so many lives the next vault begins, so that making one is killed too.
const LIVES: u32 = 40;

/// What the kills did.
#[derive(Default)]
pub(crate) struct Kills {
    killed: u32,
    /// Of them, before the vault was open.
    while_opening: u32,
    /// The longest run of such kills, and the one under way.
    in_a_row: u32,
    row: u32,
    acknowledged: u64,
    checked: u32,
    lost: u64,
    wrong: u32,
    reported: u32,
    refused: u32,
    hung: u32,
    /// Kills while a damaged store was put aside, or the vault destroyed; and what came of it.
    killed_putting_away: u32,
    unreported: u32,
    left_behind: u32,
}

impl Kills {
    pub(crate) fn is_good(&self) -> bool {
        (self.lost, self.wrong, self.reported, self.refused, self.hung) == (0, 0, 0, 0, 0)
            && (self.unreported, self.left_behind) == (0, 0)
    }
}

impl fmt::Display for Kills {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "killed                   {:>7}  of them before the vault was open: {}, {} in a row",
            self.killed, self.while_opening, self.in_a_row
        )?;
        writeln!(f, "operations acknowledged  {:>7}", self.acknowledged)?;
        writeln!(f, "vaults opened, compared  {:>7}", self.checked)?;
        writeln!(f, "acknowledged, then lost  {:>7}", self.lost)?;
        writeln!(f, "other rows than written  {:>7}", self.wrong)?;
        writeln!(f, "reported as damaged      {:>7}", self.reported)?;
        writeln!(f, "did not open             {:>7}", self.refused)?;
        writeln!(f, "hung                     {:>7}", self.hung)?;
        writeln!(f, "killed putting away      {:>7}  a damaged store, or everything", self.killed_putting_away)?;
        writeln!(f, "loss not reported once   {:>7}", self.unreported)?;
        write!(f, "files or keys left       {:>7}", self.left_behind)
    }
}

pub(crate) fn run(kills: u32, seed: u64) -> Result<Kills> {
    let mut counts = Kills::default();
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    while counts.killed < kills {
        let phone = tempfile::tempdir()?;
        let mut model = Model::new(random.random());
        for life in 0..LIVES.min(kills - counts.killed) {
            // Every fifth life is the first of a new version: its opening migrates, killed or not.
            std::fs::write(phone.path().join("version"), (life / 5).to_string())?;
            let most = if random.random_ratio(1, 3) { SHORT } else { LONG };
            let time = random.random_range(Duration::ZERO..most);
            live(phone.path(), &mut model, time, &mut counts)?;
            counts.killed += 1;
            if counts.killed.is_multiple_of(100) {
                println!("{} of {kills} kills, {} operations", counts.killed, counts.acknowledged);
            }
        }
        // The last one is looked at in peace.
        let lines = undisturbed("vault-read", phone.path(), &mut counts)?;
        check(&lines, &mut model, &mut counts)?;
        put_aside(phone.path(), &mut random, &mut counts)?;
        destroyed(phone.path(), &mut random, &mut counts)?;
    }
    Ok(counts)
}

/// Takes the head file away and kills the openings that put the store aside: the loss is reported once it opens, once.
fn put_aside(phone: &Path, random: &mut Pcg64Mcg, counts: &mut Kills) -> Result<()> {
    std::fs::remove_file(phone.join("vault/store/head"))?;
    killed_now_and_then("vault-read", phone, random, counts)?;
    let lines = undisturbed("vault-read", phone, counts)?;
    let Seen::Opened { losses, .. } = Seen::parse(lines.iter().map(String::as_str))? else {
        counts.refused += 1;
        return Ok(());
    };
    counts.unreported += u32::from(losses != ["head"]);
    Ok(())
}

/// Destroys the vault, killed at any moment: once that went through, neither files nor keys are left.
fn destroyed(phone: &Path, random: &mut Pcg64Mcg, counts: &mut Kills) -> Result<()> {
    killed_now_and_then("vault-destroy", phone, random, counts)?;
    undisturbed("vault-destroy", phone, counts)?;
    let files = std::fs::read_dir(phone.join("vault"))?.chain(std::fs::read_dir(phone.join("keys"))?);
    let left = files.filter_map(|file| file.ok()?.file_name().into_string().ok()).filter(|name| name != "lock");
    let left: Vec<_> = left.collect();
    if !left.is_empty() {
        println!("left behind: {}", left.join(", "));
        counts.left_behind += 1;
    }
    Ok(())
}

/// The child that destroys the vault.
pub(crate) fn destroy(phone: &Path) -> Result<()> {
    let keys = SoftwareKeystore::open(phone.join("keys"))?;
    Ok(Vault::destroy(&phone.join("vault"), Arc::new(keys))?)
}

fn killed_now_and_then(command: &str, phone: &Path, random: &mut Pcg64Mcg, counts: &mut Kills) -> Result<()> {
    for _ in 0..4 {
        let worker = Worker::spawn(command, phone, &[])?;
        worker.lines_within(random.random_range(Duration::ZERO..SHORT));
        worker.kill()?;
        counts.killed_putting_away += 1;
    }
    Ok(())
}

fn undisturbed(command: &str, phone: &Path, counts: &mut Kills) -> Result<Vec<String>> {
    let worker = Worker::spawn(command, phone, &[])?;
    let (lines, ended) = worker.lines_within(HANGS);
    counts.hung += u32::from(!ended);
    if ended {
        counts.refused += u32::from(!worker.wait()?.success());
        Ok(lines)
    } else {
        worker.kill()
    }
}

/// One life: opens, is compared with what must be there, writes, is killed.
fn live(phone: &Path, model: &mut Model, time: Duration, counts: &mut Kills) -> Result<()> {
    let worker = Worker::spawn("vault-write", phone, &[model.seed.to_string()])?;
    let (mut lines, ended) = worker.lines_within(time);
    lines.extend(worker.kill()?);
    if ended && !lines.iter().any(|line| line.starts_with("refused ")) {
        counts.wrong += 1;
    }
    let acks = lines.iter().position(|line| line == "end").map_or(lines.len(), |end| end + 1);
    let (opened, acks) = lines.split_at(acks);
    if opened.last().is_none_or(|line| line != "end" && !line.starts_with("refused ")) {
        counts.while_opening += 1;
        counts.row += 1;
        counts.in_a_row = counts.in_a_row.max(counts.row);
        return Ok(());
    }
    counts.row = 0;
    check(opened, model, counts)?;
    let last = acks.iter().rev().find_map(|line| line.strip_prefix("ack ")?.parse::<u64>().ok());
    if let Some(last) = last {
        counts.acknowledged += last.saturating_sub(model.operations);
        model.advance_to(last);
    }
    Ok(())
}

/// All that was acknowledged is there, and at most the one operation that was under way.
fn check(lines: &[String], model: &mut Model, counts: &mut Kills) -> Result<()> {
    counts.checked += 1;
    match Seen::parse(lines.iter().map(String::as_str))? {
        Seen::Refused(reason) => {
            println!("did not open: {reason}");
            counts.refused += 1;
        }
        Seen::Opened { operations, losses, rows, damaged } => {
            counts.reported += u32::from(!losses.is_empty() || !damaged.is_empty());
            counts.lost += model.operations.saturating_sub(operations);
            if operations < model.operations || !losses.is_empty() {
                println!(
                    "kill {}: {operations} of {} operations, put aside: {losses:?}",
                    counts.killed, model.operations
                );
            }
            model.advance_to(operations.min(model.operations + 1));
            counts.wrong += u32::from(model.operations != operations || model.rows != rows);
        }
    }
    Ok(())
}
