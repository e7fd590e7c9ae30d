//! Inviting: a link for one person, tied to their paper, and the confirming of those who came by it.
//!
//! Invariant: a link is a secret: it is kept in this vault only, sealed, so that a sheet can be printed again; the paper of the person names
//! only which invite was theirs. Not here: drawing and printing (`screen::invite`).

use app::session::{Role, Session};
use sync::{
    body::{Card, CardState},
    client::{self, Invitation},
    draft::Draft,
    id::RecordId,
    spelling::hex,
};

use crate::{
    act::Act,
    cases::{CASE, INVITE},
    known::{Known, known},
    paper::KEEPS_KEY,
};

/// The setting of the vault that keeps the link of a paper.
pub fn link_of(record: RecordId) -> String {
    format!("link.{}", hex(record.as_bytes()))
}

/// Draws invites for the people of these papers, in one act. A guardian's written consent, where one was seen, is said for all.
///
/// # Errors
/// In words.
pub async fn invite(session: Session, papers: &[RecordId], guardian: bool) -> Result<(), String> {
    let host = app::net::here();
    let mut act = Act::begin(session).await?;
    let known = known().get_untracked();
    for record in papers {
        let Some(mut draft) = session.draft_now(*record) else {
            continue;
        };
        let account = draft
            .about
            .filter(|account| known.office.people.iter().any(|one| one.account == *account));
        let invitation = Invitation {
            role: role_of(&draft),
            account,
            guardian,
        };
        let (link, out) =
            client::invite(&mut act.who, &invitation, act.now, &mut act.rnd).map_err(|fault| fault.words())?;
        draft.set(
            INVITE,
            &hex(sync::keys::InviteKey::from_code(&link.code).id().as_bytes()),
        );
        act.set(&link_of(*record), &link.show(&host));
        act.send(out);
        act.keep(draft);
    }
    act.done(session).await
}

fn role_of(draft: &Draft) -> Role {
    let keeps_key = draft.fields.get(KEEPS_KEY).is_some_and(|answer| answer == "có");
    match draft.form.as_str() {
        CASE => Role::Candidate,
        _ if keeps_key => Role::Secretary,
        _ => Role::Mentor,
    }
}

/// Cards for those who came by an invite of a secretary and have none yet: the invite was the secretary's word for them.
pub fn to_confirm(known: &Known) -> Vec<Card> {
    let came = known.office.people.iter().filter(|one| !one.confirmed && !one.ended);
    came.filter_map(|one| {
        let invite = known
            .office
            .invites
            .iter()
            .find(|invite| Some(invite.id) == one.invite)?;
        let role = Some(invite.invite.role).filter(|role| *role != Role::Secretary)?;
        Some(Card {
            account: one.account,
            age_pub: one.age_pub,
            sign_pub: one.sign_pub,
            role,
            state: CardState::Active,
        })
    })
    .collect()
}
