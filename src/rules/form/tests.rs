//! The catalogue is the reference file, slug by slug; and the conditions ask what they should.

use super::*;
use crate::record::Record;
use serde_json::Value;

fn reference() -> Value {
    serde_json::from_str(include_str!("../vectors/form-2-knd-2025.json")).unwrap()
}

fn text(v: &Value) -> &str {
    v.as_str().unwrap_or_default()
}

fn choices(v: &Value) -> Vec<&str> {
    v.as_array().map(|a| a.iter().map(text).collect()).unwrap_or_default()
}

/// Compares one field with its entry in the reference file.
fn compare(f: &Field, want: &Value) {
    let slug = f.slug;
    assert_eq!(f.label, text(&want["label"]), "label of {slug}");
    assert_eq!(f.hint, text(&want["hint"]), "hint of {slug}");
    assert_eq!(f.example, text(&want["example"]), "example of {slug}");
    assert_eq!(f.kind.name(), text(&want["kind"]), "kind of {slug}");
    assert_eq!(f.fixed, text(&want["fixed"]), "fixed text of {slug}");
    // The page's copy of the form leaves the phrases out: only maintainers read them.
    #[cfg(feature = "procedure")]
    if let Value::String(phrase) = &want["required"] {
        let ours = match f.required {
            Required::IfHeld(p) | Required::If(_, p) => p,
            other => other.phrase(),
        };
        assert_eq!(ours, phrase, "required of {slug}");
    }
    match &want["printed"] {
        Value::Bool(printed) => assert_eq!(f.printed && !f.local, *printed, "printed of {slug}"),
        Value::String(local) => assert!(local == "local" && f.local, "printed of {slug}"),
        _ => {}
    }
    if want["choices"].is_array() {
        let ours: Vec<&str> = f.choices.iter().map(|c| c.value).collect();
        assert_eq!(ours, choices(&want["choices"]), "choices of {slug}");
    }
    if want["choice_labels"].is_array() {
        let ours: Vec<&str> = f.choices.iter().map(|c| c.label).collect();
        assert_eq!(ours, choices(&want["choice_labels"]), "choice labels of {slug}");
    }
    if let Some(max) = want["max_rows"].as_u64() {
        assert_eq!(u64::from(f.max_rows), max, "rows of {slug}");
    }
    if let Some(columns) = want["columns"].as_array() {
        assert_eq!(f.columns.len(), columns.len(), "columns of {slug}");
        for (ours, want) in f.columns.iter().zip(columns) {
            match want {
                Value::String(key) => assert_eq!(ours.slug, key),
                want => {
                    assert_eq!(ours.slug, text(&want["key"]), "columns of {slug}");
                    assert_eq!(ours.label, text(&want["label"]), "column labels of {slug}");
                    assert_eq!(ours.kind.name(), text(&want["kind"]), "column kinds of {slug}");
                    let values: Vec<&str> = ours.choices.iter().map(|c| c.value).collect();
                    assert_eq!(values, choices(&want["choices"]), "column choices of {slug}");
                }
            }
        }
    }
    if let Some(parts) = want["parts"].as_array() {
        let ours: Vec<&str> = f.parts.iter().map(|p| p.slug).collect();
        assert_eq!(ours, parts.iter().map(text).collect::<Vec<_>>(), "parts of {slug}");
    }
}

