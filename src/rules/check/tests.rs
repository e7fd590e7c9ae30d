//! Every vector passes, every dossier gives exactly its findings, the table of rules is the reference table.

use super::*;
use crate::record::Tree;
use crate::vectors;
use serde_json::Value;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

pub(super) fn tree(text: &str) -> Tree<'_> {
    serde_json::from_str(text).unwrap()
}

/// The reference vectors and this project's own.
pub(super) const VECTOR_FILES: [&str; 2] = [
    include_str!("../vectors/test-vectors.json"),
    include_str!("../vectors/more-vectors.json"),
];

#[test]
#[cfg(feature = "procedure")]
fn every_vector_passes() {
    for file in VECTOR_FILES {
        let outcomes = vectors::run(&tree(file), None).unwrap();
        assert!(outcomes.len() >= 223);
        let told = |o: &vectors::Outcome| Some(format!("{} {}: {}", o.id, o.rule, o.problem.as_ref()?));
        let failed: Vec<String> = outcomes.iter().filter_map(told).collect();
        assert!(failed.is_empty(), "{}", failed.join("\n"));
    }
}

#[test]
fn every_computed_rule_breaks_in_a_vector_and_holds_in_another() {
    let files = VECTOR_FILES.map(json);
    let all: Vec<&Value> = files.iter().flat_map(|f| f["vectors"].as_array().unwrap()).collect();
    for rule in rules().filter(|r| r.check.is_some()) {
        let has = |none: bool| {
            all.iter()
                .any(|v| v["rule"] == rule.id && (v["expected"] == "none") == none)
        };
        assert!(has(false), "{} never breaks", rule.id);
        assert!(has(true), "{} never holds", rule.id);
    }
}

pub(super) const DOSSIERS: [(&str, &str, &str); 4] = [
    (
        "1-pupil-mong",
        include_str!("../../../tests/people/1-pupil-mong.json"),
        include_str!("../../../tests/people/1-pupil-mong.findings.json"),
    ),
    (
        "2-teacher-rotation",
        include_str!("../../../tests/people/2-teacher-rotation.json"),
        include_str!("../../../tests/people/2-teacher-rotation.findings.json"),
    ),
    (
        "3-kitchen-worker",
        include_str!("../../../tests/people/3-kitchen-worker.json"),
        include_str!("../../../tests/people/3-kitchen-worker.findings.json"),
    ),
    (
        "4-readmission",
        include_str!("../../../tests/people/4-readmission.json"),
        include_str!("../../../tests/people/4-readmission.findings.json"),
    ),
];

pub(super) fn places() -> crate::place::Places {
    crate::place::Places::read(
        include_bytes!("../../../public/data/places-now.txt"),
        include_bytes!("../../../public/data/places-old.txt"),
    )
    .unwrap()
}

#[test]
fn a_rule_looks_at_what_it_reads_and_its_parts_and_at_nothing_else() {
    for (read, place, looks) in [
        ("*", "birth_name", true),
        ("birth_name", "birth_name", true),
        ("birth_name", "birth_names", false),
        ("ancestral_home", "ancestral_home.commune", true),
        ("ancestral_home.commune", "ancestral_home", true),
        ("family[]", "family/ab12/name", true),
        ("family[]", "family", true),
        ("family[].name", "family/ab12/name", true),
        ("family[].name", "family/ab12", true),
        ("family[].name", "family/ab12/birth_year", false),
        ("family[].death", "family/ab12/death.year", true),
        ("family[].death.year", "family/ab12/death", true),
        ("family[].death.year", "family/ab12/death.place", false),
        ("family[].history[]", "family/ab12/history/cd34/text", true),
        ("work_history[]", "life_history/ab12/from", false),
        ("family[].name", "work_history/ab12/name", false),
    ] {
        assert_eq!(touches(read, place), looks, "{read} {place}");
    }
}

