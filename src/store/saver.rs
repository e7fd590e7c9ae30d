//! Saving what is typed (storage design §3, W2): every offer, the newest text wins, one write in flight, no timer.
//!
//! Find here: [`Saver`]. Invariant: `committed` in a [`SaverState`] is the revision of a text whose strict transaction has ended
//! well, never of one that was merely handed over; after a failure the text stays here and goes with the next offer. A saver
//! belongs to the root of the page, not to a page's component; what was offered is written even when all handles are dropped.
//! Deliberately not here: the words of the status line (`sync::label`).

use crate::change::Change;
use crate::fault::Fault;
use crate::vault::Vault;
use crate::wait::Signal;
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use sync::draft::Draft;

/// How long lock, update and a hidden page wait for a write (W8).
pub(crate) const FLUSH_MS: u32 = 2_000;

/// What is stored of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SaverState {
    /// Revision of the text in the last strict commit; 0 before the first.
    pub committed: u64,
    /// Why the newest text is not stored; `None` when nothing failed.
    pub failed: Option<Fault>,
}

/// Writes one record's draft. Clones share it.
#[derive(Clone)]
pub struct Saver(Rc<Inner>);

struct Inner {
    vault: Vault,
    next: RefCell<Option<Draft>>,
    running: Cell<bool>,
    state: RefCell<SaverState>,
    on_state: Box<dyn Fn(SaverState)>,
    idle: Signal,
}

impl Saver {
    /// A saver for one record. `on_state` is called after each write.
    pub fn new(vault: Vault, on_state: impl Fn(SaverState) + 'static) -> Self {
        let inner = Rc::new(Inner {
            next: RefCell::default(),
            running: Cell::new(false),
            state: RefCell::default(),
            on_state: Box::new(on_state),
            idle: Signal::default(),
            vault: vault.clone(),
        });
        inner.idle.raise();
        let writing: std::rc::Weak<Inner> = Rc::downgrade(&inner);
        vault.register(writing);
        Self(inner)
    }

    /// Hands the whole draft over: at every input, also while an input method composes.
    pub fn offer(&self, draft: Draft) {
        *self.0.next.borrow_mut() = Some(draft);
        if !self.0.running.replace(true) {
            self.0.idle.lower();
            wasm_bindgen_futures::spawn_local(Rc::clone(&self.0).run());
        }
    }

    /// Tries the text of the last failure again ("Ghi lại").
    pub fn retry(&self) {
        let waiting = self.0.next.borrow_mut().take();
        if let Some(draft) = waiting {
            self.offer(draft);
        }
    }

    /// What is stored now.
    pub fn state(&self) -> SaverState {
        self.0.state.borrow().clone()
    }

    /// Until nothing is being written: at most two seconds. A text that failed is tried once more.
    pub async fn flush(&self) -> SaverState {
        self.retry();
        crate::wait::within(FLUSH_MS, self.0.idle.wait()).await;
        self.state()
    }
}

impl Inner {
    async fn run(self: Rc<Self>) {
        loop {
            let next = self.next.borrow_mut().take();
            let Some(draft) = next else { break };
            let written = self.vault.commit(Change::draft(&draft)).await;
            let failed = written.is_err();
            let state = {
                let mut state = self.state.borrow_mut();
                match written {
                    Ok(_) => {
                        *state = SaverState {
                            committed: draft.revision,
                            failed: None,
                        }
                    }
                    Err(fault) => state.failed = Some(fault),
                }
                state.clone()
            };
            if failed {
                // Kept for the next offer or `retry`, unless something newer came meanwhile: that is tried at once.
                let newer = self.next.borrow().is_some();
                if !newer {
                    *self.next.borrow_mut() = Some(draft);
                    self.rest(state);
                    return;
                }
            }
            (self.on_state)(state);
        }
        self.running.set(false);
        self.idle.raise();
    }

    fn rest(&self, state: SaverState) {
        self.running.set(false);
        self.idle.raise();
        (self.on_state)(state);
    }
}

/// Something that a closing vault waits for.
pub(crate) trait Writing {
    fn flushed(&self) -> Pin<Box<dyn Future<Output = ()> + '_>>;
}

impl Writing for Inner {
    fn flushed(&self) -> Pin<Box<dyn Future<Output = ()> + '_>> {
        Box::pin(self.idle.wait())
    }
}