#[test]
fn every_printed_item_is_the_reference_item_in_order() {
    let reference = reference();
    let want = reference["items"].as_array().unwrap();
    let ours: Vec<&Item> = lylich()
        .sections
        .iter()
        .flat_map(|s| s.items)
        .filter(|i| !i.number.is_empty())
        .collect();
    assert_eq!(ours.len(), want.len());
    for (item, want) in ours.iter().zip(want) {
        assert_eq!(item.number, text(&want["item"]));
        assert_eq!(item.label, text(&want["label"]), "item {}", item.number);
        let page = match &want["page"] {
            Value::Number(n) => n.to_string(),
            page => text(page).to_string(),
        };
        assert_eq!(item.page, page, "page of item {}", item.number);
        assert_eq!(
            u64::from(item.lines),
            want["lines_estimate"].as_u64().unwrap(),
            "lines of item {}",
            item.number
        );
        assert_eq!(item.filled_by, text(&want["filled_by"]), "item {}", item.number);
        #[cfg(feature = "procedure")]
        assert_eq!(item.note, text(&want["note"]), "note of item {}", item.number);
        let fields = want["fields"].as_array().unwrap();
        assert_eq!(item.fields.len(), fields.len(), "fields of item {}", item.number);
        for (f, want) in item.fields.iter().zip(fields) {
            assert_eq!(f.slug, text(&want["slug"]));
            compare(f, want);
            assert_eq!(
                f.kind == Kind::Locked,
                want["locked"] == Value::Bool(true),
                "lock of {}",
                f.slug
            );
        }
    }
}

#[test]
fn every_unprinted_question_is_in_the_reference_file() {
    let reference = reference();
    let want = reference["aux_fields"].as_array().unwrap();
    let items = lylich()
        .sections
        .iter()
        .flat_map(|s| s.items)
        .filter(|i| i.number.is_empty());
    let ours: Vec<&Field> = items.flat_map(|i| i.fields).collect();
    assert_eq!(ours.len(), want.len());
    for want in want {
        let f = ours
            .iter()
            .find(|f| f.slug == text(&want["slug"]))
            .unwrap_or_else(|| panic!("{} is missing", want["slug"]));
        compare(f, want);
    }
}

#[test]
fn the_fields_of_a_person_are_the_reference_fields() {
    let reference = reference();
    let want = reference["family"]["fields"].as_array().unwrap();
    assert_eq!(super::person().len(), want.len());
    for (f, want) in super::person().iter().zip(want) {
        assert_eq!(f.slug, text(&want["key"]));
        compare(f, want);
        let When::Person(a, b, c) = f.asked else {
            panic!("{} is not asked per group", f.slug)
        };
        for (ask, group) in [(a, "A"), (b, "B"), (c, "C")] {
            assert_eq!(
                ask.phrase(),
                text(&want["groups"][group]),
                "{} in group {group}",
                f.slug
            );
        }
    }
}

#[test]
fn the_relations_are_the_reference_relations() {
    let reference = reference();
    let want = reference["family"]["relations"].as_array().unwrap();
    assert_eq!(relations().len(), want.len());
    for (r, want) in relations().iter().zip(want) {
        assert_eq!(r.slug, text(&want["slug"]));
        assert_eq!(r.label, text(&want["label"]));
        assert_eq!(format!("{:?}", r.group), text(&want["group"]));
        assert_eq!(if r.side == Side::Own { "self" } else { "spouse" }, text(&want["side"]));
        assert_eq!(u64::from(r.max), want["max"].as_u64().unwrap_or(0));
    }
    let field = super::person().iter().find(|f| f.slug == "relation").unwrap();
    let values: Vec<&str> = field.choices.iter().map(|c| c.value).collect();
    assert_eq!(values, relations().iter().map(|r| r.slug).collect::<Vec<_>>());
}

#[test]
fn the_labels_of_choices_are_those_of_the_reference_file() {
    let reference = reference();
    let enums = reference["enums"].as_object().unwrap();
    for (name, want) in enums {
        let f = match name.as_str() {
            "row.kind" => field(lylich(), "life_history/r/kind"),
            "row.event" => field(lylich(), "life_history/r/event"),
            "row.level" => field(lylich(), "life_history/r/level"),
            "disciplines[].outcome" => field(lylich(), "disciplines/r/outcome"),
            "answer" => field(lylich(), "youth_union_admission.member"),
            slug => field(lylich(), slug),
        };
        let f = f.unwrap_or_else(|| panic!("{name}"));
        let ours: Vec<(&str, &str)> = f.choices.iter().map(|c| (c.value, c.label)).collect();
        let want: Vec<(&str, &str)> = want
            .as_object()
            .unwrap()
            .iter()
            .map(|(k, v)| (k.as_str(), text(v)))
            .collect();
        assert_eq!(ours, want, "{name}");
    }
}

