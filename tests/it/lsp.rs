//! The language server's answers, and what becomes of a library when an editor does as it says.

use crate::site::Site;
use casebook::{
    config::Overrides,
    diagnostic::{Code, Diagnostic, Fix},
    lsp::{self, Client, Desk, Lines, OfFile, Refusal, Units, protocol},
    model::{Changed, SourceFile, Span},
    pipeline::{self, Session, Unseen},
};
use serde_json::{Value, json};
use std::sync::Arc;

/// A library in a theme of its own: everything that editors are told must come from its kind files.
fn library() -> Site {
    let kind = "name: tale\nfolder: tales\nlabel: {en: Tale}\nplural: {en: Tales}\ndescription: {en: A tale.}\ntemplate: page.html\nfields:\n\
        \x20 - {name: teller, type: reference, to: people, label: {en: Teller}, help: {en: Who told it.}}\n\
        \x20 - {name: after_it, type: reference, to: tales, many: true, label: {en: Tales to read next}}\n\
        \x20 - {name: see, type: reference, to: page, many: true, label: {en: See}}\n\
        \x20 - {name: mood, type: choice, required: true, options: [{id: glad, label: {en: Glad}}, {id: sad, label: {en: Sad}}], label: {en: Mood}}\n\
        \x20 - {name: true_story, type: yes-no, label: {en: True story}}\n\
        \x20 - {name: moral, type: markdown, label: {en: Moral}, help: {en: What to learn.}}\n\
        \x20 - {name: scenes, type: group, many: true, label: {en: Scenes}, fields: [{name: place, type: reference, to: people, label: {en: Place}}, {name: what, type: text, label: {en: What}}]}\n";
    let people =
        "- id: ann\n  label: Ann Ŵyn\n  description: Tells at night.\n  synonyms: [annie]\n- id: bob\n  label: Bob\n";
    Site::new()
        .file("casebook.yaml", "title: Test\nbase_url: https://example.org/\ntheme: own\nfooter: [/about.md]\n")
        .file("themes/own/theme.yaml", "name: own\nextends: civic\n")
        .file("themes/own/kinds/tale.yaml", kind)
        .file("content/_data/people.yaml", people)
        .page("content/about.md", "About", "", "Read [one](tales/one.md) and ![a map](tales/map.png).\n")
        .page("content/tales/one.md", "One, first", "mood: glad\n", "## How it began\n\nSee [two](two.md#the-end).\n")
        .page("content/tales/two.md", "Two", "mood: sad\nafter_it: [one]\nsee:\n- /tales/one.md\n- \"/about.md\"\nmoral: |\n  As in [one](one.md#how-it-began), or [its address](/tales/one/).\n", "## The end\n\nText.\n")
        .page("content/tales/deep/index.md", "Deep", "mood: sad\nstatus: draft\n", "[Two](../two.md), [a file](note.txt), [about](/about.md).\n")
        .file("content/tales/deep/note.txt", "A note.\n")
        .file("content/tales/map.png", include_bytes!("../../content/packs/care-leavers-week-2027/voices.png").as_slice())
}

/// A desk on which a library lies, as an editor with these abilities has it.
struct At {
    site: Site,
    desk: Desk,
    session: Session,
}

const WHOLE: Client = Client { units: Units::Utf16, snippets: true, versions: true, renames_files: true };

impl At {
    fn new(site: Site) -> Self {
        let mut desk = Desk::new(WHOLE);
        desk.root = Some(site.root().canonicalize().unwrap());
        let mut at = Self { site, desk, session: Session::reading() };
        at.read(&Changed::Everything);
        at
    }

    /// Runs the pipeline over what lies on the desk; gives back the faults.
    fn read(&mut self, changed: &Changed) -> Vec<Diagnostic> {
        let unsaved = self.desk.unsaved();
        let overrides = Overrides { now: Some("2027-06-01".to_owned()), ..Overrides::default() };
        let root = self.desk.root.clone().unwrap();
        let config = pipeline::settings_before(&root, &overrides, &unsaved).unwrap();
        self.session.lay(unsaved);
        let faults = self.session.run(&config, changed, &Unseen).run.diagnostics;
        self.desk.shelf = self.session.shelf(self.desk.shelf.as_deref()).map(Arc::new);
        faults
    }

