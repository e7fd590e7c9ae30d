//! The layout of a report as a text that a school can edit: which rows, which columns, what each cell counts.
//!
//! A line is a word, a colon and what belongs to it; what a row or column counts stands behind `=`, parted by commas. A cell counts what its row and its column say
//! together. Words: `tên` (of the sheet), `tiêu đề`, `hạn` (day and month it is due), `cột đầu`, `cột`, `mục` (a heading between rows), `dòng`, `chữ` (a text the
//! school types), `ghi chú`; `#` opens a remark for whoever edits. Terms: a counter by its name or key (`ket_nap`, `g`), a share (`ket_nap / co_chung_nhan`), a group
//! (`học sinh`), a mark (`nữ`, `dân tộc thiểu số`, `có tôn giáo`, `đoàn viên`, `kết nạp lại`), `tuổi 18-30`, `tuổi từ 61`, `tuổi bình quân`, `nhập NAME` (typed by
//! the school), `kỳ này`, `cùng kỳ`, `so sánh`. Invariant: a line that is not understood is named with its number and a reason, and the others stand.

use super::count::{COUNTERS, Counter, Part, Split};
use crate::person::Group;
use rules::sorted::sort;
use rules::text::fold;

/// The older central layout "Biểu số 2-BTCTW" as far as it is known; the forms of 40-HD/BTCTW were not seen.
pub const CENTRAL: &str = include_str!("bieu-2.txt");
/// A school's yearly results. No official form was found; one Sở asked for results before 15-11 (local: Quảng Ngãi, 2024).
pub const SCHOOL: &str = include_str!("truong.txt");

/// A layout.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// Name of the sheet.
    pub name: String,
    /// Titles above the table.
    pub titles: Vec<String>,
    /// Day and month it is due, as written; empty when it does not say.
    pub due: String,
    /// Heading of the first column.
    pub first: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub lines: Vec<Line>,
    /// Remarks below the table.
    pub remarks: Vec<String>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub label: String,
    terms: Terms,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A heading between rows.
    Heading(String),
    /// A row of counts, one a column.
    Counted {
        /// What it is called.
        label: String,
        /// What each cell asks.
        cells: Vec<Ask>,
    },
    /// A text that the school types.
    Written {
        /// What it is called.
        label: String,
        /// Under which key it is typed.
        key: String,
    },
}

/// What a cell asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// What is counted.
    pub what: What,
    /// Of whom.
    pub split: Split,
    /// When.
    pub when: When,
}

/// What a cell counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A counter.
    Counted(&'static Counter),
    /// One counter in percent of another.
    Share(&'static Counter, &'static Counter),
    /// The mean age of those counted.
    MeanAge(&'static Counter),
    /// What the school types under this key.
    Typed(String),
}

/// Of which period a cell tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum When {
    /// This period.
    #[default]
    Now,
    /// The same period a year before.
    Before,
    /// This one in percent of that one.
    Compared,
}

/// A line that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// Its number, from 1.
    pub line: usize,
    /// Why, and what to write.
    pub reason: String,
}

impl std::fmt::Display for BadLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Dòng {}: {}", self.line, self.reason)
    }
}

impl std::error::Error for BadLine {}

/// What stands behind `=`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Terms {
    what: Option<What>,
    mean_age: bool,
    split: Split,
    when: Option<When>,
}

