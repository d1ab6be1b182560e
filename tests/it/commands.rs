//! The commands as people type them.

use crate::site::{Site, program};
use std::{collections::BTreeMap, fs, path::Path};
use tempfile::TempDir;

#[test]
fn a_new_library_is_made_checked_and_built_without_a_fault() {
    let folder = TempDir::new().unwrap();
    let run = |arguments: &[&str], at: &str| {
        let output = program().args(arguments).current_dir(folder.path().join(at)).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(run(&["init", "my-library"], ".").contains("my-library"));
    assert!(run(&["check", "--strict"], "my-library").contains("no faults"));
    assert!(run(&["build", "--strict"], "my-library/content").starts_with("Built "));
    let home = fs::read_to_string(folder.path().join("my-library/public/index.html")).unwrap();
    assert!(home.contains("<h1"));
}

#[test]
fn init_leaves_a_folder_with_files_alone() {
    let site = Site::new();
    let before = fs::read_to_string(site.root().join("casebook.yaml")).unwrap();
    let ran = site.run(&["init", "."]);
    assert_eq!(ran.code(), 2);
    assert!(ran.stderr().contains("not empty"), "{}", ran.stderr());
    assert_eq!(fs::read_to_string(site.root().join("casebook.yaml")).unwrap(), before);
}

#[test]
fn nothing_is_made_of_rules_with_a_fault_and_the_fault_is_shown_with_its_place() {
    let site = Site::new().file("cases.csv", "Title,Summary\nA,S.\n");
    let wrong_settings = format!("{}colour: red\n", crate::site::SETTINGS);
    let wrong_register = "- id: mentoring\n  labl: Mentoring\n";
    let right = [crate::site::SETTINGS, "- id: mentoring\n  label: Mentoring\n"];
    let (settings, register) = ("casebook.yaml", "content/_data/themes.yaml");
    for arguments in [
        &["import", "cases.csv", "--kind", "page"][..],
        &["template", "page"],
        &["schema"],
        &["editors", "github"],
        &["editors", "gitlab"],
        &["new", "page", "A", "--set", "summary=S."],
    ] {
        for (path, wrong, place) in
            [(settings, wrong_settings.as_str(), ":3:1: "), (register, wrong_register, ":1:3: ")]
        {
            site.write(path, wrong);
            let before = tree(site.root());
            let (ran, place) = (site.run(arguments), format!("{path}{place}error[CB"));
            assert!(ran.code() == 1 && ran.stderr().contains(&place), "{arguments:?}: {}", ran.stderr());
            assert_eq!(tree(site.root()), before, "{arguments:?}");
            site.write(settings, right[0]);
            site.write(register, right[1]);
        }
    }
}

/// Everything below a folder, its folders too.
fn tree(root: &Path) -> BTreeMap<String, Option<Vec<u8>>> {
    let below = walkdir::WalkDir::new(root).min_depth(1).into_iter().map(Result::unwrap);
    below.map(|entry| (entry.path().display().to_string(), fs::read(entry.path()).ok())).collect()
}

#[test]
fn a_file_that_may_not_be_written_keeps_a_command_from_writing_any() {
    let wild = "---\nsummary: S.\ntitle:   T\n---\n";
    let cases: [(&[&str], &str, &str); 6] = [
        (&["schema"], ".vscode/settings.json", "{}"),
        (&["editors", "github", "--force"], ".github/workflows/casebook-publish.yml", "mine"),
        (&["editors", "gitlab", "--force"], ".gitlab-ci.yml", "mine"),
        (&["template", "page", "--force"], "page-form.docx", "mine"),
        (&["fmt"], "content/z.md", wild),
        (&["check", "--fix"], "content/z.md", "---\ntitle: Z\nsummary: S.\nthemes: [Mentoring]\n---\n\nText.\n"),
    ];
    for (arguments, path, text) in cases {
        let fixable = "---\nsummary: S.\ntitle:   A\nthemes: [Mentoring]\n---\n\nText.\n";
        let site = Site::new().file("content/a.md", fixable).file(path, text);
        let locked = site.root().join(path);
        let mut permissions = fs::metadata(&locked).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&locked, permissions).unwrap();
        let before = tree(site.root());
        let ran = site.run(arguments);
        let said = format!("{path} can't be written: it is read-only. Nothing was changed.");
        assert!(ran.code() == 2 && ran.stderr().contains(&said), "{arguments:?}: {}{}", ran.stdout(), ran.stderr());
        assert_eq!(tree(site.root()), before, "{arguments:?}");
    }
}

