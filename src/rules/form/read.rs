//! Reads a form that is written down as lines.
//!
//! `== slug Title` opens a section, `intro` follows. `= 14 2-8 50 Label` opens an item: number, pages, printed lines (`.` for none), then `by` (who
//! fills it) and `note`. `- slug kind Label` opens a field, one more `-` a column or member of the field above; `@ slug` takes the
//! fields of the edition of 2025 under a slug. What follows a field, a line each:
//! `hint`, `example`, `must` (alone, or a condition and the phrase of the reference list), `only` (asked and required under a condition), `held` (only
//! the person knows; the phrase), `ask` (shown under a condition), `per` (what groups A, B and C are asked), `is` (`unprinted`, `local`, `masked`),
//! `choose` (value and label of each choice), `fixed`, `rows` (at most), `source`, `parts` (`paper`: those of an older paper).
//!
//! A condition is `slug=value`, `slug!=value`, `+slug` (filled), `-slug` (blank), `@B` (group of the relative) or `never`; `&` binds closer than `|`.
//! Invariant: every line of a form of this crate is understood (a test writes each form anew from what was read). Read once and kept for good.

use super::{Ask, Choice, Field, Group, Item, Kind, Required, Section, When, choice, kind, relation, same};
use std::iter::Peekable;
use std::str::Lines;

type Source = Peekable<Lines<'static>>;

/// The sections of a form.
pub(super) fn sections(text: &'static str) -> &'static [Section] {
    let mut lines = text.lines().peekable();
    let mut out = Vec::new();
    while let Some(head) = lines.next() {
        let head = head.trim_start_matches("== ");
        let (slug, title) = head.split_once(' ').unwrap_or((head, ""));
        let intro = after(&mut lines, "intro ").unwrap_or("");
        let mut items = Vec::new();
        while let Some(head) = after(&mut lines, "= ") {
            items.push(item(head, &mut lines));
        }
        out.push(Section {
            slug,
            title,
            intro,
            items: items.leak(),
        });
    }
    out.leak()
}

/// The rest of the next line, if it begins so.
fn after(lines: &mut Source, begin: &str) -> Option<&'static str> {
    let rest = lines.peek()?.strip_prefix(begin)?;
    lines.next();
    Some(rest)
}

fn item(head: &'static str, lines: &mut Source) -> Item {
    let mut words = head.splitn(4, ' ');
    let mut word = || words.next().filter(|word| *word != ".").unwrap_or("");
    Item {
        number: word(),
        page: word(),
        lines: word().parse().unwrap_or(0),
        label: word(),
        filled_by: after(lines, "by ").unwrap_or("candidate"),
        note: after(lines, "note ").unwrap_or(""),
        fields: fields(lines, "- "),
    }
}

/// The fields of one depth; `mark` opens them.
fn fields(lines: &mut Source, mark: &str) -> &'static [Field] {
    let mut out = Vec::new();
    loop {
        if mark == "- "
            && let Some(slug) = after(lines, "@ ")
        {
            borrow(slug, &mut out);
            continue;
        }
        let Some(head) = after(lines, mark) else { break };
        let mut words = head.splitn(3, ' ');
        let mut word = || words.next().unwrap_or("");
        let (slug, kind) = (word(), Kind::named(word()));
        let mut field = Field::new(slug, word(), kind);
        while let Some(line) = lines.next_if(|line| !line.starts_with(['-', '=', '@'])) {
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            field.set(word, rest);
        }
        field.columns = fields(lines, &format!("-{mark}"));
        out.push(field);
    }
    out.leak()
}

/// The fields of the edition of 2025 under a slug. What it says beside a place speaks of its own papers and numbers.
fn borrow(slug: &str, out: &mut Vec<Field>) {
    for field in super::fields(super::lylich()) {
        let rest = field.slug.strip_prefix(slug);
        if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.')) {
            let hint = match field.kind {
                Kind::Place | Kind::PlaceWithOldName => "",
                _ => field.hint,
            };
            out.push(Field { hint, ..*field });
        }
    }
}

impl Field {
    fn set(&mut self, word: &str, rest: &'static str) {
        match word {
            "hint" => self.hint = rest,
            "example" => self.example = rest,
            "must" | "only" => {
                self.required = Required::Always;
                if let Some((condition, phrase)) = rest.split_once("; ") {
                    self.required = Required::If(when(condition), phrase);
                    if word == "only" {
                        self.asked = when(condition);
                    }
                }
            }
            "held" => self.required = Required::IfHeld(rest),
            "ask" => self.asked = when(rest),
            "per" => {
                let mut asks = rest.split(" / ").map(Ask::named);
                let mut ask = || asks.next().unwrap_or(Ask::No);
                self.asked = When::Person(ask(), ask(), ask());
                self.required = Required::Person;
            }
            "is" => {
                self.printed = !rest.contains("unprinted");
                self.local = rest.contains("local");
                self.masked = rest.contains("masked");
            }
            "choose" if rest == "@relations" => self.choices = relation::CHOICES,
            "choose" => self.choices = rest.split('|').map(one_choice).collect::<Vec<_>>().leak(),
            "fixed" => self.fixed = rest,
            "rows" => self.max_rows = rest.parse().unwrap_or(0),
            "source" => self.source = rest,
            "parts" => self.parts = if rest == "paper" { kind::PAPER_PLACE } else { &[] },
            _ => {}
        }
    }
}

fn one_choice(text: &'static str) -> Choice {
    text.split_once('=')
        .map_or(same(text), |(value, label)| choice(value, label))
}

fn when(text: &'static str) -> When {
    let all = |sign: char| -> &'static [When] { text.split(sign).map(when).collect::<Vec<_>>().leak() };
    if text.contains('|') {
        return When::Any(all('|'));
    }
    if text.contains('&') {
        return When::All(all('&'));
    }
    if let Some((slug, value)) = text.split_once('=') {
        return match slug.strip_suffix('!') {
            Some(slug) => When::Not(slug, value),
            None => When::Is(slug, value),
        };
    }
    let rest = text.get(1..).unwrap_or("");
    match text.as_bytes().first() {
        Some(b'+') => When::Filled(rest),
        Some(b'-') => When::Blank(rest),
        Some(b'@') => When::InGroup(match rest {
            "A" => Group::A,
            "B" => Group::B,
            "C" => Group::C,
            _ => Group::D,
        }),
        _ => When::Never,
    }
}

// Of the whole text only: the page's copy is shorter than what would be written anew.
#[cfg(all(test, feature = "procedure"))]
mod tests;
