use super::*;
use crate::{
    import::PageName,
    model::{ChoiceOption, Labels, Register, Registers, Term},
};
use std::sync::Arc;

fn known() -> Known {
    let term = |id: &str, label: &str, synonyms: &[&str], code: &str| Term {
        id: id.into(),
        labels: Labels::same(label),
        synonyms: synonyms.iter().map(|word| (*word).to_owned()).collect(),
        columns: [("code".to_owned(), code.to_owned())].into(),
        ..Term::default()
    };
    let terms = vec![
        term("bristol", "Bristol, City of", &[], "E1"),
        term("luton", "Luton", &["Luton Borough Council"], "E2"),
        term("kent", "Kent", &[], "E3"),
        term("tyne", "Tyne and Wear", &[], "E3"),
    ];
    let page = |path: &str, title: &str| PageName {
        path: format!("content/{path}"),
        title: title.into(),
        url: format!("/{}/", path.trim_end_matches(".md").trim_end_matches("/index")),
        ..PageName::default()
    };
    Known {
        registers: Arc::new(Registers::from([(
            "places".into(),
            Register::new("places", "content/_data/places.csv", terms),
        )])),
        pages: vec![
            page("events/week-2027/index.md", "The Week 2027"),
            page("guides/a-strong-board.md", "A strong board"),
            page("guides/twins.md", "Twins"),
            page("packs/twins.md", "Twins"),
        ],
        language: "en".into(),
        ..Known::default()
    }
}

fn field(field_type: FieldType, many: bool) -> Field {
    Field { name: "given".into(), field_type, many, label: Labels::same("Given"), ..Field::default() }
}

fn text() -> FieldType {
    FieldType::Text { max_length: None }
}

fn choice() -> FieldType {
    let option = |id: &str, label: &str| ChoiceOption {
        id: id.into(),
        label: Labels::same(label),
        max_length: None,
        url_length: None,
        schema: None,
    };
    FieldType::Choice(vec![
        option("none-given", "None given"),
        option("lead-member", "Lead members"),
        option("under-5000", "Under £5,000"),
    ])
}

fn reference(to: &str) -> FieldType {
    FieldType::Reference(to.into())
}

/// What each text is read as, in YAML on one line; the words after `!` are those that could not be understood.
fn each(field_type: FieldType, many: bool, cases: &[(&str, &str)]) {
    let (field, known) = (field(field_type, many), known());
    for (written, expected) in cases {
        let Reading { value, misread } = read(&field, written, &known);
        let value = value.map_or(String::new(), |value| serde_json::to_string(&value).unwrap());
        let wrong: String = misread.iter().map(|misread| format!("!{}", misread.written)).collect();
        assert_eq!(format!("{value}{wrong}"), *expected, "{written:?}");
    }
}

#[test]
fn a_choice_goes_by_its_id_and_its_label() {
    each(
        choice(),
        false,
        &[
            ("none-given", "\"none-given\""),
            ("None Given", "\"none-given\""),
            ("none", ""),
            ("Lead\u{a0}members", "\"lead-member\""),
            ("under £5,000", "\"under-5000\""),
            ("about five pounds", "!about five pounds"),
            ("", ""),
            ("_No response_", ""),
        ],
    );
    each(
        choice(),
        true,
        &[
            ("lead-member, None given", "[\"lead-member\",\"none-given\"]"),
            ("Under £5,000, lead member s", "[\"under-5000\",\"lead-member\"]"),
            ("- [x] Lead members\n- [ ] None given", "[\"lead-member\"]"),
            ("lead-member; Lead members", "[\"lead-member\"]"),
            ("lead-member, nobody", "[\"lead-member\"]!nobody"),
        ],
    );
}

