//! Serving an account's sealed keys to a new phone (sync protocol §9, lost phone).
//!
//! Invariant: asked under an unused invite to that very account; unknown, used and expired invites, forged questions and accounts
//! without an escrow are all refused alike. The invite is not used up by asking. Not here: opening it, which needs the printed code.

use super::refusal::Refusal;
use super::session::Stop;
use super::store::Store;
use crate::Now;
use crate::body::keyed_record;
use crate::client::EscrowAsk;
use crate::keys;
use crate::kind::Kind;
use crate::letter::PROTO;
use crate::op::RawOp;
use crate::shape;

/// The escrow op that the question is about.
pub(super) fn serve(store: &mut dyn Store, bytes: &[u8], now: Now) -> Result<Vec<u8>, Stop> {
    let ask: EscrowAsk = shape::strict(bytes).map_err(|_| Refusal::BadRequest)?;
    if ask.proto != PROTO {
        return Err(Refusal::Upgrade.into());
    }
    store.begin()?;
    let found = find(store, &ask, now);
    store.rollback();
    Ok(found?.ok_or(Refusal::InviteSpent)?)
}

fn find(store: &mut dyn Store, ask: &EscrowAsk, now: Now) -> Result<Option<Vec<u8>>, Stop> {
    let Some(invite) = store.invite(&ask.invite)? else {
        return Ok(None);
    };
    let (Some(branch), Some(account)) = (invite.branch, invite.account) else {
        return Ok(None);
    };
    let usable = invite.used_by.is_none() && now.wall_s <= invite.expires;
    if !usable || !keys::asks(&invite.invite_pub, &branch, &ask.sig) {
        return Ok(None);
    }
    let record = keyed_record(Kind::Escrow, account.as_bytes());
    // Of several leaves any opens with its own sheet; the newest is the one whose sheet is at hand.
    let Some(leaf) = store.leaves(&record, super::session::MAX_LEAVES)?.pop() else {
        return Ok(None);
    };
    let row = store.op(&leaf)?.filter(|row| row.account == account);
    Ok(row.and_then(|row| {
        let (header, sig) = (row.header, row.sig);
        row.body.map(|body| shape::encode(&RawOp { header, sig, body }))
    }))
}
