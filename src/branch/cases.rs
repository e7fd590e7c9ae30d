//! The papers of the secretaries, one record each: what is recorded of a person who is followed (`case/1`), of a member who helps (`member/1`).
//!
//! A secretary writes them as drafts, saved at every key; when one is left, its new version is sealed to the secretaries and to those who help
//! the person. Versions of several secretaries fold as those of several phones do. Not here: drawing them (`screen::case`).

use std::rc::Rc;

use app::{
    ids::Browser,
    program::Paper as Drawn,
    session::{Role, Session},
};
use rules::{Record, check, form};
use sync::{
    Fields,
    client::{self, Reader},
    draft::Draft,
    id::{AccountId, InviteId, OpId, RecordId},
    office::Office,
};

use crate::{
    act::Act,
    following, invites,
    known::{Known, known},
    paper::{self, BRANCH, MEMBER},
};

/// Id of the paper about a person who is followed.
pub const CASE: &str = "case/1";
/// The section of a case that says who it is about.
pub const FIRST_SECTION: &str = "nguoi";
/// Where a paper names the invite by which its person joins.
pub const INVITE: &str = "invite";
/// Older ops sealed again in one act: sealing takes a slow phone some hundredths of a second each.
const AT_ONCE: usize = 25;

/// The newest text of one paper, as this device has it.
#[derive(Clone, Debug)]
pub struct Paper {
    /// Its record.
    pub record: RecordId,
    /// Its form.
    pub form: String,
    /// Whose, once they joined.
    pub about: Option<AccountId>,
    /// What it says.
    pub fields: Fields,
    /// Places that still hold two versions.
    pub kept: usize,
    /// Whether it was changed here and not sealed yet.
    pub waits: bool,
}

impl Paper {
    /// An answer; empty when there is none.
    pub fn text(&self, path: &str) -> &str {
        self.fields.get(path).map_or("", String::as_str)
    }

    /// Whose it is: as it says, or whoever used its invite.
    pub fn account(&self, office: &Office) -> Option<AccountId> {
        self.about.or_else(|| used_by(office, self.fields.get(INVITE)?))
    }
}

fn is_paper(form: &str) -> bool {
    [CASE, MEMBER, BRANCH].contains(&form)
}

/// Every paper: those written here, then those of other secretaries.
pub fn papers(session: Session, office: &Office) -> Vec<Paper> {
    let mut all: Vec<Paper> = session.drafts.with_untracked(|drafts| {
        drafts
            .iter()
            .filter(|draft| is_paper(&draft.form))
            .map(|draft| Paper {
                record: draft.record_id,
                form: draft.form.clone(),
                about: draft.about,
                fields: draft.fields.clone(),
                kept: draft.kept.len(),
                waits: draft.dirty,
            })
            .collect()
    });
    for case in office.cases.iter().filter(|case| is_paper(&case.form)) {
        if !all.iter().any(|paper| paper.record == case.record) {
            all.push(Paper {
                record: case.record,
                form: case.form.clone(),
                about: case.about,
                fields: case.fields.clone(),
                kept: case.kept.len(),
                waits: false,
            });
        }
    }
    all
}

/// The paper of what the branch sets for itself; made when there is none yet.
///
/// # Errors
/// As [`begin`].
pub async fn branch_paper(session: Session) -> Result<RecordId, String> {
    match known().with_untracked(|known| known.own) {
        Some(record) => {
            take_in(session, record).await?;
            Ok(record)
        }
        None => begin(session, BRANCH, &[]).await,
    }
}

/// Changes answers of a paper that is not on the desk.
///
/// # Errors
/// In words.
pub async fn set(session: Session, record: RecordId, answers: &[(String, String)]) -> Result<(), String> {
    let mut act = Act::begin(session).await?;
    let Some(mut draft) = session.draft_now(record) else {
        return Ok(());
    };
    for (path, text) in answers {
        draft.set(path, text);
    }
    act.keep(draft);
    act.done(session).await?;
    settle(session).await;
    Ok(())
}

/// Notes in every case that the list was gone through this month (MON-01). Gives back in how many it was not noted yet.
///
/// # Errors
/// In words: then it is noted in none.
pub async fn reviewed(session: Session, month: &str) -> Result<usize, String> {
    const REVIEWS: &str = "procedure.list_reviews";
    let records: Vec<RecordId> =
        known().with_untracked(|known| known.people.iter().filter_map(|one| one.case).collect());
    let mut act = Act::begin(session).await?;
    let mut noted = 0;
    for draft in records.iter().filter_map(|record| session.draft_now(*record)) {
        let mut record = Record::from_fields(draft.fields.clone());
        let rows: Vec<String> = record.rows(REVIEWS).into_iter().map(str::to_owned).collect();
        if rows
            .iter()
            .any(|row| record.text(&format!("{REVIEWS}/{row}/_")).trim() == month)
        {
            continue;
        }
        let row = app::ids::row_name();
        record.add_row(REVIEWS, &row, rows.last().map(String::as_str));
        record.set(&format!("{REVIEWS}/{row}/_"), month);
        let mut draft = draft;
        draft.fields = record.into_fields();
        draft.touched();
        act.keep(draft);
        noted += 1;
    }
    act.done(session).await?;
    settle(session).await;
    Ok(noted)
}

