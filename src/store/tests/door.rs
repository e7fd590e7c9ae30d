//! In and out of a vault: passphrases, recovery codes, removal.

use super::*;
use crate::{Change, Fault, Secret, lost_vaults, vaults};
use sync::damm::CodeFault;
use wasm_bindgen_test::wasm_bindgen_test;

async fn open(db_id: &str, secret: Secret<'_>) -> Result<Vault, Fault> {
    Vault::unlock_with(Kdf::Page, db_id, secret).await
}

#[wasm_bindgen_test]
async fn a_wrong_passphrase_opens_nothing_and_the_right_one_does() {
    let (vault, _) = vault("Sai").await;
    vault.commit(Change::draft(&draft(1, "Lò Văn Páo"))).await.unwrap();
    vault.close().await;
    let before = everything(vault.db_id()).await;
    for wrong in ["", "trâu hồng đèn suối kéo", "trau hong den suoi keo buoi buoi"] {
        assert_eq!(
            open(vault.db_id(), Secret::Passphrase(wrong)).await.err(),
            Some(Fault::WrongPassphrase),
            "{wrong:?}"
        );
    }
    assert_eq!(everything(vault.db_id()).await, before, "nothing was changed by trying");
    let again = unlock(vault.db_id()).await;
    assert_eq!(again.read_drafts().await.unwrap(), [draft(1, "Lò Văn Páo")]);
}

#[wasm_bindgen_test]
async fn five_wrong_tries_make_one_wait_also_for_the_right_phrase() {
    let (vault, code) = vault("Năm lần").await;
    for _ in 0..4 {
        assert_eq!(
            open(vault.db_id(), Secret::Passphrase("sai")).await.err(),
            Some(Fault::WrongPassphrase)
        );
    }
    assert_eq!(
        open(vault.db_id(), Secret::Passphrase("sai")).await.err(),
        Some(Fault::TooManyTries { seconds: 30 })
    );
    let waiting = open(vault.db_id(), Secret::Passphrase(PHRASE)).await.err();
    assert!(
        matches!(waiting, Some(Fault::TooManyTries { seconds: 1..=30 })),
        "{waiting:?}"
    );
    assert!(
        open(vault.db_id(), Secret::Recovery(&sheet(&code))).await.is_ok(),
        "the recovery sheet still opens"
    );
}

#[wasm_bindgen_test]
async fn a_phrase_from_any_vietnamese_keyboard_opens() {
    let phrase = "Hoà thuận giữa đường Thuỷ chín mươi";
    let (vault, _) = Vault::create_with(Kdf::Page, "Bàn phím", phrase).await.unwrap();
    let forms = [
        ("new tone placement", "Hòa thuận giữa đường Thủy chín mươi"),
        (
            "decomposed",
            "Hoa\u{300} thua\u{323}\u{302}n giu\u{31b}\u{303}a đu\u{31b}o\u{31b}\u{300}ng Thuy\u{309} chi\u{301}n mu\u{31b}o\u{31b}i",
        ),
        ("capitals, blanks", "  HOÀ  THUẬN giữa\u{a0}ĐƯỜNG thuỷ, chín mươi. "),
        ("without marks", "hoa thuan giua duong thuy chin muoi"),
    ];
    for (name, form) in forms {
        assert_ne!(form.as_bytes(), phrase.as_bytes());
        assert!(open(vault.db_id(), Secret::Passphrase(form)).await.is_ok(), "{name}");
    }
    let telex = open(
        vault.db_id(),
        Secret::Passphrase("hoaf thuaanj giuwax dduwowngf thuyr chins muwowi"),
    )
    .await;
    assert_eq!(
        telex.err(),
        Some(Fault::WrongPassphrase),
        "raw keystrokes are other letters"
    );
}

#[wasm_bindgen_test]
async fn the_recovery_code_opens_and_a_slip_is_named() {
    let (vault, code) = vault("Mã").await;
    let (_, other) = vault_of("Mã khác").await;
    let groups: Vec<String> = code.groups().iter().map(|group| group.to_string()).collect();
    for between in ["", " ", "-"] {
        assert!(
            open(vault.db_id(), Secret::Recovery(&groups.join(between)))
                .await
                .is_ok(),
            "{between:?}"
        );
    }
    let mut slip = groups.clone();
    slip[4] = slip[4].chars().rev().collect::<String>();
    if slip[4] != groups[4] {
        let found = open(vault.db_id(), Secret::Recovery(&slip.concat())).await.err();
        assert!(matches!(
            found,
            Some(Fault::RecoveryTypo(CodeFault::Group { group: 5 })) | Some(Fault::WrongRecoveryCode)
        ));
    }
    let short = open(vault.db_id(), Secret::Recovery("123456")).await.err();
    assert_eq!(short, Some(Fault::RecoveryTypo(CodeFault::Length { found: 6 })));
    let foreign = sheet(&other);
    assert_eq!(
        open(vault.db_id(), Secret::Recovery(&foreign)).await.err(),
        Some(Fault::WrongRecoveryCode)
    );
}

async fn vault_of(nickname: &str) -> (Vault, RecoveryCode) {
    vault(nickname).await
}

