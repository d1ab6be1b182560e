//! `casebook compare`: what a change does to the site.

use crate::{
    changed::{commit, git},
    site::{Ran, SETTINGS, Site, program},
};
use serde_json::{Value, json};
use std::fs;

const SECRET: &str =
    "The department will pay for free bus travel for every care leaver under twenty five from April.\n";

const HELD: &str = "embargo: 2050-03-01T09:00\nimage: /media/view.png\nimage_alt: A view.\n";

const LATER: &str = "The fund of the harbour trust will close at the end of the year for all who asked late.\n";

fn site() -> Site {
    let themes = "- id: mentoring\n  label: Mentoring\n- id: housing\n  label: Housing\n";
    let site = Site::new()
        .file("content/_data/themes.yaml", themes)
        .page("content/index.md", "Home", "", "Welcome.\n")
        .page("content/guides/kept.md", "Kept", "themes: [mentoring]\n", "See [moved](moved.md) and [gone](gone.md).\n")
        .page("content/guides/moved.md", "Moved", "themes: [mentoring]\n", "Words.\n")
        .page("content/guides/led.md", "Led", "", "Words.\n")
        .page("content/guides/gone.md", "Gone", "themes: [housing]\n", "Words.\n")
        .page("content/guides/draft.md", "Draft", "status: draft\n", "Words.\n")
        .page("content/guides/secret/index.md", "Secret", HELD, SECRET)
        .file(
            "content/media/view.png",
            include_bytes!("../../content/packs/care-leavers-week-2027/voices.png").as_slice(),
        );
    git(&site, &["init", "-q"]);
    commit(&site);
    git(&site, &["branch", "base"]);
    site
}

fn compared(site: &Site) -> Value {
    serde_json::from_str(&told(site, "json")).unwrap()
}

/// The report, which is the same whether the older side is laid over today's or made by itself.
fn told(site: &Site, format: &str) -> String {
    let told = || {
        let ran = site.run(&["compare", "base", "--format", format, "--now", "2040-01-01"]);
        assert_eq!(ran.code(), 0, "{}", ran.stderr());
        ran.stdout()
    };
    let laid = told();
    // Nobody uses this theme, but something in a theme can't be laid over.
    site.write("themes/unused/notes.txt", "Words.");
    let apart = told();
    fs::remove_dir_all(site.root().join("themes")).unwrap();
    assert_eq!(laid, apart);
    laid
}

#[test]
fn what_is_laid_over_today_is_what_was_there() {
    let site = site()
        .file("content/media/old.txt", "Words.\n")
        .file("content/guides/crlf.md", "\u{feff}---\r\ntitle: C\r\n---\r\n\r\nWords.\r\n");
    let site =
        site.file("content/_data/people.yaml", "- id: ann\n  label: Ann\n").file("content/guides/.hidden.md", "Words.");
    commit(&site);
    git(&site, &["branch", "-f", "base"]);
    let kept =
        |body: &str| site.write("content/guides/kept.md", format!("---\ntitle: Kept\nsummary: K.\n---\n\n{body}\n"));
    let picture = fs::read(site.root().join("content/media/view.png")).unwrap();
    let remove = |path: &str| fs::remove_file(site.root().join(path)).unwrap();
    let changes: [(&str, &dyn Fn()); 12] = [
        ("a text", &|| kept("Others.")),
        ("a register", &|| site.write("content/_data/themes.yaml", "- id: mentoring\n  label: Friends\n")),
        ("a register that is new", &|| site.write("content/_data/places.yaml", "- id: x\n  label: X\n")),
        ("a register that is gone", &|| remove("content/_data/people.yaml")),
        ("a page with a picture", &|| {
            site.write("content/guides/new/index.md", "---\ntitle: N\nsummary: S.\n---\n\n![A view](own.png)\n");
            site.write("content/guides/new/own.png", &picture);
        }),
        ("pages that are gone", &|| {
            ["guides/moved.md", "guides/crlf.md"].iter().for_each(|path| remove(&format!("content/{path}")))
        }),
        ("what nobody sees", &|| site.write("content/guides/.hidden.md", "Others.")),
        ("an empty page", &|| site.write("content/guides/gone.md", "")),
        ("a name that not every system takes", &|| site.write("content/guides/con.md", "---\ntitle: N\n---\n")),
        ("bytes that are no text", &|| site.write("content/guides/draft.md", b"\xff\xfe\xff")),
        ("an asset", &|| site.write("content/media/old.txt", "Others.\n")),
        ("an asset that is gone", &|| remove("content/media/view.png")),
    ];
    let mut seen = std::collections::BTreeSet::new();
    for (change, make) in changes {
        make();
        println!("{change}");
        // A change that shows nowhere has the report of the one before it.
        seen.insert(told(&site, "json"));
    }
    assert!(seen.len() > 6, "{seen:?}");
}

