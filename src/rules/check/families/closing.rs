//! Items 22 to 26 and the form as a whole: self-assessment, declaration, what Party bodies write, application, edition.

use super::prelude::*;

/// The rules of this family.
pub(super) static RULES: Family = Family {
    text: include_str!("closing.txt"),
    checks: &[
        ("LL-22", strengths_and_weaknesses),
        ("LL-22b", canned_sentences),
        ("LL-23", closing_sentence),
        ("LL-23b", signer_is_the_candidate),
        ("LL-24", left_to_the_party),
        ("LL-25", application_agrees),
        ("LL-26", right_edition),
    ],
};

const SELF: [(&str, &str); 6] = [
    ("self_assessment.political_qualities", "political_qualities"),
    ("self_assessment.ethics_lifestyle", "ethics_lifestyle"),
    ("self_assessment.work_capacity", "work_capacity"),
    ("self_assessment.mass_relations", "mass_relations"),
    ("self_assessment.weaknesses", "weaknesses"),
    (TRUST, "trust"),
];

/// Asked with the required slugs, not with the qualities.
const TRUST: &str = "self_assessment.trust";

/// LL-22.
fn strengths_and_weaknesses(p: &mut Probe<'_, '_>) {
    if let Some((first, lacks)) = blanks(&SELF, |slug| slug != TRUST && p.blank(slug)) {
        p.explain(first).said_at("self_assessment").with("missing", lacks);
    }
}

/// From this share of equal shingles on, two texts count as copied.
const COPIED: f64 = 0.9;

/// LL-22b.
fn canned_sentences(p: &mut Probe<'_, '_>) {
    for (slug, _) in SELF {
        let text = p.text(slug);
        let mut number = 0;
        for sentence in pieces(text, |b| matches!(b, b'.' | b';' | b'!' | b'?' | b'\n')) {
            let sentence = sentence.trim();
            number += i32::from(!sentence.is_empty());
            if is_canned(sentence) {
                p.style(slug).with("sentence_no", number);
            }
        }
        if !text.is_empty() && p.other_texts.iter().any(|other| similarity(text, other) >= COPIED) {
            p.style(slug).with("sentence_no", 1);
        }
    }
}

/// The closing sentence of the edition of 2025.
const SENTENCE: &str = "Tôi cam đoan đã khai đầy đủ, rõ ràng, trung thực và chịu trách nhiệm trước Đảng về những nội dung đã khai trong lý lịch";

/// LL-23.
fn closing_sentence(p: &mut Probe<'_, '_>) {
    let text = nfc(p.text("declaration.text"));
    if text.is_empty() {
        return;
    }
    let mut own = words(text.trim_end_matches(['.', ' ']));
    if !own.by_ref().eq(words(SENTENCE)) {
        p.style("declaration.text").with("expected", SENTENCE);
    }
}

/// LL-23b.
fn signer_is_the_candidate(p: &mut Probe<'_, '_>) {
    let (signer, name) = (p.text("declaration.signer_name"), p.text("birth_name"));
    if !signer.is_empty() && !name.is_empty() && !same(signer, name) {
        p.explain("declaration.signer_name");
    }
}

/// LL-24.
fn left_to_the_party(p: &mut Probe<'_, '_>) {
    let slugs = ["verification_comments", "branch_comment", "committee_certification"];
    if let Some(slug) = slugs.into_iter().find(|slug| !p.blank(slug)) {
        p.block(slug);
    }
}

fn in_application(field: &str) -> String {
    format!("papers.application.{field}")
}

/// LL-25.
fn application_agrees(p: &mut Probe<'_, '_>) {
    let texts = [
        ("name", "birth_name"),
        ("ethnicity", "ethnicity"),
        ("religion", "religion"),
        ("occupation", "occupation"),
    ];
    for (field, slug) in texts {
        let place = in_application(field);
        let (written, own) = (p.text(&place), p.text(slug));
        if written.is_empty() || own.is_empty() || same(written, own) {
            continue;
        }
        let code = people::ethnicity_code(written);
        let same_people = field == "ethnicity" && code.is_some() && code == people::ethnicity_code(own);
        if !same_people {
            p.explain(&place).code("field", field);
        }
    }
    let written = date::read(p.text("papers.application.birth_date"));
    let own = date::read(p.text("birth_date"));
    if written.is_some() && own.is_some() && written != own {
        p.explain("papers.application.birth_date").code("field", "birth_date");
    }
    let residence = match p.place("permanent_residence").is_blank() {
        true => "temporary_residence",
        false => "permanent_residence",
    };
    for (field, own) in [("ancestral_home", "ancestral_home"), ("residence", residence)] {
        let place = in_application(field);
        if !same_place(&p.place(&place), &p.place(own)) {
            p.explain(&place).code("field", field);
        }
    }
}

/// LL-26.
fn right_edition(p: &mut Probe<'_, '_>) {
    let Some(declared) = p.date("declaration.date") else {
        return;
    };
    let (wrong, expected) = if crate::form::edition(declared).edition == "2025" {
        ("2022", "Mẫu 2-KNĐ theo 38-HD/BTCTW (từ 29-9-2025)")
    } else {
        ("2025", "Mẫu 2-KNĐ theo 12-HD/BTCTW (18-01-2022)")
    };
    if p.is("form.version", wrong) {
        p.explain("form.version")
            .with("declared", declared)
            .with("expected_form", expected);
    }
}
