//! What the files of office programs have in common: parts that are packed together, and the XML in them.

mod package;
pub(super) mod xml;

pub(super) use package::{Package, Relations};

/// The beginning of the container that Office had before 2007, which holds encrypted files to this day ([MS-CFB]).
pub(super) const OLD: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// True for a file that nobody can read without its password.
pub(super) fn is_locked(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.starts_with(&OLD) && bytes.windows(name.len()).any(|part| part == name)
}
