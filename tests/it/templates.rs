//! A mistake in a template names the template, the place, the page that was being made and what is in scope.

use crate::site::Site;

/// What is wrong with a template.
struct Fault {
    path: String,
    marked: String,
    message: String,
    help: String,
}

/// The faults of a library whose theme extends civic and has this template.
fn faults(template: &str, text: &str) -> Vec<Fault> {
    let site = Site::new()
        .file("casebook.yaml", format!("{}theme: own\n", crate::site::SETTINGS))
        .file("themes/own/theme.yaml", "name: own\nextends: civic\n")
        .file(&format!("themes/own/templates/{template}"), text)
        .page("content/a.md", "A", "sources:\n  - {title: S, accessed: 2026-01-01}\n", "```quote\ntext: Hi\n```\n");
    let ran = site.run(&["check", "--format", "json"]);
    let told: Vec<serde_json::Value> = serde_json::from_str(&ran.stdout()).unwrap();
    let fault = |fault: &serde_json::Value| {
        let said = |key: &str| fault[key].as_str().unwrap_or_default().to_owned();
        let number = |key: &str| fault[key].as_u64().unwrap_or_default() as usize;
        let file = std::fs::read_to_string(site.root().join(said("path"))).unwrap_or_default();
        let line = file.lines().nth(number("line").saturating_sub(1)).unwrap_or_default();
        let (start, end) = (number("column").saturating_sub(1), number("end_column").saturating_sub(1));
        let marked = line.chars().skip(start).take(end.saturating_sub(start)).collect();
        Fault { path: said("path"), marked, message: said("message"), help: said("help") }
    };
    told.iter().map(fault).collect()
}

/// A template, what is marked in it, what is said of that, and what help has in it.
type Case = (&'static str, &'static str, &'static str, &'static str);

#[track_caller]
fn hold(cases: &[Case], of_page: bool) {
    for (text, marked, message, help) in cases {
        let told = faults("page.html", text);
        let [fault] = told.as_slice() else { panic!("{text}: {} faults", told.len()) };
        assert_eq!(fault.path, "themes/own/templates/page.html", "{text}");
        assert_eq!((fault.marked.as_str(), fault.message.as_str()), (*marked, *message), "{text}");
        assert!(fault.help.contains(help), "{text}: {}", fault.help);
        let page = "It was met while /a/ from content/a.md was made.";
        assert_eq!(fault.help.ends_with(page), of_page, "{text}: {}", fault.help);
    }
}

