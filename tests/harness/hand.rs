//! Somebody of a branch without a screen: acts by the core's own functions over the endpoint's own interface.
//!
//! Invariant: it knows only what the endpoint serves to it. Not here: what a secretary does (`chair`).

use std::{
    net::SocketAddr,
    time::{SystemTime, UNIX_EPOCH},
};

use sync::{
    Now, Random,
    body::Consent,
    client::{self, Identity, KeptOp, Line, Mail, Next, OutRow, Outgoing, Pulled, Reply, View},
    kind::Class,
    link::Link,
    office::Office,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Somebody, and what they hold.
pub struct Hand {
    address: SocketAddr,
    /// Their keys.
    pub who: Identity,
    outbox: Vec<OutRow>,
    kept: Vec<KeptOp>,
    pulled: Vec<Pulled>,
    mail: Mail,
    line: Line,
}

impl Hand {
    /// Somebody whose keys are there already.
    pub fn of(who: Identity, address: SocketAddr) -> Hand {
        Hand {
            address,
            who,
            outbox: Vec::new(),
            kept: Vec::new(),
            pulled: Vec::new(),
            mail: Mail::default(),
            line: Line::default(),
        }
    }

    /// Joins by a link, as a person of age who agrees.
    pub async fn join(link: &Link, address: SocketAddr) -> Hand {
        let consent = Consent {
            text: 1,
            class: Class::C2,
            under16: false,
            guardian: false,
            withdrawn: false,
        };
        let (who, join) = client::enrol(link, &consent, now(), &mut Machine).expect("an account");
        let mut hand = Hand::of(who, address);
        hand.send(join).await;
        hand
    }

    /// What they know of the branch.
    pub fn office(&self) -> Office {
        Office::read(&self.who, &self.pulled, &self.kept, &self.outbox)
    }

    /// Lays an op ready; [`Hand::exchange`] sends it.
    pub fn put(&mut self, out: Outgoing) {
        self.outbox.push(OutRow::new(out));
    }

    /// Sends an op.
    pub async fn send(&mut self, out: Outgoing) {
        self.put(out);
        self.exchange().await;
        assert!(self.outbox.is_empty(), "the endpoint took it: {:?}", self.outbox);
    }

    /// Letters until there is nothing left to send or to fetch.
    pub async fn exchange(&mut self) {
        loop {
            let posting = client::letter(&self.who, &self.outbox, &self.mail, self.line.target, &mut Machine);
            let (status, body) = post(self.address, &posting.bytes).await;
            let reply = client::answer(&self.who, &posting, status, &body);
            assert!(matches!(reply, Reply::Answered(_)), "{reply:?}");
            let view = View {
                outbox: &self.outbox,
                kept: &self.kept,
                pulled: &self.pulled,
                mail: &self.mail,
            };
            let (change, next) = client::conclude(&mut self.who, view, &mut self.line, &posting, &reply, &mut Machine);
            self.kept.extend(change.kept);
            for row in change.pulled {
                self.pulled.retain(|each| each.out.op_id != row.out.op_id);
                self.pulled.push(row);
            }
            self.outbox.retain(|row| !change.done.contains(&row.out.op_id));
            for row in change.outbox {
                self.outbox.retain(|each| each.out.op_id != row.out.op_id);
                self.outbox.push(row);
            }
            self.mail = change.mail;
            if next != Next::Again {
                return;
            }
        }
    }
}

async fn post(address: SocketAddr, letter: &[u8]) -> (u16, Vec<u8>) {
    let mut line = TcpStream::connect(address).await.expect("the endpoint listens");
    let head = format!(
        "POST /v1/letter HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/cbor\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        letter.len()
    );
    line.write_all(head.as_bytes()).await.expect("the head is sent");
    line.write_all(letter).await.expect("the letter is sent");
    let mut answer = Vec::new();
    line.read_to_end(&mut answer).await.expect("an answer");
    let end = answer
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .expect("an empty line");
    let status = String::from_utf8_lossy(&answer[..end])
        .split(' ')
        .nth(1)
        .and_then(|code| code.parse().ok());
    (status.expect("a status"), answer.split_off(end + 4))
}

/// The machine's clock.
pub fn now() -> Now {
    let wall = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("a clock after 1970");
    Now { wall_s: wall.as_secs() }
}

/// The machine's own randomness.
pub struct Machine;

impl Random for Machine {
    fn fill(&mut self, out: &mut [u8]) {
        use std::io::Read;
        let mut source = std::fs::File::open("/dev/urandom").expect("the system's random bytes");
        source.read_exact(out).expect("random bytes");
    }
}
