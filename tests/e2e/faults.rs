//! Faults on purpose: killed, damaged, full, doubled, outdated, shifted in time. One row of the plan of fault tests a function.
//!
//! Invariant: every row counts how often its fault really happened, and its control, the same run with the protection off, must fail;
//! each prints one line. `LYLICH_FAULTS=10` (`cargo xtask test --long`) runs ten times as often. Not here: the endpoint's
//! own rows (`src/endpoint/tests`).

use std::{io::Write, time::Instant};

use harness::{Phone, Screen};

use crate::door::{self, Key};

mod apart;
mod blocked;
mod calls;
mod clocks;
mod copies;
mod damage;
mod full;
mod kills;
mod letters;
mod line;
mod locks;
mod power;
mod turns;
mod update;

/// The field that the rows type into.
pub const FIELD: &str = "Họ và tên khai sinh";
pub const SECTION: &str = "Họ tên, ngày sinh, giới tính";

/// What a row has seen.
pub struct Row {
    id: &'static str,
    start: Instant,
    runs: u32,
    fired: u32,
    held: u32,
    notes: String,
}

impl Row {
    pub fn new(id: &'static str) -> Self {
        Self {
            id,
            start: Instant::now(),
            runs: 0,
            fired: 0,
            held: 0,
            notes: String::new(),
        }
    }

    /// One run: whether its fault happened, and whether what must hold held.
    pub fn run(&mut self, what: &str, fired: bool, held: bool) {
        self.runs += 1;
        self.fired += u32::from(fired);
        self.held += u32::from(held);
        if !(fired && held) {
            self.notes += &format!(" [{what}: fired={fired} held={held}]");
        }
    }

    /// The same run without the protection: it must not hold.
    pub fn control(&mut self, what: &str, held: bool) {
        self.notes += &format!(" control={}", if held { "PASSED" } else { "failed" });
        assert!(!held, "{}: the control “{what}” must fail", self.id);
    }

    pub fn note(&mut self, words: &str) {
        self.notes += &format!(" {words}");
    }

    /// Prints the line; fails unless every fault happened and everything held.
    pub fn end(self) {
        let Self {
            id,
            runs,
            fired,
            held,
            notes,
            start,
        } = self;
        let line = format!(
            "{id} fired={fired}/{runs} held={held}/{runs}{notes} {} s\n",
            start.elapsed().as_secs()
        );
        // Past the test runner, which shows only what failing tests print.
        let _ = std::io::stdout().lock().write_all(line.as_bytes());
        assert!(runs > 0 && fired == runs && held == runs, "{line}");
    }
}

/// So many runs, times what the environment asks for.
pub fn times(ordinary: u32) -> u32 {
    let more = std::env::var("LYLICH_FAULTS").ok().and_then(|text| text.parse().ok());
    ordinary * more.unwrap_or(1u32)
}

/// A generator whose seed is printed with the row.
pub struct Dice(u64);

impl Dice {
    pub fn of_today() -> Self {
        let seed = std::env::var("LYLICH_SEED").ok().and_then(|text| text.parse().ok());
        Self(seed.unwrap_or_else(|| u64::from(std::process::id()) | 1))
    }

    pub fn seed(&self) -> u64 {
        self.0
    }

    /// From 0 to `below`, without it (xorshift64).
    pub fn roll(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }
}

/// A new vault with the section of names open.
pub async fn begin(phone: &mut Phone, address: &str) -> (Screen, Key) {
    let screen = phone.open(address).await;
    let key = door::new_vault(&screen, "Nếnh").await;
    screen.see("Các phần của bản khai").await;
    screen.press(SECTION).await;
    (screen, key)
}

/// Types into the field and waits until that is said to be saved.
pub async fn save(screen: &Screen, text: &str) {
    screen.fill(FIELD, text).await;
    screen.see_status("Đã lưu trên máy").await;
}

/// Opens the vault again and its section of names, past what is said of losses.
pub async fn reopen(screen: &Screen, key: &Key) -> String {
    screen.fill("Cụm từ mở kho", &key.words).await;
    screen.press("Mở kho").await;
    harness::wait::until("the open vault", || async {
        if screen.has("press", "Tôi đã đọc, đi tiếp").await {
            screen.press("Tôi đã đọc, đi tiếp").await;
        }
        if screen.has("press", SECTION).await {
            screen.press(SECTION).await;
        }
        screen.has("field", FIELD).await.then_some(())
    })
    .await;
    screen.value(FIELD).await
}
