//! All that an entry has in one file: what is made of it, the files that it names, and what they are.

mod files;

pub(super) use files::files;

use super::archive::archive;
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{Content, Ingredient, Paper, Recipe, Span},
};
use sha2::{Digest, Sha256};
use std::{collections::BTreeSet, fmt::Write as _, sync::Arc};

/// What names the work in keys; another one where the same parts are to give other bytes.
const VERSION: &str = "zip 1";

/// The file that says what the others are.
const README: &str = "README.txt";

/// The file with the SHA-256 of each other, as `sha256sum --check` reads it.
const SUMS: &str = "SHA256SUMS";

/// A file that goes in.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// Its path there.
    pub(super) path: String,
    /// What it holds; nothing that is measured.
    pub(super) content: Content,
    /// What there is to say of it, a line each: `Credit: Exampleshire Council`.
    pub(super) about: Vec<String>,
}

/// The archive of these parts and of what says what they are; `paper` is that of the entry. Its files stand in the
/// order of their paths. A part whose path is taken is given another one.
pub(super) fn recipe(paper: &Paper, mut parts: Vec<Part>) -> Recipe {
    parts.retain(|part| !matches!(part.content, Content::Measured(_)));
    part_paths(&mut parts);
    let readme = readme(paper, &parts);
    parts.push(Part {
        path: README.to_owned(),
        content: Content::Bytes(Arc::from(readme.into_bytes())),
        about: vec![],
    });
    parts.sort_by(|a, b| a.path.cmp(&b.path));

    let day = paper.dated.as_deref().and_then(|day| day.parse().ok());
    let ingredients: Vec<Ingredient> = parts.iter().filter_map(|part| ingredient(&part.content)).collect();
    let key = key(paper, &parts);
    let source = paper.source.path.clone();
    Recipe::new(key, ingredients, move |made| {
        let mut made = made.iter();
        let bytes = |part: &Part| match &part.content {
            Content::Bytes(bytes) => Some(bytes.clone()),
            _ => made.next().cloned(),
        };
        let whole: Vec<Arc<[u8]>> = parts.iter().filter_map(bytes).collect();
        let mut files: Vec<(&str, &[u8])> =
            parts.iter().map(|part| part.path.as_str()).zip(whole.iter().map(|bytes| &**bytes)).collect();
        let sums = sums(&files);
        files.push((SUMS, sums.as_bytes()));
        files.sort_by_key(|(path, _)| *path);
        archive(files, day).map_err(|error| {
            Diagnostic::new(Code::OutputFailed, format!("The ZIP file of this page can't be made: {error}"))
                .at(&source, Span::default())
                .help("Take out some of its files, or make them smaller.")
        })
    })
}

/// Gives each part a path of its own that leads nowhere else.
fn part_paths(parts: &mut [Part]) {
    let mut taken = BTreeSet::from([README.to_lowercase(), SUMS.to_lowercase()]);
    for part in parts {
        let wanted = part.path.replace(['\\', '\n', '\r', ':'], "-");
        let wanted: Vec<&str> = wanted.split('/').filter(|step| !["", ".", ".."].contains(step)).collect();
        let wanted = wanted.join("/");
        let (stem, ending) = wanted
            .rsplit_once('.')
            .map_or((wanted.as_str(), String::new()), |(stem, ending)| (stem, format!(".{ending}")));
        let mut path = wanted.clone();
        let mut number = 1;
        // Windows knows no difference between capital and small letters.
        while !taken.insert(path.to_lowercase()) {
            number += 1;
            path = format!("{stem}-{number}{ending}");
        }
        part.path = path;
    }
}

fn ingredient(content: &Content) -> Option<Ingredient> {
    match content {
        Content::File(path) => Some(Ingredient::File(path.clone())),
        Content::Made(recipe) => Some(Ingredient::Made(recipe.clone())),
        Content::Bytes(_) | Content::Measured(_) => None,
    }
}

