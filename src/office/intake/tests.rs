//! Lists as schools keep them, with invented people.

use super::{BadRow, Roll, read};
use crate::person::Person;
use crate::table::{Cell, Table};
use crate::zip;
use proptest::prelude::*;
use rules::Record;

/// A list saved by LibreOffice Calc: shared texts, days as numbers with a style, a heading of two lines, sums and a signature below.
const SAVED: &[u8] = include_bytes!("sample.xlsx");

const PLAIN: &str = "\
STT,Họ và tên,Ngày sinh,Giới tính,Dân tộc,Tôn giáo,Lớp,Đoàn viên,Điện thoại
1,Lò Thị Mẫu,15/3/2008,Nữ,Thái,Không,12A1,x,0900000000
2,Vàng A Thử,2-9-2008,Nam,Mông,,12A1,,
";

fn of(text: &str) -> Roll {
    read(text.as_bytes(), &[]).unwrap()
}

fn names(roll: &Roll) -> Vec<(usize, &str)> {
    roll.listed
        .iter()
        .map(|one| (one.line, one.answers["person.name"].as_str()))
        .collect()
}

fn said(roll: &Roll) -> Vec<String> {
    roll.bad.iter().map(BadRow::to_string).collect()
}

fn cell<'r>(roll: &'r Roll, at: usize, path: &str) -> &'r str {
    roll.listed[at].answers.get(path).map_or("", String::as_str)
}

#[test]
fn a_plain_list_gives_a_case_a_row_and_takes_no_telephone() {
    let roll = of(PLAIN);
    assert_eq!(names(&roll), [(2, "Lò Thị Mẫu"), (3, "Vàng A Thử")]);
    let first = [
        ("person.born", "15-3-2008"),
        ("person.ethnicity", "Thái"),
        ("person.gender", "nữ"),
        ("person.name", "Lò Thị Mẫu"),
        ("person.religion", "không"),
        ("person.union_member", "có"),
        ("person.unit", "12A1"),
    ];
    let kept: Vec<(&str, &str)> = roll.listed[0]
        .answers
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    assert_eq!(kept, first);
    assert_eq!(cell(&roll, 1, "person.union_member"), "");
    assert_eq!(roll.left, ["STT", "Điện thoại"]);
    assert_eq!(roll.taken.len(), 7);
}

#[test]
fn every_way_a_text_file_is_saved_reads_the_same() {
    let expected = of(PLAIN);
    let utf16 = |order: fn(u16) -> [u8; 2]| PLAIN.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let with = |mark: &[u8], rest: Vec<u8>| [mark.to_vec(), rest].concat();
    let ways: [(&str, Vec<u8>); 9] = [
        ("mark", with(&[0xef, 0xbb, 0xbf], PLAIN.into())),
        ("semicolon", PLAIN.replace(',', ";").into()),
        ("tab", PLAIN.replace(',', "\t").into()),
        ("CRLF", PLAIN.replace('\n', "\r\n").into()),
        ("CR", PLAIN.replace('\n', "\r").into()),
        (
            "quoted",
            PLAIN
                .lines()
                .map(|l| format!("\"{}\"\n", l.replace(',', "\",\"")))
                .collect::<String>()
                .into(),
        ),
        ("UTF-16LE", with(&[0xff, 0xfe], utf16(u16::to_le_bytes))),
        ("UTF-16BE", with(&[0xfe, 0xff], utf16(u16::to_be_bytes))),
        ("UTF-16 without mark", utf16(u16::to_le_bytes)),
    ];
    for (way, bytes) in ways {
        let roll = read(&bytes, &[]).unwrap();
        assert_eq!(names(&roll), names(&expected), "{way}");
        assert_eq!(roll.listed, expected.listed, "{way}");
    }
}

#[test]
fn windows_1258_is_read_and_an_old_font_is_asked_to_be_changed() {
    // "Họ và tên,Dân tộc" and "Nguyễn Thị Hường,Kinh" in code page 1258: tones stand behind their letters
    let old = b"H\x6f\xf2 va\xcc t\xean,D\xe2n t\xf4\xf2c\nNguy\xea\xden Thi\xf2 H\xfd\xf5\xccng,Kinh\n";
    let roll = read(old, &[]).unwrap();
    assert_eq!(names(&roll), [(2, "Nguyễn Thị Hường")]);
    // "Họ và tên" and "Nguyễn Văn Mẫu" in TCVN3
    let font = b"H\xe4 v\xb5 t\xaan\nNguy\xd4n V\xa8n M\xc9u\n";
    let refused = read(font, &[]).unwrap_err();
    assert_eq!(refused.line, 0);
    assert!(
        refused.reason.contains("TCVN3") && refused.reason.contains("Unicode"),
        "{refused}"
    );
    // the same letters inside a workbook
    let table = Table {
        rows: vec![
            vec![Cell::from("Họ và tên")],
            vec![Cell::from("NguyÔn V¨n MÉu")],
            vec![Cell::from("Lò Thị Mẫu")],
        ],
        ..Table::default()
    };
    let roll = read(&table.xlsx(), &[]).unwrap();
    assert_eq!(names(&roll), [(3, "Lò Thị Mẫu")]);
    assert!(said(&roll)[0].starts_with("Dòng 2 (NguyÔn V¨n MÉu): chữ thuộc phông cũ"));
}

