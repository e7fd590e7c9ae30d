//! What other phones of the same person wrote, and what was said about the papers: taken in when rows arrive, and when the page is opened.
//!
//! Invariant: the text of a field that is being written never changes under the cursor: versions wait until it is left. What is merged is
//! in memory at once, so that whatever is typed while the disk writes goes on from it. Not here: the rule (`sync::merge`).

use std::{cell::Cell, time::Duration};

use leptos::{
    prelude::{document, set_timeout},
    task::spawn_local,
};
use store::{Change, Vault};
use sync::{
    body::plain::KeptValue,
    client::{self, Identity, Merged},
    draft::Draft,
    id::{OpId, RecordId},
    spelling::hex,
};
use wasm_bindgen::{JsCast, closure::Closure};

use super::{LYLICH, Role, Session, acts::now, rows::Rows};
use crate::{ids::Browser, pointer, sending, session::open_session, text::desk as words};

/// The setting that names the version handed in last, and behind it the remarks that were here since.
const SEEN: &str = "seen";
/// The setting that names the remarks after which the person handed in again.
const SETTLED: &str = "settled";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Round {
    None,
    On,
    /// Something came since it began.
    Again,
}

thread_local! {
    static ROUND: Cell<Round> = const { Cell::new(Round::None) };
    /// Versions arrived while a field was being written.
    static WAIT: Cell<bool> = const { Cell::new(false) };
    /// Whether somebody listens for fields to be left.
    static WATCHED: Cell<bool> = const { Cell::new(false) };
}

fn is_writing() -> bool {
    let focused = document().active_element();
    focused.is_some_and(|it| it.matches("[data-place] input, [data-place] textarea").unwrap_or(false))
}

/// New rows are stored, or a session began: they are taken in, at once or when the field that is being written is left.
pub fn arrived(session: Session) {
    if session.role.get_untracked() != Role::Candidate {
        return;
    }
    if !WATCHED.replace(true) {
        let left = Closure::<dyn Fn()>::new(|| {
            set_timeout(|| pointer::when_lifted(take_in), Duration::ZERO);
        });
        drop(document().add_event_listener_with_callback("focusout", left.as_ref().unchecked_ref()));
        left.forget();
    }
    spawn_local(async move { session.look_round().await });
}

fn take_in() {
    if WAIT.get()
        && !is_writing()
        && let Some(session) = open_session()
    {
        spawn_local(async move { session.look_round().await });
    }
}

impl Session {
    /// Takes in what lies in the vault; once at a time.
    pub async fn look_round(&self) {
        if ROUND.replace(Round::Again) != Round::None {
            return;
        }
        while ROUND.replace(Round::On) == Round::Again {
            self.listen().await;
            self.bring_up().await;
        }
        ROUND.set(Round::None);
    }

    /// Reads what was said. Remarks that were on this phone when the person handed in again are settled.
    async fn listen(&self) -> Option<()> {
        let vault = self.vault()?;
        let mut seen = vault.read_setting(SEEN).await.ok()?.unwrap_or_default();
        let mut settled = vault.read_setting(SETTLED).await.ok()?.unwrap_or_default();
        let rows = self.rows().await?;
        let mut heard = client::heard(&self.identity.get_untracked()?, rows.view());
        let handed_in = self.draft_now(self.work_now()?.record_id)?.handed_in;
        let handed_in = handed_in.map_or_else(String::new, |op| hex(op.as_bytes()));
        let before = seen.split_off(seen.find(' ').unwrap_or(seen.len()));
        if !handed_in.is_empty() && seen != handed_in {
            settled.push_str(&before);
            seen = handed_in;
        }
        heard.retain(|said| !settled.contains(&hex(said.op_id.as_bytes())));
        for said in &heard {
            seen.push(' ');
            seen.push_str(&hex(said.op_id.as_bytes()));
        }
        self.heard.try_set(heard);
        let change = Change::setting(SEEN, &seen).and(Change::setting(SETTLED, &settled));
        vault.commit(change).await.ok().map(|_| ())
    }

