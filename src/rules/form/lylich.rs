//! Form 2-KNĐ, edition of 29-9-2025 (38-HD/BTCTW), section by section.
//!
//! Sections group the items for a phone in the order of the paper; items 24 to 26 are locked. The text below is that of the
//! reference catalogue `vectors/form-2-knd-2025.json`, word for word; sections, intros and titles are this project's.

mod awards;
mod closing;
mod education;
mod history;
pub(crate) mod lists;
mod papers;
mod person;
mod relatives;
mod start;
mod union;

use super::{Form, Section};

pub(super) static FORM: Form = Form {
    id: "2-KNĐ/2025",
    code: "2-KNĐ",
    edition: "2025",
    title: "LÝ LỊCH CỦA NGƯỜI XIN VÀO ĐẢNG",
    instrument: "B25",
    sections: SECTIONS,
};

static SECTIONS: &[Section] = &[
    start::START,
    person::NAME,
    person::HOME,
    person::PEOPLE,
    education::EDUCATION,
    union::UNION,
    history::LIFE,
    history::WORK,
    history::POLITICS,
    awards::COURSES,
    awards::TRIPS,
    awards::AWARDS,
    relatives::FAMILY,
    closing::SELF,
    closing::DECLARATION,
    closing::OFFICE,
    papers::PAPERS,
];
