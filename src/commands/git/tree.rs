//! The files of a commit. They come out of git as they went in: no filter, no attribute and no hook has a say.

use super::Repository;
use std::{
    collections::BTreeSet,
    fs,
    io::{self, BufRead, BufReader, Read, Seek, Write},
    path::{Component, Path},
    process::Stdio,
};

/// A file of a commit.
pub(in crate::commands) struct Blob {
    /// Its path from the library's root, with `/`.
    pub(in crate::commands) path: String,
    pub(in crate::commands) hash: String,
    pub(in crate::commands) is_link: bool,
}

impl Repository<'_> {
    /// The library's files as they were at a commit.
    ///
    /// # Errors
    /// What git says.
    pub(in crate::commands) fn files(&self, commit: &str) -> Result<Vec<Blob>, String> {
        let listed = self.bytes(&["ls-tree", "-r", "-z", commit])?;
        Ok(listed.split(|byte| *byte == 0).filter_map(Blob::of).collect())
    }

    /// What git would call the files that lie at these paths from the root now, one by one.
    ///
    /// # Errors
    /// What git says.
    pub(in crate::commands) fn hashes<'p>(&self, paths: impl Iterator<Item = &'p str>) -> Result<Vec<String>, String> {
        // In a folder of a repository git takes such paths for those from its own root.
        let lines: String = paths.map(|path| format!("{}\n", self.root.join(path).display())).collect();
        let mut git = self.command(&["hash-object", "--no-filters", "--stdin-paths"]);
        let done = git.stdin(listed(&lines)?).output().map_err(|error| format!("git can't be run: {error}"))?;
        if !done.status.success() {
            return Err(format!("git says: {}", String::from_utf8_lossy(&done.stderr).trim()));
        }
        Ok(String::from_utf8_lossy(&done.stdout).lines().map(str::to_owned).collect())
    }

    /// Gives somebody the bytes of each of these files.
    ///
    /// # Errors
    /// What git says, or whoever takes them.
    pub(in crate::commands) fn contents<'b>(
        &self,
        files: &[&'b Blob],
        mut take: impl FnMut(&'b Blob, Vec<u8>) -> Result<(), String>,
    ) -> Result<(), String> {
        let lines: String = files.iter().map(|file| format!("{}\n", file.hash)).collect();
        let mut git = self.command(&["cat-file", "--batch"]);
        let git = git.stdin(listed(&lines)?).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut git = git.map_err(|error| format!("git can't be run: {error}"))?;
        let mut out = BufReader::new(git.stdout.take().ok_or("git says nothing")?);
        let given = files.iter().try_for_each(|file| {
            let bytes = next(&mut out).ok_or_else(|| format!("git does not give {}{}", file.path, self.why_not()))?;
            take(file, bytes)
        });
        drop(out);
        git.wait().map_err(|error| format!("git can't be run: {error}"))?;
        given
    }

    /// Those of these paths where other bytes lie now than at a commit. Where git has a note alone, nobody knows.
    ///
    /// # Errors
    /// What git says.
    pub(in crate::commands) fn replaced<'p>(
        &self,
        commit: &str,
        paths: impl Iterator<Item = &'p String>,
    ) -> Result<BTreeSet<String>, String> {
        let paths: BTreeSet<&str> = paths.map(String::as_str).filter(|path| !path.contains('\n')).collect();
        let is_asked =
            |file: &Blob| paths.contains(file.path.as_str()) && !file.is_link && self.root.join(&file.path).is_file();
        let then: Vec<Blob> = self.files(commit)?.into_iter().filter(is_asked).collect();
        let hashes = self.hashes(then.iter().map(|file| file.path.as_str()))?;
        let others = then.iter().zip(&hashes).filter(|(file, hash)| file.hash != **hash).map(|(file, _)| file);
        let mut replaced = BTreeSet::new();
        self.contents(&others.collect::<Vec<_>>(), |file, bytes| {
            let is_note = Blob::is_note(&bytes);
            let bytes = file.with_endings(bytes, self.root);
            if !is_note && fs::read(self.root.join(&file.path)).is_ok_and(|now| now != bytes) {
                replaced.insert(file.path.clone());
            }
            Ok(())
        })?;
        Ok(replaced)
    }

    /// Puts the library's files as they were at a commit into an empty folder.
    ///
    /// # Errors
    /// What git says, or why a file can't be written.
    pub(in crate::commands) fn extract(&self, commit: &str, into: &Path) -> Result<(), String> {
        let files = self.files(commit)?;
        let failed = |error: io::Error| format!("{} can't be filled: {error}", into.display());
        let mut links = Vec::new();
        self.contents(&files.iter().collect::<Vec<_>>(), |file, bytes| {
            if file.is_link {
                links.push((into.join(&file.path), bytes));
                return Ok(());
            }
            file.write(&bytes, into, self.root).map_err(failed)
        })?;
        // Nothing is written through a link. Where it leads out of the folder, it is followed as little as in a library.
        links.iter().try_for_each(|(path, target)| link(target, path)).map_err(failed)
    }
}

