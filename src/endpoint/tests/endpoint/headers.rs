//! The headers of security §5 on every kind of answer, error pages included.

use crate::kit::{Answer, Place, get, request};

const APP_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

fn assert_has(answer: &Answer, what: &str, expected: &[(&str, &str)]) {
    for (name, value) in expected {
        assert_eq!(answer.header(name), Some(*value), "{name} on {what}");
    }
}

#[test]
fn every_answer_of_the_endpoint_carries_its_headers() {
    let place = Place::new();
    let running = place.serve(&[]);
    let expected = [
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
        ("x-content-type-options", "nosniff"),
        ("strict-transport-security", "max-age=63072000; includeSubDomains"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-resource-policy", "cross-origin"),
        ("cache-control", "no-store"),
    ];
    let mut statuses = Vec::new();
    for head in [
        "GET /v1/hello HTTP/1.1",
        "GET /healthz HTTP/1.1",
        "GET /v1/letter HTTP/1.1",
        "GET /v1/nothing HTTP/1.1",
        "GET / HTTP/1.1",
        "POST /v1/letter HTTP/1.1\r\ncontent-length: 0",
        "POST /v1/letter HTTP/1.1\r\ncontent-type: application/cbor\r\ncontent-length: 0",
        "GET /v1/hello HTTP/1.1\r\norigin: https://elsewhere.example",
    ] {
        let answer = request(running.address, head, b"").unwrap();
        assert_has(&answer, head, &expected);
        statuses.push(answer.status);
    }
    assert_eq!(statuses, [200, 200, 405, 404, 404, 415, 400, 403]);
}

#[test]
fn every_file_and_error_page_of_the_app_carries_its_headers() {
    let place = Place::new();
    let site = crate::site::site(&place);
    let running = place.serve(&["--app", site.to_str().unwrap()]);
    let expected = [
        ("content-security-policy", APP_POLICY),
        ("strict-transport-security", "max-age=63072000; includeSubDomains"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        (
            "permissions-policy",
            "camera=(self), web-share=(self), geolocation=(), microphone=(), payment=(), usb=(), bluetooth=(), serial=()",
        ),
    ];
    for path in [
        "/",
        "/index.html",
        "/sw.js",
        "/app-0123456789abcdef_bg.wasm",
        "/nothing",
        "/xoa-sach",
        "/../../etc/passwd",
    ] {
        assert_has(&get(running.address, path), path, &expected);
    }
    let api = get(running.address, "/v1/hello");
    assert_has(
        &api,
        "the endpoint beside the app",
        &[
            ("cache-control", "no-store"),
            ("cross-origin-resource-policy", "cross-origin"),
        ],
    );
    assert_eq!(
        get(running.address, "/v1/nothing").header("cross-origin-opener-policy"),
        None
    );
}
