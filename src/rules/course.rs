//! A candidate's way through the procedure: which steps are behind, where it stands, what is next, what runs out and when.
//!
//! Read from one record that holds everything the branch knows of a person ([`joined`]). A step is behind once its days are noted and have come; a day
//! that lies ahead makes it planned. The present state is the last one reached along the way; dropped, moved and closed override it until a step that
//! follows them is taken on a later day. Guards are findings, never locks, and nothing here says who may become a member.
//!
//! ```
//! use rules::course::{self, Stand};
//! use rules::{Date, Fields, Settings};
//!
//! let case = Fields::from([
//!     ("person.name".to_string(), "Người Mẫu".to_string()),
//!     ("procedure.listed_date".to_string(), "3-2-2026".to_string()),
//!     ("procedure.certificate_date".to_string(), "20-12-2021".to_string()),
//! ]);
//! let known = course::joined(None, &case, &[]);
//! let today = Date::new(2026, 11, 22).ok_or("a day of the calendar")?;
//! let course = course::of(&known, today, &Settings::default());
//!
//! assert_eq!(course.current.map(|state| state.name), Some("Đã có giấy chứng nhận"));
//! let first = course.clocks.first().ok_or("the certificate runs out")?;
//! assert_eq!((first.ground, first.until.show(), first.stand), ("CLS-02", "20-12-2026".to_string(), Stand::Soon));
//! # Ok::<(), &str>(())
//! ```

mod clock;
mod joined;
mod state;

pub use clock::{Clock, Stand};
pub use joined::joined;
pub use state::{Return, State, actor, state, states};

use crate::check::{self, Context};
use crate::date::Date;
use crate::facts::{Cut, Facts};
use crate::finding::Finding;
use crate::record::Record;
use crate::settings::Settings;

/// Months for which a certificate of the awareness class counts (CLS-02).
pub const CERTIFICATE_MONTHS: i32 = check::terms::CERTIFICATE;

/// Where a person stands.
#[derive(Debug, Clone)]
pub struct Course {
    /// Every step along the way, then those beside it that were entered.
    pub steps: Vec<Step>,
    /// The present state; `None` while nothing is noted.
    pub current: Option<&'static State>,
    /// The states that may follow.
    pub next: Vec<&'static State>,
    /// What runs out, the first to do so first. None for a case that is dropped, closed or at its end.
    pub clocks: Vec<Clock>,
    /// Whether the last helper's time is over and no other one is assigned.
    pub without_helper: bool,
}

/// One step of a way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The state.
    pub state: &'static State,
    /// The day it was entered, or for which it is planned.
    pub day: Option<Date>,
    /// How it stands.
    pub mark: Mark,
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It was entered, and the way went on.
    Done,
    /// No day is noted, though a later step was entered.
    Undated,
    /// The present state.
    Now,
    /// Its day is noted and lies ahead.
    Planned,
    /// Still to come.
    Ahead,
}

/// The way of a person whose record this is.
pub fn of(r: &Record, today: Date, settings: &Settings) -> Course {
    let cut = Cut::new(r);
    let facts = Facts::new(&cut, &Context::new(today, settings));
    let days: Vec<(&'static State, Option<Date>)> = states().iter().map(|s| (s, day_of(&facts, s))).collect();
    let reached = |(_, day): &&(&'static State, Option<Date>)| day.is_some_and(|day| day <= today);
    let last = days.iter().filter(reached).rfind(|(s, _)| !s.is_beside());
    let beside = days.iter().filter(reached).filter(|(s, _)| s.is_beside());
    let beside = beside.max_by_key(|(_, day)| *day).filter(|(s, day)| {
        let since = |next: &State| latest_of(&facts, next).is_some_and(|taken| taken <= today && Some(taken) > *day);
        !s.next().any(since)
    });
    let current = beside.or(last).map(|(s, _)| *s);

    let mut steps = Vec::with_capacity(days.len());
    let mut behind = last.is_some();
    for (state, day) in &days {
        let entered = day.is_some_and(|day| day <= today);
        let mark = match day {
            _ if Some(*state) == current => Mark::Now,
            Some(_) if entered => Mark::Done,
            Some(_) => Mark::Planned,
            None if behind && !state.is_beside() => Mark::Undated,
            None => Mark::Ahead,
        };
        behind = behind && last.is_none_or(|(last, _)| last != state);
        if !state.is_beside() || entered {
            let day = *day;
            steps.push(Step { state, day, mark });
        }
    }
    let ended = current.is_some_and(|s| matches!(s.id, "X1" | "X3" | "S16"));
    let last_helper = facts.rows("procedure.mentors").next_back();
    Course {
        steps,
        current,
        next: current.map_or_else(first, |state| state.next().collect()),
        clocks: if ended { Vec::new() } else { clock::running(&facts) },
        without_helper: !ended && last_helper.is_some_and(|k| k.date("ended_date").is_some_and(|end| end <= today)),
    }
}

/// Where a way may begin.
fn first() -> Vec<&'static State> {
    ["S0", "S1"].into_iter().filter_map(state).collect()
}

/// The findings of the guards and of what sends a case back, and no others.
pub fn guards(r: &Record, cx: &Context<'_>) -> Vec<Finding> {
    let wanted = |id: &str| {
        let own = |s: &State| s.guards.contains(&id) || s.returns.iter().any(|back| back.rule == id);
        states().iter().any(own)
    };
    check::run_wanted(r, cx, wanted)
}

impl Step {
    /// The findings that guard this step.
    pub fn findings<'f>(&self, found: &'f [Finding]) -> Vec<&'f Finding> {
        found
            .iter()
            .filter(|finding| self.state.guards.contains(&finding.rule))
            .collect()
    }
}

impl Course {
    /// What sends the case back from a state that was entered or is planned, by what the guards found.
    pub fn returns(&self, found: &[Finding]) -> Vec<&'static Return> {
        let mut out = Vec::new();
        for step in self.steps.iter().filter(|step| step.day.is_some()) {
            for back in &step.state.returns {
                // the rule looks at how a helper was replaced; that nobody was assigned yet, it cannot see
                let is_found = match back.rule {
                    "INT-07" => self.without_helper,
                    rule => found.iter().any(|finding| finding.rule == rule),
                };
                if is_found {
                    out.push(back);
                }
            }
        }
        out
    }
}

/// The day on which a state is entered: the last of its days, once all are noted.
fn day_of(facts: &Facts<'_>, state: &State) -> Option<Date> {
    let path = facts.text("procedure.introduction_path");
    let mut entered: Option<Date> = None;
    for slug in &state.days {
        let day = match *slug {
            "procedure.mentors" => facts.rows(slug).next()?.date("assigned_date")?,
            "procedure.introductions" => {
                let mut days: Vec<Date> = facts.rows(slug).filter_map(|row| row.date("date")).collect();
                days.sort();
                *days.get(usize::from(path == "two_members"))?
            }
            "procedure.union_resolution.date" if path == "two_members" => continue,
            slug => facts.date(slug)?,
        };
        entered = entered.max(Some(day));
    }
    entered
}

/// The last day on which a state was entered anew: a further helper may have been assigned.
fn latest_of(facts: &Facts<'_>, state: &State) -> Option<Date> {
    let helpers = state.days.contains(&"procedure.mentors");
    let rows = facts.rows("procedure.mentors").filter(|_| helpers);
    rows.filter_map(|row| row.date("assigned_date"))
        .max()
        .max(day_of(facts, state))
}

#[cfg(test)]
mod tests;