#[test]
fn what_stands_where_a_new_file_needs_a_folder_is_told_and_stays() {
    let site = Site::new().file("content/guides", "a file");
    let before = tree(site.root());
    for arguments in [
        &["new", "guide", "A", "--set", "summary=S."][..],
        &["init", "content/guides/library"],
        &["template", "page", "--output", "content/guides/form.docx"],
        &["schema", "--output", "content/guides/schemas"],
    ] {
        let ran = site.run(arguments);
        let told = ran.stderr().contains("can't be written: ");
        assert!(ran.code() == 2 && told, "{arguments:?}: {}{}", ran.stdout(), ran.stderr());
    }
    assert_eq!(tree(site.root()), before);
}

#[test]
fn outside_a_library_people_are_told_what_to_do() {
    let folder = TempDir::new().unwrap();
    for command in ["build", "check", "serve", "kinds", "search"] {
        let output = program().arg(command).current_dir(folder.path()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{command}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("no casebook.yaml") && said.contains("casebook init"), "{command}: {said}");
    }
}

#[test]
fn exit_codes_tell_faults_from_failure() {
    let clean = Site::new().page("content/a.md", "A", "", "Text.\n");
    assert_eq!(clean.run(&["check"]).code(), 0);
    let warned = Site::new().page("content/a.md", "A", "", "## Empty\n");
    assert_eq!(warned.run(&["check"]).code(), 0);
    assert_eq!(warned.run(&["check", "--strict"]).code(), 1);
    assert_eq!(warned.run(&["build", "--strict"]).code(), 1);
    let faulty = Site::new().page("content/a.md", "A", "colour: red\n", "Text.\n");
    assert_eq!(faulty.run(&["check"]).code(), 1);
    assert_eq!(faulty.run(&["check", "--root", "/no/such/folder"]).code(), 2);
    assert_eq!(faulty.run(&["chekc"]).code(), 2);
}

#[test]
fn a_fault_is_shown_with_its_line_and_the_way_out() {
    let site = Site::new().page("content/guides/a.md", "A", "sumary: x\n", "See [the guide](b.md).\n");
    let said = site.run(&["check"]).stderr();
    for part in [
        "content/guides/a.md:4:1",
        "CB0301 unknown-field",
        "Did you mean `summary`?",
        "content/guides/a.md:7:17",
        "CB0401 broken-link",
    ] {
        assert!(said.contains(part), "{part} is missing from:\n{said}");
    }
}

#[test]
fn each_machine_format_is_well_formed() {
    let site = Site::new().page("content/a.md", "A", "colour: red\n", "Text.\n");
    for format in ["json", "gitlab", "sarif"] {
        let said = site.run(&["check", "--format", format]).stdout();
        serde_json::from_str::<serde_json::Value>(&said).unwrap_or_else(|error| panic!("{format}: {error}: {said}"));
    }
    assert!(site.run(&["check", "--format", "github"]).stdout().starts_with("::error "));
    assert!(site.run(&["check", "--format", "junit"]).stdout().contains("<testsuite"));
}

#[test]
fn a_new_page_passes_check_at_once() {
    let site = Site::new().file("content/_data/councils.csv", "id,label\nluton,Luton\n");
    let set = ["--set", "summary=What we did: a test.", "--set", "councils=luton", "--set", "themes=mentoring"];
    let ran = site.run(&[&["new", "case-study", "Mentoring & more"], &set[..]].concat()).clean();
    assert!(ran.stdout().contains("content/case-studies/mentoring-more.md"), "{}", ran.stdout());
    site.run(&["check", "--strict"]).clean();
    let again = site.run(&[&["new", "case-study", "Mentoring & more"], &set[..]].concat());
    assert_eq!(again.code(), 2);
    assert!(again.stderr().contains("is there already"));
}

