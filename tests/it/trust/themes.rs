//! Templates and themes that are broken, or go round in circles.

use crate::site::{SETTINGS, Site, program};
use std::time::Duration;

const DEEP: usize = 20_000;

/// What has no end, the files of a theme that has it, and what is said.
type Case<'a> = (&'a str, Vec<(&'a str, String)>, &'a str);

/// A library whose theme extends civic and has these files.
fn themed<'a>(files: impl IntoIterator<Item = (&'a str, String)>) -> Site {
    let site = Site::new()
        .file("casebook.yaml", format!("{SETTINGS}theme: own\n"))
        .file("themes/own/theme.yaml", "name: own\nextends: civic\n")
        .page("content/a.md", "A", "", "Text.\n")
        .page("content/guides/g.md", "G", "", "Text.\n");
    for (path, text) in files {
        site.write(&format!("themes/own/{path}"), text);
    }
    site
}

/// What the program says of such a theme. It must have an end by itself, and say it with a place.
#[track_caller]
fn said(name: &str, command: &str, files: Vec<(&str, String)>) -> String {
    let site = themed(files);
    let output = program()
        .args([command, "--quiet"])
        .current_dir(site.root())
        .timeout(Duration::from_secs(120))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{name}: {}", said.get(..1000).unwrap_or(&said));
    assert!(!site.root().join("public").join("a").exists(), "{name}");
    said
}

#[test]
fn what_has_no_end_is_a_fault_at_its_place() {
    let page = |text: String| vec![("templates/page.html", text)];
    let own = |text: &str| page(text.to_owned());
    let again = |open: &str, inside: &str, close: &str| page(open.repeat(DEEP) + inside + &close.repeat(DEEP));
    let cases: Vec<Case<'_>> = vec![
        (
            "brackets",
            page(format!("{{{{ {}1{} }}}}", "(".repeat(DEEP), ")".repeat(DEEP))),
            "The expression is too complex",
        ),
        ("conditions", again("{% if true %}", "x", "{% endif %}"), "The template nesting is too deep"),
        ("filters", page(format!("{{{{ 1{} }}}}", " | int".repeat(DEEP))), "The expression is too complex"),
        (
            "conditions in a row",
            page(format!("{{% if false %}}{}{{% endif %}}", "{% elif false %}".repeat(DEEP))),
            "This template has more than 500 `elif`",
        ),
        ("a loop of numbers", own("{% for x in range(end=100000000000) %}{% endfor %}"), "A page may count through"),
        (
            "loops in loops",
            own("{% for a in range(end=90000) %}{% for b in range(end=90000) %}{% endfor %}{% endfor %}"),
            "A page may count through",
        ),
        (
            "a page without end",
            page(format!("{{% for a in range(end=900000) %}}{}{{% endfor %}}", "x".repeat(400))),
            "The page has more than 256 MB",
        ),
        (
            "components",
            own(
                "{{ <o.a/> }}{% component o.a() %}{{ <o.b/> }}{% endcomponent o.a %}{% component o.b() %}{{ <o.a/> }}{% endcomponent o.b %}",
            ),
            "Components call each other too deep",
        ),
        (
            "kept components",
            own("{{ \"o.a\" | kept(n=1) }}{% component o.a(n) %}{{ \"o.a\" | kept(n=n + 1) }}{% endcomponent o.a %}"),
            "Components call each other too deep",
        ),
        (
            "kept components within components",
            own(
                "{{ <o.a n={1}/> }}{% component o.a(n) %}{% if n % 15 == 0 %}{{ \"o.a\" | kept(n=n + 1) }}{% else %}{{ <o.a n={n + 1}/> }}{% endif %}{% endcomponent o.a %}",
            ),
            "Components call each other too deep",
        ),
        ("a template within itself", own("{% include \"page.html\" %}"), "This template includes itself"),
        ("a template built on itself", own("{% extends \"page.html\" %}"), "This template extends itself"),
        (
            "outside",
            own("{% include \"../../../../etc/passwd\" %}"),
            "There is no template ../../../../etc/passwd to include",
        ),
        ("the root", own("{% include \"/etc/passwd\" %}"), "There is no template /etc/passwd to include"),
        ("built on outside", own("{% extends \"../../etc/passwd\" %}"), "There is no template ../../etc/passwd that"),
        ("a file of outside", own("{{ asset(path=\"../../../etc/passwd\") }}"), "The theme has no file"),
    ];
    for (name, files, message) in cases {
        let said = said(name, "build", files);
        assert!(said.starts_with("themes/own/templates/page.html:") && said.contains(message), "{name}: {said}");
    }
}