/// Whether one `where` is the other or a part of it.
fn is_same_place(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    long.strip_prefix(short)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

#[test]
fn every_dossier_gives_its_findings_and_no_others() {
    let places = places();
    for (name, dossier, expected) in DOSSIERS {
        let dossier = Record::from_dossier(&tree(dossier)).unwrap();
        let settings = Settings::read(&dossier.settings);
        let cx = Context::new(dossier.act_date.unwrap(), &settings).with_places(&places);
        let mut found = run(&dossier.record, &cx);
        for want in json(expected)["findings"].as_array().unwrap() {
            let text = |key: &str| want[key].as_str().unwrap();
            let fits = |f: &Finding| {
                let own = serde_json::to_value(vectors::params_tree(f)).unwrap();
                f.rule == text("rule")
                    && f.severity.name() == text("severity")
                    && is_same_place(&f.where_(&dossier.record), text("where"))
                    && want["params"]
                        .as_object()
                        .unwrap()
                        .iter()
                        .all(|(k, v)| own.get(k) == Some(v))
            };
            let at = found.iter().position(fits);
            assert!(at.is_some(), "{name} lacks {want}; left are {found:#?}");
            found.remove(at.unwrap());
        }
        assert!(found.is_empty(), "{name} has more: {found:#?}");
    }
}

/// What a rule says beside what the reference list says.
#[test]
#[cfg(feature = "procedure")]
fn the_table_of_rules_is_the_reference_table() {
    let reference = json(include_str!("../vectors/rules.json"));
    let reference = reference["rules"].as_array().unwrap();
    assert_eq!(rules().count(), reference.len());
    for want in reference {
        let id = want["id"].as_str().unwrap();
        let own = rule(id).unwrap_or_else(|| panic!("{id} is missing"));
        let text = |key: &str| want[key].as_str().unwrap_or_default();
        let day = |key: &str| want[key].as_str().map(|d| Date::from_iso(d).unwrap());
        let list = |key: &str| {
            want[key]
                .as_array()
                .unwrap()
                .iter()
                .map(|v| v.as_str().unwrap())
                .collect::<Vec<_>>()
        };
        assert_eq!(own.severity.name(), text("severity"), "{id}");
        assert_eq!(
            own.also.iter().map(|s| s.name()).collect::<Vec<_>>(),
            list("also"),
            "{id}"
        );
        assert_eq!(own.resolve.name(), text("resolve"), "{id}");
        assert_eq!((own.actor(), own.stage()), (text("actor"), text("stage")), "{id}");
        assert_eq!((own.since, own.until), (day("valid_from"), day("valid_to")), "{id}");
        assert_eq!(own.date_by, text("date_by"), "{id}");
        assert_eq!(own.title, text("title_vi"), "{id}");
        assert_eq!(own.seen.name(), text("confidence"), "{id}");
        assert_eq!(own.province, text("province"), "{id}");
        assert_eq!(own.slugs().collect::<Vec<_>>(), list("slugs"), "{id}");
        let groups = [
            ("pupil", group::PUPIL),
            ("teacher", group::TEACHER),
            ("manager", group::MANAGER),
            ("staff", group::STAFF),
        ];
        let applies: Vec<&str> = groups
            .into_iter()
            .filter(|(_, bit)| own.applies & bit != 0)
            .map(|(name, _)| name)
            .collect();
        assert_eq!(applies, list("applies_to"), "{id}");
        let is_auto = want["check"] == "auto";
        assert_eq!(own.check.is_some(), is_auto, "{id} is computed");
        assert_eq!(
            own.nothing_to_compute.is_empty(),
            is_auto,
            "{id} says why nothing is computed"
        );
    }
}

#[test]
#[cfg(feature = "procedure")]
fn the_citations_are_the_reference_citations() {
    let reference = json(include_str!("../vectors/rules.json"));
    for want in reference["rules"].as_array().unwrap() {
        let own = rule(want["id"].as_str().unwrap()).unwrap();
        let cited = want["citations"].as_array().unwrap();
        assert_eq!(own.grounds().count(), cited.len(), "{}", own.id);
        for (ours, want) in own.grounds().zip(cited) {
            let i = ours.instrument;
            assert_eq!(i.id(), want["instrument"], "{}", own.id);
            assert_eq!(i.number(), want["number"], "{}", own.id);
            assert_eq!(ours.point, want["point"].as_str().unwrap_or_default(), "{}", own.id);
            assert_eq!(ours.since.iso(), want["valid_from"], "{}", own.id);
            assert_eq!(
                ours.until.map(Date::iso).as_deref(),
                want["valid_to"].as_str(),
                "{}",
                own.id
            );
            assert_eq!(ours.seen.name(), want["confidence"], "{}", own.id);
        }
    }
}

#[test]
#[cfg(feature = "procedure")]
fn every_message_of_the_reference_list_is_said() {
    let reference = json(include_str!("../vectors/rules.json"));
    for want in reference["rules"].as_array().unwrap() {
        let own = rule(want["id"].as_str().unwrap()).unwrap();
        let wordings: Vec<&str> = own.variants.iter().map(|(_, text)| *text).collect();
        let empty = Vec::new();
        let variants = want["message_variants"].as_array().unwrap_or(&empty);
        assert_eq!(own.variants.len(), variants.len(), "{}", own.id);
        for variant in variants {
            let params = |text: &str| text.matches('{').count();
            let said = variant["message"].as_str().unwrap();
            assert!(wordings.iter().any(|w| params(w) == params(said)), "{}: {said}", own.id);
        }
    }
}

#[test]
fn the_instruments_are_the_reference_instruments() {
    let reference = json(include_str!("../vectors/instruments.json"));
    let reference = reference["instruments"].as_array().unwrap();
    assert_eq!(crate::law::instruments().len(), reference.len());
    for (own, want) in crate::law::instruments().iter().zip(reference) {
        let text = |key: &str| want[key].as_str().unwrap_or_default();
        let id = own.id();
        assert_eq!(id, text("id"));
        assert_eq!(
            (own.number(), own.title(), own.issuer()),
            (text("number"), text("title"), text("issuer")),
            "{id}"
        );
        assert_eq!((own.kind(), own.province()), (text("kind"), text("province")), "{id}");
        assert_eq!(own.date.iso(), text("date"), "{id}");
        assert_eq!(own.since.iso(), text("valid_from"), "{id}");
        assert_eq!(own.until.map(Date::iso).as_deref(), want["valid_to"].as_str(), "{id}");
        assert_eq!(own.replaces().map(|r| r.id()), want["replaces"].as_str(), "{id}");
        assert_eq!(own.seen.name(), text("confidence"), "{id}");
        assert!(
            Date::new(own.date.y, own.date.m, own.date.d).is_some(),
            "{id} has a day that exists"
        );
    }
}

/// Words that judge a person or blame; none may stand in a message.
const JUDGING: [&str; 12] = [
    "đủ điều kiện",
    "đủ tiêu chuẩn",
    "không xứng",
    "lỗi",
    "sai phạm",
    "vi phạm",
    "không hợp lệ",
    "gian dối",
    "không trung thực",
    "thất bại",
    "bị từ chối",
    "không đạt yêu cầu",
];

/// Words by which a message says what to do next.
const NEXT: [&str; 17] = [
    "hãy",
    "xin ",
    "cần ",
    "nên ",
    "hỏi ",
    "chọn ",
    "để trống",
    "có thể",
    "báo cáo",
    "đối chiếu",
    "ghi ",
    "viết ",
    "giữ nguyên",
    "bổ sung",
    "xem lại",
    "kiểm tra",
    "cứ khai",
];

fn messages() -> impl Iterator<Item = (&'static str, &'static str, bool)> {
    rules().flat_map(|r| {
        let own = std::iter::once(r.message).chain(r.variants.iter().map(|(_, m)| *m));
        own.map(|m| (r.id, m, r.check.is_some()))
    })
}

#[test]
fn no_message_judges_a_person() {
    for (id, message, _) in messages() {
        let folded = crate::text::fold(message);
        for word in JUDGING {
            assert!(!crate::text::has_words(&folded, word), "{id}: “{word}” in {message}");
        }
    }
}

#[test]
fn every_message_says_what_to_do_next() {
    for (id, message, computed) in messages().filter(|(_, _, computed)| *computed) {
        let folded = crate::text::fold(message);
        assert!(
            computed && NEXT.iter().any(|word| folded.contains(word)),
            "{id}: {message}"
        );
    }
}

#[test]
fn messages_are_composed_and_end_like_sentences() {
    for (id, message, _) in messages() {
        assert_eq!(crate::text::nfc(message), message, "{id}");
        assert!(message.ends_with(['.', '?', '!', ')', '”']), "{id}: {message}");
        assert!(!message.contains("  "), "{id}: {message}");
        assert_eq!(message.matches('{').count(), message.matches('}').count(), "{id}");
    }
}

/// Every finding of every vector and dossier.
fn every_finding() -> Vec<Finding> {
    let mut out = Vec::new();
    for v in tree(VECTOR_FILES[0]).member("vectors").unwrap().rows().unwrap() {
        let record = Record::from_entries(v.member("input").unwrap()).unwrap();
        let given = v.member("settings").unwrap_or(&Tree::Blank);
        let settings = Settings::read(given);
        let listed = given.member("gazetteer").and_then(crate::place::Listed::read);
        let mut cx = Context::new(
            Date::from_iso(v.member("act_date").unwrap().text().unwrap()).unwrap(),
            &settings,
        );
        cx.places = listed.as_ref().map(|l| l as &dyn Gazetteer);
        out.extend(run(&record, &cx));
    }
    for (_, dossier, _) in DOSSIERS {
        let dossier = Record::from_dossier(&tree(dossier)).unwrap();
        let settings = Settings::read(&dossier.settings);
        out.extend(run(
            &dossier.record,
            &Context::new(dossier.act_date.unwrap(), &settings),
        ));
    }
    out
}

#[test]
fn every_word_to_fill_in_a_message_is_filled() {
    let found = every_finding();
    assert!(found.len() > 1000);
    for f in found {
        for name in f
            .wording()
            .split('{')
            .skip(1)
            .map(|rest| rest.split('}').next().unwrap())
        {
            assert!(f.param(name).is_some(), "{} ({}) does not say {name}", f.rule, f.case);
        }
        let message = f.message();
        assert!(!message.contains(['{', '}']), "{}: {message}", f.rule);
    }
}

#[test]
fn every_ground_says_how_far_it_was_seen() {
    for f in every_finding() {
        for g in f.grounds() {
            assert!(!g.number.is_empty() && !g.seen.is_empty(), "{}", f.rule);
        }
        let presumed = f.citations().any(|c| c.seen == crate::law::Seen::Presumed);
        let told = f
            .notices()
            .iter()
            .any(|n| n.starts_with("Căn cứ bản năm 2025; chưa đối chiếu được với "));
        assert_eq!(presumed, told, "{}", f.rule);
    }
}

#[test]
fn a_focus_is_a_path_of_the_record_or_of_the_procedure() {
    for f in every_finding() {
        let known = crate::form::field(crate::form::lylich(), &f.place).is_some();
        let other = [
            "procedure.",
            "probation.",
            "transfer.",
            "study.",
            "contract.",
            "secondment.",
            "notes",
        ];
        assert!(
            known || other.iter().any(|o| f.place.starts_with(o)),
            "{} points at {}",
            f.rule,
            f.place
        );
    }
}

pub(super) fn findings_of(answers: &[(&str, &str)], settings: &Settings, keep_noted: bool) -> Vec<Finding> {
    let r = Record::from_fields(answers.iter().map(|(p, t)| (p.to_string(), t.to_string())).collect());
    let mut cx = Context::new(Date::from_iso("2026-11-10").unwrap(), settings);
    cx.keep_noted = keep_noted;
    run(&r, &cx)
}

#[test]
fn a_name_that_began_after_the_districts_needs_none_once_it_is_old() {
    let (settings, places) = (Settings::default(), places());
    let place = |part: &str| format!("birth_registration_place.{part}");
    let fields = [
        ("commune", "phường Bố Hạ"),
        ("province", "thành phố Bắc Ninh"),
        ("old.commune", "xã Bố Hạ"),
        ("old.province", "tỉnh Bắc Ninh"),
    ];
    let record = Record::from_fields(
        fields
            .iter()
            .map(|(part, text)| (place(part), text.to_string()))
            .collect(),
    );
    for (day, asked) in [("2026-11-10", false), ("2026-08-01", true)] {
        let mut cx = Context::new(Date::from_iso(day).unwrap(), &settings);
        cx.places = Some(&places);
        let found = run(&record, &cx);
        let district = found
            .iter()
            .any(|f| f.rule == "LL-05c" && f.case == "old_without_district");
        assert_eq!(district, asked, "{day}");
    }
}

#[test]
fn every_group_is_known_by_its_name() {
    let settings = Settings::default();
    let of = |name: &str| {
        let record = Record::from_fields([("profile.group".to_string(), name.to_string())].into());
        let cut = Cut::new(&record);
        group_of(&Facts::new(
            &cut,
            &Context::new(Date::from_iso("2026-11-10").unwrap(), &settings),
        ))
    };
    let known = ["pupil", "teacher", "manager", "staff"].map(of);
    assert_eq!(known, [group::PUPIL, group::TEACHER, group::MANAGER, group::STAFF]);
    assert_eq!(of(""), group::ALL);
}

#[test]
fn only_local_rules_and_readings_can_be_switched_off() {
    let off = Settings {
        rules_off: vec!["LL-06c".into(), "LL-04".into()],
        ..Settings::default()
    };
    let answers = [("ancestral_home.commune", "xã A"), ("gender", "gái")];
    let rules: Vec<&str> = findings_of(&answers, &off, false).iter().map(|f| f.rule).collect();
    assert!(!rules.contains(&"LL-06c") && rules.contains(&"LL-04"));
    assert!(
        findings_of(&answers, &Settings::default(), false)
            .iter()
            .any(|f| f.rule == "LL-06c")
    );
}

#[test]
fn a_rule_runs_only_while_it_holds_and_for_whom_it_is() {
    let settings = Settings::default();
    let r = Record::from_fields(
        [
            ("religion", ""),
            ("declaration.date", "1-1-2025"),
            ("profile.group", "pupil"),
            ("readmission.applies.answer", "có"),
        ]
        .map(|(p, t)| (p.to_string(), t.to_string()))
        .into(),
    );
    let found = run(&r, &Context::new(Date::from_iso("2026-11-10").unwrap(), &settings));
    assert!(
        !found.iter().any(|f| f.rule == "LL-09"),
        "the form of 2025 did not hold on the day of the declaration"
    );
    assert!(!found.iter().any(|f| f.rule == "RE-02"), "not for pupils");
}

#[test]
fn near_a_field_only_its_findings_are_given() {
    let settings = Settings::default();
    let r = Record::from_fields(
        [
            ("gender", "gái"),
            ("family/a/relation", "father"),
            ("family/a/name", "A"),
            ("family/b/relation", "mother"),
            ("family/b/name", "B"),
            ("family/b/birth_place.detail", "..."),
            ("political_history.text", "ba\u{0111} \u{F0}i"),
            ("birth_date", "31-2-2006"),
        ]
        .map(|(p, t)| (p.to_string(), t.to_string()))
        .into(),
    );
    let cx = Context::new(Date::from_iso("2026-11-10").unwrap(), &settings);
    let near = |place: &str| run_near(&r, &cx, place);
    assert_eq!(near("gender").iter().map(|f| f.rule).collect::<Vec<_>>(), ["LL-04"]);
    assert!(near("family/a").iter().all(|f| f.place.starts_with("family/a")) && !near("family/a").is_empty());
    assert!(near("family/a/name").iter().any(|f| f.rule == "FMT-09"));
    let all = run(&r, &cx);
    for whole_record in ["FMT-07", "FMT-08", "FMT-12"] {
        assert!(
            all.iter().any(|f| f.rule == whole_record),
            "{whole_record} is not tried"
        );
    }
    for f in &all {
        assert!(
            near(&f.place).iter().any(|n| n.rule == f.rule && n.place == f.place),
            "{f:?} is lost near its field"
        );
    }
}

fn note(answers: &[(&str, &str)]) -> Record {
    Record::from_fields(answers.iter().map(|(p, t)| (p.to_string(), t.to_string())).collect())
}

#[test]
fn a_mentors_note_is_checked_by_itself() {
    let settings = Settings::default();
    let cx = Context::new(Date::from_iso("2026-11-10").unwrap(), &settings);
    let whole = [
        ("candidate", "Lò Thị Mẫu"),
        ("date", "10-11-2026"),
        ("author", "Vi Văn Mẫu"),
        ("phase", "before"),
        ("aspects.policy_law", "Dự đủ ba buổi sinh hoạt chi đoàn"),
        ("aspects.political_ethics", "Nộp lại ví nhặt được"),
        ("aspects.capacity", "Đạt 7,8 điểm trung bình"),
        ("aspects.mass_relations", "không có việc mới trong kỳ"),
    ];
    assert!(run_note(&note(&whole), &[], None, &cx).is_empty());
    let with = |path: &'static str, text: &'static str| {
        let mut answers = whole.to_vec();
        answers.retain(|(p, _)| *p != path);
        answers.push((path, text));
        run_note(&note(&answers), &[&note(&whole)], None, &cx)
            .iter()
            .map(|f| format!("{} {}", f.rule, f.place))
            .collect::<Vec<_>>()
    };
    let copied = "MON-10 aspects.capacity".to_string();
    assert!(with("aspects.mass_relations", "").contains(&"MON-07 aspects.mass_relations".to_string()));
    assert!(with("date", "1-12-2026").contains(&"MON-06 date".to_string()));
    assert!(with("weaknesses", "Gia đình có tiền án").contains(&"MON-08 weaknesses".to_string()));
    assert!(with("weaknesses", "").contains(&copied));
    assert!(with("exchange", "nt").contains(&"FMT-12 exchange".to_string()));
    let family = note(&[("family/a/relation", "father"), ("family/a/name", "Lò Văn Mẫu Cha")]);
    let told = note(&[("date", "10-11-2026"), ("exchange", "Bố là Lò Văn Mẫu Cha")]);
    let found = run_note(&told, &[], Some(&family), &cx);
    assert!(found.iter().any(|f| f.rule == "MON-08" && f.place == "exchange"));
    assert!(
        found
            .iter()
            .all(|f| !f.place.starts_with("notes/") && !f.place.starts_with("family"))
    );
}
