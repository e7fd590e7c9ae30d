//! Replacing this secretary's keys in steps that a crash or a lost network may part: the next identity lies sealed in the vault until the old
//! one has said everything, then takes its place, then the old one is named no longer.
//!
//! Invariant: each step is found again from what is stored; the secret parts of former keys stay in the vault as long as it does, and open
//! what was sealed to them. Not here: what each step is worth (`sync::rotate`), drawing (`screen::rotation`).

use app::{
    ids::Browser,
    net::{self, Reached},
    session::{Role, Session},
};
use leptos::task::spawn_local;
use store::{Change, SendLock, Vault};
use sync::{
    answer::{Code, Standing},
    client::{Identity, Mail, OutRow, OutState, Pulled},
    found::Root,
    id::AccountId,
    keys::Seed,
    kind::Kind,
    rotate::{self, Former, RotateFault},
    seal::hazmat::{identity_text, parse_identities},
    spelling::{base64url, unbase64url},
};

use crate::{
    act::Act,
    known::{self, known},
    text::rotation as words,
};

/// Settings of the vault: the identity that takes over, its join, the account that is to be named no longer, the secrets of former keys.
const NEXT: &str = "rotation.next";
const JOIN: &str = "rotation.join";
const FORMER: &str = "rotation.former";
const PAST: &str = "keys.past";
/// The identities of before, one a line, the oldest first.
const BEFORE: &str = "rotation.before";
/// Letters of one of them at one go.
const LETTERS: usize = 64;
/// Tries to become the one who sends, a third of a second each.
const TRIES: usize = 30;

/// How far the exchange has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Step {
    /// No exchange is under way.
    #[default]
    None,
    /// The new keys are made; what the old ones have to say is not received yet.
    Announced,
    /// The new keys are in force here; the old ones are still named.
    Closing,
}

async fn setting(vault: &Vault, name: &str) -> Option<String> {
    vault
        .read_setting(name)
        .await
        .ok()
        .flatten()
        .filter(|text| !text.is_empty())
}

/// Where it stands.
pub async fn step(session: Session) -> Step {
    let Some(vault) = session.vault() else {
        return Step::None;
    };
    if setting(&vault, NEXT).await.is_some() {
        Step::Announced
    } else if setting(&vault, FORMER).await.is_some() {
        Step::Closing
    } else {
        Step::None
    }
}

/// The secrets of keys that this person held before.
pub async fn past(session: Session) -> Vec<Seed> {
    let Some(vault) = session.vault() else { return vec![] };
    let text = setting(&vault, PAST).await.unwrap_or_default();
    parse_identities(&text).unwrap_or_default()
}

fn lines(keys: &[Seed]) -> String {
    let lines: Vec<String> = keys.iter().map(|key| identity_text(key).to_string()).collect();
    lines.join("\n")
}

/// Keeps the keys of a key file beside those that are known; gives back how many are new.
///
/// # Errors
/// In words, when the text is no key file.
pub async fn take_in(session: Session, file: &str) -> Result<usize, String> {
    let read = parse_identities(file).ok_or(words::NOT_A_FILE)?;
    let own = session
        .identity
        .with_untracked(|who| who.as_ref().map(|who| who.account().age_secret().clone()));
    let mut keys = past(session).await;
    let before = keys.len();
    for key in read {
        if Some(&key) != own.as_ref() && !keys.contains(&key) {
            keys.push(key);
        }
    }
    let vault = session.vault().ok_or(words::NOT_A_FILE)?;
    let change = Change::setting(PAST, &lines(&keys));
    vault.commit(change).await.map_err(|fault| fault.words().to_owned())?;
    known::read(session).await;
    Ok(keys.len() - before)
}

/// Opens, with the keys of before, rows that the present ones do not open; those that were opened are stored so.
pub async fn open_past(session: Session, pulled: &mut [Pulled]) {
    let keys = past(session).await;
    let (Some(vault), false) = (session.vault(), keys.is_empty()) else {
        return;
    };
    let mut change = Change::none();
    let mut opened = false;
    for row in pulled {
        if row.open_with(&keys) {
            change = change.and(Change::pulled(row));
            opened = true;
        }
    }
    if opened {
        // They are shown in any case; at worst they are opened once more at the next start.
        drop(vault.commit(change).await);
    }
}

/// Makes new keys and announces them; `leaver` is another holder who leaves.
///
/// # Errors
/// In words: then nothing was changed.
pub async fn begin(session: Session, root: &Root, leaver: Option<AccountId>) -> Result<(), String> {
    let stuck = |row: &OutRow| matches!(row.state, OutState::NeedsALook(_));
    if step(session).await != Step::None {
        return Err(words::UNDER_WAY.to_owned());
    }
    if session.outbox.with_untracked(|rows| rows.iter().any(stuck)) {
        return Err(words::STUCK.to_owned());
    }
    let mut act = Act::begin(session).await?;
    let leaves = known().with_untracked(|known| known.office.set_leaves(&act.who));
    let made = rotate::prepare(root, &mut act.who, leaver.as_ref(), &leaves, act.now, &mut act.rnd);
    let made = made.map_err(|fault| match fault {
        RotateFault::NoRoom => words::NO_ROOM,
        RotateFault::NotOurs => words::NOT_OURS,
    })?;
    act.set(NEXT, &base64url(&made.next.encode()));
    act.set(JOIN, &base64url(&OutRow::new(made.join).encode()));
    made.ops.into_iter().for_each(|op| act.send(op));
    act.done(session).await
}