    fn uri(&self, path: &str) -> url::Url {
        lsp::address(self.desk.root.as_ref().unwrap(), path).unwrap()
    }

    fn open(&mut self, path: &str, text: &str) {
        let uri = self.uri(path);
        let item = protocol::Item { uri, version: 7, text: text.to_owned() };
        assert_eq!(self.desk.opened(protocol::Opened { text_document: item }).as_deref(), Some(path));
    }

    /// Asks about the place of the mark `¦` in a text.
    fn ask(&mut self, path: &str, marked: &str, method: &str, more: Value) -> Value {
        let offset = marked.find('¦').unwrap();
        let text = marked.replacen('¦', "", 1);
        self.open(path, &text);
        let position = Lines::new(&text, Units::Utf16).position(offset);
        let mut params = json!({ "textDocument": { "uri": self.uri(path) }, "position": position });
        params.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
        lsp::answer(&self.desk, method, params).unwrap()
    }

    /// The labels that are offered, joined.
    fn offered(&mut self, path: &str, marked: &str) -> String {
        let answer = self.ask(path, marked, "textDocument/completion", Value::Null);
        let items = answer["items"].as_array().unwrap().iter();
        items
            .map(|item| item["textEdit"]["newText"].as_str().unwrap().replace('\n', "⏎"))
            .collect::<Vec<_>>()
            .join(" ; ")
    }

    /// Does what an edit says to the files of the library.
    fn apply(&self, edit: &Value) {
        for change in edit["documentChanges"].as_array().unwrap() {
            let path = |key: &str| {
                let uri: url::Url = serde_json::from_value(change[key].clone()).unwrap();
                uri.to_file_path().unwrap()
            };
            if change["kind"] == "rename" {
                std::fs::create_dir_all(path("newUri").parent().unwrap()).unwrap();
                std::fs::rename(path("oldUri"), path("newUri")).unwrap();
                continue;
            }
            let uri: url::Url = serde_json::from_value(change["textDocument"]["uri"].clone()).unwrap();
            let file = uri.to_file_path().unwrap();
            let text = std::fs::read_to_string(&file).unwrap();
            std::fs::write(&file, edited(&text, change["edits"].as_array().unwrap())).unwrap();
        }
    }
}

/// A text after edits.
fn edited(text: &str, edits: &[Value]) -> String {
    let lines = Lines::new(text, Units::Utf16);
    let place = |edit: &Value| {
        let range: protocol::Range = serde_json::from_value(edit["range"].clone()).unwrap();
        (lines.span(range), edit["newText"].as_str().unwrap().to_owned())
    };
    let mut edits: Vec<(Span, String)> = edits.iter().map(place).collect();
    edits.sort();
    let mut text = text.to_owned();
    for (span, new) in edits.into_iter().rev() {
        text.replace_range(span.start..span.end, &new);
    }
    text
}

