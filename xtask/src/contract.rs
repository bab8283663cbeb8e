//! `cargo xtask contract`: the service's contract, kept in `docs/openapi.json`; a running service is held to it by schemathesis.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};
use clap::Args;
use serde_json::Value;
use xshell::{Shell, cmd};

use crate::install::{Tool, need, python};
use crate::{root, step};

const CONTRACT: &str = "docs/openapi.json";
const FOLDER: &str = "target/contract";

/// schemathesis and all it imports, and what signs.
const PACKAGES: [&str; 30] = [
    "schemathesis==4.32.5",
    "cryptography==50.0.2",
    "anyio==4.16.0",
    "certifi==2026.10.19.post1",
    "cffi==2.1.1",
    "charset-normalizer==3.5.3",
    "click==8.5.1",
    "graphql-core==3.3.2",
    "harfile==0.6.0",
    "hypothesis==6.170.17",
    "hypothesis-graphql==0.13.5",
    "idna==3.20",
    "iniconfig==2.3.1",
    "jsonschema_rs==0.60.3",
    "markdown-it-py==4.3.0",
    "MarkupSafe==3.0.4",
    "mdurl==0.1.2",
    "packaging==26.4",
    "pluggy==1.7.0",
    "pycparser==3.12",
    "Pygments==2.21.0",
    "pyrate-limiter==4.5.1",
    "pytest==9.2.0",
    "PyYAML==6.0.4",
    "requests==2.34.2",
    "rich==15.0.0",
    "sortedcontainers==2.4.0",
    "typing_extensions==4.16.0",
    "urllib3==2.8.0",
    "Werkzeug==3.1.9",
];

/// The last one is our own: tests/contract/hooks.py.
const CHECKS: [&str; 9] = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "missing_required_header",
    "unsupported_method",
    "problem_conformance",
];

#[derive(Args)]
pub(crate) struct Options {
    /// Only writes docs/openapi.json anew.
    #[arg(long)]
    write: bool,
    /// Generated requests for each operation, at most; boundary values and chains of requests come on top.
    #[arg(long, value_name = "N", default_value_t = 100)]
    examples: u32,
    /// Another seed: other requests. The same one: the same again.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
}

pub(crate) fn run(sh: &Shell, options: &Options) -> Result<()> {
    need(sh, &[Tool::BuildEssential])?;
    if options.write {
        return sh.write_file(CONTRACT, generated(sh)?).map_err(Into::into);
    }
    prove(sh, options.examples, options.seed).map(drop)
}

/// Fails if the contract that is kept is not the one of the code.
pub(crate) fn check(sh: &Shell) -> Result<()> {
    ensure!(sh.read_file(CONTRACT)? == generated(sh)?, "{CONTRACT} is stale: run cargo xtask contract --write");
    Ok(())
}

fn generated(sh: &Shell) -> Result<String> {
    let program = program(sh)?;
    let mut contract = cmd!(sh, "{program}").quiet().read()?;
    contract.push('\n');
    Ok(contract)
}

/// The contract, or a service that stands to it: tests/sandbox/src/bin.
fn program(sh: &Shell) -> Result<PathBuf> {
    cmd!(sh, "cargo build --quiet --package citizen-sandbox --bin sandbox-contract").run()?;
    Ok(root().join("target/debug/sandbox-contract"))
}

/// What was asked, and what came of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Proof {
    pub(crate) operations: usize,
    pub(crate) cases: u64,
    pub(crate) failed: u64,
}

