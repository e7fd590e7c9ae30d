//! The branch's founding secretary without a screen: acts by the core's own functions over the endpoint's own interface.
//!
//! Invariant: it knows only what the endpoint serves to it. After the first act here the demo's own program must not act any more: both
//! count with the same device. Not here: the secretary's pages.

use sync::{
    body::{Status, Word},
    client::{self, Identity, Invitation, Outgoing, Reader},
    kind::Role,
    office::HandIn,
};

use crate::{
    Demo, Endpoint,
    hand::{Hand, Machine, now},
};

/// The secretary, as anybody without a screen and with a secretary's acts.
pub struct Chair(pub Hand);

impl Chair {
    /// Takes the founder's keys over from the demo.
    pub fn of(demo: &Demo, endpoint: &Endpoint) -> Chair {
        let founder = std::fs::read(demo.keys().join("founder")).expect("the founder's identity");
        Chair(Hand::of(
            Identity::decode(&founder).expect("an identity"),
            endpoint.address(),
        ))
    }

    /// Every hand-in that came so far, oldest first.
    pub async fn hand_ins(&mut self) -> Vec<HandIn> {
        self.0.exchange().await;
        self.0.office().hand_ins
    }

    /// What candidates answered to remarks, oldest first: those to this remark.
    pub async fn answers(&mut self, to: &Outgoing) -> Vec<String> {
        self.0.exchange().await;
        let office = self.0.office();
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
        let leaves = self.0.office().word_leaves(&about.account);
        let out = client::say(&mut self.0.who, &status, &leaves, &mut Machine).expect("a word");
        self.0.send(out).await;
    }

    /// Remarks on a place of a hand-in.
    pub async fn remark(&mut self, about: &HandIn, path: &str, text: &str) -> Outgoing {
        let person = self
            .0
            .office()
            .person(&about.account)
            .cloned()
            .expect("the candidate joined");
        let reader = Reader {
            account: person.account,
            age_pub: person.age_pub,
        };
        let place = (about.op_id, Some(path));
        let out = client::annotate(&mut self.0.who, &[reader], place, text, now(), &mut Machine).expect("a remark");
        self.0.send(out.clone()).await;
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
        let (link, out) = client::invite(&mut self.0.who, whom, now(), &mut Machine).expect("an invite");
        self.0.send(out).await;
        link.show(app)
    }
}
