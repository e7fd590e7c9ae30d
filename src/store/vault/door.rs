//! Ways in and out of a vault: make, unlock, change the passphrase, remove.
//!
//! Invariant: a wrong secret opens nothing and changes nothing; unlocking never needs the network and never makes a database; a new
//! slot is there before the old one goes. Deliberately not here: what is inside (`read`, `write`).

use super::{Vault, database_name, disk};
use crate::browser;
use crate::counts::Counts;
use crate::fault::Fault;
use crate::idb::{self, Batch, Disk, Key, Mode, Store};
use crate::list::{self, Line};
use crate::seal::{Sealed, VaultKey, random};
use crate::slot::{self, Kind, Slot, WrappingKey};
use crate::stretch::Cost;
use crate::worker::Kdf;
use crate::{passphrase, settings, tries, witness};
use sync::damm::RecoveryCode;
use sync::fold::fold;
use sync::{Random, shape};
use zeroize::Zeroizing;

/// What a person types to open a vault.
#[derive(Clone, Copy)]
pub enum Secret<'a> {
    /// The passphrase, from any Vietnamese keyboard.
    Passphrase(&'a str),
    /// The recovery code, however it is grouped.
    Recovery(&'a str),
}

/// Random bytes of the browser; zeros never reach a key, see [`Drawn::is_good`].
struct Drawn(bool);

impl Random for Drawn {
    fn fill(&mut self, out: &mut [u8]) {
        self.0 &= random(out).is_ok();
    }
}

impl Vault {
    /// Makes a vault: its own database, a new key, two slots. The recovery code is shown once and kept nowhere.
    pub async fn create(nickname: &str, phrase: &str) -> Result<(Self, RecoveryCode), Fault> {
        Self::create_with(Kdf::Worker, nickname, phrase).await
    }

    /// As [`Vault::create`], stretching elsewhere.
    pub async fn create_with(kdf: Kdf, nickname: &str, phrase: &str) -> Result<(Self, RecoveryCode), Fault> {
        let nickname = nickname.trim();
        if !(1..=40).contains(&nickname.chars().count()) {
            return Err(Fault::Nickname);
        }
        if let Some(why) = passphrase::weakness(phrase, nickname) {
            return Err(Fault::Weak(why));
        }
        let (mut db_id, mut vault_id, mut key) = ([0; 16], [0; 16], Zeroizing::new([0; 32]));
        random(&mut db_id)?;
        random(&mut vault_id)?;
        random(key.as_mut_slice())?;
        let db_id = sync::spelling::hex(&db_id);
        let vault = Self::open(db_id.clone(), vault_id, kdf, Mode::Make, key)?;

        let code = recovery_code()?;
        let mut batch = Batch::default();
        batch.put(
            Store::Slots,
            Key::new("p1"),
            Sealed::slot(&vault.passphrase_slot(phrase).await?),
        );
        batch.put(Store::Slots, Key::new("r1"), Sealed::slot(&vault.recovery_slot(&code)?));
        batch.put(Store::Slots, Key::new(list::ID), Sealed::vault_id(&vault_id));
        let counts = Counts {
            writes: 1,
            ..Counts::default()
        };
        let place = Key::new("counts");
        let row = vault.keys()?.rows.seal(Store::Meta, &place, &shape::encode(&counts))?;
        batch.put(Store::Meta, place, row);
        vault.0.disk.commit(&batch).await?;

        vault.0.disk.made();

        // Listed last: a vault that was only half made is nobody's loss.
        let line = Line {
            vault_id,
            nickname: nickname.to_owned(),
            created_day: browser::today(),
            closed_s: None,
            restored: false,
        };
        list::put(&list::disk(), &db_id, &line).await?;
        settings::set_last_vault(Some(&db_id));
        *vault.0.counts.borrow_mut() = counts;
        vault.0.pen.free();
        Ok((vault, code))
    }

    /// Opens a vault. Then ask [`Vault::health`].
    pub async fn unlock(db_id: &str, secret: Secret<'_>) -> Result<Self, Fault> {
        Self::unlock_with(Kdf::Worker, db_id, secret).await
    }

    /// As [`Vault::unlock`], stretching elsewhere.
    pub async fn unlock_with(kdf: Kdf, db_id: &str, secret: Secret<'_>) -> Result<Self, Fault> {
        let line = list::line(&list::disk(), db_id)
            .await?
            .filter(|line| line.closed_s.is_none())
            .ok_or(Fault::Gone)?;
        let slots = slots(&disk(db_id, Mode::Existing)).await?;
        let key = match secret {
            Secret::Passphrase(phrase) => by_passphrase(kdf, db_id, &line.vault_id, &slots, phrase).await?,
            Secret::Recovery(typed) => {
                let code = RecoveryCode::parse(typed).map_err(Fault::RecoveryTypo)?;
                by_recovery(&line.vault_id, &slots, &code)?
            }
        };
        let vault = Self::open(db_id.to_owned(), line.vault_id, kdf, Mode::Existing, key)?;
        settings::set_last_vault(Some(db_id));
        Ok(vault)
    }

    /// Gives this vault another passphrase; the old one opens nothing afterwards. (Its slot's bytes may stay on the disk: after a
    /// leak the cure is a new vault.)
    pub async fn change_passphrase(&self, phrase: &str) -> Result<(), Fault> {
        if let Some(why) = passphrase::weakness(phrase, "") {
            return Err(Fault::Weak(why));
        }
        let slot = self.passphrase_slot(phrase).await?;
        self.replace_slot("p", &slot).await?;
        tries::right(&self.0.db_id);
        Ok(())
    }

    /// A new recovery code; the old sheet opens nothing afterwards.
    pub async fn renew_recovery_code(&self) -> Result<RecoveryCode, Fault> {
        let code = recovery_code()?;
        self.replace_slot("r", &self.recovery_slot(&code)?).await?;
        Ok(code)
    }

    /// Takes a vault off this phone (S6): marks its line, forgets the witness, removes the database. Needs no passphrase, as
    /// anybody with the phone could clear the browser. [`Fault::Blocked`]: another tab still shows it; it goes when that closes.
    pub async fn forget(db_id: &str) -> Result<(), Fault> {
        let list = list::disk();
        if let Some(line) = list::line(&list, db_id).await? {
            let closed_s = line.closed_s.or(Some(browser::now_s()));
            list::put(
                &list,
                db_id,
                &Line {
                    nickname: String::new(),
                    closed_s,
                    ..line
                },
            )
            .await?;
        }
        witness::remove(db_id);
        tries::right(db_id);
        settings::forget_asking(db_id);
        if settings::last_vault().as_deref() == Some(db_id) {
            settings::set_last_vault(None);
        }
        idb::delete(&database_name(db_id)).await.map_err(idb::Refusal::fault)
    }

    async fn passphrase_slot(&self, phrase: &str) -> Result<Slot, Fault> {
        let salt = slot::salt()?;
        let wrapping = self.0.kdf.key(&fold(phrase), &salt, Cost::FIXED).await?;
        self.slot(Kind::Passphrase, salt, &wrapping)
    }

    fn recovery_slot(&self, code: &RecoveryCode) -> Result<Slot, Fault> {
        let salt = slot::salt()?;
        self.slot(Kind::Recovery, salt, &slot::recovery_key(code, &salt)?)
    }

    fn slot(&self, kind: Kind, salt: [u8; 16], wrapping: &WrappingKey) -> Result<Slot, Fault> {
        Slot::wrap(kind, salt, wrapping, &self.0.vault_id, &self.keys()?.vault_key)
    }

    /// Puts a slot under the free one of two names and takes the other away, put before delete.
    async fn replace_slot(&self, letter: &str, slot: &Slot) -> Result<(), Fault> {
        let (one, two) = (Key::new(format!("{letter}1")), Key::new(format!("{letter}2")));
        let turn = self.turn().await?;
        let taken = self.0.disk.row(Store::Slots, &two).await?.is_some();
        let (free, old) = if taken { (one, two) } else { (two, one) };
        let mut batch = Batch::default();
        batch.put(Store::Slots, free, Sealed::slot(slot));
        batch.delete(Store::Slots, old);
        self.0.disk.commit(&batch).await?;
        drop(turn);
        Ok(())
    }
}

fn recovery_code() -> Result<RecoveryCode, Fault> {
    let mut drawn = Drawn(true);
    let code = RecoveryCode::draw(&mut drawn);
    if drawn.0 { Ok(code) } else { Err(Fault::NoRandom) }
}

/// The slots that this release understands.
async fn slots(disk: &Disk) -> Result<Vec<Slot>, Fault> {
    let rows = disk.rows(Store::Slots).await?;
    Ok(rows
        .into_iter()
        .filter_map(|(_, row)| shape::whole(&row).ok())
        .collect())
}

async fn by_passphrase(
    kdf: Kdf,
    db_id: &str,
    vault_id: &[u8; 16],
    slots: &[Slot],
    phrase: &str,
) -> Result<VaultKey, Fault> {
    tries::check(db_id)?;
    let folded = fold(phrase);
    let mut any = false;
    for slot in slots.iter().filter(|slot| slot.kind == Kind::Passphrase) {
        any = true;
        let Some(cost) = slot.cost.filter(|_| !folded.is_empty()) else {
            continue;
        };
        let wrapping = kdf.key(&folded, &slot.salt, cost).await?;
        if let Some(key) = slot.unwrap(&wrapping, vault_id) {
            tries::right(db_id);
            return Ok(key);
        }
    }
    Err(if any { tries::wrong(db_id) } else { Fault::Broken })
}

fn by_recovery(vault_id: &[u8; 16], slots: &[Slot], code: &RecoveryCode) -> Result<VaultKey, Fault> {
    let mut any = false;
    for slot in slots.iter().filter(|slot| slot.kind == Kind::Recovery) {
        any = true;
        if let Some(key) = slot.unwrap(&slot::recovery_key(code, &slot.salt)?, vault_id) {
            return Ok(key);
        }
    }
    Err(if any { Fault::WrongRecoveryCode } else { Fault::Broken })
}