/// Sends generated requests to a service of its own; each answer is held to the contract. Every operation must have been asked, and must
/// have succeeded at times: else its success was never looked at.
pub(crate) fn prove(sh: &Shell, examples: u32, seed: u64) -> Result<Proof> {
    check(sh)?;
    need(sh, &[Tool::PythonVenv])?;
    let python = python(sh, "contract", &PACKAGES)?;
    sh.remove_path(FOLDER)?;
    let folder = sh.create_dir(root().join(FOLDER))?;
    let (data, tally) = (folder.join("data"), folder.join("tally.json"));
    step("The service against its contract");
    let service = Service::start(&program(sh)?, &data)?;

    let scripts = root().join("tests/contract");
    let (contract, config, ca) = (root().join(CONTRACT), scripts.join("schemathesis.toml"), data.join("ca.pem"));
    let (url, seed, examples, checks) = (&service.url, seed.to_string(), examples.to_string(), CHECKS.join(","));
    let settings: [(&str, &OsStr); 8] = [
        ("PYTHONPATH", scripts.as_ref()),
        ("PYTHONDONTWRITEBYTECODE", "1".as_ref()),
        ("SCHEMATHESIS_HOOKS", "hooks".as_ref()),
        ("NO_PROXY", "localhost".as_ref()),
        ("CITIZEN_URL", url.as_ref()),
        ("CITIZEN_DATA", data.as_ref()),
        ("CITIZEN_TALLY", tally.as_ref()),
        ("CITIZEN_SEED", seed.as_ref()),
    ];
    // What it leaves behind for its own commands lies there, too.
    let inside = sh.push_dir(&folder);
    let kept =
        cmd!(sh, "{python} -m schemathesis.cli --config-file {config} run {contract} --url {url} --tls-verify {ca}")
            .args([
                "--checks",
                &checks,
                "--max-examples",
                &examples,
                "--seed",
                &seed,
                "--continue-on-failure",
                "--no-color",
            ])
            .envs(settings)
            .run()
            .is_ok();
    drop(inside);
    drop(service);

    let tally: Tally = serde_json::from_str(&sh.read_file(&tally)?).context("the tally")?;
    let proof = counted(&tally);
    println!("{} operations, {} cases, {} failed; seed {seed}", proof.operations, proof.cases, proof.failed);
    ensure!(kept && proof.failed == 0, "the service does not keep its contract: see above");
    complete(&tally, &operations(&serde_json::from_str(&sh.read_file(CONTRACT)?)?))?;
    Ok(proof)
}

/// A service in a process of its own, until this goes.
struct Service {
    process: Child,
    url: String,
}

impl Service {
    fn start(program: &Path, data: &Path) -> Result<Self> {
        let mut process = Command::new(program)
            .arg(data)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("the service")?;
        let output = process.stdout.take().context("the service's output")?;
        let mut url = String::new();
        BufReader::new(output).read_line(&mut url)?;
        ensure!(!url.is_empty(), "the service did not start");
        Ok(Self { process, url: url.trim_end().to_owned() })
    }
}

impl Drop for Service {
    /// It stops when its input ends.
    fn drop(&mut self) {
        self.process.stdin.take();
        let _ = self.process.wait();
    }
}

/// Of each operation, how often each status came; beside that `failed`.
type Tally = BTreeMap<String, BTreeMap<String, u64>>;

const OK: &str = "200";
const FAILED: &str = "failed";

/// Adds up, and shows each operation.
fn counted(tally: &Tally) -> Proof {
    let mut proof = Proof { operations: tally.len(), ..Proof::default() };
    println!("{:<26}{:>6}{:>8}", "operation", "cases", "success");
    for (name, counts) in tally {
        let cases = counts.iter().filter(|(of, _)| of.as_str() != FAILED).map(|(_, count)| count).sum::<u64>();
        let percent = counts.get(OK).copied().unwrap_or(0) * 100 / cases.max(1);
        println!("{name:<26}{cases:>6}{percent:>6} %");
        proof.cases += cases;
        proof.failed += counts.get(FAILED).copied().unwrap_or(0);
    }
    proof
}

fn complete(tally: &Tally, operations: &[String]) -> Result<()> {
    let never = |name: &&String| !tally.get(*name).is_some_and(|counts| counts.contains_key(OK));
    let never: Vec<_> = operations.iter().filter(never).map(String::as_str).collect();
    ensure!(never.is_empty(), "never asked, or never with success: {} (tests/contract/real.py)", never.join(", "));
    Ok(())
}

/// The names of all operations.
fn operations(contract: &Value) -> Vec<String> {
    let paths = contract["paths"].as_object().into_iter().flat_map(|paths| paths.values());
    let operations = paths.filter_map(Value::as_object).flat_map(|path| path.values());
    operations.filter_map(|operation| operation["operationId"].as_str()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn tally() -> Tally {
        serde_json::from_value(json!({ "a": { "200": 3, "404": 1, "failed": 2 }, "b": { "400": 5 } })).unwrap()
    }

    #[test]
    fn cases_are_answers_and_failures_are_counted_apart() {
        assert_eq!(counted(&tally()), Proof { operations: 2, cases: 9, failed: 2 });
    }

    #[test]
    fn an_operation_without_a_success_is_named() {
        let contract = json!({ "paths": { "/a": { "get": { "operationId": "a" } }, "/b": {
            "put": { "operationId": "b" }, "post": { "operationId": "c" } } } });
        let error = complete(&tally(), &operations(&contract)).unwrap_err().to_string();
        assert!(error.contains("success: c, b (") && !error.contains("a, "), "{error}");
        assert!(complete(&tally(), &["a".to_owned()]).is_ok());
    }
}
