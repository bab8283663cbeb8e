//! How the command is called, and who listens.

use std::path::Path;
use std::process::Stdio;

use crate::{citizen, code, command, folder, stderr};

#[test]
fn bad_usage_and_unusable_files_exit_with_2() {
    let folder = folder(&["blank"]);
    let picture = folder.path().join("blank.pgm");
    let broken = folder.path().join("broken.png");
    std::fs::write(&broken, b"\x89PNG\r\n\x1a\nnot a picture").unwrap();
    let cases: [(&[&str], &[&Path]); 6] = [
        (&["scan"], &[]),
        (&["scan", "--dir", "a", "--burst", "b"], &[]),
        (&["scan", "--today", "2026-02-30"], &[&picture]),
        (&["scan"], &[&broken]),
        (&["scan", "--dir"], &[Path::new("no/such/folder")]),
        (&["scan", "--dir"], &[&picture]),
    ];
    for (arguments, paths) in cases {
        let output = citizen(arguments, paths);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(!stderr(&output).is_empty() && !stderr(&output).contains("panicked"), "{arguments:?}");
    }
}

/// As in `citizen scan ... | true`.
#[test]
fn a_reader_that_leaves_ends_the_command_without_a_word() {
    let folder = folder(&["blank"]);
    let picture = folder.path().join("blank.pgm");
    let cases: [(&[&str], &[&Path]); 3] = [
        (&["scan"], &[&picture]),
        (&["scan", "--json"], &[&picture]),
        (&["scenes", "--only", "blank"], &[folder.path()]),
    ];
    for (arguments, paths) in cases {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = command(arguments, paths).stdout(writer).stderr(Stdio::piped()).output().unwrap();
        assert_eq!((code(&output), stderr(&output).as_str()), (0, ""), "{arguments:?}");
    }
}
