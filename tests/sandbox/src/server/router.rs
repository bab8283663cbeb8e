//! From method and path to the operation.

use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request};
use axum::http::Method as HttpMethod;
use axum::response::Response;
use axum::routing::{MethodFilter, get, on};
use citizen_protocol::wire::{Code, Method};

use super::exchange::response;
use crate::pipeline::{self, Answer, Content, Incoming, Service};
use crate::routes::{Params, Route, routes};

/// All operations, the pages that notices link to, the contract, and what is said to everything else.
pub(super) fn router(service: &Arc<Service>) -> Router {
    let mut router = Router::new();
    for route in routes() {
        let (filter, path) = (filter(route.method), route.path);
        let (service, route) = (service.clone(), Arc::new(route));
        let operation = move |params: Result<RawPathParams, RawPathParamsRejection>, request: Request| {
            let (service, route) = (service.clone(), route.clone());
            async move { response(operate(&service, &route, params, request).await) }
        };
        router = router.route(path, on(filter, operation));
    }
    let contract = Answer::success(Content::Json, crate::contract::openapi_json().into_bytes());
    super::pages::routes(router, service)
        .route(
            "/openapi.json",
            get(move |request: Request| {
                let contract = open(&request, contract.clone());
                async { contract }
            }),
        )
        .fallback(|| async { response(Code::NotFound.into()) })
        .method_not_allowed_fallback(|| async { response(Code::MethodNotAllowed.into()) })
}

async fn operate(
    service: &Arc<Service>,
    route: &Route,
    params: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
) -> Answer {
    // axum answers HEAD where there is GET; the contract has none.
    if request.method().as_str() != route.method.as_str() {
        return Code::MethodNotAllowed.into();
    }
    let Ok(params) = params else { return Code::NotFound.into() };
    let (head, body) = request.into_parts();
    let target = head.uri.path_and_query().map_or("/", |target| target.as_str()).to_owned();
    let params = Params::new(&params, head.uri.query());
    pipeline::answer(service, route, Incoming { target, headers: head.headers, params, body }).await
}

fn open(request: &Request, contract: Answer) -> Response {
    response(if request.method() == HttpMethod::GET { contract } else { Code::MethodNotAllowed.into() })
}

fn filter(method: Method) -> MethodFilter {
    match method {
        Method::Get => MethodFilter::GET,
        Method::Post => MethodFilter::POST,
        Method::Put => MethodFilter::PUT,
        Method::Delete => MethodFilter::DELETE,
    }
}