impl Layout {
    /// Reads a layout. Lines that are not understood are left out and named.
    pub fn read(text: &str) -> (Layout, Vec<BadLine>) {
        let mut layout = Layout {
            first: "Nội dung".to_string(),
            ..Layout::default()
        };
        let mut bad = Vec::new();
        let mut rows: Vec<(usize, Row)> = Vec::new();
        for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match layout.take(line) {
                Ok(Some(row)) => rows.push((at + 1, row)),
                Ok(None) => {}
                Err(reason) => bad.push(BadLine { line: at + 1, reason }),
            }
        }
        if layout.columns.is_empty() {
            layout.columns.push(Column {
                label: "Số lượng".to_string(),
                terms: Terms::default(),
            });
        }
        // columns may stand anywhere: cells are made when all are known
        for (line, row) in rows {
            match row.cells(&layout.columns) {
                Ok(row) => layout.lines.push(row),
                Err(reason) => bad.push(BadLine { line, reason }),
            }
        }
        sort(&mut bad, |a, b| a.line < b.line);
        (layout, bad)
    }

    fn take(&mut self, line: &str) -> Result<Option<Row>, String> {
        let Some((word, rest)) = line.split_once(':') else {
            return Err(format!(
                "“{line}” thiếu dấu hai chấm. Ví dụ: “dòng: Lễ kết nạp = ket_nap”."
            ));
        };
        let rest = rest.trim();
        let (label, terms) = rest
            .rsplit_once('=')
            .map_or((rest, ""), |(label, terms)| (label.trim(), terms));
        match fold(word).as_str() {
            "tên" => self.name = rest.to_string(),
            "tiêu đề" => self.titles.push(rest.to_string()),
            "hạn" => {
                let numbers: Vec<u8> = rest.split(['-', '/']).filter_map(|n| n.trim().parse().ok()).collect();
                match numbers.as_slice() {
                    [d @ 1..=31, m @ 1..=12] => self.due = format!("{d}-{m}"),
                    _ => return Err(format!("hạn “{rest}” chưa đọc được. Hãy ghi ngày-tháng, ví dụ 15-11.")),
                }
            }
            "cột đầu" => self.first = rest.to_string(),
            "cột" => {
                let terms = Terms::read(terms)?;
                self.columns.push(Column {
                    label: label.to_string(),
                    terms,
                });
            }
            "mục" => return Ok(Some(Row::Heading(rest.to_string()))),
            "dòng" => return Ok(Some(Row::Counted(label.to_string(), Terms::read(terms)?))),
            "chữ" => {
                let key = terms.trim();
                if key.is_empty() {
                    return Err(format!(
                        "“{rest}” thiếu tên ô chữ. Ví dụ: “chữ: Lý do chậm = ly_do_cham”."
                    ));
                }
                return Ok(Some(Row::Written(label.to_string(), key.to_string())));
            }
            "ghi chú" => self.remarks.push(rest.to_string()),
            _ => {
                return Err(format!(
                    "chưa hiểu chữ “{word}”. Dùng: tên, tiêu đề, hạn, cột đầu, cột, mục, dòng, chữ, ghi chú."
                ));
            }
        }
        Ok(None)
    }

    /// The splits it shows of a counter.
    pub fn splits_of(&self, counter: &Counter) -> Vec<Split> {
        let mut splits = Vec::new();
        for line in &self.lines {
            let Line::Counted { cells, .. } = line else { continue };
            for ask in cells {
                if matches!(&ask.what, What::Counted(own) if own.key == counter.key) && !splits.contains(&ask.split) {
                    splits.push(ask.split);
                }
            }
        }
        splits
    }
}

/// A row before its columns are known.
enum Row {
    Heading(String),
    Counted(String, Terms),
    Written(String, String),
}

impl Row {
    fn cells(self, columns: &[Column]) -> Result<Line, String> {
        match self {
            Row::Heading(text) => Ok(Line::Heading(text)),
            Row::Written(label, key) => Ok(Line::Written { label, key }),
            Row::Counted(label, terms) => {
                let cells = columns.iter().map(|column| {
                    let with = |reason| format!("{reason} (cột “{}”)", column.label);
                    terms.clone().with(&column.terms).and_then(Terms::ask).map_err(with)
                });
                Ok(Line::Counted {
                    cells: cells.collect::<Result<_, _>>()?,
                    label,
                })
            }
        }
    }
}

impl Terms {
    fn read(text: &str) -> Result<Terms, String> {
        let mut terms = Terms::default();
        for term in text.split(',').map(str::trim).filter(|term| !term.is_empty()) {
            terms = terms.with(&Terms::one(term)?)?;
        }
        Ok(terms)
    }

