//! Which hand-ins and notes belong to whom, found once whenever rows were read: with thousands of notes no page looks through all of them for
//! each person.
//!
//! Invariant: places in the lists of [`Office`], in its order; what was erased is in none. Not here: what a person's papers say (`person`).

use std::collections::BTreeMap;

use sync::{
    id::AccountId,
    office::{HandIn, NoteSeen, Office},
};

/// Where a note names its person's case.
pub const CASE: &str = "case";

/// Places by person.
#[derive(Default)]
pub struct Whose {
    hand_ins: BTreeMap<AccountId, Vec<usize>>,
    notes_of: BTreeMap<AccountId, Vec<usize>>,
    notes_on: BTreeMap<String, Vec<usize>>,
}

impl Whose {
    /// Of everything that is known.
    pub fn of(office: &Office) -> Self {
        let mut whose = Self::default();
        for (at, one) in office
            .hand_ins
            .iter()
            .enumerate()
            .filter(|(_, one)| one.plain.is_some())
        {
            whose.hand_ins.entry(one.account).or_default().push(at);
        }
        for (at, note) in office.notes.iter().enumerate() {
            let Some(plain) = &note.plain else { continue };
            if let Some(about) = plain.about {
                whose.notes_of.entry(about).or_default().push(at);
            }
            if let Some(case) = plain.fields.get(CASE) {
                whose.notes_on.entry(case.clone()).or_default().push(at);
            }
        }
        whose
    }

    /// Hand-ins of an account, the newest first.
    pub fn hand_ins<'o>(&self, office: &'o Office, account: Option<AccountId>) -> Vec<&'o HandIn> {
        let places = account.and_then(|account| self.hand_ins.get(&account));
        let places = places.into_iter().flatten().rev();
        places.filter_map(|at| office.hand_ins.get(*at)).collect()
    }

    /// Notes about an account or on a case (its record in hexadecimal), the newest first.
    pub fn notes<'o>(&self, office: &'o Office, account: Option<AccountId>, case: Option<&str>) -> Vec<&'o NoteSeen> {
        let about = account.and_then(|account| self.notes_of.get(&account));
        let on = case.and_then(|case| self.notes_on.get(case));
        let mut places: Vec<usize> = about.into_iter().chain(on).flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        let places = places.into_iter().rev();
        places.filter_map(|at| office.notes.get(at)).collect()
    }
}