#[test]
fn headings_are_found_in_any_spelling_and_place() {
    let cases = [
        ("HỌ VÀ TÊN;NGÀY SINH\nLò Thị Mẫu;15-3-2008\n", 2),
        ("ho va ten,ngay sinh\nLò Thị Mẫu,15.3.2008\n", 2),
        ("Họ đệm,Tên,Ngày tháng năm sinh\nLò Thị,Mẫu,15/03/2008\n", 2),
        ("Họ,Tên,Ns\nLò Thị,Mẫu,2008-03-15\n", 2),
        ("Họ và tên,,Ngày sinh\nLò Thị,Mẫu,15/03/2008\n", 2),
        (
            "TRƯỜNG THPT MẪU,,\nDANH SÁCH LỚP 12A1,,\n,,\nTT,Năm học,\nTT,Họ  và   tên,Sinh ngày\n1,Lò Thị Mẫu,15/3/2008\n",
            6,
        ),
        ("Họ và tên (*),Ngày sinh:\n\n\nLò Thị Mẫu,15/3/2008\n", 4),
        ("sep=;\nHọ tên;Ngày sinh\nLò Thị Mẫu;15/3/2008\n", 3),
    ];
    for (text, line) in cases {
        let roll = of(text);
        assert_eq!(names(&roll), [(line, "Lò Thị Mẫu")], "{text}");
        assert_eq!(cell(&roll, 0, "person.born"), "15-3-2008", "{text}");
    }
    let refused = read("a,b\n1,2\n".as_bytes(), &[]).unwrap_err();
    assert!(refused.reason.contains("“Họ và tên”"));
}

#[test]
fn women_are_known_however_a_list_marks_them() {
    let cases = [
        ("Họ tên,Giới tính\nLò Thị Mẫu,nữ\n", "nữ"),
        ("Họ tên,Nam/Nữ\nLò Thị Mẫu,NU\n", "nữ"),
        ("Họ tên,Nữ\nLò Thị Mẫu,x\n", "nữ"),
        ("Họ tên,Nữ\nVàng A Thử,\n", "nam"),
        ("Họ tên,Giới tính,\n,Nam,Nữ\nLò Thị Mẫu,,X\n", "nữ"),
        ("Họ tên,Nam,Nữ\nVàng A Thử,x,\n", "nam"),
        ("Họ tên,Nam,Nữ\nVàng A Thử,,\n", ""),
        ("Họ tên,Năm sinh,Giới tính\nVàng A Thử,,\n", ""),
    ];
    for (text, gender) in cases {
        assert_eq!(cell(&of(text), 0, "person.gender"), gender, "{text}");
    }
}