/// A new paper with some answers, stored at once.
///
/// # Errors
/// In words, when the disk did not take it.
pub async fn begin(session: Session, form: &str, answers: &[(&str, &str)]) -> Result<RecordId, String> {
    begin_for(session, form, None, answers).await
}

/// As [`begin`], for somebody who has an account already.
///
/// # Errors
/// As there.
pub async fn begin_for(
    session: Session,
    form: &str,
    about: Option<AccountId>,
    answers: &[(&str, &str)],
) -> Result<RecordId, String> {
    let mut draft = Draft::new(RecordId::draw(&mut Browser), form);
    for (path, text) in answers {
        draft.set(path, text);
    }
    draft.about = about;
    let record = draft.record_id;
    let mut act = Act::begin(session).await?;
    act.keep(draft);
    act.done(session).await?;
    Ok(record)
}

/// Papers for many people at once, in one act.
///
/// # Errors
/// As [`begin`]: then none was made.
pub async fn begin_all(session: Session, people: Vec<Fields>) -> Result<(), String> {
    let mut act = Act::begin(session).await?;
    for answers in people {
        let mut draft = Draft::new(RecordId::draw(&mut Browser), CASE);
        draft.fields = answers;
        draft.touched();
        act.keep(draft);
    }
    act.done(session).await?;
    settle(session).await;
    Ok(())
}

/// Brings a paper onto the desk, with what other secretaries wrote.
pub async fn open(session: Session, record: RecordId) -> Result<(), String> {
    take_in(session, record).await?;
    session.open_record(record, false).await;
    Ok(())
}

/// Folds other secretaries' versions into the draft of a paper; makes the draft where there was none.
async fn take_in(session: Session, record: RecordId) -> Result<(), String> {
    let mut act = Act::begin(session).await?;
    let draft = match session.draft_now(record) {
        Some(draft) => draft,
        None => {
            let form = known().with_untracked(|known| {
                let case = known.office.cases.iter().find(|case| case.record == record);
                case.map_or_else(|| CASE.to_owned(), |case| case.form.clone())
            });
            Draft::new(record, &form)
        }
    };
    let vault = session.vault().ok_or_else(String::new)?;
    let (kept, pulled) = vault.read_ops().await.map_err(|fault| fault.words().to_owned())?;
    let mail = vault.read_mail().await.map_err(|fault| fault.words().to_owned())?;
    let outbox = session.outbox.get_untracked();
    let view = client::View {
        outbox: &outbox,
        kept: &kept,
        pulled: &pulled,
        mail: &mail,
    };
    let readers = known().with_untracked(|known| readers(known, &draft.fields));
    let merged = client::merge_case(&mut act.who, &draft, &readers, view, act.now, &mut act.rnd);
    match merged.map_err(|fault| fault.words())? {
        Some(merged) => {
            merged.cut.into_iter().for_each(|cut| act.send(cut));
            act.keep(merged.draft);
            act.done(session).await
        }
        None => Ok(()),
    }
}

/// Who besides the secretaries reads a case: members named in it as helping now, whose keys are known.
pub fn readers(known: &Known, fields: &Fields) -> Vec<Reader> {
    let helpers = following::helpers(fields);
    let now = helpers.iter().filter(|helper| helper.ended.is_none());
    let accounts = now.filter_map(|helper| known.member(&helper.member)?.account);
    accounts.filter_map(|account| known.office.reader(&account)).collect()
}

/// Earlier hand-ins that those who help now were not sent yet: to whom, and which.
pub fn to_forward(known: &Known) -> Vec<(AccountId, OpId)> {
    let assigned = known.office.assignments.iter().filter(|one| one.in_force);
    let mut mentors: Vec<AccountId> = assigned.map(|one| one.mentor).collect();
    mentors.sort_unstable();
    mentors.dedup();
    let of = |mentor: AccountId| known.office.to_forward(&mentor).into_iter().map(move |op| (mentor, op));
    mentors.into_iter().flat_map(of).collect()
}

