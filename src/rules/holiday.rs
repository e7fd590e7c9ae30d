//! Public holidays as a table (`src/rules/holidays.txt`), and deadlines in working days that say by which calendar they were counted.
//!
//! Ground: Labour Code 45/2019/QH14. A line is a day, how it is fixed, and the point of article 112 clause 1 it comes from: `law` (1/1, first day of
//! the lunar year, Giỗ Tổ on the tenth of the third lunar month, 30/4, 1/5, 2/9), `notice` (the other days of Tết and the day beside 2/9, which are
//! chosen each year; the head of the year names that notice), `rest` (the working day that makes up for a holiday on a weekend, article 111 clause 3).
//! A year whose head names no notice holds only what the law fixes. No text of the Party says what a working day is: that these days do not count is
//! a reading of this library.
//!
//! Deliberately not here: working days that offices exchange for a Saturday (they move a day, they do not free one), and 24/11, whose text was not
//! seen. A chi bộ adds such days in its settings ([`Settings::more_holidays`]) or gives a year its own list ([`Settings::holidays`]).

use crate::date::{Date, add_working_days};
use crate::settings::Settings;
use std::sync::OnceLock;

static TABLE: &str = include_str!("holidays.txt");

/// The last day of a deadline in working days.
#[derive(Clone, Copy)]
pub(crate) struct Deadline {
    /// The day.
    pub day: Date,
    from: Date,
}

impl Deadline {
    /// The `n`-th working day after a day.
    pub fn after(from: Date, n: u32, settings: &Settings) -> Deadline {
        let day = if settings.holidays.is_empty() && settings.more_holidays.is_empty() {
            add_working_days(from, n, table())
        } else {
            add_working_days(from, n, &free_days(settings))
        };
        Deadline { day, from }
    }

    /// By which calendar it was counted, in words.
    pub fn calendar(self, settings: &Settings) -> String {
        let years = |wanted: &dyn Fn(i32) -> bool| {
            let some = (self.from.next().y..=self.day.y).filter(|y| wanted(*y));
            some.map(|y| y.to_string()).collect::<Vec<_>>().join(", ")
        };
        let own = |y: i32| has(&settings.holidays, y);
        let listed = |y: i32| notice(y).filter(|_| !own(y));
        let more = |y: i32| has(&settings.more_holidays, y);
        let told = [
            (years(&own), "Hạn tính theo lịch nghỉ đã nhập cho năm {}."),
            (
                years(&|y| listed(y).is_some_and(|notice| !notice.is_empty())),
                "Hạn tính theo lịch nghỉ lễ năm {}.",
            ),
            (
                years(&|y| listed(y).is_some_and(str::is_empty)),
                "Lịch nghỉ năm {} mới có những ngày luật định: ngày nghỉ Tết và ngày liền kề 2/9 chờ thông báo.",
            ),
            (
                years(&|y| notice(y).is_none() && !own(y) && !more(y)),
                "Hạn này chưa tính ngày nghỉ lễ: chưa có lịch nghỉ năm {}, mới trừ thứ bảy, chủ nhật.",
            ),
            (years(&more), "Có tính ngày nghỉ nhập thêm cho năm {}."),
        ];
        let told = told.iter().filter(|(years, _)| !years.is_empty());
        told.map(|(years, words)| words.replace("{}", years))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// The days of the table.
fn table() -> &'static [Date] {
    static DAYS: OnceLock<Vec<Date>> = OnceLock::new();
    DAYS.get_or_init(|| {
        let days = TABLE.lines().filter_map(|line| line.split(' ').next());
        days.filter_map(Date::from_iso).collect()
    })
}

/// The days that do not count: those of the table, but the chi bộ's own list for a year it has listed, and the days it adds.
fn free_days(settings: &Settings) -> Vec<Date> {
    let kept = table().iter().filter(|day| !has(&settings.holidays, day.y));
    kept.chain(&settings.holidays)
        .chain(&settings.more_holidays)
        .copied()
        .collect()
}

fn has(days: &[Date], year: i32) -> bool {
    days.iter().any(|day| day.y == year)
}

/// The notice that chose the days of a year, empty while it is awaited; `None` for a year without a table.
fn notice(year: i32) -> Option<&'static str> {
    let mut heads = TABLE.lines().filter_map(|line| line.strip_prefix("= "));
    let year = year.to_string();
    heads.find_map(|head| head.strip_prefix(year.as_str())).map(str::trim)
}

#[cfg(test)]
mod tests;