#[test]
fn a_term_goes_by_any_of_its_names() {
    each(
        reference("places"),
        true,
        &[
            ("Luton", "[\"luton\"]"),
            ("Bristol, City of, Luton", "[\"bristol\",\"luton\"]"),
            ("Kent and Luton Borough Council", "[\"kent\",\"luton\"]"),
            ("Tyne and Wear & Kent", "[\"tyne\",\"kent\"]"),
            ("Luton, and Kent", "[\"luton\",\"kent\"]"),
            ("Here and there, Kent", "[\"kent\"]!Here and there"),
            ("E2", "[\"luton\"]"),
            ("E3", "!E3"),
            ("luton|kent", "[\"luton\",\"kent\"]"),
            ("• Luton\n• Atlantis", "[\"luton\"]!Atlantis"),
            ("[luton, kent]", "[\"luton\",\"kent\"]"),
            ("n/a", ""),
        ],
    );
    let misread = read(&field(reference("places"), false), "Lutton", &known()).misread;
    assert_eq!(misread[0].help, "Did you mean Luton (`luton`)?");
}

#[test]
fn a_page_goes_by_its_title_its_file_and_its_address() {
    each(
        reference("page"),
        false,
        &[
            ("a strong board", "\"/guides/a-strong-board.md\""),
            ("/guides/a-strong-board.md", "\"/guides/a-strong-board.md\""),
            ("guides/a-strong-board", "\"/guides/a-strong-board.md\""),
            ("content/guides/a-strong-board.md", "\"/guides/a-strong-board.md\""),
            ("https://example.org/guides/a-strong-board/#x", "\"/guides/a-strong-board.md\""),
            ("The Week 2027", "\"/events/week-2027/index.md\""),
            ("Twins", "!Twins"),
        ],
    );
    each(
        reference("events"),
        false,
        &[("the week 2027", "\"week-2027\""), ("week-2027", "\"week-2027\""), ("A strong board", "!A strong board")],
    );
}

#[test]
fn numbers_days_and_answers_are_read() {
    each(
        FieldType::Number { min: None, max: None },
        false,
        &[
            ("1,250", "1250"),
            ("£ 1 250.50", "1250.5"),
            ("−3", "-3"),
            ("16,25", "!16,25"),
            ("-£5", "-5"),
            ("£-5.50", "-5.5"),
            ("(250)", "-250"),
            ("1,250.00", "1250"),
            ("£1.5m", "1500000"),
            ("€2.25bn", "2250000000"),
            ("3k", "3000"),
            ("3 million", "3000000"),
            ("5m", "!5m"),
            ("c. 200", "!c. 200"),
            ("£", "!£"),
            ("three", "!three"),
            ("1-2", "!1-2"),
        ],
    );
    each(
        FieldType::YesNo,
        false,
        &[("Yes", "\"yes\""), ("☐", "\"no\""), ("✗", "\"no\""), ("perhaps", "!perhaps"), (" ", "")],
    );
    each(
        FieldType::Date { partial: false },
        false,
        &[("21/11/2027", "\"2027-11-21\""), ("2027", "!2027"), ("soon", "!soon")],
    );
    each(FieldType::Date { partial: true }, false, &[("2027", "2027"), ("May 2027", "\"2027-05\"")]);
    each(FieldType::DateTime, false, &[("25 October 2027 9am", "\"2027-10-25T09:00\""), ("9am", "!9am")]);
    each(
        FieldType::Url,
        false,
        &[
            ("www.example.org", "\"https://www.example.org\""),
            ("<https://example.org>", "\"https://example.org\""),
            ("[here](https://example.org/a)", "\"https://example.org/a\""),
            ("HTTPS://example.org/A", "\"https://example.org/A\""),
            ("(https://example.org/a).", "\"https://example.org/a\""),
            ("https://example.org/a_(b)", "\"https://example.org/a_(b)\""),
            ("www.example.org/a, www.example.org/b", "!www.example.org/a, www.example.org/b"),
            ("ftp://example.org", "!ftp://example.org"),
            ("example", "!example"),
        ],
    );
}

#[test]
fn what_is_to_be_written_in_place_of_a_number_has_its_figures() {
    for (written, help) in [
        ("c. 1,250", "alone: 1,250."),
        ("200+", "alone: 200."),
        ("45%", "alone: 45."),
        ("1-2", "as 1250."),
        ("few", "as 1250."),
    ] {
        assert!(super::written::figures_alone(written).ends_with(help), "{written}");
    }
}

