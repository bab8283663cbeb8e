//! `citizen register`: a citizen of the invented population gets an account, from the card's QR to the signed-in phone.

use std::path::PathBuf;

use anyhow::{Context, Result, bail, ensure};
use citizen_phone::{Phone, Setup, Step, password};
use citizen_protocol::wire::{ApplicationState, SignIn, SignInRequest};
use citizen_sandbox::{Citizen, Config, Kind, Population, Sandbox};
use citizen_scenes::{Code, Level};
use citizen_vision::{CardScanner, FrameLayout, Scan};
use clap::Args;

use crate::console::tell;
use crate::{Outcome, scan};

/// Side of a module of the card's drawn QR, in pixels.
const MODULE_PX: u32 = 6;

#[derive(Args)]
pub(crate) struct Options {
    /// Which citizen: a number from 0.
    #[arg(long, value_name = "N", default_value_t = 0)]
    citizen: u32,
    /// The portrait to send, as `citizen selfie --portrait` leaves it.
    #[arg(long, value_name = "FILE")]
    portrait: PathBuf,
}

pub(crate) fn run(options: &Options) -> Result<Outcome> {
    let portrait = std::fs::read(&options.portrait).with_context(|| options.portrait.display().to_string())?;
    let folder = tempfile::tempdir()?;
    tell("Đang khởi động dịch vụ... / Starting the service...");
    let sandbox = Sandbox::start(&Config::new(folder.path().join("service"))).context("sandbox")?;
    let citizen = Population::default().of(Kind::Plain, options.citizen);
    scan_card(&citizen)?;
    let phone = Phone::start(&folder.path().join("phone"), &Setup::new(sandbox.identity()));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(register(&phone, &sandbox, &citizen, &portrait))?;
    Ok(Outcome::Done)
}

/// The card's QR, drawn and read.
fn scan_card(citizen: &Citizen) -> Result<()> {
    let code = Code::new(citizen.payload(), Level::Medium).ok().context("the card's text does not fit into a QR")?;
    let picture = code.draw(MODULE_PX);
    let scanner = CardScanner::on(scan::today()?);
    let layout = FrameLayout::tight(picture.width(), picture.height());
    match scanner.scan_still(&picture, layout)? {
        Scan::Card { reading, .. } => {
            let card = reading.card;
            ensure!(card.to_payload() == citizen.payload(), "the scanner read another card");
            println!("Thẻ / Card: {}, {}, {}", card.number(), card.name(), card.birth_date());
            Ok(())
        }
        Scan::Hint { hint, .. } => bail!("the drawn card was not read: {hint:?}"),
    }
}

async fn register(phone: &Phone, sandbox: &Sandbox, citizen: &Citizen, portrait: &[u8]) -> Result<()> {
    let application = phone.register_with(sandbox, citizen, portrait, |step| tell(words(step))).await?;
    ensure!(application.state == ApplicationState::Approved, "{:?}: {:?}", application.state, application.reasons);
    for message in sandbox.messages(&citizen.phone) {
        println!("\n{:?} {}\n{}", message.channel, citizen.phone, message.body);
    }
    println!();
    let (id_number, password) = (citizen.number.clone(), password(citizen.index));
    let signed_in = phone.account.sign_in(&SignInRequest { id_number, password, otp_challenge: None }).await?;
    let SignIn::SignedIn { account, .. } = signed_in else { bail!("a code is asked for") };
    let ledger = phone.account.ledger().await?.context("a list of devices")?;
    let newest = ledger.head().map_or(0, |head| head.seq);
    println!("Đã đăng nhập / Signed in: {:?}", account.level);
    println!("Danh sách máy, mục mới nhất / List of devices, newest entry: {newest}");
    Ok(())
}

fn words(step: Step) -> &'static str {
    match step {
        Step::Phone => "Đang tạo khóa và đăng ký máy... / Making keys, registering the phone...",
        Step::Code => "Đang xác minh số điện thoại bằng mã một lần... / Proving the phone number by a one-time code...",
        Step::Portrait => "Đang gửi ảnh chân dung... / Sending the portrait...",
        Step::Password => "Đang đặt mật khẩu... / Giving a password...",
        Step::Application => "Đang gửi hồ sơ... / Sending the application...",
    }
}
