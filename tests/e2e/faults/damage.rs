//! T-04: the browser's files are damaged while it is off. The loss is said at the first start, and the backup file gives all back.

use std::{
    fs,
    path::{Path, PathBuf},
};

use harness::{Endpoint, Phone, Screen, wait};
use serde_json::json;

use super::{FIELD, Row, begin, save};
use crate::door::{self, Key};

const TEXT: &str = "HẠNG A NẾNH";

/// What is done to the files of the database.
type Damage = fn(&Path);

const DAMAGES: [(&str, Damage); 6] = [
    ("64 bytes flipped", |place| {
        change(&largest(place, ".log"), |bytes| {
            let middle = bytes.len() / 2;
            bytes.iter_mut().skip(middle).take(64).for_each(|byte| *byte ^= 0xff);
        });
    }),
    ("half of the log", |place| {
        change(&largest(place, ".log"), |bytes| bytes.truncate(bytes.len() / 2));
    }),
    ("no log", |place| {
        fs::remove_file(largest(place, ".log")).expect("the log");
    }),
    ("CURRENT garbled", |place| {
        change(&place.join("CURRENT"), |bytes| {
            bytes.iter_mut().for_each(|byte| *byte = b'#')
        });
    }),
    ("MANIFEST cut", |place| {
        change(&largest(place, "MANIFEST"), |bytes| bytes.truncate(bytes.len() / 2));
    }),
    ("all zeros", |place| {
        for file in files(place) {
            change(&file, |bytes| bytes.fill(0));
        }
    }),
];

#[tokio::test]
async fn t_04_damaged_files_are_said_at_the_first_start_and_the_backup_gives_all_back() {
    let mut row = Row::new("T-04");
    let endpoint = Endpoint::start().await;
    let mut whole = Phone::new();
    let (screen, key) = begin(&mut whole, &endpoint.origin()).await;
    save(&screen, TEXT).await;
    screen.press("Bản khai").await;
    screen.press("Dữ liệu của tôi").await;
    screen.press("Lưu bản dự phòng").await;
    let (_, file) = whole.downloaded("du-phong-", ".lylich").await;
    screen.press("Khoá ngay").await;
    screen.see("Gõ không dấu").await;
    whole.close().await;

    let mut recovered = 0;
    for (name, damage) in DAMAGES {
        let mut phone = whole.copy();
        let before = print(&phone);
        damage(&database(&phone));
        let fired = print(&phone) != before;
        let screen = phone.open(&endpoint.origin()).await;
        let held = is_said_or_whole(&screen, &key).await;
        row.run(name, fired, held);
        recovered += u32::from(comes_back(&phone, &screen, &endpoint, &key, &file).await);
    }
    row.note(&format!("recovered={recovered}/{}", DAMAGES.len()));

    // Without the witness a lost database looks like a first visit.
    let mut phone = whole.copy();
    fs::remove_dir_all(phone.profile().join("Default/Local Storage")).expect("the witness");
    fs::remove_dir_all(database(&phone)).expect("the database");
    let screen = phone.open(&endpoint.origin()).await;
    row.control("no witness", is_said_or_whole(&screen, &key).await);
    assert_eq!(recovered as usize, DAMAGES.len());
    row.end();
}

/// Whether a loss is announced, before or after unlocking, or nothing is lost. An empty start in silence is neither.
async fn is_said_or_whole(screen: &Screen, key: &Key) -> bool {
    let said = |text: &str| {
        [
            "Có chữ không còn thấy",
            "Trình duyệt không mở được",
            "Không thấy dữ liệu của kho này",
            "Kho bị hỏng một phần",
        ]
        .iter()
        .any(|words| text.contains(words))
    };
    let first = wait::until("a door", || async {
        let text = screen.text().await;
        let door = text.contains("Gõ không dấu") || text.contains("Bắt đầu");
        (said(&text) || door).then_some(text)
    })
    .await;
    if said(&first) || !first.contains("Gõ không dấu") {
        return said(&first);
    }
    screen.fill("Cụm từ mở kho", &key.words).await;
    screen.press("Mở kho").await;
    let second = wait::until("the vault, or why not", || async {
        let text = screen.text().await;
        (said(&text) || text.contains("Các phần của bản khai")).then_some(text)
    })
    .await;
    said(&second) || door_text(screen).await == TEXT
}

async fn door_text(screen: &Screen) -> String {
    screen.press("Họ tên, ngày sinh, giới tính").await;
    screen.value(FIELD).await
}

/// From the backup file, with the browser's data of the site cleared, as the words advise where nothing opens any more.
async fn comes_back(phone: &Phone, screen: &Screen, endpoint: &Endpoint, key: &Key, file: &[u8]) -> bool {
    let clear = json!({ "origin": endpoint.origin(), "storageTypes": "all" });
    phone.cdp("Storage.clearDataForOrigin", clear).await;
    screen.go("about:blank").await;
    screen.go(&endpoint.origin()).await;
    door::open_backup(screen, phone, file).await;
    screen.see("Kho, bản dự phòng").await;
    door::unlock(screen, key).await;
    door_text(screen).await == TEXT
}

fn database(phone: &Phone) -> PathBuf {
    let place = phone.profile().join("Default/IndexedDB");
    let mut found = fs::read_dir(&place)
        .expect("databases")
        .filter_map(|entry| Some(entry.ok()?.path()));
    found
        .find(|path| path.to_string_lossy().ends_with(".leveldb"))
        .expect("the site's databases")
}

fn files(place: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(place)
        .expect("the database")
        .filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<PathBuf> = entries.filter(|path| path.is_file()).collect();
    files.sort();
    files
}

fn largest(place: &Path, part: &str) -> PathBuf {
    let fits = |path: &PathBuf| {
        path.file_name()
            .is_some_and(|name| name.to_string_lossy().contains(part))
    };
    let fitting = files(place).into_iter().filter(fits);
    fitting
        .max_by_key(|path| fs::metadata(path).map_or(0, |it| it.len()))
        .expect("a file of this kind")
}

fn change(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(path).expect("a file");
    change(&mut bytes);
    fs::write(path, bytes).expect("written");
}

/// Names and contents.
fn print(phone: &Phone) -> Vec<(PathBuf, Vec<u8>)> {
    let files = files(&database(phone)).into_iter();
    files
        .map(|path| (path.clone(), fs::read(path).unwrap_or_default()))
        .collect()
}
