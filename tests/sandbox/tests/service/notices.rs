//! Links in notices, as a browser and a mail program's preview meet them.

use citizen_protocol::ledger::Kind;
use citizen_sandbox::Population;

use crate::client::{Client, Reply};
use crate::moving::{Mover, keys};
use crate::registered::ok;
use crate::{folder, sandbox};

fn page(reply: &Reply) -> String {
    assert_eq!(reply.headers["content-type"], "text/html; charset=utf-8");
    assert!(reply.headers["content-security-policy"].contains("default-src 'none'"));
    assert_eq!((&*reply.headers["referrer-policy"], &*reply.headers["cache-control"]), ("no-referrer", "no-store"));
    String::from_utf8(reply.body.clone()).unwrap()
}

#[test]
fn previews_change_nothing_and_the_button_freezes_once() {
    let folder = folder();
    let sandbox = sandbox(&folder);
    let mut it = Mover::shipped(&sandbox, Population::default().of(citizen_sandbox::Kind::Plain, 0));
    ok(&it.commit());
    let body = sandbox.messages(&it.citizen.phone).last().unwrap().body.clone();
    let link = body.split_whitespace().find(|word| word.starts_with("https://")).unwrap();
    let target = link.strip_prefix(&sandbox.identity().url()).unwrap().to_owned();
    let mut client = Client::connect(sandbox.identity());
    for _ in 0..3 {
        let shown = client.send("GET", &target, &[], b"").unwrap();
        let html = page(&shown);
        assert!(shown.status == 200 && html.contains("Freeze the account") && !html.contains("Stop the move"));
        assert!(html.contains(&format!("action=\"{target}/freeze\"")));
        assert_eq!(client.send("HEAD", &target, &[], b"").unwrap().status, 405);
    }
    assert_eq!(it.served(), Some(keys(&it.new.phone).device()));
    let pressed = client.send("POST", &format!("{target}/freeze"), &[], b"").unwrap();
    assert!(pressed.status == 200 && page(&pressed).contains("The account is frozen"));
    assert_eq!((it.kinds(), it.served()), (vec![Kind::Enrol, Kind::Transfer, Kind::Freeze], None));
    for (method, target) in [("GET", target.clone()), ("POST", format!("{target}/freeze"))] {
        let again = client.send(method, &target, &[], b"").unwrap();
        assert!(again.status == 410 && page(&again).contains("was used"));
    }
}
