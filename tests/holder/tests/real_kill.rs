//! A sample of real deaths: the process is killed (SIGKILL) while its citizen registers, again and again, until it gets to the end.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use citizen_sandbox::{Config, Kind, Population, Sandbox};

/// Citizens; `cargo xtask soak enrolment` takes more.
const CITIZENS: u32 = 2;
/// Lives that are cut short, each a little longer than the one before: it gets further each time.
const FIRST_LIFE: Duration = Duration::from_millis(300);
const LONGER: Duration = Duration::from_millis(350);

fn citizens() -> u32 {
    std::env::var("KILLED_CITIZENS").ok().and_then(|count| count.parse().ok()).unwrap_or(CITIZENS)
}

fn start(folder: &Path, sandbox: &Sandbox, nth: u32, outbox: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_citizen-holder"))
        .arg(folder)
        .arg(sandbox.data().join("client.json"))
        .arg(nth.to_string())
        .arg(outbox)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Whether it ended well by itself within its life; else it is killed.
fn live(child: &mut Child, life: Duration) -> bool {
    let end = Instant::now() + life;
    while Instant::now() < end {
        if let Some(status) = child.try_wait().unwrap() {
            return status.success();
        }
        std::thread::yield_now();
        std::thread::park_timeout(Duration::from_millis(5));
    }
    // SIGKILL, on Unix.
    child.kill().unwrap();
    child.wait().unwrap();
    false
}

#[test]
fn real_kills_cost_nothing_and_double_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Arc::new(Sandbox::start(&Config::new(folder.path().join("service"))).unwrap());
    let mut kills = 0;
    for nth in 0..citizens() {
        let citizen = Population::default().of(Kind::Plain, nth);
        let outbox = folder.path().join(format!("outbox-{nth}.json"));
        let postman = Postman::start(sandbox.clone(), citizen.phone.clone(), outbox.clone());
        let phone = folder.path().join(format!("phone-{nth}"));
        let mut life = FIRST_LIFE;
        while !live(&mut start(&phone, &sandbox, nth, &outbox), life) {
            kills += 1;
            life += LONGER;
            assert!(life < Duration::from_mins(1), "citizen {nth} never gets there");
        }
        postman.stop();
        assert_eq!(sandbox.applications_of(&citizen.number), 1, "citizen {nth}: applications");
        assert_eq!(sandbox.devices_of(&citizen.number), 1, "citizen {nth}: phones");
    }
    println!("{} citizens, {kills} kills (SIGKILL): one application and one phone each", citizens());
    assert!(kills > 0, "nobody was killed");
}

/// Writes the messages to a phone where the process that plays it finds them.
struct Postman {
    stopped: Arc<AtomicBool>,
    thread: std::thread::JoinHandle<()>,
}

impl Postman {
    fn start(sandbox: Arc<Sandbox>, address: String, outbox: std::path::PathBuf) -> Self {
        let stopped = Arc::new(AtomicBool::new(false));
        let until = stopped.clone();
        let thread = std::thread::spawn(move || {
            while !until.load(Ordering::SeqCst) {
                let texts: Vec<_> = sandbox.messages(&address).into_iter().map(|message| message.body).collect();
                let new = outbox.with_extension("new");
                std::fs::write(&new, serde_json::to_vec(&texts).unwrap()).unwrap();
                std::fs::rename(&new, &outbox).unwrap();
                std::thread::park_timeout(Duration::from_millis(20));
            }
        });
        Self { stopped, thread }
    }

    fn stop(self) {
        self.stopped.store(true, Ordering::SeqCst);
        self.thread.join().unwrap();
    }
}
