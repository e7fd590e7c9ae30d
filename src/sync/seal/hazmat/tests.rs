//! Our reader and writer against the `age` crate, and against every changed byte.

use super::*;
use crate::keys::draw_seed;
use crate::seal::tests::Counting;
use age::{Decryptor, Encryptor};
use proptest::prelude::*;
use std::io::{Read, Write};

fn theirs_opens(sealed: &[u8], secret: &Seed) -> Vec<u8> {
    let identity: age::x25519::Identity = identity_text(secret).parse().unwrap();
    let mut plain = Vec::new();
    let decryptor = Decryptor::new(sealed).unwrap();
    decryptor
        .decrypt(std::iter::once(&identity as &dyn age::Identity))
        .unwrap()
        .read_to_end(&mut plain)
        .unwrap();
    plain
}

fn theirs_seals(plain: &[u8], recipients: &[AgePub]) -> Vec<u8> {
    let keys: Vec<age::x25519::Recipient> = recipients
        .iter()
        .map(|key| recipient_text(key).parse().unwrap())
        .collect();
    let encryptor = Encryptor::with_recipients(keys.iter().map(|key| key as &dyn age::Recipient)).unwrap();
    let mut sealed = Vec::new();
    let mut writer = encryptor.wrap_output(&mut sealed).unwrap();
    writer.write_all(plain).unwrap();
    writer.finish().unwrap();
    sealed
}

fn ours(plain: &[u8], recipients: &[AgePub]) -> Vec<u8> {
    encrypt(plain, recipients, &mut Counting(99)).unwrap()
}

fn three() -> [Seed; 3] {
    [1, 2, 3].map(|n| draw_seed(&mut Counting(n)))
}

/// Around the chunk's edge and beyond it.
const SIZES: [usize; 9] = [0, 1, 100, 5_000, 65_535, 65_536, 65_537, 131_072, 200_000];

fn text(size: usize) -> Vec<u8> {
    (0..size).map(|n| (n * 31 % 251) as u8).collect()
}

#[test]
fn the_age_crate_opens_what_we_seal_and_we_open_what_it_seals() {
    let [a, b, c] = three();
    for size in SIZES {
        let (plain, readers) = (text(size), [public(&a), public(&b)]);
        for secret in [&a, &b] {
            assert_eq!(theirs_opens(&ours(&plain, &readers), secret), plain, "{size}");
            assert_eq!(
                decrypt(&theirs_seals(&plain, &readers), secret, size)
                    .unwrap()
                    .as_slice(),
                plain,
                "{size}"
            );
            assert_eq!(
                decrypt(&ours(&plain, &readers), secret, size).unwrap().as_slice(),
                plain,
                "{size}"
            );
        }
        assert_eq!(decrypt(&ours(&plain, &readers), &c, size), Err(AgeFault::NotForThisKey));
    }
}

#[test]
fn nothing_longer_than_the_cap_is_given_out() {
    let [a, ..] = three();
    for size in SIZES.into_iter().filter(|size| *size > 0) {
        let sealed = ours(&text(size), &[public(&a)]);
        assert_eq!(decrypt(&sealed, &a, size - 1), Err(AgeFault::Damaged), "{size}");
    }
}

#[test]
fn the_seal_is_new_each_time_and_follows_from_its_randomness() {
    let [a, ..] = three();
    let seal = |seed| encrypt(b"text", &[public(&a)], &mut Counting(seed)).unwrap();
    assert_eq!(seal(1), seal(1));
    assert_ne!(seal(1), seal(2));
}

#[test]
fn a_key_of_small_order_is_an_error() {
    let mut one = [0; 32];
    one[0] = 1;
    for key in [AgePub([0; 32]), AgePub(one)] {
        assert_eq!(encrypt(b"x", &[key], &mut Counting(1)), Err(AgeFault::BadRecipient));
    }
    assert_eq!(encrypt(b"x", &[], &mut Counting(1)), Err(AgeFault::BadRecipient));
}

