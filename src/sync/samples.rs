//! One kept sample of every shape that is stored or sent, as the first release made it. They are read for ever: a change of shape is a
//! new sample beside the old one, never an edit.
//!
//! All people and words in them are invented; the keys were made for these files and belong to nobody.

use crate::answer::{Answer, Standing};
use crate::backup::{Backup, Content, Row};
use crate::client::{Identity, KeptOp, Mail, OutRow, OutState};
use crate::draft::Draft;
use crate::export::Export;
use crate::found::FoundingInvite;
use crate::kind::{Class, Kind, Role};
use crate::letter::Letter;
use crate::link::Link;
use crate::op::Op;
use crate::seal::hazmat::parse_identities;
use crate::seal::safe;
use crate::{reader, shape};

macro_rules! sample {
    ($name:literal) => {
        include_str!(concat!("samples/", $name)).trim()
    };
}

fn bytes(hex: &str) -> Vec<u8> {
    let one_line: String = hex.split_whitespace().collect();
    data_encoding::HEXLOWER.decode(one_line.as_bytes()).unwrap()
}

const NAME: &str = "HẠNG A NẾNH";

fn identity() -> Identity {
    Identity::decode(&bytes(sample!("identity-1.hex"))).unwrap()
}

#[test]
fn the_enrolment_link_of_format_1_is_read() {
    let link = Link::parse(sample!("link-1.txt")).unwrap();
    assert_eq!(
        (link.role, link.set.class, link.set.name.as_str()),
        (Role::Candidate, Class::C2, "Chi bộ thử")
    );
    assert_eq!(link.show("https://lylich.example"), sample!("link-1.txt"));
    assert_eq!(link.set.branch(), identity().branch_id());
}

#[test]
fn the_founding_line_of_format_1_is_read() {
    let invite = FoundingInvite::parse(sample!("founding-1.txt")).unwrap();
    assert_eq!(invite.show(), sample!("founding-1.txt"));
}

#[test]
fn the_vaults_rows_of_format_1_are_read() {
    let who = identity();
    assert_eq!(
        (who.role(), who.standing(), who.class(), who.device_seq()),
        (Role::Candidate, Standing::Active, Class::C2, 2)
    );
    assert_eq!(who.encode().as_slice(), bytes(sample!("identity-1.hex")));
    let draft = Draft::decode(&bytes(sample!("draft-1.hex"))).unwrap();
    assert_eq!(
        (draft.form.as_str(), draft.fields["birth_name"].as_str(), draft.dirty),
        ("2-KNĐ/2025", NAME, true)
    );
    assert_eq!(draft.encode(), bytes(sample!("draft-1.hex")));
    let row = OutRow::decode(&bytes(sample!("out-row-1.hex"))).unwrap();
    assert_eq!((row.state, row.out.kind()), (OutState::SentUnknown, Some(Kind::HandIn)));
    assert_eq!(row.encode(), bytes(sample!("out-row-1.hex")));
    let kept = KeptOp::decode(&bytes(sample!("kept-op-1.hex"))).unwrap();
    assert!(kept.first.verify(&who.endpoint(), &kept.out.op_id, &kept.out.op_hash));
    assert_eq!(kept.encode(), bytes(sample!("kept-op-1.hex")));
    let mail = Mail::decode(&bytes(sample!("mail-1.hex"))).unwrap();
    assert_eq!((mail.epoch, mail.cursor, mail.ask.len()), (Some(kept.confirmed), 5, 1));
    assert_eq!(mail.encode(), bytes(sample!("mail-1.hex")));
}

#[test]
fn a_sealed_hand_in_of_format_1_is_opened() {
    let who = identity();
    let row = OutRow::decode(&bytes(sample!("out-row-1.hex"))).unwrap();
    let op = Op::read(&row.out.bytes).unwrap();
    assert!(op.verify(&who.device_keys().public()));
    assert_eq!(op.hash(), row.out.op_hash);
    let plain = safe::open(op.body(), who.account().age_secret()).unwrap();
    assert!(plain.agrees_with(op.header()));
    assert_eq!(
        (plain.fields["birth_name"].as_str(), plain.declared.as_deref()),
        (NAME, Some("21/11/2026"))
    );
}

#[test]
fn a_letter_and_its_answer_of_protocol_1_are_read() {
    let who = identity();
    let (letter, signed) = Letter::read(&bytes(sample!("letter-1.hex"))).unwrap();
    assert!(signed.is_from(&who.device_keys().public(), &who.endpoint()));
    assert_eq!(
        (letter.ops.len(), letter.probes.len(), letter.branch),
        (1, 0, who.branch_id())
    );
    assert_eq!(shape::encode(&letter), signed.inner);
    let answer = Answer::open(&bytes(sample!("answer-1.hex")), &who.endpoint(), &letter.letter_id).unwrap();
    let op = Op::read(&shape::encode(&letter.ops[0])).unwrap();
    let receipt = answer.ops[0].receipt.unwrap();
    assert!(receipt.verify(&who.endpoint(), &op.header().op_id, &op.hash()));
    assert_eq!(answer.standing, (Some(Role::Candidate), Standing::Active));
}

#[test]
fn an_export_of_type_4_is_opened_with_the_secretarys_key_file() {
    let export = Export::decode(&bytes(sample!("export-1.hex"))).unwrap();
    assert_eq!(export.encode(), bytes(sample!("export-1.hex")));
    let secrets = parse_identities(sample!("secretary-1.key")).unwrap();
    let pieces = reader::open(&export, &secrets);
    assert_eq!(pieces.len(), 1);
    assert_eq!(pieces[0].doubt, None);
    assert_eq!(pieces[0].plain.as_ref().unwrap().fields["birth_name"], NAME);
}

#[test]
fn the_backup_file_of_format_1_is_read() {
    let row = |store: &str, bytes: &[u8]| Row {
        store: store.into(),
        key: "k1".into(),
        bytes: bytes.into(),
    };
    let content = Content {
        vault_id: [7; 16],
        slots: vec![row("slots", &[1, 2])],
        rows: vec![row("meta", &[3])],
    };
    let backup = Backup::new(content, 1_795_244_520);
    let file = bytes(sample!("backup-1.hex"));
    assert_eq!(
        data_encoding::HEXLOWER.encode(&backup.encode()),
        data_encoding::HEXLOWER.encode(&file)
    );
    assert_eq!(Backup::decode(&file), Ok(backup));
}
