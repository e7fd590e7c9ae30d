//! Periods of reports: school year, calendar year, half-year, any two days; and the same period a year before.
//!
//! The school year runs from 1-9 to 31-8 unless the chi bộ sets another first day.

use rules::Date;
use rules::date::add_months;

/// A period, both days counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// First day of a school year: day and month.
pub const SCHOOL_YEAR: (u8, u8) = (1, 9);

impl Period {
    /// From one day to another; `None` when they stand the other way round.
    pub fn between(from: Date, to: Date) -> Option<Period> {
        (from <= to).then_some(Period { from, to })
    }

    /// The school year that holds this day; its first day as day and month ([`SCHOOL_YEAR`]). A day that is none counts as the usual one.
    pub fn school_year(day: Date, first: (u8, u8)) -> Period {
        let begins = |y: i32| Date::new(y, first.1, first.0).or(Date::new(y, SCHOOL_YEAR.1, SCHOOL_YEAR.0));
        let this = begins(day.y).unwrap_or(day);
        let from = if this <= day {
            this
        } else {
            begins(day.y - 1).unwrap_or(this)
        };
        Period {
            from,
            to: day_before(begins(from.y + 1).unwrap_or(from)),
        }
    }

    /// A calendar year.
    pub fn calendar_year(y: i32) -> Option<Period> {
        Period::between(Date::new(y, 1, 1)?, Date::new(y, 12, 31)?)
    }

    /// The half-year that holds this day: 1-1 to 30-6, or 1-7 to 31-12.
    pub fn half_year(day: Date) -> Period {
        let (first, last) = if day.m <= 6 {
            ((1, 1), (6, 30))
        } else {
            ((7, 1), (12, 31))
        };
        let on = |(m, d): (u8, u8)| Date { y: day.y, m, d };
        Period {
            from: on(first),
            to: on(last),
        }
    }

    /// The same period a year before.
    pub fn before(self) -> Period {
        // a last day of February stays one
        let month_ends = self.to.next().d == 1;
        let to = add_months(self.to, -12);
        let last = rules::date::days_in(to.y, to.m);
        Period {
            from: add_months(self.from, -12),
            to: Date {
                d: if month_ends { last } else { to.d },
                ..to
            },
        }
    }

    /// Whether the day lies in it.
    pub fn has(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "từ {} đến {}", self.from, self.to)
    }
}

fn day_before(day: Date) -> Date {
    match day {
        Date { m: 1, d: 1, .. } => Date {
            y: day.y - 1,
            m: 12,
            d: 31,
        },
        Date { d: 1, .. } => Date {
            d: rules::date::days_in(day.y, day.m - 1),
            m: day.m - 1,
            ..day
        },
        _ => Date { d: day.d - 1, ..day },
    }
}
