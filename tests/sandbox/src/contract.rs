//! The service's contract, `OpenAPI` 3.1, out of the same table that requests are dispatched by.

use citizen_protocol::wire::{Method, Problem};
use utoipa::openapi::path::{OperationBuilder, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, HeaderBuilder, HttpMethod, InfoBuilder, OpenApi, OpenApiBuilder, PathItem,
    PathsBuilder, RefOr, Required, ResponseBuilder, Schema, ServerBuilder,
};

use crate::pipeline::Content;
use crate::routes::{Access, Gathered, Gives, Number, Route, Takes, routes, schema_of};

/// What stands at `GET /openapi.json`.
#[must_use]
pub fn openapi_json() -> String {
    let mut json = openapi().to_pretty_json().unwrap_or_default();
    json.push('\n');
    json
}

fn openapi() -> OpenApi {
    let mut gathered = Gathered::new();
    let problem = schema_of::<Problem>(&mut gathered);
    let paths = routes().iter().fold(PathsBuilder::new(), |paths, route| {
        let item = PathItem::new(method(route.method), operation(route, &problem, &mut gathered));
        paths.path(route.path, item)
    });
    let components =
        gathered.into_iter().fold(ComponentsBuilder::new(), |all, (name, schema)| all.schema(name, schema));
    let components = schemes().into_iter().fold(components, |all, (name, scheme)| all.security_scheme(name, scheme));
    let info = InfoBuilder::new()
        .title("Citizen identity service")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(DESCRIPTION));
    OpenApiBuilder::new()
        .info(info)
        .servers(Some([ServerBuilder::new().url("/").build()]))
        .paths(paths)
        .components(Some(components.build()))
        .build()
}

const DESCRIPTION: &str = "\
What a phone says to the service, and an officer to the desk.\n\n\
A phone signs each request with its key (HTTP Message Signatures, RFC 9421) in one fixed profile: label `eid`, components `@method`, \
`@target-uri`, `content-digest` (RFC 9530, sha-256; of the empty body where there is none), `idempotency-key` on everything but GET, \
`authorization` where a token goes along; parameters `created`, `expires` = created + 60, `nonce`, `keyid` (the key's RFC 7638 thumbprint), \
`alg=\"ecdsa-p256-sha256\"`, `tag=\"eid-req/1\"`, in this order. The nonce is the value of `EID-Nonce` of any answer of the last 300 s, a dot, \
and 16 random bytes in base64url; 401 `use_nonce` asks for a newer one.\n\n\
A request that is repeated with its idempotency key within 24 hours gets the same answer; with another body, 422. Where a success carries \
a secret (`sign_in`, `renew_token`, `save_recovery_code`) only refusals are kept: a repetition gets another one.\n\n\
Everything that is no success is a problem (RFC 9457) with a code.";

fn operation(route: &Route, problem: &RefOr<Schema>, gathered: &mut Gathered) -> OperationBuilder {
    let (media_type, given) = match route.gives {
        Gives::Json(schema) => (Content::Json, schema(gathered)),
        Gives::Bytes => (Content::Bytes, ObjectBuilder::new().schema_type(Type::String).into()),
    };
    let given = ContentBuilder::new().schema(Some(given)).build();
    let success = ResponseBuilder::new().description("Done.").content(media_type.media_type(), given);
    let refusal = ResponseBuilder::new()
        .description("Not done: `code` says why.")
        .content(Content::Problem.media_type(), ContentBuilder::new().schema(Some(problem.clone())).build());
    let retry = HeaderBuilder::new().schema(integer(false)).description(Some("Seconds, where waiting helps.")).build();
    let refusal = with_nonce(refusal).header("Retry-After", retry).build();
    let operation = OperationBuilder::new()
        .operation_id(Some(route.name))
        .summary(Some(route.summary))
        .tag(if matches!(route.access, Access::Desk) { "desk" } else { "phone" })
        .parameters(Some(parameters(route)))
        .response("200", with_nonce(success))
        .response("4XX", refusal.clone())
        .response("5XX", refusal);
    let operation =
        body(route, gathered).into_iter().fold(operation, |operation, body| operation.request_body(Some(body)));
    security(route.access).into_iter().fold(operation, OperationBuilder::security)
}

fn with_nonce(response: ResponseBuilder) -> ResponseBuilder {
    let text = ObjectBuilder::new().schema_type(Type::String);
    let nonce = HeaderBuilder::new().schema(text).description(Some("The service's part of nonces, for 300 s.")).build();
    response.header("EID-Nonce", nonce)
}

fn body(route: &Route, gathered: &mut Gathered) -> Option<utoipa::openapi::request_body::RequestBody> {
    let schema = match route.takes {
        Takes::Nothing => return None,
        Takes::Json(schema) => schema(gathered),
        Takes::Bytes(limit) => {
            ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(limit)).into()
        }
    };
    let media_type = route.takes.media_type()?;
    let content = ContentBuilder::new().schema(Some(schema)).build();
    Some(RequestBodyBuilder::new().content(media_type, content).required(Some(Required::True)).build())
}

/// Ids in the path, numbers in path and query, and the key that makes a repetition safe.
fn parameters(route: &Route) -> Vec<Parameter> {
    let mut all = Vec::new();
    for name in route.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
        let is_number = route.numbers.contains(&Number::InPath(name));
        all.push(parameter(name, ParameterIn::Path, if is_number { integer(true) } else { id() }));
    }
    for name in route.query() {
        all.push(parameter(name, ParameterIn::Query, integer(false)));
    }
    let is_signed = matches!(route.access, Access::NewPhone(_) | Access::Phone | Access::OfTransfer | Access::Session);
    if is_signed && route.method != Method::Get {
        let key = text("^\"[A-Za-z0-9_-]{21}[AQgw]\"$");
        all.push(parameter("Idempotency-Key", ParameterIn::Header, key));
    }
    all
}

