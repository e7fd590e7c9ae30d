//! `POST /v1/letter`: checks of the request before its body, the body, the writer.
//!
//! Invariant: a full disk, an encoded or too long body is refused before it is read; the answer's bytes are the core's.

use super::body::{Unread, read};
use super::{Desk, cbor, problem, refused};
use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::Response;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use sync::endpoint::Refusal;
use sync::letter::MAX_LETTER;

/// Takes a letter.
pub async fn post(
    State(desk): State<Arc<Desk>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request<Body>,
) -> Response {
    let (parts, body) = request.into_parts();
    if let Err(refusal) = admitted(&desk, &parts.headers) {
        return closing(refused(refusal));
    }
    let bytes = match read(body, MAX_LETTER, desk.limits).await {
        Ok(bytes) => bytes,
        Err(Unread::TooLong) => return closing(refused(Refusal::TooLarge)),
        Err(Unread::TooSlow) => return closing(problem(StatusCode::REQUEST_TIMEOUT, "too_slow")),
        Err(Unread::Broken) => return closing(refused(Refusal::BadRequest)),
    };
    match desk.writer.letter(bytes, address(&desk, peer, &parts.headers)).await {
        Ok(answer) => cbor(StatusCode::OK, answer),
        Err(refusal) => refused(refusal),
    }
}

/// What can be refused without reading the body.
fn admitted(desk: &Desk, headers: &HeaderMap) -> Result<(), Refusal> {
    let is_cbor = headers
        .get(CONTENT_TYPE)
        .is_some_and(|value| value == "application/cbor");
    if headers.contains_key(CONTENT_ENCODING) || !is_cbor {
        return Err(Refusal::Encoding);
    }
    let announced = headers
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > MAX_LETTER as u64) {
        return Err(Refusal::TooLarge);
    }
    if desk.folder.is_nearly_full() {
        Err(Refusal::DiskFull)
    } else {
        Ok(())
    }
}

/// After a refusal with an unread body the connection is of no more use.
fn closing(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert("connection", axum::http::HeaderValue::from_static("close"));
    response
}

/// The phone's address, for limits only: the last one the proxy added, else the peer's.
fn address(desk: &Desk, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
    let forwarded = || {
        let last = headers.get_all("x-forwarded-for").iter().next_back()?;
        last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
    };
    desk.behind_proxy.then(forwarded).flatten().unwrap_or(peer.ip())
}
