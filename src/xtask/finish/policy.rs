//! The content security policy of the page. Source: the design's table of headers; the endpoint sends the same text as a header.
//!
//! Invariant: besides the app's own origin a page may only reach the endpoint that `config.json` names.

use crate::run::{Doing, Stop, stop};

const FRAMES: &str = "frame-ancestors 'none'; ";

/// The policy for a deployment with this `config.json`.
pub fn policy(config: &[u8]) -> Result<String, Stop> {
    let config: serde_json::Value = serde_json::from_slice(config).doing("public/config.json is not JSON")?;
    let endpoint = config["endpoint"].as_str().unwrap_or_default();
    if !is_origin(endpoint) {
        return stop(format!(
            "public/config.json: endpoint is `{endpoint}` and must be empty or an origin such as https://host.example."
        ));
    }
    let connect = if endpoint.is_empty() {
        "'self'".to_owned()
    } else {
        format!("'self' {endpoint}")
    };
    Ok(format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; font-src 'self'; \
         connect-src {connect}; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
         {FRAMES}object-src 'none'"
    ))
}

/// The same text for a `<meta>`, where browsers ignore `frame-ancestors` and complain about it.
pub fn for_meta(policy: &str) -> String {
    policy.replace(FRAMES, "")
}

/// Empty (the app's own origin) or `https://host[:port]` and nothing more, so that no text can slip into the policy.
fn is_origin(text: &str) -> bool {
    let Some(host) = text.strip_prefix("https://") else {
        return text.is_empty();
    };
    !host.is_empty()
        && host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_endpoint_of_the_deployment_is_the_only_foreign_origin() {
        let text = policy(br#"{"endpoint": "https://nop.example:8443"}"#).unwrap();
        assert!(text.contains("connect-src 'self' https://nop.example:8443;"));
        assert!(policy(br#"{"endpoint": ""}"#).unwrap().contains("connect-src 'self';"));
    }

    #[test]
    fn a_policy_cannot_be_widened_through_the_configuration() {
        for endpoint in [
            "https://a; script-src *",
            "http://a",
            "https://a/path",
            "https://",
            "'unsafe-inline'",
        ] {
            let config = serde_json::json!({ "endpoint": endpoint }).to_string();
            assert!(policy(config.as_bytes()).is_err(), "{endpoint}");
        }
    }
}
