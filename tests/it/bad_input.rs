//! What nobody should write and somebody will: a good page, or a fault at its place.

use crate::site::Site;

/// A library with one guide of this front matter and body, checked strictly and built.
fn guide(front: &str, body: &str) -> (Site, String) {
    built(front, body, &["build", "--strict"])
}

/// The same without its PDF, which would warn of what paper has no room or no letters for.
fn guide_for_screens(front: &str, body: &str) -> (Site, String) {
    built(front, body, &["build", "--strict", "--no-downloads"])
}

fn built(front: &str, body: &str, command: &[&str]) -> (Site, String) {
    let site = Site::new().file("content/guides/a.md", format!("---\n{front}---\n\n{body}"));
    site.run(command).clean();
    let page = site.built("guides/a/index.html");
    (site, page)
}

/// The text between two marks.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    text.split_once(start).unwrap().1.split_once(end).unwrap().0
}

#[test]
fn a_title_of_300_characters_is_whole_on_its_page_and_in_lists() {
    let title = "Words ".repeat(50).trim_end().to_owned() + "!";
    let (site, page) = guide(&format!("title: {title}\nsummary: S.\nthemes: [mentoring]\n"), "Text.\n");
    assert_eq!(title.len(), 300);
    assert!(page.contains(&format!("<h1>{title}</h1>")));
    // The site's name behind it would never be seen.
    assert_eq!(between(&page, "<title>", "</title>"), title);
    assert!(site.index().contains(&title));
    for list in ["guides/index.html", "themes/mentoring/index.html", "sitemap.xml"] {
        assert!(site.built(list).contains(if list.ends_with("xml") { "/guides/a/" } else { &title }), "{list}");
    }
}

#[test]
fn a_word_of_80_letters_stays_one_word() {
    let word = "Kinder".repeat(14)[..80].to_owned();
    let body = format!("## {word}\n\n{word} and `{word}`\n\n- {word}\n\n| {word} |\n| --- |\n| {word} |\n");
    let (_, page) = guide(&format!("title: {word}\nsummary: {word}\n"), &body);
    assert!(page.matches(&word).count() > 6 && !page.contains("&shy;"));
}

#[test]
fn a_page_without_a_summary_is_good_and_a_kind_that_needs_one_says_so() {
    let site = Site::new().file("content/a.md", "---\ntitle: A\n---\n\nText.\n");
    site.run(&["build", "--strict"]).clean();
    let page = site.built("a/index.html");
    assert!(!page.contains("class=\"summary\"") && page.contains("<h1>A</h1>"), "{page}");
    assert!(!page.contains("content=\"\""), "no empty description: {page}");

    let said = Site::new().file("content/guides/a.md", "---\ntitle: A\n---\n\nText.\n").run(&["check"]).stderr();
    assert!(said.contains("content/guides/a.md:1:1: error[CB0302 missing-field]"), "{said}");
}

#[test]
fn forty_tags_are_all_there() {
    let ids: Vec<String> = (1..=40).map(|n| format!("tag-{n:02}")).collect();
    let register: String = ids.iter().map(|id| format!("- id: {id}\n  label: Label of {id}\n")).collect();
    let site = Site::new().file("content/_data/themes.yaml", register).page(
        "content/guides/a.md",
        "A",
        &format!("themes: [{}]\n", ids.join(", ")),
        "Text.\n",
    );
    site.run(&["build", "--strict"]).clean();
    let page = site.built("guides/a/index.html");
    assert!(ids.iter().all(|id| page.contains(&format!("<a href=\"/themes/{id}/\">Label of {id}</a>"))));
    assert!(ids.iter().all(|id| site.has(&format!("themes/{id}/index.html"))));
}

#[test]
fn five_hundred_sources_are_all_there() {
    let sources: String =
        (1..=500).map(|n| format!("  - title: Source {n}\n    url: https://example.org/{n}\n")).collect();
    let (_, page) = guide(&format!("title: A\nsummary: S.\nsources:\n{sources}"), "Text.\n");
    assert_eq!(page.matches("<cite>Source ").count(), 500);
    assert!(page.contains("<a href=\"https://example.org/500\"><cite>Source 500</cite></a>"));
}

#[test]
fn a_table_of_30_columns_scrolls_by_itself_and_has_a_name() {
    let row = |cell: &str| (1..=30).fold("|".to_owned(), |row, n| row + &format!(" {cell}{n} |")) + "\n";
    let table = row("Column ") + &"| --- ".repeat(30) + "|\n" + &row("");
    let (_, page) = guide_for_screens("title: A\nsummary: S.\n", &format!("## Figures\n\n{table}"));
    assert!(
        page.contains("<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table: Figures\">")
            || page.contains("aria-label=\"Table, Figures\""),
        "{}",
        between(&page, "<div class=\"prose\">", "<thead>")
    );
    assert_eq!(page.matches("<th scope=\"col\"").count(), 30);
    assert!(page.contains(">Column 30</th>"));
}

#[test]
fn a_page_in_a_language_from_right_to_left_says_so() {
    let site = Site::new()
        .file("casebook.yaml", format!("{}languages: [en, ar]\n", crate::site::SETTINGS))
        .page("content/guides/a.md", "Housing", "", "Text.\n")
        .page("content/guides/a.ar.md", "السكن", "", "نص عن السكن.\n");
    site.run(&["build"]).clean();
    let arabic = site.built("ar/guides/a/index.html");
    assert!(arabic.contains("<html lang=\"ar\" dir=\"rtl\">") && arabic.contains("<h1>السكن</h1>"), "{arabic}");
    assert!(site.built("guides/a/index.html").contains("<html lang=\"en\" dir=\"ltr\">"));
}

