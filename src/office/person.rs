//! One person in the chi bộ as the pages hold them. Everything is borrowed.
//!
//! Invariant: birth, gender, people and religion are those of the lý lịch once it is there, everything else is the case's first; a blank is never taken
//! for a "không". Not here: where a person stands in the procedure ([`rules::course`]).

use rules::course::joined;
use rules::text::{fold, same};
use rules::{Date, Fields, Record, date, people};

/// One person in the chi bộ.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    /// The answers of the case, of the last hand-in and of the notes together, as [`joined`] lays them, or their [`brief`].
    pub whole: &'a Record,
    /// Day on which the last hand-in was received; `None` before the first.
    pub handed_in: Option<Date>,
    /// Hand-ins, answers and notes that were not opened yet on this device.
    pub unread: usize,
}

/// What lists, reports and reminders read of a person, without the rest of the lý lịch and the words of the notes: a tenth of the work of
/// [`joined`], which matters where two hundred people are opened at once. For one person's own page use [`joined`].
pub fn brief(lylich: Option<&Fields>, case: &Fields, notes: &[&Fields]) -> Record {
    joined(
        lylich.map(|answers| outline(answers, case)).as_ref(),
        case,
        &latest(notes),
    )
}

/// Who the person is and when they declared; the relatives where a verification of one may be awaited.
fn outline(lylich: &Fields, case: &Fields) -> Fields {
    let slugs = SAME.iter().map(|(_, slug)| *slug).chain(["declaration.date"]);
    let mut kept: Vec<(&String, &String)> = slugs.filter_map(|slug| lylich.get_key_value(slug)).collect();
    if under(case, "procedure.verifications/").next().is_some() {
        kept.extend(under(lylich, "family/"));
    }
    let mut outline = Fields::new();
    outline.extend(kept.into_iter().map(|(path, text)| (path.clone(), text.clone())));
    outline
}

fn under<'f>(fields: &'f Fields, group: &'static str) -> impl Iterator<Item = (&'f String, &'f String)> {
    let from = fields.range(group.to_string()..);
    from.take_while(move |(path, _)| path.starts_with(group))
}

/// The last note of each phase: the next one is counted from it.
fn latest<'n>(notes: &[&'n Fields]) -> Vec<&'n Fields> {
    let said = |note: &'n Fields, slug: &str| note.get(slug).map_or("", |text| text.trim());
    let mut last: Vec<(&str, Option<Date>, &'n Fields)> = Vec::new();
    for note in notes {
        let (phase, day) = (said(note, "phase"), day_of(said(note, "date")));
        match last.iter_mut().find(|(own, _, _)| *own == phase) {
            Some(own) if day > own.1 => (own.1, own.2) = (day, note),
            Some(_) => {}
            None => last.push((phase, day, note)),
        }
    }
    last.into_iter().map(|(_, _, note)| note).collect()
}

/// A dated note of a mentor (`note/1`).
#[derive(Debug, Clone, Copy)]
pub struct Note<'a> {
    /// Its name, by which a correction refers to it.
    pub id: &'a str,
    /// The note that it corrects.
    pub corrects: Option<&'a str>,
    /// Name of the account whose key signed it.
    pub author: &'a str,
    /// The answers.
    pub answers: &'a Fields,
}

/// The four groups that reports tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Học sinh.
    Pupil,
    /// Cán bộ quản lý.
    Manager,
    /// Giáo viên.
    Teacher,
    /// Nhân viên.
    Staff,
}

impl Group {
    /// Every group, in the order of the reports.
    pub const ALL: [Group; 4] = [Group::Pupil, Group::Manager, Group::Teacher, Group::Staff];

