//! The reference of what templates are given, held against what the published library hands to them.

use crate::site::Site;
use casebook::render::reference::{self, CALLS, Given, SHAPES, Sort, TEMPLATES};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// A template that writes what it is given, as JSON: its keys, and for each value only what sort it is.
const DUMP: &str = r#"
{% component dump(value, name = "") -%}
{%- if value is map -%}
{ {%- for key, inner in value -%}{% if not loop.first %},{% endif %}"{{ key }}":{{ <dump value={inner} name={key}/> }}{%- endfor -%} }
{%- elif value is array -%}
[ {%- for inner in value -%}{% if not loop.first %},{% endif %}{{ <dump value={inner}/> }}{%- endfor -%} ]
{%- elif value is string -%}"{% if name == "type" %}{{ value }}{% else %}text{% endif %}"
{%- elif value is bool -%}true
{%- elif value is number -%}0
{%- else -%}null
{%- endif -%}
{%- endcomponent dump %}
"#;

/// What ends the context of a page, and of a component in its text.
const END: &str = "@@@";

fn theme(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/civic").join(path)
}

/// The names of the files of a folder that end like this.
fn names(folder: &str, ending: &str) -> BTreeSet<String> {
    let files = fs::read_dir(theme(folder)).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    files.filter(|name| name.ends_with(ending)).collect()
}

/// The published library in a theme that shows what each template gets; with it what the library has none of: lists
/// of several parts, a page in two languages, an old address.
fn dumped() -> Site {
    let mut site = Site::published_in("dump");
    let settings = fs::read_to_string(site.root().join("casebook.yaml")).unwrap();
    let changes = [
        ("page_size: 20", "page_size: 2"),
        ("language: en", "language: en\nlanguages: [en, cy]"),
        ("      kind: non-compliance\n", "      kind: non-compliance\n      criterion: 1.4.3\n      by: 2027-12-31\n"),
        (
            "  contact:\n",
            "  response_days: 5\n  contact:\n    page: /about.md\n    role: Web team\n    email: web@harbour.gov.uk\n    phone: 01632 960000\n",
        ),
    ];
    let settings = changes.iter().fold(settings, |settings, (from, to)| {
        assert!(settings.contains(from), "casebook.yaml has no {from}");
        settings.replacen(from, to, 1)
    });
    site = site
        .file("casebook.yaml", settings)
        .page("content/twin.md", "Twin", "aliases: [/old/]\nupdated: 2020-01-01\nthemes: [mentoring]\n", "Text.\n")
        .page("content/guides/index.md", "Guides", "", "What they are for.\n")
        .page("content/twin.cy.md", "Gefell", "", "Testun.\n")
        .file("themes/dump/theme.yaml", "name: dump\nextends: civic\n")
        .file("themes/dump/i18n/cy.yaml", "language: {name: Cymraeg}\n")
        .file("themes/dump/templates/dump.html", DUMP);
    let whole = format!("{{{{ <dump value={{__tera_context}}/> }}}}{END}");
    for name in names("templates", ".html").iter().filter(|name| !["base.html", "entry.html"].contains(&name.as_str()))
    {
        let body = if is_of_entries(name) { "{{ page.body | safe }}" } else { "" };
        site = site.file(&format!("themes/dump/templates/{name}"), format!("{name}{END}{whole}{body}"));
    }
    for name in names("templates/components", ".html") {
        site = site.file(&format!("themes/dump/templates/components/{name}"), format!("{END}{whole}"));
    }
    site.run(&["build", "--now", "2026-11-22"]).clean();
    site
}

/// True for the template of a kind.
fn is_of_entries(template: &str) -> bool {
    let named = format!("template: {template}");
    let kinds = names("kinds", ".yaml");
    kinds.iter().any(|kind| fs::read_to_string(theme("kinds").join(kind)).unwrap().lines().any(|line| line == named))
}