#[test]
fn bad_rows_are_named_with_line_and_reason_and_the_good_ones_stand() {
    let roll = of("\
Họ và tên,Ngày sinh,Giới tính,Lớp
Lò Thị Mẫu,15-3-2008,nữ,12A1
,1-1-2008,nam,12A1
Vàng A Thử,31-2-2008,nam,12A1
Mùa A Chớ 2,1-1-2008,nam,12A1
Hờ,1-1-2008,nam,12A1
Giàng Thị Sua,2008,nữ,12A1
Sùng A Páo,1-1-2008,khác,12A1
Lò Thị Mẫu,15/03/2008,nữ,12A2
LÒ THỊ MẪU,,nữ,12A2
Lò Thị Mẫu,16-3-2008,nữ,12A1
Tổng số: 10,,,
,,,Ngày 1 tháng 9
");
    assert_eq!(
        names(&roll),
        [(2, "Lò Thị Mẫu"), (10, "LÒ THỊ MẪU"), (11, "Lò Thị Mẫu")]
    );
    assert_eq!(
        said(&roll),
        [
            "Dòng 3: chưa có họ tên.",
            "Dòng 4 (Vàng A Thử): ngày sinh “31-2-2008” chưa đọc được. Hãy ghi ngày-tháng-năm, ví dụ 15-3-2008.",
            "Dòng 5 (Mùa A Chớ 2): họ tên có chữ số hoặc ký hiệu lạ. Xin xem lại.",
            "Dòng 6 (Hờ): họ tên chỉ có một từ. Hãy ghi đủ họ và tên.",
            "Dòng 7 (Giàng Thị Sua): ngày sinh “2008” chưa đủ ngày, tháng, năm.",
            "Dòng 8 (Sùng A Páo): giới tính “khác” chưa đọc được. Hãy ghi nam hoặc nữ.",
            "Dòng 9 (Lò Thị Mẫu): trùng với dòng 2. Nếu là hai người, hãy ghi đủ ngày sinh.",
        ]
    );
}

#[test]
fn who_is_followed_already_is_named() {
    let mut whole = Record::new();
    whole.set("person.name", "Lò  Thị Mẫu");
    whole.set("person.born", "15-3-2008");
    let known = [Person {
        whole: &whole,
        handed_in: None,
        unread: 0,
    }];
    let roll = read(PLAIN.as_bytes(), &known).unwrap();
    assert_eq!(names(&roll), [(3, "Vàng A Thử")]);
    assert_eq!(said(&roll), ["Dòng 2 (Lò Thị Mẫu): đã có trong danh sách của chi bộ."]);
}

#[test]
fn a_workbook_saved_by_libreoffice_is_read() {
    let roll = read(SAVED, &[]).unwrap();
    assert_eq!(roll.listed.len(), 40, "{:?}", said(&roll));
    let first = &roll.listed[0];
    assert_eq!((first.line, first.answers["person.name"].as_str()), (6, "Lò Thị Mẫu"));
    assert_eq!(first.answers["person.born"], "15-3-2008");
    assert_eq!(first.answers["person.gender"], "nữ");
    assert_eq!(cell(&roll, 39, "person.born"), "29-2-2008");
    assert_eq!(
        said(&roll),
        ["Dòng 46 (Hờ A Dế): ngày sinh “15/13/2008” chưa đọc được. Hãy ghi ngày-tháng-năm, ví dụ 15-3-2008."]
    );
}

#[test]
fn our_own_workbook_comes_back() {
    let rows = (0..60).map(|n| {
        vec![
            Cell::Count(n),
            Cell::from(format!("Lò Thị {}", "ABCDEFGH".repeat(1 + n as usize / 8))),
        ]
    });
    let table = Table {
        rows: std::iter::once(vec![Cell::from("STT"), Cell::from("Họ và tên")])
            .chain(rows)
            .collect(),
        ..Table::default()
    };
    let roll = read(&table.xlsx(), &[]).unwrap();
    assert_eq!(roll.listed.len() + roll.bad.len(), 60);
    assert_eq!(roll.listed.len(), 8, "the others stand twice");
}

/// A workbook of hand-written parts.
fn book(sheet: &str, texts: &str, properties: &str) -> Vec<u8> {
    let part = |text: &str| text.as_bytes().to_vec();
    zip::pack(&[
        (
            "xl/workbook.xml",
            part(&format!(
                "<workbook>{properties}<sheets><sheet name=\"a\" r:id=\"x\"/></sheets></workbook>"
            )),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            part("<Relationships><Relationship Id=\"x\" Target=\"/xl/s.xml\"/></Relationships>"),
        ),
        ("xl/sharedStrings.xml", part(texts)),
        ("xl/s.xml", part(sheet)),
    ])
}

#[test]
fn peoples_and_religions_become_the_choices_of_the_form_and_others_stay_as_written() {
    let roll = of(
        "Họ tên,ĐT,Dân tộc,Tôn giáo\nLò Thị Mẫu,09,KINH,không\nVàng A Thử,09,H’Mông,Tin lành\nMùa A Chớ,09,Người lạ,đạo lạ\nSùng A Páo,09,0912,\n",
    );
    let read: Vec<(&str, &str)> = (0..3)
        .map(|at| (cell(&roll, at, "person.ethnicity"), cell(&roll, at, "person.religion")))
        .collect();
    assert_eq!(read, [("Kinh", "không"), ("Mông", "Tin Lành"), ("Người lạ", "đạo lạ")]);
    assert_eq!(roll.left, ["ĐT"], "a telephone, not the people");
    assert_eq!(
        said(&roll),
        ["Dòng 5 (Sùng A Páo): dân tộc “0912” có chữ số. Xin xem lại cột này."]
    );
}

#[test]
fn the_list_may_stand_on_a_later_sheet() {
    let part = |text: &str| text.as_bytes().to_vec();
    let sheet = |text: &str| {
        part(&format!(
            "<worksheet><sheetData><row r=\"1\"><c t=\"inlineStr\"><is><t>{text}</t></is></c></row><row r=\"2\"><c t=\"inlineStr\"><is><t>Lò Thị Mẫu</t></is></c></row></sheetData></worksheet>"
        ))
    };
    let file = zip::pack(&[
        (
            "xl/workbook.xml",
            part("<workbook><sheets><sheet r:id=\"a\"/><sheet r:id=\"b\"/></sheets></workbook>"),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            part("<r><Relationship Id=\"a\" Target=\"1.xml\"/><Relationship Id=\"b\" Target=\"2.xml\"/></r>"),
        ),
        ("xl/1.xml", sheet("Hướng dẫn")),
        ("xl/2.xml", sheet("Họ và tên")),
    ]);
    assert_eq!(names(&read(&file, &[]).unwrap()), [(2, "Lò Thị Mẫu")]);
}

#[test]
fn shared_texts_with_runs_references_and_days_from_1904_are_read() {
    let texts = "<sst><si><t>Họ và tên</t></si><si><r><t>Lò </t></r><r><t>Thị M&#x1EA9;u</t></r><rPh><t>x</t></rPh></si><si><t><![CDATA[Ngày sinh]]></t></si></sst>";
    let sheet = "<worksheet><sheetData><row r=\"3\"><c r=\"B3\" t=\"s\"><v>0</v></c><c r=\"D3\" t=\"s\"><v>2</v></c></row>\
        <row r=\"4\"><c r=\"B4\" t=\"s\"><v>1</v></c><c r=\"D4\"><v>38060</v></c></row></sheetData></worksheet>";
    let roll = read(&book(sheet, texts, "<workbookPr date1904=\"1\"/>"), &[]).unwrap();
    assert_eq!(names(&roll), [(4, "Lò Thị Mẩu")]);
    assert_eq!(cell(&roll, 0, "person.born"), "15-3-2008");
}

#[test]
fn what_is_too_large_or_locked_or_no_list_is_refused_kindly() {
    let row = "<row><c t=\"inlineStr\"><is><t>Lò Thị Mẫu</t></is></c></row>";
    let long = format!("<worksheet><sheetData>{}</sheetData></worksheet>", row.repeat(2_100));
    let bomb = "<worksheet>".to_string() + &" ".repeat(zip::MOST_UNPACKED);
    let cases: [(Vec<u8>, &str); 8] = [
        (book(&bomb, "<sst/>", ""), "quá lớn"),
        (book(&long, "<sst/>", ""), "quá lớn"),
        (vec![b'a'; super::MOST_BYTES + 1], "quá lớn"),
        (
            format!("Họ và tên\n{}", "Lò Thị Mẫu\n".repeat(2_100)).into(),
            "2.000 dòng",
        ),
        (b"PK\x03\x04 cut".to_vec(), "chưa mở được"),
        (book("<worksheet><a></worksheet>", "<sst/>", ""), "chưa mở được"),
        ([0xd0, 0xcf, 0x11, 0xe0, 0xa1].to_vec(), ".xlsx"),
        (b"%PDF-1.4\0\xff\xff\xff".to_vec(), "không phải bảng"),
    ];
    for (file, reason) in cases {
        let refused = read(&file, &[]).unwrap_err();
        assert!(refused.line == 0 && refused.reason.contains(reason), "{refused}");
    }
}

#[test]
fn no_entity_of_a_workbook_grows() {
    // "billion laughs": a document type that defines entities is not followed
    let texts = "<!DOCTYPE sst [<!ENTITY a \"Họ và tên\"><!ENTITY b \"&a;&a;&a;&a;\">]><sst><si><t>&b;</t></si></sst>";
    let sheet = "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData></worksheet>";
    let refused = read(&book(sheet, texts, ""), &[]).unwrap_err();
    assert_eq!(refused.line, 0);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_fall(bytes in prop::collection::vec(any::<u8>(), 0..400), as_book in any::<bool>()) {
        let file = if as_book {
            let text = String::from_utf8_lossy(&bytes);
            book(&format!("<worksheet><sheetData>{text}</sheetData></worksheet>"), &text, &text)
        } else {
            bytes
        };
        // a roll or a reason, never more rows than lines
        if let Ok(roll) = read(&file, &[]) {
            prop_assert!(roll.listed.len() + roll.bad.len() <= super::MOST_ROWS);
        }
    }

    #[test]
    fn a_wrong_byte_in_a_workbook_is_borne(at in 0..SAVED.len(), byte in any::<u8>()) {
        let mut file = SAVED.to_vec();
        file[at] = byte;
        if let Ok(roll) = read(&file, &[]) {
            prop_assert!(roll.listed.len() <= 41);
        }
    }
}
