//! One open vault: whose it is, what it holds, the desk that is being written on, and the saver that follows it.
//!
//! Invariant: nothing here says "stored" or "received" by itself; the words come from `sync::label` over stored facts.

use std::{cell::RefCell, rc::Rc};

use leptos::prelude::*;
use rules::record::Record;
use store::{Change, EditLock, Fault, Loss, RecoveryCode, Saver, SaverState, Superseded, Vault, settings};
use sync::{
    client::{self, Identity, KeptOp, OutRow, Said},
    draft::Draft,
    id::RecordId,
    link::Link,
    spelling::base64url,
};

pub use sync::kind::Role;

pub use standing::OnLine;

pub mod acts;
pub mod recover;
pub mod rights;
pub mod rows;
pub mod standing;
pub mod versions;

use crate::{
    app::{Gate, Root},
    desk::Desk,
    held::{Held, derived},
    ids::Browser,
    net::{self, Config},
    places,
    program::{self, Paper},
    sending, tabs,
    text::desk,
};

/// Id of the lý lịch's form in a stored draft.
pub const LYLICH: &str = "2-KNĐ/2025";

thread_local! {
    /// The session that is open in this page, for what happens outside any component (lock, update, timers).
    static OPEN: RefCell<Option<Session>> = const { RefCell::new(None) };
}

/// A handle on the open vault; copied freely.
#[derive(Clone, Copy)]
pub struct Session {
    /// `None`: trying out, nothing is stored.
    vault: StoredValue<Option<Vault>, LocalStorage>,
    pub role: Held<Role>,
    pub identity: Held<Option<Identity>>,
    pub drafts: Held<Vec<Draft>>,
    pub outbox: Held<Vec<OutRow>>,
    pub kept: Held<Vec<KeptOp>>,
    pub config: Held<Config>,
    pub sending: Held<bool>,
    pub line: Held<OnLine>,
    /// What was said about the papers, as far as it still waits to be answered or handed in anew.
    pub heard: Held<Vec<Said>>,
    /// What the last try to send met, if it has to be said.
    pub reply_words: Held<Option<&'static str>>,
    /// Records opened again after a hand-in, until the page is closed or the text changes.
    reopened: Held<Vec<RecordId>>,
    /// Whether to ask for a backup now.
    pub wants_backup: Held<bool>,
    losses: Held<Vec<Loss>>,
    work: Held<Option<Work>>,
}

/// The record that is open for writing.
#[derive(Clone)]
pub struct Work {
    pub record_id: RecordId,
    pub desk: Desk,
    saver: Option<Saver>,
    pub saved: Held<SaverState>,
    /// Held while this tab may edit; empty when another tab does, or none any more. Copies of this value live on in handlers.
    lock: Rc<RefCell<Option<EditLock>>>,
    pub elsewhere: bool,
    owner: Owner,
}

/// The session of the page that is being drawn.
pub fn session() -> Session {
    use_context::<Session>().unwrap_or_else(|| unreachable!("provided when a vault opens"))
}

/// The session that is open in this page, if any.
pub fn open_session() -> Option<Session> {
    OPEN.with_borrow(|open| *open)
}

/// Waits until everything typed is on disk, at most two seconds (storage and vault W8).
pub async fn flush_open() {
    if let Some(session) = open_session() {
        session.flush().await;
    }
}

/// The page is seen again: a database that the browser dropped meanwhile is opened before the person types, and what other tabs
/// did is read.
pub fn wake_open() {
    let Some(session) = open_session() else { return };
    leptos::task::spawn_local(async move {
        // Only what another tab wrote: whatever is drawn anew for nothing takes the button away from under a finger.
        if let Some(vault) = session.vault() {
            drop(session.catch_up(&vault).await);
        }
        sending::wake();
        if let Some(work) = session.work_now().filter(|work| work.elsewhere) {
            session.open_record(work.record_id, false).await;
        }
    });
}

/// The role an enrolment link asks for, before anybody has agreed to anything.
pub fn role_of_link(link: &str) -> Option<Role> {
    Link::parse(link).ok().map(|link| link.role)
}

/// Makes a vault.
pub async fn make(nickname: &str, phrase: &str, role: Role) -> Result<(Vault, RecoveryCode), Fault> {
    let (vault, code) = Vault::create(nickname, phrase).await?;
    let reader = client::recovery_reader(&code.secret());
    let reader = Change::setting(acts::SHEET, &base64url(&reader.0));
    let role = Change::setting("role", &role.number().to_string());
    vault.commit(role.and(reader)).await?;
    Ok((vault, code))
}

