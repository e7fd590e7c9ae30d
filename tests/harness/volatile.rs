//! A disk in memory that keeps, when the current is cut, only what was flushed (fault plan §4).
//!
//! Names wait in a queue, in order; a flush of a file makes the queue durable first, then the file's bytes; a flush of a folder the queue alone.
//! Stricter than Linux in data, simpler in names. Not here: how a browser reaches it (`cutfs`).

use std::{
    collections::BTreeMap,
    ffi::{OsStr, OsString},
};

/// Number of the folder that everything lies in.
pub const ROOT: u64 = 1;

/// A file or a folder.
#[derive(Clone, Default)]
pub struct Node {
    /// What a folder holds; `None` for a file.
    pub names: Option<BTreeMap<OsString, u64>>,
    /// What a file holds.
    pub bytes: Vec<u8>,
    flushed: Vec<u8>,
}

impl Node {
    fn folder() -> Self {
        Self {
            names: Some(BTreeMap::new()),
            ..Self::default()
        }
    }
}

/// The disk.
pub struct Disk {
    nodes: BTreeMap<u64, Node>,
    /// Durable names: folder and name to number.
    durable: BTreeMap<(u64, OsString), u64>,
    /// Names that changed and are not durable yet; without a number: gone.
    waiting: Vec<((u64, OsString), Option<u64>)>,
}

impl Default for Disk {
    /// An empty one.
    fn default() -> Self {
        Self {
            nodes: BTreeMap::from([(ROOT, Node::folder())]),
            durable: BTreeMap::new(),
            waiting: Vec::new(),
        }
    }
}

impl Disk {
    /// A file or folder by its number.
    pub fn node(&self, number: u64) -> Option<&Node> {
        self.nodes.get(&number)
    }

    /// The number behind a name.
    pub fn find(&self, folder: u64, name: &OsStr) -> Option<u64> {
        self.nodes.get(&folder)?.names.as_ref()?.get(name).copied()
    }

    fn name(&mut self, folder: u64, name: &OsStr, number: Option<u64>) -> Option<()> {
        let names = self.nodes.get_mut(&folder)?.names.as_mut()?;
        match number {
            Some(number) => drop(names.insert(name.to_owned(), number)),
            None => drop(names.remove(name)?),
        }
        self.waiting.push(((folder, name.to_owned()), number));
        Some(())
    }

    /// Makes a file, or a folder.
    pub fn make(&mut self, folder: u64, name: &OsStr, is_folder: bool) -> Option<u64> {
        let number = self.nodes.keys().next_back()? + 1;
        self.name(folder, name, Some(number))?;
        let node = if is_folder { Node::folder() } else { Node::default() };
        self.nodes.insert(number, node);
        Some(number)
    }

    /// Takes a name away; who has the file open goes on reading it.
    pub fn remove(&mut self, folder: u64, name: &OsStr) -> Option<()> {
        self.name(folder, name, None)
    }

    /// Gives a file another name, also over another file.
    pub fn rename(&mut self, from: (u64, &OsStr), to: (u64, &OsStr)) -> Option<()> {
        let number = self.find(from.0, from.1)?;
        self.name(from.0, from.1, None)?;
        self.name(to.0, to.1, Some(number))
    }

    /// Writes into a file; past its end the gap becomes zeros.
    pub fn write(&mut self, number: u64, at: usize, bytes: &[u8]) -> Option<()> {
        let file = &mut self.nodes.get_mut(&number)?.bytes;
        file.resize(file.len().max(at + bytes.len()), 0);
        file.get_mut(at..at + bytes.len())?.copy_from_slice(bytes);
        Some(())
    }

    /// Cuts a file to this length, or lengthens it.
    pub fn resize(&mut self, number: u64, length: usize) -> Option<()> {
        self.nodes.get_mut(&number)?.bytes.resize(length, 0);
        Some(())
    }

    /// Makes names durable, and the bytes of this file.
    pub fn flush(&mut self, number: u64) -> Option<()> {
        for (place, number) in self.waiting.drain(..) {
            match number {
                Some(number) => drop(self.durable.insert(place, number)),
                None => drop(self.durable.remove(&place)),
            }
        }
        let node = self.nodes.get_mut(&number)?;
        node.flushed.clone_from(&node.bytes);
        Some(())
    }

    /// Cuts the current. Gives back how many bytes and names were lost.
    pub fn cut(&mut self) -> usize {
        let mut lost = self.waiting.drain(..).count();
        for node in self.nodes.values_mut() {
            lost += node
                .bytes
                .iter()
                .enumerate()
                .filter(|(at, byte)| node.flushed.get(*at) != Some(byte))
                .count();
            node.bytes.clone_from(&node.flushed);
            if let Some(names) = &mut node.names {
                names.clear();
            }
        }
        for ((folder, name), number) in &self.durable {
            if let Some(names) = self.nodes.get_mut(folder).and_then(|node| node.names.as_mut()) {
                names.insert(name.clone(), *number);
            }
        }
        lost
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_a_cut_there_is_what_was_flushed_and_nothing_else() {
        let mut disk = Disk::default();
        let folder = disk.make(ROOT, "d".as_ref(), true).unwrap();
        let log = disk.make(folder, "log".as_ref(), false).unwrap();
        disk.write(log, 0, b"mot").unwrap();
        disk.flush(log).unwrap();
        disk.write(log, 3, b" hai").unwrap();
        let late = disk.make(folder, "late".as_ref(), false).unwrap();
        disk.write(late, 2, b"x").unwrap();
        disk.rename((folder, "log".as_ref()), (folder, "new".as_ref())).unwrap();
        assert_eq!(disk.find(folder, "new".as_ref()), Some(log));

        // " hai", two zeros and an x; a new name, one away, one new.
        assert_eq!(disk.cut(), 4 + 3 + 3);
        assert_eq!(disk.find(folder, "log".as_ref()), Some(log));
        assert_eq!(disk.node(log).unwrap().bytes, b"mot");
        assert_eq!(disk.find(folder, "late".as_ref()), None);
        assert_eq!(disk.find(folder, "new".as_ref()), None);
        assert_eq!(disk.cut(), 0, "once");
    }

    #[test]
    fn a_flush_of_one_file_keeps_all_names_and_only_its_bytes() {
        let mut disk = Disk::default();
        let (a, b) = (
            disk.make(ROOT, "a".as_ref(), false).unwrap(),
            disk.make(ROOT, "b".as_ref(), false).unwrap(),
        );
        disk.write(a, 0, b"a").unwrap();
        disk.write(b, 0, b"b").unwrap();
        disk.flush(b).unwrap();
        disk.cut();
        assert_eq!(disk.find(ROOT, "a".as_ref()), Some(a));
        assert_eq!(
            [&disk.node(a).unwrap().bytes[..], &disk.node(b).unwrap().bytes],
            [&b""[..], b"b"]
        );
    }
}
