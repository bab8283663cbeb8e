//! TLS, HTTP and what every answer has.

use citizen_protocol::wire::UnixTime;
use citizen_sandbox::{Config, Limits, Rate, Sandbox};
use rustls::ProtocolVersion;
use rustls::version::{TLS12, TLS13};

use crate::client::{Client, tls};
use crate::phone::Session;
use crate::{config, folder, sandbox};

#[test]
fn tls_1_3_it_is_and_nothing_older() {
    let folder = folder();
    let sandbox = sandbox(&folder);
    let open = tls(sandbox.identity(), &[&TLS13], &[b"h2", b"http/1.1"]).unwrap();
    assert_eq!(open.conn.protocol_version(), Some(ProtocolVersion::TLSv1_3));
    assert_eq!(open.conn.alpn_protocol(), Some(&b"h2"[..]));
    let refused = tls(sandbox.identity(), &[&TLS12], &[b"http/1.1"]).err().unwrap();
    assert!(refused.to_string().contains("ProtocolVersion"), "{refused}");
}

#[test]
fn the_certificate_holds_for_every_loopback_name() {
    let folder = folder();
    let sandbox = sandbox(&folder);
    for host in ["localhost", "127.0.0.1", "::1"] {
        let identity = citizen_sandbox::ServiceIdentity { host: host.into(), ..sandbox.identity().clone() };
        assert!(tls(&identity, &[&TLS13], &[]).is_ok(), "{host}");
    }
    let identity = citizen_sandbox::ServiceIdentity { host: "example.vn".into(), ..sandbox.identity().clone() };
    assert!(tls(&identity, &[&TLS13], &[]).is_err());
}

#[test]
fn every_answer_has_the_services_time_a_nonce_and_no_store() {
    let folder = folder();
    let sandbox = sandbox(&folder);
    let mut client = Client::connect(sandbox.identity());
    for target in ["/openapi.json", "/v1/trust", "/no/such/path"] {
        let reply = client.send("GET", target, &[], b"").unwrap();
        assert_eq!(reply.headers["date"], "Thu, 01 Jan 2026 00:00:00 GMT", "{target}");
        assert_eq!(reply.headers["cache-control"], "no-store", "{target}");
        assert!(reply.headers["eid-nonce"].len() == 54, "{target}");
    }
    sandbox.advance(86_400).unwrap();
    let reply = client.send("GET", "/openapi.json", &[], b"").unwrap();
    assert_eq!(reply.headers["date"], "Fri, 02 Jan 2026 00:00:00 GMT");
}

/// Method, target, headers, body; status and code.
type Case<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], &'a [u8], u16, &'a str);

#[test]
fn what_is_not_in_the_contract_is_a_problem_with_a_code() {
    let folder = folder();
    let sandbox = sandbox(&folder);
    let mut client = Client::connect(sandbox.identity());
    let json = ("content-type", "application/json");
    let long = format!("/{}", "a".repeat(5000));
    let cases: [Case; 9] = [
        ("GET", "/no/such/path", &[], b"", 404, "not_found"),
        ("GET", long.as_str(), &[], b"", 404, "not_found"),
        ("GET", "/v1/devices", &[], b"", 405, "method_not_allowed"),
        ("PATCH", "/v1/account", &[], b"", 405, "method_not_allowed"),
        ("POST", "/v1/enrol-challenges", &[("content-type", "text/plain")], b"{}", 415, "media_type"),
        ("POST", "/v1/enrol-challenges", &[json], b"{", 400, "bad_body"),
        ("POST", "/v1/enrol-challenges", &[json], b"{\"x\":1}", 400, "bad_body"),
        ("POST", "/v1/enrol-challenges", &[json], b"[]", 400, "bad_body"),
        ("GET", "/v1/trust", &[], b"", 401, "unsigned"),
    ];
    for (method, target, headers, body, status, code) in cases {
        let reply = client.send(method, target, headers, body).unwrap();
        assert_eq!((reply.status, reply.code().as_str()), (status, code), "{method} {target}");
    }
    assert_eq!(client.send("HEAD", "/v1/trust", &[], b"").unwrap().status, 405);
}

#[test]
fn too_large_bodies_and_heads_are_refused_and_the_service_goes_on() {
    let folder = folder();
    let sandbox = sandbox(&folder);
    let json = [("content-type", "application/json")];
    let announced = b"POST /v1/enrol-challenges HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 1048577\r\n\r\n";
    let reply = Client::connect(sandbox.identity()).raw(announced).unwrap();
    assert_eq!((reply.status, reply.code().as_str()), (413, "too_large"));
    let chunked = format!(
        "POST /v1/enrol-challenges HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n100001\r\n{}",
        " ".repeat(0x10_0001)
    );
    let reply = Client::connect(sandbox.identity()).raw(chunked.as_bytes()).unwrap();
    assert_eq!((reply.status, reply.code().as_str()), (413, "too_large"));

    let long = "a".repeat(20_000);
    let refused = Client::connect(sandbox.identity()).send("GET", "/openapi.json", &[("x-long", &long)], b"");
    assert!(refused.is_err() || refused.unwrap().status == 431);
    let many: Vec<_> = (0..100).map(|_| ("x-many", "1")).collect();
    let refused = Client::connect(sandbox.identity()).send("GET", "/openapi.json", &many, b"");
    assert!(refused.is_err() || refused.unwrap().status == 431);
    assert_eq!(
        Client::connect(sandbox.identity()).send("POST", "/v1/enrol-challenges", &json, b"{}").unwrap().status,
        200
    );
}

