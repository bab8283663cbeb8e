//! The pages that links in notices lead to: for people, without a script, in Vietnamese and English. Looking changes nothing.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Request};
use axum::response::Response;
use axum::routing::{get, post};
use citizen_protocol::wire::Code;
use http::header::{CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderValue, Method};

use super::exchange::response;
use crate::pipeline::{Answer, Content, Service};
use crate::rules::links::{self, Button, Offer, Outcome};

/// Nothing is fetched, no other page may frame this one, and its buttons lead back here.
const POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");

/// The pages' routes.
pub(super) fn routes(router: Router, service: &Arc<Service>) -> Router {
    let of_look = service.clone();
    let look = move |Path(token): Path<String>, request: Request| {
        let service = of_look.clone();
        async move { page(look(&service, &token, &request)) }
    };
    [("freeze", Button::Freeze), ("stop", Button::Stop)].into_iter().fold(
        router.route(&format!("{}{{token}}", links::PATH), get(look)),
        |router, (name, button)| {
            let service = service.clone();
            let pressed = move |Path(token): Path<String>| {
                let service = service.clone();
                async move { page(pressed(&service, token, button).await) }
            };
            router.route(&format!("{}{{token}}/{name}", links::PATH), post(pressed))
        },
    )
}

fn look(service: &Service, token: &str, request: &Request) -> Result<Answer, Code> {
    // axum answers HEAD where there is GET.
    if request.method() != Method::GET {
        return Err(Code::MethodNotAllowed);
    }
    service.admit_unsigned()?;
    let offer = service.read(|work| links::look(work, token)).map_err(|refusal| refusal.problem.code)?;
    let button = |name, words| {
        format!("<form method=\"post\" action=\"{}{token}/{name}\"><button>{words}</button></form>", links::PATH)
    };
    let freeze = || button("freeze", "Đóng băng tài khoản / Freeze the account");
    Ok(match offer {
        Offer::Nothing => html(410, GONE, ""),
        Offer::Frozen => html(200, FROZEN, ""),
        Offer::Freeze => html(200, FREEZE, &freeze()),
        Offer::FreezeOrStop => {
            let stop = button("stop", "Dừng việc chuyển máy / Stop the move");
            html(200, FREEZE_OR_STOP, &(stop + &freeze()))
        }
    })
}

async fn pressed(service: &Arc<Service>, token: String, button: Button) -> Result<Answer, Code> {
    service.admit_unsigned()?;
    let outcome = service.write(move |work| links::press(work, &token, button)).await?;
    Ok(match outcome {
        Outcome::Frozen => html(200, FROZEN, ""),
        Outcome::Stopped => html(200, STOPPED, ""),
        Outcome::TooLate => html(409, TOO_LATE, ""),
        Outcome::Nothing => html(410, GONE, ""),
    })
}

fn page(answer: Result<Answer, Code>) -> Response {
    let mut response = response(answer.unwrap_or_else(Answer::from));
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

type Words = (&'static str, &'static str);

const FREEZE: Words = (
    "Không phải bạn? Nếu đóng băng, không máy nào dùng được tài khoản cho đến khi bạn đến cơ quan công an.",
    "Not you? If you freeze the account, no phone can use it until you come to an office.",
);
const FREEZE_OR_STOP: Words = (
    "Không phải bạn? Hãy dừng việc chuyển máy. Nếu đóng băng, không máy nào dùng được tài khoản cho đến khi bạn đến cơ quan công an.",
    "Not you? Stop the move. If you freeze the account as well, no phone can use it until you come to an office.",
);
const FROZEN: Words = (
    "Tài khoản đã bị đóng băng. Hãy đến cơ quan công an để mở lại.",
    "The account is frozen. Come to an office to have it opened again.",
);
const STOPPED: Words = ("Việc chuyển máy đã dừng. Không có gì thay đổi.", "The move was stopped. Nothing has changed.");
const TOO_LATE: Words = (
    "Việc chuyển máy đã kết thúc. Bạn vẫn có thể đóng băng tài khoản: hãy mở lại liên kết.",
    "The move is over. You can still freeze the account: open the link again.",
);
const GONE: Words =
    ("Liên kết đã dùng hoặc hết hạn. Hãy gọi 19000368.", "This link was used or has expired. Call 19000368.");

/// `rest` is this file's own, and a token that was found or is not repeated.
fn html(status: u16, (vietnamese, english): Words, rest: &str) -> Answer {
    let body = format!(
        "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>e-ID</title><main><p>{vietnamese}</p><p lang=\"en\">{english}</p>{rest}</main></html>\n"
    );
    Answer { status, ..Answer::success(Content::Html, body.into_bytes()) }
}
