//! `citizen sandbox`: the identity service, on this computer, until Ctrl-C.

mod attendant;

use std::fmt::Display;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use anyhow::{Context, Result};
use attendant::{Attendant, Duties};
use citizen_sandbox::{Config, Sandbox};
use clap::Args;
use tokio::signal::unix::{SignalKind, signal};

use crate::Outcome;
use crate::console::tell;

/// Where clients look for it if nobody says otherwise.
const PORT: u16 = 8443;

#[derive(Args)]
pub(crate) struct Options {
    /// The port, reachable from this computer only; 0: any that is free.
    #[arg(long, value_name = "N", default_value_t = PORT)]
    port: u16,
    /// The data folder; made if missing, kept between runs.
    #[arg(long, value_name = "DIR", default_value = "sandbox-data")]
    data: PathBuf,
    /// Forget everything first: accounts, messages, keys.
    #[arg(long)]
    reset: bool,
    /// Let a quarter of the requests meet delay, loss, errors or a broken-off answer, by this seed.
    #[arg(long, value_name = "SEED")]
    faults: Option<u64>,
    #[command(flatten)]
    duties: Duties,
    /// Stop also when standard input ends, as it does when whoever started this is gone.
    #[arg(long)]
    until_stdin_closes: bool,
}

pub(crate) fn run(options: &Options) -> Result<Outcome> {
    let (ends, ended) = channel();
    note_interrupts(ends.clone())?;
    if options.until_stdin_closes {
        note_end_of_input(ends.clone())?;
    }
    if options.reset || !options.data.join("version").exists() {
        tell("Lần đầu: đang tạo khóa và dân cư giả lập... / First start: making keys and an invented population...");
    }
    let config =
        Config { port: options.port, reset: options.reset, faults: options.faults, ..Config::new(&options.data) };
    let sandbox = Arc::new(Sandbox::start(&config).context("sandbox")?);
    introduce(&sandbox, options.faults);
    let attendant = Attendant::start(&sandbox, options.duties, ends)?;
    let end = ended.recv();
    tell("Đang dừng... / Stopping...");
    attendant.dismiss();
    if let Some(sandbox) = Arc::into_inner(sandbox) {
        sandbox.stop();
    }
    match end {
        Ok(End::Unread(error)) => Err(error.into()),
        _ => Ok(Outcome::Done),
    }
}

/// Why it stops.
enum End {
    /// Somebody said so.
    Asked,
    /// Nobody reads the messages any more.
    Unread(io::Error),
}

/// From now on Ctrl-C is noted, and ends nothing by itself.
fn note_interrupts(ends: Sender<End>) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let inside = runtime.enter();
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    drop(inside);
    thread::Builder::new().name("interrupts".into()).spawn(move || {
        runtime.block_on(async {
            tokio::select! { _ = interrupt.recv() => (), _ = terminate.recv() => () }
        });
        let _ = ends.send(End::Asked);
    })?;
    Ok(())
}

/// The end of standard input ends it, too.
fn note_end_of_input(ends: Sender<End>) -> io::Result<()> {
    thread::Builder::new().name("input".into()).spawn(move || {
        // An input that can't be read has ended.
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
        let _ = ends.send(End::Asked);
    })?;
    Ok(())
}

/// Where it is, and what to do with it.
fn introduce(sandbox: &Sandbox, faults: Option<u64>) {
    let (url, data) = (sandbox.identity().url(), sandbox.data().display());
    let token_file = sandbox.desk_token_file();
    line("Địa chỉ / Address", &url);
    line("Dữ liệu / Data folder", &data);
    line("Cho ứng dụng / For clients", data_file(sandbox, "client.json"));
    line("Mã cán bộ / Desk token", token_file.display());
    if let Some(seed) = faults {
        line("Lỗi cố ý / Faults on, seed", seed);
    }
    tell("");
    tell("Tin nhắn đã gửi (SMS, email), nguyên văn / Messages sent (SMS, email), word for word:");
    tell(curl(sandbox, "messages", Some("{}")));
    tell("Hồ sơ chờ cán bộ xét duyệt / Cases that wait for an officer:");
    tell(curl(sandbox, "queue", None));
    tell("Cho thời gian trôi qua một ngày / Let a day pass:");
    tell(curl(sandbox, "clock/advance", Some("{\"seconds\":86400}")));
    tell(format_args!("Mọi thao tác / Every operation: {url}/openapi.json"));
    tell("");
    tell("Dừng: Ctrl-C. Lần sau dữ liệu vẫn còn; --reset để xóa hết.");
    tell("Stop: Ctrl-C. The data stays for the next run; --reset forgets it.");
}

fn line(what: &str, value: impl Display) {
    tell(format_args!("{what}: {value}"));
}

fn data_file(sandbox: &Sandbox, name: &str) -> String {
    sandbox.data().join(name).display().to_string()
}

/// A call of the desk that can be pasted into a shell.
fn curl(sandbox: &Sandbox, operation: &str, body: Option<&str>) -> String {
    let (url, ca) = (sandbox.identity().url(), data_file(sandbox, "ca.pem"));
    let token = sandbox.desk_token_file();
    let body = body.map_or_else(String::new, |body| format!(" --json '{body}'"));
    format!(
        "  curl --cacert '{ca}' -H \"Authorization: Bearer $(cat '{}')\"{body} {url}/desk/v1/{operation}",
        token.display()
    )
}
