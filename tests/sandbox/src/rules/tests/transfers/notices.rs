use citizen_protocol::transfer::Check;
use citizen_protocol::wire::{TransferEnd, TransferState};

use super::moving::Move;
use crate::rules::links::{self, Button, Offer, Outcome};
use crate::rules::testing::HOST;

/// What stands behind the last slash of the link in the newest message.
fn token(it: &mut Move) -> String {
    let body = it.world.last_message_to(&it.citizen.phone);
    let link = body.split_whitespace().find(|word| word.starts_with("https://")).unwrap();
    assert!(body.is_ascii() && body.len() <= 2 * 153, "two text messages: {} {body}", body.len());
    link.strip_prefix(&format!("https://{HOST}/notices/")).unwrap().to_owned()
}

fn press(it: &mut Move, token: &str, button: Button) -> Outcome {
    it.world.run(|work| links::press(work, token, button)).unwrap()
}

fn look(it: &mut Move, token: &str) -> Offer {
    it.world.run(|work| links::look(work, token)).unwrap()
}

#[test]
fn the_link_stops_a_held_move_once_and_looking_at_it_does_nothing() {
    let mut it = Move::accepted(Check::Digits);
    let token = token(&mut it);
    for _ in 0..3 {
        assert_eq!(look(&mut it, &token), Offer::FreezeOrStop);
    }
    assert!(matches!(it.state(), TransferState::Held { .. }));
    assert_eq!(press(&mut it, &token, Button::Stop), Outcome::Stopped);
    assert_eq!(it.state(), TransferState::Ended { reason: TransferEnd::Cancelled });
    assert_eq!(press(&mut it, &token, Button::Freeze), Outcome::Nothing);
    assert_eq!(look(&mut it, &token), Offer::Nothing);
    assert_eq!(it.world.count("SELECT COUNT(*) FROM accounts WHERE frozen_at IS NULL"), 1);
}

#[test]
fn after_the_move_the_link_freezes_and_nothing_else() {
    let mut it = Move::done();
    let token = token(&mut it);
    assert_eq!(look(&mut it, &token), Offer::Freeze);
    assert!(it.world.run(|work| links::press(work, &token, Button::Stop)).is_err(), "there is nothing to stop");
    assert_eq!(press(&mut it, &token, Button::Freeze), Outcome::Frozen);
    assert_eq!(it.world.count("SELECT COUNT(*) FROM accounts WHERE frozen_at IS NOT NULL"), 1);
    assert_eq!(press(&mut it, &token, Button::Freeze), Outcome::Nothing);
}

#[test]
fn a_link_that_comes_too_late_to_stop_still_freezes_and_one_of_four_days_ago_does_not() {
    let mut it = Move::accepted(Check::Scanned);
    let token = token(&mut it);
    it.ship();
    it.commit().unwrap();
    assert_eq!(press(&mut it, &token, Button::Stop), Outcome::TooLate);
    assert_eq!(look(&mut it, &token), Offer::Freeze);
    it.world.later(4 * 86_400);
    assert_eq!((look(&mut it, &token), press(&mut it, &token, Button::Freeze)), (Offer::Nothing, Outcome::Nothing));
    assert_eq!(look(&mut it, "nothing"), Offer::Nothing);
}

#[test]
fn the_database_does_not_know_the_links_themselves() {
    let mut it = Move::accepted(Check::Digits);
    let token = token(&mut it);
    let sql = "SELECT COUNT(*) FROM notice_links WHERE instr(CAST(token AS TEXT), ?1) > 0";
    assert_eq!(it.world.db.query_row(sql, [&token], |row| row.get::<_, u32>(0)).unwrap(), 0);
    assert_eq!(it.world.count("SELECT COUNT(*) FROM notice_links WHERE length(token) = 32"), 1);
}

/// Whoever took over the account may have changed its addresses, too.
#[test]
fn for_three_days_notices_go_to_the_addresses_of_before_as_well() {
    let mut it = Move::accepted(Check::Scanned);
    let account = it.account();
    it.world
        .run(|work| {
            let account = crate::rules::accounts::Account::by_id(work, account)?.unwrap();
            links::keep_former_address(work, &account, citizen_protocol::wire::OtpChannel::Sms)?;
            work.change("UPDATE accounts SET sms = '+84999999999'", []).map(drop)
        })
        .unwrap();
    it.ship();
    it.commit().unwrap();
    for address in [it.citizen.phone.clone(), "+84999999999".to_owned()] {
        assert!(it.world.last_message_to(&address).contains("has moved"), "{address}");
    }
}
