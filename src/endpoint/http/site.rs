//! The built app's files: precompressed where the browser takes it, cached by name.
//!
//! Invariant: files with a hash in their name never change and are cached for a year; everything else is asked for again each time.
//! Only plain files under the folder are served (by tower-http). Not here: building and compressing them.

use super::headers;
use axum::Router;
use axum::body::Body;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, VARY};
use axum::http::{HeaderValue, Request, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use std::path::Path;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::services::ServeDir;

/// A name holds a hash when a piece of it is at least this many hex digits.
const HASH: usize = 16;

/// Visited to clear the whole site from the browser (storage and vault §9.7).
const CLEARED: &str = "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><title>Đã xoá</title>\
    <p>Đã xoá dữ liệu của trang. Bộ nhớ máy có thể còn giữ mảnh đã mã hoá.</p><p><a href=\"/\">Mở lại ứng dụng</a></p></html>";
const MISSING: &str = "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><title>Không có trang này</title>\
    <p>Không có trang này.</p><p><a href=\"/\">Mở ứng dụng</a></p></html>";

/// Routes for the files under `folder`.
pub fn routes(folder: &Path) -> Router {
    let files = ServeDir::new(folder).precompressed_br().precompressed_gzip();
    Router::new()
        .route(
            "/xoa-sach",
            get(async || ([("clear-site-data", "\"*\"")], Html(CLEARED))),
        )
        .fallback_service(files)
        .layer(middleware::from_fn(finish))
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn(headers::app))
}

/// Cache rule, `Vary`, and a page instead of an empty 404.
async fn finish(request: Request<Body>, next: Next) -> Response {
    let hashed = has_hash(request.uri().path());
    let answer = next.run(request).await;
    let mut response = if answer.status() == StatusCode::NOT_FOUND {
        (StatusCode::NOT_FOUND, Html(MISSING)).into_response()
    } else {
        answer
    };
    let found = !response.status().is_client_error() && !response.status().is_server_error();
    let rule = if hashed && found {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(rule));
    headers.insert(VARY, HeaderValue::from_name(ACCEPT_ENCODING));
    response
}

/// Whether the last part of a path carries a hash, as the build puts it: `app-0123456789abcdef_bg.wasm`.
fn has_hash(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split(['-', '_', '.'])
        .skip(1)
        .any(|piece| piece.len() >= HASH && piece.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_cached_for_good() {
        for hashed in [
            "/app-0123456789abcdef.js",
            "/a/app-0123456789abcdef_bg.wasm",
            "/app-00112233445566aa.css",
        ] {
            assert!(has_hash(hashed), "{hashed}");
        }
        for plain in [
            "/",
            "/index.html",
            "/sw.js",
            "/config.json",
            "/data/places.json",
            "/icon-192.png",
            "/app-01234567.js",
        ] {
            assert!(!has_hash(plain), "{plain}");
        }
    }
}
