//! The one open record on the desk: what is typed, who watches which place, and when the checks run.
//!
//! One plain `Record` and one trigger per place that is on the screen; no signal per answer, so a keystroke costs the same in a
//! record of ten answers and of ten thousand. Typing never rewrites the text of the input it came from. Saving is not here:
//! every change is handed to `on_change`, which belongs to the root and outlives every page.

use std::{cell::RefCell, rc::Rc, sync::Arc};

use leptos::prelude::*;
use rules::{
    Fields, Settings, carry,
    check::{Context, Gazetteer},
    date::Date,
    finding::Finding,
    form::{self, Form},
    record::{Move, Record},
    text,
};

use crate::{clock, held::Held, ids, places, pointer, program::Checks};

/// What a change hands on: the record as it stands and its revision.
pub type OnChange = Rc<dyn Fn(&Record, u64)>;

struct Inner {
    record: RefCell<Record>,
    /// Places on the screen in the order of their paths, and who draws them.
    watched: RefCell<Vec<(String, ArcTrigger)>>,
    /// Places that were left, in order.
    visited: RefCell<Vec<String>>,
    seen_all: RefCell<bool>,
    /// Places that were left and not yet settled.
    left: RefCell<Vec<String>>,
    on_change: OnChange,
    checks: Checks,
}

/// A handle on the open record; copied freely into components.
#[derive(Clone, Copy)]
pub struct Desk {
    form: &'static Form,
    inner: StoredValue<Inner, LocalStorage>,
    conditions: Trigger,
    findings: Held<Arc<Vec<Finding>>>,
    visits: Trigger,
    revision: Held<u64>,
    read_only: Held<bool>,
}

/// A row that was taken away, with all that is needed to put it back.
#[derive(Clone)]
pub struct Removed {
    pub group: String,
    pub row: String,
    fields: Fields,
}

/// The desk of the page that is being drawn.
pub fn desk() -> Desk {
    use_context::<Desk>().unwrap_or_else(|| unreachable!("a form is drawn only below an open desk"))
}

impl Desk {
    /// Lays a record on the desk. `revision` is the one already stored.
    pub fn open(
        form: &'static Form,
        record: Record,
        revision: u64,
        checks: Checks,
        read_only: Held<bool>,
        on_change: OnChange,
    ) -> Self {
        let desk = Self {
            form,
            inner: StoredValue::new_local(Inner {
                record: RefCell::new(record),
                watched: RefCell::default(),
                visited: RefCell::default(),
                seen_all: RefCell::new(false),
                left: RefCell::default(),
                on_change,
                checks,
            }),
            conditions: Trigger::new(),
            findings: Held::new(Arc::new(Vec::new())),
            visits: Trigger::new(),
            revision: Held::new(revision),
            read_only,
        };
        desk.recheck();
        desk
    }

