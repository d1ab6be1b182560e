//! What is made of a page to take away: which files there are, what the page says of them, and when they are made.

use crate::site::Site;
use std::{fs, io::Read as _};

/// A pack with something for every format, and a guide.
fn library() -> Site {
    let front = "campaign: week\nimage: a.svg\nimage_alt: A square\nposts:\n  - {channel: x, text: Hello}\n\
                 press_release:\n  headline: The news\n  body: It is good.\n\
                 checklist:\n  - {task: Begin, due_days: -1}\n";
    Site::new()
        .page("content/events/week.md", "The week", "start: 2027-10-25\nend: 2027-11-01\n", "Text.\n")
        .page("content/packs/week/index.md", "The pack", front, "Text.\n")
        .file(
            "content/packs/week/a.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>",
        )
        .page("content/guides/a.md", "A guide", "", "Some *text*.\n")
}

/// The files that a page offers, each with what it says of it: its format, pages and size.
fn offered(site: &Site, page: &str) -> Vec<(String, String)> {
    let html = site.built(page);
    let panel = html.split("section_downloads\"").last().unwrap().split("</section>").next().unwrap();
    let offers = panel.split("<li>").skip(1).map(|item| {
        let name = item.split("href=\"").nth(1).unwrap().split('"').next().unwrap().rsplit('/').next().unwrap();
        let measure = item.split("class=\"quiet\">").nth(1).unwrap().split('<').next().unwrap();
        (name.to_owned(), measure.to_owned())
    });
    offers.collect()
}

/// When the files of the site were last changed.
fn times(site: &Site, names: &[&str]) -> Vec<std::time::SystemTime> {
    let time = |name: &&str| fs::metadata(site.root().join("public").join(name)).unwrap().modified().unwrap();
    names.iter().map(time).collect()
}

#[test]
fn a_page_names_each_file_with_its_format_its_pages_and_its_size() {
    let site = library();
    site.run(&["build", "--strict"]).clean();
    let offers = offered(&site, "packs/week/index.html");
    let names: Vec<&str> = offers.iter().map(|(name, _)| name.as_str()).collect();
    let expected = [
        "week.pdf",
        "week-large-print.pdf",
        "week.docx",
        "week-press-release.docx",
        "week-posts.csv",
        "week.txt",
        "week.ics",
        "week.zip",
    ];
    assert_eq!(names, expected);
    for (name, measure) in &offers {
        let size = fs::metadata(site.root().join("public/packs/week").join(name)).unwrap().len();
        let kilobytes = format!("{:.0} KB", size as f64 / 1024.0);
        let told = measure.rsplit(", ").next().unwrap();
        assert!(told == kilobytes || told.ends_with(" bytes") || told.contains('.'), "{name}: {measure}, {size}");
    }
    assert!(offers[0].1.starts_with("PDF, 3 pages, "), "{}", offers[0].1);
    assert!(offers[7].1.starts_with("ZIP, "), "{}", offers[7].1);
}

#[test]
fn what_an_entry_has_nothing_for_is_not_offered_and_a_withdrawn_page_offers_nothing() {
    let site = Site::new().page("content/packs/bare.md", "Bare", "", "Text.\n").page(
        "content/guides/gone.md",
        "Gone",
        "status: withdrawn\n",
        "Text.\n",
    );
    site.run(&["build", "--strict"]).clean();
    let names: Vec<String> = offered(&site, "packs/bare/index.html").into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["bare.pdf", "bare-large-print.pdf", "bare.docx", "bare.txt", "bare.zip"]);
    assert!(!site.built("guides/gone/index.html").contains("section_downloads"));
    assert!(!site.root().join("public/guides/gone/gone.pdf").exists());
}

#[test]
fn without_downloads_there_is_no_file_and_no_panel() {
    let site = library();
    site.run(&["build", "--no-downloads"]).clean();
    let files = site.site();
    let made = [".pdf", ".docx", ".zip", ".csv"]
        .map(|ending| files.keys().filter(|path| path.ends_with(ending) && !path.starts_with("catalogue")).count());
    assert_eq!(made, [0; 4]);
    assert!(!site.built("packs/week/index.html").contains("section_downloads"));
}