#[test]
fn the_54_peoples_are_offered() {
    let formats: Value = serde_json::from_str(include_str!("../vectors/formats.json")).unwrap();
    let want: Vec<&str> = formats["ethnicities"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| text(&e["name"]))
        .collect();
    let ours: Vec<&str> = field(lylich(), "ethnicity")
        .unwrap()
        .choices
        .iter()
        .map(|c| c.value)
        .collect();
    assert_eq!(ours, want);
    assert_eq!(ours.len(), 54);
}

#[test]
fn sections_are_named_once_and_items_24_to_26_are_locked() {
    let slugs: Vec<&str> = lylich().sections.iter().map(|s| s.slug).collect();
    assert_eq!(
        slugs,
        [
            "bat-dau",
            "ten-ngay-sinh",
            "que-quan-noi-o",
            "dan-toc-ton-giao",
            "trinh-do",
            "doan",
            "lich-su",
            "cong-viec",
            "dac-diem-lich-su",
            "lop-hoc",
            "nuoc-ngoai",
            "khen-thuong-ky-luat",
            "gia-dinh",
            "tu-nhan-xet",
            "cam-doan",
            "cap-uy-ghi",
            "giay-to"
        ]
    );
    for slug in ["verification_comments", "branch_comment", "committee_certification"] {
        assert!(!field(lylich(), slug).unwrap().kind.is_written());
    }
}

#[test]
fn a_path_leads_to_the_field_that_is_drawn() {
    let of = |path: &str| field(lylich(), path).map(|f| f.slug);
    assert_eq!(of("ancestral_home.old.district"), Some("ancestral_home"));
    assert_eq!(
        of("political_history.religious_roles.answer"),
        Some("political_history.religious_roles")
    );
    assert_eq!(of("life_history/ab12/from"), Some("from"));
    assert_eq!(of("family/ab12/death.year"), Some("death.year"));
    assert_eq!(of("family/ab12/history/cd34/text"), Some("text"));
    assert_eq!(of("family/ab12/residence.commune"), Some("residence"));
    assert_eq!(of("other_names/ab12/_"), Some("other_names"));
    assert_eq!(of("life_history/ab12/#"), Some("life_history"));
    assert_eq!(of("nowhere"), None);
    assert_eq!(of("family/ab12/nothing"), None);
    let (_, part) = field_and_part(lylich(), "family/ab12/birth_place.old.commune").unwrap();
    assert_eq!(part.unwrap().slug, "old.commune");
}

fn record(answers: &[(&str, &str)]) -> Record {
    let mut r = Record::new();
    for (path, text) in answers {
        r.set(path, text);
    }
    r
}

#[test]
fn answers_open_the_questions_that_hang_on_them() {
    let asked = |answers: &[(&str, &str)], slug: &str| {
        let r = record(answers);
        let f = field(lylich(), slug).unwrap();
        (f.is_asked(&r, None), f.is_required(&r, None))
    };
    assert_eq!(asked(&[], "profile.marriage_year"), (false, false));
    assert_eq!(
        asked(&[("profile.marital_status", "widowed")], "profile.marriage_year"),
        (true, true)
    );
    assert_eq!(
        asked(&[("profile.marital_status", "widowed")], "profile.spouse_parents_known"),
        (false, false)
    );
    assert_eq!(
        asked(&[("profile.group", "pupil")], "profile.trade_union_member.answer"),
        (false, false)
    );
    assert_eq!(
        asked(&[("profile.group", "staff")], "profile.trade_union_member.answer"),
        (true, true)
    );
    assert_eq!(asked(&[], "profile.trade_union_member.answer"), (false, false));
    assert_eq!(asked(&[], "foreign_trips"), (false, false));
    assert_eq!(asked(&[("foreign_trips_answer", "có")], "foreign_trips"), (true, true));
    assert_eq!(asked(&[], "temporary_residence"), (true, true));
    assert_eq!(
        asked(&[("permanent_residence.commune", "xã A")], "temporary_residence"),
        (true, false)
    );
    assert_eq!(
        asked(&[("readmission.applies.answer", "không")], "readmission.left_date"),
        (false, false)
    );
    assert_eq!(
        asked(
            &[("education.certificate_held", "primary")],
            "profile.special_area.reason"
        ),
        (true, true)
    );
    assert_eq!(
        asked(
            &[("education.certificate_held", "upper_secondary")],
            "education.certificate_paper"
        ),
        (true, true)
    );
    assert_eq!(asked(&[], "branch_comment"), (true, false));
}

