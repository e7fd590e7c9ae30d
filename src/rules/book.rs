//! The rule book: every rule, also those this program has no checks for, with a case that breaks it; searched by word, item, instrument and day.
//!
//! The page carries the texts of its own rules only. The rest stands in `public/data/rules.txt`, read when the book is opened: first the families
//! the page leaves out, in the shape of every family's text; then, below a line `=`, the order of the book: one line a rule, its identifier and an example.
//! The command line writes that file (`lylich rules --page`); a test fails when it is stale. Not here: how the book is drawn or printed.

use crate::check;
use crate::date::Date;
use crate::form::{self, Form};
use crate::law::Cited;
use crate::rule::{self, Family, Rule};
use crate::text::{fold, plain};

/// Every rule, in the order of the procedure, then of the form.
pub struct Book {
    /// The entries.
    pub entries: Vec<Entry>,
}

/// A rule in the book.
pub struct Entry {
    /// The rule: what it asks, whom, since when, on what ground.
    pub rule: &'static Rule,
    /// Answers that break it, as a sentence for people; empty when nothing is computed.
    pub example: &'static str,
    /// Its words without marks, to search in.
    words: String,
}

/// What is looked for. What is blank or `None` asks nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// Words, with or without marks; each of them must stand in the rule's texts, identifier or grounds.
    pub words: &'a str,
    /// Number of an item of the form (`15`).
    pub item: &'a str,
    /// Number of an instrument (`06-HD/TW`) or its identifier, in part or whole.
    pub instrument: &'a str,
    /// Day on which the rule holds; the instrument is looked for among the grounds of that day.
    pub day: Option<Date>,
}

/// Why the file of the book could not be read: it belongs to another release. Whoever serves the page serves one release whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookFault {
    /// The rule that neither the file nor this program has.
    pub rule: String,
}

impl std::fmt::Display for BookFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "sổ quy tắc thuộc bản khác của ứng dụng: chưa có {}", self.rule)
    }
}

impl std::error::Error for BookFault {}

impl Book {
    /// Reads `public/data/rules.txt`. The text is kept for as long as the program runs: read it once.
    ///
    /// # Errors
    /// [`BookFault`] when the file and the program are not of one release.
    pub fn read(file: String) -> Result<Book, BookFault> {
        let file: &'static str = Box::leak(file.into_boxed_str());
        let (text, order) = file.split_once("\n=\n").unwrap_or(("", file));
        let mut rest = Vec::new();
        rule::read(&Family { text, checks: &[] }, &mut rest);
        let rest: &'static [Rule] = Vec::leak(rest);
        let mut entries = Vec::new();
        for line in order.lines() {
            let (id, example) = line.split_once(' ').unwrap_or((line, ""));
            let Some(rule) = check::rule(id).or_else(|| rest.iter().find(|rule| rule.id == id)) else {
                return Err(BookFault { rule: id.to_string() });
            };
            let words = words_of(rule, example);
            entries.push(Entry { rule, example, words });
        }
        Ok(Book { entries })
    }

    /// The entries that fit, in the order of the book.
    pub fn search<'b>(&'b self, wanted: &Wanted<'_>) -> Vec<&'b Entry> {
        let words = plain(&fold(wanted.words));
        let instrument = fold(wanted.instrument);
        let fits = |entry: &&Entry| {
            wanted.day.is_none_or(|day| entry.rule.holds(day))
                && words.split(' ').all(|word| entry.words.contains(word))
                && (wanted.item.is_empty() || entry.items().contains(&wanted.item))
                && (instrument.is_empty() || entry.grounds(wanted.day).iter().any(|c| names(c, &instrument)))
        };
        self.entries.iter().filter(fits).collect()
    }
}

impl Entry {
    /// Numbers of the items of the form that it looks at, in the order of the form.
    pub fn items(&self) -> Vec<&'static str> {
        items_of(form::lylich(), self.rule)
    }

    /// The grounds that hold on this day; all of them when no day is given.
    pub fn grounds(&self, day: Option<Date>) -> Vec<Cited> {
        let holds = |cited: &Cited| day.is_none_or(|day| cited.holds(day));
        self.rule.grounds().filter(holds).collect()
    }
}

fn items_of(form: &'static Form, rule: &Rule) -> Vec<&'static str> {
    let reads = |slug: &str| {
        rule.slugs()
            .any(|read| check::touches(read, slug) || (read != "*" && check::touches(slug, read)))
    };
    let items = form.sections.iter().flat_map(|section| section.items);
    let mut out: Vec<&'static str> = Vec::new();
    for item in items.filter(|item| !item.number.is_empty()) {
        if !out.contains(&item.number) && item.fields.iter().any(|field| reads(field.slug)) {
            out.push(item.number);
        }
    }
    out
}

fn names(cited: &Cited, folded: &str) -> bool {
    fold(cited.instrument.id()) == folded || fold(cited.instrument.number()).contains(folded)
}

/// Everything a person may search for, without marks.
fn words_of(rule: &Rule, example: &str) -> String {
    let mut words = String::new();
    let mut add = |text: &str| {
        words.push_str(text);
        words.push(' ');
    };
    add(rule.id);
    add(rule.title);
    add(rule.message);
    rule.variants.iter().for_each(|(_, wording)| add(wording));
    add(rule.province);
    add(rule.nothing_to_compute);
    add(example);
    for cited in rule.grounds() {
        add(cited.instrument.number());
        add(cited.instrument.title());
        add(cited.point);
    }
    plain(&fold(&words))
}

/// The file for the page, `public/data/rules.txt`; `example` gives the sentence of a rule.
#[cfg(feature = "procedure")]
pub fn file(example: impl Fn(&'static Rule) -> String) -> String {
    let mut out = check::texts_beyond_the_page().collect::<Vec<_>>().join("\n");
    out.push_str("=\n");
    for rule in check::rules() {
        let line = format!("{} {}", rule.id, example(rule));
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests;
