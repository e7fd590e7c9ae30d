//! Who helps whom: the rows of `procedure.mentors`, and the assignment that lets a helper's device receive.
//!
//! A row is never rewritten when the helper changes: it is ended with its day and reason, and a new one follows (issue of hand-over,
//! INT-07). Not here: drawing.

use app::{ids::row_name, session::Session};
use office::follow::{self, HandOver};
use rules::{Date, Record};
use sync::{
    Fields,
    body::Assignment,
    id::{AccountId, RecordId},
    spelling::hex,
};

use crate::{
    act::Act,
    cases,
    known::{Known, known},
};

/// The group of rows.
pub const GROUP: &str = "procedure.mentors";
/// The column that names the member's paper; on no form.
const MEMBER: &str = "member";

/// One who helps or helped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Helper {
    /// The row.
    pub row: String,
    /// Name as recorded.
    pub name: String,
    /// The member's paper or account, in hexadecimal; empty when none is known.
    pub member: String,
    /// Day of the assignment, as recorded.
    pub since: String,
    /// Day it ended, as recorded.
    pub ended: Option<String>,
}

/// Everybody who helps or helped, in order.
pub fn helpers(fields: &Fields) -> Vec<Helper> {
    let record = Record::from_fields(fields.clone());
    let row = |row: &str| {
        let of = |column: &str| record.text(&format!("{GROUP}/{row}/{column}")).to_owned();
        Helper {
            row: row.to_owned(),
            name: of("name"),
            member: of(MEMBER),
            since: of("assigned_date"),
            ended: Some(of("ended_date")).filter(|day| !day.trim().is_empty()),
        }
    };
    record.rows(GROUP).into_iter().map(row).collect()
}

/// What an assignment says.
pub struct Plan {
    /// The person's case.
    pub case: RecordId,
    /// Who is to help: the member's place among the members known.
    pub member: usize,
    /// Since when.
    pub day: Date,
    /// Number of the resolution.
    pub resolution: String,
    /// Why the one before no longer helps: `moved`, `disciplined`, `other`. Only asked when there is one.
    pub reason: String,
}

/// Records an assignment; who helped before is ended on the same day.
///
/// # Errors
/// In words.
pub async fn assign(session: Session, plan: &Plan) -> Result<(), String> {
    let mut act = Act::begin(session).await?;
    let mut draft = session.draft_now(plan.case).ok_or_else(String::new)?;
    let known = known().get_untracked();
    let member = known.members.get(plan.member).ok_or_else(String::new)?;
    let of = |path: &str| member.fields.get(path).map_or("", String::as_str);
    let (day, row) = (plan.day.show(), row_name());
    let new = HandOver {
        name: &member.name,
        assigned: &day,
        resolution: &plan.resolution,
        admitted: of("admitted_date"),
        official: of("official_date"),
        at_unit_from: of("at_unit_from"),
        ended: "",
        reason: &plan.reason,
    };
    let written = follow::hand_over(&Record::from_fields(draft.fields.clone()), &new, &row);
    let written = written.map_err(|missing| missing.first().map_or("", |(_, words)| *words))?;
    let id = member.record.map(|it| hex(it.as_bytes()));
    let id = id
        .or_else(|| member.account.map(|it| hex(it.as_bytes())))
        .unwrap_or_default();
    draft.fields.extend(written);
    draft.fields.insert(format!("{GROUP}/{row}/{MEMBER}"), id);
    draft.touched();
    act.keep(draft);
    act.done(session).await?;
    cases::settle(session).await;
    Ok(())
}

/// What the endpoint is still to be told: who is assigned now, as far as both have accounts, and who no longer is.
pub fn untold(known: &Known) -> Vec<Assignment> {
    let mut acts: Vec<Assignment> = Vec::new();
    for person in known.people.iter().filter(|person| person.case.is_some()) {
        let Some(candidate) = person.account else { continue };
        let now = person.helpers.iter().filter(|helper| helper.ended.is_none());
        let wanted: Vec<(AccountId, String)> = now
            .filter_map(|helper| Some((known.member(&helper.member)?.account?, iso(&helper.since))))
            .collect();
        let in_force = known.office.assignments.iter();
        let in_force: Vec<_> = in_force
            .filter(|one| one.candidate == candidate && one.in_force)
            .collect();
        for (mentor, from) in &wanted {
            if !in_force.iter().any(|one| one.mentor == *mentor) {
                acts.push(Assignment {
                    candidate,
                    mentor: *mentor,
                    from: from.clone(),
                    to: None,
                });
            }
        }
        for one in in_force {
            if !wanted.iter().any(|(mentor, _)| *mentor == one.mentor) {
                acts.push(Assignment {
                    candidate,
                    mentor: one.mentor,
                    from: one.from.clone(),
                    to: Some(app::clock::today().iso()),
                });
            }
        }
    }
    acts
}

/// A day as typed, for the wire; today when it cannot be read.
fn iso(day: &str) -> String {
    let read = rules::date::read(day).and_then(|typed| typed.full());
    read.unwrap_or_else(app::clock::today).iso()
}