impl Blob {
    /// One line of `git ls-tree -z`; nothing for what is no file, or no part of a library.
    fn of(line: &[u8]) -> Option<Self> {
        let line = std::str::from_utf8(line).ok()?;
        let (about, path) = line.split_once('\t')?;
        let mut about = about.split(' ');
        let (mode, _, hash) = (about.next()?, about.next()?, about.next()?);
        let is_link = mode == "120000";
        let sound = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        let first = path.split('/').next().unwrap_or_default();
        let ours = !first.starts_with('.') && !["public", "node_modules", "target"].contains(&first);
        let is_file = is_link || mode.starts_with("100");
        (is_file && sound && ours).then(|| Self { path: path.to_owned(), hash: hash.to_owned(), is_link })
    }

    /// True where git has a note of a file alone (Git LFS). The file of today is nearer to it than the note.
    pub(in crate::commands) fn is_note(bytes: &[u8]) -> bool {
        bytes.starts_with(b"version https://git-lfs.github.com/spec/")
    }

    /// The bytes of a text with the line endings that its file has now: a checkout may have others than git, and
    /// nobody changed a word by that. `root` is where the library of today lies.
    pub(in crate::commands) fn with_endings(&self, bytes: Vec<u8>, root: &Path) -> Vec<u8> {
        let is_text = |bytes: &[u8]| !bytes.contains(&0) && bytes.contains(&b'\n');
        if !is_text(&bytes) {
            return bytes;
        }
        let Ok(today) = fs::read(root.join(&self.path)) else { return bytes };
        let plain = without_returns(&bytes);
        if plain == without_returns(&today) {
            return today;
        }
        match (is_text(&today), has_returns(&today)) {
            (false, _) => bytes,
            (true, false) => plain,
            (true, true) => plain.split_inclusive(|byte| *byte == b'\n').flat_map(with_return).collect(),
        }
    }

    fn write(&self, bytes: &[u8], into: &Path, root: &Path) -> io::Result<()> {
        let path = into.join(&self.path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        if Self::is_note(bytes) {
            return fs::copy(root.join(&self.path), path).map(drop).or(Ok(()));
        }
        fs::write(path, self.with_endings(bytes.to_vec(), root))
    }
}

fn has_returns(text: &[u8]) -> bool {
    text.windows(2).any(|pair| pair == b"\r\n")
}

fn without_returns(text: &[u8]) -> Vec<u8> {
    let next = text.iter().skip(1).map(Some).chain([None]);
    text.iter().zip(next).filter(|pair| *pair != (&b'\r', Some(&b'\n'))).map(|(byte, _)| *byte).collect()
}

/// A line that ends in `\n` with `\r\n` at its end.
fn with_return(line: &[u8]) -> Vec<u8> {
    line.strip_suffix(b"\n").map_or_else(|| line.to_vec(), |words| [words, b"\r\n"].concat())
}

/// Makes a link as git has it, where the system knows links.
fn link(target: &[u8], path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(std::ffi::OsStr::new(&*String::from_utf8_lossy(target)), path)?;
    #[cfg(not(unix))]
    let _ = (target, path);
    Ok(())
}

/// What git is to read, as a file: a pipe might fill up while nobody reads what git says.
fn listed(lines: &str) -> Result<Stdio, String> {
    let written = || {
        let mut file = tempfile::tempfile()?;
        file.write_all(lines.as_bytes())?;
        file.rewind()?;
        Ok(file.into())
    };
    written().map_err(|error: io::Error| format!("there is no room for the older side: {error}"))
}

/// The next answer of `git cat-file --batch`.
fn next(out: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut head = String::new();
    out.read_line(&mut head).ok()?;
    let size: u64 = head.trim_end().rsplit(' ').next()?.parse().ok()?;
    let mut bytes = Vec::new();
    out.by_ref().take(size).read_to_end(&mut bytes).ok()?;
    let mut end = [0];
    out.read_exact(&mut end).ok()?;
    (bytes.len() as u64 == size).then_some(bytes)
}
