//! The web editor at /admin/: what the build makes of the kinds for it, and what it takes of the editor's files.

use crate::site::{SETTINGS, Site};
use casebook::{
    config::Overrides,
    diagnostic::Code,
    model::{Content, Position},
    pipeline::{self, Unseen},
};
use serde_yaml::Value;

const REPOSITORY: &str = "repository: https://github.com/example/library\n";

/// A kind that no theme has, with a field of every type.
const KIND: &str = "name: walk
folder: walks
label: {en: Walk}
plural: {en: Walks}
description: {en: A way to go.}
template: page.html
fields:
  - {name: distance, type: number, min: 0, max: 40, label: {en: Distance}, help: {en: In miles.}}
  - {name: story, type: markdown, label: {en: Story}, help: {en: How it went.}}
  - {name: dogs, type: yes-no, label: {en: Dogs}, help: {en: May they come?}}
  - {name: first, type: date, partial: true, label: {en: First walked}, help: {en: A year will do.}}
  - {name: opened, type: date, label: {en: Opened}, help: {en: A day.}}
  - {name: starts, type: date-time, label: {en: Starts}, help: {en: A day and a time.}}
  - {name: site, type: url, label: {en: Page}, help: {en: Its page.}}
  - {name: ask, type: email, label: {en: Ask}, help: {en: A role's address.}}
  - {name: map, type: file, label: {en: Map}, help: {en: A file.}}
  - {name: view, type: image, label: {en: View}, help: {en: A picture.}}
  - {name: view_alt, type: text, label: {en: What it shows}, help: {en: In a sentence.}}
  - {name: body, type: text, label: {en: Who leads}, help: {en: A club.}}
  - {name: seen, type: text, many: true, label: {en: Seen}, help: {en: One a line.}}
  - name: surface
    type: choice
    many: true
    required: true
    label: {en: Surface}
    help: {en: What is underfoot.}
    options: [{id: mud, label: {en: Mud}}, {id: stone, label: {en: Stone}}]
  - {name: subject, type: reference, to: themes, label: {en: Subject}, help: {en: Of the list.}}
  - {name: back, type: reference, to: returns, label: {en: Way back}, help: {en: Of the ways back.}}
  - {name: like, type: reference, to: page, many: true, label: {en: Like}, help: {en: Other pages.}}
  - name: stops
    type: group
    many: true
    label: {en: Stops}
    help: {en: In order.}
    fields:
      - {name: place, type: text, required: true, label: {en: Place}, help: {en: Its name.}}
      - {name: rest, type: number, label: {en: Rest}, help: {en: In minutes.}}
      - {name: camp, type: reference, to: camps, label: {en: Camp}, help: {en: Of the camps.}}
  - name: terms
    type: group
    label: {en: Terms}
    help: {en: What holds on the way.}
    fields:
      - {name: one, type: text, label: {en: One}, example: 'A sentence that is so long that nobody would write it on one line alone.'}
      - {name: two, type: text, label: {en: Two}}
      - {name: three, type: text, label: {en: Three}}
      - {name: four, type: text, label: {en: Four}}
      - {name: five, type: text, label: {en: Five}}
  - name: guide
    type: group
    label: {en: Guide}
    help: {en: Who goes along.}
    fields:
      - {name: role, type: text, required: true, label: {en: Role}, help: {en: A role.}}
";

/// A kind that others name in a group alone, and that is never a draft.
const CAMP: &str = "name: camp
folder: camps
label: {en: Camp}
plural: {en: Camps}
description: {en: A place to sleep.}
template: page.html
fields:
  - {name: status, type: choice, label: {en: Status}, options: [{id: open, label: {en: Open}}]}
";

const OTHER: &str = "name: return
folder: returns
label: {en: Return}
plural: {en: Returns}
description: {en: A way back.}
template: page.html
fields: []
";

fn site(settings: &str) -> Site {
    Site::new()
        .file("casebook.yaml", format!("{SETTINGS}{settings}"))
        .file("themes/civic/kinds/walk.yaml", KIND)
        .file("themes/civic/kinds/return.yaml", OTHER)
        .file("themes/civic/kinds/camp.yaml", CAMP)
        .page("content/about.md", "About", "", "Text.\n")
}

/// What a build would write, though the editor's own files are not there.
fn made(site: &Site, path: &str) -> Option<String> {
    let config = pipeline::settings(site.root(), &Overrides::default()).unwrap_or_else(|_| panic!("settings"));
    let run = pipeline::run(&config, &Unseen);
    let found = run.outputs.into_iter().find(|output| output.path == path)?;
    let Content::Bytes(bytes) = found.content else { panic!("{path} is no text") };
    Some(String::from_utf8(bytes.to_vec()).unwrap())
}

fn settings(site: &Site) -> Value {
    serde_yaml::from_str(&made(site, "admin/config.yml").unwrap()).unwrap()
}

fn named<'a>(list: &'a Value, name: &str) -> &'a Value {
    let found = list.as_sequence().unwrap().iter().find(|item| item["name"] == *name);
    found.unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn every_type_of_field_has_a_widget_that_writes_what_check_takes() {
    let settings = settings(&site(&format!("{REPOSITORY}editor: decap\n")));
    let walk = named(&settings["collections"], "walk");
    for (field, expected) in [
        ("title", "{widget: string, required: true}"),
        ("summary", "{widget: text, required: true, pattern: ['^[\\s\\S]{0,200}$', At most 200 characters fit]}"),
        ("distance", "{widget: number, min: 0, max: 40, hint: In miles.}"),
        ("story", "{widget: markdown}"),
        ("dogs", "{widget: select, options: [{label: 'Yes', value: 'yes'}, {label: 'No', value: 'no'}]}"),
        ("first", "{widget: string}"),
        ("opened", "{widget: datetime, format: YYYY-MM-DD, time_format: false}"),
        ("starts", "{widget: datetime, format: 'YYYY-MM-DDTHH:mm'}"),
        ("site", "{widget: string}"),
        ("ask", "{widget: string}"),
        ("map", "{widget: file}"),
        ("view", "{widget: image}"),
        ("seen", "{widget: list, field: {name: item, label: Seen, required: true, widget: string}}"),
        (
            "surface",
            "{widget: select, multiple: true, min: 1, required: true, options: [{label: Mud, value: mud}, {label: Stone, value: stone}]}",
        ),
        ("subject", "{widget: select, options: [{label: Mentoring, value: mentoring}]}"),
        ("back", "{widget: relation, collection: return, value_field: '{{slug}}'}"),
        ("like", "{widget: list}"),
        ("status", "{widget: select, default: draft, required: false}"),
        ("stops", "{widget: list, summary: '{{fields.place}}'}"),
        ("guide", "{widget: object, collapsed: false}"),
        ("terms", "{widget: object, collapsed: true}"),
        // What the editor itself calls `body` is the text below the front matter.
        ("front_body", "{widget: string, label: Who leads}"),
        ("body", "{widget: markdown, label: Text}"),
    ] {
        let found = named(&walk["fields"], field);
        for (key, value) in serde_yaml::from_str::<serde_yaml::Mapping>(expected).unwrap() {
            assert_eq!(found[&key], value, "{field}: {key:?}");
        }
    }
    assert!(!walk["fields"].as_sequence().unwrap().iter().any(|field| field["name"] == "kind"));
    // An example that is longer than a line says that a line is not enough.
    let terms = &named(&walk["fields"], "terms")["fields"];
    assert_eq!(
        (&named(terms, "one")["widget"], &named(terms, "two")["widget"]),
        (&Value::from("text"), &Value::from("string"))
    );
    // What can't be a draft is none, and what can may be looked for.
    let camp = named(&settings["collections"], "camp");
    assert_eq!(named(&camp["fields"], "status")["default"], Value::Null);
    let drafts: Value = serde_yaml::from_str("{label: Draft, field: status, pattern: draft}").unwrap();
    assert!(walk["view_filters"].as_sequence().unwrap().contains(&drafts));
    // A summary stands below the title, needed or not.
    let page = &named(&settings["collections"], "page")["fields"];
    assert_eq!((&page[1]["name"], &page[1]["required"]), (&Value::from("summary"), &Value::from(false)));
    assert_eq!(settings["i18n"], Value::Null);
    // In a list what is required is asked for; in a group that may be left out it can't be.
    assert_eq!(named(&named(&walk["fields"], "stops")["fields"], "place")["required"], Value::from(true));
    assert_eq!(named(&named(&walk["fields"], "guide")["fields"], "role")["required"], Value::from(false));
}

#[test]
fn a_page_gets_a_folder_for_its_pictures_unless_others_name_it_by_its_file() {
    let settings = settings(&site(&format!("{REPOSITORY}editor: decap\n")));
    let collection = |name: &str| named(&settings["collections"], name);
    for key in ["media_folder", "public_folder"] {
        assert_eq!(collection("walk")[key], Value::from(""));
    }
    assert_eq!(collection("walk")["folder"], Value::from("content/walks"));
    assert_eq!(collection("walk")["path"], Value::from("{{slug}}/index"));
    assert_eq!(collection("return")["path"], Value::Null);
    assert_eq!(collection("camp")["path"], Value::Null);
    // Pages that are of no kind's own.
    assert_eq!((&collection("page")["folder"], &collection("page")["path"]), (&Value::from("content"), &Value::Null));
}

#[test]
fn the_settings_say_who_keeps_the_library() {
    for (written, backend, asked) in [
        (
            "repository: https://github.com/example/library/\nbranch: live\neditor: decap\n",
            "{name: github, repo: example/library, branch: live, open_authoring: true, auth_scope: public_repo}",
            "https://api.github.com",
        ),
        (
            "repository: https://github.com/example/library\neditor: {open: false, auth: {base_url: 'https://sign-in.example.org', auth_endpoint: auth}}\n",
            "{name: github, repo: example/library, branch: main, base_url: 'https://sign-in.example.org', auth_endpoint: auth}",
            "https://api.github.com",
        ),
        (
            "repository: https://git.example.org/example/library\neditor: {host: github, auth: {api_root: 'https://git.example.org/api/v3', auth_scope: repo}}\n",
            "{name: github, repo: example/library, branch: main, open_authoring: true, auth_scope: repo, api_root: 'https://git.example.org/api/v3'}",
            "https://git.example.org",
        ),
        (
            "repository: https://gitlab.com/group/part/library.git\neditor: {name: decap, auth: {auth_type: pkce, app_id: abc}}\n",
            "{name: gitlab, repo: group/part/library, branch: main, app_id: abc, auth_type: pkce}",
            "https://gitlab.com",
        ),
        (
            "repository: https://code.example.org/group/library\neditor: {host: gitlab}\n",
            "{name: gitlab, repo: group/library, branch: main, base_url: 'https://code.example.org', api_root: 'https://code.example.org/api/v4'}",
            "https://code.example.org",
        ),
        (
            "repository: https://code.example.org/group/library\neditor: {host: gitlab, auth: {api_root: 'https://api.example.org/v4'}}\n",
            "{name: gitlab, repo: group/library, branch: main, base_url: 'https://code.example.org', api_root: 'https://api.example.org/v4'}",
            "https://code.example.org https://api.example.org",
        ),
    ] {
        let site = site(written);
        let expected: Value = serde_yaml::from_str(backend).unwrap();
        assert_eq!(settings(&site)["backend"], expected, "{written}");
        let page = made(&site, "admin/index.html").unwrap();
        assert!(page.contains(&format!("connect-src 'self' blob: data: {asked} http://localhost:8081;")), "{page}");
        // The faces of people who sign in.
        let faces = match written {
            _ if written.contains("//code.example") => "https://code.example.org",
            _ if written.contains("gitlab") => "https://gitlab.com https://secure.gravatar.com",
            _ => "https://avatars.githubusercontent.com",
        };
        assert!(page.contains(&format!("img-src 'self' blob: data: {faces};")), "{page}");
    }
}

#[test]
fn each_language_has_its_own_words_and_shares_the_facts() {
    let settings = settings(&site(&format!("{REPOSITORY}languages: [en, cy]\neditor: decap\n")));
    let i18n: Value =
        serde_yaml::from_str("{structure: multiple_files, locales: [en, cy], default_locale: en}").unwrap();
    assert_eq!(settings["i18n"], i18n);
    let walk = named(&settings["collections"], "walk");
    assert_eq!(walk["i18n"], Value::from(true));
    for (field, expected) in [
        ("title", Value::from(true)),
        ("story", Value::from(true)),
        ("body", Value::from(true)),
        ("stops", Value::from(true)),
        ("seen", Value::from(true)),
        ("surface", Value::from("duplicate")),
        ("distance", Value::from("duplicate")),
        ("opened", Value::from("duplicate")),
    ] {
        assert_eq!(named(&walk["fields"], field)["i18n"], expected, "{field}");
    }
    // Each language has items of its own, with all that is in them.
    assert_eq!(named(&named(&walk["fields"], "stops")["fields"], "rest")["i18n"], Value::from(true));
    let languages = made(&site(&format!("{REPOSITORY}languages: [en, cy]\neditor: decap\n")), "admin/kinds.js");
    assert!(languages.unwrap().contains("export const languages = [\"en\",\"cy\"];"));
}

#[test]
fn a_site_that_asks_for_no_editor_has_none() {
    assert_eq!(made(&site(REPOSITORY), "admin/index.html"), None);
}

#[test]
fn the_page_lets_in_nothing_but_the_editor() {
    let settings = format!("{}{REPOSITORY}editor: decap\n", SETTINGS.replace("Test", "'A \"<b>& co'"));
    let page = made(&site("").file("casebook.yaml", settings), "admin/index.html").unwrap();
    assert!(page.contains("A &quot;&lt;b&gt;&amp; co") && !page.contains("<b>"), "{page}");
    assert!(
        page.contains(
            "content=\"default-src 'none'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; \
             img-src 'self' blob: data: https://avatars.githubusercontent.com; font-src 'self' data:; \
             connect-src 'self' blob: data: https://api.github.com http://localhost:8081; base-uri 'none'; \
             form-action 'none'\">"
        ),
        "{page}"
    );
}

#[test]
fn the_page_is_for_no_search_and_no_list() {
    let site = site(&format!("{REPOSITORY}editor: decap\n"));
    let page = made(&site, "admin/index.html").unwrap();
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(!page.contains("<style") && !page.contains("style=") && !page.contains("<script>"), "{page}");
    assert!(!made(&site, "sitemap.xml").unwrap().contains("/admin/"));
}

#[test]
fn what_is_wrong_with_the_setting_is_told_at_its_place() {
    for (written, place, message) in [
        ("editor: decap\n", (3, 9), "has to know where the library is kept"),
        ("editor: nothing\nREPO", (3, 9), "There is no web editor called “nothing”"),
        ("editor:\n  fiels: x\nREPO", (4, 3), "There is no setting called “fiels”"),
        ("editor:\n  files: /etc\nREPO", (4, 10), "is not the path of a folder from here"),
        ("editor:\n  files: content/editor\nREPO", (4, 10), "Casebook keeps for itself"),
        ("editor:\n  files: .\nREPO", (4, 10), "Casebook keeps for itself"),
        ("editor:\n  auth: {base_url: sign-in}\nREPO", (4, 20), "is no whole address"),
        ("editor:\n  auth: {bas_url: https://a.example}\nREPO", (4, 19), "There is no setting called “bas_url”"),
        ("editor:\n  auth: {auth_scope: all}\nREPO", (4, 22), "There is no scope called “all”"),
        ("repository: https://github.com/example\neditor: decap\n", (3, 13), "names no library"),
        (
            "repository: https://code.example.org/a/b\neditor: decap\n",
            (4, 9),
            "whether code.example.org is GitHub or GitLab",
        ),
        ("repository: https://gitlab.com/a/b\neditor:\n  open: true\n", (5, 9), "is for libraries on GitHub"),
    ] {
        let site = site(&written.replace("REPO", REPOSITORY));
        let run = pipeline::settings(site.root(), &Overrides::default()).err().unwrap_or_default();
        let [fault] = run.diagnostics.as_slice() else { panic!("{written}: {:?}", run.diagnostics) };
        assert!(fault.message.contains(message), "{}", fault.message);
        assert_eq!(fault.code, Code::InvalidSettings);
        assert!(fault.help.is_some());
        let text = std::fs::read_to_string(site.root().join("casebook.yaml")).unwrap();
        let at = Position::of(&text, fault.place.as_ref().unwrap().span.start);
        assert_eq!((at.line, at.column), place, "{written}");
    }
}

#[test]
fn only_the_files_of_the_known_version_are_taken() {
    let at = |site: &Site| {
        let run = site.run(&["check"]);
        assert_eq!(run.code(), 1);
        run.stdout() + &run.stderr()
    };
    let decap = || site(&format!("{REPOSITORY}editor: decap\n"));
    let said = at(&decap());
    assert!(
        said.contains("casebook.yaml:4:9: error[CB0603 invalid-settings]: There is no folder editor/decap-cms-3.16.3/"),
        "{said}"
    );
    assert!(said.contains("npm pack decap-cms@3.16.3"), "{said}");
    let said = at(&decap().file("editor/decap-cms-3.16.3/README.md", "x"));
    assert!(said.contains("The folder editor/decap-cms-3.16.3/ has no file decap-cms.js"), "{said}");
    // In the folder, or where the package has them.
    for within in ["", "dist/", "package/dist/"] {
        let said = at(&decap().file(&format!("editor/decap-cms-3.16.3/{within}decap-cms.js"), "alert(1)"));
        assert!(
            said.contains("The file decap-cms.js in editor/decap-cms-3.16.3/ is not that of Decap CMS 3.16.3"),
            "{said}"
        );
        assert!(said.contains("has no file decap-cms.js.LICENSE.txt"), "{said}");
    }
    let own = site(&format!("{REPOSITORY}editor:\n  files: tools/decap\n"));
    let said = at(&own);
    assert!(said.contains("casebook.yaml:5:10: error"), "{said}");
    assert!(said.contains("There is no folder tools/decap/"), "{said}");
    assert!(!own.has("admin/index.html"));
}

#[test]
fn no_page_can_have_the_editors_address() {
    let said =
        site(&format!("{REPOSITORY}editor: decap\n")).page("content/admin.md", "Admin", "", "Text.\n").run(&["check"]);
    assert!((said.stdout() + &said.stderr()).contains("content/admin.md:1:1: error[CB0601 same-url]"));
}
