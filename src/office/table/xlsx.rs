//! A workbook of one sheet (ECMA-376, transitional): the six parts that Excel and LibreOffice ask for.
//!
//! Texts stand in their cells (`inlineStr`), so that none can be a formula. Our own writer instead of `rust_xlsxwriter`: a sheet of counts needs three kinds of
//! cells, and that crate added a quarter of a megabyte, compressed, to the program.

use super::{Cell, Table};
use crate::zip;
use rules::Date;
use std::fmt::Write;

/// Styles in the order of `cellXfs`: plain and bold of text, percent, day.
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2"><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="d\-m\-yyyy"/></numFmts><fonts count="2"><font><sz val="12"/><name val="Times New Roman"/></font><font><b/><sz val="12"/><name val="Times New Roman"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>"#;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"#;

const ROOT: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

const BOOK: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;

/// Widths of columns, in letters.
const NARROW: usize = 9;
const WIDE: usize = 60;

pub(super) fn write(table: &Table) -> Vec<u8> {
    let workbook = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{}" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        escaped(&sheet_name(&table.name))
    );
    zip::pack(&[
        ("[Content_Types].xml", TYPES.into()),
        ("_rels/.rels", ROOT.into()),
        ("xl/workbook.xml", workbook.into()),
        ("xl/_rels/workbook.xml.rels", BOOK.into()),
        ("xl/styles.xml", STYLES.into()),
        ("xl/worksheets/sheet1.xml", sheet(table).into()),
    ])
}

fn sheet(table: &Table) -> String {
    let mut out = String::from(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>"#,
    );
    let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    if columns > 0 {
        out.push_str("<cols>");
        for at in 0..columns {
            let longest = table
                .rows
                .iter()
                .filter_map(|row| row.get(at).filter(|_| row.len() > 1));
            let letters = longest.map(|cell| cell.shown().chars().count()).max().unwrap_or(0);
            let width = (letters + 2).clamp(NARROW, WIDE);
            let at = at + 1;
            let _ = write!(out, r#"<col min="{at}" max="{at}" width="{width}" customWidth="1"/>"#);
        }
        out.push_str("</cols>");
    }
    out.push_str("<sheetData>");
    for (nth, row) in table.rows.iter().enumerate() {
        let _ = write!(out, r#"<row r="{}">"#, nth + 1);
        for (at, one) in row.iter().enumerate() {
            cell(
                &mut out,
                one,
                &format!("{}{}", letters_of(at), nth + 1),
                table.bold.contains(&nth),
            );
        }
        out.push_str("</row>");
    }
    // printed across A4, as wide as the paper and as long as it is
    out.push_str(
        r#"</sheetData><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>"#,
    );
    out
}

fn cell(out: &mut String, cell: &Cell, place: &str, bold: bool) {
    let style = |plain: u8| plain + u8::from(bold);
    let number = |out: &mut String, style: u8, value: &dyn std::fmt::Display| {
        let _ = write!(out, r#"<c r="{place}" s="{style}"><v>{value}</v></c>"#);
    };
    match cell {
        Cell::Blank => {}
        Cell::Text(text) => {
            let (style, text) = (style(0), escaped(text));
            let _ = write!(
                out,
                r#"<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#
            );
        }
        Cell::Count(n) => number(out, style(0), n),
        Cell::Share(tenths) => {
            let sign = if *tenths < 0 { "-" } else { "" };
            let (whole, rest) = (tenths.unsigned_abs() / 1000, tenths.unsigned_abs() % 1000);
            number(out, style(2), &format!("{sign}{whole}.{rest:03}"));
        }
        Cell::Day(day) => number(out, style(4), &serial(*day)),
    }
}

/// The number by which spreadsheets count a day: 1-1-1900 is 1, and a 29-2-1900 that never was is counted too.
pub(super) fn serial(day: Date) -> i32 {
    let first = Date { y: 1900, m: 1, d: 1 };
    let march = Date { y: 1900, m: 3, d: 1 };
    day.ordinal() - first.ordinal() + 1 + i32::from(day >= march)
}

/// `A` to `Z`, `AA`, …
fn letters_of(column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        letters.push(char::from(b'A' + u8::try_from((left - 1) % 26).unwrap_or(0)));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// A name that Excel takes for a sheet: at most 31 signs, none of `[]:*?/\`, no apostrophe at an end.
fn sheet_name(name: &str) -> String {
    let kept = name
        .chars()
        .filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') && !c.is_control());
    let short: String = kept.take(31).collect();
    match short.trim_matches(['\'', ' ']) {
        "" => "Bảng".to_string(),
        name => name.to_string(),
    }
}

/// Text inside XML 1.0: signs that it forbids are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            '\n' | '\t' => out.push(c),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}