#[test]
fn a_single_day_is_not_asked_for_its_school_level() {
    let event = record(&[("life_history/a/kind", "event")]);
    let study = record(&[("life_history/a/kind", "study")]);
    let level = field(lylich(), "life_history/a/level").unwrap();
    let which = field(lylich(), "life_history/a/event").unwrap();
    assert!(!level.is_asked(&event, Some("life_history/a")) && level.is_asked(&study, Some("life_history/a")));
    assert!(which.is_asked(&event, Some("life_history/a")) && !which.is_asked(&study, Some("life_history/a")));
}

fn person(answers: &[(&str, &str)]) -> Vec<&'static str> {
    let mut r = record(&[("declaration.date", "10-11-2026")]);
    for (slug, text) in answers {
        r.set(&format!("family/p/{slug}"), text);
    }
    person_fields(&r, "family/p").into_iter().map(|f| f.slug).collect()
}

#[test]
fn a_grandparent_is_asked_for_political_matters_but_not_for_money() {
    let fields = person(&[("relation", "paternal_grandfather")]);
    assert!(fields.contains(&"political_note") && fields.contains(&"residence"));
    assert!(
        !fields.contains(&"economic") && !fields.contains(&"birth_place") && !fields.contains(&"left_party.answer")
    );
}

#[test]
fn the_dead_are_asked_for_their_death_and_not_for_home_and_work() {
    let fields = person(&[("relation", "father"), ("death.answer", "có")]);
    assert!(
        ["death.answer", "death.year", "death.cause", "death.place"]
            .iter()
            .all(|f| fields.contains(f))
    );
    assert!(!fields.contains(&"residence") && !fields.contains(&"occupation") && !fields.contains(&"compliance"));
    let imported = person(&[("relation", "father"), ("death.year", "2015")]);
    assert!(!imported.contains(&"residence"), "a year of death alone says it too");
}

#[test]
fn a_child_under_six_is_asked_for_little() {
    let small = person(&[("relation", "biological_child"), ("birth_year", "2022")]);
    assert!(small.contains(&"nationality") && small.contains(&"residence"));
    assert!(!small.contains(&"occupation") && !small.contains(&"economic") && !small.contains(&"criminal_record"));
    let pupil = person(&[("relation", "biological_child"), ("birth_year", "2012")]);
    assert!(pupil.contains(&"occupation") && !pupil.contains(&"criminal_record"));
    let adult = person(&[("relation", "younger_sister"), ("birth_year", "2000")]);
    assert!(adult.contains(&"criminal_record") && adult.contains(&"economic") && adult.contains(&"compliance"));
}

#[test]
fn a_former_spouse_is_asked_for_the_divorce_and_nothing_else_of_substance() {
    let fields = person(&[("relation", "former_spouse")]);
    assert_eq!(
        fields,
        [
            "relation",
            "name",
            "birth_year",
            "marriage_year",
            "divorce.year",
            "divorce.decision",
            "matters_to_report",
            "note"
        ]
    );
    assert!(!person(&[("relation", "mother")]).contains(&"divorce.year"));
}

