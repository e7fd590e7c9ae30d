//! Which pages may talk to the endpoint (security §5, CORS).
//!
//! Invariant: one configured app origin, or the endpoint's own; every other `Origin` gets 403 and no CORS header. No credentials
//! exist, so none are allowed. The preflight is cached for two hours, which saves a round trip on 2G.

use super::problem;
use axum::body::Body;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_MAX_AGE,
    HOST, ORIGIN, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// The origin an app is served from, such as `https://lylich.example`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppOrigin(HeaderValue);

impl AppOrigin {
    /// Scheme and host, no path.
    pub fn parse(text: &str) -> Option<Self> {
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let plain = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
        if plain {
            HeaderValue::from_str(text).ok().map(Self)
        } else {
            None
        }
    }
}

/// Lets a request through, or not.
pub async fn guard(app: Option<AppOrigin>, request: Request<Body>, next: Next) -> Response {
    let Some(origin) = request.headers().get(ORIGIN).cloned() else {
        return next.run(request).await;
    };
    if app.is_none_or(|app| app.0 != origin) {
        let own = is_own(&origin, request.headers());
        return if own {
            next.run(request).await
        } else {
            problem(StatusCode::FORBIDDEN, "origin")
        };
    }
    let mut response = if request.method() == Method::OPTIONS {
        let mut response = StatusCode::NO_CONTENT.into_response();
        let headers = response.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST"));
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type"));
        headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("7200"));
        response
    } else {
        next.run(request).await
    };
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    response.headers_mut().insert(VARY, HeaderValue::from_static("origin"));
    response
}

/// Whether the page came from the very host it now asks.
fn is_own(origin: &HeaderValue, headers: &HeaderMap) -> bool {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let from = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
    host.is_some_and(|host| from.is_some_and(|(_, from)| from == host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_scheme_and_host() {
        for good in ["https://lylich.example", "http://127.0.0.1:8080", "https://[::1]:8443"] {
            assert!(AppOrigin::parse(good).is_some(), "{good}");
        }
        for wrong in [
            "",
            "lylich.example",
            "https://",
            "https://a/b",
            "https://a/",
            "ftp://a",
            "https://a b",
            "*",
            "null",
        ] {
            assert!(AppOrigin::parse(wrong).is_none(), "{wrong}");
        }
    }
}
