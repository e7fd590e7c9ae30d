//! Which column is which, by its Vietnamese heading in any spelling; and what a cell of it says.
//!
//! Headings are compared folded and without marks, except where marks tell two words apart (`Nam` and `Năm`). The heading may have two lines (`Giới tính` above
//! `Nam` and `Nữ`) and may stand below the name of the school.

use super::{MOST_COLUMNS, Row, is_tick};
use rules::Date;
use rules::date::add_months;
use rules::text::{fold, plain};

/// What a column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Name,
    Family,
    Given,
    Born,
    Gender,
    Man,
    Woman,
    Ethnicity,
    Religion,
    Unit,
    Union,
}

/// Headings without marks, what they are, and how that is named to the secretary.
const HEADINGS: [(What, &str, &str); 11] = [
    (
        What::Name,
        "họ và tên",
        "ho va ten hs|ho va ten|ho ten|ho va ten hoc sinh|ho ten hoc sinh|ten hoc sinh|ho va ten khai sinh|ho ten khai sinh|ho va ten giao vien|ho, ten|hovaten|hoten",
    ),
    (
        What::Family,
        "họ đệm",
        "ho dem|ho va dem|ho lot|ho va ten dem|ho va chu dem|ho chu dem|ho ten dem|ho|ho va ten lot",
    ),
    (What::Given, "tên", "ten|ten goi"),
    (
        What::Born,
        "ngày sinh",
        "ngay sinh|ngay thang nam sinh|ngay, thang, nam sinh|sinh ngay|ngay/thang/nam sinh|ns|nam sinh|ngaysinh|ngay thang nam",
    ),
    (
        What::Gender,
        "giới tính",
        "gioi tinh|gt|phai|nam/nu|nam nu|nam, nu|gioi|gioitinh",
    ),
    (What::Man, "nam", ""),
    (What::Woman, "nữ", "nu"),
    (What::Ethnicity, "dân tộc", "dan toc|thanh phan dan toc|dantoc"),
    (What::Religion, "tôn giáo", "ton giao|tongiao"),
    (
        What::Unit,
        "lớp, tổ",
        "lop|lop hoc|ten lop|to|to chuyen mon|don vi|lop/to|lop, to|bo phan|chi doan",
    ),
    (
        What::Union,
        "đoàn viên",
        "doan vien|la doan vien|doan vien tncs|ngay vao doan|vao doan|doan|doan vien tncs hcm|ngay vao doan tncs hcm",
    ),
];

/// The columns of a list.
#[derive(Debug, Default)]
pub(super) struct Columns {
    found: Vec<(usize, What, String)>,
    /// Headings that were not taken over.
    pub left: Vec<String>,
}

/// How far down a heading may stand.
const DEEPEST: usize = 30;

/// The heading and the number of the first row below it.
pub(super) fn find(rows: &[Row]) -> Option<(Columns, usize)> {
    for (at, (_, cells)) in rows.iter().enumerate().take(DEEPEST) {
        let mut columns = Columns::default();
        columns.take(cells);
        let has = |what| columns.found.iter().any(|(_, own, _)| *own == what);
        if !(has(What::Name) || (has(What::Family) && has(What::Given))) {
            continue;
        }
        // a second line of headings names nobody
        let second = rows.get(at + 1).map(|(_, cells)| cells);
        if let Some(cells) = second.filter(|cells| columns.name(cells).is_empty()) {
            let mut below = Columns::default();
            below.take(cells);
            if !below.found.is_empty() {
                columns
                    .found
                    .retain(|(column, _, _)| !below.found.iter().any(|(own, _, _)| own == column));
                columns.found.extend(below.found);
                columns.left.extend(below.left);
                return Some((columns, at + 2));
            }
        }
        return Some((columns, at + 1));
    }
    None
}

/// What a heading is.
fn what(heading: &str) -> Option<What> {
    let folded = fold(heading);
    let bare = folded.split('(').next().unwrap_or("");
    let bare = bare.trim_matches(|c: char| !c.is_alphanumeric());
    if matches!(bare, "nam" | "nữ") {
        return Some(if bare == "nam" { What::Man } else { What::Woman });
    }
    let key = plain(bare);
    let named = |(_, _, spellings): &&(What, &str, &str)| spellings.split('|').any(|one| !one.is_empty() && one == key);
    HEADINGS.iter().find(named).map(|(what, _, _)| *what)
}