#[test]
fn party_and_abroad_questions_open_their_details() {
    let closed = person(&[("relation", "elder_brother"), ("party_member.answer", "không")]);
    assert!(closed.contains(&"party_member.answer") && !closed.contains(&"party_member.branch"));
    let open = person(&[
        ("relation", "elder_brother"),
        ("party_member.answer", "có"),
        ("abroad.answer", "có"),
    ]);
    assert!(open.contains(&"party_member.branch") && open.contains(&"party_member.confirmed_date"));
    assert!(open.contains(&"abroad.country"));
}

#[test]
fn a_person_without_a_relation_is_asked_for_the_relation_first() {
    assert_eq!(person(&[]), ["relation", "name", "birth_year"]);
}

#[test]
fn the_expected_relatives_follow_the_answers() {
    let expected = |answers: &[(&str, &str)]| {
        expected(&record(answers))
            .into_iter()
            .map(|r| r.slug)
            .collect::<Vec<_>>()
    };
    assert_eq!(expected(&[]).len(), 6);
    assert_eq!(expected(&[("profile.parents_known", "không")]), ["guardian"]);
    let married = expected(&[("profile.marital_status", "married"), ("gender", "nữ")]);
    assert!(married.contains(&"husband") && married.contains(&"spouse_maternal_grandmother"));
    assert!(!expected(&[("profile.marital_status", "widowed")]).contains(&"spouse_father"));
    assert!(expected(&[("profile.marital_status", "divorced")]).contains(&"former_spouse"));
    assert!(expected(&[("profile.siblings_answer", "có")]).contains(&"elder_brother"));
    assert!(
        !expected(&[
            ("profile.siblings_answer", "có"),
            ("family/a/relation", "younger_sister")
        ])
        .contains(&"elder_brother")
    );
    assert!(!expected(&[("family/a/relation", "father")]).contains(&"father"));
    // asked for while the answer says there is one and none stands there, and no longer
    let (own, children, theirs) = ("siblings_answer", "children_answer", "spouse_siblings_answer");
    for (asked, wanted, there) in [
        (own, "elder_brother", "younger_sister"),
        (children, "biological_child", "adopted_child"),
        (theirs, "spouse_elder_brother", "spouse_younger_sister"),
    ] {
        let asked = format!("profile.{asked}");
        let answers = [
            ("profile.marital_status", "married"),
            (asked.as_str(), "có"),
            ("family/a/relation", there),
        ];
        assert!(expected(&answers[..2]).contains(&wanted), "{wanted}");
        assert!(!expected(&answers).contains(&wanted), "{wanted}");
        assert!(
            !expected(&[answers[0], (asked.as_str(), "không")]).contains(&wanted),
            "{wanted}"
        );
    }
}

#[test]
fn the_note_asks_the_four_headings_and_is_not_printed() {
    let required: Vec<&str> = fields(note())
        .filter(|f| f.is_required(&Record::new(), None))
        .map(|f| f.slug)
        .collect();
    assert_eq!(
        required,
        [
            "candidate",
            "date",
            "author",
            "author_role",
            "phase",
            "aspects.policy_law",
            "aspects.political_ethics",
            "aspects.capacity",
            "aspects.mass_relations"
        ]
    );
    assert!(fields(note()).all(|f| !f.printed));
}

