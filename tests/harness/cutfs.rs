//! The disk that forgets ([`Disk`]), mounted at a folder for a browser to write to.
//!
//! Invariant: a cut happens while nobody writes (the browser was killed) and unmounts; mounting again shows what had been flushed.
//! It needs `/dev/fuse` and the right to mount; where they are missing, [`Mounted::at`] says why.

use std::{
    ffi::OsStr,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use fuser::{
    BackgroundSession, BsdFileFlags, Config, Errno, FileAttr, FileHandle, FileType, Filesystem, FopenFlags, Generation,
    INodeNo, LockOwner, OpenFlags, RenameFlags, ReplyAttr, ReplyCreate, ReplyData, ReplyDirectory, ReplyEmpty,
    ReplyEntry, ReplyStatfs, ReplyWrite, Request, TimeOrNow, WriteFlags,
};

use crate::volatile::Disk;

/// Nobody else changes the disk while it is mounted.
const KNOWN_FOR: Duration = Duration::from_secs(1);
const BLOCK: u32 = 4096;
/// Blocks that are said to be there and free: 4 GiB.
const BLOCKS: u64 = 1 << 20;

#[derive(Clone)]
struct Shared(Arc<Mutex<Disk>>);

impl Shared {
    fn disk(&self) -> MutexGuard<'_, Disk> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look(&self, number: u64) -> Option<FileAttr> {
        let disk = self.disk();
        let node = disk.node(number)?;
        let (kind, perm) = match node.names {
            Some(_) => (FileType::Directory, 0o755),
            None => (FileType::RegularFile, 0o644),
        };
        let size = node.bytes.len() as u64;
        Some(FileAttr {
            ino: INodeNo(number),
            size,
            blocks: size.div_ceil(512),
            atime: UNIX_EPOCH,
            mtime: UNIX_EPOCH,
            ctime: UNIX_EPOCH,
            crtime: UNIX_EPOCH,
            kind,
            perm,
            nlink: 1,
            uid: 0,
            gid: 0,
            rdev: 0,
            blksize: BLOCK,
            flags: 0,
        })
    }

    fn entry(&self, number: Option<u64>, reply: ReplyEntry) {
        match number.and_then(|number| self.look(number)) {
            Some(node) => reply.entry(&KNOWN_FOR, &node, Generation(0)),
            None => reply.error(Errno::ENOENT),
        }
    }
}

fn done(done: Option<()>, reply: ReplyEmpty) {
    match done {
        Some(()) => reply.ok(),
        None => reply.error(Errno::ENOENT),
    }
}

impl Filesystem for Shared {
    fn lookup(&self, _: &Request, folder: INodeNo, name: &OsStr, reply: ReplyEntry) {
        let found = self.disk().find(folder.0, name);
        self.entry(found, reply);
    }

    fn getattr(&self, _: &Request, number: INodeNo, _: Option<FileHandle>, reply: ReplyAttr) {
        match self.look(number.0) {
            Some(node) => reply.attr(&KNOWN_FOR, &node),
            None => reply.error(Errno::ENOENT),
        }
    }

    fn setattr(
        &self,
        request: &Request,
        number: INodeNo,
        _: Option<u32>,
        _: Option<u32>,
        _: Option<u32>,
        size: Option<u64>,
        _: Option<TimeOrNow>,
        _: Option<TimeOrNow>,
        _: Option<SystemTime>,
        handle: Option<FileHandle>,
        _: Option<SystemTime>,
        _: Option<SystemTime>,
        _: Option<SystemTime>,
        _: Option<BsdFileFlags>,
        reply: ReplyAttr,
    ) {
        if let Some(size) = size {
            self.disk().resize(number.0, size as usize);
        }
        self.getattr(request, number, handle, reply);
    }

    fn mkdir(&self, _: &Request, folder: INodeNo, name: &OsStr, _: u32, _: u32, reply: ReplyEntry) {
        let made = self.disk().make(folder.0, name, true);
        self.entry(made, reply);
    }

    fn create(&self, _: &Request, folder: INodeNo, name: &OsStr, _: u32, _: u32, _: i32, reply: ReplyCreate) {
        let made = self.disk().make(folder.0, name, false);
        match made.and_then(|number| self.look(number)) {
            Some(node) => reply.created(&KNOWN_FOR, &node, Generation(0), FileHandle(0), FopenFlags::empty()),
            None => reply.error(Errno::ENOENT),
        }
    }