#[test]
fn every_changed_byte_and_every_cut_is_noticed() {
    let [a, b, _] = three();
    let sealed = ours(b"a short text", &[public(&a), public(&b)]);
    for at in 0..sealed.len() {
        for bit in [0, 5] {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1 << bit;
            assert!(decrypt(&damaged, &a, 1_000).is_err(), "byte {at}");
        }
        assert!(decrypt(&sealed[..at], &a, 1_000).is_err(), "cut at {at}");
    }
    let mut longer = sealed;
    longer.push(0);
    assert!(decrypt(&longer, &a, 1_000).is_err());
}

#[test]
fn a_file_cut_at_a_chunks_edge_or_with_chunks_swapped_does_not_open() {
    let [a, ..] = three();
    let sealed = ours(&text(200_000), &[public(&a)]);
    let start = sealed.len() - (200_000 + 4 * 16);
    let chunk = 65_536 + 16;
    assert!(decrypt(&sealed, &a, 200_000).is_ok());
    assert!(
        decrypt(&sealed[..start + chunk], &a, 200_000).is_err(),
        "the first chunk alone is not a file"
    );
    let mut swapped = sealed.clone();
    let (one, two) = swapped[start..].split_at_mut(chunk);
    one.swap_with_slice(&mut two[..chunk]);
    assert!(decrypt(&swapped, &a, 200_000).is_err());
}

#[test]
fn stanzas_of_other_kinds_are_skipped_and_malformed_ones_refused() {
    let [a, ..] = three();
    let sealed = theirs_seals(b"text", &[public(&a)]);
    let at = sealed.windows(4).position(|four| four == b"\n---").unwrap() + 1;
    // Another kind in front of the MAC: the MAC no longer fits, so the stanza is read and then the file refused as a whole.
    for (stanza, fault) in [
        ("-> some-other kind\nAAAA\n", AgeFault::Damaged),
        ("-> some-other kind\n\n", AgeFault::Damaged),
        ("-> some-other kind\nAAA=\n", AgeFault::Damaged),
        ("-> X25519 AAAA\nAAAA\n", AgeFault::Damaged),
    ] {
        let mut changed = sealed.clone();
        changed.splice(at..at, stanza.bytes());
        assert_eq!(decrypt(&changed, &a, 100), Err(fault), "{stanza}");
    }
    let [_, b, _] = three();
    let mut foreign = theirs_seals(b"text", &[public(&b)]);
    let at = foreign.windows(4).position(|four| four == b"\n---").unwrap() + 1;
    foreign.splice(at..at, b"-> some-other kind\nAAAA\n".iter().copied());
    assert_eq!(
        decrypt(&foreign, &a, 100),
        Err(AgeFault::NotForThisKey),
        "the other kind was passed over"
    );
}

#[test]
fn an_identity_file_is_read_as_the_age_tool_writes_it() {
    let secret = draw_seed(&mut Counting(1));
    let line = identity_text(&secret);
    let file = format!(
        "# created: 2026-11-21\n# public key: {}\n{}\n",
        recipient_text(&public(&secret)),
        *line
    );
    assert_eq!(parse_identities(&file), Some(vec![secret.clone()]));
    let parsed: age::x25519::Identity = line.parse().unwrap();
    assert_eq!(parsed.to_public().to_string(), recipient_text(&public(&secret)));
    for wrong in [
        "",
        "# nothing",
        "AGE-SECRET-KEY-1QQQQ",
        "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa",
    ] {
        assert_eq!(parse_identities(wrong), None, "{wrong:?}");
        if !wrong.is_empty() && !wrong.starts_with('#') {
            let behind = format!("{file}{wrong}\n");
            assert_eq!(parse_identities(&behind), None, "a line that is no key spoils the file");
        }
    }
    let other = draw_seed(&mut Counting(2));
    let both = format!("{file}# thôi dùng\n{}\n", *identity_text(&other));
    assert_eq!(parse_identities(&both), Some(vec![secret, other]));
}

proptest! {
    #![proptest_config(crate::seal::tests::cases(128))]

    #[test]
    fn any_bytes_are_read_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..400), after in any::<bool>()) {
        let [a, ..] = three();
        let mut file = if after { b"age-encryption.org/v1\n-> X25519 ".to_vec() } else { vec![] };
        file.extend(bytes);
        prop_assert!(decrypt(&file, &a, 1_000).is_err());
    }
}
