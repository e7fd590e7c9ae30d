//! Deleting what a person handed in, by a secretary's signed act, once the chi bộ's period is over or the person asked for it.
//!
//! Invariant: what is deleted is each hand-in and what was said about it, one op each; the endpoint drops the bodies, every phone that pulls
//! the act drops its copy, and this device drops its own in the same transaction. Dates of the case and the mentor's notes stay: they
//! are the branch's. Not here: when (`office::retention`), drawing (`screen::retention`).

use app::{clock, session::Session};
use office::retention::{self, Due};
use rules::{Record, course};
use sync::id::{AccountId, OpId};

use crate::{act::Act, known::Known, person::Person};

/// Until when what this person handed in is kept; `None`: on the way, or nothing is held.
pub fn due(known: &Known, person: &Person) -> Option<Due> {
    if person.hand_ins(known).is_empty() {
        return None;
    }
    let (case, today) = (person.brief(known), clock::today());
    let course = course::of(&case, today, &known.settings);
    retention::due(
        &case,
        &course.clocks,
        &Record::from_fields(known.own_fields.clone()),
        today,
    )
}

/// Everybody whose papers have such a day, the first to end first.
pub fn all(known: &Known) -> Vec<(&Person, Due)> {
    let due = |person| Some((person, due(known, person)?));
    let mut all: Vec<(&Person, Due)> = known.people.iter().filter_map(due).collect();
    all.sort_by_key(|(_, due)| due.until);
    all
}

/// What was handed in by this account and said about it.
fn targets(known: &Known, account: &AccountId) -> Vec<OpId> {
    let office = &known.office;
    let hand_ins = office.hand_ins.iter().filter(|one| one.account == *account);
    let mut ops: Vec<OpId> = hand_ins.map(|one| one.op_id).collect();
    for said in &office.remarks {
        let about = said.remark.as_ref().and_then(|remark| remark.about);
        // An answer is about a remark, which stands before it in the list.
        if about.is_some_and(|about| ops.contains(&about)) {
            ops.push(said.op_id);
        }
    }
    ops
}

/// Deletes it.
///
/// # Errors
/// In words: then nothing was deleted.
pub async fn delete(session: Session, known: &Known, account: &AccountId) -> Result<(), String> {
    let mut act = Act::begin(session).await?;
    let rows = session.rows().await.ok_or_else(String::new)?;
    let kept = session.kept.get_untracked();
    act.erase(&targets(known, account), (&kept, &rows.pulled));
    act.done(session).await
}
