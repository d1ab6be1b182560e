//! Builds little libraries, and runs the program on them.

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
    process::Output,
};
use tempfile::TempDir;

/// A library in a folder of its own, gone when it is dropped.
pub struct Site {
    folder: TempDir,
}

/// What every page needs.
pub const SETTINGS: &str = "title: Test\nbase_url: https://example.org/\n";

impl Site {
    /// An empty library.
    pub fn new() -> Self {
        let site = Self { folder: TempDir::new().unwrap() };
        site.file("casebook.yaml", SETTINGS).file("content/_data/themes.yaml", "- id: mentoring\n  label: Mentoring\n")
    }

    /// A copy of a case of tests/sites.
    pub fn case(name: &str) -> Self {
        let site = Self { folder: TempDir::new().unwrap() };
        copy(&cases().join(name), site.root());
        site
    }

    /// A copy of a library of the fixtures.
    pub fn fixture(name: &str) -> Self {
        let site = Self { folder: TempDir::new().unwrap() };
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures").join(name), site.root());
        site
    }

    /// The library that this repository publishes, in another theme.
    pub fn published_in(theme: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let site = Self { folder: TempDir::new().unwrap() };
        copy(&root.join("content"), &site.root().join("content"));
        let settings = fs::read_to_string(root.join("casebook.yaml")).unwrap();
        assert!(settings.contains("\ntheme: civic\n"));
        site.file("casebook.yaml", settings.replace("\ntheme: civic\n", &format!("\ntheme: {theme}\n")))
    }

    /// With this file.
    pub fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.write(path, text);
        self
    }

    /// With a page of this title, more front matter, and body.
    pub fn page(self, path: &str, title: &str, front: &str, body: &str) -> Self {
        self.file(path, format!("---\ntitle: {title}\nsummary: About {title}.\n{front}---\n\n{body}"))
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Runs the program with these arguments in the library's folder.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        let output = program().args(arguments).current_dir(self.root()).output().unwrap();
        Ran(output)
    }

    /// The text of a file of the built site.
    pub fn built(&self, path: &str) -> String {
        let path = self.root().join("public").join(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// True where the built site has this file.
    pub fn has(&self, path: &str) -> bool {
        self.root().join("public").join(path).exists()
    }

    /// All that the index of the built site holds, as text: what is compressed in it can't be looked through.
    pub fn index(&self) -> String {
        let root = self.built("search/index.json");
        let known: serde_json::Value = serde_json::from_str(&root).unwrap();
        let preface = known["preface"].as_str().unwrap().as_bytes();
        let mut text = root;
        for (path, bytes) in self.site().into_iter().filter(|(path, _)| path.ends_with(".bin")) {
            let is_texts = path.rsplit('/').next().unwrap().starts_with('d');
            let plain = if is_texts { continued(&bytes, preface) } else { unpacked(&bytes) };
            text += &String::from_utf8_lossy(&plain);
        }
        text
    }

    /// Every file of the built site with its bytes, by path.
    pub fn site(&self) -> std::collections::BTreeMap<String, Vec<u8>> {
        files(&self.root().join("public"))
    }
}

/// The bytes of a file that is gzip.
pub fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain).unwrap();
    plain
}

fn continued(bytes: &[u8], preface: &[u8]) -> Vec<u8> {
    let mut unpack = flate2::Decompress::new(false);
    if !preface.is_empty() {
        unpack.set_dictionary(preface).unwrap();
    }
    let mut plain = Vec::with_capacity(1 << 20);
    unpack.decompress_vec(bytes, &mut plain, flate2::FlushDecompress::Finish).unwrap();
    plain
}

/// The program under test, with nothing of the surroundings that could change what it makes.
pub fn program() -> assert_cmd::Command {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_casebook"));
    command.env_remove("SOURCE_DATE_EPOCH").env("NO_COLOR", "1");
    command
}

/// How a run of the program ended.
pub struct Ran(Output);

impl Ran {
    pub fn of(output: Output) -> Self {
        Self(output)
    }

    pub fn code(&self) -> i32 {
        self.0.status.code().unwrap()
    }

    pub fn stdout(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    pub fn stderr(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }

    /// This run, which must have ended well.
    #[track_caller]
    pub fn clean(self) -> Self {
        assert_eq!(self.code(), 0, "{}{}", self.stdout(), self.stderr());
        self
    }
}

/// Where the tiny sites are.
pub fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites")
}

/// Every file below a folder with its bytes, by path.
pub fn files(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let walk =
        walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    walk.map(|entry| {
        (entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned(), fs::read(entry.path()).unwrap())
    })
    .collect()
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in files(from) {
        let path = to.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}
