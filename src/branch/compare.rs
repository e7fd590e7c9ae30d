//! What is new in a hand-in since the one before.
//!
//! Placeholder until the office crate has it.

use rules::form::{self, Form};
use sync::Fields;

/// One place that differs.
pub struct Change {
    pub label: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// Places that differ.
pub fn changes(form: &'static Form, before: &Fields, after: &Fields) -> Vec<Change> {
    let mut all = Vec::new();
    let paths: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for path in paths {
        let (old, new) = (before.get(path), after.get(path));
        if old != new && !path.ends_with("/#") {
            all.push(Change {
                label: form::field(form, path).map_or_else(|| path.clone(), |field| field.label.to_owned()),
                before: old.cloned(),
                after: new.cloned(),
            });
        }
    }
    all
}
