//! The cells of one row: texts, dates, places, the rows inside it.
//!
//! Cells are sorted by path and hold no blank text. Not here: how rows are found in a record.

use super::Row;
use crate::date::{self, Date};
use crate::record::Place;
use crate::sorted::sort;
use crate::text::{after, begins, equal};

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
        under(self.cells, cell)
            .iter()
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
        let inner = under(self.cells, group);
        // the cells of a row follow each other and share what leads to it
        let mut lead = "";
        for (at, (path, text)) in inner.iter().enumerate() {
            let cell = match after(path, lead).filter(|_| !lead.is_empty()) {
                Some(cell) => cell,
                None => {
                    let parted = |rest: &'f str| {
                        let end = rest.bytes().position(|b| b == b'/')?;
                        Some((rest.get(..end)?, rest.get(end + 1..)?))
                    };
                    let rest = path.get(group.len()..).unwrap_or("");
                    let Some((name, cell)) = after(rest, "/").and_then(parted) else {
                        continue;
                    };
                    lead = path.get(..path.len() - cell.len()).unwrap_or("");
                    let row = Row {
                        group: self.group,
                        name,
                        index: 0,
                        cells: &[],
                        skip: lead.len(),
                    };
                    found.push(("\u{10ffff}", at, row));
                    cell
                }
            };
            if let Some((order, first, row)) = found.last_mut() {
                row.cells = inner.get(*first..=at).unwrap_or_default();
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
        if path.as_bytes().get(slug.len()) == Some(&b'.')
            && let Some(part) = path.get(slug.len() + 1..)
        {
            set_part(&mut place, part, text);
        }
    }
    place
}

/// The entries of a sorted list whose paths begin so. One look at a byte settles most entries, which is quicker than to search by halves.
fn under<'l, 'a>(list: &'l [(&'a str, &'a str)], lead: &str) -> &'l [(&'a str, &'a str)] {
    let first = |path: &str| path.bytes().next().unwrap_or(0);
    let begin = first(lead);
    let reached = |path: &str| first(path) > begin || (first(path) == begin && begins(path, lead));
    let from = list.iter().position(|(path, _)| reached(path)).unwrap_or(list.len());
    let rest = list.get(from..).unwrap_or_default();
    let many = rest.iter().position(|(path, _)| !begins(path, lead));
    rest.get(..many.unwrap_or(rest.len())).unwrap_or_default()
}

fn set_part<'a>(place: &mut Place<'a>, part: &str, text: &'a str) {
    let is = |name: &str| equal(part, name);
    let own = if is("commune") {
        &mut place.commune
    } else if is("province") {
        &mut place.province
    } else if is("old.commune") {
        &mut place.old_commune
    } else if is("old.district") {
        &mut place.old_district
    } else if is("old.province") {
        &mut place.old_province
    } else if is("detail") {
        &mut place.detail
    } else if is("district") {
        &mut place.district
    } else if is("text") {
        &mut place.text
    } else {
        return;
    };
    *own = text;
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
