//! Counting follows the answers.

use super::*;
use crate::check::{self, Context};
use crate::{Date, Settings};

fn state(answers: &[(&str, &str)], section: &str) -> SectionState {
    let r = Record::from_fields(answers.iter().map(|(p, t)| (p.to_string(), t.to_string())).collect());
    let settings = Settings::default();
    let findings = check::run(&r, &Context::new(Date::new(2026, 11, 10).unwrap(), &settings));
    of_section(&r, form::lylich(), form::lylich().section(section).unwrap(), &findings)
}

#[test]
fn an_untouched_section_is_empty_and_what_others_write_is_locked() {
    assert_eq!(state(&[], "ten-ngay-sinh").state, State::Empty);
    assert_eq!(state(&[], "cap-uy-ghi").state, State::Locked);
}

#[test]
fn a_section_is_done_when_everything_asked_is_there() {
    let answers = [
        ("religion", "không"),
        ("ethnicity", "Thái"),
        ("occupation", "giáo viên"),
    ];
    let done = state(&answers, "dan-toc-ton-giao");
    assert_eq!((done.asked, done.filled, done.state), (3, 3, State::Done));
    let open = state(&answers[..2], "dan-toc-ton-giao");
    assert_eq!((open.asked, open.filled), (3, 2));
}

#[test]
fn a_finding_asks_for_another_look_and_what_an_authority_decides_does_not() {
    let base = [("ethnicity", "Thái"), ("occupation", "giáo viên")];
    let look = state(
        &[base[0], base[1], ("religion", "Đạo Ánh Sáng Mới")],
        "dan-toc-ton-giao",
    );
    assert_eq!(look.state, State::Look);
    let told = state(&[base[0], base[1], ("religion", "Tin Lành")], "dan-toc-ton-giao");
    assert_eq!((told.approve, told.state), (1, State::Done));
}

#[test]
fn findings_are_counted_by_severity_and_only_in_their_section() {
    let told = state(&[("verification_comments", "x"), ("ethnicity", "Thái")], "cap-uy-ghi");
    assert_eq!((told.block, told.state), (1, State::Locked));
    let names = state(&[("birth_name", "lò thị mẫu")], "ten-ngay-sinh");
    assert_eq!((names.style, names.block, names.approve), (1, 0, 0));
    assert!(names.explain > 0);
}

#[test]
fn each_relative_adds_questions() {
    let one = state(&[("family/a/relation", "father")], "gia-dinh");
    let dead = state(
        &[("family/a/relation", "father"), ("family/a/death.answer", "có")],
        "gia-dinh",
    );
    // the list itself and ten questions; of the dead three others are asked instead of home, work and observance
    assert_eq!((one.asked, dead.asked), (11, 11));
    let named = state(
        &[
            ("family/a/relation", "father"),
            ("family/a/death.answer", "có"),
            ("family/a/death.year", "2015"),
        ],
        "gia-dinh",
    );
    assert_eq!((one.filled, dead.filled, named.filled), (2, 2, 3));
}

#[test]
fn a_path_belongs_to_its_section() {
    let of = |path: &str| section_of(form::lylich(), path).map(|s| s.slug);
    assert_eq!(of("family/a/death.year"), Some("gia-dinh"));
    assert_eq!(of("ancestral_home.old.district"), Some("que-quan-noi-o"));
    assert_eq!(of("procedure.decision_date"), None);
}