/// Opens a session on an unlocked vault and shows its first page.
pub async fn enter(root: Root, vault: Vault, role: Option<Role>) {
    match Session::load(root, vault, role).await {
        Ok(session) => root.gate.set(Gate::Open(session)),
        Err(fault) => root.gate.set(Gate::Stuck(fault.words())),
    }
}

/// Opens a session that stores nothing. Made outside the page that asks, whose signals end with it.
pub fn try_out(root: Root) {
    leptos::task::spawn_local(async move {
        let session = Session::blank(None, Role::Candidate);
        session.open_draft(Draft::new(RecordId::draw(&mut Browser), LYLICH));
        session.settle();
        root.gate.set(Gate::Open(session));
    });
}

impl Session {
    fn blank(vault: Option<Vault>, role: Role) -> Self {
        Self {
            vault: StoredValue::new_local(vault),
            role: Held::new(role),
            identity: Held::new(None),
            drafts: Held::new(Vec::new()),
            outbox: Held::new(Vec::new()),
            kept: Held::new(Vec::new()),
            config: Held::new(Config::default()),
            sending: Held::new(false),
            line: Held::new(OnLine::default()),
            heard: Held::new(Vec::new()),
            reply_words: Held::new(None),
            reopened: Held::new(Vec::new()),
            wants_backup: Held::new(false),
            losses: Held::new(Vec::new()),
            work: Held::new(None),
        }
    }

    async fn load(root: Root, vault: Vault, role: Option<Role>) -> Result<Self, Fault> {
        let stored = vault
            .read_setting("role")
            .await?
            .and_then(|text| text.parse().ok())
            .and_then(Role::from_number);
        let session = Self::blank(Some(vault.clone()), role.or(stored).unwrap_or(Role::Candidate));
        if let Some(bytes) = vault.read_self().await? {
            match Identity::decode(&bytes) {
                Ok(mut identity) => {
                    if vault.has_borrowed_device().await? {
                        // Before anything is cut: the vault that the backup was made of may go on elsewhere (sync protocol §10.3).
                        let join = client::renew_device(&mut identity, &mut Browser);
                        let change = Change::identity(&identity).and(Change::outgoing(&join));
                        vault.commit(change.and(Change::own_device())).await?;
                    }
                    session.role.set(identity.role());
                    session.identity.set(Some(identity));
                }
                Err(_) => return Err(Fault::Newer),
            }
        }
        session.catch_up(&vault).await?;
        session.losses.set(vault.health().await?);
        session
            .wants_backup
            .set(session.has_only_here() && settings::backup_is_due(vault.db_id()));
        if session.role.get_untracked() == Role::Candidate {
            let first = session
                .drafts
                .with_untracked(|drafts| drafts.iter().find(|draft| draft.form == LYLICH).cloned());
            let record_id = match first {
                Some(draft) => draft.record_id,
                None => {
                    let draft = Draft::new(RecordId::draw(&mut Browser), LYLICH);
                    // On the disk from the first moment: a second tab opens this record, not one of its own.
                    drop(vault.commit(Change::draft(&draft)).await);
                    session.replace(draft.clone());
                    draft.record_id
                }
            };
            session.open_record(record_id, false).await;
        }
        tabs::join(root, &vault);
        vault.on_superseded(move |why| {
            OPEN.set(None);
            session.put_down();
            root.gate.set(Gate::Stuck(match why {
                Superseded::NewRelease => desk::TAKEN_BY_NEW,
                Superseded::Removed => desk::TAKEN_AWAY,
            }));
        });
        session.settle();
        sending::wake();
        Ok(session)
    }

    /// Reads what another tab may have written. Before anything is cut, sent or concluded: from rows of yesterday a place in the
    /// device's counting would be given twice.
    pub(crate) async fn catch_up(&self, vault: &Vault) -> Result<(), Fault> {
        if vault.is_behind().await? {
            self.reread().await?;
        }
        Ok(())
    }

    /// What runs beside an open session: the deployment's settings, the list of places.
    fn settle(self) {
        OPEN.set(Some(self));
        if let Some(more) = program::more() {
            (more.arrived)(self);
        }
        leptos::task::spawn_local(async move {
            self.config.set(net::config().await);
            if places::load().await
                && let Some(work) = self.work.get_untracked()
            {
                work.desk.recheck();
            }
        });
    }

    /// The vault; `None` while only trying out.
    pub fn vault(&self) -> Option<Vault> {
        self.vault.try_get_value().flatten()
    }

    /// Whether nothing is stored.
    pub fn is_trial(&self) -> bool {
        self.vault().is_none()
    }

    /// The open record, tracked.
    pub fn work(&self) -> Option<Work> {
        self.work.get()
    }

    /// The open record, untracked.
    pub fn work_now(&self) -> Option<Work> {
        self.work.get_untracked()
    }

