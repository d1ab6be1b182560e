//! Disks that are full, that take no large file, or that the site has for itself.

use super::{NOW, drawing, left_over, put, site_at};
use crate::site::{Site, program};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// A script with the program as `$casebook`, at a library.
fn script(site: &Site, namespace: bool, script: &str) -> Output {
    let mut command = if namespace { Command::new("unshare") } else { Command::new("sh") };
    if namespace {
        command.args(["--map-root-user", "--mount", "sh"]);
    }
    let casebook = format!("{} build --now {NOW}", env!("CARGO_BIN_EXE_casebook"));
    command.args(["-c", script]).env("casebook", casebook).env("NO_COLOR", "1").current_dir(site.root());
    command.output().unwrap()
}

/// True where a test may mount disks of its own: on Linux, where the system lets everybody.
#[allow(clippy::print_stdout, reason = "whoever runs the tests is to know what was not tested")]
fn may_mount(site: &Site) -> bool {
    let may = Command::new("unshare").arg("--version").output().is_ok()
        && script(site, true, "mkdir m && mount -t tmpfs none m && umount m && rmdir m").status.success();
    if !may {
        println!("Skipped: no disks can be mounted here.");
    }
    may
}

#[cfg(unix)]
#[test]
fn a_file_that_the_system_will_not_take_costs_nothing_but_the_build() {
    for is_first in [true, false] {
        let site = Site::new();
        put(&site, 0);
        if !is_first {
            site.run(&["build", "--now", NOW]).clean();
            put(&site, 2);
        }
        let (before, mut refused) = (site_at(site.root()), 0);
        for blocks in (0..9).map(|power| (1 << power) - 1) {
            // The signal that comes with the refusal would end the program.
            let ran = script(&site, false, &format!("trap '' XFSZ; ulimit -f {blocks}; exec $casebook"));
            let said = String::from_utf8_lossy(&ran.stderr).into_owned();
            if ran.status.success() {
                break;
            }
            refused += 1;
            assert_eq!(ran.status.code(), Some(2), "{blocks}: {said}");
            assert!(said.contains("CB0802") && said.contains("as it was"), "{blocks}: {said}");
            assert!(site_at(site.root()) == before, "{blocks}");
            assert_eq!(left_over(site.root()), [""; 0], "{blocks}");
        }
        assert!(refused > 3, "{refused}");
        site.run(&["build", "--now", NOW]).clean();
        assert!(site_at(site.root()) != before);
    }
}

/// Lines of `name value` that a script has written.
fn told(output: &Output) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let lines = text.lines().filter_map(|line| line.split_once(' '));
    lines.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// A disk for the whole library, with the library's old site on it, and less and less room for the new one.