#[test]
fn half_written_pages_are_completed_from_the_kind_files() {
    let mut at = At::new(library());
    let page = "content/tales/new.md";
    for (text, expected) in [
        // Keys in groups; what is there already is not offered again.
        ("---\nscenes:\n  - wh¦", "place:  ; what: "),
        ("---\nscenes:\n  - what: x\n    ¦\n---\n", "place: "),
        ("---\nscenes: [{what: x, ¦", "place: "),
        // Values in every style, with what is already there left out.
        ("---\nmood: ¦\n---\n", "glad ; sad"),
        ("---\nmood: s¦", "glad ; sad"),
        ("---\nmood: \"gl¦", "glad ; sad"),
        ("---\nteller: ¦ # a note\n---\n", "ann ; bob"),
        ("---\nscenes:\n- place: ¦\n", "ann ; bob"),
        ("---\nscenes: [{place: ¦}]\n", "ann ; bob"),
        ("---\ntrue_story: ¦\ntitle: [", "yes ; no"),
        ("---\npublished: ¦\n---\n", "2027-06-01"),
        ("---\nafter_it: [one, ¦]\n---\n", "deep ; two"),
        ("---\nafter_it:\n- one\n- ¦\n---\n", "deep ; two"),
        ("---\nafter_it: [\n  t¦", "one ; two"),
        ("---\nsee: [/tales/o¦", "/tales/one.md"),
        ("---\nbroken: [\ntitle: \"\nteller: ¦\n", "ann ; bob"),
        // Links in the body, and in Markdown of the front matter.
        ("---\ntitle: A\n---\n[x](tw¦)\n", "two.md"),
        ("---\ntitle: A\n---\n[x](/ab¦", "/about.md"),
        ("---\nmoral: |\n  [x](fir¦)\n---\n", "one.md"),
        ("---\ntitle: A\n---\n[x](one.md#¦)\n", "how-it-began"),
        ("---\ntitle: A\n---\n## Mine\n\n[x](#¦)\n", "mine"),
        ("---\ntitle: A\n---\n![x](ma¦)\n", "map.png"),
        ("---\ntitle: A\n---\n[x]: ../ab¦\n", "../about.md"),
        // Components and their fields.
        ("---\ntitle: A\n---\n```quote\ntext: x\nna¦\n```\n", "name:  ; role:  ; source:  ; url: "),
        // Nothing where there is nothing to say.
        ("---\ntitle: ¦\n---\n", ""),
        ("¦---\ntitle: A\n---\n", ""),
        ("---\ntitle: A\n---\nWords ¦ and [x](y) ¦", ""),
    ] {
        let offered = at.offered(page, text);
        assert_eq!(offered, expected, "{text:?}");
    }
}

#[test]
fn fields_and_components_are_offered_as_they_are_begun() {
    let mut at = At::new(library());
    for (text, there, absent) in [
        (
            "---\ntitle: A\nmo¦",
            &["mood: ", "moral: |⏎  ", "see: [$0]", "scenes:⏎  - "][..],
            &["title: ", "place: "][..],
        ),
        ("---\nmo¦od: glad\n---\n", &["mood", "moral"], &["mood: "]),
        ("---\ntitle: A\n¦\n---\n", &["after_it: [$0]", "councils: [$0]"], &["title: "]),
        ("---\ntitle: A\n---\n```quo¦\n", &["quote", "chart"], &["tale"]),
        ("---\nkind: ta¦\n---\n", &["tale", "guide"], &[]),
    ] {
        let offered = at.offered("content/tales/new.md", text);
        let has = |one: &&str| format!(" ; {offered} ; ").contains(&format!(" ; {one} ; "));
        assert!(there.iter().all(has) && !absent.iter().any(has), "{text:?}: {offered}");
    }
    at.desk.client.snippets = false;
    assert!(at.offered("content/tales/new.md", "---\nafter¦\n---\n").contains("after_it:⏎  - "));
}

#[test]
fn many_pages_are_cut_and_found_by_their_titles() {
    let site = (0..300).fold(library(), |site, n| {
        site.page(&format!("content/tales/n{n}.md"), &format!("Number {n}"), "mood: sad\n", "")
    });
    let mut at = At::new(site);
    let all = at.ask("content/about.md", "---\ntitle: A\n---\n[x](¦", "textDocument/completion", Value::Null);
    assert!(all["isIncomplete"] == true && all["items"].as_array().unwrap().len() < 210);
    let one = at.ask("content/about.md", "---\ntitle: A\n---\n[x](299¦", "textDocument/completion", Value::Null);
    assert_eq!(one["items"][0]["label"], "Number 299");
    assert_eq!(one["items"][0]["textEdit"]["range"]["start"]["character"], 4);
}

