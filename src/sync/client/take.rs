//! Rows that an answer brought: whose word they are (sync protocol §4, "A reader believes an op only if").
//!
//! Invariant: nothing is taken from the endpoint on trust: a row counts only when its signature, its device's certificate and its body's
//! hash fit. Whether its author has the role for it is asked when it is shown, because a card may come after it.

use super::{Answered, Identity, Pulled, View};
use crate::answer::Author;
use crate::id::{BranchId, OpId};
use crate::keys;
use crate::kind::Kind;
use crate::op::Op;

/// The rows to keep: of kinds that this phone reads, by the authors they name, not held yet.
pub(super) fn believed(who: &Identity, view: View<'_>, answered: &Answered) -> Vec<Pulled> {
    let own = view
        .outbox
        .iter()
        .map(|row| &row.out)
        .chain(view.kept.iter().map(|row| &row.out));
    let all = own.chain(view.pulled.iter().map(|row| &row.out));
    let held: Vec<OpId> = all.map(|out| out.op_id).collect();
    let rows = answered.rows.iter().filter_map(|row| {
        let op = Op::from_parts(row.header.clone(), row.sig).ok()?;
        let kind = Kind::from_number(op.header().kind)?;
        // Joins of one's own phones: with them each phone can bring a restored database back to what it was.
        let own_join = kind == Kind::Join && op.header().account == who.account_id();
        if !(kind.is_read() || own_join) || held.contains(&op.header().op_id) {
            return None;
        }
        let op = match &row.body {
            Some(body) => op.attach(body.clone()).ok()?,
            None => op,
        };
        is_its_authors(&op, &who.branch_id(), &answered.authors).then(|| Pulled::new(&op, row))
    });
    rows.collect()
}

/// Rows whose content an op among the new ones erased: their sealed copies go here too.
pub(super) fn erased(view: View<'_>, new: &[Pulled]) -> Vec<Pulled> {
    let erasures = new.iter().filter(|row| row.out.kind().is_some_and(Kind::erasable));
    let targets = erasures.filter_map(|row| row.out.read()?.header().about);
    let rows = targets.filter_map(|id| view.pulled.iter().find(|row| row.out.op_id == id && row.whole));
    rows.filter_map(Pulled::without_body).collect()
}

fn is_its_authors(op: &Op, branch: &BranchId, authors: &[Author]) -> bool {
    let header = op.header();
    let author = authors
        .iter()
        .find(|one| keys::device_id(&one.device_pub) == header.device);
    author.is_some_and(|author| {
        let account = keys::account_id(&author.age_pub, &author.sign_pub);
        account == header.account
            && header.branch == *branch
            && keys::certificate_fits(branch, &author.device_pub, &author.sign_pub, &author.certificate)
            && op.verify(&author.device_pub)
    })
}