/// The texts at these keys of each thing in a list.
fn texts(list: &Value, keys: &[&str]) -> Vec<String> {
    let text = |thing: &Value, key: &str| thing[key].as_str().map_or(thing[key].to_string(), str::to_owned);
    let each = |thing: &Value| keys.iter().map(|key| text(thing, key)).collect::<Vec<_>>().join(" ");
    list.as_array().unwrap().iter().map(each).collect()
}

#[test]
fn pages_links_tags_and_addresses_are_told() {
    let site = site();
    let root = site.root().join("content/guides");
    fs::rename(root.join("moved.md"), root.join("elsewhere.md")).unwrap();
    fs::remove_file(root.join("led.md")).unwrap();
    fs::remove_file(root.join("gone.md")).unwrap();
    let site = site
        .page("content/guides/led-on.md", "Led", "aliases: [/guides/led/]\n", "Words.\n")
        .page("content/guides/draft.md", "Draft", "", "Words.\n")
        .page("content/guides/new.md", "New", "themes: [mentoring]\n", "Words.\n")
        .page("content/guides/kept.md", "Kept", "themes: [mentoring]\n", "See [moved](moved.md) or [gone](gone.md).\n");
    let told = compared(&site);
    let list = |name: &str, keys: &[&str]| texts(&told[name], keys);
    assert_eq!(list("added", &["url", "was"]), ["/guides/draft/ draft", "/guides/new/ null"]);
    assert_eq!(list("gone", &["from", "redirect"]), ["/guides/gone/ null"]);
    assert_eq!(
        list("moved", &["from", "to", "redirect"]),
        ["/guides/moved/ /guides/elsewhere/ null", "/guides/led/ /guides/led-on/ /guides/led/"]
            .map(|line| line.replace("led-on/ /guides/led/", "led-on/ /guides/led-on/"))
    );
    assert_eq!(
        list("broken", &["path", "line", "message"]),
        ["moved", "gone"].map(|page| format!("content/guides/kept.md 7 There is no page content/guides/{page}.md"))
    );
    assert_eq!(list("changed", &["url"]), ["/guides/kept/", "/guides/led-on/"]);
    let field = &told["changed"][0]["fields"][0];
    assert_eq!((&field["label"], &field["words_gone"], &field["words_come"]), (&json!(null), &json!(1), &json!(1)));
    assert_eq!(list("terms", &["url", "before", "now"]), ["/themes/housing/ 1 0", "/themes/mentoring/ 2 3"]);
    assert!(list("around", &[]).len() > 2 && told["leaks"] == json!([]) && told["faults"] == json!([]));
    let weight = &told["weight"]["sorts"][0];
    assert_eq!(weight["name"], "Web pages");
    assert!(weight["now"].as_u64() > Some(1000) && weight["now"] != weight["before"]);
}

#[test]
fn nothing_is_said_of_a_change_that_the_site_does_not_show() {
    let site = site().file("README.md", "Words.\n");
    assert!(told(&site, "markdown").contains("Nothing: each page is as it is without, compared with `base`."));
    // What others did since is none of this branch's doing.
    git(&site, &["checkout", "-q", "base"]);
    let site = site.page("content/guides/other.md", "Other", "", "Words.\n");
    commit(&site);
    git(&site, &["checkout", "-q", "main"]);
    assert!(told(&site, "markdown").contains("Nothing: each page is as it is without"));
}

