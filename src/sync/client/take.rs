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
    let mut held: Vec<OpId> = Vec::new();
    view.each(&mut |out| held.push(out.op_id));
    let mut rows = Vec::new();
    for row in &answered.rows {
        let Ok(mut op) = Op::from_parts(row.header.clone(), row.sig) else {
            continue;
        };
        let kind = Kind::from_number(op.header().kind);
        // Joins of one's own phones: with them each phone can bring a restored database back to what it was.
        let own_join = kind == Some(Kind::Join) && op.header().account == who.account_id();
        if !(own_join || kind.is_some_and(|kind| kind.is_read_by(who.role()))) || held.contains(&op.header().op_id) {
            continue;
        }
        if let Some(body) = &row.body {
            let Ok(whole) = op.attach(body.clone()) else { continue };
            op = whole;
        }
        if is_its_authors(&op, &who.branch_id(), &answered.authors) {
            rows.push(Pulled::new(&op, row));
        }
    }
    rows
}

/// Rows whose content an op among the new ones erased: their sealed copies go here too.
pub(super) fn erased(view: View<'_>, new: &[Pulled]) -> Vec<Pulled> {
    let mut rows = Vec::new();
    for erasure in new {
        let about = erasure.out.erases();
        let target = view.pulled.iter().find(|row| about == Some(row.out.op_id));
        rows.extend(target.and_then(Pulled::without_body));
    }
    rows
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
