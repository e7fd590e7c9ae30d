//! Until when what a person handed in is kept: counted from the dates of the case, by what the chi bộ set.
//!
//! No instrument that was seen says how long a branch keeps a draft, so each period is the chi bộ's own and says so; those that stand here
//! are only where it begins. Invariant: nothing is deleted by a date alone; a day that passed is told to the secretary, who signs the deletion.
//! Not here: deleting (the pages), what the endpoint drops by itself (its `purge`).

use crate::person::day_of;
use rules::course::Clock;
use rules::date::add_months;
use rules::{Date, Record};

/// Something after which what was handed in need not be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cause {
    /// Field of the branch's paper with the months; its ground stands in `SLUG.ground`.
    pub slug: &'static str,
    /// What happened, in words.
    pub label: &'static str,
    /// Field of the case with its day; empty for the end of the class certificate, which the rules count.
    day: &'static str,
    /// A later day in this field says that the person is on the way again; often empty.
    undone_by: &'static str,
    /// Months that stand until the chi bộ sets its own.
    pub months: u16,
}

/// Every cause.
pub const CAUSES: [Cause; 5] = [
    Cause {
        slug: "retention.dropped",
        label: "Đưa ra khỏi danh sách",
        day: "procedure.dropped_date",
        undone_by: "procedure.listed_date",
        months: 1,
    },
    Cause {
        slug: "retention.closed",
        label: "Kết thúc hồ sơ, rút tên",
        day: "procedure.closed_date",
        undone_by: "procedure.listed_date",
        months: 1,
    },
    Cause {
        slug: "retention.moved",
        label: "Chuyển đơn vị",
        day: "transfer.decision_date",
        undone_by: "",
        months: 12,
    },
    Cause {
        slug: "retention.admitted",
        label: "Đã kết nạp",
        day: "procedure.ceremony_date",
        undone_by: "",
        months: 12,
    },
    Cause {
        slug: "retention.certificate",
        label: "Giấy chứng nhận lớp nhận thức hết giá trị",
        day: "",
        undone_by: "",
        months: 12,
    },
];

/// The rule of the certificate's life.
const CERTIFICATE: &str = "CLS-02";
/// Months that a chi bộ may set.
const MONTHS: std::ops::RangeInclusive<u16> = 1..=120;

/// Until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// What happened.
    pub cause: &'static Cause,
    /// When.
    pub from: Date,
    /// Last day of keeping.
    pub until: Date,
    /// How long after it.
    pub months: u16,
    /// What the period rests on, as the chi bộ wrote it; empty while it wrote nothing.
    pub ground: String,
}

/// A period as the branch's own paper sets it: months and ground.
pub fn period(cause: &Cause, own: &Record) -> (u16, String) {
    let typed = own.text(cause.slug).trim().parse().ok();
    let months = typed.filter(|months| MONTHS.contains(months)).unwrap_or(cause.months);
    (months, own.text(&format!("{}.ground", cause.slug)).trim().to_string())
}

/// The first period to end of those that run on this day; `None` while the person is on the way. `clocks` are those of the same case.
pub fn due(case: &Record, clocks: &[Clock], own: &Record, today: Date) -> Option<Due> {
    let day = |slug: &str| day_of(case.text(slug)).filter(|day| *day <= today);
    let happened = |cause: &'static Cause| {
        let from = match cause.day {
            "" => clocks.iter().find(|clock| clock.ground == CERTIFICATE)?.until,
            slug => day(slug)?,
        };
        let undone = !cause.undone_by.is_empty() && day(cause.undone_by).is_some_and(|again| again > from);
        let (months, ground) = period(cause, own);
        (from <= today && !undone).then(|| Due {
            cause,
            from,
            until: add_months(from, i32::from(months)),
            months,
            ground,
        })
    };
    CAUSES.iter().filter_map(happened).min_by_key(|due| due.until)
}

impl Due {
    /// Whether the last day is over.
    pub fn is_past(&self, today: Date) -> bool {
        today > self.until
    }

    /// From what and by whose word, as it stands wherever it shows.
    pub fn reason(&self) -> String {
        let ground = match self.ground.as_str() {
            "" => "do chi bộ đặt, chưa có quy định chung".to_string(),
            ground => format!("chi bộ đặt theo {ground}; chưa có quy định chung"),
        };
        format!(
            "{} ngày {}; giữ thêm {} tháng ({ground})",
            self.cause.label,
            self.from.show(),
            self.months
        )
    }
}

#[cfg(test)]
mod tests;
