//! What the branch holds of one person as one record: the lý lịch that was handed in, the case the secretary keeps, the mentor's notes.
//!
//! The candidate's words stand as they were handed in. What the secretary noted about the person (`person.…`) takes the place of the lý lịch only while
//! none was handed in, so that age and path can be looked at early. Invariant: nothing that stands in the parts is lost in the whole.

use crate::record::{Fields, Record};
use crate::text::upper;

/// What the case says about a person, and where the lý lịch says the same.
const PERSON: [(&str, &str); 8] = [
    ("person.name", "birth_name"),
    ("person.born", "birth_date"),
    ("person.gender", "gender"),
    ("person.ethnicity", "ethnicity"),
    ("person.religion", "religion"),
    ("person.group", "profile.group"),
    ("person.union_member", "youth_union_admission.member"),
    ("person.readmission", "readmission.applies.answer"),
];

/// The whole of one person: the answers of the last hand-in (form 2-KNĐ), of the case (`case/1`) and of the notes (`note/1`), oldest first.
pub fn joined(lylich: Option<&Fields>, case: &Fields, notes: &[&Fields]) -> Record {
    let mut whole = lylich.cloned().unwrap_or_default();
    whole.extend(case.iter().map(|(path, text)| (path.clone(), text.clone())));
    let mut whole = Record::from_fields(whole);
    if lylich.is_none() {
        for (own, slug) in PERSON {
            if let Some(text) = case.get(own).filter(|_| whole.text(slug).is_empty()) {
                let text = if slug == "birth_name" {
                    upper(text)
                } else {
                    text.clone()
                };
                whole.set(slug, &text);
            }
        }
    }
    for (at, note) in notes.iter().enumerate() {
        whole.add_note(&format!("n{at:05}"), note);
    }
    whole
}
