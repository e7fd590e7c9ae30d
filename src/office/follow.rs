//! What a mentor is gently reminded of, and the hand-over to the next one.
//!
//! When a note is due is the matter of [`rules::course`]; here it is put into words that say whose convention the interval is. Invariants: nothing here locks or
//! blames; a hand-over adds a row and closes the open one, no cell that was written is changed. Not here: what a note must say (MON-01 to MON-10).

use crate::list::Line;
use crate::person::day_of;
use rules::course::{Clock, Stand};
use rules::sorted::sort;
use rules::text::same;
use rules::{Date, Fields, Record, Settings};

/// The rule of the interval between two notes.
pub const NOTE_RULE: &str = "MON-03";
const MENTORS: &str = "procedure.mentors";
const TASKS: &str = "procedure.tasks";
/// Days before a task is due from which it is said.
const TASK_AHEAD: i32 = 7;

/// Something that waits for the mentor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// In words.
    pub what: String,
    /// Last day; `None` when there is none.
    pub until: Option<Date>,
    /// How it stands.
    pub stand: Stand,
}

/// The interval in words, with whose convention it is.
pub fn interval(settings: &Settings) -> String {
    let months = settings.note_interval_months;
    format!("{months} tháng một kỳ; chưa có quy định chung – do chi bộ đặt")
}

/// The next note of this person; `None` while none is due (before a mentor is assigned, after the introduction, after recognition).
pub fn next_note(line: &Line) -> Option<&Clock> {
    line.clocks.iter().find(|clock| clock.ground == NOTE_RULE)
}

/// What waits: something to open, the next note, tasks that end or have ended. The most pressing first.
pub fn waiting(line: &Line, whole: &Record, today: Date, settings: &Settings) -> Vec<Wait> {
    let mut waits = Vec::new();
    if line.unread > 0 {
        waits.push(Wait {
            what: format!("{} mục mới chưa xem", line.unread),
            until: None,
            stand: Stand::Soon,
        });
    }
    if let Some(clock) = next_note(line).filter(|clock| clock.stand != Stand::Fine) {
        waits.push(Wait {
            what: format!("Nhận xét kỳ tới: {} ({})", clock.until, interval(settings)),
            until: Some(clock.until),
            stand: clock.stand,
        });
    }
    for task in tasks(whole, today) {
        if task.stand != Stand::Fine && !task.is_done {
            waits.push(Wait {
                what: format!("Nhiệm vụ “{}”: hạn {}, chưa ghi kết quả", task.text, task.due_typed),
                until: task.due,
                stand: task.stand,
            });
        }
    }
    let key = |wait: &Wait| (wait.stand != Stand::Over, wait.until);
    sort(&mut waits, |a, b| key(a) < key(b));
    waits
}

/// A task that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Its row.
    pub row: String,
    /// What was given.
    pub text: String,
    /// By when, as typed; empty when nothing was said.
    pub due_typed: String,
    /// The last day that what was typed can mean: a month ends with its last day, a year too.
    pub due: Option<Date>,
    /// Whether a result is written.
    pub is_done: bool,
    /// How it stands; [`Stand::Fine`] once a result is written.
    pub stand: Stand,
}

/// The tasks of a case, in their order.
pub fn tasks(whole: &Record, today: Date) -> Vec<Task> {
    let rows = whole.rows(TASKS).into_iter().map(|row| {
        let cell = |column: &str| whole.text(&format!("{TASKS}/{row}/{column}")).trim().to_string();
        let (due_typed, is_done) = (cell("due"), !cell("result").is_empty());
        let due = last_day(&due_typed, today);
        let stand = match due {
            Some(due) if !is_done && today > due => Stand::Over,
            Some(due) if !is_done && due.ordinal() - today.ordinal() <= TASK_AHEAD => Stand::Soon,
            _ => Stand::Fine,
        };
        Task {
            row: row.to_string(),
            text: cell("text"),
            due_typed,
            due,
            is_done,
            stand,
        }
    });
    rows.filter(|task| !task.text.is_empty()).collect()
}

fn last_day(typed: &str, today: Date) -> Option<Date> {
    let typed = rules::date::read(typed)?;
    typed.full().or_else(|| {
        let month = typed.year().and(typed.last_month(today))?;
        let (y, m) = (month.div_euclid(12), u8::try_from(month.rem_euclid(12) + 1).ok()?);
        Date::new(y, m, rules::date::days_in(y, m))
    })
}

