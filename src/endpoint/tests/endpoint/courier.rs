//! Envelopes that somebody carries, against the program as it runs: the way there and back, the description of both, the limits.

use crate::cddl::Rules;
use crate::kit::{Answer, Machine, Phone, Place, found, get, now, post};
use sync::client::{self, Fare, Packed, View};
use sync::container;
use sync::id::EnvelopeId;
use sync::kind::Role;
use sync::parcel::{Envelope, Parcel};

impl Phone {
    fn pack(&self) -> (Parcel, Packed) {
        let view = View {
            outbox: &self.outbox,
            kept: &self.kept,
            pulled: &self.pulled,
            mail: &self.mail,
        };
        client::pack(&self.who, view, 3, now(), &mut Machine).unwrap()
    }

    /// Posts somebody's envelope.
    fn bring(&self, address: std::net::SocketAddr, envelope: &Envelope) -> (Vec<u8>, Answer, Fare) {
        let posting = client::carry(&self.who, envelope, &mut Machine);
        let answer = post(address, &posting.bytes).unwrap();
        let fare = client::fare(&self.who, &posting, envelope.id, answer.status, &answer.body);
        (posting.bytes, answer, fare)
    }
}

#[test]
fn what_a_carrier_brings_is_held_and_answered_for_its_sender_as_the_description_says() {
    let rules = Rules::read(include_str!("../../protocol.cddl"));
    let place = Place::new();
    let running = place.serve(&[]);
    let (mut founder, _) = found(&place, running.address);
    let mut phone = Phone::enrol(&mut founder, Role::Candidate, running.address);
    let mentor = Phone::enrol(&mut founder, Role::Mentor, running.address);
    let out = phone.hand_in("được mang hộ");
    let (parcel, mut packed) = phone.pack();
    assert!(rules.matches("parcel", container::open(&parcel.encode()).unwrap()));
    for carrier in [&mentor, &founder] {
        let (letter, answer, fare) = carrier.bring(running.address, &parcel.envelopes[0]);
        assert!(rules.matches("signed-letter", &letter));
        assert!(rules.matches("signed-answer", &answer.body), "{:02x?}", answer.body);
        let Fare::Answer(back) = fare else { panic!("{fare:?}") };
        let home = parcel.back(vec![back]);
        assert!(rules.matches("parcel", container::open(&home.encode()).unwrap()));
        let homes = client::bring_home(&phone.who, &packed, &home);
        let view = View {
            outbox: &phone.outbox,
            kept: &phone.kept,
            pulled: &phone.pulled,
            mail: &phone.mail,
        };
        let mut who = phone.who.clone();
        let change = homes
            .into_iter()
            .next()
            .unwrap()
            .apply(&mut who, view, &mut packed, &mut Machine);
        assert_eq!(change.done, [out.op_id], "its receipt was believed");
    }
    // The phone comes into coverage itself: nothing is there twice.
    phone.sync(running.address).unwrap();
    assert!(phone.outbox.is_empty());
    let metrics = String::from_utf8(get(running.address, "/metrics").body).unwrap();
    assert!(metrics.contains("lylich_envelopes_taken_total 2\n"), "{metrics}");
    assert!(place.run(&["check"]).lines().all(|line| line.starts_with("ok")));
}

#[test]
fn twenty_spoiled_envelopes_end_a_carriers_day_and_stand_in_the_log() {
    let place = Place::new();
    let running = place.serve(&[]);
    let (mut founder, _) = found(&place, running.address);
    let carriers = [Role::Mentor, Role::Mentor].map(|role| Phone::enrol(&mut founder, role, running.address));
    let spoiled = Envelope {
        id: EnvelopeId([7; 16]),
        branch: founder.who.branch_id(),
        sealed: b"nothing".to_vec(),
    };
    let [carrier, other] = carriers;
    let (mut told, mut asked) = (0, 0);
    loop {
        asked += 1;
        assert!(asked < 90, "{told} were told");
        match carrier.bring(running.address, &spoiled).2 {
            Fare::Spoiled => told += 1,
            // Until tomorrow: a carrier's day.
            Fare::Later(600..) => break,
            // Letters have a pace of their own, one a second after the first twenty.
            Fare::Later(seconds) => std::thread::sleep(std::time::Duration::from_secs(seconds)),
            fare => panic!("{fare:?}"),
        }
    }
    assert_eq!(told, 20);
    assert_eq!(other.bring(running.address, &spoiled).2, Fare::Spoiled, "others go on");
    let log = place.run(&["log"]);
    assert_eq!(log.matches("bad_envelope").count(), 1, "{log}");
    let metrics = String::from_utf8(get(running.address, "/metrics").body).unwrap();
    assert!(metrics.contains("lylich_envelopes_spoiled_total 21\n"), "{metrics}");
}
