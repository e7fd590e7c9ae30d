//! The forms as data: what is asked, in which words, under which item of the paper, and when.
//!
//! A new field or a new edition is a catalogue entry, never code in the app. The form that everybody fills is a text that an officer can read (`src/rules/form/lylich.txt`).
//! Invariant: labels, hints and examples stand word for word as in the reference catalogue of the edition
//! (a test compares them slug by slug). Not here: the answers ([`crate::record`]) and the checks ([`crate::check`]).

#[cfg(feature = "procedure")]
mod case;
mod family;
mod kind;
mod look;
mod lylich;
mod lylich_2022;
mod note;
#[cfg(feature = "procedure")]
mod papers;
#[cfg(feature = "procedure")]
mod procedure;
mod read;
mod relation;
mod when;

pub use family::{Ask, expected, person, person_fields};
pub(crate) use family::{SIBLINGS, SPOUSE_SIBLINGS, expected_singles};
pub use kind::Kind;
pub use look::{field, field_and_part, fields};
pub use relation::{Group, Relation, Side, relation, relations};
pub use when::{Required, When};

use crate::date::{self, Date};
use crate::record::Record;

/// One edition of one form.
#[derive(Debug)]
pub struct Form {
    /// Identifier kept beside a stored record, for example `2-KNĐ/2025`.
    pub id: &'static str,
    /// Number of the form in the instrument that prescribes it.
    pub code: &'static str,
    /// Edition, named by its year.
    pub edition: &'static str,
    /// Title as printed.
    pub title: &'static str,
    /// Instrument that prescribes it (identifier of [`crate::law`]); empty for a form of this project.
    pub instrument: &'static str,
    /// Sections in the order in which a phone shows them.
    pub sections: &'static [Section],
}

/// A screenful of items.
#[derive(Debug, Clone, Copy)]
pub struct Section {
    /// ASCII name for the address line.
    pub slug: &'static str,
    /// Heading.
    pub title: &'static str,
    /// One or two sentences of help below the heading.
    pub intro: &'static str,
    /// The items, in the order of the paper.
    pub items: &'static [Item],
}

/// An item of the printed form, or a group of questions of the app.
#[derive(Debug)]
pub struct Item {
    /// Number on paper: `1` … `26`, `cover`, or empty for questions that are not printed.
    pub number: &'static str,
    /// Label as printed.
    pub label: &'static str,
    /// Page or pages of the central booklet (`1`, `2-8`); empty when not printed.
    pub page: &'static str,
    /// Printed lines, estimated; 0 when not printed.
    pub lines: u16,
    /// Who fills it on paper.
    pub filled_by: &'static str,
    /// Remark for the maintainer; often empty, and always without the feature `procedure`.
    pub note: &'static str,
    /// The fields.
    pub fields: &'static [Field],
}

/// One question.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Dotted name. Relative to the row for columns, to the field for parts.
    pub slug: &'static str,
    /// Label.
    pub label: &'static str,
    /// Plain words of help shown under the label.
    pub hint: &'static str,
    /// A worked example; may be empty.
    pub example: &'static str,
    /// Shape of the answer.
    pub kind: Kind,
    /// Whether a blank is a gap.
    pub required: Required,
    /// Whether the question is shown.
    pub asked: When,
    /// Whether it stands in the printed booklet.
    pub printed: bool,
    /// Whether only some prints of the booklet have it.
    pub local: bool,
    /// Whether the screen hides the answer until it is tapped (items 16, 20, 21).
    pub masked: bool,
    /// Choices, for the kinds that offer some.
    pub choices: &'static [Choice],
    /// Columns of rows and members of objects, slugs relative to the row.
    pub columns: &'static [Field],
    /// Parts of a place, of a Party place or of a yes/no question, slugs relative to this field.
    pub parts: &'static [Field],
    /// Text that must be copied exactly, for [`Kind::FixedText`].
    pub fixed: &'static str,
    /// Largest number of rows; 0 = no limit.
    pub max_rows: u8,
    /// Where the choices come from when they are a published list; empty without the feature `procedure`.
    pub source: &'static str,
}

/// One offered answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// What is stored.
    pub value: &'static str,
    /// What is shown.
    pub label: &'static str,
}

/// The personal history 2-KNĐ, edition of 29-9-2025 (38-HD/BTCTW).
pub fn lylich() -> &'static Form {
    lylich::form()
}

/// The mentor's dated note on a candidate; a form of this project, not of any instrument.
pub fn note() -> &'static Form {
    &note::FORM
}

/// A case as the branch keeps it: who the person is, and the steps of the procedure; a form of this project.
#[cfg(feature = "procedure")]
pub fn case() -> &'static Form {
    case::form()
}

/// Every form: the two editions of the dossier, the note, the papers that go with it, the steps of the procedure, the case.
#[cfg(feature = "procedure")]
fn all() -> [&'static Form; 8] {
    [
        lylich(),
        lylich_2022(),
        note(),
        &papers::APPLICATION,
        &papers::INTRODUCTION,
        &papers::REVIEW,
        &procedure::FORM,
        case(),
    ]
}