#[wasm_bindgen_test]
async fn a_forgotten_passphrase_is_replaced_by_way_of_the_recovery_code() {
    let (vault, code) = vault("Quên").await;
    vault.commit(Change::draft(&draft(1, "Giàng A Sùng"))).await.unwrap();
    vault.close().await;
    let by_sheet = open(vault.db_id(), Secret::Recovery(&sheet(&code))).await.unwrap();
    let new = "một hai ba con voi đi";
    by_sheet.change_passphrase(new).await.unwrap();
    by_sheet.close().await;
    assert_eq!(
        open(vault.db_id(), Secret::Passphrase(PHRASE)).await.err(),
        Some(Fault::WrongPassphrase),
        "the old one"
    );
    let opened = open(vault.db_id(), Secret::Passphrase(new)).await.unwrap();
    assert_eq!(opened.read_drafts().await.unwrap(), [draft(1, "Giàng A Sùng")]);
    // Twice changed: the names of the slots take turns, and there is never more than one of a kind.
    opened.change_passphrase(PHRASE).await.unwrap();
    assert!(open(vault.db_id(), Secret::Passphrase(PHRASE)).await.is_ok());
    assert!(
        open(vault.db_id(), Secret::Recovery(&sheet(&code))).await.is_ok(),
        "the sheet still fits"
    );
    let fresh = opened.renew_recovery_code().await.unwrap();
    assert_eq!(
        open(vault.db_id(), Secret::Recovery(&sheet(&code))).await.err(),
        Some(Fault::WrongRecoveryCode)
    );
    assert!(open(vault.db_id(), Secret::Recovery(&sheet(&fresh))).await.is_ok());
    let slots: Vec<Key> = rows(vault.db_id(), Store::Slots)
        .await
        .into_iter()
        .map(|(key, _)| key)
        .collect();
    assert_eq!(slots, [Key::new("id"), Key::new("p1"), Key::new("r2")]);
}

#[wasm_bindgen_test]
async fn a_weak_phrase_or_no_nickname_makes_no_vault() {
    let before = databases().await;
    let weak = Vault::create_with(Kdf::Page, "Yếu", "123456").await.err();
    assert!(matches!(weak, Some(Fault::Weak(words)) if words.contains("16 chữ")));
    assert_eq!(
        Vault::create_with(Kdf::Page, "  ", PHRASE).await.err(),
        Some(Fault::Nickname)
    );
    assert_eq!(
        Vault::create_with(Kdf::Page, &"a".repeat(41), PHRASE).await.err(),
        Some(Fault::Nickname)
    );
    assert_eq!(databases().await, before);
}

#[wasm_bindgen_test]
async fn a_removed_vault_leaves_a_closed_line_without_a_nickname_and_no_alarm() {
    let (vault, _) = vault("Sắp xoá").await;
    vault.commit(Change::draft(&draft(1, "x"))).await.unwrap();
    vault.close().await;
    let name = format!("lylich-{}", vault.db_id());
    assert!(databases().await.contains(&name));
    Vault::forget(vault.db_id()).await.unwrap();
    assert!(!databases().await.contains(&name));
    let list = vaults().await.unwrap();
    let line = list.iter().find(|line| line.db_id == vault.db_id()).unwrap();
    assert!(line.closed && line.nickname.is_empty());
    let alarm = lost_vaults().await.unwrap();
    assert!(!alarm.iter().any(|loss| format!("{loss:?}").contains(vault.db_id())));
    assert_eq!(
        open(vault.db_id(), Secret::Passphrase(PHRASE)).await.err(),
        Some(Fault::Gone)
    );
    assert!(!databases().await.contains(&name), "looking did not make it again");
    assert_eq!(Vault::forget(vault.db_id()).await, Ok(()), "twice does no harm");
}

#[wasm_bindgen_test]
async fn two_vaults_on_one_phone_share_nothing() {
    let (one, _) = vault("Một").await;
    let (two, _) = vault("Hai").await;
    one.commit(Change::draft(&draft(1, "của một"))).await.unwrap();
    two.commit(Change::draft(&draft(1, "của hai"))).await.unwrap();
    assert_eq!(one.read_drafts().await.unwrap(), [draft(1, "của một")]);
    assert_eq!(two.read_drafts().await.unwrap(), [draft(1, "của hai")]);
    let (first, second) = (
        rows(one.db_id(), Store::Drafts).await,
        rows(two.db_id(), Store::Drafts).await,
    );
    assert_ne!(
        first[0].0, second[0].0,
        "the same record has another row name in another vault"
    );
    Vault::forget(one.db_id()).await.unwrap();
    assert_eq!(two.read_drafts().await.unwrap(), [draft(1, "của hai")]);
    let names: Vec<String> = vaults().await.unwrap().into_iter().map(|line| line.nickname).collect();
    assert!(names.contains(&"Hai".to_owned()) && !names.contains(&"Một".to_owned()));
}

#[wasm_bindgen_test]
async fn a_closed_vault_reads_and_writes_nothing() {
    let (vault, _) = vault("Khoá").await;
    vault.commit(Change::draft(&draft(1, "x"))).await.unwrap();
    let copy = vault.clone();
    vault.close().await;
    assert!(!copy.is_open());
    assert_eq!(copy.read_drafts().await, Err(Fault::Closed));
    assert_eq!(copy.commit(Change::draft(&draft(1, "y"))).await, Err(Fault::Closed));
    assert_eq!(
        copy.change_passphrase("sáu con voi đi chợ xa").await,
        Err(Fault::Closed)
    );
    assert_eq!(unlock(copy.db_id()).await.read_drafts().await.unwrap(), [draft(1, "x")]);
}