    /// The form that is drawn; of the lý lịch the edition on which the record is written.
    pub fn form(&self) -> &'static Form {
        match self.form.id {
            id if id == form::lylich().id => self.with(form::edition_of),
            _ => self.form,
        }
    }

    /// Carries the record over from the form of 2022 to that of 2025, as one change.
    pub fn carry_over(&self) {
        self.change(carry::over);
        self.settle();
    }

    /// The text of a place; tracked, except for what is typed into the place itself.
    pub fn text(&self, path: &str) -> String {
        self.watch(path);
        self.peek(path)
    }

    /// The text of a place, untracked.
    pub fn peek(&self, path: &str) -> String {
        self.with(|record| record.text(path).to_owned())
    }

    /// Reads the whole record, untracked.
    pub fn with<T>(&self, read: impl FnOnce(&Record) -> T) -> T {
        self.inner.with_value(|inner| read(&inner.record.borrow()))
    }

    /// The number of the newest change.
    pub fn revision(&self) -> u64 {
        self.revision.get()
    }

    /// An `input` event: the text as it stands, also in the middle of a composed letter.
    pub fn type_in(&self, path: &str, text: String) {
        self.change(|record| record.set(path, &text));
    }

    /// Shows another text of the record, which is on the disk or on its way there.
    pub fn renew(&self, fields: &Fields, revision: u64) {
        let watchers = self.inner.with_value(|inner| {
            inner.record.replace(Record::from_fields(fields.clone()));
            inner.watched.borrow().clone()
        });
        self.revision.set(revision);
        for (_, watcher) in watchers {
            watcher.notify();
        }
        self.settle();
    }

    /// The person has decided between two texts of a place: the text that stands from now on, which may be the one that stood.
    pub fn decide(&self, path: &str, text: &str) {
        self.change(|record| {
            record.set(path, text);
            true
        });
        self.call(path);
        self.settle();
    }

    /// A change by button or choice: everybody who shows the place draws it anew.
    pub fn put(&self, path: &str, text: String) {
        if self.change(|record| record.set(path, &text)) {
            self.call(path);
        }
        self.mark(path);
        self.settle();
    }

    /// A place was left: its letters are composed (NFC), it counts as visited, and the checks run.
    pub fn leave(&self, path: &str) {
        let typed = self.peek(path);
        let composed = text::nfc(&typed);
        if composed != typed && self.change(|record| record.set(path, &composed)) {
            self.call(path);
        }
        // A field, its card and the card around that are left at once: the checks run once for all of them.
        let first = self.inner.with_value(|inner| {
            let mut left = inner.left.borrow_mut();
            left.push(path.to_owned());
            left.len() == 1
        });
        if first {
            let desk = *self;
            queue_microtask(move || pointer::when_lifted(move || desk.settle_left()));
        }
    }

    fn settle_left(self) {
        if !self.conditions.is_disposed() {
            let left = self.inner.with_value(|inner| inner.left.take());
            left.iter().for_each(|path| self.mark(path));
            self.settle();
        }
    }

    /// Whether the person has been at this place and left it; tracked.
    pub fn visited(&self, path: &str) -> bool {
        self.visits.track();
        self.inner.with_value(|inner| {
            *inner.seen_all.borrow() || place_of(path, &inner.visited.borrow(), |each| each).is_ok()
        })
    }

    /// The review page shows every finding, so from then on each also stands near its field.
    pub fn visit_all(&self) {
        self.inner.with_value(|inner| *inner.seen_all.borrow_mut() = true);
        self.visits.notify();
    }

    /// Whatever depends on other answers tracks this; it fires when a place is left, not on each key.
    pub fn conditions(&self) -> Trigger {
        self.conditions
    }

    /// Names of the rows of a group, in the order on paper; tracked.
    pub fn rows(&self, group: &str) -> Vec<String> {
        self.watch(group);
        self.with(|record| record.rows(group).into_iter().map(str::to_owned).collect())
    }

    /// A new row at the end of a group.
    pub fn add_row(&self, group: &str) -> String {
        self.add_row_with(group, &[])
    }

    /// A new row with some answers already in it.
    pub fn add_row_with(&self, group: &str, answers: &[(&str, &str)]) -> String {
        let row = ids::row_name();
        self.change(|record| {
            record.add_row(group, &row, None);
            for (field, text) in answers {
                record.set(&format!("{group}/{row}/{field}"), text);
            }
            true
        });
        self.call(group);
        self.settle();
        row
    }

    /// Takes a row away and gives back what `undo` needs.
    pub fn remove_row(&self, group: &str, row: &str) -> Removed {
        let mut fields = Fields::new();
        self.change(|record| {
            fields = record.remove_row(group, row);
            true
        });
        self.call(group);
        self.settle();
        Removed {
            group: group.to_owned(),
            row: row.to_owned(),
            fields,
        }
    }

    /// Puts a removed row back where it stood.
    pub fn undo(&self, removed: Removed) {
        self.change(|record| {
            record.restore(removed.fields);
            true
        });
        self.call(&removed.group);
        self.settle();
    }

    /// Moves a row one place up or down.
    pub fn move_row(&self, group: &str, row: &str, up: bool) {
        let to = if up { Move::Up } else { Move::Down };
        self.change(|record| record.move_row(group, row, to));
        self.call(group);
        self.settle();
    }

    /// All findings, newest run; tracked.
    pub fn findings(&self) -> Arc<Vec<Finding>> {
        self.findings.get()
    }

    /// Findings at this path or below it; tracked.
    pub fn findings_at(&self, prefix: &str) -> Vec<Finding> {
        let below = |place: &str| {
            place
                .strip_prefix(prefix)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.']))
        };
        self.findings
            .with(|all| all.iter().filter(|f| below(&f.place)).cloned().collect())
    }

    /// Runs the checks on the whole record.
    pub fn recheck(&self) {
        let settings = Settings::default();
        let mut found = self.inner.with_value(|inner| {
            let record = inner.record.borrow();
            places::with(|places| {
                let mut context = Context::new(act_day(&record), &settings);
                context.places = places.map(|places| places as &dyn Gazetteer);
                (inner.checks)(&record, &context)
            })
        });
        let form = self.form();
        if form.edition == "2022" {
            // what the form of 2025 asks beside it is said once that form is there
            found.retain(|finding| form::field(form, &finding.place).is_some());
        }
        self.findings.set(Arc::new(found));
    }

    /// Handed in, or another tab edits.
    pub fn read_only(&self) -> Held<bool> {
        self.read_only
    }

    /// The day the checks refer to: the day of the declaration, else today.
    pub fn act_day(&self) -> Date {
        self.with(act_day)
    }

    fn change(&self, act: impl FnOnce(&mut Record) -> bool) -> bool {
        if self.read_only.get_untracked() {
            return false;
        }
        let changed = self.inner.with_value(|inner| act(&mut inner.record.borrow_mut()));
        if changed {
            let revision = self.revision.get_untracked() + 1;
            self.revision.set(revision);
            self.inner
                .with_value(|inner| (inner.on_change)(&inner.record.borrow(), revision));
        }
        changed
    }

    fn mark(&self, path: &str) {
        let new = self.inner.with_value(|inner| {
            let mut visited = inner.visited.borrow_mut();
            let place = place_of(path, &visited, |each| each);
            place.map_err(|at| visited.insert(at, path.to_owned())).is_err()
        });
        if new {
            self.visits.notify();
        }
    }

    fn settle(&self) {
        self.recheck();
        self.conditions.notify();
    }

    fn watch(&self, path: &str) {
        let watcher = self.inner.with_value(|inner| {
            let mut watched = inner.watched.borrow_mut();
            match place_of(path, &watched, |(each, _)| each) {
                Ok(at) => watched.get(at).map(|(_, watcher)| watcher.clone()),
                Err(at) => {
                    let watcher = ArcTrigger::new();
                    watched.insert(at, (path.to_owned(), watcher.clone()));
                    Some(watcher)
                }
            }
        });
        if let Some(watcher) = watcher {
            watcher.track();
        }
    }

    fn call(&self, path: &str) {
        let watcher = self.inner.with_value(|inner| {
            let watched = inner.watched.borrow();
            let at = place_of(path, &watched, |(each, _)| each).ok()?;
            watched.get(at).map(|(_, watcher)| watcher.clone())
        });
        if let Some(watcher) = watcher {
            watcher.notify();
        }
    }
}

/// Where a path stands in a list that is in the order of its paths, or where it belongs.
fn place_of<T>(path: &str, list: &[T], path_in: impl Fn(&T) -> &String) -> Result<usize, usize> {
    list.binary_search_by(|each| path_in(each).as_str().cmp(path))
}

fn act_day(record: &Record) -> Date {
    form::declared(record).unwrap_or_else(clock::today)
}
