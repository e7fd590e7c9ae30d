//! Waiting for each other inside one page: a signal, a deadline.
//!
//! Invariant: nothing here decides what is saved; a deadline only ends a wait. Deliberately not here: waiting for other tabs
//! (`lock`).

use crate::browser;
use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Poll, Waker};

/// What is waited for, boxed: its program exists once, however many wait for it.
pub(crate) type Wait<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Something that happens once, or again after `lower`.
#[derive(Default)]
pub(crate) struct Signal {
    up: Cell<bool>,
    waiting: RefCell<Vec<Waker>>,
}

impl Signal {
    pub(crate) fn raise(&self) {
        self.up.set(true);
        for waker in self.waiting.take() {
            waker.wake();
        }
    }

    pub(crate) fn lower(&self) {
        self.up.set(false);
    }

    /// Until it is up.
    pub(crate) async fn wait(&self) {
        poll_fn(|context| {
            if self.up.get() {
                return Poll::Ready(());
            }
            self.waiting.borrow_mut().push(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}

/// The result of `work`, or nothing when `end` comes first.
pub(crate) async fn unless<T>(work: impl Future<Output = T>, end: impl Future<Output = ()>) -> Option<T> {
    let (mut work, mut end) = (pin!(work), pin!(end));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending => end.as_mut().poll(context).map(|()| None),
    })
    .await
}

/// The result of `work`, or nothing after a deadline in milliseconds.
pub(crate) async fn within<T>(ms: u32, work: impl Future<Output = T>) -> Option<T> {
    unless(work, browser::pause(ms)).await
}
