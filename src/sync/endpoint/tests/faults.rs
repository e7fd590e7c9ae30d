//! The n-th call of the store fails, and hostile bytes.

use crate::client::{self, Mail};
use crate::endpoint::StoreFault;
use crate::endpoint::world::{World, waiting};
use crate::kind::Role;
use proptest::prelude::*;

#[test]
fn whichever_call_of_the_store_fails_nothing_is_answered_and_nothing_remains() {
    for fault in [StoreFault::Busy, StoreFault::Full, StoreFault::Bug, StoreFault::Broken] {
        let mut w = World::new(true);
        let link = w.link(Role::Candidate);
        let (mut who, join) = client::enrol(&link, &crate::endpoint::world::AGREED, w.now, &mut w.rnd).unwrap();
        let draft = w.draft();
        let hand_in = client::hand_in(&mut who, &draft, &[], "r", "d", w.now, &mut w.rnd).unwrap();
        let posting = w.posting(&who, &waiting(&[join, hand_in]), &Mail::default());
        let before = (
            w.store.durable.ops.len(),
            w.store.durable.seq,
            w.store.durable.accounts.len(),
        );
        let mut n = 0;
        loop {
            n += 1;
            w.store.calls = 0;
            w.store.fail_on = Some((n, fault));
            let handled = w.handle(&posting.bytes);
            if handled.result.is_ok() {
                break;
            }
            assert_eq!(handled.broken, fault == StoreFault::Broken);
            let status = handled.result.unwrap_err().status();
            assert_eq!(
                status,
                match fault {
                    StoreFault::Busy => 503,
                    StoreFault::Full => 507,
                    StoreFault::Bug | StoreFault::Broken => 500,
                }
            );
            let after = (
                w.store.durable.ops.len(),
                w.store.durable.seq,
                w.store.durable.accounts.len(),
            );
            assert_eq!(after, before, "call {n}");
        }
        assert_eq!(w.store.failed, n - 1, "every fault fired");
        assert!(n > 30, "{n} calls");
        assert_eq!(w.store.durable.ops.len(), before.0 + 2);
    }
}

proptest! {
    #![proptest_config(crate::seal::tests::cases(64))]

    #[test]
    fn hostile_letters_are_refused_without_harm(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut in any::<prop::sample::Index>(), shorten in any::<bool>()) {
        let mut w = World::new(true);
        let who = w.founder.clone();
        let mut bytes = w.posting(&who, &[], &Mail::default()).bytes;
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if shorten {
            let cut = cut.index(bytes.len());
            bytes.truncate(cut);
        }
        let before = w.store.durable.seq;
        let _ = w.handle(&bytes);
        prop_assert_eq!(w.store.durable.seq, before);
    }

    #[test]
    fn any_bytes_are_no_letter(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let mut w = World::new(true);
        prop_assert!(w.handle(&bytes).result.is_err());
    }
}

#[test]
fn deep_and_lying_structures_are_refused() {
    let mut w = World::new(true);
    let mut deep = vec![0x81; 200_000];
    deep.push(0x00);
    let lying = [vec![0x82, 0x5b], vec![0xff; 8], vec![0; 100]].concat();
    let many = [vec![0x82, 0x9b], vec![0xff; 8]].concat();
    for (name, bytes) in [
        ("deep", deep),
        ("lying length", lying),
        ("lying count", many),
        ("too long", vec![0; 300 << 10]),
    ] {
        assert!(w.handle(&bytes).result.is_err(), "{name}");
    }
}
