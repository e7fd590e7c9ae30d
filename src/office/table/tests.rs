//! The files are read back by a reader that has nothing to do with this project (calamine).

use super::{Cell, Table};
use calamine::{Data, Reader, Xlsx};
use proptest::prelude::*;
use rules::Date;
use std::io::Cursor;

/// What every people of the country may have in a name, and what XML and CSV trip over.
const HARD: [&str; 9] = [
    "Lò Thị Mẫu – Điện Biên",
    "Ðặng Ngọc H’Leo, “Y Bhăm”",
    "Nguye\u{302}\u{303}n",
    " hai đầu ",
    "một\nhai\r\nba\tbốn",
    "<b>&amp;\"'",
    "a\u{1}b\u{b}c",
    "😀 𣘃",
    "",
];

fn read_back(table: &Table) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(table.xlsx())).unwrap();
    let name = book.sheet_names()[0].clone();
    let range = book.worksheet_range(&name).unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

fn one_column(texts: &[&str]) -> Table {
    Table {
        name: "Kiểm tra".to_string(),
        rows: texts
            .iter()
            .map(|text| vec![Cell::from("|"), Cell::from(*text)])
            .collect(),
        bold: vec![0],
    }
}

#[test]
fn a_workbook_keeps_every_letter() {
    let back = read_back(&one_column(&HARD));
    for (row, text) in back.iter().zip(HARD) {
        let kept: String = text.chars().filter(|c| !matches!(c, '\u{1}' | '\u{b}')).collect();
        let read = match &row[1] {
            Data::String(read) => read.as_str(),
            Data::Empty => "",
            other => panic!("{text:?} came back as {other:?}"),
        };
        assert_eq!(read, kept);
    }
    assert_eq!(back.len(), HARD.len());
}

#[test]
fn counts_shares_and_days_are_numbers_of_their_kind() {
    let days = [
        (1900, 1, 1, 1.0),
        (1900, 3, 1, 61.0),
        (2008, 3, 15, 39522.0),
        (2026, 11, 15, 46341.0),
    ];
    let mut rows = vec![vec![Cell::Count(-7), Cell::Share(333), Cell::Blank]];
    rows.extend(days.map(|(y, m, d, _)| vec![Cell::Day(Date::new(y, m, d).unwrap())]));
    let back = read_back(&Table {
        rows,
        ..Table::default()
    });
    assert_eq!(back[0][0], Data::Float(-7.0));
    assert_eq!(back[0][1], Data::Float(0.333));
    for ((y, m, d, serial), row) in days.iter().zip(&back[1..]) {
        let Data::DateTime(day) = &row[0] else {
            panic!("{:?} is no day", row[0])
        };
        assert_eq!(day.as_f64(), *serial, "{d}-{m}-{y}");
    }
}

#[test]
fn a_sheet_gets_a_name_that_excel_takes() {
    let cases = [
        ("Biểu số 2-BTCTW", "Biểu số 2-BTCTW"),
        ("1/9/2025: [kỳ] này?*\\", "192025 kỳ này"),
        ("''", "Bảng"),
        (
            "năm học hai nghìn không trăm hai mươi lăm",
            "năm học hai nghìn không trăm ha",
        ),
    ];
    for (name, expected) in cases {
        let table = Table {
            name: name.to_string(),
            rows: vec![vec![Cell::Count(1)]],
            bold: Vec::new(),
        };
        let book: Xlsx<_> = Xlsx::new(Cursor::new(table.xlsx())).unwrap();
        assert_eq!(book.sheet_names(), [expected]);
    }
}

#[test]
fn columns_after_z_are_named_as_spreadsheets_name_them() {
    let row: Vec<Cell> = (0..800).map(Cell::Count).collect();
    let back = read_back(&Table {
        rows: vec![row],
        ..Table::default()
    });
    assert_eq!(back[0].len(), 800);
    assert_eq!(back[0][702], Data::Float(702.0), "column AAA");
}

#[test]
fn csv_is_what_the_rfc_says() {
    let table = Table {
        rows: vec![
            vec![Cell::from("Họ và tên"), Cell::from("a,b"), Cell::from("nói \"có\"")],
            vec![
                Cell::Count(3),
                Cell::Share(333),
                Cell::Day(Date::new(2008, 3, 15).unwrap()),
            ],
            vec![Cell::from("một\nhai"), Cell::Blank, Cell::Share(-5)],
        ],
        ..Table::default()
    };
    let expected =
        "\u{feff}Họ và tên,\"a,b\",\"nói \"\"có\"\"\"\r\n3,\"33,3%\",15-3-2008\r\n\"một\nhai\",,\"-0,5%\"\r\n";
    assert_eq!(String::from_utf8(table.csv()).unwrap(), expected);
}

#[test]
fn what_a_spreadsheet_would_compute_is_text() {
    for formula in [
        "=HYPERLINK(\"http://x\")",
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "\t=1+1",
        "  =1+1",
        "\r=1",
        "＝1+1",
        "\u{a0}=1",
    ] {
        let table = one_column(&[formula]);
        let csv = String::from_utf8(table.csv()).unwrap();
        let cell = csv.trim_start_matches("\u{feff}|,").trim_start_matches('"');
        assert!(cell.starts_with('\''), "{csv:?}");
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(table.xlsx())).unwrap();
        let formulas = book.worksheet_formula("Kiểm tra").unwrap();
        assert!(formulas.used_cells().next().is_none());
        assert!(matches!(&read_back(&table)[0][1], Data::String(_)));
    }
    let plain = String::from_utf8(one_column(&["a=b", "12A1", "1-9"]).csv()).unwrap();
    assert!(!plain.contains('\''));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_back_from_a_workbook(text in "\\PC{1,40}") {
        let back = read_back(&one_column(&[&text]));
        prop_assert_eq!(&back[0][1], &Data::String(text));
    }
}
