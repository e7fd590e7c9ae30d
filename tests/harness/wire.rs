//! The wire between phone and endpoint: a TCP proxy that counts every byte, keeps what it carried, can go dead, can break after an exact
//! byte, and can be as slow as a bar of signal in the hills.
//!
//! Invariant: while the wire is dead nothing passes, for the page and for its service worker alike, since both must come through here;
//! the outage itself says how many bytes passed (0) and how many connections were turned away.

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
    time::Duration,
};

use crate::wait;
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::watch,
    task::JoinHandle,
};

/// Which way bytes go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From the phone.
    Up,
    /// To the phone.
    Down,
}

/// How slow a wire is.
#[derive(Clone, Copy, Debug)]
pub struct Slow {
    /// Bits a second, each way.
    pub rate: u64,
    /// From one end to the other and back.
    pub latency: Duration,
}

/// A listening proxy; dropped, it closes everything.
pub struct Wire {
    address: SocketAddr,
    state: Arc<State>,
    alive: watch::Sender<bool>,
    task: JoinHandle<()>,
    capture: TempDir,
}

struct State {
    /// May be moved to another port when the endpoint is started again.
    upstream: Mutex<SocketAddr>,
    passed: [AtomicU64; 2],
    turned_away: AtomicU64,
    fuse: Mutex<Option<(Way, u64)>>,
    blown: AtomicU64,
    slow: Mutex<Option<Slow>>,
    /// Each way is one line, which all connections share.
    line: [tokio::sync::Mutex<()>; 2],
    carrying: AtomicU64,
    capture: [PathBuf; 2],
}

/// A time in which the wire was dead.
pub struct Outage<'a> {
    wire: &'a Wire,
    passed: u64,
    turned_away: u64,
}

impl Wire {
    /// Listens on a free port and passes everything on to `upstream`.
    pub async fn to(upstream: SocketAddr) -> Wire {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        let capture = TempDir::new().expect("a temporary directory");
        let state = Arc::new(State {
            upstream: Mutex::new(upstream),
            passed: [AtomicU64::new(0), AtomicU64::new(0)],
            turned_away: AtomicU64::new(0),
            fuse: Mutex::new(None),
            blown: AtomicU64::new(0),
            slow: Mutex::new(None),
            line: Default::default(),
            carrying: AtomicU64::new(0),
            capture: [capture.path().join("up"), capture.path().join("down")],
        });
        let (alive, watching) = watch::channel(true);
        let task = tokio::spawn(accept(listener, state.clone(), watching));
        Wire {
            address,
            state,
            alive,
            task,
            capture,
        }
    }

    /// The address that the phone is given.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on to another port: the endpoint was started again.
    pub fn move_to(&self, upstream: SocketAddr) {
        *self.state.upstream.lock().expect("not poisoned") = upstream;
    }

    /// Bytes carried so far, both ways.
    pub fn passed(&self) -> u64 {
        self.state.passed.iter().map(|way| way.load(SeqCst)).sum()
    }

    /// Bytes carried one way.
    pub fn passed_on(&self, way: Way) -> u64 {
        self.state.passed[way as usize].load(SeqCst)
    }

    /// Where the carried bytes are kept, for the search for planted words.
    pub fn capture(&self) -> &std::path::Path {
        self.capture.path()
    }

    /// Breaks all connections, turns new ones away until [`Outage::heal`], and counts from when the last one is gone.
    pub async fn cut(&self) -> Outage<'_> {
        self.alive.send_replace(false);
        wait::until("the wire's connections gone", || async {
            (self.state.carrying.load(SeqCst) == 0).then_some(())
        })
        .await;
        Outage {
            wire: self,
            passed: self.passed(),
            turned_away: self.state.turned_away.load(SeqCst),
        }
    }

    /// From now on as slow as this; `None`: as quick as it can.
    pub fn slow_down(&self, slow: Option<Slow>) {
        *self.state.slow.lock().expect("not poisoned") = slow;
    }

    /// Connections that are open now.
    pub fn carrying(&self) -> u64 {
        self.state.carrying.load(SeqCst)
    }

    /// Carries `bytes` more this way, then breaks that connection; once. See [`Wire::breaks`].
    pub fn cut_after(&self, way: Way, bytes: u64) {
        *self.state.fuse.lock().expect("not poisoned") = Some((way, bytes));
    }

    /// How often [`Wire::cut_after`] has struck.
    pub fn breaks(&self) -> u64 {
        self.state.blown.load(SeqCst)
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.alive.send_replace(false);
        self.task.abort();
    }
}

impl Outage<'_> {
    /// Bytes that passed in spite of it: the proof is 0.
    pub fn passed(&self) -> u64 {
        self.wire.passed() - self.passed
    }

    /// Connections that were tried and turned away: proof that somebody wanted through.
    pub fn turned_away(&self) -> u64 {
        self.wire.state.turned_away.load(SeqCst) - self.turned_away
    }

    /// Ends it; gives bytes passed and connections turned away back.
    pub fn heal(self) -> (u64, u64) {
        let proof = (self.passed(), self.turned_away());
        self.wire.alive.send_replace(true);
        proof
    }
}

impl State {
    /// How much of a piece may pass this way now, and whether the connection breaks behind it.
    fn allow(&self, way: Way, length: usize) -> (usize, bool) {
        let mut fuse = self.fuse.lock().expect("not poisoned");
        match *fuse {
            Some((which, left)) if which == way && length as u64 >= left => {
                *fuse = None;
                self.blown.fetch_add(1, SeqCst);
                (left as usize, true)
            }
            Some((which, left)) if which == way => {
                *fuse = Some((way, left - length as u64));
                (length, false)
            }
            _ => (length, false),
        }
    }

