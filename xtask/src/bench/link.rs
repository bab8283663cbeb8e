//! The client beside plain reqwest, and the sandbox under load: `bench-link` of `tests/bench` measures, here the ratios are judged and
//! written down.

use std::fmt::Write as _;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use xshell::{Shell, cmd};

use crate::install::{Tool, need};
use crate::step;

const RESULTS: &str = "docs/benchmarks";
const TARGET: &str = "target/bench";

/// Signing a request beside ring alone, and a signed request beside one of plain reqwest.
const MOST: f64 = 1.5;
/// Registrations a second, from 64 clients.
const LEAST: f64 = 200.0;

#[derive(Deserialize)]
struct Line {
    measure: String,
    of: String,
    value: f64,
    unit: String,
}

pub(super) fn run(sh: &Shell, seconds: u32) -> Result<()> {
    need(sh, &[Tool::BuildEssential])?;
    step("Building client, peers and service");
    let manifest = ["--release", "--locked", "--manifest-path", "tests/bench/Cargo.toml", "--target-dir", TARGET];
    cmd!(sh, "cargo build {manifest...} --bin bench-link").run()?;
    step("Signatures, and requests in turn");
    let mut lines = parse(&cmd!(sh, "{TARGET}/release/bench-link requests").read()?)?;
    step("Registrations from 64 clients");
    let seconds = seconds.to_string();
    lines.extend(parse(&cmd!(sh, "{TARGET}/release/bench-link load {seconds}").read()?)?);

    let value = |measure: &str, of: &str| {
        let line = lines.iter().find(|line| line.measure == measure && line.of == of);
        line.map(|line| line.value).with_context(|| format!("{measure} of {of}"))
    };
    let signing = value("sign a request", "citizen")? / value("sign a request", "ring alone")?;
    let request = value("signed request", "citizen")? / value("signed request", "plain reqwest")?;
    let rate = value("registrations", "citizen sandbox")?;
    let share = rate / value("registrations", "the same without a database")?;
    let page = page(&lines, [signing, request, rate, share], &seconds)?;
    println!("{page}");
    sh.create_dir(RESULTS)?;
    sh.write_file(format!("{RESULTS}/link.md"), page)?;
    if signing > MOST || request > MOST || rate < LEAST {
        bail!(
            "past a limit: signing {signing:.2} and request {request:.2} of {MOST}, {rate:.0} registrations of {LEAST}"
        );
    }
    Ok(())
}

fn parse(output: &str) -> Result<Vec<Line>> {
    Ok(output.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

fn page(lines: &[Line], [signing, request, rate, share]: [f64; 4], seconds: &str) -> Result<String> {
    let mut page = String::from(
        "# The link beside its peers\n\n\
         Written by `cargo xtask bench link`; don't edit. Times and rates are of one shared machine of two cores, which client and \
         service share: compare them with each other, don't quote them.\n\n\
         | measure | of | median | |\n|---|---|--:|---|\n",
    );
    for Line { measure, of, value, unit } in lines {
        writeln!(page, "| {measure} | {of} | {value:.0} | {unit} |")?;
    }
    write!(
        page,
        "\n- Signing a request, with digest, signature base and headers: {signing:.2} times a bare ring signature over as many bytes \
         (limit {MOST}).\n\
         - 1,000 signed requests (`GET /v1/trust`) through the client, with key store, nonces, limits and typed answers: {request:.2} times \
         the same through plain reqwest, signed ahead (limit {MOST}).\n\
         - Registrations from 64 clients over TLS for {seconds} s, each of eight requests (challenge, phone, code, its answer, portrait, \
         its 24 KiB, password, application) and every one ending in an account: {rate:.0} a second (at \
         least {LEAST}); {share:.2} times the same axum server without a database.\n"
    )?;
    Ok(page)
}