    /// Merges the open record with what other phones wrote. `None` when nothing is to be done, or something stood in the way.
    async fn bring_up(&self) -> Option<()> {
        self.settle_down().await.ok()?;
        let vault = self.vault()?;
        let rows = self.rows().await?;
        // From here on to the change in memory nothing is awaited: what is typed meanwhile goes on from it.
        let mut identity = self.identity.get_untracked()?;
        let work = self.work_now().filter(|work| !work.elsewhere)?;
        let draft = self.draft_now(work.record_id)?;
        if let Some(found) = self.found_elsewhere(&mut identity, &draft, &rows) {
            return self.adopt(&vault, draft, found).await;
        }
        WAIT.set(is_writing());
        if WAIT.get() {
            return None;
        }
        let merged = client::merge(&mut identity, &draft, rows.view(), now(), &mut Browser);
        let Merged { draft: mut merged, cut } = merged.ok()??;
        merged.handed_in = rows.handed_in(merged.record_id).pop().map(|out| out.op_id);
        work.desk.renew(&merged.fields, merged.revision);
        let sends = cut.is_some();
        self.go_on(&work, identity, merged, cut).await?;
        if sends {
            sending::wake();
        }
        Some(())
    }

    /// Answers a remark: sealed to the branch and oneself. Works without a network.
    pub async fn answer(&self, about: OpId, path: &str, text: &str) -> Result<(), String> {
        self.settle_down().await?;
        let rows = self.rows().await.ok_or(words::TRYING)?;
        let mut identity = self.identity.get_untracked().ok_or(words::NEED_CONNECT)?;
        let readers = client::mentors(&identity, &rows.pulled);
        let place = Some(path).filter(|path| !path.is_empty());
        let sealed = client::annotate(&mut identity, &readers, (about, place), text, now(), &mut Browser);
        let out = sealed.map_err(|fault| fault.words())?;
        self.store_all(Change::none(), identity, vec![out], None).await?;
        self.look_round().await;
        Ok(())
    }

    /// The person has chosen between two texts of a place: one of them is put away.
    pub fn decide(&self, record: RecordId, kept: &KeptValue, take: bool) {
        let Some(desk) = self.work_now().map(|work| work.desk) else {
            return;
        };
        if desk.read_only().get_untracked() {
            return;
        }
        let (path, text) = (&kept.path, &kept.text);
        self.drafts.update_untracked(|drafts| {
            for draft in drafts.iter_mut().filter(|draft| draft.record_id == record) {
                if take {
                    draft.take_back(path, text);
                } else {
                    draft.drop_kept(path, text);
                }
            }
        });
        let text = if take { text.clone() } else { desk.peek(path) };
        desk.decide(path, &text);
        self.drafts.notify();
    }

    /// The lý lịch that another phone of this person wrote, when nothing was written on this one.
    fn found_elsewhere(&self, identity: &mut Identity, blank: &Draft, rows: &Rows) -> Option<Draft> {
        if !blank.fields.is_empty() || blank.base.is_some() {
            return None;
        }
        let known = self.drafts.get_untracked();
        let empty = client::missing_drafts(identity, rows.view(), &known).into_iter();
        let merged = empty.filter_map(|draft| {
            let merged = client::merge(identity, &draft, rows.view(), now(), &mut Browser).ok()?;
            merged.map(|Merged { draft, .. }| draft)
        });
        let mut found = merged.into_iter().find(|draft| draft.form == LYLICH)?;
        found.handed_in = rows.handed_in(found.record_id).pop().map(|out| out.op_id);
        Some(found)
    }

    /// Opens a record that came back, in the place of the blank one.
    async fn adopt(&self, vault: &Vault, blank: Draft, found: Draft) -> Option<()> {
        let record = found.record_id;
        let change = Change::draft(&found).and(Change::drop_draft(&blank.record_id));
        vault.commit(change).await.ok()?;
        self.put_down();
        self.drafts.update(|drafts| {
            drafts.retain(|draft| draft.record_id != blank.record_id);
            drafts.push(found);
        });
        self.open_record(record, false).await;
        Some(())
    }
}