#[test]
fn templates_and_style_sheets_in_a_long_row_are_a_fault_and_in_a_short_one_are_none() {
    let row = |n: usize, verb: &str| -> Vec<(String, String)> {
        let link = |at: usize| format!("{{% {verb} \"t{at}.html\" %}}");
        let file = |at: usize| (format!("templates/t{at}.html"), if at == n { "x".to_owned() } else { link(at + 1) });
        (0..=n).map(file).chain([("templates/page.html".to_owned(), link(0))]).collect()
    };
    let borrowed = |row: Vec<(String, String)>| themed(row.iter().map(|(path, text)| (path.as_str(), text.clone())));
    for verb in ["include", "extends"] {
        let said = borrowed(row(3_000, verb)).run(&["check"]).stderr();
        let message = "More than 200 templates take each other in, one through the other";
        assert!(said.starts_with("themes/own/templates/") && said.contains(message), "{verb}: {said}");
        borrowed(row(150, verb)).run(&["check"]).clean();
    }
}

#[test]
fn style_sheets_and_scripts_may_nest_as_they_like() {
    let again = |open: &str, inside: &str, close: &str| open.repeat(DEEP) + inside + &close.repeat(DEEP);
    let said = said("a style sheet", "check", vec![("static/css/x.css", again("a{", "", "}"))]);
    assert!(said.starts_with("themes/own/static/css/x.css:1:130: error[CB0703 invalid-theme-file]"), "{said}");
    themed([("static/js/x.js", again("(", "1", ")"))]).run(&["check"]).clean();
}

#[test]
fn a_broken_kind_block_or_translation_is_a_fault_in_its_file() {
    let whole = "label: {en: X}\nplural: {en: X}\ntemplate: page.html\nfolder: x\n";
    let bomb = (1..9).fold("a0: &a0 [x, x]\n".to_owned(), |all, at| {
        let before = format!("*a{}, ", at - 1).repeat(9);
        all + &format!("a{at}: &a{at} [{before}]\n")
    });
    for (path, text) in [
        ("kinds/x.yaml", "name: [\n".to_owned()),
        ("kinds/x.yaml", format!("name: x\n{whole}fields: [{{name: a, label: {{en: A}}, type: nothing}}]\n")),
        ("kinds/x.yaml", format!("name: x\n{whole}bogus: 1\n")),
        ("kinds/x.yaml", format!("name: x\nname: y\n{whole}")),
        ("kinds/x.yaml", format!("name: x\n{}", whole.replace("page.html", "../../../etc/passwd"))),
        ("kinds/x.yaml", format!("name: x\n{}", whole.replace("folder: x", "folder: ../x"))),
        ("kinds/x.yaml", format!("name: x\n{}", whole.replace("folder: x", "folder: ''"))),
        ("kinds/x.yaml", format!("name: ../x\n{whole}")),
        ("kinds/x.yaml", format!("name: x\n{whole}fields: [{{name: \"../x\", label: {{en: A}}, type: text}}]\n")),
        ("kinds/x.yaml", format!("name: {}", "[".repeat(5_000))),
        ("kinds/x.yaml", bomb),
        ("components/x.yaml", "name: x\n".to_owned()),
        (
            "components/x.yaml",
            "name: x\nlabel: {en: X}\nfields: [{name: a, type: markdown, label: {en: A}}]\n".to_owned(),
        ),
        ("i18n/en.yaml", "a: [\n".to_owned()),
        ("i18n/en.yaml", "a: &a [*a]\n".to_owned()),
        ("theme.yaml", "name: own\nextends: civic\nbogus: 1\n".to_owned()),
    ] {
        let said = said(path, "build", vec![(path, text.clone())]);
        assert!(said.contains(&format!("themes/own/{path}:")), "{text}: {said}");
    }
}

#[test]
fn a_broken_part_of_the_pdf_is_a_fault_in_it() {
    let cover = include_str!("../../../themes/civic/pdf/_cover.typ");
    for (text, message) in [
        ("#let x = (", "unclosed delimiter"),
        ("#while true {}", "condition is always true"),
        ("#let f() = f()\n#f()", "maximum function call depth exceeded"),
        ("#import \"../../../../etc/passwd\": *", "would escape the project root"),
        ("#read(\"/etc/passwd\")", "The document can't be set"),
    ] {
        let said = said(text, "build", vec![("pdf/_cover.typ", format!("{cover}\n{text}\n"))]);
        assert!(said.starts_with("themes/own/pdf/_cover.typ:") && said.contains(message), "{text}: {said}");
    }
}