    /// What records store.
    pub fn id(self) -> &'static str {
        match self {
            Group::Pupil => "pupil",
            Group::Manager => "manager",
            Group::Teacher => "teacher",
            Group::Staff => "staff",
        }
    }

    /// Name for people.
    pub fn label(self) -> &'static str {
        match self {
            Group::Pupil => "học sinh",
            Group::Manager => "cán bộ quản lý",
            Group::Teacher => "giáo viên",
            Group::Staff => "nhân viên",
        }
    }

    /// By what a record stores, or by its name for people in any spelling.
    pub fn read(text: &str) -> Option<Group> {
        let key = fold(text);
        let named = |group: &Group| group.id() == key || fold(group.label()) == key;
        Group::ALL.into_iter().find(named)
    }
}

/// Where the lý lịch says what the case says.
const SAME: [(&str, &str); 8] = [
    ("person.name", "birth_name"),
    ("person.born", "birth_date"),
    ("person.gender", "gender"),
    ("person.ethnicity", "ethnicity"),
    ("person.religion", "religion"),
    ("person.group", "profile.group"),
    ("person.union_member", "youth_union_admission.member"),
    ("person.readmission", "readmission.applies.answer"),
];

impl<'a> Person<'a> {
    /// An answer of the case; what both papers ask is taken from the one that says it.
    pub fn text(&self, path: &str) -> &'a str {
        let own = self.whole.text(path).trim();
        let also = SAME.iter().find(|(case, _)| *case == path);
        let theirs = also.map_or("", |(_, slug)| self.whole.text(slug).trim());
        let lylich_first = matches!(
            path,
            "person.born" | "person.gender" | "person.ethnicity" | "person.religion"
        );
        match (own, theirs) {
            (own, "") => own,
            ("", theirs) => theirs,
            (_, theirs) if lylich_first => theirs,
            (own, _) => own,
        }
    }

    /// The name, as written.
    pub fn name(&self) -> &'a str {
        self.text("person.name")
    }

    /// A whole day of the case.
    pub fn day(&self, path: &str) -> Option<Date> {
        day_of(self.whole.text(path))
    }

    /// The group held on this day: the first of the former groups that still lasted then, else the present one.
    pub fn group_on(&self, day: Date) -> Option<Group> {
        const FORMER: &str = "person.former_groups";
        let former = self.whole.rows(FORMER).into_iter().filter_map(|row| {
            let cell = |column: &str| self.whole.text(&format!("{FORMER}/{row}/{column}"));
            let until = day_of(cell("until")).filter(|until| day <= *until)?;
            Some((until, Group::read(cell("group"))?))
        });
        let then = former.min_by_key(|(until, _)| *until).map(|(_, group)| group);
        then.or_else(|| Group::read(self.text("person.group")))
    }

    /// Whether a woman; `None` when not written.
    pub fn is_woman(&self) -> Option<bool> {
        written(self.text("person.gender")).map(|text| same(text, "nữ"))
    }

    /// Whether of another people than the Kinh; `None` when not written.
    pub fn is_minority(&self) -> Option<bool> {
        let people = written(self.text("person.ethnicity"))?;
        Some(people::ethnicity_code(people) != people::ethnicity_code("Kinh"))
    }

    /// Whether a religion is written; `None` when nothing is.
    pub fn is_religious(&self) -> Option<bool> {
        let religion = fold(written(self.text("person.religion"))?);
        Some(!matches!(
            religion.as_str(),
            "không" | "không có" | "không theo" | "không tôn giáo"
        ))
    }

    /// Whether a member of the Đoàn; `None` when not written.
    pub fn is_union_member(&self) -> Option<bool> {
        written(self.text("person.union_member")).map(|text| same(text, "có"))
    }

    /// Whether admitted a second time; a blank says no, for few are.
    pub fn is_readmitted(&self) -> bool {
        same(self.text("person.readmission"), "có")
    }

    /// Full years of age on a day; `None` without a whole day of birth.
    pub fn age_on(&self, day: Date) -> Option<i32> {
        let born = day_of(self.text("person.born"))?;
        Some(date::months_completed(born, day).div_euclid(12)).filter(|age| *age >= 0)
    }
}

fn written(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// The day that a text says; `None` unless day, month and year are there.
pub(crate) fn day_of(text: &str) -> Option<Date> {
    date::read(text)?.full()
}

#[cfg(test)]
mod tests;