/// Brings the branch up to date with what is on this device: seals what was changed and is not on the desk any more, notes who joined by which
/// invite and confirms them, says who is assigned, hands some earlier hand-ins on to those who help now, and erases copies of what was erased. Gives back whether anything was done.
pub async fn settle(session: Session) -> bool {
    if session.identity.with_untracked(Option::is_none) || session.role.get_untracked() != Role::Secretary {
        return false;
    }
    let known = known().get_untracked();
    let changed = changed(session, &known);
    let (cards, assignments) = (invites::to_confirm(&known), following::untold(&known));
    let mut forwards = to_forward(&known);
    forwards.truncate(AT_ONCE);
    let stale = &known.office.stale_forwards;
    let nothing = changed.is_empty() && cards.is_empty() && assignments.is_empty() && forwards.is_empty();
    if nothing && stale.is_empty() {
        return false;
    }
    let (Some(vault), Ok(mut act)) = (session.vault(), Act::begin(session).await) else {
        return false;
    };
    let Ok((kept, pulled)) = vault.read_ops().await else {
        return false;
    };
    for card in cards {
        let leaves = known.office.card_leaves(&card.account);
        if let Ok(out) = client::card(&mut act.who, &card, &leaves, &mut act.rnd) {
            act.send(out);
        }
    }
    for assignment in assignments {
        let leaves = known
            .office
            .assignment_leaves(&assignment.candidate, &assignment.mentor);
        if let Ok(out) = client::assign(&mut act.who, &assignment, &leaves, &mut act.rnd) {
            act.send(out);
        }
    }
    for (mentor, op) in forwards {
        let original = known.office.original(&act.who, &op, &pulled, &kept);
        if let Some((original, reader)) = original.zip(known.office.reader(&mentor))
            && let Ok(out) = client::forward(&mut act.who, &original, reader, act.now, &mut act.rnd)
        {
            act.send(out);
        }
    }
    // Their original was erased: whoever received them is told to drop them, too.
    act.erase(stale, (&kept, &pulled));
    for mut draft in changed {
        let readers = readers(&known, &draft.fields);
        if let Ok(out) = client::case(&mut act.who, &draft, &readers, act.now, &mut act.rnd) {
            draft.moved_on(out.op_id);
            act.send(out);
            act.keep(draft);
        }
    }
    act.done(session).await.is_ok()
}

/// Seals for a new holder of the keys what was written before they were known: hand-ins, notes and remarks one by one, some in each act; the
/// papers as new versions. What an act in between leaves over waits for the next time.
///
/// # Errors
/// In words.
pub async fn hand_on(session: Session, holder: AccountId) -> Result<(), String> {
    let before = known().with_untracked(|known| known.office.before(&holder));
    for some in before.chunks(AT_ONCE) {
        let known = known().get_untracked();
        let mut act = Act::begin(session).await?;
        let rows = session.rows().await.ok_or_else(String::new)?;
        let kept = session.kept.get_untracked();
        let set = act.who.set().ok_or_else(String::new)?;
        let named = set.secretaries.iter().find(|one| one.account == holder);
        let reader = named.map(|one| Reader {
            account: one.account,
            age_pub: one.age_pub,
        });
        let reader = reader.ok_or_else(String::new)?;
        for op in some {
            if let Some(original) = known.office.original(&act.who, op, &rows.pulled, &kept) {
                let out = client::forward(&mut act.who, &original, reader, act.now, &mut act.rnd);
                act.send(out.map_err(|fault| fault.words())?);
            }
        }
        act.done(session).await?;
        store::pause(0).await;
    }
    let mut act = Act::begin(session).await?;
    let open = session.work_now().map(|work| work.record_id);
    let drafts = session.drafts.get_untracked();
    let papers = drafts.into_iter().filter(|draft| is_paper(&draft.form));
    for mut draft in papers.filter(|draft| open != Some(draft.record_id)) {
        draft.touched();
        act.keep(draft);
    }
    act.done(session).await?;
    settle(session).await;
    Ok(())
}

/// Papers that are to be sealed anew: changed, or their person joined.
fn changed(session: Session, known: &Known) -> Vec<Draft> {
    let open = session.work_now().map(|work| work.record_id);
    let free = |draft: &&Draft| is_paper(&draft.form) && open != Some(draft.record_id);
    let drafts: Vec<Draft> = session
        .drafts
        .with_untracked(|drafts| drafts.iter().filter(free).cloned().collect());
    let mut changed = Vec::new();
    for mut draft in drafts {
        let invite = draft.fields.get(INVITE);
        let account = invite.and_then(|invite| used_by(&known.office, invite));
        if draft.about.is_none() && account.is_some() {
            draft.about = account;
            draft.touched();
        }
        if draft.dirty {
            changed.push(draft);
        }
    }
    changed
}

fn used_by(office: &Office, invite: &str) -> Option<AccountId> {
    let id: InviteId = invite.parse().ok()?;
    office.invites.iter().find(|one| one.id == id)?.used_by
}

/// How a paper is drawn and checked. A case is checked together with the last hand-in and the notes on its person.
pub fn drawn(draft: &Draft) -> Option<Drawn> {
    match draft.form.as_str() {
        MEMBER => Some(Drawn {
            form: &paper::FORM,
            checks: Rc::new(|_, _| Vec::new()),
        }),
        BRANCH => Some(Drawn {
            form: paper::branch_form(),
            checks: Rc::new(|_, _| Vec::new()),
        }),
        CASE => {
            let record = draft.record_id;
            Some(Drawn {
                form: paper::case_form(),
                checks: Rc::new(move |case: &Record, context| {
                    let whole = crate::person::whole(record, case.fields());
                    let own = |place: &str| form::field(form::case(), place).is_some();
                    let settings = known().with_untracked(|known| known.settings.clone());
                    let context = check::Context {
                        settings: &settings,
                        ..*context
                    };
                    let mut found = check::run(&whole, &context);
                    found.retain(|finding| own(&finding.place));
                    found
                }),
            })
        }
        _ => None,
    }
}