    /// What was found missing at the start, in words.
    pub fn losses(&self) -> Vec<String> {
        self.losses.with(|losses| losses.iter().map(Loss::words).collect())
    }

    /// The person has read what is missing; only now the witness is set to what is there.
    pub fn losses_read(&self) {
        self.losses.set(Vec::new());
        if let Some(vault) = self.vault() {
            vault.accept_losses();
        }
    }

    /// Opens a record for writing in this tab, if no other tab has it. Gives back whether it may be written here. `asked`: the tab
    /// that has it was asked to let go.
    pub async fn open_record(&self, record_id: RecordId, asked: bool) -> bool {
        let lock = match self.vault() {
            Some(vault) => vault.edit_lock(&record_id, asked).await,
            None => None,
        };
        // Another tab may have written since the drafts were read; only under the lock is the row on the disk the last one.
        drop(self.reread().await);
        let own = |work: Work| work.record_id == record_id && !work.elsewhere;
        if lock.is_none() && self.work_now().is_some_and(own) {
            // Taken while this was waited for: the page was seen again and somebody tapped "Sửa ở đây" at once.
            return true;
        }
        let Some(draft) = self.draft_now(record_id) else {
            return false;
        };
        let taken = lock.is_some();
        let shown = |work: Work| work.record_id == record_id && work.saved.get_untracked().committed == draft.revision;
        if taken || !self.work_now().is_some_and(shown) {
            self.lay(draft, lock);
        }
        taken
    }

    /// "Sửa ở đây": asks the other tab to write its last letters and let go. Gives back whether it did.
    pub async fn edit_here(&self) -> bool {
        let Some((work, vault)) = self.work_now().zip(self.vault()) else {
            return false;
        };
        if let Some(right) = vault.edit_name(&work.record_id) {
            tabs::ask_for(&right);
        }
        self.open_record(work.record_id, true).await
    }

    /// Another tab asks for this right: the last letters are written, then this tab only shows. Letters that the disk does not take
    /// stay here, and the right with them.
    pub async fn let_go(&self, right: &str) {
        let Some((work, vault)) = self.work_now().zip(self.vault()) else {
            return;
        };
        if work.elsewhere || vault.edit_name(&work.record_id).as_deref() != Some(right) {
            return;
        }
        self.flush().await;
        let Some(draft) = self.draft_now(work.record_id) else {
            return;
        };
        if work.saved.with_untracked(|saved| saved.committed) == draft.revision {
            self.lay(draft, None);
        }
    }

    /// Reads what other tabs may have changed: drafts that are not being written here, outbox, receipts, identity.
    pub async fn reread(&self) -> Result<(), Fault> {
        let Some(vault) = self.vault() else { return Ok(()) };
        let mut drafts = vault.read_drafts().await?;
        let (outbox, (kept, pulled)) = (vault.read_outbox().await?, vault.read_ops().await?);
        let identity = vault.read_self().await?;
        let own = self
            .work_now()
            .filter(|work| !work.elsewhere)
            .map(|work| work.record_id);
        self.drafts.update(|known| {
            for draft in known.drain(..) {
                match drafts.iter_mut().find(|each| each.record_id == draft.record_id) {
                    Some(each) if own == Some(draft.record_id) => *each = draft,
                    Some(_) => {}
                    // A new one, which was not written yet.
                    None => drafts.push(draft),
                }
            }
            *known = drafts;
        });
        self.outbox.set(outbox);
        self.kept.set(kept);
        if let Some(identity) = identity.and_then(|bytes| Identity::decode(&bytes).ok()) {
            self.identity.set(Some(identity));
        }
        self.hear(&pulled);
        Ok(())
    }

    fn open_draft(&self, draft: Draft) {
        self.lay(draft, None);
    }

    fn lay(&self, draft: Draft, lock: Option<EditLock>) {
        self.put_down();
        self.replace(draft.clone());
        let session = *self;
        let elsewhere = lock.is_none() && !self.is_trial();
        let owner = Owner::new();
        let work = owner.with(|| {
            let record_id = draft.record_id;
            let saved = Held::new(SaverState {
                committed: draft.revision,
                failed: None,
            });
            let saver = self.vault().map(|vault| {
                Saver::new(vault, move |state| {
                    saved.try_set(state);
                })
            });
            let read_only = derived(move || elsewhere || session.is_handed_in(record_id));
            let on_change = {
                let saver = saver.clone();
                Rc::new(move |record: &Record, revision: u64| {
                    session.changed(record_id, record, revision, saver.as_ref())
                })
            };
            let other = program::more().and_then(|more| (more.paper)(session, &draft));
            let paper = other.unwrap_or_else(|| Paper {
                form: rules::form::lylich(),
                checks: Rc::new(rules::check::run),
            });
            let desk = Desk::open(
                paper.form,
                Record::from_fields(draft.fields.clone()),
                draft.revision,
                paper.checks,
                read_only,
                on_change,
            );
            Work {
                record_id,
                desk,
                saver,
                saved,
                lock: Rc::new(RefCell::new(lock)),
                elsewhere,
                owner: owner.clone(),
            }
        });
        self.work.set(Some(work));
    }