impl Columns {
    fn take(&mut self, cells: &[String]) {
        for (at, cell) in cells.iter().enumerate().take(MOST_COLUMNS) {
            match what(cell) {
                // the first column of a kind is meant
                Some(what) if !self.found.iter().any(|(_, own, _)| *own == what) => {
                    self.found.push((at, what, cell.clone()));
                    // one heading over two columns: family and middle name, then the name
                    let between = cells.get(at + 1).is_some_and(String::is_empty) && cells.len() > at + 2;
                    if what == What::Name && between {
                        self.found.push((at + 1, What::Given, String::new()));
                    }
                }
                _ if cell.is_empty() => {}
                _ => self.left.push(cell.clone()),
            }
        }
    }

    /// Headings and what they were taken for.
    pub fn taken(&self) -> Vec<(String, &'static str)> {
        let label = |what: What| {
            HEADINGS
                .iter()
                .find(|(own, _, _)| *own == what)
                .map_or("", |(_, label, _)| label)
        };
        let named = self.found.iter().filter(|(_, _, heading)| !heading.is_empty());
        named
            .map(|(_, what, heading)| (heading.clone(), label(*what)))
            .collect()
    }

    fn raw<'c>(&self, cells: &'c [String], what: What) -> &'c str {
        let column = self.found.iter().find(|(_, own, _)| *own == what);
        column.and_then(|(at, _, _)| cells.get(*at)).map_or("", String::as_str)
    }

    /// The cell of this column; a number in the column of birth is the day it counts.
    pub fn cell(&self, cells: &[String], what: What) -> String {
        let cell = self.raw(cells, what);
        match what {
            What::Born => day_counted(cell).map_or_else(|| cell.to_string(), Date::show),
            _ => cell.to_string(),
        }
    }

    /// The whole name, whether it stands in one column or in two.
    pub fn name(&self, cells: &[String]) -> String {
        let whole = self.raw(cells, What::Name);
        let (family, given) = (self.raw(cells, What::Family), self.raw(cells, What::Given));
        let name = match (whole, family, given) {
            ("", "", _) | ("", _, "") => String::new(),
            ("", family, given) => format!("{family} {given}"),
            // `Họ và tên` over two columns: the second has no heading, or `Tên`
            (whole, _, given) if !given.is_empty() => format!("{whole} {given}"),
            (whole, _, _) => whole.to_string(),
        };
        // sums and signatures under a list end with a colon or begin with a word that no name begins with
        let folded = fold(&name);
        let under = [
            "tổng",
            "cộng",
            "danh sách",
            "người lập",
            "hiệu trưởng",
            "giáo viên",
            "ngày ",
        ];
        if under.iter().any(|word| folded.starts_with(word)) || name.ends_with(':') {
            return String::new();
        }
        name
    }

    /// `nam`, `nữ`, or nothing; the reason when the cell says something else.
    pub fn gender(&self, cells: &[String]) -> Result<&'static str, String> {
        if is_tick(self.raw(cells, What::Woman)) {
            return Ok("nữ");
        }
        if is_tick(self.raw(cells, What::Man)) {
            return Ok("nam");
        }
        let cell = self.raw(cells, What::Gender);
        match plain(&fold(cell)).as_str() {
            "nu" | "f" | "female" => Ok("nữ"),
            "nam" | "m" | "male" => Ok("nam"),
            // a list that only ticks the women, as the old class registers do
            "x" => Ok("nữ"),
            "" if self.found.iter().any(|(_, what, _)| *what == What::Woman)
                && !self.has(What::Gender)
                && !self.has(What::Man) =>
            {
                Ok("nam")
            }
            "" => Ok(""),
            _ => Err(format!("giới tính “{cell}” chưa đọc được. Hãy ghi nam hoặc nữ.")),
        }
    }

    fn has(&self, what: What) -> bool {
        self.found.iter().any(|(_, own, _)| *own == what)
    }

    /// `có` for a tick or a day, `không` for a no, else nothing.
    pub fn union_member(&self, cells: &[String]) -> &'static str {
        let cell = self.raw(cells, What::Union);
        let day = rules::date::read(cell).is_some_and(|typed| typed.year().is_some());
        match plain(&fold(cell)).as_str() {
            "doan vien" | "dv" => "có",
            "khong" | "chua" | "0" => "không",
            _ if is_tick(cell) || day || day_counted(cell).is_some() => "có",
            _ => "",
        }
    }
}

/// The day that a spreadsheet's number counts; only numbers of days from 1927 to 2119 are taken for one.
fn day_counted(cell: &str) -> Option<Date> {
    let (whole, _) = cell.split_once('.').unwrap_or((cell, ""));
    let mut left: i32 = whole.parse().ok().filter(|n| (10_000..80_000).contains(n))?;
    let mut first = Date::new(1900, 3, 1)?;
    left -= 61;
    loop {
        let days = i32::from(rules::date::days_in(first.y, first.m));
        if left < days {
            return Date::new(first.y, first.m, u8::try_from(left + 1).ok()?);
        }
        left -= days;
        first = add_months(first, 1);
    }
}