#[test]
fn what_is_shown_too_early_is_told() {
    let page = |site: Site, front: &str| site.page("content/guides/secret/index.md", "Secret", front, SECRET);
    let quoting = format!("We hear: **the department** {}", SECRET.trim_start_matches("The department"));
    let shown = json!({
        "what": "shown", "title": "Secret", "path": "content/guides/secret/index.md", "url": "/guides/secret/",
        "until": "2050-03-01 09:00 GMT",
    });
    let earlier = |now: Value| {
        json!({
            "what": "earlier", "title": "Secret", "path": "content/guides/secret/index.md",
            "until": "2050-03-01 09:00 GMT", "now": now,
        })
    };
    let quoted = json!({
        "what": "quoted", "path": "content/guides/kept.md", "url": "/guides/kept/",
        "from": "content/guides/secret/index.md",
        "words": "the department will pay for free bus travel for every",
    });
    let gone = |site: Site| {
        fs::remove_file(site.root().join("content/guides/secret/index.md")).unwrap();
        site.page("content/guides/kept.md", "Kept", "", &quoting)
    };
    let hidden = site().page("content/guides/later.md", "Later", "embargo: 2050-03-01T09:00\n", LATER);
    let hidden = hidden.page("content/guides/kept.md", "Kept", "", LATER);
    let of_new = json!({
        "what": "quoted", "path": "content/guides/kept.md", "url": "/guides/kept/",
        "from": "content/guides/later.md", "words": "the fund of the harbour trust will close at the",
    });
    let view = "![A view](/media/view.png)\n";
    let carried = json!({
        "what": "carried", "file": "content/media/view.png", "url": "/guides/kept/",
        "from": "content/guides/secret/index.md",
    });
    for (name, site, expected) in [
        ("as it was", page(site(), "embargo: 2050-03-01T09:00\n"), json!([])),
        ("later", page(site(), "embargo: 2051-03-01T09:00\n"), json!([])),
        ("taken away", page(site(), ""), json!([shown])),
        ("in the past", page(site(), "embargo: 2020-03-01T09:00\n"), json!([shown])),
        ("earlier", page(site(), "embargo: 2049-06-01T09:00\n"), json!([earlier(json!("2049-06-01 09:00 BST"))])),
        ("draft", page(site(), "status: draft\n"), json!([earlier(json!(null))])),
        ("quoted", site().page("content/guides/kept.md", "Kept", "", &quoting), json!([quoted])),
        ("quoted and deleted", gone(site()), json!([quoted])),
        ("hidden and quoted at once", hidden, json!([of_new])),
        ("carried", site().page("content/guides/kept.md", "Kept", "", view), json!([carried])),
    ] {
        assert_eq!(compared(&site)["leaks"], expected, "{name}");
    }
    // Neither marks, tags and addresses among the words nor signs within them hide a quotation.
    for hidden in [
        SECRET.replace("free bus", "[free](kept.md) <strong>bus</strong>"),
        SECRET.replace(' ', " <b></b>"),
        SECRET.replace("will", "w**il**l").replace("every", "e<em>ve</em>ry"),
        SECRET.replace("pay", "p\u{ad}ay").replace("every", "ev\u{200b}ery").replace("care", "c&#97;r&shy;e"),
        format!("<div>\n<p>{}</p>\n</div>\n", SECRET.replace("bus travel", "<a href=\"x\">bus</a> travel")),
    ] {
        let site = site().page("content/guides/kept.md", "Kept", "", &hidden);
        assert_eq!(compared(&site)["leaks"][0]["what"], "quoted", "{hidden}");
    }
    // Words that everybody has read before are no secret, nor are files; and an embargo that has ended is none.
    let known = quoting.clone() + "\n" + view;
    let site = site().page("content/guides/kept.md", "Kept", "", &known);
    let site = site.page("content/guides/over.md", "Over", "embargo: 2030-03-01T09:00\n", "Words.\n");
    commit(&site);
    git(&site, &["branch", "-f", "base"]);
    let site =
        site.page("content/guides/new.md", "New", "", &known).page("content/guides/over.md", "Over", "", "Words.\n");
    let told = compared(&site);
    assert_eq!(told["leaks"], json!([]));
    // Both sides are built at the same moment: what was under embargo until 2030 was to be seen on either.
    assert_eq!(texts(&told["added"], &["url"]), ["/guides/new/"]);
}

