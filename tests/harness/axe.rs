//! axe-core on the screen as it stands.

use serde_json::json;

use crate::{Screen, place};

/// The rules that are asked: WCAG 2.0 to 2.2, A and AA, and axe-core's own best practices.
const TAGS: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// One broken rule.
#[derive(Debug)]
pub struct Breach {
    pub rule: String,
    pub help: String,
    /// The elements, as selectors with what is wrong.
    pub where_: Vec<String>,
}

/// The broken rules of the screen.
pub async fn breaches(screen: &Screen) -> Vec<Breach> {
    let source = std::fs::read_to_string(place::axe()).expect("axe-core can be read");
    // Evaluated by the driver, outside the page's own scripts: the page's policy stays as it is.
    screen.run(&format!("if (!window.axe) {{ {source} }}"), vec![]).await;
    let script = "const done = arguments[1]; axe.run(document, { runOnly: { type: 'tag', values: arguments[0] }, resultTypes: ['violations'] })
        .then((found) => done({ rules: found.violations, passes: found.passes.length }), (fault) => done({ fault: String(fault) }))";
    let found = screen.run_async(script, vec![json!(TAGS)]).await;
    assert!(
        found["passes"].as_u64().unwrap_or(0) > 0,
        "axe-core did not run: {found}"
    );
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    found["rules"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|rule| Breach {
            rule: text(&rule["id"]),
            help: text(&rule["help"]),
            where_: rule["nodes"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|node| format!("{} {} {}", node["target"], node["html"], node["failureSummary"]))
                .collect(),
        })
        .collect()
}

/// Fails with everything that axe-core finds.
pub async fn assert_accessible(screen: &Screen, what: &str) {
    let found = breaches(screen).await;
    assert!(found.is_empty(), "axe-core on {what}: {found:#?}");
}
