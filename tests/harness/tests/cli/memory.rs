//! How much memory a burst takes: a cheap phone has little.

#![cfg(target_os = "linux")]

use std::fs;
use std::process::Stdio;

use crate::{command, folder, photo};

/// With an overlay, and no frame that reads: each is looked at every way.
#[test]
fn a_burst_takes_less_than_40_mb() {
    let folder = folder(&[]);
    for frame in 0..10 {
        photo("blurred").save(folder.path().join(format!("{frame}.pgm"))).unwrap();
    }
    let out = folder.path().join("out.png");
    let mut burst = command(&["scan", "--overlay"], &[&out, "--burst".as_ref(), folder.path()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut peak = 0;
    while burst.try_wait().unwrap().is_none() {
        peak = peak_kb(burst.id()).unwrap_or(peak);
    }
    assert!(out.is_file() && (1..40_000).contains(&peak), "{peak} KB");
}

/// The most that a process had in memory so far; `None` where it has just ended.
fn peak_kb(process: u32) -> Option<u32> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok())
}