/// The row of the mentor who follows the person now: the last one that is not closed.
pub fn mentor_now(whole: &Record) -> Option<&str> {
    let rows = whole.rows(MENTORS).into_iter().rev();
    rows.into_iter().find(|row| {
        let cell = |column: &str| whole.text(&format!("{MENTORS}/{row}/{column}")).trim();
        !cell("name").is_empty() && cell("ended_date").is_empty()
    })
}

/// A new mentor, as the chi bộ resolved.
#[derive(Debug, Clone, Copy, Default)]
pub struct HandOver<'a> {
    /// Name of the new mentor.
    pub name: &'a str,
    /// Day of the resolution that assigns them, as typed.
    pub assigned: &'a str,
    /// Number of the resolution.
    pub resolution: &'a str,
    /// Day the new mentor joined the Party, official day and day at the unit, as typed; may be blank (INT-05, INT-06 ask for them).
    pub admitted: &'a str,
    /// Day of official membership.
    pub official: &'a str,
    /// Day the new mentor came to the unit.
    pub at_unit_from: &'a str,
    /// Last day of the former mentor, as typed; blank: the day of the new assignment.
    pub ended: &'a str,
    /// Why the former one ended: `moved`, `disciplined` or `other`.
    pub reason: &'a str,
}

/// The answers that a hand-over writes into the case: the open row is closed, a new one (`row`, a name that was never used) is added behind it.
///
/// # Errors
/// What is still to be written, each as column and words; nothing is changed then.
pub fn hand_over(case: &Record, new: &HandOver<'_>, row: &str) -> Result<Fields, Vec<(&'static str, &'static str)>> {
    let former = mentor_now(case);
    let cell = |column: &str| former.map_or("", |row| case.text(&format!("{MENTORS}/{row}/{column}")).trim());
    let assigned = day_of(new.assigned);
    let ended = match new.ended.trim() {
        "" => assigned,
        typed => day_of(typed),
    };
    let since = day_of(cell("assigned_date"));
    let before = |day: Option<Date>| since.zip(day).is_some_and(|(since, day)| day < since);
    let used = case.rows(MENTORS).contains(&row) || row.is_empty() || row.contains('/');
    let missing: Vec<(&'static str, &'static str)> = [
        (
            new.name.trim().is_empty(),
            "name",
            "Hãy ghi tên đảng viên được phân công.",
        ),
        (
            !new.name.trim().is_empty() && same(new.name.trim(), cell("name")),
            "name",
            "Người này đang được phân công rồi.",
        ),
        (
            assigned.is_none(),
            "assigned_date",
            "Hãy ghi đủ ngày, tháng, năm của nghị quyết phân công.",
        ),
        (
            before(assigned),
            "assigned_date",
            "Ngày này trước ngày phân công người trước. Xin xem lại.",
        ),
        (
            new.resolution.trim().is_empty(),
            "resolution_no",
            "Hãy ghi số nghị quyết phân công.",
        ),
        (
            former.is_some() && ended.is_none(),
            "ended_date",
            "Hãy ghi đủ ngày, tháng, năm người trước thôi theo dõi.",
        ),
        (
            former.is_some() && before(ended),
            "ended_date",
            "Ngày này trước ngày phân công người trước. Xin xem lại.",
        ),
        (
            former.is_some() && !matches!(new.reason, "moved" | "disciplined" | "other"),
            "end_reason",
            "Hãy chọn lý do thay người.",
        ),
        (used, "row", "Hàng này đã có; hãy thử lại."),
    ]
    .into_iter()
    .filter(|(is_missing, _, _)| *is_missing)
    .map(|(_, column, words)| (column, words))
    .collect();
    if !missing.is_empty() {
        return Err(missing);
    }
    let mut after = case.clone();
    let mut written = Fields::new();
    let mut put = |path: String, text: &str| {
        if !text.trim().is_empty() && case.is_blank(&path) {
            written.insert(path, text.trim().to_string());
        }
    };
    if let (Some(former), Some(ended)) = (former, ended) {
        put(format!("{MENTORS}/{former}/ended_date"), &ended.show());
        put(format!("{MENTORS}/{former}/end_reason"), new.reason);
    }
    put(format!("{MENTORS}/{row}/#"), &after.add_row(MENTORS, row, None));
    for (column, text) in [
        ("name", new.name),
        ("assigned_date", new.assigned),
        ("resolution_no", new.resolution),
        ("admitted_date", new.admitted),
        ("official_date", new.official),
        ("at_unit_from", new.at_unit_from),
    ] {
        put(format!("{MENTORS}/{row}/{column}"), text);
    }
    Ok(written)
}

#[cfg(test)]
mod tests;
