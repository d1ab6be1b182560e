//! What nobody should write and somebody will: a good page, or a fault at its place.

use crate::site::Site;

/// A library with one guide of this front matter and body, checked strictly and built.
fn guide(front: &str, body: &str) -> (Site, String) {
    let site = Site::new().file("content/guides/a.md", format!("---\n{front}---\n\n{body}"));
    site.run(&["build", "--strict"]).clean();
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
    let (_, page) = guide("title: A\nsummary: S.\n", &format!("## Figures\n\n{table}"));
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
    let (site, page) = guide(&format!("title: \"{title}\"\nsummary: \"👍🏽\"\n"), "## 🎓 Études\n\n🎓\n");
    assert!(page.contains(&format!("<h1>{title}</h1>")) && page.contains("👍🏽"));
    assert!(page.contains("<h2 id=\"mortar-board-etudes\">") || page.contains("<h2 id=\"etudes\">"), "{page}");
    assert!(site.index().contains("👩‍👩‍👧"));
    site.run(&["new", "page", "🎓 Études"]).clean();
    let nothing = site.run(&["new", "page", "!!!"]);
    assert!(nothing.code() == 2 && nothing.stderr().contains("no letter or figure"), "{}", nothing.stderr());
}