#[test]
fn a_text_is_kept_and_tidied() {
    each(
        text(),
        false,
        &[(
            "  It\u{2019}s a \u{201c}co\u{ad}operative\u{201d}\u{a0}one \r\ntwo ",
            "\"It's a \\\"cooperative\\\" one\\ntwo\"",
        )],
    );
    each(text(), true, &[("One, two; three", "[\"One, two\",\"three\"]"), ("1. One\n2) Two", "[\"One\",\"Two\"]")]);
    each(FieldType::Markdown, false, &[("One\n\n- two", "\"One\\n\\n- two\\n\"")]);
    each(
        FieldType::Markdown,
        true,
        &[("- One\n  more\n- Two", "[\"One\\nmore\",\"Two\"]"), ("One\n\nTwo", "[\"One\",\"Two\"]")],
    );
}

#[test]
fn a_group_is_read_from_lines_and_from_parts() {
    let named = |name: &str, field_type: FieldType| Field {
        name: name.into(),
        label: Labels::same(name),
        ..field(field_type, false)
    };
    let group = || {
        FieldType::Group(vec![
            named("title", text()),
            named("url", FieldType::Url),
            named("seen", FieldType::Date { partial: false }),
        ])
    };
    each(
        group(),
        true,
        &[
            ("Annual report", "[{\"title\":\"Annual report\"}]"),
            ("Report | 21/11/2027", "[{\"title\":\"Report\",\"seen\":\"2027-11-21\"}]"),
            ("- A | https://a.org\n- B", "[{\"title\":\"A\",\"url\":\"https://a.org\"},{\"title\":\"B\"}]"),
            (
                "Title: A\nurl: https://a.org\n\ntitle: B",
                "[{\"title\":\"A\",\"url\":\"https://a.org\"},{\"title\":\"B\"}]",
            ),
            ("[{title: A}]", "[{\"title\":\"A\"}]"),
            ("A | nowhere", "[{\"title\":\"A\"}]!nowhere"),
            (
                "A | https://a.org | 2027-01-02 | more",
                "[{\"title\":\"A\",\"url\":\"https://a.org\",\"seen\":\"2027-01-02\"}]!more",
            ),
        ],
    );
    each(
        group(),
        false,
        &[
            ("seen: never\ntitle: A", "{\"title\":\"A\"}!never"),
            ("title: A\ntitle: B\ntitle: A", "{\"title\":\"A\"}!B"),
        ],
    );
}

proptest::proptest! {
    /// Whatever somebody types: it is read, or told of, and a term is one that there is.
    #[test]
    fn whatever_is_typed_is_read_or_told_of(
        written in "\\PC{0,30}|[ \n\t,;|:.\\-\\[\\]{}()/0-9a-d&*•]{0,30}|([Ll]uton|, | and |Bristol|City of|Kent|;|\n- |2027|/|May ){0,8}",
        many in proptest::bool::ANY,
    ) {
        let known = known();
        for field_type in [
            text(),
            FieldType::Markdown,
            FieldType::Date { partial: true },
            FieldType::DateTime,
            FieldType::Number { min: None, max: None },
            FieldType::YesNo,
            FieldType::Url,
            choice(),
            reference("places"),
            reference("page"),
            reference("events"),
            FieldType::Group(vec![field(text(), false), field(FieldType::Url, false)]),
        ] {
            let field = field(field_type, many);
            let Reading { value, misread } = read(&field, &written, &known);
            for misread in misread {
                proptest::prop_assert!(!misread.written.trim().is_empty() && !misread.message.is_empty());
            }
            if let (FieldType::Reference(_), Some(value), false) = (&field.field_type, &value, written.contains('[')) {
                let ids = value.as_sequence().cloned().unwrap_or_else(|| vec![value.clone()]);
                for id in ids {
                    let id = id.as_str().unwrap().to_owned();
                    let is_term = known.registers["places"].by_id(&id).is_some();
                    let is_page = known.pages.iter().any(|page| page.path.contains(id.trim_start_matches('/')));
                    proptest::prop_assert!(is_term || is_page, "{id}");
                }
            }
        }
    }
}
