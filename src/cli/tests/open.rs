//! `lylich open` as a person runs it: sealed dossiers come back field for field, and whatever is wrong is said with its remedy.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use rules::record::{Record, Tree};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use sync::answer::{Author, Row};
use sync::body::{Consent, Join};
use sync::client::{self, Identity, Outgoing};
use sync::draft::Draft;
use sync::export::Export;
use sync::found::{FoundingInvite, Plan, Root, age_identity_file, found};
use sync::id::RecordId;
use sync::keys::{EndpointKeys, Seed};
use sync::kind::{Class, Kind, Role};
use sync::op::RawOp;
use sync::{Now, Random};

const NOW: Now = Now { wall_s: 1_795_244_520 };

/// Bytes that follow from a number.
struct Counting(u64);

impl Random for Counting {
    fn fill(&mut self, out: &mut [u8]) {
        for chunk in out.chunks_mut(32) {
            self.0 += 1;
            let bytes = sync::hash::digest("test", &[&self.0.to_be_bytes()]);
            chunk.copy_from_slice(&bytes[..chunk.len()]);
        }
    }
}

/// A branch, and what it received, as an endpoint would export it.
struct Branch {
    founder: Identity,
    root: Root,
    /// Keys that the founder held before.
    former: Vec<Seed>,
    export: Export,
    rnd: Counting,
}

impl Branch {
    fn new(seed: u64) -> Self {
        let mut rnd = Counting(seed << 32);
        let keys = EndpointKeys::draw(&mut rnd);
        let invite = FoundingInvite {
            code: [7; 16],
            endpoint_sign: keys.sign_pub(),
            endpoint_age: keys.age_pub(),
        };
        let plan = Plan {
            name: "Chi bộ thử",
            class: Class::C2,
            single_secretary: true,
        };
        let (root, founder, outs) = found(&invite, &plan, &mut rnd);
        let export = Export {
            branch: founder.branch_id(),
            made: NOW.wall_s,
            authors: vec![],
            rows: vec![],
        };
        let mut branch = Self {
            founder,
            root,
            former: vec![],
            export,
            rnd,
        };
        branch.receive(&outs);
        branch
    }

    fn receive(&mut self, outs: &[Outgoing]) {
        for out in outs {
            let raw: RawOp = sync::shape::whole(&out.bytes).unwrap();
            if out.kind() == Some(Kind::Join) {
                let Join {
                    device_pub,
                    age_pub,
                    sign_pub,
                    certificate,
                    ..
                } = sync::shape::whole(&raw.body).unwrap();
                self.export.authors.push(Author {
                    device_pub,
                    age_pub,
                    sign_pub,
                    certificate,
                });
            }
            let server_seq = self.export.rows.len() as u64 + 1;
            let row = Row {
                server_seq,
                header: raw.header,
                sig: raw.sig,
                body: Some(raw.body),
                server_time: NOW.wall_s,
                state: None,
            };
            self.export.rows.push(row);
        }
    }

    fn member(&mut self, role: Role) -> Identity {
        let invitation = client::Invitation {
            role,
            account: None,
            guardian: false,
        };
        let (link, invite) = client::invite(&mut self.founder, &invitation, NOW, &mut self.rnd).unwrap();
        let consent = Consent {
            text: 1,
            class: Class::C2,
            under16: false,
            guardian: false,
            withdrawn: false,
        };
        let (who, join) = client::enrol(&link, &consent, NOW, &mut self.rnd).unwrap();
        self.receive(&[invite, join]);
        who
    }

    fn hand_in(&mut self, who: &mut Identity, draft: &mut Draft) {
        let out = client::hand_in(who, draft, &[], "rules 1", "10/11/2026", NOW, &mut self.rnd).unwrap();
        draft.was_handed_in(out.op_id);
        self.receive(&[out]);
    }

    /// The founder's keys are replaced, as once a year.
    fn rotate(&mut self) {
        let (root, rnd) = (self.root.clone(), &mut self.rnd);
        let made = sync::rotate::prepare(&root, &mut self.founder, None, &[], NOW, rnd).unwrap();
        self.receive(&made.ops);
        self.receive(&[made.join]);
        let former = std::mem::replace(&mut self.founder, made.next);
        let out = root.drop_secretary(&mut self.founder, &former.account_id(), &[], &mut self.rnd);
        self.receive(&[out.unwrap()]);
        self.former.push(former.account().age_secret().clone());
    }