/// Takes the next step, when it can be taken.
pub fn go_on(session: Session) {
    if session.role.get_untracked() == Role::Secretary {
        spawn_local(async move {
            if exchange(session).await.is_some() {
                known::read(session).await;
                app::sending::wake();
            }
        });
    }
}

async fn exchange(session: Session) -> Option<()> {
    match step(session).await {
        Step::None => bring_back(session).await,
        Step::Announced => take_over(session).await,
        Step::Closing => close(session).await,
    }
}

/// Nobody sends meanwhile: an answer to the old identity must not be read by the new one.
async fn quiet(vault: &Vault) -> Option<SendLock> {
    for _ in 0..TRIES {
        if let Some(lock) = vault.sender_lock().await {
            return Some(lock);
        }
    }
    None
}

async fn take_over(session: Session) -> Option<()> {
    let vault = session.vault()?;
    let _sender = quiet(&vault).await?;
    session.settle_down().await.ok()?;
    let next = unbase64url(&setting(&vault, NEXT).await?)?;
    let next = Identity::decode(&next).ok()?;
    let join = OutRow::decode(&unbase64url(&setting(&vault, JOIN).await?)?).ok()?;
    let former = session.identity.get_untracked()?;
    let done = Change::setting(NEXT, "").and(Change::setting(JOIN, ""));
    if former.account_id() == next.account_id() {
        // Killed behind the last step.
        return vault.commit(done).await.ok().map(drop);
    }
    if session.outbox.with_untracked(|rows| !rows.is_empty()) {
        return None;
    }
    let (kept, _) = vault.read_ops().await.ok()?;
    let mut keys = past(session).await;
    if !keys.contains(former.account().age_secret()) {
        keys.push(former.account().age_secret().clone());
    }
    let mut before = setting(&vault, BEFORE).await.unwrap_or_default();
    before += &base64url(&former.encode());
    before.push('\n');
    let rows = rotate::handed_on(&kept, &former);
    let change = rows.iter().map(Change::pulled).fold(Change::none(), Change::and);
    let change = change
        .and(Change::mail(&Mail::default()))
        .and(Change::setting(PAST, &lines(&keys)))
        .and(Change::setting(BEFORE, &before))
        .and(Change::setting(FORMER, &former.account_id().to_string()));
    vault.commit(change).await.ok()?;
    if session.outbox.with_untracked(|rows| !rows.is_empty()) {
        return None;
    }
    session.kept.set(vec![]);
    session.introduce(next, join.out, None).await.ok()?;
    vault.commit(done).await.ok().map(drop)
}

async fn close(session: Session) -> Option<()> {
    let vault = session.vault()?;
    let _sender = quiet(&vault).await?;
    let former: AccountId = setting(&vault, FORMER).await?.parse().ok()?;
    let who = session.identity.get_untracked()?;
    let ready = who.account_id() != former
        && who.standing() == Standing::Active
        && session.outbox.with_untracked(Vec::is_empty);
    let root = crate::screen::keys::root_here(session).await?;
    if !ready {
        return None;
    }
    let mut act = Act::begin(session).await.ok()?;
    let leaves = known().with_untracked(|known| known.office.set_leaves(&act.who));
    let out = root.drop_secretary(&mut act.who, &former, &leaves, &mut act.rnd);
    out.into_iter().for_each(|out| act.send(out));
    act.set(FORMER, "");
    act.done(session).await.ok()
}

/// An endpoint that was restored from a backup of before the exchange refuses the new keys' join: the former ones bring what they had said, the
/// invite among it.
async fn bring_back(session: Session) -> Option<()> {
    let refused =
        |row: &OutRow| row.out.kind() == Some(Kind::Join) && row.state == OutState::Later(Code::InviteUnknown);
    if !session.outbox.with_untracked(|rows| rows.iter().any(refused)) {
        return None;
    }
    let vault = session.vault()?;
    let before = setting(&vault, BEFORE).await?;
    let _sender = quiet(&vault).await?;
    let (_, pulled) = vault.read_ops().await.ok()?;
    let config = session.config.get_untracked();
    for line in before.lines() {
        let mut former = Former::of(Identity::decode(&unbase64url(line)?).ok()?, &pulled);
        for _ in 0..LETTERS {
            let posting = former.letter(&mut Browser);
            let Reached::Answer { status, body } = net::post_letter(&config, posting.bytes.clone()).await else {
                return None;
            };
            if !former.take(&posting, (status, &body), &mut Browser) {
                break;
            }
        }
    }
    Some(())
}
