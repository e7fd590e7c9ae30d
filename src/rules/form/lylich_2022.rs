//! Form 2-KNĐ, edition of 18-1-2022 (12-HD/BTCTW): for a sheet that was begun on it, until it is carried over ([`crate::carry`]).
//!
//! `lylich_2022.txt` holds the items of each section, numbers and labels as in the reference mapping. What this edition alone asks (or asks in another
//! shape) is a field of its own; every other field is that of the edition of 2025 (`@`), so an answer has the same path in both. The sections are those
//! of 2025, without the items for Party bodies, which the mapping does not number.

use super::{Form, Section, lylich, read};
use std::sync::OnceLock;

/// The form.
pub(super) fn form() -> &'static Form {
    static FORM: OnceLock<Form> = OnceLock::new();
    FORM.get_or_init(|| {
        let own = read::sections(include_str!(concat!(env!("OUT_DIR"), "/lylich_2022.txt")));
        let mut sections = Vec::new();
        for section in lylich::form().sections {
            if let Some(own) = own.iter().find(|own| own.slug == section.slug) {
                let items = own.items;
                sections.push(Section { items, ..*section });
            } else if section.items.iter().all(|item| item.number.is_empty()) {
                sections.push(*section);
            }
        }
        Form {
            id: "2-KNĐ/2022",
            edition: "2022",
            instrument: "B22",
            sections: sections.leak(),
            ..*lylich::form()
        }
    })
}
