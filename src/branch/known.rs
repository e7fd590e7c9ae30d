//! What this device knows of its branch: who is there, what was handed in, noted, said and recorded, read from the rows of the vault.
//!
//! Read when a vault opens and when something came or was cut, a slice at a time so that the page answers in between; each row is read once.
//! The pages only look. Invariant: what a later reading knew is never put back, and nothing stays behind a lock. Not here: whose word is
//! believed (`sync::office`), what a person's papers mean (`rules::course`).

use std::{cell::Cell, rc::Rc};

use app::{held::Held, session::Session};
use leptos::{prelude::*, task::spawn_local};
use office::{
    library::local,
    list::{Line, List},
};
use rules::Settings;
use sync::{
    id::{AccountId, RecordId},
    kind::Role,
    office::Office,
    spelling::hex,
};

use crate::{
    cases,
    glance::{self, Glance},
    paper::{BRANCH, MEMBER, PROVINCE},
    person::Person,
    rotation, time,
    whose::Whose,
};

/// Rows read at one go; then the page answers first.
const SLICE: usize = 50;

/// Everything the pages of mentor and secretary show.
#[derive(Default)]
pub struct Known {
    /// What came and went, believed.
    pub office: Office,
    /// What of it is whose.
    pub whose: Whose,
    /// Whose device read it.
    reader: Option<AccountId>,
    /// Those who are followed, by name.
    pub people: Vec<Person>,
    /// The same, as they are searched and sorted: each at the place they have in `people`.
    pub list: List,
    /// Members of the branch who help.
    pub members: Vec<Member>,
    /// The paper of what the branch sets for itself, and what it says.
    pub own: Option<RecordId>,
    pub own_fields: sync::Fields,
    /// The same as the rules want it.
    pub settings: Settings,
    /// Whether the rows were read once; until then there is only a glance.
    pub ready: bool,
    /// The list as it was before.
    pub glance: Glance,
}

/// A member who may be asked to help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The paper about them.
    pub record: Option<RecordId>,
    /// Their account, once they joined.
    pub account: Option<AccountId>,
    /// Their name.
    pub name: String,
    /// What the paper says.
    pub fields: sync::Fields,
    /// Whether a secretary confirmed their keys.
    pub confirmed: bool,
}

impl Known {
    /// The member whom a row of helpers names, by their paper or their account in hexadecimal.
    pub fn member(&self, named: &str) -> Option<&Member> {
        self.members.iter().find(|member| {
            let paper = member.record.map(|record| hex(record.as_bytes()));
            let account = member.account.map(|account| hex(account.as_bytes()));
            paper.as_deref() == Some(named) || account.as_deref() == Some(named)
        })
    }
}

thread_local! {
    /// With the owner that keeps it as long as the page lives.
    static KNOWN: (Owner, Held<Rc<Known>>) = {
        let owner = Owner::new();
        let held = owner.with(|| Held::new(Rc::default()));
        (owner, held)
    };
}

thread_local! {
    /// Readings asked for, and the last of them whose outcome is known: a later one, or a lock, overtakes those before.
    static ASKED: Cell<u64> = const { Cell::new(0) };
    static DONE: Cell<u64> = const { Cell::new(0) };
    static BUSY: Cell<bool> = const { Cell::new(false) };
}

/// What is known now; pages follow it.
pub fn known() -> Held<Rc<Known>> {
    KNOWN.with(|(_, held)| *held)
}

/// Reads it anew: a session began, or rows were stored.
pub fn arrived(session: Session) {
    spawn_local(async move {
        if session.role.get_untracked() != Role::Candidate && !known().with_untracked(|known| known.ready) {
            look(session).await;
        }
        read(session).await;
        let now = known().get_untracked();
        if now.ready && now.list.lines().len() > 1 {
            glance::keep(session, &now).await;
        }
        // Some hand-ins are handed on in each round, as long as that makes them fewer.
        let mut left = usize::MAX;
        while session.role.get_untracked() == Role::Secretary && cases::settle(session).await {
            let now = known().with_untracked(|known| cases::to_forward(known).len());
            if now == 0 || now >= left {
                break;
            }
            left = now;
            store::pause(0).await;
        }
    });
}

/// Nothing of the branch stays in memory behind a lock.
pub fn closed() {
    DONE.set(ASKED.get());
    known().set(Rc::default());
}

