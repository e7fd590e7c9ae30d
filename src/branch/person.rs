//! One person who is followed, with all that this device has of them: the case, the hand-ins, the notes, who helps.
//!
//! Not here: what it means (`rules::course`, `rules::check`), how it is searched and sorted.

use rules::{Record, course};
use sync::{
    Fields,
    body::plain::Plain,
    id::{AccountId, OpId, RecordId},
    kind::Role,
    office::{HandIn, NoteSeen, Office},
    spelling::hex,
};

use crate::{
    cases::{CASE, Paper},
    following::{self, Helper},
    known::{Known, known},
};

/// One who is followed.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Names them in an address: the case's record, or the account when nobody made a case yet.
    pub key: String,
    /// The secretaries' paper about them.
    pub case: Option<RecordId>,
    /// Their account, once they joined.
    pub account: Option<AccountId>,
    /// Name from the case, else from the last hand-in.
    pub name: String,
    /// What the case says.
    pub fields: Fields,
    /// Places of the case that hold two versions.
    pub kept: usize,
    /// Whether the case was changed here and is not sealed yet.
    pub waits: bool,
    /// Who helps or helped.
    pub helpers: Vec<Helper>,
}

impl Person {
    /// Hand-ins, the newest first.
    pub fn hand_ins<'k>(&self, known: &'k Known) -> Vec<&'k HandIn> {
        known.whose.hand_ins(&known.office, self.account)
    }

    /// Notes on them, the newest first.
    pub fn notes<'k>(&self, known: &'k Known) -> Vec<(&'k NoteSeen, &'k Plain)> {
        let case = self.case.map(|record| hex(record.as_bytes()));
        let notes = known.whose.notes(&known.office, self.account, case.as_deref());
        let open = notes.into_iter();
        open.filter_map(|note| Some((note, note.plain.as_deref()?))).collect()
    }

    /// What was written last in the lý lịch.
    pub fn lylich<'k>(&self, known: &'k Known) -> Option<&'k Fields> {
        Some(&self.hand_ins(known).first()?.plain.as_deref()?.fields)
    }

    /// What of theirs is known: whoever shows them draws anew only when this is another.
    pub fn state(&self, known: &Known) -> (Self, Vec<OpId>, Option<OpId>) {
        let hand_ins = self.hand_ins(known).into_iter().map(|one| one.op_id);
        let notes = self.notes(known).into_iter().map(|(note, _)| note.op_id);
        let word = self.account.and_then(|account| known.office.word_of(&account));
        (
            self.clone(),
            hand_ins.chain(notes).collect(),
            word.map(|word| word.op_id),
        )
    }

    /// The record that the rules look at: last hand-in, case and notes together.
    pub fn whole(&self, known: &Known) -> Record {
        course::joined(self.lylich(known), &self.fields, &self.noted(known))
    }

    /// What lists and reports read of that record: a tenth of the work.
    pub fn brief(&self, known: &Known) -> Record {
        office::brief(self.lylich(known), &self.fields, &self.noted(known))
    }

    /// What the notes say, the oldest first.
    fn noted<'k>(&self, known: &'k Known) -> Vec<&'k Fields> {
        let notes = self.notes(known).into_iter().rev();
        notes.map(|(_, plain)| &plain.fields).collect()
    }

    /// Who helps now.
    pub fn helper(&self) -> Option<&Helper> {
        self.helpers.iter().rev().find(|helper| helper.ended.is_none())
    }
}

/// The record of a case that is being written, together with what else is known of its person.
pub fn whole(case: RecordId, fields: &Fields) -> Record {
    known().with_untracked(
        |known| match known.people.iter().find(|person| person.case == Some(case)) {
            Some(person) => {
                let now = Person {
                    fields: fields.clone(),
                    ..person.clone()
                };
                now.whole(known)
            }
            None => course::joined(None, fields, &[]),
        },
    )
}

/// Everybody who is followed: by case, then who joined or handed in and has none.
pub fn people(office: &Office, papers: &[Paper]) -> Vec<Person> {
    let mut all: Vec<Person> = papers
        .iter()
        .filter(|paper| paper.form == CASE)
        .map(|paper| Person {
            key: hex(paper.record.as_bytes()),
            case: Some(paper.record),
            account: paper.account(office),
            name: paper.text("person.name").to_owned(),
            fields: paper.fields.clone(),
            kept: paper.kept,
            waits: paper.waits,
            helpers: following::helpers(&paper.fields),
        })
        .collect();
    let candidates = office
        .people
        .iter()
        .filter(|one| one.role == Role::Candidate && !one.ended);
    let accounts = candidates.map(|one| one.account);
    let accounts: Vec<AccountId> = accounts.chain(office.hand_ins.iter().map(|one| one.account)).collect();
    for account in accounts {
        if !all.iter().any(|person| person.account == Some(account)) {
            all.push(Person {
                key: hex(account.as_bytes()),
                case: None,
                account: Some(account),
                name: String::new(),
                fields: Fields::new(),
                kept: 0,
                waits: false,
                helpers: Vec::new(),
            });
        }
    }
    for person in all.iter_mut().filter(|person| person.name.trim().is_empty()) {
        let last = office
            .hand_ins
            .iter()
            .rev()
            .find(|one| Some(one.account) == person.account);
        let name = last
            .and_then(|one| one.plain.as_deref()?.fields.get("birth_name"))
            .cloned();
        person.name = name.unwrap_or_default();
    }
    all.sort_by_cached_key(|person| rules::text::fold(&person.name));
    all
}
