//! What a file holds, in sixteen bytes.

use std::{
    fmt,
    fs::{self, File},
    io::{self, Read, Write},
    path::Path,
};

/// The first half of a BLAKE3 hash, written as 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, std::hash::Hash)]
pub(super) struct Hash([u8; 16]);

/// Large enough for few system calls, small enough for the stack's neighbours in the cache.
const BUFFER: usize = 128 * 1024;

impl Hash {
    /// The hash of some bytes.
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self::shortened(&blake3::hash(bytes))
    }

    /// The hash of a file, read piece by piece.
    pub(super) fn of_file(path: &Path) -> io::Result<Self> {
        if !fs::metadata(path)?.is_file() {
            return Err(io::Error::other("it is no file"));
        }
        Ok(Self::copying(&mut File::open(path)?, &mut io::sink())?.0)
    }

    /// Copies, and says the hash and the size of what went through.
    pub(super) fn copying(from: &mut impl Read, to: &mut impl Write) -> io::Result<(Self, u64)> {
        let mut hasher = blake3::Hasher::new();
        let mut buffer = vec![0; BUFFER];
        let mut size = 0;
        loop {
            let read = match from.read(&mut buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            let Some(piece) = buffer.get(..read).filter(|piece| !piece.is_empty()) else { break };
            hasher.update(piece);
            to.write_all(piece)?;
            size += read as u64;
        }
        Ok((Self::shortened(&hasher.finalize()), size))
    }

    /// Reads what `Display` writes.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let digits = Some(text).filter(|text| text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit()))?;
        u128::from_str_radix(digits, 16).ok().map(|number| Self(number.to_be_bytes()))
    }

    fn shortened(hash: &blake3::Hash) -> Self {
        let (half, _) = hash.as_bytes().split_at(16);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(half);
        Self(bytes)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}
