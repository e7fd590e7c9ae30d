//! Through the door: making a vault, agreeing to the connection, opening the vault again.

use harness::{Phone, Screen, wait};

/// What the person has on paper.
pub struct Key {
    pub words: String,
    pub groups: Vec<String>,
}

/// From the first screen to the end of the recovery sheet.
pub async fn new_vault(screen: &Screen, nickname: &str) -> Key {
    screen.press("Bắt đầu").await;
    vault_form(screen, nickname).await
}

/// The page "Tạo kho của bạn".
pub async fn vault_form(screen: &Screen, nickname: &str) -> Key {
    screen.fill("Tên gọi trên máy này", nickname).await;
    let words = read(screen, "[data-phrase] li").await.join(" ");
    assert_eq!(words.split(' ').count(), 6, "six words are shown: {words}");
    screen.fill("Gõ lại cụm từ", &words).await;
    screen.press("Tạo kho").await;
    let groups = wait::until("the recovery sheet", || async {
        let groups = read(screen, "[data-recovery] li").await;
        (groups.len() == 8).then_some(groups)
    })
    .await;
    for n in [2, 7] {
        screen.fill(&format!("Nhóm {n}"), &groups[n - 1]).await;
    }
    screen.press("Tôi đã cất tờ mã").await;
    Key { words, groups }
}

/// Says yes on the consent screen.
pub async fn agree(screen: &Screen) {
    screen.see("Trước khi kết nối, xin bạn đọc").await;
    screen.within("Bạn bao nhiêu tuổi?").choose("Đủ 16 tuổi").await;
    screen.press("Đồng ý").await;
}

/// Opens the only vault with its passphrase.
pub async fn unlock(screen: &Screen, key: &Key) {
    screen.fill("Cụm từ mở kho", &key.words).await;
    screen.press("Mở kho").await;
    screen.see_status("Đã lưu trên máy").await;
}

/// Chooses a backup file. The list of vaults, or the door when there is only one, follows.
pub async fn open_backup(screen: &Screen, phone: &Phone, file: &[u8]) {
    let path = phone.downloads().join("tep.lylich");
    std::fs::create_dir_all(phone.downloads()).expect("a folder");
    std::fs::write(&path, file).expect("the file");
    wait::until("the door for files", || async {
        if !screen.has("field", "Tệp bản dự phòng").await {
            screen.press("Mở bản dự phòng").await;
        }
        screen.has("field", "Tệp bản dự phòng").await.then_some(())
    })
    .await;
    screen.fill("Tệp bản dự phòng", &path.display().to_string()).await;
}

/// Opens the only vault and waits for this on its first page.
pub async fn unlock_to(screen: &Screen, key: &Key, seen: &str) {
    screen.fill("Cụm từ mở kho", &key.words).await;
    screen.press("Mở kho").await;
    screen.see(seen).await;
}

/// The texts of the elements that a selector finds.
pub async fn read(screen: &Screen, selector: &str) -> Vec<String> {
    let script = "return [...document.querySelectorAll(arguments[0])].map((it) => it.innerText.trim())";
    let found = screen.run(script, vec![selector.into()]).await;
    found
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|it| it.as_str().map(str::to_owned))
        .collect()
}