    /// Key file, export, and a folder for results.
    fn files(&self) -> (tempfile::TempDir, PathBuf, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let (key, export) = (
            folder.path().join("secretary.key"),
            folder.path().join("received.lylich"),
        );
        std::fs::write(&key, age_identity_file(&self.founder, &self.former).as_bytes()).unwrap();
        std::fs::write(&export, self.export.encode()).unwrap();
        (folder, key, export)
    }
}

fn people() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/people");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| {
        path.extension().is_some_and(|end| end == "json") && !path.to_string_lossy().contains("findings")
    });
    files.sort();
    assert!(files.len() >= 4);
    files
        .iter()
        .map(|path| serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
        .collect()
}

fn tree(json: &Value) -> Tree<'_> {
    serde::Deserialize::deserialize(json).unwrap()
}

fn draft_of(person: &Value, rnd: &mut Counting) -> Draft {
    let mut draft = Draft::new(RecordId::draw(rnd), "2-KNĐ/2025");
    draft.fields = Record::from_dossier(&tree(person)).unwrap().record.into_fields();
    draft.touched();
    draft
}

fn open(words: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lylich"))
        .arg("open")
        .args(words)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn results(folder: &Path) -> Vec<Value> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
        .iter()
        .map(|path| serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
        .collect()
}

#[test]
fn each_dossier_comes_back_field_for_field() {
    let mut branch = Branch::new(1);
    for person in people() {
        let mut who = branch.member(Role::Candidate);
        let mut draft = draft_of(&person, &mut branch.rnd);
        let sealed_before = branch.export.rows.len();
        branch.hand_in(&mut who, &mut draft);
        let size = branch.export.rows[sealed_before].body.as_ref().unwrap().len();
        assert!(size < 8_192, "one dossier is one small letter: {size} bytes");
        let (folder, key, export) = branch.files();
        let out = folder.path().join("opened");
        let output = open(&[Path::new("--key"), &key, &export, Path::new("--out"), &out]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let record = draft.record_id.to_string();
        let opened = results(&out)
            .into_iter()
            .find(|one| one["id"] == record.as_str())
            .unwrap();
        let again = Record::from_dossier(&tree(&opened)).unwrap().record;
        let expected = Record::from_fields(draft.fields.clone()).to_dossier_entries(rules::form::lylich());
        assert_eq!(opened["entries"], serde_json::to_value(&expected).unwrap());
        assert_eq!(again.to_dossier_entries(rules::form::lylich()), expected);
        assert_eq!(opened["received"]["declared"], "10/11/2026");
    }
}

#[test]
fn the_newest_version_is_given_and_every_one_on_request() {
    let mut branch = Branch::new(2);
    let mut who = branch.member(Role::Candidate);
    let mut draft = draft_of(&people()[0], &mut branch.rnd);
    branch.hand_in(&mut who, &mut draft);
    draft.set("religion", "đã sửa");
    branch.hand_in(&mut who, &mut draft);
    let (folder, key, export) = branch.files();
    for (all, count) in [(false, 1), (true, 2)] {
        let out = folder.path().join(format!("opened-{count}"));
        let mut words = vec![Path::new("--key"), &key, &export, Path::new("--out"), out.as_path()];
        if all {
            words.push(Path::new("--all"));
        }
        assert_eq!(open(&words).status.code(), Some(0));
        let found = results(&out);
        assert_eq!(found.len(), count);
        assert_eq!(found.last().unwrap()["entries"]["religion"], "đã sửa");
    }
    let screen = open(&[Path::new("--key"), &key, &export]);
    let printed: Value = serde_json::from_slice(&screen.stdout).unwrap();
    assert_eq!(printed["entries"]["religion"], "đã sửa");
}

#[test]
fn a_mentors_note_is_opened_too() {
    let mut branch = Branch::new(3);
    let mut who = branch.member(Role::Mentor);
    let mut draft = Draft::new(RecordId::draw(&mut branch.rnd), "note/1");
    draft.set("date", "12-1-2026");
    let note = client::note(&mut who, &draft, None, NOW, &mut branch.rnd).unwrap();
    draft.set("date", "13-1-2026");
    let better = client::note(&mut who, &draft, Some(note.op_id), NOW, &mut branch.rnd).unwrap();
    branch.receive(&[note.clone(), better]);
    let (folder, key, export) = branch.files();
    let out = folder.path().join("opened");
    assert_eq!(
        open(&[Path::new("--key"), &key, &export, Path::new("--out"), &out])
            .status
            .code(),
        Some(0)
    );
    let found = results(&out);
    assert_eq!(found.len(), 2, "a correction stands beside the note it corrects");
    assert!(
        found
            .iter()
            .any(|one| one["received"]["corrects"] == note.op_id.to_string().as_str())
    );
}

#[test]
fn what_is_not_confirmed_is_left_out_and_named() {
    let mut branch = Branch::new(4);
    let (mut who, mut other) = (branch.member(Role::Candidate), branch.member(Role::Candidate));
    let mut draft = draft_of(&people()[0], &mut branch.rnd);
    branch.hand_in(&mut who, &mut draft);
    let mut second = draft_of(&people()[1], &mut branch.rnd);
    branch.hand_in(&mut other, &mut second);
    let rows = branch.export.rows.len();
    let (one, two) = (
        branch.export.rows[rows - 2].clone(),
        branch.export.rows[rows - 1].clone(),
    );
    // The first body under the second header: signed by somebody who never wrote it.
    branch.export.rows[rows - 1] = Row { body: one.body, ..two };
    let (folder, key, export) = branch.files();
    let out = folder.path().join("opened");
    let output = open(&[Path::new("--key"), &key, &export, Path::new("--out"), &out]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).contains("Chưa xác nhận được người ghi"),
        "{}",
        said(&output)
    );
    assert_eq!(results(&out).len(), 1);
    assert_eq!(results(&out)[0]["id"], draft.record_id.to_string().as_str());
}

#[test]
fn each_fault_of_a_file_is_said_with_its_remedy() {
    let mut branch = Branch::new(5);
    let mut who = branch.member(Role::Candidate);
    let mut draft = draft_of(&people()[0], &mut branch.rnd);
    branch.hand_in(&mut who, &mut draft);
    let (folder, key, export) = branch.files();
    let other = age_identity_file(&Branch::new(6).founder, &[]).to_string();
    let unnamed = other
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect::<Vec<_>>()
        .join("\n");
    let bytes = std::fs::read(&export).unwrap();
    let mut damaged = bytes.clone();
    damaged[bytes.len() / 2] ^= 1;
    let write = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let (other_key, unnamed_key) = (
        write("other.key", other.as_bytes()),
        write("unnamed.key", unnamed.as_bytes()),
    );
    let no_key = write("no.key", b"# nothing\n");
    let (damaged, cut) = (write("damaged", &damaged), write("cut", &bytes[..bytes.len() - 1]));
    let text = write("text", b"{}");
    let missing = folder.path().join("missing");
    for (key, export, expected) in [
        (&other_key, &export, "của chi bộ"),
        (&unnamed_key, &export, "khoá này không mở được bản nào"),
        (&no_key, &export, "không phải tệp khoá"),
        (&key, &damaged, "bị hỏng hoặc thiếu"),
        (&key, &cut, "bị hỏng hoặc thiếu"),
        (&key, &text, "không phải tệp xuất"),
        (&key, &missing, "không đọc được tệp"),
        (&missing, &export, "không đọc được tệp"),
    ] {
        let output = open(&[Path::new("--key"), key, export]);
        assert_eq!(output.status.code(), Some(2), "{expected}");
        assert!(said(&output).contains(expected), "{}", said(&output));
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn dossiers_sealed_before_between_and_after_new_keys_are_opened_with_one_file() {
    let mut branch = Branch::new(11);
    let mut who = branch.member(Role::Candidate);
    for n in 0..3 {
        let mut draft = Draft::new(RecordId::draw(&mut branch.rnd), "2-KNĐ/2025");
        draft.set("birth_name", &format!("LẦN {n}"));
        branch.hand_in(&mut who, &mut draft);
        branch.rotate();
        assert_ne!(
            who.branch().readers,
            branch.founder.branch().readers,
            "the phone does not know yet"
        );
        let sets = branch
            .export
            .rows
            .iter()
            .filter_map(|row| sync::shape::whole(row.body.as_ref()?).ok());
        for signed in sets.collect::<Vec<sync::branch::SignedSet>>() {
            who.take_set(&signed);
        }
    }
    let (folder, key, export) = branch.files();
    assert_eq!(
        std::fs::read_to_string(&key)
            .unwrap()
            .matches("AGE-SECRET-KEY-1")
            .count(),
        4
    );
    let out = folder.path().join("out");
    let output = open(&[Path::new("--key"), &key, &export, Path::new("--out"), &out]);
    assert!(output.status.success(), "{}", said(&output));
    let mut names: Vec<String> = results(&out)
        .iter()
        .map(|dossier| dossier["entries"]["birth_name"].as_str().unwrap().to_owned())
        .collect();
    names.sort();
    assert_eq!(names, ["LẦN 0", "LẦN 1", "LẦN 2"]);

    // With the last key alone nothing of that opens, and it is said.
    branch.former.clear();
    let (_folder, key, export) = branch.files();
    let output = open(&[Path::new("--key"), &key, &export]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
}
