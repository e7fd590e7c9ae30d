//! The headers of every answer (security §5): one set for the endpoint, one for the app's files.
//!
//! Invariant: set last, so on error pages too. The app's policy allows its own files and its own origin and nothing else; the same
//! policy stands as `<meta>` in its page. The app's cache rule depends on the file's name and is set in `site`.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Request};
use axum::middleware::Next;
use axum::response::Response;

const HSTS: (&str, &str) = ("strict-transport-security", "max-age=63072000; includeSubDomains");
const NOSNIFF: (&str, &str) = ("x-content-type-options", "nosniff");
const NO_REFERRER: (&str, &str) = ("referrer-policy", "no-referrer");

/// For `/v1/*` and everything that is not the app.
const ENDPOINT: [(&str, &str); 6] = [
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("cross-origin-resource-policy", "cross-origin"),
    ("cache-control", "no-store"),
    HSTS,
    NOSNIFF,
    NO_REFERRER,
];

/// For the app's files. `connect-src 'self'`: the app is served by the endpoint it talks to.
const APP: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; font-src 'self'; \
         connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'; object-src 'none'",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(self), web-share=(self), geolocation=(), microphone=(), payment=(), usb=(), bluetooth=(), serial=()",
    ),
    HSTS,
    NOSNIFF,
    NO_REFERRER,
];

/// Puts the endpoint's headers on whatever comes back.
pub async fn endpoint(request: Request<Body>, next: Next) -> Response {
    with(&ENDPOINT, next.run(request).await)
}

/// Puts the app's headers on whatever comes back.
pub async fn app(request: Request<Body>, next: Next) -> Response {
    with(&APP, next.run(request).await)
}

fn with(headers: &'static [(&str, &str)], mut response: Response) -> Response {
    for (name, value) in headers {
        response
            .headers_mut()
            .insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}
