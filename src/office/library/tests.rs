//! The library and what an invented chi bộ adds.

use super::local::{apply, thresholds};
use super::{ABOUT, Entry, Origin, Wanted, all, own, provinces, search};
use crate::written::record;
use rules::Settings;
use rules::law;

fn numbers(library: &[Entry], words: &str, province: &str) -> Vec<String> {
    search(library, &Wanted { words, province })
        .iter()
        .map(|entry| entry.number.clone())
        .collect()
}

#[test]
fn every_instrument_says_what_it_is_about_and_no_line_is_left_over() {
    let library = all(Vec::new());
    assert!(
        library
            .iter()
            .all(|entry| !entry.about.is_empty() && !entry.seen.is_empty()),
        "{library:#?}"
    );
    assert_eq!(ABOUT.lines().count(), law::instruments().len());
    for line in ABOUT.lines() {
        let id = line.split(' ').next().unwrap();
        assert!(law::instrument(id).is_some(), "{line}");
    }
}

#[test]
fn instruments_are_found_by_number_word_and_province() {
    let library = all(Vec::new());
    assert_eq!(numbers(&library, "1276", ""), ["1276-CV/TU (Điện Biên)"]);
    assert_eq!(numbers(&library, "1276-cv/tu", ""), ["1276-CV/TU (Điện Biên)"]);
    assert_eq!(numbers(&library, "de an bien gioi", ""), ["09-ĐA/TU (Điện Biên)"]);
    assert_eq!(
        numbers(&library, "", "Lâm Đồng"),
        ["25-TB/BTCHU (Bảo Lâm)", "97-KH/TU (Lâm Đồng)", "14-HD/BTCTU (Lâm Đồng)"]
    );
    assert_eq!(
        numbers(&library, "hoc sinh", "tỉnh Điện Biên"),
        ["1276-CV/TU (Điện Biên)"]
    );
    assert!(numbers(&library, "ly lich", "").contains(&"38-HD/BTCTW".to_string()));
    assert_eq!(numbers(&library, "khong co chu nay", ""), Vec::<String>::new());
    assert_eq!(
        provinces(&library),
        [
            "Thành phố Hà Nội",
            "Tỉnh Lâm Đồng",
            "Thành phố Hồ Chí Minh",
            "Thành phố Đà Nẵng",
            "Tỉnh Điện Biên",
            "Tỉnh Quảng Ngãi",
            "Tỉnh Thái Nguyên"
        ]
    );
}

#[test]
fn what_is_local_is_marked_and_what_has_no_number_says_so() {
    let library = all(Vec::new());
    for entry in &library {
        assert_eq!(entry.origin == Origin::Central, entry.origin.mark().is_empty());
    }
    let awaited = search(
        &library,
        &Wanted {
            province: "Thái Nguyên",
            ..Wanted::default()
        },
    );
    assert!(
        awaited
            .iter()
            .all(|entry| entry.number.is_empty() && entry.seen.starts_with("Chưa có số"))
    );
    assert_eq!(awaited.len(), 1);
}

#[test]
fn a_branch_adds_its_own_and_is_told_what_to_mend() {
    let long = "a".repeat(401);
    let record = record(&[
        ("library/a/number", "25-HD/ĐU"),
        ("library/a/date", "5-3-2026"),
        ("library/a/about", "Ngưỡng học lực của xã"),
        ("library/a/seen", "có"),
        ("library/b/number", "38-HD/BTCTW"),
        ("library/b/date", "3-2026"),
        ("library/b/about", &long),
        ("library/c/number", "25-hd/đu"),
        ("library/c/date", "2026-03-05"),
        ("library/c/about", "lặp"),
        ("library/d/issuer", "Đảng ủy xã"),
    ]);
    let (entries, mend) = own(&record);
    let said: Vec<String> = mend.iter().map(|(row, reason)| format!("{row}: {reason}")).collect();
    assert_eq!(
        said,
        [
            "b: Hãy ghi đủ ngày, tháng, năm ký.",
            "b: Chỉ ghi vài lời của bạn; không chép nguyên văn văn bản vào đây.",
            "b: Văn bản này đã có sẵn trong thư viện.",
            "c: Văn bản này đã ghi ở hàng trên.",
            "d: Hãy ghi số, ký hiệu của văn bản.",
            "d: Hãy ghi đủ ngày, tháng, năm ký.",
            "d: Hãy ghi vài lời văn bản nói về việc gì.",
        ]
    );
    assert_eq!(entries[0].seen, law::Seen::Full.sentence());
    let library = all(entries);
    assert_eq!(numbers(&library, "nguong hoc luc", ""), ["25-HD/ĐU"]);
    assert_eq!(
        search(
            &library,
            &Wanted {
                words: "25-HD/ĐU",
                province: ""
            }
        )[0]
        .origin
        .mark(),
        "do chi bộ thêm"
    );
}

#[test]
fn a_threshold_shows_its_ground_and_that_it_is_local() {
    let record = record(&[
        ("local.study_grade", "khá trở lên"),
        ("local.study_grade.ground", "25-HD/ĐU"),
        ("local.note_interval_months", "2"),
    ]);
    let (set, mend) = thresholds(&record);
    assert_eq!(
        set[0].shown(),
        "Học lực: khá trở lên (quy ước của địa phương, căn cứ 25-HD/ĐU; không phải quy định chung)"
    );
    assert_eq!(
        mend,
        [(
            "local.note_interval_months.ground".to_string(),
            "Kỳ ghi nhận xét (tháng): hãy ghi căn cứ (số văn bản hoặc nghị quyết của chi bộ).".to_string()
        )]
    );
    let mut settings = Settings::default();
    apply(&record, &mut settings);
    assert_eq!(settings.note_interval_months, 2);
}

#[test]
fn an_interval_that_is_none_changes_nothing_and_is_named() {
    for wrong in ["0", "25", "hai", "-1"] {
        let record = record(&[
            ("local.note_interval_months", wrong),
            ("local.note_interval_months.ground", "NQ"),
        ]);
        let mut settings = Settings::default();
        apply(&record, &mut settings);
        assert_eq!(settings, Settings::default());
        assert_eq!(thresholds(&record).1.len(), 1, "{wrong}");
    }
}
