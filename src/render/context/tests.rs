//! What templates get: the value of each type of field, and what an entry's page, its cards and its terms hold.

use crate::{
    diagnostic::Code,
    model::{
        Changes, ChoiceOption, DateTime, Entry, FieldType, Job, Labels, Order, PageReference, PartialDate, Place, Span,
        State, Step, Target, Value,
    },
    outputs,
    render::{
        Workshop,
        fixture::{Fixture, config, facet, field, theme},
    },
};
use jiff::civil::date;
use std::sync::Arc;

/// What the template makes of the first entry.
fn shown_with(fixture: Fixture, template: &str, settings: &str) -> String {
    let library = fixture.template("thing.html", template).library();
    let config = config(settings);
    let (workshop, faults) = Workshop::new(library, Arc::new(config));
    assert_eq!(faults, []);
    let (made, faults) = outputs::make(&workshop.unwrap().renderer(), &Default::default(), &Job::Entry(0));
    assert_eq!(faults, []);
    text(&made[0])
}

fn shown(fixture: Fixture, template: &str) -> String {
    shown_with(fixture, template, "")
}

fn text(output: &crate::model::Output) -> String {
    match &output.content {
        crate::model::Content::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        crate::model::Content::File(path) => path.display().to_string(),
        crate::model::Content::Made(recipe) => recipe.key().to_owned(),
        crate::model::Content::Measured(measured) => String::from_utf8_lossy(&(measured.tell)(&[])).into_owned(),
    }
}

/// The value of a field of this type on the first entry, as the template engine prints it.
fn value(field_type: FieldType, value: Value) -> String {
    let fixture = Fixture::new().field(field("x", field_type)).asset("content/things/b c.png", 2048);
    let fixture = fixture.entry("content/things/a.md", "", |entry| {
        entry.fields.insert("x".into(), value);
    });
    let fixture = fixture.entry("content/things/b.md", "", |entry| entry.title = "Other".into());
    let escaped = shown(fixture, "{{ page.values?.x or \"absent\" }}");
    escaped.replace("&quot;", "\"").replace("&amp;", "&")
}

fn plain() -> FieldType {
    FieldType::Text { max_length: None }
}

#[test]
fn each_type_of_value_has_its_form() {
    assert_eq!(value(plain(), Value::Text("a & b".into())), "a & b");
    assert_eq!(value(FieldType::Number { min: None, max: None }, Value::Number(14.0)), "14");
    assert_eq!(value(FieldType::Number { min: None, max: None }, Value::Number(1.5)), "1.5");
    assert_eq!(value(FieldType::YesNo, Value::YesNo(true)), "true");
    let partial = PartialDate { first: date(2008, 5, 1), parts: 2 };
    let text = r#"{"iso": "2008-05", "text": "May 2008", "year": 2008}"#;
    assert_eq!(value(FieldType::Date { partial: true }, Value::Date(partial)), text);
    let moment = DateTime { zoned: "2027-10-18T00:01[Europe/London]".parse().unwrap() };
    let text = r#"{"iso": "2027-10-18T00:01+01:00", "text": "18 October 2027, 00:01", "year": 2027}"#;
    assert_eq!(value(FieldType::DateTime, Value::DateTime(moment)), text);
    let file = r#"{"name": "b c.png", "size": 2048, "url": "/casebook/things/b%20c.png"}"#;
    assert_eq!(value(FieldType::File, Value::File("content/things/b c.png".into())), file);
}