#[test]
fn what_stands_at_a_place_is_told_and_led_to() {
    let mut at = At::new(library());
    let page = "---\ntitle: A\nteller: annie\nmood: glad\nafter_it: [one]\nsee: [/about.md]\nscenes:\n  - place: bob\nmoral: |\n  As [it](one.md#how-it-began) was.\n---\n\n👩 [two](two.md) ![m](map.png) [a](/tales/one/) [h](#mine) [n](//about.md) [s](x:/../one.md)\n\n## Mine\n\n```quote\ntext: x\n```\n";
    for (place, told, target) in [
        ("teller", "Who told it", ""),
        ("annie", "Tells at night", "content/_data/people.yaml:0"),
        ("bob", "**Bob**", "content/_data/people.yaml:4"),
        ("mood", "a choice, required", ""),
        ("glad", "**Glad**", ""),
        ("one]", "One, first", "content/tales/one.md:0"),
        ("/about", "About About", "content/about.md:0"),
        ("one.md#", "# How it began", "content/tales/one.md:6"),
        ("two.md", "**Two**", "content/tales/two.md:0"),
        ("map.png", "pixels", "content/tales/map.png:0"),
        ("/tales/one/", "One, first", "content/tales/one.md:0"),
        ("#mine", "", ""),
        ("//about", "", ""),
        ("x:/..", "", ""),
        ("quote", "own words", ""),
        ("title", "Title", ""),
        ("A\nt", "", ""),
    ] {
        let at_place = page.find(place).unwrap() + 1;
        let marked = format!("{}¦{}", &page[..at_place], &page[at_place..]);
        let said = at.ask("content/tales/new.md", &marked, "textDocument/hover", Value::Null);
        let said = said["contents"]["value"].as_str().unwrap_or_default().to_owned();
        assert!(said.contains(told) && said.is_empty() == told.is_empty(), "{place}: {said}");
        let led = at.ask("content/tales/new.md", &marked, "textDocument/definition", Value::Null);
        let (path, line) = target.rsplit_once(':').unwrap_or_default();
        let expected = (!target.is_empty()).then(|| at.uri(path).to_string());
        assert_eq!(led["uri"].as_str().map(str::to_owned), expected, "{place}");
        assert_eq!(
            led["range"]["start"]["line"].as_u64().map(|line| line.to_string()).unwrap_or_default(),
            line,
            "{place}"
        );
    }
}

#[test]
fn words_of_a_page_are_no_markup_where_they_are_told_and_no_page_is_offered_to_itself() {
    let title = "'![x](https://b.example/a.png) <img src=x>'";
    let mut at = At::new(library().page("content/evil.md", title, "", "Text.\n"));
    let said = at.ask("content/about.md", "---\ntitle: A\n---\n[x](ev¦il.md)\n", "textDocument/hover", Value::Null);
    let mut shown = String::new();
    let said = said["contents"]["value"].as_str().unwrap();
    pulldown_cmark::html::push_html(&mut shown, pulldown_cmark::Parser::new(said));
    assert!(shown.contains("a.png") && !shown.contains("<img"), "{shown}");
    assert_eq!(at.offered("content/about.md", "---\ntitle: A\n---\n[x](abo¦"), "");
}

#[test]
fn a_page_has_links_an_outline_and_pages_that_name_it() {
    let mut at = At::new(library());
    let text = std::fs::read_to_string(at.site.root().join("content/tales/two.md")).unwrap();
    at.open("content/tales/two.md", &text);
    let whole = json!({ "textDocument": { "uri": at.uri("content/tales/two.md") } });
    let links = lsp::answer(&at.desk, "textDocument/documentLink", whole.clone()).unwrap();
    let targets: Vec<_> = links.as_array().unwrap().iter().map(|link| link["target"].as_str().unwrap()).collect();
    let one = at.uri("content/tales/one.md").to_string();
    assert_eq!(targets, [one.as_str(), &one, at.uri("content/about.md").as_str(), &one, &one]);
    let outline = lsp::answer(&at.desk, "textDocument/documentSymbol", whole).unwrap();
    let names: Vec<_> = outline.as_array().unwrap().iter().map(|node| node["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Moral", "The end"]);
    let named =
        at.ask("content/tales/one.md", "¦---\ntitle: One\n---\n", "textDocument/references", json!({ "context": {} }));
    let named: Vec<_> = named
        .as_array()
        .unwrap()
        .iter()
        .map(|place| place["uri"].as_str().unwrap().rsplit_once('/').unwrap().1.to_owned())
        .collect();
    assert_eq!(named, ["about.md", "two.md", "two.md", "two.md", "two.md"]);
    let found = lsp::answer(&at.desk, "workspace/symbol", json!({ "query": "FIRST one" })).unwrap();
    assert_eq!(found[0]["location"]["uri"], one);
}

