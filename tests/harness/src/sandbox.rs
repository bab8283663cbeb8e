//! `citizen sandbox`: the identity service, on this computer, until Ctrl-C.

use std::fmt::Display;
use std::path::PathBuf;

use anyhow::{Context, Result};
use citizen_sandbox::{Config, Sandbox};
use clap::Args;

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
}

pub(crate) fn run(options: &Options) -> Result<Outcome> {
    let interrupted = interrupted()?;
    if options.reset || !options.data.join("version").exists() {
        tell("Lần đầu: đang tạo khóa và dân cư giả lập... / First start: making keys and an invented population...");
    }
    let config =
        Config { port: options.port, reset: options.reset, faults: options.faults, ..Config::new(&options.data) };
    let sandbox = Sandbox::start(&config).context("sandbox")?;
    introduce(&sandbox, options.faults);
    interrupted();
    tell("Đang dừng... / Stopping...");
    sandbox.stop();
    Ok(Outcome::Done)
}

/// From now on Ctrl-C is noted and ends nothing by itself; what is returned waits for it.
fn interrupted() -> Result<impl FnOnce()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut interrupts = {
        let _inside = runtime.enter();
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())?
    };
    let mut ends = {
        let _inside = runtime.enter();
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?
    };
    Ok(move || {
        runtime.block_on(async {
            tokio::select! { _ = interrupts.recv() => (), _ = ends.recv() => () }
        });
    })
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