    /// Waits as long as these bytes take on a slow wire.
    async fn drag(&self, way: Way, length: usize) {
        let slow = *self.slow.lock().expect("not poisoned");
        let Some(Slow { rate, latency }) = slow else { return };
        tokio::time::sleep(latency / 2).await;
        let _line = self.line[way as usize].lock().await;
        tokio::time::sleep(Duration::from_secs_f64(length as f64 * 8.0 / rate as f64)).await;
    }

    fn keep(&self, way: Way, bytes: &[u8]) {
        use std::io::Write;
        self.passed[way as usize].fetch_add(bytes.len() as u64, SeqCst);
        let file = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.capture[way as usize]);
        file.and_then(|mut file| file.write_all(bytes))
            .expect("the capture can be written");
    }
}

async fn accept(listener: TcpListener, state: Arc<State>, alive: watch::Receiver<bool>) {
    while let Ok((phone, _)) = listener.accept().await {
        if !*alive.borrow() {
            state.turned_away.fetch_add(1, SeqCst);
            continue;
        }
        let (state, alive) = (state.clone(), alive.clone());
        state.carrying.fetch_add(1, SeqCst);
        tokio::spawn(async move {
            carry(phone, &state, alive).await;
            state.carrying.fetch_sub(1, SeqCst);
        });
    }
}

async fn carry(phone: TcpStream, state: &State, mut alive: watch::Receiver<bool>) {
    let upstream = *state.upstream.lock().expect("not poisoned");
    let Ok(endpoint) = TcpStream::connect(upstream).await else {
        return;
    };
    let (from_phone, to_phone) = phone.into_split();
    let (from_endpoint, to_endpoint) = endpoint.into_split();
    let watching = alive.clone();
    let up = pump(from_phone, to_endpoint, Way::Up, state, watching.clone());
    let down = pump(from_endpoint, to_phone, Way::Down, state, watching);
    // The first break ends both directions; a plain end of one direction lets the other finish.
    tokio::select! {
        _ = alive.wait_for(|alive| !alive) => {}
        _ = async { tokio::try_join!(up, down) } => {}
    }
}

/// `Err` when the connection is to break now.
async fn pump(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    way: Way,
    state: &State,
    alive: watch::Receiver<bool>,
) -> Result<(), ()> {
    let mut piece = vec![0; 16 * 1024];
    loop {
        let length = from.read(&mut piece).await.map_err(drop)?;
        if length == 0 {
            return to.shutdown().await.map_err(drop);
        }
        if !*alive.borrow() {
            return Err(());
        }
        state.drag(way, length).await;
        let (allowed, breaks) = state.allow(way, length);
        to.write_all(&piece[..allowed]).await.map_err(drop)?;
        state.keep(way, &piece[..allowed]);
        if breaks {
            return Err(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives every byte back.
    async fn echo() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let (mut from, mut to) = stream.split();
                    let _ = tokio::io::copy(&mut from, &mut to).await;
                });
            }
        });
        address
    }

    async fn ask(wire: &Wire, text: &[u8]) -> Option<Vec<u8>> {
        let mut stream = TcpStream::connect(wire.address).await.ok()?;
        stream.write_all(text).await.ok()?;
        let mut back = vec![0; text.len()];
        stream.read_exact(&mut back).await.ok()?;
        Some(back)
    }

    #[tokio::test]
    async fn a_living_wire_carries_and_counts_both_ways() {
        let wire = Wire::to(echo().await).await;
        assert_eq!(ask(&wire, b"xin chao").await.as_deref(), Some(&b"xin chao"[..]));
        assert_eq!((wire.passed_on(Way::Up), wire.passed_on(Way::Down)), (8, 8));
        assert_eq!(std::fs::read(wire.capture().join("down")).unwrap(), b"xin chao");
    }

    #[tokio::test]
    async fn a_dead_wire_passes_nothing_and_says_who_knocked() {
        let wire = Wire::to(echo().await).await;
        let mut open = TcpStream::connect(wire.address).await.unwrap();
        open.write_all(b"a").await.unwrap();
        open.read_exact(&mut [0]).await.unwrap();
        let outage = wire.cut().await;
        let _ = open.write_all(b"b").await;
        assert_eq!(
            open.read(&mut [0]).await.unwrap_or(0),
            0,
            "a connection from before is broken too"
        );
        assert_eq!(ask(&wire, b"c").await, None);
        let (passed, turned_away) = outage.heal();
        assert_eq!(passed, 0);
        assert!(turned_away >= 1);
        assert!(ask(&wire, b"d").await.is_some());
    }

    #[tokio::test]
    async fn a_slow_wire_takes_its_time_and_carries_everything() {
        let wire = Wire::to(echo().await).await;
        let latency = Duration::from_millis(200);
        wire.slow_down(Some(Slow { rate: 8_000, latency }));
        let start = std::time::Instant::now();
        let back = ask(&wire, &[7; 500]).await;
        assert_eq!(back.as_deref(), Some(&[7; 500][..]));
        // 500 bytes at 1,000 a second up and down again, and the latency: no sooner, however late.
        assert!(start.elapsed() >= Duration::from_millis(1200), "{:?}", start.elapsed());
    }

    #[tokio::test]
    async fn a_wire_breaks_behind_the_named_byte_and_only_once() {
        for k in [0, 1, 4, 7, 8] {
            for way in [Way::Up, Way::Down] {
                let wire = Wire::to(echo().await).await;
                wire.cut_after(way, k);
                let answer = ask(&wire, b"xin chao").await;
                assert_eq!(wire.passed_on(way), k, "{way:?}");
                assert_eq!(wire.breaks(), 1);
                // With all eight bytes through, an answer may or may not have come before the break.
                assert!(answer.is_none() || k == 8);
                assert!(ask(&wire, b"again").await.is_some());
            }
        }
    }
}
