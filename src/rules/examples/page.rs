//! All of the library that the page uses, in one program and with nothing else: what `cargo xtask size` weighs as "rules alone".
//!
//! It reads answers, checks them in every way the page does, draws every form and gives all texts back. The compiler cannot know what is
//! typed, so nothing can be left out of the program that a phone would need. Allocator and formatting, which the page shares with its other
//! parts, are counted here too: the figure is an upper bound.

use rules::check::{self, Context};
use rules::finding::Finding;
use rules::form::{self, Field, Form};
use rules::place::Places;
use rules::record::{Move, Tree};
use rules::{Date, Record, Settings, card, date, progress, text};
use std::hint::black_box;

fn main() {
    let typed: &str = black_box("birth_date=20-9-2008\ndeclaration.date=10-11-2026");
    let lists: (&[u8], &[u8]) = black_box((b"", b""));
    black_box(page(typed, lists).0);
}

/// Everything the page would show for these answers.
fn page(typed: &str, (now, old): (&[u8], &[u8])) -> Shown {
    let mut out = Shown(String::new());
    let Some(day) = date::read(typed).and_then(date::Typed::full) else {
        return out;
    };
    let mut record = Record::new();
    write(&mut record, typed);
    let settings = Settings::default();
    let places = Places::read(now, old).ok();
    let mut cx = Context::new(day, &settings);
    if let Some(places) = &places {
        cx = cx.with_places(places);
        for found in places.suggest(typed, 8, day) {
            out.texts(&[&found.commune, &found.province, &found.written()]);
        }
    }
    let found = check::run(&record, &cx);
    for form in form::ids().into_iter().filter_map(form::by_id) {
        draw(form, &record, &found, &mut out);
    }
    let near = check::run_near(&record, &cx, typed);
    let note = check::run_note(&record, &[&record], Some(&record), &cx);
    for finding in found.iter().chain(&near).chain(&note) {
        say(finding, &record, &mut out);
    }
    if let Some(rule) = check::rule(typed) {
        out.texts(&[rule.title, rule.message]);
    }
    if let Some(card) = card::read(typed) {
        out.texts(&[&card.name.unwrap_or_default()]);
    }
    out.texts(&[&text::fold(typed), &text::weak(typed), &text::upper(typed), &day.show()]);
    out.texts(&[&text::untelex(typed).unwrap_or_default()]);
    out.count(text::compare_names(typed, "") as usize);
    out
}

/// What is shown, one text behind the other.
struct Shown(String);

impl Shown {
    fn texts(&mut self, texts: &[&str]) {
        texts.iter().for_each(|text| self.0.push_str(text));
    }

    fn count(&mut self, n: usize) {
        self.texts(&[&n.to_string()]);
    }
}

/// What a person does with rows.
fn write(record: &mut Record, typed: &str) {
    record.add_row(typed, typed, None);
    record.move_row(typed, typed, Move::Up);
    let removed = record.remove_row(typed, typed);
    record.restore(removed);
    record.set(typed, typed);
}

fn draw(form: &'static Form, record: &Record, found: &[Finding], out: &mut Shown) {
    for section in form.sections {
        let state = progress::of_section(record, form, section, found);
        out.texts(&[section.slug, section.title, section.intro]);
        out.count(state.asked + state.filled + state.explain + state.style + state.block + state.approve);
        for item in section.items {
            out.texts(&[item.number, item.label, item.page, item.note, item.filled_by]);
            item.fields.iter().for_each(|field| ask(field, record, out));
        }
    }
    for relation in form::expected(record) {
        out.texts(&[relation.label]);
    }
    tell(&record.to_dossier_entries(form), out);
}

fn ask(field: &'static Field, record: &Record, out: &mut Shown) {
    let is_open = field.is_asked(record, None) && field.is_required(record, Some(field.slug));
    out.count(usize::from(is_open && field.is_filled(record, None)));
    out.texts(&[
        field.slug,
        field.label,
        field.hint,
        field.example,
        field.fixed,
        field.kind.name(),
    ]);
    for choice in field.choices {
        out.texts(&[choice.value, choice.label]);
    }
    field
        .columns
        .iter()
        .chain(field.parts)
        .for_each(|part| ask(part, record, out));
}

fn say(finding: &Finding, record: &Record, out: &mut Shown) {
    out.texts(&[
        &finding.message(),
        &finding.where_(record),
        finding.title(),
        finding.severity.label(),
    ]);
    for notice in finding.notices() {
        out.texts(&[&notice]);
    }
    for ground in finding.grounds() {
        out.texts(&[ground.number, ground.name, ground.issuer, ground.point, ground.seen]);
        out.texts(&[&ground.until.map(Date::show).unwrap_or_default()]);
    }
}

fn tell(tree: &Tree<'_>, out: &mut Shown) {
    out.texts(&[tree.text().unwrap_or_default()]);
    tree.rows().unwrap_or_default().iter().for_each(|row| tell(row, out));
    for (name, value) in tree.members().unwrap_or_default() {
        out.texts(&[name]);
        tell(value, out);
    }
}