const FULL: &str = "
hash() { if [ -e disk/public ]; then (cd disk/public && find . -type f | sort | xargs sha256sum | sha256sum); fi; }
mkdir disk && mount -t tmpfs -o size=64m none disk
cp -r casebook.yaml content disk/
[ \"$first\" ] || $casebook --root disk --quiet
rm -r disk/content && cp -r later disk/content
used=$(df -k disk | tail -1 | awk '{ print $3 }')
echo old $(hash)
for room in 4 8 16 32 64 128 192 256 384 512 768 1024 2048 8192; do
    mount -o remount,size=$((used + room))k disk
    $casebook --root disk --quiet 2>said; code=$?
    if [ $code = 0 ]; then break; fi
    grep -q 'CB0802.*' said && grep -q 'Make room' said && echo failed $code $(hash)
done
mount -o remount,size=64m disk
$casebook --root disk --quiet && echo new $(hash)
rm -r disk/public disk/.public.casebook && $casebook --root disk --quiet && echo clean $(hash)
ls -A disk/.public.casebook
";

#[cfg(target_os = "linux")]
#[test]
fn a_disk_without_room_keeps_its_old_site_whole() {
    for first in ["", "1"] {
        let site = Site::new();
        if !may_mount(&site) {
            return;
        }
        put(&site, 2);
        fs::rename(site.root().join("content"), site.root().join("later")).unwrap();
        let data = "content/_data/themes.yaml";
        site.write(data, fs::read(site.root().join("later/_data/themes.yaml")).unwrap());
        put(&site, 0);
        let ran = script(&site, true, &format!("first={first}\n{FULL}"));
        let told = told(&ran);
        let said = |name: &str| -> Vec<&str> {
            told.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
        };
        let old = said("old").first().copied().unwrap_or_default();
        let failed = said("failed");
        assert!(failed.len() > 4, "{told:?} {}", String::from_utf8_lossy(&ran.stderr));
        assert!(failed.iter().all(|what| what.trim() == format!("2 {old}").trim()), "{told:?}");
        assert!(said("new").len() == 1 && said("new") == said("clean"), "{told:?}");
        assert_ne!(said("new"), [old]);
    }
}

/// A disk for the site alone, which nothing can be renamed onto: built, changed, full, and built again.
const MOUNTED: &str = "
mkdir public && mount -t tmpfs -o size=64m none public
$casebook --quiet && cp -r public one
rm -r content && mv later content && $casebook --quiet && cp -r public two
rm -r content && mv third content
used=$(df -k public | tail -1 | awk '{ print $3 }')
mount -o remount,size=$((used + 16))k public
$casebook --quiet 2>said; code=$?
diff -r public two && grep -q 'as it was' said && echo full $code
mount -o remount,size=64m public
$casebook --quiet && cp -r public three && echo done $(ls -A .public.casebook)
";

#[cfg(target_os = "linux")]
#[test]
fn a_site_on_a_disk_of_its_own_is_brought_there_file_by_file() {
    let site = Site::new();
    if !may_mount(&site) {
        return;
    }
    let data = fs::read(site.root().join("content/_data/themes.yaml")).unwrap();
    for (folder, state) in [("third", 4), ("later", 1)] {
        put(&site, state);
        site.write("content/guides/large.svg", drawing(3) + &" ".repeat(state << 18));
        fs::rename(site.root().join("content"), site.root().join(folder)).unwrap();
        site.write("content/_data/themes.yaml", &data);
    }
    put(&site, 0);
    let ran = script(&site, true, MOUNTED);
    let told = told(&ran);
    let said = String::from_utf8_lossy(&ran.stderr).into_owned() + &String::from_utf8_lossy(&ran.stdout);
    assert!(told.contains(&("full".to_owned(), "2".to_owned())), "{said}");
    assert!(told.contains(&("done".to_owned(), ".gitignore lock note stamps".to_owned())), "{said}");
    for (folder, state) in [("one", 0), ("two", 1), ("three", 4)] {
        let clean = Site::new();
        put(&clean, state);
        if state > 0 {
            clean.write("content/guides/large.svg", drawing(3) + &" ".repeat(state << 18));
        }
        clean.run(&["build", "--now", NOW]).clean();
        assert!(crate::site::files(&site.root().join(folder)) == clean.site(), "{folder}");
    }
}

/// A folder on another disk than the one that tests use, where there is one.
fn elsewhere() -> Option<tempfile::TempDir> {
    let shared = Path::new("/dev/shm");
    shared.is_dir().then(|| tempfile::tempdir_in(shared).ok()).flatten()
}

#[test]
fn without_a_cache_a_build_goes_on() {
    let shared = elsewhere();
    let precious = shared.as_ref().map_or_else(|| tempfile::tempdir().unwrap().keep(), |disk| disk.path().to_owned());
    fs::write(precious.join("thesis.txt"), "my only copy").unwrap();
    type Way = fn(&Path, &PathBuf);
    let ways: [(&str, Way); 4] = [
        ("a file", |root, _| fs::write(root.join(".casebook"), "").unwrap()),
        ("a file in it", |root, _| {
            fs::create_dir(root.join(".casebook")).unwrap();
            fs::write(root.join(".casebook/cache"), "").unwrap();
        }),
        ("a link", |root, precious| link(precious, &root.join(".casebook"))),
        ("a link in it", |root, precious| {
            fs::create_dir(root.join(".casebook")).unwrap();
            link(precious, &root.join(".casebook/cache"));
        }),
    ];
    let expected = super::clean();
    for (what, way) in ways {
        let site = Site::new();
        way(site.root(), &precious);
        for state in [0, 2] {
            put(&site, state);
            site.run(&["build", "--now", NOW]).clean();
            assert!(site.site() == expected[state], "{what}");
        }
        let left: Vec<_> = fs::read_dir(&precious).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["thesis.txt"], "{what}");
    }
    fs::remove_dir_all(precious).unwrap();
}

#[cfg(unix)]
fn link(to: &Path, at: &Path) {
    std::os::unix::fs::symlink(to, at).unwrap();
}

#[cfg(not(unix))]
fn link(_: &Path, at: &Path) {
    fs::write(at, "").unwrap();
}

#[test]
fn a_first_build_that_fails_leaves_nothing_behind() {
    let site = Site::new().page("content/a.md", "A", "", "[x](nowhere.md)\n");
    let names = || {
        let mut names: Vec<_> = fs::read_dir(site.root()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let before = names();
    let output = program().arg("build").current_dir(site.root()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(names(), before);
}
