//! The routes, with their headers: `/v1/letter`, `/v1/hello`, `/healthz`, `/metrics`, and the built app when one is served.
//!
//! Invariant: this layer adds no rule of the protocol; limits act while reading, before allocation. Every answer carries the headers
//! of security §5, error pages too. Not here: sockets (`serve`), the work on a letter (`writer`).

pub mod body;
mod headers;
mod letter;
mod origin;
mod site;

use crate::folder::Folder;
use crate::random::now;
use crate::writer::Writer;
use axum::Router;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use body::Limits;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use sync::endpoint::{Counter, Refusal, hello};
use sync::keys::EndpointKeys;
use tower_http::catch_panic::CatchPanicLayer;

pub use origin::AppOrigin;

/// What the routes need.
pub struct Desk {
    /// The queue of the one writer.
    pub writer: Writer,
    /// For `hello`.
    pub keys: EndpointKeys,
    /// Epoch and watermark as they were at the start.
    pub counter: Counter,
    /// For the free space of the disk.
    pub folder: Folder,
    /// Whether a proxy in front names the phone's address.
    pub behind_proxy: bool,
    /// Deadlines for bodies.
    pub limits: Limits,
}

/// All routes. `app` is the folder of the built site, `origin` another place the app is served from.
pub fn routes(desk: Arc<Desk>, app: Option<&Path>, origin: Option<AppOrigin>) -> Router {
    let api = Router::new()
        .route("/v1/letter", post(letter::post))
        .route("/v1/hello", get(say_hello))
        .route("/metrics", get(metrics))
        .with_state(desk)
        .route("/healthz", get(healthz))
        .route("/v1/{*rest}", any(async || problem(StatusCode::NOT_FOUND, "not_found")))
        .method_not_allowed_fallback(async || problem(StatusCode::METHOD_NOT_ALLOWED, "method"))
        .layer(middleware::from_fn(move |request, next| {
            origin::guard(origin.clone(), request, next)
        }));
    let api = match app {
        Some(_) => api,
        None => api.fallback(async || problem(StatusCode::NOT_FOUND, "not_found")),
    };
    let api = api
        .layer(CatchPanicLayer::custom(|_| refused(Refusal::Fault)))
        .layer(middleware::from_fn(headers::endpoint));
    match app {
        Some(folder) => api.merge(site::routes(folder)),
        None => api,
    }
}

async fn say_hello(State(desk): State<Arc<Desk>>) -> Response {
    cbor(StatusCode::OK, hello(&desk.counter, &desk.keys, now()))
}

async fn healthz(ConnectInfo(peer): ConnectInfo<SocketAddr>, headers: HeaderMap) -> Response {
    if is_from_here(peer, &headers) {
        (StatusCode::OK, "ok\n").into_response()
    } else {
        problem(StatusCode::NOT_FOUND, "not_found")
    }
}

async fn metrics(
    State(desk): State<Arc<Desk>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Response {
    if is_from_here(peer, &headers) {
        let kind = [("content-type", "text/plain; version=0.0.4; charset=utf-8")];
        (StatusCode::OK, kind, desk.writer.metrics()).into_response()
    } else {
        problem(StatusCode::NOT_FOUND, "not_found")
    }
}

/// Some routes are for the machine itself; whoever comes through a proxy or from elsewhere finds nothing.
fn is_from_here(peer: SocketAddr, headers: &HeaderMap) -> bool {
    peer.ip().is_loopback() && !headers.contains_key("x-forwarded-for") && !headers.contains_key("forwarded")
}

fn cbor(status: StatusCode, bytes: Vec<u8>) -> Response {
    (status, [("content-type", "application/cbor")], bytes).into_response()
}

/// A refusal as a problem, with Retry-After where it is known.
fn refused(refusal: Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = cbor(status, refusal.body(now()));
    if let Some(seconds) = refusal.retry_after() {
        response.headers_mut().insert("retry-after", seconds.into());
    }
    response
}

/// A problem of this layer, in the same shape.
fn problem(status: StatusCode, code: &str) -> Response {
    let problem = sync::answer::Problem {
        code: code.to_owned(),
        server_time: now().wall_s,
        retry_after: None,
    };
    cbor(status, sync::shape::encode(&problem))
}
