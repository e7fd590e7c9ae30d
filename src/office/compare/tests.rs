//! Two hand-ins of an invented pupil.

use super::{Change, What, hand_ins};
use crate::written::record;
use proptest::prelude::*;
use rules::form;
use rules::{Fields, Record};

const BEFORE: [(&str, &str); 25] = [
    ("birth_name", "LÒ THỊ MẪU"),
    ("gender", "nữ"),
    ("profile.group", "pupil"),
    ("religion", "không"),
    ("self_assessment", "Chăm"),
    ("permanent_residence.commune", "Xã Si Pa Phìn"),
    ("other_names/a1/_", "Mẩy"),
    ("other_names/a1/#", "1"),
    ("life_history/r1/#", "1"),
    ("life_history/r1/from", "9-2015"),
    ("life_history/r1/to", "5-2020"),
    ("life_history/r1/text", "Học tiểu học"),
    ("life_history/r2/#", "2"),
    ("life_history/r2/from", "9-2020"),
    ("life_history/r2/to", "5-2024"),
    ("life_history/r3/#", "3"),
    ("life_history/r3/from", "6-2024"),
    ("family/f1/#", "1"),
    ("family/f1/relation", "biological_father"),
    ("family/f1/name", "Lò Văn A"),
    ("family/f1/residence.commune", "Xã Cũ"),
    ("family/f1/history/h1/#", "1"),
    ("family/f1/history/h1/from", "1995"),
    ("family/f1/history/h1/text", "làm ruộng"),
    ("something.else", "1"),
];

const AFTER: [(&str, &str); 27] = [
    ("birth_name", "LO\u{300} THỊ MẪU"),
    ("gender", "nữ"),
    ("profile.group", "teacher"),
    ("self_assessment", "Chăm học"),
    ("nationality", "Việt Nam"),
    ("permanent_residence.commune", "Xã Mường Chà"),
    ("other_names/a1/_", "Mẩy Lò"),
    ("other_names/a1/#", "1"),
    ("life_history/r1/#", "5"),
    ("life_history/r1/from", "9-2015"),
    ("life_history/r1/to", "5-2020"),
    ("life_history/r1/text", "Học tiểu học"),
    ("life_history/r2/#", "2"),
    ("life_history/r2/from", "9-2020"),
    ("life_history/r2/to", "6-2024"),
    ("life_history/r4/#", "4"),
    ("life_history/r4/from", "7-2024"),
    ("life_history/r4/to", "nay"),
    ("family/f1/#", "1"),
    ("family/f1/relation", "biological_father"),
    ("family/f1/name", "Lò Văn A"),
    ("family/f1/residence.commune", "Xã Mới"),
    ("family/f1/history/h1/#", "1"),
    ("family/f1/history/h1/from", "1996"),
    ("family/f1/history/h1/text", "làm ruộng"),
    ("family/f1/unheard", "x"),
    ("something.else", "2"),
];

fn told(change: &Change) -> String {
    let Change {
        item,
        label,
        what,
        before,
        after,
        ..
    } = change;
    format!("{item}| {label}: {} [{before}] [{after}]", what.label())
}

#[test]
fn changes_stand_in_the_order_and_words_of_the_form() {
    let changes = hand_ins(form::lylich(), &record(&BEFORE), &record(&AFTER));
    let said: Vec<String> = changes.iter().map(told).collect();
    let expected = [
        "| Bạn là: sửa [học sinh] [giáo viên]",
        "2| Các tên gọi khác: sửa [Mẩy] [Mẩy Lò]",
        "7| Nơi thường trú › Xã, phường, đặc khu: sửa [Xã Si Pa Phìn] [Xã Mường Chà]",
        "8| Quốc tịch: thêm [] [Việt Nam]",
        "9| Tôn giáo: bỏ [không] []",
    ];
    assert_eq!(said[..5], expected, "{said:#?}");
    let rest: Vec<(&str, What, &str, &str)> = changes[5..]
        .iter()
        .map(|c| (c.path.as_str(), c.what, c.before.as_str(), c.after.as_str()))
        .collect();
    assert_eq!(
        rest,
        [
            ("life_history/r2/to", What::Changed, "5-2024", "6-2024"),
            (
                "life_history/r4",
                What::Added,
                "",
                "Từ tháng, năm: 7-2024; đến tháng, năm: nay"
            ),
            ("life_history/r3", What::Taken, "Từ tháng, năm: 6-2024", ""),
            ("life_history", What::Moved, "", ""),
            ("family/f1/residence.commune", What::Changed, "Xã Cũ", "Xã Mới"),
            ("family/f1/history/h1/from", What::Changed, "1995", "1996"),
            ("family/f1/unheard", What::Added, "", "x"),
            ("self_assessment", What::Changed, "Chăm", "Chăm học"),
            ("something.else", What::Changed, "1", "2"),
        ]
    );
    let father: Vec<&Change> = changes.iter().filter(|c| c.path.starts_with("family/")).collect();
    assert!(
        father.iter().all(|c| c.masked && c.label.contains("Lò Văn A")),
        "{father:#?}"
    );
}

#[test]
fn the_same_hand_in_has_no_change_and_a_blank_one_only_additions() {
    let after = record(&AFTER);
    assert_eq!(hand_ins(form::lylich(), &after, &after), []);
    let mut with_a_blank_row = after.clone();
    with_a_blank_row.add_row("life_history", "r9", None);
    assert_eq!(hand_ins(form::lylich(), &after, &with_a_blank_row), []);
    let changes = hand_ins(form::lylich(), &Record::new(), &after);
    assert!(!changes.is_empty() && changes.iter().all(|change| change.what == What::Added));
}

#[test]
fn a_sheet_of_the_former_edition_is_compared_with_its_labels() {
    let changes = hand_ins(
        form::lylich(),
        &record(&[("current_name", "LÒ MẪU"), ("form.version", "2022")]),
        &record(&[("form.version", "2025")]),
    );
    let labels: Vec<&str> = changes.iter().map(|change| change.label.as_str()).collect();
    assert_eq!(
        labels,
        [
            "Mẫu đang dùng",
            form::field(form::lylich_2022(), "current_name").unwrap().label
        ]
    );
    let (old, new) = super::edition_changed(&record(&[("form.version", "2022")]), &Record::new()).unwrap();
    assert_eq!((old, new), ("12-HD/BTCTW (2022)", "38-HD/BTCTW"));
}

fn arbitrary() -> impl Strategy<Value = Fields> {
    let path = prop::sample::select(
        BEFORE
            .iter()
            .chain(&AFTER)
            .map(|(path, _)| path.to_string())
            .chain(["a/b/c/d", "life_history/r9/text", "x/#"].map(str::to_string))
            .collect::<Vec<_>>(),
    );
    prop::collection::btree_map(path, "[abc]{0,2}", 0..20)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// A difference is shown where it stands or with the row it came or went with, and nothing else is shown.
    #[test]
    fn every_difference_is_shown_once_and_none_is_invented(before in arbitrary(), after in arbitrary()) {
        let (before, after) = (Record::from_fields(before), Record::from_fields(after));
        let changes = hand_ins(form::lylich(), &before, &after);
        for path in before.fields().keys().chain(after.fields().keys()).filter(|path| !path.ends_with("/#")) {
            let differs = before.text(path) != after.text(path);
            let shown = changes.iter().filter(|change| change.what != What::Moved && (change.path == *path || path.starts_with(&format!("{}/", change.path)))).count();
            prop_assert_eq!(shown, usize::from(differs), "{}", path);
        }
    }
}