/// The list as it was before, until the rows are read.
async fn look(session: Session) {
    let asked = ASKED.get();
    let Some(glance) = glance::kept(session).await else {
        return;
    };
    if ASKED.get() == asked && !known().with_untracked(|known| known.ready) && session.vault().is_some() {
        known().set(Rc::new(Known {
            glance,
            ..Known::default()
        }));
    }
}

/// Reads the rows of the vault, as they stand now or later; whoever asks meanwhile is served by the next reading.
pub async fn read(session: Session) {
    let own = ASKED.get() + 1;
    ASKED.set(own);
    while BUSY.get() {
        store::pause(0).await;
    }
    if own <= DONE.get() {
        return;
    }
    BUSY.set(true);
    let asked = ASKED.get();
    let read = reading(session).await;
    BUSY.set(false);
    if let Some(read) = read.filter(|_| asked > DONE.get()) {
        DONE.set(asked);
        known().set(Rc::new(read));
    }
}

async fn reading(session: Session) -> Option<Known> {
    let (vault, who) = (session.vault()?, session.identity.get_untracked()?);
    let (kept, mut pulled) = vault.read_ops().await.ok()?;
    rotation::open_past(session, &mut pulled).await;
    let outbox = session.outbox.get_untracked();
    let reader = Some(who.account_id());
    // What the same keys read before is not read again.
    let mut office = known().with_untracked(|known| match known.reader == reader {
        true => known.office.clone(),
        false => Office::default(),
    });
    let mut read = office.lay(&who, &[], &[], &outbox);
    let (kept, pulled) = (kept.chunks(SLICE), pulled.chunks(SLICE));
    let slices = kept
        .map(|kept| (&[][..], kept))
        .chain(pulled.map(|pulled| (pulled, &[][..])));
    for (pulled, kept) in slices {
        read += office.lay(&who, pulled, kept, &[]);
        if read >= SLICE {
            read = 0;
            store::pause(0).await;
        }
    }
    office.settle(&who);
    let papers = cases::papers(session, &office);
    let members = members(&office, &papers);
    let people = crate::person::people(&office, &papers);
    let own = papers.into_iter().find(|paper| paper.form == BRANCH);
    let mut known = Known {
        whose: Whose::of(&office),
        office,
        reader,
        people,
        list: List::default(),
        members,
        own: own.as_ref().map(|paper| paper.record),
        own_fields: own.map(|paper| paper.fields).unwrap_or_default(),
        settings: Settings::default(),
        ready: true,
        glance: Glance::default(),
    };
    known.settings = settings(&known.own_fields);
    known.list = list(&known);
    Some(known)
}

fn settings(own: &sync::Fields) -> Settings {
    let mut settings = Settings::default();
    let record = rules::Record::from_fields(own.clone());
    local::apply(&record, &mut settings);
    settings.province = record.text(PROVINCE).trim().to_owned();
    settings
}

fn list(known: &Known) -> List {
    let today = app::clock::today();
    let line = |person: &Person| {
        let hand_ins = person.hand_ins(known);
        let last = hand_ins.first();
        let word = person.account.and_then(|account| known.office.word_of(&account));
        let answered = |op| word.is_some_and(|word| word.status.about == Some(op));
        Line::of(
            &office::Person {
                whole: &person.brief(known),
                handed_in: last.and_then(|one| one.place).map(|place| time::day(place.server_time)),
                unread: usize::from(last.is_some_and(|one| !answered(one.op_id))),
            },
            today,
            &known.settings,
        )
    };
    List::new(known.people.iter().map(line).collect())
}

fn members(office: &Office, papers: &[cases::Paper]) -> Vec<Member> {
    let mut all: Vec<Member> = papers
        .iter()
        .filter(|paper| paper.form == MEMBER)
        .map(|paper| Member {
            record: Some(paper.record),
            account: paper.account(office),
            name: paper.text("name").to_owned(),
            fields: paper.fields.clone(),
            confirmed: false,
        })
        .collect();
    for one in office
        .people
        .iter()
        .filter(|one| one.role == Role::Mentor && !one.ended)
    {
        match all.iter_mut().find(|member| member.account == Some(one.account)) {
            Some(member) => member.confirmed = one.confirmed,
            None => all.push(Member {
                record: None,
                account: Some(one.account),
                name: String::new(),
                fields: sync::Fields::new(),
                confirmed: one.confirmed,
            }),
        }
    }
    all
}
