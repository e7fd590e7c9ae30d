//! The mentor's notes as records: a new one, one that corrects, sending, removing, and how a note is checked.
//!
//! Invariant: a sent note is never edited; a correction is a new note that names the old one. Not here: the pages (`screen::note`).

use std::rc::Rc;

use app::{
    clock,
    ids::Browser,
    program::Paper,
    session::{
        Session,
        acts::{now, received, waiting},
    },
    text::desk::NEED_CONNECT,
};
use rules::{Record, check, form};
use store::Change;
use sync::{
    client,
    draft::Draft,
    id::{AccountId, RecordId},
};

use crate::{known, text::note as words, whose};

/// Id of the mentor's note.
pub const NOTE: &str = "note/1";

/// How a note is drawn and checked: beside the earlier ones on the same person.
pub fn paper(session: Session, draft: &Draft) -> Option<Paper> {
    if draft.form != NOTE {
        return None;
    }
    let earlier = earlier(session, draft);
    Some(Paper {
        form: form::note(),
        checks: Rc::new(move |record, context| {
            let earlier: Vec<&Record> = earlier.iter().collect();
            check::run_note(record, &earlier, None, context)
        }),
    })
}

/// The other notes on the person whom this one is about.
fn earlier(session: Session, draft: &Draft) -> Vec<Record> {
    let about = |draft: &Draft| {
        draft
            .fields
            .get("candidate")
            .map(|name| rules::text::fold(name))
            .unwrap_or_default()
    };
    let same = |each: &&Draft| each.form == NOTE && each.record_id != draft.record_id && about(each) == about(draft);
    session.drafts.with_untracked(|drafts| {
        drafts
            .iter()
            .filter(same)
            .map(|each| Record::from_fields(each.fields.clone()))
            .collect()
    })
}

/// Seals a note and puts it into the outbox. It stays readable here and is never edited again.
pub async fn send(session: Session, record: RecordId) -> Result<(), String> {
    session.settle_down().await?;
    let mut identity = session.identity.get_untracked().ok_or(NEED_CONNECT)?;
    let mut draft = session.draft_now(record).ok_or(NEED_CONNECT)?;
    let has = |path: &str| draft.fields.get(path).is_some_and(|text| !text.trim().is_empty());
    if !has("date") || !has("candidate") {
        return Err(words::NEEDS.to_owned());
    }
    let sealed = client::note(&mut identity, &draft, draft.corrects, now(), &mut Browser);
    let outgoing = sealed.map_err(|fault| fault.words())?;
    draft.was_handed_in(outgoing.op_id);
    let change = Change::identity(&identity)
        .and(Change::draft(&draft))
        .and(Change::outgoing(&outgoing));
    session.store(change, identity, outgoing, Some(draft)).await
}

/// A new note, empty or in the place of an earlier one, and its record id.
pub fn new(session: Session, corrects: Option<RecordId>) -> RecordId {
    let mut draft = Draft::new(RecordId::draw(&mut Browser), NOTE);
    if let Some(earlier) = corrects.and_then(|record| session.draft_now(record)) {
        draft.corrects = earlier.handed_in;
        draft.fields = earlier.fields;
    } else {
        draft.set("date", &clock::today().show());
    }
    let record = draft.record_id;
    session.drafts.update(|drafts| drafts.push(draft));
    record
}

/// A new note on a person who is followed.
pub fn new_about(session: Session, case: Option<RecordId>, account: Option<AccountId>, name: &str) -> RecordId {
    let record = new(session, None);
    let Some(mut draft) = session.draft_now(record) else {
        return record;
    };
    draft.about = account;
    draft.set("candidate", name);
    if let Some(case) = case {
        draft.set(whose::CASE, &sync::spelling::hex(case.as_bytes()));
    }
    session.replace(draft);
    record
}

/// Opens a note on the desk.
pub fn lay(session: Session, record: RecordId) {
    leptos::task::spawn_local(async move {
        session.open_record(record, false).await;
    });
}

/// Leaves what is on the desk; a paper of a secretary is then sealed as it stands.
pub fn put_down(session: Session) {
    if session.work_now().is_some() {
        let left = session.leave();
        leptos::task::spawn_local(async move {
            left.await;
            known::arrived(session);
        });
    }
}

/// Takes an unsent note away.
pub async fn remove(session: Session, record: RecordId) -> Result<(), String> {
    session.flush().await;
    if let Some(vault) = session.vault() {
        vault
            .commit(Change::drop_draft(&record))
            .await
            .map_err(|fault| fault.words().to_owned())?;
    }
    session.put_down();
    session
        .drafts
        .update(|drafts| drafts.retain(|draft| draft.record_id != record));
    Ok(())
}

/// Where a note stands, in the words its stored facts allow; tracked.
pub fn state(session: Session, record: RecordId) -> String {
    let Some(op) = session.draft(record).and_then(|draft| draft.handed_in) else {
        return words::DRAFT.to_owned();
    };
    let received = session
        .kept
        .with(|kept| kept.iter().find(|each| each.out.op_id == op).map(received));
    let waiting = || {
        session
            .outbox
            .with(|rows| rows.iter().find(|row| row.out.op_id == op).map(waiting))
    };
    received
        .or_else(waiting)
        .map(|sending| sending.to_string())
        .unwrap_or_default()
}
