//! The sandbox as a tester starts and stops it.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::{citizen, code, command, stderr};

/// Starts one on a free port; returns it with what it says up to where to stop it.
fn start(data: &Path) -> (Child, BufReader<impl Read>, String) {
    let mut sandbox = command(&["sandbox", "--port", "0", "--data"], &[data]).stderr(Stdio::piped()).spawn().unwrap();
    let mut output = BufReader::new(sandbox.stderr.take().unwrap());
    let mut said = String::new();
    while !said.contains("Stop: Ctrl-C") {
        assert!(output.read_line(&mut said).unwrap() > 0, "it ended: {said}");
    }
    (sandbox, output, said)
}

#[test]
fn it_says_where_it_is_and_stops_in_peace_at_ctrl_c() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let (mut sandbox, mut output, said) = start(&data);
    assert!(said.contains("First start") && said.contains("https://localhost:"), "{said}");
    for file in ["client.json", "desk-token", "ca.pem"] {
        assert!(said.contains(&data.join(file).display().to_string()) && data.join(file).exists(), "{file}");
    }
    let id = sandbox.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert!(sandbox.wait().unwrap().success());
    let mut rest = String::new();
    output.read_to_string(&mut rest).unwrap();
    assert!(rest.contains("Stopping"), "{rest}");

    let (mut again, _output, said) = start(&data);
    assert!(!said.contains("First start"), "{said}");
    again.kill().unwrap();
    again.wait().unwrap();
}

#[test]
fn a_folder_of_a_newer_version_is_refused_with_what_to_do() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("version"), "999\n").unwrap();
    let output = citizen(&["sandbox", "--port", "0", "--data"], &[folder.path()]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("--reset") && !stderr(&output).contains("panicked"), "{}", stderr(&output));
}
