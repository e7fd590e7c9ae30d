//! The cells of one row: texts, dates, places, the rows inside it.
//!
//! Cells are sorted by path and hold no blank text. Not here: how rows are found in a record.

use super::Row;
use crate::date::{self, Date};
use crate::record::Place;
use crate::sorted::sort;

impl<'f> Row<'f> {
    /// Text of a cell, `""` when blank.
    pub fn text(&self, cell: &str) -> &'f str {
        // rows are short: comparing lengths one by one is quicker than a binary search over long common beginnings
        let wanted = self.skip + cell.len();
        for (own, text) in self.cells {
            if own.len() == wanted && own.as_bytes().ends_with(cell.as_bytes()) {
                return text;
            }
        }
        ""
    }

    /// Whether the cell holds exactly this.
    pub fn is(&self, cell: &str, value: &str) -> bool {
        self.text(cell) == value
    }

    /// Whether nothing is written in the cell itself.
    pub fn blank(&self, cell: &str) -> bool {
        self.text(cell).is_empty()
    }

    /// Whether nothing is written in the cell, its parts and its rows.
    pub fn nothing(&self, cell: &str) -> bool {
        if !self.blank(cell) {
            return false;
        }
        under(self.cells, cell)
            .all(|(c, _)| !matches!(c.as_bytes().get(cell.len()), None | Some(b'.' | b'/')) || c.ends_with("/#"))
    }

    /// The full date in a cell.
    pub fn date(&self, cell: &str) -> Option<Date> {
        date::read(self.text(cell))?.full()
    }

    /// The year in a cell, of a date that may lack day and month.
    pub fn year(&self, cell: &str) -> Option<i32> {
        date::read(self.text(cell))?.year()
    }

    /// The number in a cell.
    #[cfg(feature = "procedure")]
    pub fn number(&self, cell: &str) -> Option<f64> {
        number(self.text(cell))
    }

    /// The place in a cell.
    pub fn place(&self, cell: &str) -> Place<'f> {
        place_in(self.cells, cell)
    }

    /// Rows inside this row (`history`), in the person's order. Their paths begin with this row's.
    pub fn rows(&self, group: &str) -> Vec<Row<'f>> {
        // order key, number of the first cell, row
        let mut found: Vec<(&'f str, usize, Row<'f>)> = Vec::new();
        let from = first_under(self.cells, group);
        for (at, (path, text)) in self.cells.iter().enumerate().skip(from) {
            let Some(rest) = path.strip_prefix(group) else { break };
            let parted = |rest: &'f str| {
                let end = rest.bytes().position(|b| b == b'/')?;
                Some((rest.get(..end)?, rest.get(end + 1..)?))
            };
            let Some((name, cell)) = rest.strip_prefix('/').and_then(parted) else {
                continue;
            };
            if found.last().is_none_or(|(_, _, row)| row.name != name) {
                let row = Row {
                    group: self.group,
                    name,
                    index: 0,
                    cells: &[],
                    skip: group.len() + name.len() + 2,
                };
                found.push(("\u{10ffff}", at, row));
            }
            if let Some((order, first, row)) = found.last_mut() {
                row.cells = self.cells.get(*first..=at).unwrap_or_default();
                if cell == "#" {
                    *order = text;
                }
            }
        }
        sort(&mut found, |a, b| (a.0, a.2.name) < (b.0, b.2.name));
        let mut rows = Vec::with_capacity(found.len());
        for (index, (_, _, row)) in found.iter().enumerate() {
            rows.push(Row { index, ..*row });
        }
        rows
    }

    /// Record path of a cell.
    pub fn path(&self, cell: &str) -> String {
        if cell.is_empty() {
            format!("{}/{}", self.group, self.name)
        } else {
            format!("{}/{}/{cell}", self.group, self.name)
        }
    }

    /// Number shown to people, from 1.
    pub fn number_shown(&self) -> i32 {
        i32::try_from(self.index).unwrap_or(i32::MAX - 1) + 1
    }
}

/// The place whose parts stand at `slug.…` in a sorted list.
pub(super) fn place_in<'a>(list: &[(&'a str, &'a str)], slug: &str) -> Place<'a> {
    let mut place = Place::default();
    for (path, text) in under(list, slug) {
        if let Some(part) = path.get(slug.len()..).and_then(|rest| rest.strip_prefix('.')) {
            set_part(&mut place, part, text);
        }
    }
    place
}

/// The entries of a sorted list whose paths begin so.
fn under<'l, 'a>(list: &'l [(&'a str, &'a str)], lead: &str) -> impl Iterator<Item = &'l (&'a str, &'a str)> {
    let list = list.get(first_under(list, lead)..).unwrap_or_default();
    list.iter().take_while(move |(path, _)| path.starts_with(lead))
}

/// Number of the first entry whose path begins so. One look at a byte settles most of them, which is quicker than to search by halves.
fn first_under(list: &[(&str, &str)], lead: &str) -> usize {
    let first = lead.as_bytes().first();
    let begins = |path: &str| path.as_bytes().first() == first && path.starts_with(lead);
    list.iter().position(|(path, _)| begins(path)).unwrap_or(list.len())
}

fn set_part<'a>(place: &mut Place<'a>, part: &str, text: &'a str) {
    match part {
        "detail" => place.detail = text,
        "commune" => place.commune = text,
        "district" => place.district = text,
        "province" => place.province = text,
        "old.commune" => place.old_commune = text,
        "old.district" => place.old_district = text,
        "old.province" => place.old_province = text,
        "text" => place.text = text,
        _ => {}
    }
}

/// A number as people type it: decimal comma or point, a trailing percent sign. Fifteen digits at most: beyond them nobody counts, and so far
/// one division gives the nearest number without the tables of the general way.
pub(super) fn number(text: &str) -> Option<f64> {
    let text = text.trim_end_matches('%').trim();
    let (sign, text) = text.strip_prefix('-').map_or((1.0, text), |rest| (-1.0, rest));
    let (mut all, mut digits, mut scale) = (0_u64, 0, None);
    for b in text.bytes() {
        match b {
            b'0'..=b'9' if digits < 15 => {
                all = all * 10 + u64::from(b - b'0');
                digits += 1;
                scale = scale.map(|scale: u64| scale * 10);
            }
            b'.' | b',' if scale.is_none() => scale = Some(1),
            _ => return None,
        }
    }
    (digits > 0).then(|| sign * all as f64 / scale.unwrap_or(1) as f64)
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn a_number_is_read_as_people_type_it() {
        for (text, want) in [
            ("12", Some(12.0)),
            ("12,5%", Some(12.5)),
            ("66.67 %", Some(66.67)),
            ("-3", Some(-3.0)),
            ("0", Some(0.0)),
            ("7.", Some(7.0)),
            (",5", Some(0.5)),
            ("999999999999999", Some(999_999_999_999_999.0)),
            ("1234567890123456", None),
            ("0000000000000001", None),
            ("1.2.3", None),
            ("1,2,3", None),
            ("12a", None),
            ("--1", None),
            (".", None),
            ("-", None),
            ("%", None),
            ("", None),
        ] {
            assert_eq!(number(text), want, "{text:?}");
        }
    }
}