fn parameter(name: &str, place: ParameterIn, schema: RefOr<Schema>) -> Parameter {
    ParameterBuilder::new().name(name).parameter_in(place).required(Required::True).schema(Some(schema)).build()
}

/// 16 bytes in base64url.
fn id() -> RefOr<Schema> {
    text("^[A-Za-z0-9_-]{21}[AQgw]$")
}

fn text(pattern: &str) -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(Type::String).pattern(Some(pattern)).into()
}

fn integer(is_u32: bool) -> RefOr<Schema> {
    let (format, largest) =
        if is_u32 { (KnownFormat::Int64, f64::from(u32::MAX)) } else { (KnownFormat::Int64, i64::MAX as f64) };
    ObjectBuilder::new()
        .schema_type(Type::Integer)
        .format(Some(SchemaFormat::KnownFormat(format)))
        .minimum(Some(0.0))
        .maximum(Some(largest))
        .into()
}

const SIGNATURE: &str = "signature";
const SIGNATURE_INPUT: &str = "signature_input";
const DIGEST: &str = "content_digest";
const TOKEN: &str = "access_token";
const DESK: &str = "desk_token";

fn security(access: Access) -> Option<SecurityRequirement> {
    let names: &[&str] = match access {
        Access::Nobody => return None,
        Access::NewPhone(_) | Access::Phone | Access::OfTransfer => &[SIGNATURE, SIGNATURE_INPUT, DIGEST],
        Access::Session => &[SIGNATURE, SIGNATURE_INPUT, DIGEST, TOKEN],
        Access::Desk => &[DESK],
    };
    let none: [&str; 0] = [];
    Some(names.iter().fold(SecurityRequirement::default(), |all, name| all.add(*name, none)))
}

fn schemes() -> [(&'static str, SecurityScheme); 5] {
    let header = |name, what| SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::with_description(name, what)));
    let bearer = |what: &str| {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(what));
        SecurityScheme::Http(scheme.build())
    };
    [
        (SIGNATURE, header("Signature", "`eid=:...:`, r||s of ECDSA on P-256 with SHA-256 (RFC 9421, 3.3.4).")),
        (SIGNATURE_INPUT, header("Signature-Input", "`eid=(...);created=...` in the profile eid-req/1.")),
        (DIGEST, header("Content-Digest", "`sha-256=:...:` of the body (RFC 9530).")),
        (TOKEN, bearer("The session's token: 15 minutes, and only with the signature of its own phone.")),
        (DESK, bearer("The officer's token, of the file desk-token in the data folder.")),
    ]
}

fn method(method: Method) -> HttpMethod {
    match method {
        Method::Get => HttpMethod::Get,
        Method::Post => HttpMethod::Post,
        Method::Put => HttpMethod::Put,
        Method::Delete => HttpMethod::Delete,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use serde_json::Value;

    use super::*;

    fn contract() -> Value {
        serde_json::from_str(&openapi_json()).unwrap()
    }

    /// Each `$ref` in it.
    fn references(value: &Value) -> Vec<String> {
        match value {
            Value::Object(fields) => {
                let own = fields.get("$ref").and_then(Value::as_str).map(str::to_owned);
                own.into_iter().chain(fields.values().flat_map(references)).collect()
            }
            Value::Array(items) => items.iter().flat_map(references).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn every_reference_leads_to_a_schema_and_every_schema_is_referred_to() {
        let contract = contract();
        assert_eq!(contract["openapi"], "3.1.0");
        let references: HashSet<_> = references(&contract).into_iter().collect();
        for reference in &references {
            let path = reference.trim_start_matches('#');
            assert!(contract.pointer(path).is_some(), "{reference}");
        }
        for name in contract["components"]["schemas"].as_object().unwrap().keys() {
            assert!(references.contains(&format!("#/components/schemas/{name}")), "{name}");
        }
    }

    #[test]
    fn every_operation_is_there_once_with_a_name_of_its_own() {
        let (contract, routes) = (contract(), routes());
        let names: HashSet<_> = routes.iter().map(|route| route.name).collect();
        assert_eq!(names.len(), routes.len());
        for route in &routes {
            let path = &contract["paths"][route.path][route.method.as_str().to_lowercase()];
            assert_eq!(path["operationId"], route.name, "{}", route.path);
            assert!(!route.summary.is_empty());
        }
        let operations: usize =
            contract["paths"].as_object().unwrap().values().map(|item| item.as_object().unwrap().len()).sum();
        assert_eq!(operations, routes.len());
    }

    /// A secret in the table of kept answers would lie there for a day.
    #[test]
    fn an_operation_keeps_no_success_exactly_if_a_secret_is_in_it() {
        for route in routes() {
            let mut gathered = Gathered::new();
            if let Gives::Json(schema) = route.gives {
                schema(&mut gathered);
            }
            let has_secret = gathered.iter().any(|(name, _)| name == "Session" || name == "SavedRecoveryCode");
            assert_eq!(route.keeps == crate::pipeline::Keeps::Refusals, has_secret, "{}", route.path);
        }
    }

    /// Two types of one name would share one schema, and one of them would be wrong.
    #[test]
    fn no_two_types_share_a_name() {
        let mut gathered = Gathered::new();
        for route in routes() {
            if let Takes::Json(schema) = route.takes {
                schema(&mut gathered);
            }
            if let Gives::Json(schema) = route.gives {
                schema(&mut gathered);
            }
        }
        for (name, schema) in &gathered {
            let json = |schema| serde_json::to_value(schema).unwrap();
            assert!(gathered.iter().all(|(other, of)| other != name || json(of) == json(schema)), "{name}");
        }
    }
}
