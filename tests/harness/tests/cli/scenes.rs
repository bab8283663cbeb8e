//! `citizen scenes --ladders`: the frames that scanners are measured on.

use std::path::Path;

use citizen_sandbox::{Kind, Population};
use citizen_scenes::{HardBurst, Ladder};
use tempfile::TempDir;

use crate::{citizen, code, json_lines, stderr, stdout, text, texts};

#[test]
fn a_set_is_its_frames_and_a_manifest_that_names_each() {
    let folder = TempDir::new().unwrap();
    let arguments = ["scenes", "--kind", "tilt", "--kind", "burst", "--seeds", "1", "--bursts", "1", "--ladders"];
    let output = citizen(&arguments, &[folder.path()]);
    assert_eq!(code(&output), 0);
    assert_eq!(stderr(&output).lines().count(), 2, "a line of progress for each kind");
    let manifest = std::fs::read_to_string(stdout(&output).trim_end()).unwrap();
    let mut lines = manifest.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let header = ["path", "expected_hex", "set", "severity", "seed", "version", "level", "modules", "corners"];
    assert_eq!(lines.next().unwrap(), header);
    let rows: Vec<_> = lines.collect();
    assert_eq!(rows.len(), 8 + 10);
    for row in &rows {
        let picture = image::open(folder.path().join(row[0])).unwrap();
        assert_eq!((picture.width(), picture.height()), (1280, 720), "{}", row[0]);
        let card = if row[2] == "tilt" { Ladder::Tilt.card(0) } else { HardBurst(0).card() };
        assert_eq!(text(row[1]), card.specimen().payload());
        assert_eq!(row[5..8], [&*card.code().version().to_string(), "L", &card.code().side().to_string()]);
        assert_eq!(corners(row[8]).len(), 8);
    }
    let (first, last) = (&rows[0], &rows[7]);
    assert_eq!(first[..5], ["ladder/tilt/s0-r0.pgm", first[1], "tilt", "0.000", "0"]);
    assert_eq!(last[..5], ["ladder/tilt/s7-r0.pgm", first[1], "tilt", "1.000", "0"]);
    assert_eq!(rows[17][..5], ["burst/b00/f9.pgm", rows[8][1], "burst", "0.000", "0"]);
    let drawn = Ladder::Tilt.photograph(&Ladder::Tilt.card(0), 7, 0);
    for (written, drawn) in corners(last[8]).iter().zip(drawn.corners.as_flattened()) {
        assert!((written - drawn).abs() < 0.001);
    }
}

fn corners(cell: &str) -> Vec<f32> {
    cell.split(',').map(|px| px.parse().unwrap()).collect()
}

#[test]
fn the_easy_end_of_every_ladder_reads() {
    let folder = TempDir::new().unwrap();
    let payloads = Ladder::ALL.map(|ladder| {
        let card = ladder.card(0);
        let path = folder.path().join(ladder.name()).with_extension("pgm");
        ladder.photograph(&card, 0, 0).save(path).unwrap();
        card.specimen().payload()
    });
    let output = citizen(&["scan", "--json", "--dir"], &[folder.path()]);
    let lines = json_lines(&output);
    assert_eq!(lines.len(), Ladder::ALL.len());
    for line in lines {
        let file = Path::new(line["file"].as_str().unwrap());
        let ladder = Ladder::ALL.iter().position(|ladder| file.file_stem() == Some(ladder.name().as_ref())).unwrap();
        assert_eq!(texts(&line), [&*payloads[ladder]], "{}", file.display());
    }
}

#[test]
fn ladders_and_named_scenes_do_not_mix() {
    let folder = TempDir::new().unwrap();
    let cases: [&[&str]; 5] = [
        &["scenes", "--seeds", "1"],
        &["scenes", "--kind", "tilt"],
        &["scenes", "--only", "easy", "--ladders"],
        &["scenes", "--format", "png", "--ladders"],
        &["scenes", "--kind", "easy", "--ladders"],
    ];
    for arguments in cases {
        let output = citizen(arguments, &[folder.path()]);
        assert_eq!(code(&output), 2, "{arguments:?}");
    }
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none());
}

#[test]
fn a_citizen_s_card_reads_as_the_sandbox_knows_it() {
    let folder = TempDir::new().unwrap();
    assert_eq!(code(&citizen(&["scenes", "--citizens", "2"], &[folder.path()])), 0);
    let lines = json_lines(&citizen(&["scan", "--json", "--dir"], &[folder.path()]));
    assert_eq!(lines.len(), 2);
    for (number, line) in (0..).zip(lines) {
        let known = Population::default().of(Kind::Plain, number);
        assert_eq!(texts(&line), [known.payload()]);
        let typed = std::fs::read_to_string(folder.path().join(format!("citizen-{number}.json"))).unwrap();
        let typed: serde_json::Value = serde_json::from_str(&typed).unwrap();
        assert_eq!(typed, serde_json::json!({ "number": known.number, "phone": known.phone, "email": known.email }));
    }
}