#[test]
fn emoji_and_letters_of_any_script_are_text_like_any_other() {
    let title = "👩‍👩‍👧 Care 🏳️‍🌈 Ŵyl \u{202e} 中文 \u{202c}";
    let (site, page) = guide_for_screens(&format!("title: \"{title}\"\nsummary: \"👍🏽\"\n"), "## 🎓 Études\n\n🎓\n");
    assert!(page.contains(&format!("<h1>{title}</h1>")) && page.contains("👍🏽"));
    assert!(page.contains("<h2 id=\"mortar-board-etudes\">") || page.contains("<h2 id=\"etudes\">"), "{page}");
    assert!(site.index().contains("👩‍👩‍👧"));
    site.run(&["new", "page", "🎓 Études"]).clean();
    let nothing = site.run(&["new", "page", "!!!"]);
    assert!(nothing.code() == 2 && nothing.stderr().contains("no letter or figure"), "{}", nothing.stderr());
}

/// The first bytes of a PNG that claims to be so wide and high, and holds nothing.
fn png_header(width: u32, height: u32) -> Vec<u8> {
    let head = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &width.to_be_bytes()[..], &height.to_be_bytes()].concat();
    [&head[..], b"\x08\x02\0\0\0\0\0\0\0"].concat()
}

#[test]
fn a_picture_of_60_000_by_60_000_is_told_of_wherever_it_is_named_and_never_decoded() {
    let post = "posts:\n  - channel: newsletter\n    text: Words.\n    image: huge.png\n    alt: A door.\n";
    let assets = "assets:\n  - file: huge.png\n    alt: A door.\n";
    let site = Site::new()
        .page(
            "content/packs/week/index.md",
            "Week",
            &format!("image: huge.png\nimage_alt: A door.\n{post}{assets}"),
            "![A door](huge.png)\n\n[The file](huge.png)\n",
        )
        .file("content/packs/week/huge.png", png_header(60_000, 60_000))
        .page("content/guides/a.md", "A", "", "Text.\n");
    let ran = site.run(&["check", "--format", "json"]);
    let said: Vec<serde_json::Value> = serde_json::from_str(&ran.stdout()).unwrap();
    let is_it = |fault: &&serde_json::Value| fault["code"] == "CB0410";
    let places: Vec<u64> = said.iter().filter(is_it).map(|fault| fault["line"].as_u64().unwrap()).collect();
    assert_eq!(places, [4, 9, 12, 16], "{}", ran.stdout());
    assert!(said[0]["message"].as_str().unwrap().contains("60000 by 60000 pixels"), "{}", said[0]);
}

#[test]
fn a_path_that_leads_out_of_the_library_is_told_of_at_its_place() {
    let site = Site::new()
        .file("secret.png", png_header(5, 5))
        .page(
            "content/packs/week/index.md",
            "Week",
            "image: ../../../secret.png\nimage_alt: A door.\nassets:\n  - file: /../secret.png\n    alt: A door.\n",
            "![A door](../../../secret.png)\n\n[A file](/../casebook.yaml)\n",
        )
        .page("content/guides/a.md", "A", "", "Text.\n");
    let said = site.run(&["check"]).stderr();
    for place in [
        "index.md:4:8: error[CB0403",
        "index.md:7:11: error[CB0403",
        "index.md:11:11: error[CB0401",
        "index.md:13:10: error[CB0401",
    ] {
        assert!(said.contains(place), "{place} is missing from:\n{said}");
    }
}

#[test]
fn a_post_without_words_for_its_picture_is_told_of() {
    let site = Site::new()
        .page(
            "content/packs/week/index.md",
            "Week",
            "posts:\n  - channel: newsletter\n    text: Words.\n    image: door.svg\n",
            "Text.\n",
        )
        .file("content/packs/week/door.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let said = site.run(&["check"]).stderr();
    assert!(said.contains("index.md:7:12: error[CB0404") && said.contains("Add `alt:`"), "{said}");
}

#[test]
fn an_end_before_its_start_is_told_of_whether_it_has_a_time_or_not() {
    let kind = "name: talk\nfolder: talks\nlabel: Talk\nplural: Talks\ntemplate: page.html\nfields:\n\
                \x20 - {name: day, type: date, label: Day}\n  - {name: opens, type: date-time, after: day, label: Opens}\n\
                \x20 - {name: closes, type: date-time, after: opens, label: Closes}\n  - {name: last, type: date, after: opens, label: Last}\n";
    let talk = |front: &str| {
        let site =
            Site::new().file("themes/civic/kinds/talk.yaml", kind).page("content/talks/a.md", "A", front, "Text.\n");
        let said = site.run(&["check"]).stderr();
        said.lines()
            .filter(|line| line.contains("error[CB0310"))
            .map(|line| line.split(' ').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(talk("day: 2027-10-25\nopens: 2027-10-25T00:00\ncloses: 2027-10-25T00:00\nlast: 2027-10-25\n"), [""; 0]);
    assert_eq!(talk("day: 2027-10-25\nopens: 2027-10-24T23:59\n"), ["content/talks/a.md:5:8:"]);
    assert_eq!(talk("opens: 2027-10-25T09:00\nlast: 2027-10-24\n"), ["content/talks/a.md:5:7:"]);
    assert_eq!(talk("opens: 2027-10-25T09:00\ncloses: 2027-10-25T08:59\n"), ["content/talks/a.md:5:9:"]);
    // The same moment in another zone is not before.
    assert_eq!(talk("opens: 2027-10-25T09:00\ncloses: 2027-10-25T10:00+02:00\n"), [""; 0]);
}
