//! Reading a letter's bytes from the socket, within limits of size and pace.
//!
//! Invariant: nothing is allocated for a body that says it is too long; a body slower than 1 KiB in 10 s, or longer than 300 s on its
//! way, is given up (sync protocol §13). Never decompressed: any Content-Encoding is refused before reading.

use axum::body::{Body, HttpBody};
use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;
use tokio::time::{Instant, timeout, timeout_at};

/// Deadlines for bodies.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// For a whole body.
    pub whole: Duration,
    /// In each of these windows at least `least` bytes must come.
    pub window: Duration,
    /// See `window`.
    pub least: usize,
}

impl Default for Limits {
    /// 300 s, and 1 KiB in every 10 s.
    fn default() -> Self {
        Self {
            whole: Duration::from_secs(300),
            window: Duration::from_secs(10),
            least: 1 << 10,
        }
    }
}

/// Why a body was not read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// Longer than `most`.
    TooLong,
    /// Slower than the limits.
    TooSlow,
    /// The connection broke.
    Broken,
}

/// Reads a body of at most `most` bytes.
pub async fn read(body: Body, most: usize, limits: Limits) -> Result<Vec<u8>, Unread> {
    if body.size_hint().lower() > most as u64 {
        return Err(Unread::TooLong);
    }
    let end = Instant::now() + limits.whole;
    timeout_at(end, read_windows(body, most, limits))
        .await
        .unwrap_or(Err(Unread::TooSlow))
}

async fn read_windows(mut body: Body, most: usize, limits: Limits) -> Result<Vec<u8>, Unread> {
    let mut bytes = Vec::new();
    loop {
        let wanted = bytes.len() + limits.least;
        match timeout(limits.window, read_until(&mut body, &mut bytes, wanted, most)).await {
            Ok(Ok(true)) => return Ok(bytes),
            Ok(Ok(false)) => (),
            Ok(Err(unread)) => return Err(unread),
            Err(_) => return Err(Unread::TooSlow),
        }
    }
}

/// Reads on until `wanted` bytes are there; `true` at the end of the body.
async fn read_until(body: &mut Body, bytes: &mut Vec<u8>, wanted: usize, most: usize) -> Result<bool, Unread> {
    while bytes.len() < wanted {
        let Some(frame) = poll_fn(|cx| Pin::new(&mut *body).poll_frame(cx)).await else {
            return Ok(true);
        };
        let Ok(data) = frame.map_err(|_| Unread::Broken)?.into_data() else {
            continue;
        };
        if bytes.len() + data.len() > most {
            return Err(Unread::TooLong);
        }
        bytes.extend_from_slice(&data);
    }
    Ok(false)
}