#[test]
fn words_of_others_do_nothing_in_a_report() {
    let site = site();
    git(&site, &["checkout", "-q", "base"]);
    let title = "title: '@team <script>alert(1)</script> `x` #12 [a](http://b.example)'\nsummary: A.\n";
    let site = site.file("content/guides/evil.md", format!("---\n{title}---\n\nOld <img src=x> text.\n"));
    commit(&site);
    git(&site, &["checkout", "-q", "main"]);
    git(&site, &["merge", "-q", "base"]);
    let site = site.file("content/guides/evil.md", format!("---\n{title}---\n\nNew <img src=y> text.\n"));
    let markdown = told(&site, "markdown");
    let mut shown = String::new();
    pulldown_cmark::html::push_html(&mut shown, pulldown_cmark::Parser::new(&markdown));
    for forbidden in ["@team", "<script", "<img", "#12", "<a ", "://"] {
        assert!(!shown.contains(forbidden), "{forbidden} in {shown}");
    }
    let html = told(&site, "html");
    for forbidden in ["<script", "<img", "<a ", "<link", "<iframe", "url(", "@import", " style="] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
    assert!(html.contains("@team &lt;script&gt;alert(1)"));
    assert!(html.contains("<del>Old </del>&lt;img <del>src=x&gt; </del>text."), "{html}");
    assert!(html.contains("default-src 'none'; style-src 'unsafe-inline'"));
}

#[test]
fn a_comment_has_room_in_a_comment_and_says_what_it_leaves_out() {
    let site = site();
    for n in 0..300 {
        let links: String = (0..3).map(|m| format!("[x](gone-{n}-{m}-{}.md)\n", "long".repeat(40))).collect();
        site.write(&format!("content/n{n}.md"), format!("---\ntitle: N{n}\nsummary: N.\n---\n\n{links}"));
    }
    let markdown = told(&site, "markdown");
    assert!(markdown.len() < 65_536 && markdown.starts_with("<!-- casebook compare -->\n"), "{}", markdown.len());
    assert!(
        markdown.contains("### Links that lead nowhere now (900)") && markdown.contains("- and 875 more"),
        "{markdown}"
    );
    assert_eq!(markdown, told(&site, "markdown"));
}

#[test]
fn the_past_comes_out_of_git_as_it_went_in_and_runs_nothing() {
    let site = site();
    let trap = format!("touch {}/trapped; cat", site.root().display());
    for name in ["core.fsmonitor", "filter.trap.smudge", "filter.trap.clean", "core.hooksPath", "diff.external"] {
        git(&site, &["config", name, &trap]);
    }
    site.write(".gitattributes", "*.md filter=trap export-ignore\n");
    let site = site.page("content/guides/new.md", "New", "", "Words.\n");
    assert_eq!(texts(&compared(&site)["added"], &["url"]), ["/guides/new/"]);
    assert!(!site.root().join("trapped").exists());
    // Neither the work tree nor the list of work trees is another one for it.
    assert_eq!(git(&site, &["worktree", "list"]).lines().count(), 1);
}

