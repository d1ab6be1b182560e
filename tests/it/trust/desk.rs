//! A library that was built once, and what becomes of it when somebody puts something else into it.

use crate::site::{Ran, SETTINGS, Site};
use std::{collections::BTreeMap, fs, path::Path, time::Duration};

/// How long a run may take. All take less than a second on their own; what hangs takes for ever.
const PATIENCE: Duration = Duration::from_secs(120);

/// How much memory a run may ask for, in KB: far more than one needs, far less than a machine has.
const MEMORY: u64 = 6_000_000;

/// A library with one page, which was built.
pub struct Desk {
    pub site: Site,
    built: BTreeMap<String, Vec<u8>>,
}

impl Desk {
    pub fn new() -> Self {
        let site = Site::new().page("content/guides/good.md", "Good", "", "Text.\n");
        site.run(&["build", "--no-downloads"]).clean();
        let built = site.site();
        Self { site, built }
    }

    /// Builds with these files too. Exactly these faults are told, as errors, and the site is as it was.
    #[track_caller]
    pub fn refuses(&self, files: &[(&str, &[u8])], told: &[&str]) {
        let what = self.put(files);
        let ran = run(self.site.root(), &["build", "--no-downloads"]);
        let said = ran.stderr();
        assert_eq!(ran.code(), 1, "{what}\n{said}");
        for told in told {
            assert!(said.contains(told), "{what}\n{told} is missing from:\n{said}");
        }
        assert_eq!(said.matches(": error[CB").count(), told.len(), "{what}\n{said}");
        assert!(self.site.site() == self.built, "{what}: the old site was touched");
        self.take_away(files);
    }

    /// Checks with these files too: nothing is wrong with them but these warnings.
    #[track_caller]
    pub fn takes(&self, files: &[(&str, &[u8])], warned: &[&str]) {
        let what = self.put(files);
        let ran = run(self.site.root(), &["check"]);
        let said = ran.stderr();
        assert_eq!(ran.code(), 0, "{what}\n{said}");
        for warned in warned {
            assert!(said.contains(warned), "{what}\n{warned} is missing from:\n{said}");
        }
        assert_eq!(said.matches("[CB").count(), warned.len(), "{what}\n{said}");
        self.take_away(files);
    }

    fn put(&self, files: &[(&str, &[u8])]) -> String {
        for (path, bytes) in files {
            self.site.write(path, bytes);
        }
        let start = |(path, bytes): &(&str, &[u8])| {
            format!("{path:?}: {}", String::from_utf8_lossy(bytes).chars().take(200).collect::<String>())
        };
        files.iter().map(start).collect::<Vec<_>>().join("\n")
    }

    fn take_away(&self, files: &[(&str, &[u8])]) {
        for (path, _) in files {
            let path = self.site.root().join(path);
            fs::remove_file(&path).unwrap();
            let is_folder_of_its_own = |folder: &&Path| !folder.ends_with("content") && fs::remove_dir(folder).is_ok();
            let _ = path.ancestors().skip(1).take_while(is_folder_of_its_own).count();
        }
        self.site.write("casebook.yaml", SETTINGS);
        self.site.write("content/_data/themes.yaml", "- id: mentoring\n  label: Mentoring\n");
    }
}

/// Runs the program with a bound on its time and its memory: who hangs or takes all is as dead as who dies.
pub fn run(root: &Path, arguments: &[&str]) -> Ran {
    run_with(root, arguments, &[])
}

/// The same with variables of the surroundings.
pub fn run_with(root: &Path, arguments: &[&str], surroundings: &[(&str, &str)]) -> Ran {
    let limited = format!("ulimit -v {MEMORY} 2>/dev/null; exec \"$0\" \"$@\"");
    let mut command = match cfg!(unix) {
        true => {
            let mut shell = assert_cmd::Command::new("sh");
            shell.args(["-c", &limited, env!("CARGO_BIN_EXE_casebook")]);
            shell
        }
        false => assert_cmd::Command::new(env!("CARGO_BIN_EXE_casebook")),
    };
    command.env_remove("SOURCE_DATE_EPOCH").env("NO_COLOR", "1").envs(surroundings.iter().copied());
    Ran::of(command.args(arguments).current_dir(root).timeout(PATIENCE).output().unwrap())
}
