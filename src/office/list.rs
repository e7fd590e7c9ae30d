//! The people of a chi bộ as a list: searched, filtered, counted, put in order.
//!
//! What a line says of a person is worked out once ([`Line::of`]) and again only when something about that person changed; searching looks at these lines and
//! at nothing else, so that notes and answers cost a search nothing. Invariant: a count beside a filter is the number of people that choosing it would show.
//! The list a border commune asks for is [`Wanted::READY`]; nothing here says who may become a member.

use crate::person::{Group, Person};
use rules::course::{self, Clock, Stand, State};
use rules::sorted::sort;
use rules::text::{NameKey, fold, name_key, plain};
use rules::{Date, Settings};

/// What the list knows of one person.
#[derive(Debug, Clone)]
pub struct Line {
    /// The name, as written.
    pub name: String,
    /// Class or team.
    pub unit: String,
    /// The group held today.
    pub group: Option<Group>,
    /// Where the person stands; `None` while nothing is noted.
    pub state: Option<&'static State>,
    /// What runs out, the first to do so first.
    pub clocks: Vec<Clock>,
    /// Day on which the last hand-in was received.
    pub handed_in: Option<Date>,
    /// What was not opened yet.
    pub unread: usize,
    /// A pupil who has a certificate that still counts, is still at school, and whom the chi bộ has not considered yet.
    pub is_ready: bool,
    key: NameKey,
    /// Name, unit and group without marks, each word after a space.
    words: String,
}

impl Line {
    /// The line of a person, today.
    pub fn of(person: &Person<'_>, today: Date, settings: &Settings) -> Line {
        let course = course::of(person.whole, today, settings);
        let group = person.group_on(today);
        let (name, unit) = (person.name(), person.text("person.unit"));
        let has_certificate = course
            .clocks
            .iter()
            .any(|clock| clock.ground == CERTIFICATE && clock.stand != Stand::Over);
        let gone = person
            .day("study.graduation_recognised_date")
            .is_some_and(|day| day < today);
        let here = course.current.is_some_and(|state| !state.is_beside());
        Line {
            is_ready: group == Some(Group::Pupil) && has_certificate && here && !gone,
            words: searchable(&[name, unit, group.map_or("", Group::label)]),
            key: name_key(name),
            name: name.to_string(),
            unit: unit.to_string(),
            group,
            state: course.current,
            clocks: course.clocks,
            handed_in: person.handed_in,
            unread: person.unread,
        }
    }

    /// A line without the record behind it, as it was kept from before: nothing runs out on it.
    pub fn glance(
        (name, unit): (&str, &str),
        group: Option<Group>,
        state: Option<&'static State>,
        unread: usize,
    ) -> Line {
        Line {
            words: searchable(&[name, unit, group.map_or("", Group::label)]),
            key: name_key(name),
            name: name.to_string(),
            unit: unit.to_string(),
            group,
            state,
            clocks: Vec::new(),
            handed_in: None,
            unread,
            is_ready: false,
        }
    }

    /// How the most pressing clock stands; [`Stand::Fine`] when none runs.
    pub fn stand(&self) -> Stand {
        let has = |stand| self.clocks.iter().any(|clock| clock.stand == stand);
        if has(Stand::Over) {
            Stand::Over
        } else if has(Stand::Soon) {
            Stand::Soon
        } else {
            Stand::Fine
        }
    }
}

/// The rule of the certificate's 60 months; its clock runs from the certificate to the chi bộ's meeting.
const CERTIFICATE: &str = "CLS-02";

/// Words without marks, each after a space.
fn searchable(texts: &[&str]) -> String {
    let mut out = String::new();
    for text in texts {
        for word in plain(&fold(text)).split_whitespace() {
            out.push(' ');
            out.push_str(word);
        }
    }
    out
}

/// In which order people are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// By name, as Vietnamese lists are: given name first.
    #[default]
    Name,
    /// Whose clock runs out first; who has none comes last.
    Clock,
    /// Who handed in last comes first; who never did comes last.
    HandIn,
}