#[test]
fn a_renamed_page_takes_its_links_along_and_leaves_its_address_behind() {
    let site = library();
    site.run(&["fmt"]).clean();
    let mut at = At::new(site);
    let text = std::fs::read_to_string(at.site.root().join("content/about.md")).unwrap();
    let marked = text.replace("tales/one", "tales/¦one");
    let prepared = at.ask("content/about.md", &marked, "textDocument/prepareRename", Value::Null);
    assert_eq!(prepared["placeholder"], "one");
    let edit = at.ask("content/about.md", &marked, "textDocument/rename", json!({ "newName": "first" }));
    // An editor in which somebody has typed on does not take an edit of the version before.
    assert_eq!(edit["documentChanges"][0]["textDocument"], json!({ "uri": at.uri("content/about.md"), "version": 7 }));
    at.apply(&edit);
    let read = |path: &str| std::fs::read_to_string(at.site.root().join(path)).unwrap();
    assert!(read("content/about.md").contains("[one](tales/first.md)"));
    let two = read("content/tales/two.md");
    for part in ["after_it: [first]", "/tales/first.md, /about.md", "(first.md#how-it-began)", "(/tales/first/)"] {
        assert!(two.contains(part), "{part}: {two}");
    }
    assert!(read("content/tales/first.md").contains("\naliases:\n  - /tales/one/\nmood: glad\n"));
    at.site.run(&["check", "--strict"]).clean();
    at.site.run(&["fmt", "--check"]).clean();
    at.site.run(&["build"]).clean();
    assert!(at.site.has("tales/one/index.html") && at.site.built("tales/one/index.html").contains("/tales/first/"));
    // Back again: the old address is the page's own once more, and the other one stays.
    at.desk.closed(protocol::Whole { text_document: protocol::Identifier { uri: at.uri("content/about.md") } });
    at.read(&Changed::Everything);
    let back =
        json!({ "files": [{ "oldUri": at.uri("content/tales/first.md"), "newUri": at.uri("content/tales/one.md") }] });
    let edit = lsp::answer(&at.desk, "workspace/willRenameFiles", back).unwrap();
    at.apply(&edit);
    std::fs::rename(at.site.root().join("content/tales/first.md"), at.site.root().join("content/tales/one.md"))
        .unwrap();
    let read = |path: &str| std::fs::read_to_string(at.site.root().join(path)).unwrap();
    assert!(read("content/tales/one.md").contains("\naliases:\n  - /tales/first/\nmood: glad\n"));
    at.site.run(&["check", "--strict"]).clean();
}

