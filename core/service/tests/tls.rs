//! Whom the client talks to, and whom not: each with an error of its own.

mod common;

use std::net::Ipv4Addr;

use citizen_protocol::wire::{Next, SignedBytes};
use citizen_service::{CertTime, Phase, ServiceError};
use citizen_vault::{Changes, Store, Table};
use common::{Authority, DAY, Identity, Phone, Root, Server, SignedBy, TLS12_ONLY};
use rustls::ProtocolVersion;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

async fn error_of(identity: Identity) -> ServiceError {
    Phone::new().ask_server(&Server::start(identity).await).await.unwrap_err()
}

#[tokio::test]
async fn a_good_service_answers_over_tls_1_3() {
    let server = Server::start(Identity::default()).await;
    Phone::new().ask_server(&server).await.unwrap();
    let (version, _) = server.negotiated.lock().unwrap().unwrap();
    assert_eq!(version, ProtocolVersion::TLSv1_3);
}

#[tokio::test]
async fn an_expired_certificate_asks_to_look_at_the_clock() {
    let error = error_of(Identity { not_before: -2 * DAY, not_after: -DAY, ..Identity::default() }).await;
    let ServiceError::CertTime(CertTime::Expired { now, not_after }) = error else { panic!("{error:?}") };
    assert!(now > not_after);
    assert_eq!(error.next(), Next::SetClock);
}

#[tokio::test]
async fn a_certificate_of_tomorrow_asks_to_look_at_the_clock() {
    let error = error_of(Identity { not_before: DAY, not_after: 2 * DAY, ..Identity::default() }).await;
    let ServiceError::CertTime(CertTime::NotYetValid { now, not_before }) = error else { panic!("{error:?}") };
    assert!(now < not_before);
}

#[tokio::test]
async fn another_hosts_certificate_is_refused() {
    assert_eq!(error_of(Identity { name: "example.vn", ..Identity::default() }).await, ServiceError::HostMismatch);
}

#[tokio::test]
async fn an_unknown_issuer_is_refused() {
    let error = error_of(Identity { signed_by: SignedBy::Another, ..Identity::default() }).await;
    assert_eq!(error, ServiceError::UntrustedIssuer { self_signed: false });
}

#[tokio::test]
async fn a_self_signed_certificate_is_refused_as_such() {
    let error = error_of(Identity { signed_by: SignedBy::Itself, ..Identity::default() }).await;
    assert_eq!(error, ServiceError::UntrustedIssuer { self_signed: true });
}

#[tokio::test]
async fn a_service_of_tls_1_2_is_refused() {
    let error = error_of(Identity { versions: TLS12_ONLY, ..Identity::default() }).await;
    assert_eq!(error, ServiceError::TlsVersion);
}

#[tokio::test]
async fn a_key_that_is_not_pinned_is_refused_although_the_chain_is_good() {
    let server = Server::start(Identity::default()).await;
    let error = Phone::new().ask_pinned(&server, &[[1; 32], [2; 32]]).await.unwrap_err();
    assert_eq!(error, ServiceError::PinMismatch);
}

#[tokio::test]
async fn the_backup_pin_is_as_good_as_the_current_one() {
    let server = Server::start(Identity::default()).await;
    Phone::new().ask_pinned(&server, &[[1; 32], [2; 32], server.pin()]).await.unwrap();
}

/// A set that the phone fetched counts if it is newer than the build's; one that is older, or that somebody else signed, does not.
#[tokio::test]
async fn of_two_pin_sets_the_newest_that_the_root_signed_counts() {
    const KEPT: Table<SignedBytes> = Table::new("trust");
    let server = Server::start(Identity::default()).await;
    // The build has version 2.
    for (version, by_the_root, accepted) in [(3, true, true), (1, true, false), (3, false, false)] {
        let phone = Phone::new();
        let stranger = Root::new();
        let root = if by_the_root { &phone.root } else { &stranger };
        let set = root.pin_set(version, &[server.pin()]);
        phone.vault.commit(Changes::new().put(&KEPT, "pins", &set).unwrap()).unwrap();
        let answer = phone.ask_pinned(&server, &[[1; 32]]).await;
        assert_eq!(answer.is_ok(), accepted, "version {version}: {answer:?}");
    }
}

/// Chain, name and dates come first: what is wrong with them is not hidden behind a pin.
#[tokio::test]
async fn a_wrong_name_is_said_before_a_wrong_pin() {
    let server = Server::start(Identity { name: "example.vn", ..Identity::default() }).await;
    let error = Phone::new().ask_pinned(&server, &[[1; 32]]).await.unwrap_err();
    assert_eq!(error, ServiceError::HostMismatch);
}

#[tokio::test]
async fn nobody_listening_is_offline() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let roots = vec![Authority::new("ours").certificate.to_vec()];
    let error = Phone::new().ask(format!("localhost:{port}"), roots, &[[1; 32]]).await.unwrap_err();
    assert_eq!(error, ServiceError::Offline);
}

#[tokio::test]
async fn a_port_that_never_answers_is_a_connect_time_out() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let roots = vec![Authority::new("ours").certificate.to_vec()];
    let error = Phone::new().ask(format!("localhost:{port}"), roots, &[[1; 32]]).await.unwrap_err();
    assert_eq!(error, ServiceError::Timeout(Phase::Connect));
}

#[tokio::test]
async fn what_speaks_no_tls_is_said() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
        }
    });
    let roots = vec![Authority::new("ours").certificate.to_vec()];
    let error = Phone::new().ask(format!("localhost:{port}"), roots, &[[1; 32]]).await.unwrap_err();
    assert_eq!(error, ServiceError::Tls);
}

/// `openssl s_client` sees the protocol and cipher that our client got.
#[tokio::test]
async fn openssl_agrees_on_protocol_and_cipher() {
    let server = Server::start(Identity::default()).await;
    Phone::new().ask_server(&server).await.unwrap();
    let (_, suite) = server.negotiated.lock().unwrap().unwrap();
    let ours = format!("{:?}", suite.suite()).replace("TLS13_", "TLS_");
    let address = format!("localhost:{}", server.port);
    let seen = tokio::task::spawn_blocking(move || {
        let mut openssl = std::process::Command::new("openssl");
        openssl.args(["s_client", "-connect", &address, "-brief"]).stdin(std::process::Stdio::null());
        openssl.output().expect("openssl is installed: cargo xtask test does that")
    });
    let seen = seen.await.unwrap();
    let seen = String::from_utf8_lossy(&[seen.stdout, seen.stderr].concat()).into_owned();
    assert!(seen.contains("Protocol version: TLSv1.3"), "{seen}");
    assert!(seen.contains(&format!("Ciphersuite: {ours}")), "{ours}: {seen}");
}
