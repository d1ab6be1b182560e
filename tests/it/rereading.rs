//! What an editor is told while somebody types in one page must be what a reading from nothing tells.
//! `incremental.rs` tries edits at random; here are those that reach other pages.

use crate::site::Site;
use casebook::{
    config::Overrides,
    diagnostic::Diagnostic,
    model::{Changed, Unsaved},
    pipeline::{self, Session, Unseen},
};

/// Tales that happen on the days of a fair, some of which may not be seen yet.
fn library() -> Site {
    let themes = "- id: hope\n  label: Hope\n- id: fear\n  label: Fear\n- id: none\n  label: None\n";
    let fair = "name: fair\nfolder: fairs\nlabel: {en: Fair}\nplural: {en: Fairs}\ntemplate: page.html\nfields:\n\
        \x20 - {name: start, type: date, label: {en: Start}}\n  - {name: end, type: date, label: {en: End}}\n";
    let tale = "name: tale\nfolder: tales\nlabel: {en: Tale}\nplural: {en: Tales}\ntemplate: page.html\nfields:\n\
        \x20 - {name: fair, type: reference, to: fairs, label: {en: Fair}}\n\
        \x20 - {name: told, type: date, within: fair, label: {en: Told}}\n\
        \x20 - {name: next, type: reference, to: tales, label: {en: Next}}\n\
        \x20 - {name: subjects, type: reference, to: themes, many: true, facet: themes, label: {en: Subjects}}\n";
    Site::new()
        .file("casebook.yaml", "title: Test\nbase_url: https://example.org/\ntheme: own\n")
        .file("themes/own/theme.yaml", "name: own\nextends: civic\n")
        .file("themes/own/kinds/fair.yaml", fair)
        .file("themes/own/kinds/tale.yaml", tale)
        .file("content/_data/themes.yaml", themes)
        .page("content/fairs/may.md", "May", "start: 2026-05-01\nend: 2026-05-03\n", "## Who came\n\nMany.\n")
        .page(
            "content/tales/told.md",
            "Told",
            "fair: may\ntold: 2026-05-02\n",
            "[Who](../fairs/may.md#who-came), [what](../fairs/may.md#what).\n",
        )
        .page("content/tales/secret.md", "Secret", "status: draft\n", "Text.\n")
        .page(
            "content/tales/open.md",
            "Open",
            "subjects: [hope]\n",
            "[It](secret.md), [hope](/themes/hope/), [fear](/themes/fear/).\n",
        )
        .page("content/tales/named.md", "Named", "next: secret\n", "Text.\n")
        .page("content/tales/twice.md", "Twice", "aliases: [/tales/open/]\n", "Text.\n")
        .page("content/tales/box/index.md", "Box", "", "Nothing.\n")
        .file("content/tales/box/sheet.html", "<p>")
        .file("content/tales/large.html", "<p>")
}

#[test]
fn what_is_typed_in_one_page_is_told_of_others_as_if_all_were_read_anew() {
    let site = library();
    let config = pipeline::settings(site.root(), &Overrides { now: Some("2027-06-01".into()), ..Overrides::default() });
    let config = config.unwrap_or_else(|run| panic!("{:?}", run.diagnostics));
    let from_nothing = |unsaved: &Unsaved| {
        let mut session = Session::reading().advising();
        session.lay(unsaved.clone());
        session.run(&config, &Changed::Everything, &Unseen).run.diagnostics
    };
    let words = |faults: &[Diagnostic]| faults.iter().map(|fault| format!("\n{}", fault.message)).collect::<String>();
    let before = words(&from_nothing(&Unsaved::default()));
    for (path, written, typed, said) in [
        ("tales/secret.md", "title: Secret", "title: Whispers", "leads to “Whispers”, which is not published yet"),
        ("tales/secret.md", "title: Secret", "title: Whispers", "\n“Whispers” is not published yet"),
        ("tales/secret.md", "status: draft\n", "", ""),
        ("fairs/may.md", "title: May", "title: June", "“June” has no heading with the anchor `#what`"),
        ("fairs/may.md", "2026-05-01", "2026-05-03", "outside the days of “May”"),
        ("fairs/may.md", "Who came", "Who stayed", "has no heading with the anchor `#who-came`"),
        ("tales/open.md", "[hope]", "[none]", "There is no page content/themes/hope"),
        ("tales/open.md", "[hope]", "[fear]", "There is no page content/themes/hope"),
        ("tales/open.md", "secret.md", "told.md", ""),
        ("tales/open.md", "secret.md", "large.html", "large.html is not handed out"),
        ("tales/twice.md", "title: Twice", "title: \"Twice\"\n\n", "The old address /tales/open/ is taken"),
        ("tales/twice.md", "title: Twice", "title: Thrice\n\n", "The old address /tales/open/ is taken"),
        ("tales/twice.md", "/tales/open/", "/tales/told/", "The old address /tales/told/ is taken"),
        ("tales/told.md", "title: Told", "title: Told\naliases: [/tales/box/]", "The old address /tales/box/ is taken"),
        ("tales/told.md", "title: Told", "title: \"", ""),
        ("tales/box/index.md", "Nothing.", "[This](sheet.html).", "sheet.html is not handed out"),
    ] {
        let path = format!("content/{path}");
        let text = std::fs::read_to_string(site.root().join(&path)).unwrap();
        assert!(text.contains(written), "{path}: {text}");
        let mut session = Session::reading().advising();
        session.run(&config, &Changed::Everything, &Unseen);
        let mut unsaved = Unsaved::default();
        unsaved.set(path.as_str(), Some(text.replace(written, typed).into()));
        for unsaved in [unsaved, Unsaved::default()] {
            session.lay(unsaved.clone());
            let own = session.run(&config, &Changed::Paths(vec![path.clone().into()]), &Unseen).run.diagnostics;
            assert_eq!(own, from_nothing(&unsaved), "{path}: {typed}");
            if unsaved == Unsaved::default() {
                assert_eq!(words(&own), before, "{path}: {typed}");
            } else {
                assert!(words(&own).contains(said), "{path}: {typed}: {}", words(&own));
            }
        }
    }
}