/// What is looked for. What is blank, `None` or `false` asks nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wanted<'a> {
    /// Beginnings of words of name, unit or group, with or without marks, in any order.
    pub words: &'a str,
    /// The group held today.
    pub group: Option<Group>,
    /// Identifier of the state (`S4`).
    pub state: Option<&'a str>,
    /// Something is due: [`Stand::Over`] only what is over, [`Stand::Soon`] also what is warned of; [`Stand::Fine`] asks nothing.
    pub due: Option<Stand>,
    /// The rule whose clock is meant by `due` (`MON-03`); also alone: the clock runs.
    pub clock: Option<&'a str>,
    /// Only with something that was not opened yet.
    pub unread: bool,
    /// Only pupils ready to be looked at ([`Line::is_ready`]).
    pub ready: bool,
    /// The order.
    pub order: Order,
}

impl Wanted<'static> {
    /// Everybody, by name.
    pub const ALL: Wanted<'static> = Wanted {
        words: "",
        group: None,
        state: None,
        due: None,
        clock: None,
        unread: false,
        ready: false,
        order: Order::Name,
    };

    /// The list of a border commune: pupils with a certificate who are still at school, whose clock runs out first.
    pub const READY: Wanted<'static> = Wanted {
        ready: true,
        order: Order::Clock,
        ..Wanted::ALL
    };
}

/// How many a filter would show, everything else asked as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// In the whole list.
    pub all: usize,
    /// By group, those without one last; groups without anybody are left out.
    pub groups: Vec<(Option<Group>, usize)>,
    /// By state, in the order of the way; states without anybody are left out.
    pub states: Vec<(&'static State, usize)>,
    /// With something that is over.
    pub over: usize,
    /// With something that is over or warned of.
    pub soon: usize,
    /// By what is over or warned of: rule, name, people.
    pub clocks: Vec<(&'static str, &'static str, usize)>,
    /// With something that was not opened yet.
    pub unread: usize,
    /// Pupils ready to be looked at.
    pub ready: usize,
}

/// What a look gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Places of the people in the list, in the order asked for.
    pub rows: Vec<usize>,
    /// The counts.
    pub counts: Counts,
}

/// The people of a chi bộ; a person's place is that of the line that was put in.
#[derive(Debug, Clone, Default)]
pub struct List {
    lines: Vec<Line>,
    /// Places, by name.
    by_name: Vec<usize>,
}

impl List {
    /// A list of these lines.
    pub fn new(lines: Vec<Line>) -> List {
        let mut list = List {
            lines,
            by_name: Vec::new(),
        };
        list.put_in_order();
        list
    }

    /// The lines, each at its place.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Puts a newer line of a person in; at the end, a further person.
    pub fn put(&mut self, at: usize, line: Line) {
        match self.lines.get_mut(at) {
            Some(place) => *place = line,
            None => self.lines.push(line),
        }
        self.put_in_order();
    }

    fn put_in_order(&mut self) {
        self.by_name = (0..self.lines.len()).collect();
        let lines = &self.lines;
        let key = |at: &usize| lines.get(*at).map(|line| &line.key);
        sort(&mut self.by_name, |a, b| key(a) < key(b));
    }

