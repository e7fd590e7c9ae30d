//! The network: packets lie in it until the schedule picks one, in any order, twice, or never.

/// Something on its way.
#[derive(Clone)]
pub enum Packet {
    /// From a phone.
    Letter {
        /// Which phone.
        from: usize,
        bytes: Vec<u8>,
    },
    /// To a phone. A status of 0: cut before anything arrived.
    Answer { to: usize, status: u16, bytes: Vec<u8> },
}

/// Packets under way.
#[derive(Default)]
pub struct Net {
    packets: Vec<Packet>,
}

impl Net {
    pub fn send(&mut self, packet: Packet) {
        self.packets.push(packet);
    }

    pub fn is_empty(&self) -> bool {
        self.packets.is_empty()
    }

    /// Takes the n-th packet out.
    pub fn take(&mut self, n: u64) -> Option<Packet> {
        let n = usize::try_from(n).ok()?.checked_rem(self.packets.len())?;
        Some(self.packets.swap_remove(n))
    }

    /// A copy of the n-th packet stays behind.
    pub fn copy(&self, n: u64) -> Option<Packet> {
        let n = usize::try_from(n).ok()?.checked_rem(self.packets.len())?;
        self.packets.get(n).cloned()
    }
}
