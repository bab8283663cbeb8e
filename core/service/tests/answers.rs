//! What the client makes of answers that are not the contract's: an error of its own each, and never more memory than its limit.

mod common;

use citizen_protocol::wire::{Code, EnrolChallengeRequest, Next};
use citizen_service::{BodyFault, Phase, ServiceError};
use common::{Identity, Phone, Server, answer};

async fn error_of(answer: Vec<u8>) -> ServiceError {
    Phone::new().ask_server(&Server::answering(Identity::default(), answer).await).await.unwrap_err()
}

#[tokio::test]
async fn a_problem_of_the_contract_is_the_services_word() {
    let problem = br#"{"title":"x","status":429,"code":"rate_limited","retry_after_s":7,"more":[1]}"#;
    let error = error_of(answer("429 Too Many Requests", "application/problem+json; charset=utf-8", problem)).await;
    assert_eq!(error.next(), Next::Wait);
    let ServiceError::Server(problem) = error else { panic!("{error:?}") };
    assert_eq!((problem.code, problem.status, problem.retry_after_s), (Code::RateLimited, 429, Some(7)));
}

#[tokio::test]
async fn a_code_of_a_later_version_asks_for_an_update() {
    let problem = br#"{"title":"x","status":403,"code":"of_tomorrow"}"#;
    assert_eq!(error_of(answer("403 Forbidden", "application/problem+json", problem)).await.next(), Next::Update);
}

#[tokio::test]
async fn a_body_over_the_limit_is_given_up() {
    let body = [b"\"".as_slice(), &vec![b'a'; 2 << 20], b"\""].concat();
    assert_eq!(error_of(answer("200 OK", "application/json", &body)).await, ServiceError::TooLarge);
}

/// Without a length in its head the limit is found while reading.
#[tokio::test]
async fn a_body_without_a_length_is_given_up_at_the_limit() {
    let body =
        [b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n\"".as_slice(), &vec![b'a'; 8 << 20]].concat();
    assert_eq!(error_of(body).await, ServiceError::TooLarge);
}

#[tokio::test]
async fn a_body_that_ends_too_early_is_truncated() {
    let mut whole = answer("200 OK", "application/json", br#"{"challenge":"AAAA","expires_at":1}"#);
    whole.truncate(whole.len() - 5);
    assert_eq!(error_of(whole).await, ServiceError::BadBody(BodyFault::Truncated));
}

#[tokio::test]
async fn nesting_over_the_limit_is_not_the_contracts() {
    let body = [vec![b'['; 100_000], vec![b']'; 100_000]].concat();
    assert_eq!(error_of(answer("200 OK", "application/json", &body)).await, ServiceError::BadBody(BodyFault::Content));
}

#[tokio::test]
async fn another_media_type_is_refused() {
    let error = error_of(answer("200 OK", "text/html", b"<html>Sign in to this Wi-Fi</html>")).await;
    assert_eq!(error, ServiceError::BadBody(BodyFault::MediaType));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let head = b"HTTP/1.1 302 Found\r\nLocation: https://localhost:1/\r\nContent-Length: 0\r\n\r\n".to_vec();
    assert_eq!(error_of(head).await, ServiceError::BadBody(BodyFault::Status(302)));
}

#[tokio::test]
async fn a_proxys_error_page_is_no_word_of_the_service() {
    let error = error_of(answer("502 Bad Gateway", "text/html", b"<html>")).await;
    assert_eq!(error, ServiceError::BadBody(BodyFault::Status(502)));
}

#[tokio::test]
async fn what_is_no_http_is_no_answer() {
    assert!(matches!(
        error_of(b"SSH-2.0-OpenSSH\r\n".to_vec()).await,
        ServiceError::Offline | ServiceError::BadBody(_)
    ));
}

/// A head, and then nothing.
#[tokio::test]
async fn an_answer_that_never_comes_is_a_read_time_out() {
    let server = Server::silent().await;
    assert_eq!(Phone::new().ask_server(&server).await.unwrap_err(), ServiceError::Timeout(Phase::Read));
}

/// A node of the service whose own clock is wrong: its time leads nowhere, and the next call finds out.
#[tokio::test]
async fn a_wrong_date_does_not_keep_the_phone_out() {
    let body = br#"{"challenge":"AAAA","expires_at":1}"#;
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nDate: Thu, 01 Jan 2099 00:00:00 GMT\r\n";
    let head = format!("{head}Content-Length: {}\r\n\r\n", body.len());
    let server = Server::answering(Identity::default(), [head.as_bytes(), body].concat()).await;
    let phone = Phone::new();
    let roots = vec![server.authority.certificate.to_vec()];
    let link = phone.link(format!("localhost:{}", server.port), roots, &[server.pin()]);
    for _ in 0..3 {
        link.call(&EnrolChallengeRequest {}).await.unwrap();
        assert!(link.now().0 > 4_000_000_000, "the wrong date was heard");
    }
}

/// Something before the service is busy: it says at least for how long.
#[tokio::test]
async fn a_busy_answer_without_a_problem_still_says_when_to_come_back() {
    let busy = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 40\r\nContent-Length: 0\r\n\r\n".to_vec();
    let ServiceError::Server(problem) = error_of(busy).await else { panic!("no word of the service") };
    assert_eq!((problem.code, problem.retry_after_s), (Code::Unavailable, Some(40)));
}
