//! Waiting for a state, with a deadline. The deadlines are ten times the usual, so that a slow machine does not decide a test.

use std::{
    fmt::Display,
    future::Future,
    time::{Duration, Instant},
};

/// Ample for anything a browser does on a busy machine.
pub const LONG: Duration = Duration::from_secs(60);
/// How often a state is looked at.
const LOOK: Duration = Duration::from_millis(25);

/// Looks until `look` gives something, and panics with `what` when the deadline passes.
pub async fn until<T, F: Future<Output = Option<T>>>(what: impl Display, look: impl FnMut() -> F) -> T {
    match within(LONG, look).await {
        Some(found) => found,
        None => panic!("after {} s there was still not: {what}", LONG.as_secs()),
    }
}

/// Looks until `look` gives something or the time is over.
pub async fn within<T, F: Future<Output = Option<T>>>(longest: Duration, mut look: impl FnMut() -> F) -> Option<T> {
    let start = Instant::now();
    let mut tick = tokio::time::interval(LOOK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        if let Some(found) = look().await {
            return Some(found);
        }
        if start.elapsed() > longest {
            return None;
        }
    }
}
