//! A small library for the tests of this room and of the outputs, put together by hand.

use super::Workshop;
use crate::{
    config::{self, Config, Overrides},
    markdown::outline,
    model::{
        AssetFile, Component, ComponentBody, Entry, Field, FieldType, Index, Kind, Labels, Library, Order, Place,
        Register, Registers, SourceFile, Span, State, Taxonomy, TaxonomyDeclaration, TaxonomyTerm, Term, TermOrder,
        Theme, Value,
    },
};
use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

/// Settings with more lines of YAML.
pub(crate) fn config(more: &str) -> Config {
    let text =
        format!("title: Good practice\ndescription: What works\nbase_url: https://example.org/casebook/\n{more}");
    let file = SourceFile { path: "casebook.yaml".into(), text };
    let overrides = Overrides { now: Some("2027-01-01".into()), ..Overrides::default() };
    config::resolve(PathBuf::from("/library"), &file, &overrides).unwrap()
}

/// A workshop for a library whose theme is sound.
pub(crate) fn workshop(library: Arc<Library>, config: Config) -> Workshop {
    Workshop::new(library, Arc::new(config)).0.unwrap()
}

/// A field without anything special.
pub(crate) fn field(name: &str, field_type: FieldType) -> Field {
    Field {
        name: name.to_owned(),
        field_type,
        label: Labels::same(format!("The {name}")),
        help: Labels::same("Help."),
        ..Field::default()
    }
}

/// The same field with a list of values that go into a taxonomy.
pub(crate) fn facet(name: &str, taxonomy: &str, field_type: FieldType) -> Field {
    Field { many: true, facet: Some(taxonomy.to_owned()), ..field(name, field_type) }
}

/// A term of the register `themes`, by its index.
pub(crate) fn theme(index: usize) -> Value {
    Value::Many(vec![Value::Term("themes".into(), index)])
}

/// A library that grows.
pub(crate) struct Fixture {
    pub(crate) theme: Theme,
    pub(crate) library: Library,
}

impl Fixture {
    /// No entries; the kinds `thing` (listed by date) and `page`; the taxonomy `themes` with two terms to use.
    pub(crate) fn new() -> Self {
        let templates = [
            (
                "home.html",
                "{{ title }};{{ page?.title or \"-\" }};{{ newest | length }};{% for theme in themes %}{{ theme.id }} {% endfor %}",
            ),
            ("thing.html", "{{ page.title }};{{ lang }}"),
            ("page.html", "{{ page.title }};{{ lang }}"),
            ("listing.html", "{{ title }};{% for entry in listing.entries %}{{ entry.title }},{% endfor %}"),
            ("taxonomy.html", "{{ title }};{% for term in terms %}{{ term.id }}={{ term.count }},{% endfor %}"),
            ("term.html", "{{ term.label }};{% for entry in listing.entries %}{{ entry.title }},{% endfor %}"),
            ("search.html", "{{ title }};{{ site.search }};{{ noindex }}"),
            ("404.html", "{{ title }};{% if canonical %}found{% endif %}"),
            ("redirect.html", "{{ target }};{{ target_absolute }}"),
        ];
        let theme_fields = vec![facet("themes", "themes", FieldType::Reference("themes".into()))];
        let theme = Theme {
            kinds: vec![kind("thing", Some("things"), theme_fields), kind("page", None, Vec::new())],
            taxonomies: vec![declaration("themes")],
            translations: BTreeMap::from([("en".to_owned(), words())]),
            ..Theme::default()
        };
        let term = |id: &str, broader: Option<&str>| Term {
            id: id.to_owned(),
            labels: Labels::same(id.to_uppercase()),
            broader: broader.map(str::to_owned),
            columns: BTreeMap::from([("region".to_owned(), "East".to_owned())]),
            ..Term::default()
        };
        let terms = vec![term("work", None), term("jobs", Some("work"))];
        let registers =
            Registers::from([("themes".to_owned(), Register::new("themes", "content/_data/themes.yaml", terms))]);
        let library = Library { registers: Arc::new(registers), ..Library::default() };
        templates.iter().fold(Self { theme, library }, |fixture, (name, text)| fixture.template(name, text))
    }

    /// Puts a template in the place of the one of that name.
    pub(crate) fn template(mut self, name: &str, text: &str) -> Self {
        let file = SourceFile { path: format!("themes/x/templates/{name}"), text: text.to_owned() };
        self.theme.templates.retain(|(known, _)| known != name);
        self.theme.templates.push((name.to_owned(), file));
        self
    }

    /// Gives the kind `thing` a field.
    pub(crate) fn field(mut self, field: Field) -> Self {
        Arc::make_mut(&mut self.theme.kinds[0]).fields.push(field);
        self
    }

    /// Adds a component with a field `text`.
    pub(crate) fn component(mut self, name: &str, template: &str) -> Self {
        let component = Component {
            name: name.to_owned(),
            label: Labels::default(),
            description: Labels::default(),
            body: ComponentBody::Yaml,
            fields: vec![field("text", FieldType::Text { max_length: None })],
            rules: None,
            needs: None,
        };
        self.theme.components.insert(name.to_owned(), component);
        self.template(&format!("components/{name}.html"), template)
    }

    /// Adds a file.
    pub(crate) fn asset(mut self, path: &str, size: u64) -> Self {
        let asset = AssetFile {
            path: path.to_owned(),
            disk: PathBuf::from("/library").join(path),
            size,
            dimensions: None,
            picture: None,
        };
        Arc::make_mut(&mut self.library.assets).insert(path.to_owned(), asset);
        self
    }