#[test]
fn a_way_whose_pages_are_all_drafts_is_one_fault_at_the_page() {
    let ways = "```ways\nways:\n  - title: You are new\n    pages: [/b.md]\n```\n";
    let site = Site::new().page("content/a.md", "A", "", ways).page("content/b.md", "B", "status: draft\n", "Words.\n");
    let told: serde_json::Value = serde_json::from_str(&site.run(&["check", "--format", "json"]).stdout()).unwrap();
    let codes: Vec<_> = told.as_array().unwrap().iter().map(|fault| fault["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["CB0409"], "{told}");
}

#[test]
fn what_cannot_be_compiled() {
    hold(
        &[
            ("<p>\n{{ page.title }\n</p>", "}", "Found `}` but expected }}", ""),
            ("{% iff page.title %}x{% endif %}", "iff", "Unknown tag", ""),
            ("{{ page.title | uper }}", "uper", "There is no filter called `uper`", "Did you mean `upper`?"),
            ("{{ page.words | byts }}", "byts", "There is no filter called `byts`", "Did you mean `bytes`?"),
            ("{{ aset(path=\"x\") }}", "aset", "There is no function called `aset`", "Did you mean `asset`?"),
            (
                "{% if page is strin %}x{% endif %}",
                "strin",
                "There is no test called `strin`",
                "Did you mean `string`?",
            ),
            (
                "é {{ <proze html={page.body}/> }}",
                "proze",
                "There is no component called `proze`",
                "Did you mean `prose`?",
            ),
            ("{{ <qqqq/> }}", "qqqq", "There is no component called `qqqq`", "There are: assessment.dimension"),
            (
                "{% include \"parts/haeder.html\" %}",
                "\"parts/haeder.html\"",
                "There is no template parts/haeder.html to include",
                "Did you mean `parts/header.html`?",
            ),
            (
                "{% extends \"entri.html\" %}",
                "entri.html",
                "There is no template entri.html that this one could extend",
                "Did you mean `entry.html`?",
            ),
            (
                "{% extends \"page.html\" %}",
                "extends",
                "This template extends itself, perhaps through others",
                "write `{% extends \"civic/page.html\" %}`",
            ),
            ("{% include \"page.html\" %}", "include", "This template includes itself, perhaps through others", ""),
            (
                "{% extends \"entry.html\" %}\n{% block txt %}x{% endblock txt %}",
                "txt",
                "No template that this one extends has a block called `txt`",
                "Did you mean `text`?",
            ),
        ],
        false,
    );
    let unclosed = faults("page.html", "<p>\n{% if page.title %}\nx\n");
    assert_eq!(unclosed[0].message, "What is opened just before this is never closed");
    assert!(unclosed[0].help.contains("needs its"));
}

#[test]
fn what_fails_while_a_page_is_made() {
    let scope = "In scope here: alternates, ";
    hold(
        &[
            (
                "<p>\n{{ titel }}",
                "titel",
                "Variable `titel` is not defined",
                "Did you mean `title`? In scope here: alternates, ",
            ),
            ("{{ page.titel }}", "titel", "Field `titel` is not defined", "Did you mean `title`? It has: backlinks, "),
            ("{{ page.kind.labl.x }}", "labl", "Field `labl` is not defined", "Did you mean `label`? It has: count, "),
            (
                "{{ page.fields[99].label }}",
                "page.fields[99]",
                "`page.fields[99]` is not defined, so it has no `label`",
                scope,
            ),
            ("{% set x = page.no %}{{ x.y }}", "x", "`x` is set to something that is not defined", scope),
            (
                "{% for x in page.no %}{% endfor %}",
                "page.no",
                "This should be a list or a map to go through, and it is not defined",
                scope,
            ),
            ("{{ page.title | bytes }}", "page.title", "This should be a number, and it is text", scope),
            ("{{ page.title | replace(from=\"a\") }}", "replace(from=\"a\")", "The argument `to` is missing", scope),
            (
                "{{ page.title + 1 }}",
                "page.title + 1",
                "`+` takes two numbers, and here are text and a number",
                "`~` joins texts.",
            ),
            ("{% if page.title > 3 %}{% endif %}", "page.title > 3", "Here text is compared with a number", scope),
            ("{{ asset() }}", "asset()", "The argument `path` is missing", scope),
            ("{{ asset(path=3) }}", "asset(path=3)", "This should be text, and it is a number", scope),
            (
                "{{ asset(path=\"css/sit.css\") }}",
                "asset(path=\"css/sit.css\")",
                "The theme has no file `static/css/sit.css`: did you mean `css/site.css`?",
                scope,
            ),
            (
                "{{ t(key=\"skip\", count=page.no) }}",
                "t(key=\"skip\", count=page.no)",
                "The argument `count` of `t` is not defined",
                scope,
            ),
            (
                "{{ <prose htm={page.body}/> }}",
                "<prose htm={page.body}/>",
                "The component has no argument `htm`",
                "Did you mean `html`? In scope here: ",
            ),
            ("{{ <prose/> }}", "<prose/>", "The argument `html` is missing", scope),
            ("{{ throw(message=\"no\") }}", "throw(message=\"no\")", "no", scope),
            (
                "{{ <own.x a={1}/> }}{% component own.x(a) -%}{{ <own.x a={a}/> }}{%- endcomponent own.x %}",
                "",
                "Components call each other too deep: one calls itself without an end",
                scope,
            ),
        ],
        true,
    );
}

#[test]
fn a_fault_deep_in_components_names_what_is_in_scope_there_and_who_called() {
    let broken = "{% component value.labelled(group, names, @lang) -%}{{ nams }}{%- endcomponent value.labelled %}";
    let told = faults("parts/own.html", broken);
    let [fault] = told.as_slice() else { panic!("{} faults", told.len()) };
    assert_eq!((fault.path.as_str(), fault.marked.as_str()), ("themes/own/templates/parts/own.html", "nams"));
    assert!(
        fault.help.starts_with("Did you mean `names`? In scope here: ") && !fault.help.contains("crumbs"),
        "{}",
        fault.help
    );

    let wrong =
        "{% component value.labelled(group, names, @lang) -%}{{ names | bytes }}{%- endcomponent value.labelled %}";
    let help = &faults("parts/own.html", wrong)[0].help;
    assert_eq!(help, "In scope here: group, lang, names. It was met while /a/ from content/a.md was made.");

    let site = Site::new()
        .file("casebook.yaml", format!("{}theme: own\n", crate::site::SETTINGS))
        .file("themes/own/theme.yaml", "name: own\nextends: civic\n")
        .file("themes/own/templates/parts/own.html", wrong)
        .page("content/a.md", "A", "sources:\n  - {title: S, accessed: 2026-01-01}\n", "Text.\n");
    let said = site.run(&["check"]).stderr();
    for caller in ["parts/sources.html:", "entry.html:"] {
        assert!(
            said.contains(&format!("themes/civic/templates/{caller}")) && said.contains("called from here"),
            "{said}"
        );
    }
}

#[test]
fn a_fault_in_the_template_of_a_component_names_what_is_in_scope_there() {
    let told = faults("components/quote.html", "<p>\n{{ page.title }}</p>");
    assert_eq!(
        (told[0].path.as_str(), told[0].marked.as_str()),
        ("themes/own/templates/components/quote.html", "page")
    );
    assert_eq!(
        told[0].help,
        "In scope here: c, dir, lang, number, site. It was met while /a/ from content/a.md was made."
    );
}

#[test]
fn two_components_of_one_name_are_told_at_both_places() {
    let twice = "{% component own.x() -%}{%- endcomponent own.x %}";
    let site = Site::new()
        .file("casebook.yaml", format!("{}theme: own\n", crate::site::SETTINGS))
        .file("themes/own/theme.yaml", "name: own\nextends: civic\n")
        .file("themes/own/templates/one.html", twice)
        .file("themes/own/templates/two.html", twice)
        .page("content/a.md", "A", "", "Text.\n");
    let said = site.run(&["check"]).stderr();
    for part in ["two.html:1:14", "one.html:1:14", "There are two components called `own.x`", "the other one"] {
        assert!(said.contains(part), "{part} is missing from {said}");
    }
}