#[test]
fn only_what_changed_is_made_anew_and_what_was_left_out_comes_from_the_cache() {
    let site = library();
    site.run(&["build"]).clean();
    let all = ["packs/week/week.pdf", "packs/week/week.docx", "packs/week/week.zip", "guides/a/a.pdf"];
    let before = times(&site, &all);
    assert!(site.run(&["build"]).stdout().contains(" 0 written"));
    site.write("content/guides/a.md", "---\ntitle: A guide\nsummary: Other.\n---\n\nOther text.\n");
    site.run(&["build"]).clean();
    let after = times(&site, &all);
    assert_eq!((&after[..3], after[3] == before[3]), (&before[..3], false));
    site.run(&["build", "--no-downloads"]).clean();
    site.run(&["build"]).clean();
    assert_eq!(times(&site, &all), after);
}

#[test]
fn an_archive_has_the_other_downloads_as_they_are_beside_it() {
    let site = library();
    site.run(&["build", "--strict"]).clean();
    let folder = site.root().join("public/packs/week");
    let mut archive = zip::ZipArchive::new(fs::File::open(folder.join("week.zip")).unwrap()).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert!(names.is_sorted(), "{names:?}");
    for name in
        ["week.pdf", "week-large-print.pdf", "week.docx", "week-press-release.docx", "week-posts.csv", "week.ics"]
    {
        let mut bytes = Vec::new();
        archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        assert!(bytes == fs::read(folder.join(name)).unwrap(), "{name}");
    }
    let mut readme = String::new();
    archive.by_name("README.txt").unwrap().read_to_string(&mut readme).unwrap();
    for words in ["week.pdf\n    Document to print\n", "week-press-release.docx\n    Press release to change\n"] {
        assert!(readme.replace("\r\n", "\n").contains(words), "{readme}");
    }
    for name in ["README.txt", "SHA256SUMS", "press-release.txt", "posts/01-x.txt", "files/a.svg"] {
        assert!(names.iter().any(|known| known == name), "{name}: {names:?}");
    }
}

#[test]
fn a_fault_in_how_documents_are_set_is_told_at_its_place_and_the_last_site_stays() {
    let site = library();
    site.run(&["build"]).clean();
    let before = site.site();
    site.write("themes/civic/pdf/guide.typ", "#let one = 1\n#(one + \"a\")\n");
    let ran = site.run(&["build"]);
    assert_eq!(ran.code(), 1);
    assert!(ran.stderr().contains("themes/civic/pdf/guide.typ:2:"), "{}", ran.stderr());
    assert_eq!(site.site(), before);
}

#[test]
fn the_same_library_gives_the_same_files_in_any_folder_and_at_any_hour() {
    let (one, other) = (library(), library());
    one.run(&["build", "--now", "2027-01-01T10:00"]).clean();
    other.run(&["build", "--now", "2027-01-01T11:00"]).clean();
    let (one, other) = (one.site(), other.site());
    let differing: Vec<&String> = one.keys().filter(|path| one.get(*path) != other.get(*path)).collect();
    assert_eq!((differing, one.len()), (Vec::new(), other.len()));
}

/// What a page says in plain text, which tells every part of it.
fn told(front: &str, body: &str) -> String {
    let site = Site::new()
        .file("content/guides/a.png", include_bytes!("../../content/packs/care-leavers-week-2027/voices.png"))
        .page("content/guides/b.md", "Other", "", "## Part\n\nText.\n")
        .page("content/guides/a.md", "Rich", front, body);
    site.run(&["build"]).clean();
    site.built("guides/a/a.txt")
}

#[test]
fn markdown_goes_on_paper_with_all_that_it_says() {
    let text = told(
        "",
        "See <a href=\"https://example.org/raw\">raw</a>, [the part](b.md#part) and *this*[^n].\n\n\
         [^n]: A **note**.\n\n## First {#one}\n\n- one\n  1. inner\n- [x] done\n\n| A | B |\n| --- | --: |\n| 1 | 2 |\n\n\
         > [!TIP]\n> Try it.\n\n> Said.\n\n![Three people](a.png)\n\n```quote\ntext: Words\nname: Ada\n```\n\n\
         ```\ncode  kept\n```\n\n<div>Plain <b>HTML</b> &amp; all</div>\n\nBack to [the first](#one). Also {{council}}.\n",
    );
    let whole = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "See raw, the part (link 1) and this",
        "A note.",
        "First",
        "inner",
        "done",
        "Tip: Try it.",
        "Said.",
        "Three people",
        "Words",
        "Ada",
        "Plain HTML & all",
        "Also {{council}}.",
        "https://example.org/guides/b/#part",
    ] {
        assert!(whole.contains(words), "{words}: {text}");
    }
    assert!(text.contains("code  kept") && !text.contains('<') && !whole.contains("[^n]"), "{text}");
    assert!(whole.matches("A note.").count() == 1, "{text}");
}

