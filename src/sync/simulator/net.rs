//! The network: packets lie in it until the schedule picks one, in any order, twice, cut short, or never.

/// Something on its way.
#[derive(Clone)]
pub enum Load {
    /// From a phone.
    Letter,
    /// To a phone.
    Answer {
        /// HTTP status.
        status: u16,
    },
    /// From a phone, with an envelope of somebody else.
    Bringing,
    /// To that phone.
    Brought {
        /// HTTP status.
        status: u16,
    },
}

/// A packet.
#[derive(Clone)]
pub struct Packet {
    /// The phone that it comes from or goes to.
    pub phone: usize,
    pub load: Load,
    pub bytes: Vec<u8>,
    /// The step in which it was sent.
    pub since: usize,
}

/// Packets under way, the oldest first.
#[derive(Default)]
pub struct Net(pub Vec<Packet>);

impl Net {
    /// Takes the oldest packet out, or any other.
    pub fn take(&mut self, n: Option<u64>) -> Option<(Packet, usize)> {
        let n = usize::try_from(n.unwrap_or(0)).ok()?.checked_rem(self.0.len())?;
        Some((self.0.remove(n), n))
    }
}