    /// Closes the open record; the future ends when what it still had to write is written.
    pub fn leave(&self) -> impl Future<Output = ()> + use<> {
        let saver = self.work_now().and_then(|work| work.saver);
        self.put_down();
        async move {
            if let Some(saver) = saver {
                saver.flush().await;
            }
        }
    }

    /// Closes the open record; what it still has to write goes on being written by its saver.
    pub fn put_down(&self) {
        if let Some(work) = self.work.get_untracked() {
            self.work.set(None);
            work.lock.take();
            work.owner.cleanup();
        }
    }

    fn changed(&self, record_id: RecordId, record: &Record, revision: u64, saver: Option<&Saver>) {
        let mut newest = None;
        let mut first_change = false;
        self.drafts.update_untracked(|drafts| {
            if let Some(draft) = drafts.iter_mut().find(|draft| draft.record_id == record_id) {
                first_change = !draft.dirty;
                draft.fields = record.fields().clone();
                draft.revision = revision;
                draft.dirty = true;
                newest = Some(draft.clone());
            }
        });
        if first_change {
            // "đã nộp" becomes "có thay đổi": whoever shows the version draws it anew. Later keys of the same version do not.
            self.drafts.notify();
        }
        if let (Some(saver), Some(draft)) = (saver, newest) {
            saver.offer(draft);
        }
    }

    /// The draft of a record, untracked.
    pub fn draft_now(&self, record_id: RecordId) -> Option<Draft> {
        self.drafts
            .with_untracked(|drafts| drafts.iter().find(|draft| draft.record_id == record_id).cloned())
    }

    /// Shows a draft that was just stored, in the place of the one before.
    pub fn replace(&self, draft: Draft) {
        self.drafts.update(
            |drafts| match drafts.iter_mut().find(|each| each.record_id == draft.record_id) {
                Some(each) => *each = draft,
                None => drafts.push(draft),
            },
        );
    }

    /// The draft of a record, tracked.
    pub fn draft(&self, record_id: RecordId) -> Option<Draft> {
        self.drafts
            .with(|drafts| drafts.iter().find(|draft| draft.record_id == record_id).cloned())
    }

    /// Whether the record's present text was handed in and not opened again.
    pub fn is_handed_in(&self, record_id: RecordId) -> bool {
        self.drafts.with(|drafts| {
            drafts
                .iter()
                .any(|draft| draft.record_id == record_id && draft.handed_in.is_some() && !draft.is_changed())
        }) && !self.reopened.with(|open| open.contains(&record_id))
    }

    /// Waits until everything typed is on disk.
    pub async fn flush(&self) {
        if let Some(saver) = self.work.get_untracked().and_then(|work| work.saver) {
            saver.flush().await;
        }
    }

    /// Locks: the last letters are written, the keys dropped, everything of the person taken out of memory.
    pub async fn close(self) {
        tabs::leave();
        self.flush().await;
        OPEN.set(None);
        if let Some(vault) = self.vault() {
            vault.close().await;
        }
        self.put_down();
        self.vault.set_value(None);
        self.identity.set(None);
        self.drafts.set(Vec::new());
        self.outbox.set(Vec::new());
        self.kept.set(Vec::new());
        if let Some(more) = program::more() {
            (more.closed)();
        }
        self.heard.set(Vec::new());
    }

    /// Writes the newest text once more after a failure.
    pub fn save_again(&self) {
        if let Some(saver) = self.work.get_untracked().and_then(|work| work.saver) {
            saver.retry();
        }
    }

    /// Whether the vault holds something that nobody else has.
    fn has_only_here(&self) -> bool {
        let open = |draft: &Draft| draft.revision > 0 && (draft.dirty || draft.base.is_none());
        self.outbox.with_untracked(|outbox| !outbox.is_empty())
            || self.drafts.with_untracked(|drafts| drafts.iter().any(open))
    }

    /// The backup file. What the disk does not take is in it all the same.
    pub async fn backup(&self) -> Result<Vec<u8>, Fault> {
        let vault = self.vault().ok_or(Fault::Closed)?;
        self.flush().await;
        let unsaved = self
            .work_now()
            .filter(|work| work.saved.with_untracked(|saved| saved.failed.is_some()));
        vault
            .backup(unsaved.and_then(|work| self.draft_now(work.record_id)))
            .await
    }
}
