//! What was asked of the list of administrative units, remembered: the dossiers of one file come from the same few communes.
//!
//! Bounded: when too much is remembered, all of it is forgotten. Invariant: every answer is that of the list itself.

use rules::Date;
use rules::check::Gazetteer;
use std::cell::RefCell;
use std::collections::HashMap;

/// Answers that are remembered at most.
const MOST: usize = 20_000;

/// A list, and what it answered.
pub struct Asked<'p> {
    list: &'p dyn Gazetteer,
    current: Memory<bool>,
    old: Memory<bool>,
    candidates: Memory<Vec<(String, String)>>,
}

impl<'p> Asked<'p> {
    /// Remembers what is asked of this list.
    pub fn of(list: &'p dyn Gazetteer) -> Asked<'p> {
        Asked {
            list,
            current: Memory::default(),
            old: Memory::default(),
            candidates: Memory::default(),
        }
    }
}

impl Gazetteer for Asked<'_> {
    fn is_current(&self, commune: &str, province: &str, day: Date) -> bool {
        let ask = || self.list.is_current(commune, province, day);
        self.current.ask([commune, "", province], Some(day), ask)
    }

    fn is_old(&self, commune: &str, district: &str, province: &str) -> bool {
        let ask = || self.list.is_old(commune, district, province);
        self.old.ask([commune, district, province], None, ask)
    }

    fn candidates(&self, commune: &str, district: &str, province: &str, day: Date) -> Vec<(String, String)> {
        let ask = || self.list.candidates(commune, district, province, day);
        self.candidates.ask([commune, district, province], Some(day), ask)
    }
}

/// Answers by what was asked, written as one text; the buffer for the question is used again.
struct Memory<T>(RefCell<(HashMap<String, T>, String)>);

impl<T> Default for Memory<T> {
    fn default() -> Memory<T> {
        Memory(RefCell::default())
    }
}

impl<T: Clone> Memory<T> {
    fn ask(&self, names: [&str; 3], day: Option<Date>, ask: impl FnOnce() -> T) -> T {
        let mut memory = self.0.borrow_mut();
        let (known, question) = &mut *memory;
        question.clear();
        let day = day.map_or([0, 0, 0], |day| [day.y, i32::from(day.m), i32::from(day.d)]);
        let lengths = names.iter().map(|name| i32::try_from(name.len()).unwrap_or(-1));
        // numbers as letters, so that no two questions are written alike
        for number in lengths.chain(day) {
            match u32::try_from(number).ok().and_then(char::from_u32) {
                Some(letter) => question.push(letter),
                None => return ask(),
            }
        }
        names.iter().for_each(|name| question.push_str(name));
        if let Some(answer) = known.get(question.as_str()) {
            return answer.clone();
        }
        if known.len() == MOST {
            known.clear();
        }
        let answer = ask();
        known.insert(question.clone(), answer.clone());
        answer
    }
}

#[cfg(test)]
mod tests;