#[test]
fn folders_and_files_move_with_all_that_names_them() {
    let at = At::new(library());
    // Drafts have had no address that anybody knows.
    let files = json!({ "files": [
        { "oldUri": at.uri("content/tales/deep"), "newUri": at.uri("content/tales/deeper/down") },
        { "oldUri": at.uri("content/about.md"), "newUri": at.uri("content/us/about us.md") },
        { "oldUri": at.uri("content/tales/map.png"), "newUri": at.uri("content/tales/plan.png") },
    ] });
    let edit = lsp::answer(&at.desk, "workspace/willRenameFiles", files).unwrap();
    at.apply(&edit);
    for (old, new) in
        [("tales/deep", "tales/deeper/down"), ("about.md", "us/about us.md"), ("tales/map.png", "tales/plan.png")]
    {
        let (old, new) = (at.site.root().join("content").join(old), at.site.root().join("content").join(new));
        std::fs::create_dir_all(new.parent().unwrap()).unwrap();
        std::fs::rename(old, new).unwrap();
    }
    let read = |path: &str| std::fs::read_to_string(at.site.root().join(path)).unwrap();
    let deep = read("content/tales/deeper/down/index.md");
    assert!(
        deep.contains("[Two](../../two.md), [a file](note.txt), [about](/us/about%20us.md)")
            && !deep.contains("aliases"),
        "{deep}"
    );
    let about = read("content/us/about us.md");
    assert!(
        about.contains("[one](../tales/one.md) and ![a map](../tales/plan.png)")
            && about.contains("aliases:\n  - /about/\n"),
        "{about}"
    );
    assert!(read("casebook.yaml").contains("footer: [/us/about us.md]"));
    assert!(read("content/tales/two.md").contains("- \"/us/about us.md\""));
    at.site.run(&["check"]).clean();
}

#[test]
fn a_page_that_keeps_its_address_or_leaves_the_library_gets_no_old_one() {
    let at = At::new(library());
    let moved = |new: &str| {
        let files = json!({ "files": [{ "oldUri": at.uri("content/tales/one.md"), "newUri": at.uri(new) }] });
        lsp::answer(&at.desk, "workspace/willRenameFiles", files).unwrap()
    };
    let edit = moved("content/tales/one/index.md");
    assert!(edit.to_string().contains("one/index.md") && !edit.to_string().contains("aliases"), "{edit}");
    for outside in ["notes/one.md", "content/_data/one.md"] {
        assert_eq!(moved(outside), Value::Null, "{outside}");
    }
}

#[test]
fn an_old_address_is_put_down_in_lines_that_end_as_the_others_do() {
    let text = "---\ntitle: One\nsummary: x\nmood: glad\n---\nText.\n".replace('\n', "\r\n");
    let at = At::new(library().file("content/tales/one.md", &text));
    let files =
        json!({ "files": [{ "oldUri": at.uri("content/tales/one.md"), "newUri": at.uri("content/tales/first.md") }] });
    at.apply(&lsp::answer(&at.desk, "workspace/willRenameFiles", files).unwrap());
    let now = std::fs::read_to_string(at.site.root().join("content/tales/one.md")).unwrap();
    assert_eq!(now, text.replace("mood", "aliases:\r\n  - /tales/one/\r\nmood"));
}

#[test]
fn what_can_t_be_renamed_says_why() {
    let settings = "title: Test\nbase_url: https://example.org/\ntheme: own\ncontent_overlays: [more]\n";
    let library = library().file("casebook.yaml", settings).page("content/index.md", "Home", "", "Text.\n");
    let library = library.page("content/tales/index.md", "Tales", "", "Text.\n");
    let mut at = At::new(library.page("more/tales/far.md", "Far", "mood: sad\n", "Text.\n"));
    let text = "---\ntitle: A\n---\n[x](tales/¦one.md)\n";
    let refused = |at: &mut At, text: &str, name: &str| {
        let offset = text.find('¦').unwrap();
        at.open("content/about.md", &text.replace('¦', ""));
        let position = Lines::new(text, Units::Utf16).position(offset);
        let params =
            json!({ "textDocument": { "uri": at.uri("content/about.md") }, "position": position, "newName": name });
        match lsp::answer(&at.desk, "textDocument/rename", params) {
            Err(Refusal::Impossible(why)) => why,
            other => panic!("{name}: {other:?}"),
        }
    };
    for (name, why) in [
        ("two", "There is a file content/tales/two.md already"),
        ("", "can't be the name"),
        ("a/b", "can't be the name"),
        ("..", "can't be the name"),
        (".hidden", "can't be the name"),
    ] {
        assert!(refused(&mut at, text, name).contains(why), "{name}");
    }
    for (link, why) in [
        ("tales/index.md", "content/tales/ is the folder of a kind"),
        ("/index.md", "The first page of the library has no name of its own"),
        ("tales/far.md", "content/tales/far.md lies in another folder than this library"),
    ] {
        let text = text.replace("tales/¦one.md", &link.replace("i", "¦i").replace("far", "¦far"));
        assert!(refused(&mut at, &text, "three").contains(why), "{link}");
    }
    at.desk.client.renames_files = false;
    assert!(refused(&mut at, text, "three").contains("can't rename files"));
    assert_eq!(lsp::answer(&at.desk, "textDocument/nonsense", Value::Null), Err(Refusal::Unknown));
    assert!(matches!(lsp::answer(&at.desk, "textDocument/hover", json!({ "x": 1 })), Err(Refusal::Malformed(_))));
}