/// Compares values with their descriptions.
struct Reader {
    shapes: BTreeMap<&'static str, &'static [Given]>,
    taxonomies: BTreeSet<String>,
    met: BTreeSet<(String, &'static str)>,
    faults: BTreeSet<String>,
}

impl Reader {
    /// A map that is described under a name, in a file of src/render/context/reference/.
    fn map(&mut self, name: &str, file: &str, described: &[&'static [Given]], value: &Value) {
        let Some(map) = value.as_object() else {
            self.faults.insert(format!("“{name}” should be a map, and {value} is given"));
            return;
        };
        let described: Vec<&'static Given> = described.iter().flat_map(|keys| keys.iter()).collect();
        for (key, value) in map {
            let exact = described.iter().find(|given| given.key == key);
            let any = described.iter().find(|given| match given.key {
                "<taxonomy>" => self.taxonomies.contains(key),
                "<field>" => true,
                _ => false,
            });
            let Some(given) = exact.or(any) else {
                let line = format!("given(\"{key}\", {}, \"what it is\"),", guess(key, value));
                self.faults.insert(format!(
                    "templates get `{key}` in “{name}”, which has no description. Write in src/render/context/reference/{file}.rs, below “{name}”:\n    {line}\nor `maybe(…)` where it may be absent"
                ));
                continue;
            };
            self.met.insert((name.to_owned(), given.key));
            self.value(&format!("`{key}` in “{name}”"), given.sort, value);
        }
        for given in described.iter().filter(|given| given.always && !given.key.starts_with('<')) {
            if !map.contains_key(given.key) {
                let key = given.key;
                self.faults
                    .insert(format!("`{key}` in “{name}” is not always there: describe it with `maybe(\"{key}\", …)`"));
            }
        }
        if name == "field" {
            self.field(map);
        }
    }

    fn value(&mut self, place: &str, sort: Sort, value: &Value) {
        let fits = match sort {
            Sort::Text | Sort::Html => value.is_string(),
            Sort::Number => value.is_number(),
            Sort::YesNo => value.is_boolean(),
            Sort::A(_) | Sort::Fields | Sort::Values | Sort::Texts => value.is_object(),
            Sort::Many(_) => value.is_array(),
            Sort::Value => true,
        };
        if !fits {
            self.faults.insert(format!("{place} is described as {sort:?}, and it is {}", guess("", value)));
            return;
        }
        let (Sort::A(shape) | Sort::Many(shape)) = sort else { return };
        let Some(keys) = self.shapes.get(shape).copied() else {
            self.faults.insert(format!("{place} is of the shape “{shape}”, which shapes.rs doesn't describe"));
            return;
        };
        for item in value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice) {
            self.map(shape, "shapes", &[keys], item);
        }
    }

    /// A field, whose type says what its value is.
    fn field(&mut self, field: &serde_json::Map<String, Value>) {
        let (kind, value) = (field["type"].as_str().unwrap_or_default(), &field["value"]);
        for item in value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice) {
            let sort = match kind {
                "number" => Sort::Number,
                "yes-no" => Sort::YesNo,
                "date" | "date-time" => Sort::A("date"),
                "choice" => Sort::A("choice"),
                "reference" if item.get("title").is_some() => Sort::A("card"),
                "reference" => Sort::A("term"),
                "image" | "file" => Sort::A("file"),
                "group" => Sort::A("group"),
                _ => Sort::Text,
            };
            self.value(&format!("the value of a field of type {kind}"), sort, item);
        }
    }
}

/// How a value would be described.
fn guess(key: &str, value: &Value) -> String {
    match value {
        Value::String(_) => "Text".to_owned(),
        Value::Number(_) => "Number".to_owned(),
        Value::Bool(_) => "YesNo".to_owned(),
        Value::Array(_) => format!("Many(\"{}\")", key.trim_end_matches('s')),
        _ => format!("A(\"{key}\")"),
    }
}

