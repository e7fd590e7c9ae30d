//! The main job told once, from the enrolment link to the opened dossier, with the network cut and the browser killed on the way.

use std::{collections::BTreeSet, path::Path, process::Command};

use harness::{Demo, Endpoint, Hunt, Phone, Wire, place, wait};
use serde_json::{Map, Value};

use crate::{door, fill};

/// Words of the dossier that must lie nowhere in clear.
const MARKERS: [&str; 12] = [
    "Hạng Chứ Páo",
    "Thào Thị Chía",
    "Vàng Nỏ Lếnh",
    "Sùng Thị Dua Mẩy",
    "Hạng A Tủa Sình",
    "Vàng Thị Sáy",
    "tham gia dân công mở đường",
    "sốt cao, viêm phổi",
    "đội thanh niên tình nguyện sửa đường bản",
    "kể chuyện Bác Hồ bằng tiếng Mông",
    "còn ngại nói trước đông người",
    "38 trên 41 phiếu",
];

/// A word that is planted on purpose, so that the search is known to find.
const CONTROL: &str = "Kiểm chứng Lò Văn Mẫu";

#[tokio::test]
async fn a_pupil_fills_offline_is_killed_in_a_word_and_the_branch_reads_every_field() {
    let entries = dossier("1-pupil-mong.json");
    let endpoint = Endpoint::start().await;
    let demo = Demo::found(&endpoint).await;
    let wire = Wire::to(endpoint.address()).await;
    let mut phone = Phone::new();

    // Enrol, once, with a network.
    let screen = phone.open(&demo.link(&wire.origin(), 1)).await;
    let key = door::new_vault(&screen, "Nếnh").await;
    door::agree(&screen).await;
    screen.offline_ready().await;
    wait::until("the registration has its receipt", || async {
        (!screen.text().await.contains("Đang chờ máy chủ")).then_some(())
    })
    .await;

    // No network from here on, for the page and for its service worker.
    let outage = wire.cut().await;
    phone.slow_down(2).await;
    let form = rules::form::lylich();
    let (last, before) = form.sections.split_last().expect("sections");
    let mut typed = 0;
    for section in before.iter().filter(|section| section.slug != "tu-nhan-xet") {
        typed += fill::section(&screen, section, &entries).await;
    }
    typed += fill::section(&screen, last, &entries).await;

    // Killed in the middle of a word.
    let section = form.section("tu-nhan-xet").expect("the section");
    let trust = entries["self_assessment.trust"].as_str().expect("a text");
    let half: String = trust.chars().take(29).collect();
    fill::open_section(&screen, section).await;
    let label = "Sự tín nhiệm của quần chúng và đảng viên";
    screen.fill(label, &half).await;
    screen.see_status("Đã lưu trên máy").await;
    assert_eq!(screen.value(label).await, half);
    assert!(phone.kill().await > 0, "the browser was running");

    let screen = phone.open(&wire.origin()).await;
    door::unlock(&screen, &key).await;
    fill::open_section(&screen, section).await;
    assert_eq!(screen.value(label).await, half, "the last letter is there");
    screen.press("Bản khai").await;
    typed += fill::section(&screen, section, &entries).await;
    assert!(typed > 250, "the whole dossier was filled in: {typed}");

    // Checked: what the rules library says of this dossier, no more.
    screen.press("Soát lại toàn bộ").await;
    screen.see("Không còn gì cần xem lại").await;
    harness::axe::assert_accessible(&screen, "the review").await;
    screen.press("Bản khai").await;

    // Handed in without a network: it waits, and says so.
    screen.press("Nộp cho chi bộ").await;
    screen.press("Nộp cho chi bộ").await;
    screen.see_status("Chờ mạng").await;
    assert!(outage.turned_away() > 0, "the phone tried");
    let (passed, turned_away) = outage.heal();
    assert_eq!(passed, 0, "nothing passed while the network was cut");
    assert!(turned_away > 0);
    // By hand, unless the pause has ended by itself.
    let by_hand = "[...document.querySelectorAll('button')].find((it) => it.innerText.trim() === 'Gửi ngay')?.click()";
    screen.run(by_hand, vec![]).await;
    let status = screen.see_status("Chi bộ đã nhận").await;
    assert!(status.contains("mã "), "{status}");

    // Opened with the branch's key: field for field what was typed.
    let opened = open(&endpoint, demo.key_file());
    assert_eq!(opened.len(), 1, "one hand-in");
    compare(&entries, opened[0]["entries"].as_object().expect("entries"));

    // Nothing in clear on the phone, on the wire, at the endpoint; and the search finds what is planted.
    assert_eq!(screen.faults().await, Vec::<String>::new());
    phone.close().await;
    let places = [phone.profile(), endpoint.data(), wire.capture()];
    let hunt = Hunt::new(MARKERS);
    hunt.under(&places).assert_clean("profile, endpoint and wire");
    std::fs::write(phone.profile().join("planted"), CONTROL).expect("planted");
    assert_eq!(Hunt::new([CONTROL]).under(&places).words(), [CONTROL]);
}