#[test]
fn the_edition_of_2022_has_the_items_of_the_reference_mapping() {
    let text = include_str!("../vectors/form-2-knd-2022.json");
    let reference: Value = serde_json::from_str(text).unwrap();
    let want = reference["items"].as_array().unwrap();
    let all = lylich_2022().sections.iter().flat_map(|s| s.items);
    let ours: Vec<&Item> = all.filter(|item| !item.number.is_empty()).collect();
    assert_eq!(ours.len(), want.len());
    for (item, want) in ours.iter().zip(want) {
        assert_eq!(
            (item.number, item.label),
            (want["item"].as_str().unwrap(), want["label"].as_str().unwrap())
        );
        // the mapping names a group once (`political_history`) and leaves out what is not printed
        let mut slugs: Vec<&str> = want["slug_2022"].as_str().unwrap().split(", ").collect();
        for f in item.fields.iter().filter(|f| f.printed) {
            let group = |slug: &&str| {
                f.slug
                    .strip_prefix(*slug)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            assert!(
                want["slug_2022"].as_str().unwrap().split(", ").any(|slug| group(&slug)),
                "{}",
                f.slug
            );
            slugs.retain(|slug| !group(slug));
        }
        assert!(slugs.is_empty(), "{slugs:?} of {} are not asked", item.number);
    }
}

#[test]
fn both_editions_ask_the_same_under_the_same_path() {
    for f in fields(lylich_2022()) {
        let Some(same) = field(lylich(), f.slug) else {
            assert!(
                [
                    "current_name",
                    "birth_place",
                    "education.vocational",
                    "education.higher"
                ]
                .contains(&f.slug)
            );
            continue;
        };
        let is_sentence = f.slug == "declaration.text";
        assert!(f.kind == same.kind || is_sentence, "{}", f.slug);
        assert!(is_sentence || std::ptr::eq(f.columns, same.columns), "{}", f.slug);
    }
}

#[test]
#[cfg(feature = "procedure")]
fn the_steps_of_the_procedure_are_the_reference_fields() {
    let reference: Value = serde_json::from_str(include_str!("../vectors/procedure.json")).unwrap();
    let want = reference["fields"].as_array().unwrap();
    let ours: Vec<&Field> = fields(by_id("procedure/1").unwrap()).collect();
    assert_eq!(ours.len(), want.len());
    for (f, want) in ours.iter().zip(want) {
        let text = |key: &str| want[key].as_str().unwrap_or_default();
        assert_eq!((f.slug, f.hint), (text("slug"), text("hint")));
        let (about, said) = text("label").rsplit_once([':', '(']).unwrap_or((text("label"), ""));
        if said.trim().starts_with(|c: char| c.is_ascii_lowercase()) {
            // the reference list names the part by its code
            assert!(
                f.label.starts_with(about.trim_end()) && !f.label.is_ascii(),
                "{}",
                f.label
            );
        } else {
            assert_eq!(f.label, text("label"));
        }
        assert!(
            f.kind.name() == text("kind") || (text("kind") == "yes_no" && f.kind == Kind::Choice),
            "{}",
            f.slug
        );
        assert!(
            f.kind != Kind::Choice || !f.choices.is_empty(),
            "{} offers nothing",
            f.slug
        );
        if let Some(columns) = want["note"].as_str().and_then(|n| n.strip_prefix("Columns: ")) {
            for c in f.columns {
                assert!(columns.contains(c.slug), "{} has {}", f.slug, c.slug);
            }
            assert!(!f.columns.is_empty(), "{}", f.slug);
        }
    }
}

#[test]
#[cfg(feature = "procedure")]
fn every_rule_reads_slugs_that_some_form_has() {
    for rule in crate::check::rules() {
        for slug in rule.slugs() {
            let (head, column) = slug.split_once("[]").unwrap_or((slug, ""));
            let known = ids().into_iter().filter_map(by_id).flat_map(fields).any(|f| {
                f.slug == head
                    || f.slug.strip_prefix(head).is_some_and(|r| r.starts_with('.'))
                    || head.starts_with(f.slug)
            });
            let other = ["notes", "papers.application"];
            assert!(
                known || head == "*" || other.contains(&head),
                "{} reads {slug}{column}",
                rule.id
            );
        }
    }
}

#[test]
fn members_of_an_object_begin_with_its_slug() {
    for form in ids().into_iter().filter_map(by_id) {
        for f in fields(form).chain(fields(form).flat_map(|f| f.columns)) {
            let begins = |m: &Field| m.slug.strip_prefix(f.slug).is_some_and(|rest| rest.starts_with('.'));
            assert!(f.kind != Kind::Object || f.columns.iter().all(begins), "{}", f.slug);
        }
    }
}