#[test]
fn what_templates_are_given_is_what_the_reference_says() {
    let site = dumped();
    let manifest = fs::read_to_string(theme("theme.yaml")).unwrap();
    let taxonomies = manifest.lines().filter_map(|line| line.strip_prefix("  - name: ").map(str::to_owned)).collect();
    let shapes = SHAPES.iter().map(|shape| (shape.name, shape.keys)).collect();
    let mut reader = Reader { shapes, taxonomies, met: BTreeSet::new(), faults: BTreeSet::new() };
    let keys = |name: &str| TEMPLATES.iter().find(|template| template.names == name).map(|template| template.keys);
    let frame = keys(reference::EVERY).unwrap();
    let mut seen = BTreeSet::new();
    for (path, bytes) in site.site().iter().filter(|(path, _)| path.ends_with(".html")) {
        let text = String::from_utf8_lossy(bytes);
        let parts: Vec<&str> = text.split(END).collect();
        let parsed =
            |json: &str| serde_json::from_str::<Value>(json).unwrap_or_else(|error| panic!("{path}: {error}: {json}"));
        let template = parts[0];
        let name = if is_of_entries(template) { reference::ENTRIES } else { template };
        let own = keys(name).unwrap_or_default();
        // What has a description of its own counts for itself, the rest for all pages.
        let (of_all, of_own): (BTreeMap<_, _>, BTreeMap<_, _>) = parsed(parts[1])
            .as_object()
            .unwrap()
            .clone()
            .into_iter()
            .partition(|(key, _)| frame.iter().any(|given| given.key == key));
        reader.map(reference::EVERY, "templates", &[frame], &serde_json::to_value(of_all).unwrap());
        reader.map(name, "templates", &[own], &serde_json::to_value(of_own).unwrap());
        seen.insert(template.to_owned());
        for component in parts[2..].iter().filter(|part| part.starts_with('{')) {
            reader.map(reference::COMPONENTS, "templates", &[keys(reference::COMPONENTS).unwrap()], &parsed(component));
        }
    }
    let described = TEMPLATES.iter().map(|template| (template.names, template.keys));
    for (name, keys) in described.chain(SHAPES.iter().map(|shape| (shape.name, shape.keys))) {
        for given in keys.iter().filter(|given| !reader.met.contains(&(name.to_owned(), given.key))) {
            let key = given.key;
            reader.faults.insert(format!("`{key}` in “{name}” is described, and no template was given it: take the line out, or have the library of this test make one"));
        }
    }
    let unseen: Vec<String> = names("templates", ".html")
        .into_iter()
        .filter(|name| !seen.contains(name) && !["base.html", "entry.html"].contains(&name.as_str()))
        .collect();
    assert_eq!(unseen, Vec::<String>::new(), "no page of the published library is made with these");
    let faults: Vec<String> = reader.faults.into_iter().collect();
    assert!(
        faults.is_empty(),
        "the reference of what templates are given is not right:\n\n{}\n\nthen: cargo run --release --example reference",
        faults.join("\n\n")
    );
}

#[test]
fn every_function_and_filter_is_described() {
    let mut registered = BTreeSet::new();
    let sources =
        walkdir::WalkDir::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/render")).into_iter().map(Result::unwrap);
    for file in sources.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs")) {
        let text = fs::read_to_string(file.path()).unwrap();
        for call in ["register_function(\"", "register_filter(\"", "register_test(\""] {
            registered.extend(text.split(call).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()));
        }
    }
    let described: BTreeSet<String> = CALLS.iter().map(|call| call.name.to_owned()).collect();
    assert_eq!(described, registered, "describe them in src/render/context/reference/calls.rs");
}

#[test]
fn the_readme_of_the_theme_has_the_reference() {
    let readme = fs::read_to_string(theme("README.md")).unwrap();
    assert!(
        readme.contains(&reference::reference()),
        "themes/civic/README.md is out of date: cargo run --release --example reference"
    );
}
