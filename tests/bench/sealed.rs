//! How many bytes a dossier costs on its way: each example, sealed and signed as one letter, beside the gzip of its file.
//!
//! The seal holds a deflated tree of answers, the stanzas for the branch's key and the writer's own, and padding to 128. Run:
//! `cargo xtask bench`.

use std::{fs, process::Command};

use harness::place;
use rules::record::Record;
use sync::body::Consent;
use sync::client::{self, Mail, OutRow};
use sync::draft::Draft;
use sync::found::{FoundingInvite, Plan, found};
use sync::id::RecordId;
use sync::keys::EndpointKeys;
use sync::kind::{Class, Role};
use sync::{Now, Random};

/// Repeats itself: the sizes are the same each time.
struct Counting(u64);

impl Random for Counting {
    fn fill(&mut self, out: &mut [u8]) {
        for byte in out {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            *byte = (self.0 >> 33) as u8;
        }
    }
}

fn main() {
    // `cargo test --all-targets` starts benches, too, and wants no figures.
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    let mut rnd = Counting(1);
    let now = Now { wall_s: 1_795_000_000 };
    let keys = EndpointKeys::draw(&mut rnd);
    let invite = FoundingInvite {
        code: [1; 16],
        endpoint_sign: keys.sign_pub(),
        endpoint_age: keys.age_pub(),
    };
    let plan = Plan {
        name: "Chi bộ thử",
        class: Class::C2,
        single_secretary: true,
    };
    let (_, mut founder, _) = found(&invite, &plan, &mut rnd);
    let invitation = client::Invitation {
        role: Role::Candidate,
        account: None,
        guardian: false,
    };
    let (link, _) = client::invite(&mut founder, &invitation, now, &mut rnd).expect("a secretary");
    let agreed = Consent {
        text: 1,
        class: Class::C2,
        under16: false,
        guardian: false,
        withdrawn: false,
    };
    let mut files: Vec<_> = fs::read_dir(place::root().join("tests/people"))
        .expect("the examples")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".json") && !path.to_string_lossy().contains("findings"))
        .collect();
    files.sort();
    for file in files {
        let text = fs::read_to_string(&file).expect("an example");
        let value = serde_json::from_str(&text).expect("JSON");
        let dossier = Record::from_dossier(&value).expect("a dossier");
        let gzip = Command::new("gzip")
            .args(["-9", "-c"])
            .arg(&file)
            .output()
            .expect("gzip");
        let (mut who, _) = client::enrol(&link, &agreed, now, &mut rnd).expect("a phone");
        let mut draft = Draft::new(RecordId::draw(&mut rnd), "2-KNĐ/2025");
        for (path, answer) in dossier.record.fields() {
            draft.set(path, answer);
        }
        let out = client::hand_in(&mut who, &draft, &[], "rules 1", "10/11/2026", now, &mut rnd).expect("a hand-in");
        let op = out.bytes.len();
        let letter = client::letter(&who, &[OutRow::new(out)], &Mail::default(), 65_536, &mut rnd);
        println!(
            "{}: {} answers, file {} B, gzip {} B, sealed and signed {op} B, as a letter {} B ({:.2} × gzip)",
            file.file_name().unwrap_or_default().to_string_lossy(),
            draft.fields.len(),
            text.len(),
            gzip.stdout.len(),
            letter.bytes.len(),
            letter.bytes.len() as f64 / gzip.stdout.len() as f64
        );
        assert!(
            letter.bytes.len() < gzip.stdout.len() * 3 / 2,
            "the seal costs less than half of what it holds"
        );
    }
}