#[test]
fn fixes_are_offered_where_their_faults_are_and_only_for_the_text_that_was_checked() {
    let mut at = At::new(library());
    let path = "content/tales/new.md";
    let text = "---\ntitle: 👩 A\nmood: gald\nteller: Bob\n---\n";
    at.open(path, text);
    let span = |needle: &str| Span::new(text.find(needle).unwrap(), text.find(needle).unwrap() + needle.len());
    let fault = |needle: &str, new: &str| {
        let fix = Fix::of(format!("Write {new}"), path, span(needle), new);
        Diagnostic::new(Code::UnknownTerm, "No").at(path, span(needle)).fix(fix)
    };
    let file = Some(Arc::new(SourceFile { path: path.to_owned(), text: text.to_owned() }));
    let faults = vec![fault("gald", "glad"), fault("Bob", "bob")];
    at.desk.faults.insert(path.to_owned(), OfFile { file, faults });
    let asked = |at: &At, line: u32, only: Value| {
        let place = json!({ "line": line, "character": 8 });
        let params = json!({ "textDocument": { "uri": at.uri(path) }, "range": { "start": place, "end": place }, "context": { "diagnostics": [], "only": only } });
        lsp::answer(&at.desk, "textDocument/codeAction", params).unwrap()
    };
    let actions = asked(&at, 2, Value::Null);
    let titles: Vec<_> = actions.as_array().unwrap().iter().map(|action| action["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Write glad", "Mend what leaves nothing to decide in this file"]);
    let done = |action: &Value| edited(text, action["edit"]["documentChanges"][0]["edits"].as_array().unwrap());
    assert_eq!(done(&actions[0]), text.replace("gald", "glad"));
    assert_eq!(done(&actions[1]), text.replace("gald", "glad").replace("Bob", "bob"));
    assert_eq!(actions[0]["edit"]["documentChanges"][0]["textDocument"]["version"], 7);
    assert_eq!(asked(&at, 0, json!(["source.fixAll"])).as_array().unwrap().len(), 1);
    assert_eq!(asked(&at, 0, json!(["refactor"])), json!([]));
    // What a fault would have changed in another file is not done with those of this one.
    let mut elsewhere = fault("Bob", "x");
    elsewhere.fix = Some(Fix::of("Write x", "content/about.md", Span::new(0, 1), "x"));
    let mut empty = fault("gald", "x");
    empty.fix = Some(Fix { title: "Nothing".to_owned(), edits: Vec::new() });
    let own = at.desk.faults.get_mut(path).unwrap();
    own.faults.extend([elsewhere, empty]);
    let actions = asked(&at, 2, Value::Null);
    assert_eq!(actions.as_array().unwrap().len(), 2, "{actions}");
    assert_eq!(actions[1]["edit"]["documentChanges"].as_array().unwrap().len(), 1, "{actions}");
    at.desk.faults.get_mut(path).unwrap().faults.truncate(1);
    assert_eq!(asked(&at, 0, json!(["source.fixAll"])), json!([]));
    at.open(path, &text.replace("title", "titel"));
    assert_eq!(asked(&at, 2, Value::Null), Value::Null);
}