    /// Adds an entry with a body; its path says its kind and language, as in a library.
    pub(crate) fn entry(mut self, path: &str, body: &str, change: impl FnOnce(&mut Entry)) -> Self {
        let inside = path.strip_prefix("content/").unwrap().strip_suffix(".md").unwrap();
        let (id, language) = inside.strip_suffix(".cy").map_or((inside, "en"), |id| (id, "cy"));
        let is_intro = id == "things/index";
        let id = id.strip_suffix("index").unwrap_or(id).trim_end_matches('/').to_owned();
        let folder = if language == "en" { "" } else { "/cy" };
        let is_thing = id.starts_with("things/") && !is_intro;
        let mut entry = Entry {
            source: Arc::new(SourceFile { path: path.to_owned(), text: body.to_owned() }),
            front_span: None,
            kind: self.theme.kinds[usize::from(!is_thing)].clone(),
            url: if id.is_empty() { format!("{folder}/") } else { format!("{folder}/{id}/") },
            title: id.rsplit('/').next().unwrap_or_default().to_owned(),
            summary: String::new(),
            fields: BTreeMap::new(),
            texts: vec![outline(body, Place::Body(Span::new(0, body.len())), None)],
            published: None,
            updated: None,
            review_by: None,
            state: State::Current,
            aliases: Vec::new(),
            language: language.to_owned(),
            id,
        };
        change(&mut entry);
        self.library.entries.push(Arc::new(entry));
        self
    }

    /// The library, tied together as far as its tests need it.
    pub(crate) fn library(self) -> Arc<Library> {
        let Self { theme, mut library } = self;
        library.theme = Arc::new(theme);
        for (index, entry) in library.entries.iter_mut().enumerate() {
            let kind = library.theme.kinds.iter().find(|kind| kind.name == entry.kind.name);
            Arc::make_mut(entry).kind = kind.unwrap().clone();
            Arc::make_mut(&mut library.by_path).insert(entry.path().to_owned(), index);
            Arc::make_mut(&mut library.by_id)
                .entry(entry.id.clone())
                .or_default()
                .insert(entry.language.clone(), index);
        }
        let count = library.entries.len();
        let fill = |lists: &mut Arc<Vec<Vec<usize>>>| Arc::make_mut(lists).resize(count, Vec::new());
        fill(&mut library.backlinks);
        fill(&mut library.similar);
        fill(&mut library.related);
        library.links.resize(count, Arc::default());
        let taxonomies = library.theme.taxonomies.iter().map(|declaration| taxonomy(&library, declaration));
        library.taxonomies = Arc::new(taxonomies.collect());
        Arc::new(library)
    }
}

fn kind(name: &str, folder: Option<&str>, fields: Vec<Field>) -> Arc<Kind> {
    Arc::new(Kind {
        name: name.to_owned(),
        folder: folder.map(str::to_owned),
        label: Labels::same(format!("A {name}")),
        plural: Labels::same(format!("All {name}s")),
        description: Labels::same(format!("Every {name}.")),
        template: format!("{name}.html"),
        place: 0,
        sort: Order::Newest,
        similar: Labels::default(),
        series: None,
        schema: None,
        downloads: Vec::new(),
        shared: 0,
        own_card: false,
        fields,
        path: format!("themes/x/kinds/{name}.yaml"),
    })
}

fn declaration(name: &str) -> TaxonomyDeclaration {
    TaxonomyDeclaration {
        name: name.to_owned(),
        label: Labels::same("Theme"),
        plural: Labels::same("Themes"),
        path: name.to_owned(),
        order: 0,
        sort: TermOrder::Label,
        index: Index::Letters,
        from: None,
        column: None,
        empty: false,
        weight: 1.0,
        apart: false,
        feeds: true,
        schema: None,
    }
}

/// The terms of the register of the taxonomy's name that listed entries use.
fn taxonomy(library: &Library, declaration: &TaxonomyDeclaration) -> Taxonomy {
    let register = &library.registers[&declaration.name];
    let uses = |entry: &Entry, index: usize| match entry.fields.get(&declaration.name) {
        Some(Value::Many(values)) => values.contains(&Value::Term(declaration.name.clone(), index)),
        _ => false,
    };
    let term = |(index, term): (usize, &Term)| {
        let entries = library.entries.iter().enumerate();
        let entries = entries.filter(|(_, entry)| entry.state.is_listed() && uses(entry, index));
        let source = Some((declaration.name.clone(), index));
        let entries: Vec<usize> = entries.map(|(entry, _)| entry).collect();
        TaxonomyTerm { id: term.id.clone(), labels: term.labels.clone(), term: source, entries }
    };
    let terms = register.terms.iter().enumerate().map(term).filter(|term| !term.entries.is_empty()).collect();
    Taxonomy { declaration: declaration.clone(), terms }
}

/// Everything that the room itself says.
fn words() -> std::collections::HashMap<String, serde_yaml::Value> {
    let own = super::translations::OWN.iter().map(|key| ((*key).to_owned(), serde_yaml::Value::from(*key)));
    let mut words: std::collections::HashMap<_, _> = own.collect();
    let said = "
dates.months: [January, February, March, April, May, June, July, August, September, October, November, December]
dates.long: '{day} {month} {year}'
dates.month: '{month} {year}'
dates.moment: '{date}, {time}'
navigation.home: Home
listing.part_title: '{title} {page}/{pages}'
";
    words.extend(serde_yaml::from_str::<std::collections::HashMap<_, _>>(said).unwrap());
    words
}