#[test]
fn what_git_has_a_note_of_alone_is_taken_from_today() {
    let site = site().page("content/guides/kept.md", "Kept", "", "![A view](/media/lent.png)\n");
    site.write("content/media/lent.png", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");
    commit(&site);
    git(&site, &["branch", "-f", "base"]);
    let picture = fs::read(site.root().join("content/media/view.png")).unwrap();
    site.write("content/media/lent.png", picture);
    assert!(told(&site, "markdown").contains("Nothing: each page is as it is without"), "{}", told(&site, "markdown"));
}

#[cfg(unix)]
#[test]
fn a_linked_page_was_there_before_and_a_link_out_of_the_library_shows_nothing() {
    let site = site().page("content/guides/kept.md", "Kept", "", "Words.\n");
    let secret = tempfile::TempDir::new().unwrap();
    fs::write(secret.path().join("secret.md"), "---\ntitle: Secret\nsummary: S.\n---\n").unwrap();
    let link = |target: &str, name: &str| std::os::unix::fs::symlink(target, site.root().join(name)).unwrap();
    link("kept.md", "content/guides/linked.md");
    link(secret.path().to_str().unwrap(), "content/guides/out");
    commit(&site);
    git(&site, &["branch", "-f", "base"]);
    let told = told(&site, "json");
    assert!(compared(&site)["added"].as_array().unwrap().is_empty() && !told.contains("Secret"), "{told}");
}

#[test]
fn what_git_does_not_have_is_the_same_on_both_sides() {
    let settings = format!("{SETTINGS}content_overlays: [private]\n");
    let site = site().file("casebook.yaml", settings).file(".gitignore", "private\n");
    commit(&site);
    git(&site, &["branch", "-f", "base"]);
    let site = site.page("private/guides/own.md", "Own", "", "Words.\n");
    assert!(told(&site, "markdown").contains("Nothing: each page is as it is without"));
    // One of them takes the place of a page that is gone.
    let site = site.page("private/guides/led.md", "Led on", "", "Others.\n");
    fs::remove_file(site.root().join("content/guides/led.md")).unwrap();
    assert!(told(&site, "markdown").contains("fault mended"), "{}", told(&site, "markdown"));
}

#[test]
fn a_library_may_be_new_or_in_a_folder_and_a_report_may_be_a_file() {
    let site = site();
    git(&site, &["checkout", "-q", "--orphan", "empty"]);
    git(&site, &["reset", "-q", "--hard"]);
    git(&site, &["commit", "-q", "--allow-empty", "-m", "x"]);
    git(&site, &["branch", "-f", "base"]);
    let lib = site.page("lib/content/index.md", "Home", "", "Welcome.\n").file("lib/casebook.yaml", SETTINGS);
    let ran = lib.run(&["compare", "base", "--root", "lib", "--format", "json", "--output", "report.json"]);
    assert_eq!((ran.code(), ran.stdout().as_str()), (0, ""), "{}", ran.stderr());
    let told: Value = serde_json::from_slice(&fs::read(lib.root().join("report.json")).unwrap()).unwrap();
    assert_eq!(texts(&told["added"], &["url", "path"]), ["/ content/index.md"]);
    let new = lib.run(&["compare", "base", "--root", "lib"]);
    assert!(new.stderr().contains("At “base” there is no library in this folder"), "{}", new.stderr());
}

#[test]
fn what_stands_in_the_way_is_said() {
    let outside = Site::new().page("content/a.md", "A", "", "Words.\n");
    let said = |site: &Site, arguments: &[&str]| {
        let output = program().args(arguments).current_dir(site.root()).output().unwrap();
        let ran = Ran::of(output);
        assert_ne!(ran.code(), 0);
        ran.stderr()
    };
    assert!(said(&outside, &["compare", "main"]).contains("is in no git repository"));
    let site = site();
    assert!(said(&site, &["compare", "nowhere"]).contains("git knows no “nowhere” here"));
    let file = said(&site, &["compare", "base", "--root", "casebook.yaml"]);
    assert!(file.contains("casebook.yaml is a file: --root takes the folder"), "{file}");
    let nowhere = said(&site, &["compare", "base", "--output", "no/such/folder.md"]);
    assert!(nowhere.contains("folder.md can't be written"), "{nowhere}");
    site.write("casebook.yaml", "title: x\n");
    assert!(said(&site, &["compare", "base"]).contains("CB0603"));
    site.write("casebook.yaml", SETTINGS);
    git(&site, &["checkout", "-q", "-b", "broken"]);
    site.write("casebook.yaml", "title: [\n");
    commit(&site);
    site.write("casebook.yaml", SETTINGS);
    let told = said(&site, &["compare", "broken"]);
    assert!(told.contains("the settings of the library at “broken” have a fault"), "{told}");
}

#[test]
fn other_line_endings_are_no_change() {
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">\n<path d=\"M0 0\"/>\n</svg>\n";
    let site = site().file("content/media/drawing.svg", drawing).file("themes/own/theme.yaml", "extends: civic\n");
    let site = site.file("themes/own/templates/parts/end.html", "<p>The\nend</p>\n");
    let site = site.file("casebook.yaml", format!("{SETTINGS}theme: own\n"));
    let site = site.page("content/guides/kept.md", "Kept", "image: /media/drawing.svg\nimage_alt: A.\n", "A\n\nb\n");
    commit(&site);
    git(&site, &["branch", "-f", "base"]);
    let turned = |path: &str| {
        let text = fs::read_to_string(site.root().join(path)).unwrap();
        site.write(path, text.replace('\n', "\r\n"));
    };
    for path in [
        "content/guides/kept.md",
        "content/_data/themes.yaml",
        "content/media/drawing.svg",
        "themes/own/templates/parts/end.html",
        "casebook.yaml",
    ] {
        turned(path);
    }
    let told = || {
        let ran = site.run(&["compare", "base", "--now", "2040-01-01"]);
        assert_eq!(ran.code(), 0, "{}", ran.stderr());
        ran.stdout()
    };
    assert!(told().contains("Nothing: each page"), "{}", told());
    // Nor are they where something else makes the older side by itself.
    site.write("themes/own/notes.txt", "Words.");
    assert!(told().contains("Nothing: each page"), "{}", told());
    site.write(
        "content/guides/moved.md",
        "---\r\ntitle: Moved\r\nsummary: Moved.\r\nthemes: [mentoring]\r\n---\r\n\r\nWords\r\nmore.\r\n",
    );
    assert!(told().contains("1 page changed"), "{}", told());
}

#[test]
fn a_report_takes_the_place_of_nothing_that_is_kept() {
    let site = site().file("README.md", "Words.\n");
    commit(&site);
    for file in ["casebook.yaml", "content/guides/kept.md", "content/new.html", "README.md"] {
        let before = fs::read(site.root().join(file)).ok();
        let ran = site.run(&["compare", "base", "--output", file]);
        assert!(ran.code() != 0 && ran.stderr().contains("Name another file"), "{file}: {}", ran.stderr());
        assert_eq!(fs::read(site.root().join(file)).ok(), before);
    }
    for _ in 0..2 {
        assert_eq!(site.run(&["compare", "base", "--output", "report.md"]).code(), 0);
    }
}

#[test]
fn files_lists_and_old_addresses_are_told() {
    let gives = "[a](/media/kept.txt) [b](/media/same.txt) [c](/media/gone.txt)\n";
    let site = site()
        .page("content/guides/kept.md", "Kept", "aliases: [/old/, /older/]\n", gives)
        .file("content/media/kept.txt", "Words.\n")
        .file("content/media/same.txt", "Words.\n")
        .file("content/media/gone.txt", "Words.\n");
    commit(&site);
    git(&site, &["branch", "-f", "base"]);
    let gives = "[a](/media/kept.txt) [b](/media/same.txt) [c](/media/new.txt)\n";
    let site = site
        .page("content/guides/kept.md", "Kept", "", gives)
        .page("content/guides/led.md", "Led", "aliases: [/older/]\n", "Words.\n")
        .file("content/media/same.txt", "Sword.\n")
        .file("content/media/new.txt", "More words.\n");
    fs::remove_file(site.root().join("content/media/gone.txt")).unwrap();
    fs::remove_file(site.root().join("content/guides/gone.md")).unwrap();
    let told = compared(&site);
    let files = texts(&told["files"], &["url", "what"]);
    assert_eq!(files, ["/media/gone.txt gone", "/media/new.txt new", "/media/same.txt other"]);
    let addresses = texts(&told["addresses"], &["url", "what", "led", "leads"]);
    let expected = [
        "/guides/themes/housing/ gone null null",
        "/old/ gone /guides/kept/ null",
        "/older/ other /guides/kept/ /guides/led/",
        "/themes/housing/ gone null null",
    ];
    assert_eq!(addresses, expected);
}

#[test]
fn a_file_that_is_replaced_alone_is_not_nothing() {
    let site = site()
        .page("content/guides/kept.md", "Kept", "", "[a](/media/kept.txt)\n")
        .file("content/media/kept.txt", "Words.\n");
    commit(&site);
    git(&site, &["branch", "-f", "base"]);
    site.write("content/media/kept.txt", "Sword.\n");
    let markdown = told(&site, "markdown");
    assert!(!markdown.contains("Nothing") && markdown.contains("`/media/kept.txt` is another one (7 B)"), "{markdown}");
}

#[test]
fn errors_on_both_sides_are_those_of_both() {
    let site = site().file("casebook.yaml", format!("{SETTINGS}content_overlays: [private]\n"));
    commit(&site);
    git(&site, &["branch", "-f", "base"]);
    assert!(told(&site, "markdown").contains("Both sides have errors (1 then, 1 now)"), "{}", told(&site, "markdown"));
}