#[test]
fn short_values_are_facts_and_lists_of_groups_are_tables_or_cards() {
    let text = told(
        "themes: [mentoring]\nquestions:\n  - Is it so?\nstatistics:\n  - {value: \"2026\", text: of it, as_of: 2012-05}\n\
         duties:\n  - {text: Do it, law: Act 1}\nsources:\n  - title: Only a title\n",
        "Text.\n",
    );
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words}: {text}"));
    assert!(at("Themes: Mentoring") < at("Text."), "{text}");
    assert!(at("Is it so?") > at("Text.") && at("Do it") > at("Text."), "{text}");
    // Those of every kind come after the kind's own.
    assert!(at("Only a title") > at("Do it") && at("May 2012") > at("Do it"), "{text}");
}

#[test]
fn what_is_nested_without_end_costs_no_build() {
    let deep = |mark: &str| mark.repeat(400);
    let body = format!("{}deep\n\n{}x{}\n\n{}item\n", deep("> "), deep("*a "), deep(" b*"), deep("- "));
    assert!(told("", &body).contains("deep"));
}

#[test]
fn a_part_is_as_it_can_be_sent_without_what_is_said_to_its_editor() {
    let front = "campaign: week\npress_release:\n  headline: \"{{council}} is glad\"\n  body: It is good.\n  \
                 placeholders:\n    - {name: council, label: Council, help: As it is said.}\n";
    let site = library().page("content/packs/other.md", "Other", front, "Text.\n");
    site.run(&["build", "--strict"]).clean();
    let archive = fs::File::open(site.root().join("public/packs/other/other.zip")).unwrap();
    let mut release = String::new();
    zip::ZipArchive::new(archive).unwrap().by_name("press-release.txt").unwrap().read_to_string(&mut release).unwrap();
    let whole = site.built("packs/other/other.txt");
    for words in ["As it is said.", "25 October to 1 November 2027"] {
        assert!(whole.replace('\n', " ").contains(words) && !release.contains(words), "{words}: {whole}{release}");
    }
    assert!(release.contains("[Council] is glad") && release.contains("It is good."), "{release}");
}

#[test]
fn nothing_that_is_long_or_noted_in_an_odd_place_is_lost() {
    let (long, address) = ("long ".repeat(50), format!("https://example.org/{}END", "a".repeat(300)));
    let header = format!("| x[^1] | [y](b.md) |\n| --- | --- |\n{}", "| 1 | 2 |\n".repeat(60));
    let body = format!(
        "## Heading[^1]\n\nSaid[^1] and[^2]. <{address}>\n\n{header}\n\n<ul><li>L1</li><li>L2</li></ul>\n\n\
         [^1]: First\n\n[^2]: Second[^3]\n\n[^3]: Third\n"
    );
    let front =
        format!("campaign: week\nchecklist:\n  - {{task: {long}, due_days: 2}}\n  - {{task: Short, due_days: 3}}\n");
    let site = Site::new()
        .page("content/events/week.md", "The week", "start: 2027-10-25\n", "Text.\n")
        .page("content/guides/b.md", "B", "", "Text.\n")
        .page("content/packs/p.md", "P", &front, "Text.\n")
        .page("content/guides/a.md", "A", "", &body);
    site.run(&["build"]).clean();
    let pack = site.built("packs/p/p.txt").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        pack.contains(long.trim()) && pack.contains("27 October 2027") && pack.contains("28 October 2027"),
        "{pack}"
    );
    let text = site.built("guides/a/a.txt").split_whitespace().collect::<Vec<_>>().join(" ");
    for words in ["First", "Second", "Third", "L1 L2"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    // The reader that is not ours tells what is on the page, a letter that ran off it is not.
    let pdf = std::process::Command::new("pdftotext").arg(site.root().join("public/guides/a/a.pdf")).arg("-").output();
    if let Ok(pdf) = pdf {
        let words: String = String::from_utf8_lossy(&pdf.stdout).split_whitespace().collect();
        assert!(words.contains("aaEND"), "{words}");
    }
}