    fn one(term: &str) -> Result<Terms, String> {
        let key = fold(term);
        let mut terms = Terms::default();
        let part = |part| Split {
            part: Some(part),
            ..Split::default()
        };
        match key.as_str() {
            "nữ" => terms.split = part(Part::Women),
            "dân tộc thiểu số" => terms.split = part(Part::Minority),
            "có tôn giáo" => terms.split = part(Part::Religious),
            "đoàn viên" => terms.split = part(Part::UnionMember),
            "kết nạp lại" => terms.split = part(Part::Readmitted),
            "kỳ này" => terms.when = Some(When::Now),
            "cùng kỳ" => terms.when = Some(When::Before),
            "so sánh" => terms.when = Some(When::Compared),
            "tuổi bình quân" => terms.mean_age = true,
            _ => {
                if let Some(group) = Group::read(term) {
                    terms.split.group = Some(group);
                } else if let Some(ages) = key.strip_prefix("tuổi ") {
                    terms.split.ages = Some(
                        ages_of(ages)
                            .ok_or_else(|| format!("“{term}” chưa đọc được. Ví dụ: “tuổi 18-30”, “tuổi từ 61”."))?,
                    );
                } else if let Some(key) = key.strip_prefix("nhập ") {
                    terms.what = Some(What::Typed(key.to_string()));
                } else if let Some((one, other)) = key.split_once('/') {
                    terms.what = Some(What::Share(named(one)?, named(other)?));
                } else {
                    terms.what = Some(What::Counted(named(&key)?));
                }
            }
        }
        Ok(terms)
    }

    /// Both together; what both say must be the same.
    fn with(self, other: &Terms) -> Result<Terms, String> {
        fn both<T: PartialEq + Clone>(one: Option<T>, other: &Option<T>, name: &str) -> Result<Option<T>, String> {
            match (one, other) {
                (Some(one), Some(other)) if one != *other => Err(format!("{name} được ghi hai lần khác nhau")),
                (one, other) => Ok(one.or(other.clone())),
            }
        }
        Ok(Terms {
            what: both(self.what, &other.what, "chỉ số")?,
            mean_age: self.mean_age || other.mean_age,
            split: Split {
                group: both(self.split.group, &other.split.group, "nhóm")?,
                part: both(self.split.part, &other.split.part, "phần")?,
                ages: both(self.split.ages, &other.split.ages, "tuổi")?,
            },
            when: both(self.when, &other.when, "kỳ")?,
        })
    }

    fn ask(self) -> Result<Ask, String> {
        let what = match (self.what, self.mean_age) {
            (Some(What::Counted(counter)), true) => What::MeanAge(counter),
            (Some(_), true) => return Err("tuổi bình quân cần một chỉ số đếm người".to_string()),
            (Some(what), false) => what,
            (None, _) => return Err(format!("chưa ghi chỉ số. Ví dụ: “= ket_nap”. Có: {}", names())),
        };
        Ok(Ask {
            what,
            split: self.split,
            when: self.when.unwrap_or_default(),
        })
    }
}

fn named(name: &str) -> Result<&'static Counter, String> {
    let name = name.trim();
    super::counter(name).ok_or_else(|| format!("chưa có chỉ số “{name}”. Có: {}", names()))
}

/// The names of all counters.
fn names() -> String {
    COUNTERS
        .iter()
        .map(|counter| counter.slug)
        .collect::<Vec<_>>()
        .join(", ")
}

/// `18-30`, `từ 61`, `trên 60`.
fn ages_of(text: &str) -> Option<(i32, i32)> {
    const OLDEST: i32 = 150;
    if let Some(first) = text.strip_prefix("từ ") {
        return Some((first.trim().parse().ok()?, OLDEST));
    }
    if let Some(last) = text.strip_prefix("trên ") {
        return Some((last.trim().parse::<i32>().ok()?.checked_add(1)?, OLDEST));
    }
    // folding writes a hyphen as a space
    let (first, last) = text.split_once(' ')?;
    let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (first <= last).then_some((first, last))
}