#[test]
fn a_new_page_without_its_required_fields_is_not_written() {
    let site = Site::new();
    let ran = site.run(&["new", "case-study", "Mentoring"]);
    assert_eq!(ran.code(), 2);
    assert!(ran.stderr().contains("--set summary=") && ran.stderr().contains("--set councils="), "{}", ran.stderr());
    assert!(!site.root().join("content/case-studies").exists());
    assert!(site.run(&["new", "case-studdy", "X"]).stderr().contains("Did you mean case-study?"));
}

#[test]
fn a_new_page_with_a_wrong_value_is_not_written_and_says_why() {
    let site = Site::new();
    let ran = site.run(&["new", "guide", "A guide", "--set", "summary=x", "--set", "themes=mentorng"]);
    assert_eq!(ran.code(), 2);
    assert!(ran.stderr().contains("CB0304") && ran.stderr().contains("Did you mean `mentoring`?"), "{}", ran.stderr());
    assert!(!site.root().join("content/guides").exists());
}

#[test]
fn groups_of_a_new_page_are_given_as_yaml() {
    let site = Site::new();
    let dimensions = "dimensions=[{title: Governance, statements: [{text: We meet, prompts: [How often?]}]}]";
    site.run(&["new", "self-assessment", "A check", "--set", "summary=x", "--set", dimensions]).clean();
    site.run(&["check", "--strict"]).clean();
}

#[test]
fn a_build_says_how_many_pages_it_does_not_show() {
    let site =
        Site::new().page("content/a.md", "A", "", "Text.\n").page("content/b.md", "B", "status: draft\n", "Text.\n");
    let said = site.run(&["build"]).clean().stdout();
    assert!(said.contains("1 page (1 more not shown"), "{said}");
}

#[test]
fn explain_knows_every_code_and_the_nearest_to_a_wrong_one() {
    let site = Site::new();
    for code in ["CB0401", "401", "broken-link"] {
        assert!(site.run(&["explain", code]).clean().stdout().contains("CB0401 broken-link"));
    }
    let wrong = site.run(&["explain", "broken-lnk"]);
    assert_eq!(wrong.code(), 2);
    assert!(wrong.stderr().contains("broken-link"));
    assert_eq!(site.run(&["explain"]).clean().stdout().lines().count(), casebook::diagnostic::rules().len());
}

#[test]
fn kinds_lists_what_the_theme_has() {
    let site = Site::new();
    let all = site.run(&["kinds"]).clean().stdout();
    assert!(all.contains("content/case-studies/") && all.contains("`summary`"));
    let one = site.run(&["kinds", "pack"]).clean().stdout();
    assert!(one.contains("press_release") && !one.contains("## case-study"));
}

#[test]
fn completions_are_written_for_shells() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        assert!(Site::new().run(&["completions", shell]).clean().stdout().contains("casebook"), "{shell}");
    }
}

#[test]
fn quiet_says_nothing_and_verbose_gives_the_stages() {
    let site = Site::new().page("content/a.md", "A", "", "Text.\n");
    let quiet = site.run(&["build", "--quiet"]).clean();
    assert_eq!((quiet.stdout(), quiet.stderr()), (String::new(), String::new()));
    // Where nothing has changed there is no more to do than to read.
    let again = site.run(&["build", "--verbose"]).clean();
    assert!(again.stderr().contains("discover") && !again.stderr().contains("render"), "{}", again.stderr());
    let site = site.page("content/b.md", "B", "", "Text.\n");
    let verbose = site.run(&["build", "--verbose"]).clean();
    for stage in ["discover", "parse", "link", "plan", "render", "search", "publish"] {
        assert!(verbose.stderr().contains(stage), "{}", verbose.stderr());
    }
    assert_eq!(verbose.stdout().lines().count(), 1);
}