#[test]
fn a_choice_is_its_id_and_label() {
    let option = |id: &str, max_length| ChoiceOption {
        id: id.into(),
        label: Labels::same(id.to_uppercase()),
        max_length,
        url_length: max_length.map(|_| 23),
        schema: None,
    };
    let options = FieldType::Choice(vec![option("a", None), option("b", Some(280))]);
    assert_eq!(value(options.clone(), Value::Choice(0)), r#"{"id": "a", "label": "A"}"#);
    assert_eq!(value(options, Value::Choice(1)), r#"{"id": "b", "label": "B", "max_length": 280, "url_length": 23}"#);
}

#[test]
fn a_group_has_its_fields_by_name_and_in_order() {
    let group = FieldType::Group(vec![field("to", plain()), field("from", plain())]);
    let fields = [("from", "1"), ("to", "2")].map(|(name, text)| (name.to_owned(), Value::Text(text.into())));
    let fixture = Fixture::new().field(field("x", group));
    let fixture = fixture.entry("content/things/a.md", "", |entry| {
        entry.fields.insert("x".into(), Value::Group(fields.into()));
    });
    let template = "{{ page.values.x.from }}-{{ page.values.x.to }} {% for f in page.values.x._fields %}{{ f.label }}={{ f.value }} {% endfor %}";
    assert_eq!(shown(fixture, template), "1-2 The to=2 The from=1 ");
}

#[test]
fn a_reference_is_a_card_and_one_to_nobody_is_left_out() {
    let to = |slug: &str| Value::Page(PageReference::Slug { folder: "things".into(), slug: slug.into() });
    let reference = FieldType::Reference("things".into());
    let card = value(reference.clone(), to("b"));
    assert!(card.contains(r#""title": "Other""#) && card.contains(r#""url": "/casebook/things/b/""#), "{card}");
    assert_eq!(value(reference.clone(), to("none")), "absent");
    assert_eq!(value(reference, Value::Many(vec![to("none")])), "absent");
}

#[test]
fn a_term_has_its_columns_and_an_address_where_it_has_a_page() {
    let reference = FieldType::Reference("themes".into());
    let text = value(reference, Value::Term("themes".into(), 1));
    assert!(text.contains(r#""columns": {"region": "East"}"#) && text.contains(r#""label": "JOBS""#), "{text}");
    assert!(text.contains(r#""broader": {"id": "work", "label": "WORK"}"#) && !text.contains("url"), "{text}");
    let used = Fixture::new().entry("content/things/a.md", "", |entry| {
        entry.fields.insert("themes".into(), theme(1));
    });
    let template = "{% for group in page.terms %}{{ group.taxonomy }}/{{ group.label }}:{% for term in group.terms %}{{ term.url }} {{ term.count }}{% endfor %}{% endfor %}";
    assert_eq!(shown(used, template), "themes/Theme:/casebook/themes/jobs/ 1");
}

#[test]
fn markdown_is_safe_html_whose_links_and_components_are_resolved() {
    let fixture =
        Fixture::new().field(field("x", FieldType::Markdown)).component("note", "<b>{{ c.text }}</b> {{ site.title }}");
    let body = "[b](b.md#y)\n\n```note\ntext: Hi\n```\n";
    let fixture = fixture.entry("content/things/a.md", body, |entry| {
        entry.fields.insert("x".into(), Value::Markdown(0));
        let place = Place::Field(vec![Step::Key("x".into())]);
        entry.texts.insert(0, crate::markdown::outline("*y*", place, Some("*y*".into())));
        let fields = [("text".to_owned(), Value::Text("<Hi>".into()))];
        entry.texts[1].components[0].fields = Some(fields.into());
    });
    let mut fixture = fixture.entry("content/things/b.md", "", |_| {});
    fixture.library.links = vec![vec![vec![], vec![Target::Entry(1, "#y".into())]].into()];
    let html = shown(fixture, "{{ page.values.x }}|{{ page.body }}");
    let (field, body) = html.split_once('|').unwrap();
    assert_eq!(field.trim(), "<p><em>y</em></p>");
    assert!(body.contains(r#"<a href="/casebook/things/b/#y">b</a>"#), "{body}");
    assert!(body.contains("<b>&lt;Hi&gt;</b> Good practice"), "{body}");
}

#[test]
fn the_fault_of_a_component_names_the_page() {
    let fixture = Fixture::new().component("note", "{{ c.nothing }}");
    let fixture = fixture.entry("content/things/a.md", "```note\ntext: Hi\n```\n", |entry| {
        entry.texts[0].components[0].fields = Some([("text".to_owned(), Value::Text("Hi".into()))].into());
    });
    let (library, config) = (fixture.library(), config(""));
    let workshop = Workshop::new(library, Arc::new(config)).0.unwrap();
    let renderer = workshop.renderer();
    let faults = outputs::make(&renderer, &Default::default(), &Job::Entry(0)).1;
    assert_eq!(faults[0].code, Code::InvalidTemplate);
    assert_eq!(faults[0].place.as_ref().unwrap().path, "themes/x/templates/components/note.html");
    assert!(faults[0].help.as_ref().unwrap().contains("/things/a/ from content/things/a.md"), "{faults:?}");
}

#[test]
fn the_fault_of_a_part_that_is_kept_is_told_where_it_is() {
    let parts = "{% component broken(entry) %}{{ entry.nothing }}{% endcomponent broken %}";
    let fixture = Fixture::new().template("parts.html", parts).entry("content/things/a.md", "", |_| {});
    let library = fixture.template("thing.html", "{{ \"broken\" | kept(entry=page) }}").library();
    let workshop = Workshop::new(library, Arc::new(config(""))).0.unwrap();
    let faults = outputs::make(&workshop.renderer(), &Default::default(), &Job::Entry(0)).1;
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!(faults[0].place.as_ref().unwrap().path, "themes/x/templates/parts.html");
    assert_eq!(faults[0].related[0].path, "themes/x/templates/thing.html");
    assert!(faults[0].message.contains("`nothing`"), "{faults:?}");
}

#[test]
fn the_fields_of_a_page_come_in_the_order_of_the_kind_without_the_machinery() {
    let status = |options: &[&str]| {
        let option = |id: &&str| ChoiceOption {
            id: (*id).into(),
            label: Labels::same(*id),
            max_length: None,
            url_length: None,
            schema: None,
        };
        field("status", FieldType::Choice(options.iter().map(option).collect()))
    };
    let set = |entry: &mut Entry| {
        entry.fields.insert("b".into(), Value::Text("1".into()));
        entry.fields.insert("a".into(), Value::Text("2".into()));
        entry.fields.insert("status".into(), Value::Choice(0));
        entry.fields.insert("verbatim".into(), Value::YesNo(true));
    };
    let template = "{% for field in page.fields %}{{ field.name }}:{{ field.type }}:{{ field.many }} {% endfor %}{{ page.values.verbatim }}";
    let fixture = |status| {
        let fields = [field("b", plain()), field("verbatim", FieldType::YesNo), status, field("a", plain())];
        fields.into_iter().fold(Fixture::new(), Fixture::field).entry("content/things/x.md", "", set)
    };
    assert_eq!(shown(fixture(status(&["current", "withdrawn"])), template), "b:text:false a:text:false true");
    assert_eq!(
        shown(fixture(status(&["active", "closed"])), template),
        "b:text:false status:choice:false a:text:false true"
    );
}

#[test]
fn a_page_knows_its_place_in_life_and_in_the_site() {
    let fixture = Fixture::new().entry("content/things/a b.md", "## One {#one}\n\n### Two\n", |entry| {
        entry.title = "A & B".into();
        entry.summary = "Sum.".into();
        entry.published = Some(date(2026, 3, 1));
        entry.state = State::ReviewDue;
    });
    let template = "{{ page.id }};{{ page.kind.plural }};{{ page.kind.url }};{{ page.state }};{{ page.published.text }};{{ page.updated is defined }};\
        {{ page.edit_url }};{{ page.toc[0].id }}>{{ page.toc[0].children[0].text }};{{ page.words }};\
        {% for crumb in crumbs %}{{ crumb.label }}({{ crumb.url or \"\" }}){% endfor %};{{ title }};{{ description }};{{ section }};{{ noindex }};{{ canonical }}";
    let text = shown_with(fixture, template, "repository: https://example.org/r\n");
    let expected = "things/a b;All things;/casebook/things/;review-due;1 March 2026;false;\
        https://example.org/r/edit/main/content/things/a%20b.md;one>Two;2;\
        Home(/casebook/)All things(/casebook/things/)A &amp; B();A &amp; B;Sum.;things;false;https://example.org/casebook/things/a b/";
    assert_eq!(text, expected);
}

#[test]
fn twins_lead_to_each_other_and_each_names_the_others_of_its_language() {
    let named = |fixture: Fixture| {
        let mut fixture = fixture
            .entry("content/things/a.cy.md", "", |entry| entry.title = "A yn Gymraeg".into())
            .entry("content/things/b.md", "", |_| {})
            .entry("content/things/b.cy.md", "", |_| {})
            .entry("content/things/c.md", "", |_| {});
        fixture.library.backlinks = vec![vec![2, 3, 4], vec![2, 3, 4]].into();
        fixture
    };
    let fixture = named(Fixture::new().entry("content/things/a.md", "", |_| {}));
    let library = fixture
        .template("thing.html", "{{ lang }};{% for a in alternates %}{{ a.lang }}={{ a.absolute }} {% endfor %};{% for card in page.backlinks %}{{ card.url }} {% endfor %}")
        .library();
    let config = config("languages: [en, cy]\n");
    let (workshop, faults) = Workshop::new(library, Arc::new(config));
    assert_eq!(faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), [Code::MissingTranslation]);
    let workshop = workshop.unwrap();
    let made = |index| text(&outputs::make(&workshop.renderer(), &Default::default(), &Job::Entry(index)).0[0]);
    let alternates = "cy=https://example.org/casebook/cy/things/a/ en=https://example.org/casebook/things/a/ ";
    assert_eq!(made(0), format!("en;{alternates};/casebook/things/b/ /casebook/things/c/ "));
    assert_eq!(made(1), format!("cy;{alternates};/casebook/cy/things/b/ /casebook/things/c/ "));
}

#[test]
fn a_withdrawn_page_keeps_its_terms_without_addresses() {
    let fixture = Fixture::new().field(facet("years", "themes", FieldType::Date { partial: true }));
    let fixture = fixture.entry("content/things/a.md", "", |entry| {
        entry.state = State::Withdrawn;
        entry.fields.insert("themes".into(), theme(0));
    });
    let template =
        "{{ noindex }} {% for term in page.terms[0].terms %}{{ term.label }} {{ term.url is defined }}{% endfor %}";
    assert_eq!(shown(fixture, template), "true WORK false");
}

#[test]
fn an_entry_without_texts_or_with_odd_ones_does_no_harm() {
    let fixture = Fixture::new().field(field("x", FieldType::Markdown)).entry("content/things/a.md", "", |entry| {
        entry.fields.insert("x".into(), Value::Markdown(7));
        entry.texts.clear();
        entry.front_span = Some(Span::new(5, 90));
    });
    assert_eq!(shown(fixture, "[{{ page.body }}{{ page.values.x }}]"), "[]");
}

#[test]
fn an_event_that_joins_a_series_changes_the_pages_of_the_others() {
    let day = |month| Value::Date(PartialDate { first: date(2027, month, 1), parts: 3 });
    let library = |joins: bool| {
        let mut fixture = Fixture::new();
        let kind = Arc::make_mut(&mut fixture.theme.kinds[0]);
        (kind.sort, kind.series) = (Order::Start, Some("series".to_owned()));
        let event = move |month, joins: bool| {
            move |entry: &mut Entry| {
                entry.fields.insert("start".into(), day(month));
                entry.fields.extend(joins.then(|| ("series".to_owned(), Value::Text("week".into()))));
            }
        };
        fixture
            .entry("content/things/a.md", "", event(3, true))
            .entry("content/things/b.md", "", event(9, joins))
            .library()
    };
    let workshop = |joins| Workshop::new(library(joins), Arc::new(config(""))).0.unwrap();
    let (before, after) = (workshop(false), workshop(true));
    let renderer = before.renderer();
    outputs::make(&renderer, &Default::default(), &Job::Entry(0));
    let changed = after.renderer().lists().whole().changed_series(before.renderer().lists().whole());
    let mut changes = Changes::default();
    changed.into_iter().for_each(|read| changes.add(read));
    assert!(!changes.is_empty() && renderer.reads().any_of(&changes));
}
