//! `openapi.json` is true: schemathesis asks every route what it may, and every status and type is one that stands there.
//!
//! `cargo xtask test` installs it and names it in `LYLICH_SCHEMATHESIS`; without it this test says that it did not run.

use crate::kit::{Place, get, request};
use std::process::Command;

const FOLDER: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn every_route_answers_as_its_description_says() {
    let Some(program) = std::env::var_os("LYLICH_SCHEMATHESIS") else {
        assert!(
            !crate::faults::long(),
            "NOT RUN: schemathesis is missing; `cargo xtask test` installs it"
        );
        println!("NOT RUN routes: schemathesis is missing; `cargo xtask test` installs it");
        return;
    };
    let place = Place::new();
    let running = place.serve(&[]);
    let examples = if crate::faults::long() { "2000" } else { "150" };
    let out = Command::new(program)
        .current_dir(place.data())
        .env("SCHEMATHESIS_HOOKS", "cbor_bodies")
        .env("PYTHONPATH", format!("{FOLDER}/tests"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .args([
            "run",
            &format!("{FOLDER}/openapi.json"),
            "--url",
            &format!("http://{}", running.address),
        ])
        .args([
            "--max-examples",
            examples,
            "--seed",
            "20261122",
            "--generation-database",
            "none",
        ])
        .args(["--phases", "fuzzing", "--suppress-health-check", "all", "--checks"])
        .arg("not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(out.status.success(), "{said}\n{}", String::from_utf8_lossy(&out.stderr));
    assert!(said.contains("Tested: 4"), "{said}");
    let line = said
        .lines()
        .find(|line| line.contains("generated,"))
        .unwrap_or_default();
    println!("OpenAPI: {}", line.trim());
}

#[test]
fn every_route_of_the_description_is_there_and_no_other() {
    let described = std::fs::read_to_string(format!("{FOLDER}/openapi.json")).unwrap();
    let place = Place::new();
    let running = place.serve(&[]);
    let paths = ["/v1/letter", "/v1/hello", "/healthz", "/metrics"];
    assert_eq!(
        described.matches("\": {\n   \"").count(),
        paths.len(),
        "as many paths as are tried here"
    );
    for path in paths {
        assert!(described.contains(&format!("\"{path}\": {{")), "{path}");
        assert_ne!(get(running.address, path).status, 404, "{path}");
        for method in ["PUT", "DELETE", "PATCH"] {
            let answer = request(
                running.address,
                &format!("{method} {path} HTTP/1.1\r\ncontent-length: 0"),
                b"",
            )
            .unwrap();
            assert_eq!(answer.status, 405, "{method} {path}");
        }
    }
}