fn key(paper: &Paper, parts: &[Part]) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    add(paper.dated.as_deref().unwrap_or_default().as_bytes());
    for part in parts {
        add(part.path.as_bytes());
        match &part.content {
            Content::Bytes(bytes) => add(bytes),
            Content::Made(recipe) => add(recipe.key().as_bytes()),
            Content::File(_) | Content::Measured(_) => add(b""),
        }
    }
    format!("{VERSION} {}", hasher.finalize())
}

/// A line for each file, as `sha256sum --binary` would write it less its star, which `--check` takes either way.
fn sums(files: &[(&str, &[u8])]) -> String {
    let mut sums = String::new();
    for (path, bytes) in files {
        for byte in Sha256::digest(bytes) {
            // Nothing can fail that is written to memory.
            let _ = write!(sums, "{byte:02x}");
        }
        let _ = writeln!(sums, "  {path}");
    }
    sums
}

fn readme(paper: &Paper, parts: &[Part]) -> String {
    let opening = [paper.title.as_str(), "", &paper.summary, "", &paper.site, &paper.address];
    let dated = Some(paper.dated_words.as_str()).filter(|day| !day.is_empty());
    let mut lines: Vec<String> = opening.into_iter().chain(dated).map(str::to_owned).collect();
    lines.extend([String::new(), paper.word("archive_contents").to_owned(), String::new()]);
    let mut sorted: Vec<&Part> = parts.iter().collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    for part in sorted {
        lines.push(part.path.clone());
        lines.extend(part.about.iter().map(|line| format!("    {line}")));
    }
    lines.extend([SUMS.to_owned(), format!("    {}", paper.word("archive_sums"))]);
    lines.dedup_by(|one, other| one.is_empty() && other.is_empty());
    // Notepad of older Windows knows no other end of a line.
    lines.join("\r\n") + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::{super::sample, *};
    use ::zip::ZipArchive;
    use std::io::{Cursor, Read as _};

    fn part(path: &str, content: Content) -> Part {
        Part { path: path.into(), content, about: vec!["Credit: Us".into()] }
    }

    fn bytes(text: &str) -> Content {
        Content::Bytes(Arc::from(text.as_bytes()))
    }

    fn read(made: Vec<u8>) -> Vec<(String, String)> {
        let mut archive = ZipArchive::new(Cursor::new(made)).unwrap();
        let count = archive.len();
        let file = |place| {
            let mut file = archive.by_index(place).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        };
        (0..count).map(file).collect()
    }

    #[test]
    fn every_part_is_in_it_in_order_with_its_sum() {
        let inner = Arc::new(Recipe::new("x", [], |_| Ok(Vec::new())));
        let parts = vec![
            part("z.txt", bytes("z")),
            part("../files/a.png", Content::File("/library/a.png".into())),
            part("files/A.png", Content::Made(inner)),
        ];
        let recipe = recipe(&sample::paper(), parts);
        assert_eq!(recipe.ingredients().len(), 2);
        let made = recipe.make(&[Arc::from(&b"made"[..]), Arc::from(&b"file"[..])]).unwrap();
        let files = read(made);
        let paths: Vec<_> = files.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, ["README.txt", "SHA256SUMS", "files/A-2.png", "files/a.png", "z.txt"]);
        assert_eq!((files[2].1.as_str(), files[3].1.as_str()), ("made", "file"));
        assert!(files[0].1.contains("files/a.png\r\n    Credit: Us\r\n"), "{}", files[0].1);
        let sum_of_z = "594e519ae499312b29433b7dd8a97ff068defcba9755b6d5d00e84c524d67b06  z.txt\n";
        assert!(files[1].1.ends_with(sum_of_z), "{}", files[1].1);
        assert_eq!(files[1].1.lines().count(), 4);
    }

    #[test]
    fn the_key_tells_one_archive_from_another() {
        let key = |text: &str, path: &str| recipe(&sample::paper(), vec![part(path, bytes(text))]).key().to_owned();
        assert_eq!(key("a", "b"), key("a", "b"));
        assert_ne!(key("a", "b"), key("b", "b"));
        assert_ne!(key("a", "b"), key("a", "c"));
    }
}