/// Every form the page draws.
#[cfg(not(feature = "procedure"))]
fn all() -> [&'static Form; 3] {
    [lylich(), lylich_2022(), note()]
}

/// The personal history 2-KNĐ, edition of 18-1-2022 (12-HD/BTCTW): for a sheet begun on it, until it is carried over.
pub fn lylich_2022() -> &'static Form {
    lylich_2022::form()
}

/// First day of the edition of 2025 (38-HD/BTCTW).
pub(crate) const EDITION_2025: Date = Date { y: 2025, m: 9, d: 29 };

/// The edition of the dossier that a declaration of this day uses (LL-26).
pub fn edition(declared: Date) -> &'static Form {
    if declared < EDITION_2025 {
        lylich_2022()
    } else {
        lylich()
    }
}

/// The edition a record is written on: the one it names, else that of its answers, else that of the day of its declaration, else the newest.
pub fn edition_of(r: &Record) -> &'static Form {
    match r.text("form.version") {
        "2022" => lylich_2022(),
        "" if ONLY_2022.iter().any(|slug| !r.is_blank(slug)) => lylich_2022(),
        "" => declared(r).map_or(lylich(), edition),
        _ => lylich(),
    }
}

/// The day of the declaration, when it is a whole date.
pub fn declared(r: &Record) -> Option<Date> {
    date::read(r.text("declaration.date"))?.full()
}

/// What only the form of 2022 asks.
const ONLY_2022: [&str; 4] = [
    "current_name",
    "birth_place",
    "education.vocational",
    "education.higher",
];

/// The form with this identifier.
pub fn by_id(id: &str) -> Option<&'static Form> {
    all().into_iter().find(|f| f.id == id)
}

/// Identifiers of every form.
pub fn ids() -> Vec<&'static str> {
    all().iter().map(|f| f.id).collect()
}

impl Form {
    /// The section with this slug.
    pub fn section(&self, slug: &str) -> Option<&'static Section> {
        self.sections.iter().find(|s| s.slug == slug)
    }
}

/// A choice whose label is its value.
const fn same(value: &'static str) -> Choice {
    Choice { value, label: value }
}

/// A choice with a label of its own.
const fn choice(value: &'static str, label: &'static str) -> Choice {
    Choice { value, label }
}

/// `có` / `không`.
pub(crate) const ANSWER: &[Choice] = &[same("có"), same("không")];

impl Item {
    const fn new(
        number: &'static str,
        label: &'static str,
        page: &'static str,
        lines: u16,
        fields: &'static [Field],
    ) -> Item {
        Item {
            number,
            label,
            page,
            lines,
            filled_by: "candidate",
            note: "",
            fields,
        }
    }
}

impl Field {
    /// A printed field that is always asked and may be left blank.
    const fn new(slug: &'static str, label: &'static str, kind: Kind) -> Field {
        let parts = match kind {
            Kind::Place => kind::PLACE,
            Kind::PlaceWithOldName => kind::PLACE_WITH_OLD_NAME,
            Kind::PartyPlace => kind::PARTY_PLACE,
            Kind::YesNoDetail => kind::YES_NO_DETAIL,
            _ => &[],
        };
        Field::bare(slug, label, kind).parts(parts)
    }

    /// A question of an app that no paper prints: always asked, never required.
    pub const fn question(slug: &'static str, label: &'static str, hint: &'static str, kind: Kind) -> Field {
        Field::new(slug, label, kind).hint(hint).unprinted()
    }

    /// As [`Field::new`], without parts.
    const fn bare(slug: &'static str, label: &'static str, kind: Kind) -> Field {
        Field {
            slug,
            label,
            hint: "",
            example: "",
            kind,
            required: Required::Never,
            asked: When::Always,
            printed: true,
            local: false,
            masked: false,
            choices: &[],
            columns: &[],
            parts: &[],
            fixed: "",
            max_rows: 0,
            source: "",
        }
    }

    const fn hint(mut self, hint: &'static str) -> Field {
        self.hint = hint;
        self
    }

    const fn example(mut self, example: &'static str) -> Field {
        self.example = example;
        self
    }

    const fn must(mut self) -> Field {
        self.required = Required::Always;
        self
    }

    /// Asked always, required when the condition holds.
    const fn must_if(mut self, when: When, phrase: &'static str) -> Field {
        self.required = Required::If(when, phrase);
        self
    }

    /// Asked always; only the person knows whether there is something to write.
    const fn if_held(mut self, phrase: &'static str) -> Field {
        self.required = Required::IfHeld(phrase);
        self
    }

    /// A question of the app that does not stand on paper.
    const fn unprinted(mut self) -> Field {
        self.printed = false;
        self
    }

    const fn choices(mut self, choices: &'static [Choice]) -> Field {
        self.choices = choices;
        self
    }

    const fn columns(mut self, columns: &'static [Field]) -> Field {
        self.columns = columns;
        self
    }

    const fn parts(mut self, parts: &'static [Field]) -> Field {
        self.parts = parts;
        self
    }
}

#[cfg(test)]
mod tests;