    /// Who fits, in the order asked for, with the counts.
    pub fn look(&self, wanted: &Wanted<'_>) -> Found {
        let words = searchable(&[wanted.words]);
        let mut found = Found::default();
        found.counts.all = self.lines.len();
        for at in &self.by_name {
            let Some(line) = self.lines.get(*at) else { continue };
            if words.split(' ').skip(1).all(|word| starts_a_word(&line.words, word)) && found.counts.count(line, wanted)
            {
                found.rows.push(*at);
            }
        }
        // who is equal stays in the order of names
        let line = |at: &usize| self.lines.get(*at);
        let first = |at: &usize| Some(line(at)?.clock_asked(wanted)?.until);
        let handed_in = |at: &usize| line(at).and_then(|line| line.handed_in);
        match wanted.order {
            Order::Name => {}
            Order::Clock => sort(&mut found.rows, |a, b| match (first(a), first(b)) {
                (Some(a), Some(b)) => a < b,
                (a, b) => a.is_some() && b.is_none(),
            }),
            Order::HandIn => sort(&mut found.rows, |a, b| handed_in(a) > handed_in(b)),
        }
        let counts = &mut found.counts;
        sort(&mut counts.states, |(a, _), (b, _)| place_of(a) < place_of(b));
        sort(&mut counts.groups, |(a, _), (b, _)| (a.is_none(), a) < (b.is_none(), b));
        sort(&mut counts.clocks, |(a, _, n), (b, _, m)| (m, a) < (n, b));
        found
    }
}

/// Whether a word of the text begins so.
fn starts_a_word(words: &str, begin: &str) -> bool {
    words.split(' ').any(|word| word.starts_with(begin))
}

fn place_of(state: &State) -> Option<usize> {
    course::states().iter().position(|own| own.id == state.id)
}

impl Line {
    /// The first clock, or the first of the rule that is asked for.
    fn clock_asked(&self, wanted: &Wanted<'_>) -> Option<&Clock> {
        let asked = |clock: &&Clock| wanted.clock.is_none_or(|rule| clock.ground == rule);
        self.clocks.iter().find(asked)
    }

    fn is_due(&self, wanted: &Wanted<'_>, least: Stand) -> bool {
        let asked = |clock: &&Clock| wanted.clock.is_none_or(|rule| clock.ground == rule);
        self.clocks.iter().filter(asked).any(|clock| match least {
            Stand::Fine => true,
            Stand::Soon => clock.stand != Stand::Fine,
            Stand::Over => clock.stand == Stand::Over,
        })
    }
}

impl Counts {
    /// Counts a line for every filter that everything else lets through; whether it is shown.
    fn count(&mut self, line: &Line, wanted: &Wanted<'_>) -> bool {
        let due = match (wanted.due, wanted.clock) {
            (None | Some(Stand::Fine), None) => true,
            (None | Some(Stand::Fine), Some(_)) => line.is_due(wanted, Stand::Fine),
            (Some(least), _) => line.is_due(wanted, least),
        };
        let fits = [
            wanted.group.is_none_or(|group| line.group == Some(group)),
            wanted
                .state
                .is_none_or(|id| line.state.is_some_and(|state| state.id == id)),
            due,
            !wanted.unread || line.unread > 0,
            !wanted.ready || line.is_ready,
        ];
        let but = |own: usize| fits.iter().enumerate().all(|(at, fits)| *fits || at == own);
        if but(0) {
            add(&mut self.groups, line.group);
        }
        if let Some(state) = line.state.filter(|_| but(1)) {
            add(&mut self.states, state);
        }
        if but(2) {
            let any = Wanted::ALL;
            self.over += usize::from(line.is_due(&any, Stand::Over));
            self.soon += usize::from(line.is_due(&any, Stand::Soon));
            let mut counted: Vec<&str> = Vec::new();
            for clock in line.clocks.iter().filter(|clock| clock.stand != Stand::Fine) {
                if counted.contains(&clock.ground) {
                    continue;
                }
                counted.push(clock.ground);
                match self.clocks.iter_mut().find(|(rule, _, _)| *rule == clock.ground) {
                    Some((_, _, n)) => *n += 1,
                    None => self.clocks.push((clock.ground, clock.what, 1)),
                }
            }
        }
        self.unread += usize::from(but(3) && line.unread > 0);
        self.ready += usize::from(but(4) && line.is_ready);
        fits.iter().all(|fits| *fits)
    }
}

fn add<T: PartialEq>(counts: &mut Vec<(T, usize)>, what: T) {
    match counts.iter_mut().find(|(own, _)| *own == what) {
        Some((_, n)) => *n += 1,
        None => counts.push((what, 1)),
    }
}

#[cfg(test)]
mod tests;
