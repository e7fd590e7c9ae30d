//! Form 2-KNĐ, edition of 29-9-2025 (38-HD/BTCTW): `lylich.txt`, read once when first needed.
//!
//! Sections group the items for a phone in the order of the paper; items 24 to 26 are locked. The text is that of the reference catalogue
//! `vectors/form-2-knd-2025.json`, word for word; sections, intros and titles are this project's. How its lines are read: [`super::read`].

use super::{Form, read};
use std::sync::OnceLock;

/// The form.
pub(super) fn form() -> &'static Form {
    static FORM: OnceLock<Form> = OnceLock::new();
    FORM.get_or_init(|| Form {
        id: "2-KNĐ/2025",
        code: "2-KNĐ",
        edition: "2025",
        title: "LÝ LỊCH CỦA NGƯỜI XIN VÀO ĐẢNG",
        instrument: "B25",
        sections: read::sections(TEXT),
    })
}

/// The form as it is written down.
pub(super) const TEXT: &str = include_str!(concat!(env!("OUT_DIR"), "/lylich.txt"));