#[test]
fn a_page_may_be_opened_typed_in_and_closed_before_there_is_a_library() {
    let library = library();
    let root = library.root().canonicalize().unwrap();
    let mut desk = Desk::new(WHOLE);
    let uri = |path: &str| lsp::address(&root, path).unwrap();
    for path in ["content/a.md", "content/b.md"] {
        let item = protocol::Item { uri: uri(path), version: 1, text: "opened".to_owned() };
        assert_eq!(desk.opened(protocol::Opened { text_document: item }), None);
    }
    let typed = json!({ "textDocument": { "uri": uri("content/a.md"), "version": 2 }, "contentChanges": [{ "text": "\u{feff}typed" }] });
    assert_eq!(desk.edited(serde_json::from_value(typed).unwrap()), None);
    desk.closed(protocol::Whole { text_document: protocol::Identifier { uri: uri("content/b.md") } });
    desk.root = Some(root.clone());
    assert_eq!(desk.placed(), ["content/a.md"]);
    let open = &desk.open()["content/a.md"];
    assert_eq!((open.version, &*open.text), (2, "typed"));
}

#[test]
fn what_is_typed_stands_before_what_is_on_the_disk_in_every_kind_of_file() {
    let mut at = At::new(library());
    let codes = |faults: Vec<Diagnostic>| {
        faults.iter().map(|fault| (fault.place.as_ref().unwrap().path.clone(), fault.code)).collect::<Vec<_>>()
    };
    let changed = |path: &str| Changed::Paths(vec![path.into()]);
    assert_eq!(codes(at.read(&Changed::Everything)), []);
    for (path, text, faulty, code) in [
        (
            "content/tales/one.md",
            "---\ntitle: One\nsummary: x\nmood: glad\n---\n## Otherwise\n\nx\n",
            "content/tales/two.md",
            Code::BrokenAnchor,
        ),
        (
            "content/tales/fresh.md",
            "---\ntitle: New\nsummary: x\nmood: bad\n---\nx\n",
            "content/tales/fresh.md",
            Code::UnknownTerm,
        ),
        ("content/_data/people.yaml", "- id: ann\n  labl: Ann\n", "content/_data/people.yaml", Code::InvalidRegister),
        (
            "themes/own/kinds/tale.yaml",
            "name: tale\nfolder: tales\nlabel: Tale\n",
            "content/tales/one.md",
            Code::UnknownField,
        ),
    ] {
        at.open(path, text);
        let found = codes(at.read(&changed(path)));
        assert!(found.contains(&(faulty.to_owned(), code)), "{path}: {found:?}");
        at.desk.closed(protocol::Whole { text_document: protocol::Identifier { uri: at.uri(path) } });
        assert_eq!(codes(at.read(&changed(path))), [], "{path}");
    }
}

#[test]
fn front_matter_is_put_in_order_and_an_empty_page_is_begun() {
    let mut at = At::new(library());
    let path = "content/tales/new.md";
    let form = |at: &mut At, text: &str| {
        at.open(path, text);
        let whole =
            json!({ "textDocument": { "uri": at.uri(path) }, "options": { "tabSize": 2, "insertSpaces": true } });
        let answer = lsp::answer(&at.desk, "textDocument/formatting", whole).unwrap();
        answer.as_array().map(|edits| edited(text, edits))
    };
    let text = "---\r\nmood:   glad # now\r\ntitle: \"A\"\r\n---\r\n\r\nBody  ŵ\r\n";
    let formed = form(&mut at, text).unwrap();
    assert_eq!(formed, "---\r\ntitle: A\r\nmood: glad # now\r\n---\r\n\r\nBody  ŵ\r\n");
    assert_eq!(form(&mut at, &formed), Some(formed.clone()));
    assert_eq!((form(&mut at, "---\ntitle: [\n---\n"), form(&mut at, "---\nmood: glad\n")), (None, None));
    let offered = at.offered(path, "\n¦\n");
    assert_eq!(offered, "---⏎title: ${1}⏎summary: ${2}⏎status: draft⏎mood: ${4}⏎---⏎⏎$0⏎");
}