/// The entries of a file of `tests/people`.
pub fn dossier(name: &str) -> Map<String, Value> {
    let text = std::fs::read_to_string(place::people().join(name)).expect("the dossier");
    let file: Value = serde_json::from_str(&text).expect("JSON");
    file["entries"].as_object().expect("entries").clone()
}

/// What `lylich open` gives with this key file for the endpoint's export, every version, oldest first.
pub fn open(endpoint: &Endpoint, key: &Path) -> Vec<Value> {
    let folder = tempfile::tempdir().expect("a folder");
    let export = folder.path().join("received.lylich");
    run(
        &place::program("lylich-endpoint"),
        &["export", "--data", &shown(endpoint.data()), "--out", &shown(&export)],
    );
    let out = folder.path().join("opened");
    run(
        &place::program("lylich"),
        &[
            "open",
            "--all",
            "--key",
            &shown(key),
            &shown(&export),
            "--out",
            &shown(&out),
        ],
    );
    let files = std::fs::read_dir(&out)
        .expect("opened files")
        .map(|entry| entry.expect("an entry").path());
    let mut opened: Vec<Value> = files
        .map(|file| serde_json::from_slice(&std::fs::read(file).expect("a file")).expect("JSON"))
        .collect();
    opened.sort_by_key(|each| each["received"]["server_time"].as_u64());
    opened
}

/// Whether the endpoint's export holds nothing any more that `lylich open` could give.
pub fn open_none(endpoint: &Endpoint, key: &Path) -> bool {
    let folder = tempfile::tempdir().expect("a folder");
    let export = folder.path().join("received.lylich");
    run(
        &place::program("lylich-endpoint"),
        &["export", "--data", &shown(endpoint.data()), "--out", &shown(&export)],
    );
    let words = ["open", "--all", "--key", &shown(key), &shown(&export)];
    let out = Command::new(place::program("lylich")).args(words).output();
    out.expect("the program runs").stdout.is_empty()
}

fn run(program: &Path, words: &[&str]) {
    let out = Command::new(program).args(words).output().expect("the program runs");
    assert!(
        out.status.success(),
        "{} {words:?}: {}",
        program.display(),
        String::from_utf8_lossy(&out.stderr)
    );
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// What the form asks of the two must be equal; ids of persons are the app's own, blanks are not written.
pub fn compare(wanted: &Map<String, Value>, got: &Map<String, Value>) {
    let asked = |slug: &&String| !slug.starts_with("procedure.") && *slug != "notes" && *slug != "explanations";
    let slugs: BTreeSet<&String> = wanted.keys().chain(got.keys()).filter(asked).collect();
    let mut differences = Vec::new();
    for slug in slugs {
        let (want, have) = (
            plain(asked_parts(slug, wanted.get(slug)).as_ref()),
            plain(got.get(slug)),
        );
        if want != have {
            differences.push(format!("{slug}: {want} became {have}"));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// The parts of a place that the form has boxes for: the application's place has none for a former name.
fn asked_parts(slug: &str, value: Option<&Value>) -> Option<Value> {
    let parts = rules::form::field(rules::form::lylich(), slug).map_or(&[][..], |field| field.parts);
    let asked = |name: &str| parts.iter().any(|part| part.slug.split('.').next() == Some(name));
    match value {
        Some(Value::Object(all)) if !parts.is_empty() => Some(
            all.iter()
                .filter(|(name, _)| asked(name))
                .map(|(name, each)| (name.clone(), each.clone()))
                .collect::<Map<_, _>>()
                .into(),
        ),
        other => other.cloned(),
    }
}

fn plain(value: Option<&Value>) -> Value {
    match value {
        None | Some(Value::Null) => Value::Null,
        Some(Value::String(text)) if text.is_empty() => Value::Null,
        Some(Value::Array(all)) => {
            let all: Vec<Value> = all
                .iter()
                .map(|each| plain(Some(each)))
                .filter(|each| !each.is_null())
                .collect();
            if all.is_empty() { Value::Null } else { Value::Array(all) }
        }
        Some(Value::Object(all)) => {
            let kept = all
                .iter()
                .filter(|(name, _)| *name != "id")
                .map(|(name, each)| (name.clone(), plain(Some(each))));
            let kept: std::collections::BTreeMap<String, Value> = kept.filter(|(_, each)| !each.is_null()).collect();
            if kept.is_empty() {
                Value::Null
            } else {
                kept.into_iter().collect::<Map<_, _>>().into()
            }
        }
        Some(other) => other.clone(),
    }
}