/// A socket that is closed while bytes arrive is reset, and the reset can overtake the answer (RFC 9112, 9.6).
#[test]
fn who_is_still_sending_hears_why_it_is_refused() {
    let folder = folder();
    let sandbox = sandbox(&folder);
    // More than the buffers of two sockets on loopback take.
    let body = vec![b' '; 8 << 20];
    let json = ("content-type", "application/json");
    let cases: [(_, &[(&str, &str)], _, _); 3] = [
        ("/v1/enrol-challenges", &[json], 413, "too_large"),
        ("/desk/v1/messages", &[json], 401, "desk_only"),
        ("/no/such/path", &[], 404, "not_found"),
    ];
    for (target, headers, status, code) in cases {
        let reply = Client::connect(sandbox.identity()).send("POST", target, headers, &body).unwrap();
        assert_eq!((reply.status, reply.code().as_str()), (status, code), "{target}");
    }
}

#[test]
fn a_flood_is_told_when_to_come_again() {
    let folder = folder();
    let rate = Rate { burst: 3, per_second: 1 };
    let config = Config { limits: Limits { per_key: rate, unsigned: rate }, ..config(&folder) };
    let sandbox = Sandbox::start(&config).unwrap();
    let mut session = Session::registered(&sandbox);
    let json = [("content-type", "application/json")];
    let flood: Vec<_> =
        (0..4).map(|_| session.client.send("POST", "/v1/enrol-challenges", &json, b"{}").unwrap()).collect();
    let limited = flood.iter().find(|reply| reply.status == 429).unwrap();
    assert_eq!(
        (limited.code().as_str(), limited.headers["retry-after"].parse::<u32>().unwrap() > 0),
        ("rate_limited", true)
    );
    let flood: Vec<_> = (0..4)
        .map(|_| {
            let draft = session.draft("GET", "/v1/trust", None);
            session.send(&draft).status
        })
        .collect();
    assert!(flood.contains(&429), "{flood:?}");
}

#[test]
fn the_desk_takes_its_token_only_and_moves_the_clock_for_good() {
    let folder = folder();
    let first = sandbox(&folder);
    let mut client = Client::connect(first.identity());
    let token = format!("Bearer {}", first.desk_token());
    let wrong = format!("{token}x");
    let json = ("content-type", "application/json");
    let advance = |client: &mut Client, authorization: &[(&str, &str)], body: &str| {
        let headers = [&[json], authorization].concat();
        client.send("POST", "/desk/v1/clock/advance", &headers, body.as_bytes()).unwrap()
    };
    for authorization in [&[][..], &[("authorization", wrong.as_str())], &[("authorization", "Basic YTpi")]] {
        assert_eq!(advance(&mut client, authorization, "{\"seconds\":1}").code(), "desk_only");
    }
    let officer = [("authorization", token.as_str())];
    let advanced = advance(&mut client, &officer, "{\"seconds\":60}").json();
    assert_eq!(advanced, serde_json::json!({ "now": crate::NOW.0 + 60, "offset_s": 60 }));
    assert_eq!(advance(&mut client, &officer, "{\"seconds\":99999999999}").code(), "bad_body");
    let plain = [("content-type", "text/plain"), ("authorization", token.as_str())];
    let refused = client.send("POST", "/desk/v1/clock/advance", &plain, b"{\"seconds\":1}").unwrap();
    assert_eq!(refused.code(), "media_type");
    let stray = client.send("POST", "/desk/v1/clock/advance?x=1", &[json, officer[0]], b"{\"seconds\":1}").unwrap();
    assert_eq!(stray.code(), "bad_request");
    drop(client);
    first.stop();
    assert_eq!(sandbox(&folder).now(), UnixTime(crate::NOW.0 + 60));
}

/// The sequence of seed 3 of faults.rs, as seen from outside: some answers fail, others come, and every kind of failure is met.
#[test]
fn faults_come_when_they_are_asked_for() {
    let folder = folder();
    let sandbox = Sandbox::start(&Config { faults: Some(3), ..config(&folder) }).unwrap();
    let status =
        || Client::connect(sandbox.identity()).send("GET", "/openapi.json", &[], b"").map(|reply| reply.status);
    // At once, as some are delayed by up to 2 s.
    let answers: Vec<_> = std::thread::scope(|scope| {
        let asked: Vec<_> = (0..100).map(|_| scope.spawn(status)).collect();
        asked.into_iter().map(|asked| asked.join().unwrap().ok()).collect()
    });
    let count = |status| answers.iter().filter(|answer| **answer == status).count();
    let [lost, internal, unavailable, good] = [None, Some(500), Some(503), Some(200)].map(count);
    assert!(lost > 0 && internal > 0 && unavailable > 0 && good > 50, "{lost} {internal} {unavailable} {good}");
}