#[test]
fn a_file_that_is_no_utf8_is_a_fault_that_names_the_byte() {
    let site = Site::new().file("content/a.md", b"---\ntitle: Caf\xe9\n---\n");
    let said = site.run(&["check"]);
    assert_eq!(said.code(), 1);
    assert!(said.stderr().contains("CB0102") && said.stderr().contains("byte 15 is 0xe9"), "{}", said.stderr());
}

#[test]
fn a_library_without_content_is_a_fault() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("casebook.yaml"), crate::site::SETTINGS).unwrap();
    let output = program().arg("check").current_dir(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("CB0101"));
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_library_is_not_followed() {
    let secret = TempDir::new().unwrap();
    fs::write(secret.path().join("secret.md"), "---\ntitle: Secret\nsummary: x\n---\n").unwrap();
    let site = Site::new().page("content/a.md", "A", "", "Text.\n");
    std::os::unix::fs::symlink(secret.path(), site.root().join("content/out")).unwrap();
    std::os::unix::fs::symlink(site.root().join("content"), site.root().join("content/loop")).unwrap();
    let said = site.run(&["build"]).clean().stderr();
    assert!(said.contains("CB0103") && said.contains("content/out") && said.contains("content/loop"), "{said}");
    assert!(!site.has("out/secret/index.html") && site.has("a/index.html"));
}

#[test]
fn a_new_page_has_a_name_that_every_system_takes_whatever_its_title() {
    let site = Site::new();
    let new = |title: &str| site.run(&["new", "guide", title, "--set", "summary=S"]);
    new(&"Many words ".repeat(500)).clean();
    new(&"ŵ".repeat(5000)).clean();
    new("../../x\"><script>: # a").clean();
    let mut names: Vec<_> =
        fs::read_dir(site.root().join("content/guides")).unwrap().map(|file| file.unwrap()).collect();
    names.sort_by_key(fs::DirEntry::file_name);
    let names: Vec<_> = names.iter().map(|file| file.file_name().into_string().unwrap()).collect();
    let many = "many-words-".repeat(7);
    assert_eq!(
        names,
        [format!("{}.md", many.trim_end_matches('-')), format!("{}.md", "w".repeat(80)), "x-script-a.md".to_owned()]
    );
    let said = new("Con").stderr();
    assert!(said.contains("The file would be called con.md, and that name is that of a device on Windows"), "{said}");
}

/// What a command ends with and says on standard error where standard output takes nothing.
#[cfg(target_os = "linux")]
fn unheard(site: &Site, arguments: &[&str]) -> (Option<i32>, String) {
    let full = || fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_casebook"));
    command.args(arguments).current_dir(site.root()).stdout(full());
    let ran = command.output().unwrap();
    let silent = command.stderr(full()).status().unwrap();
    assert_eq!(silent.code(), ran.status.code(), "{arguments:?}");
    (ran.status.code(), String::from_utf8(ran.stderr).unwrap())
}

#[cfg(target_os = "linux")]
#[test]
fn what_was_asked_for_and_can_not_be_written_is_told_of_and_a_remark_is_no_loss() {
    let site = Site::new().page("content/guides/a.md", "A", "", "Text.");
    for remarks in [&["build"], &["check"]] {
        assert_eq!(unheard(&site, remarks), (Some(0), String::new()), "{remarks:?}");
    }
    let asked: [&[&str]; 6] = [
        &["check", "--format", "json"],
        &["search", "text"],
        &["upcoming", "--format", "ics"],
        &["kinds"],
        &["explain"],
        &["completions", "bash"],
    ];
    for asked in asked {
        let (status, said) = unheard(&site, asked);
        assert_eq!(status, Some(2), "{asked:?}");
        assert!(said.contains("the output can't be written: ") && !said.contains("failed at"), "{asked:?}: {said}");
    }
}