    fn unlink(&self, _: &Request, folder: INodeNo, name: &OsStr, reply: ReplyEmpty) {
        done(self.disk().remove(folder.0, name), reply);
    }

    fn rmdir(&self, _: &Request, folder: INodeNo, name: &OsStr, reply: ReplyEmpty) {
        done(self.disk().remove(folder.0, name), reply);
    }

    fn rename(
        &self,
        _: &Request,
        folder: INodeNo,
        name: &OsStr,
        to: INodeNo,
        new: &OsStr,
        _: RenameFlags,
        reply: ReplyEmpty,
    ) {
        done(self.disk().rename((folder.0, name), (to.0, new)), reply);
    }

    fn read(
        &self,
        _: &Request,
        number: INodeNo,
        _: FileHandle,
        at: u64,
        size: u32,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyData,
    ) {
        let disk = self.disk();
        let bytes = disk.node(number.0).map_or(&[][..], |node| &node.bytes);
        let from = bytes.len().min(at as usize);
        let to = bytes.len().min(from + size as usize);
        reply.data(bytes.get(from..to).unwrap_or_default());
    }

    fn write(
        &self,
        _: &Request,
        number: INodeNo,
        _: FileHandle,
        at: u64,
        bytes: &[u8],
        _: WriteFlags,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyWrite,
    ) {
        match self.disk().write(number.0, at as usize, bytes) {
            Some(()) => reply.written(bytes.len() as u32),
            None => reply.error(Errno::ENOENT),
        }
    }

    fn flush(&self, _: &Request, _: INodeNo, _: FileHandle, _: LockOwner, reply: ReplyEmpty) {
        // A file is closed; that makes nothing durable.
        reply.ok();
    }

    fn fsync(&self, _: &Request, number: INodeNo, _: FileHandle, _: bool, reply: ReplyEmpty) {
        done(self.disk().flush(number.0), reply);
    }

    fn fsyncdir(&self, _: &Request, number: INodeNo, _: FileHandle, _: bool, reply: ReplyEmpty) {
        done(self.disk().flush(number.0), reply);
    }

    fn readdir(&self, _: &Request, number: INodeNo, _: FileHandle, from: u64, mut reply: ReplyDirectory) {
        let disk = self.disk();
        let names = disk.node(number.0).and_then(|node| node.names.as_ref());
        for (at, (name, number)) in names.into_iter().flatten().enumerate().skip(from as usize) {
            let is_folder = disk.node(*number).is_some_and(|node| node.names.is_some());
            let kind = if is_folder {
                FileType::Directory
            } else {
                FileType::RegularFile
            };
            if reply.add(INodeNo(*number), at as u64 + 1, kind, name) {
                break;
            }
        }
        reply.ok();
    }

    fn statfs(&self, _: &Request, _: INodeNo, reply: ReplyStatfs) {
        reply.statfs(BLOCKS, BLOCKS, BLOCKS, BLOCKS, BLOCKS, BLOCK, 255, BLOCK);
    }
}

/// The disk at its folder, until it is cut.
pub struct Mounted {
    place: PathBuf,
    shared: Shared,
    session: Option<BackgroundSession>,
}

impl Mounted {
    /// Mounts an empty disk at a folder, which is made. An error: this machine cannot.
    pub fn at(place: &Path) -> io::Result<Mounted> {
        std::fs::create_dir_all(place)?;
        let mut mounted = Mounted {
            place: place.to_owned(),
            shared: Shared(Arc::new(Mutex::new(Disk::default()))),
            session: None,
        };
        mounted.mount()?;
        Ok(mounted)
    }

    fn mount(&mut self) -> io::Result<()> {
        self.session = Some(fuser::spawn_mount(
            self.shared.clone(),
            &self.place,
            &Config::default(),
        )?);
        Ok(())
    }

    /// Cuts the current and switches it on again. Whoever wrote is gone by now. Gives back how many bytes and names were lost.
    pub fn cut(&mut self) -> usize {
        if let Some(session) = self.session.take() {
            session.umount_and_join().expect("nobody uses the disk any more");
        }
        let lost = self.shared.disk().cut();
        self.mount().expect("as the first time");
        lost
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        if let Some(session) = self.session.take() {
            let _ = session.umount_and_join();
        }
    }
}
