//! The branch's founding secretary without a screen: acts by the core's own functions over the endpoint's own interface.
//!
//! Invariant: it knows only what the endpoint serves to it. After the first act here the demo's own program must not act any more: both
//! count with the same device. Not here: the secretary's pages.

use std::{
    net::SocketAddr,
    time::{SystemTime, UNIX_EPOCH},
};

use sync::{
    Now, Random,
    body::{Status, Word},
    client::{self, Identity, Invitation, KeptOp, Line, Mail, Next, OutRow, Outgoing, Pulled, Reader, Reply, View},
    kind::Role,
    office::{HandIn, Office},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{Demo, Endpoint};

/// The secretary and what they hold.
pub struct Chair {
    address: SocketAddr,
    who: Identity,
    outbox: Vec<OutRow>,
    kept: Vec<KeptOp>,
    pulled: Vec<Pulled>,
    mail: Mail,
    line: Line,
}

impl Chair {
    /// Takes the founder's keys over from the demo.
    pub fn of(demo: &Demo, endpoint: &Endpoint) -> Chair {
        let founder = std::fs::read(demo.keys().join("founder")).expect("the founder's identity");
        Chair {
            address: endpoint.address(),
            who: Identity::decode(&founder).expect("an identity"),
            outbox: Vec::new(),
            kept: Vec::new(),
            pulled: Vec::new(),
            mail: Mail::default(),
            line: Line::default(),
        }
    }

    /// Every hand-in that came so far, oldest first.
    pub async fn hand_ins(&mut self) -> Vec<HandIn> {
        self.exchange().await;
        self.office().hand_ins
    }

    /// What candidates answered to remarks, oldest first: those to this remark.
    pub async fn answers(&mut self, to: &Outgoing) -> Vec<String> {
        self.exchange().await;
        let office = self.office();
        let all = office.remarks.into_iter().filter_map(|said| said.remark);
        let answers = all.filter(|remark| remark.about == Some(to.op_id));
        answers.map(|remark| remark.text.clone()).collect()
    }

    /// Says a word about a hand-in.
    pub async fn say(&mut self, about: &HandIn, word: Word) {
        let status = Status {
            subject: about.account,
            about: Some(about.op_id),
            word,
            day: "2026-11-21".to_owned(),
        };
        let leaves = self.office().word_leaves(&about.account);
        let out = client::say(&mut self.who, &status, &leaves, &mut Machine).expect("a word");
        self.send(out).await;
    }

    /// Remarks on a place of a hand-in.
    pub async fn remark(&mut self, about: &HandIn, path: &str, text: &str) -> Outgoing {
        let person = self
            .office()
            .person(&about.account)
            .cloned()
            .expect("the candidate joined");
        let reader = Reader {
            account: person.account,
            age_pub: person.age_pub,
        };
        let place = (about.op_id, Some(path));
        let out = client::annotate(&mut self.who, &[reader], place, text, now(), &mut Machine).expect("a remark");
        self.send(out.clone()).await;
        out
    }

    /// A link for a new phone of the person who handed this in.
    pub async fn invite_again(&mut self, of: &HandIn, app: &str) -> String {
        self.invite(
            &Invitation {
                role: Role::Candidate,
                account: Some(of.account),
                guardian: false,
            },
            app,
        )
        .await
    }

    /// A link for somebody.
    pub async fn invite(&mut self, whom: &Invitation, app: &str) -> String {
        let (link, out) = client::invite(&mut self.who, whom, now(), &mut Machine).expect("an invite");
        self.send(out).await;
        link.show(app)
    }

    fn office(&self) -> Office {
        Office::read(&self.who, &self.pulled, &self.kept, &self.outbox)
    }

    async fn send(&mut self, out: Outgoing) {
        self.outbox.push(OutRow::new(out));
        self.exchange().await;
        assert!(self.outbox.is_empty(), "the endpoint took it: {:?}", self.outbox);
    }

    /// Letters until there is nothing left to send or to fetch.
    async fn exchange(&mut self) {
        loop {
            let posting = client::letter(
                &self.who,
                &self.outbox,
                &self.mail,
                self.line.target,
                now(),
                &mut Machine,
            );
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

fn now() -> Now {
    let wall = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("a clock after 1970");
    Now { wall_s: wall.as_secs() }
}

/// The machine's own randomness.
struct Machine;

impl Random for Machine {
    fn fill(&mut self, out: &mut [u8]) {
        use std::io::Read;
        let mut source = std::fs::File::open("/dev/urandom").expect("the system's random bytes");
        source.read_exact(out).expect("random bytes");
    }
}
