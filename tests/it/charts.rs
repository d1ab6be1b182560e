//! Charts and the other blocks of figures, as a build shows them.

use crate::site::Site;

/// The page that a body of Markdown makes.
fn page(body: &str) -> String {
    let site = Site::new().page("content/guides/a.md", "A", "", body);
    site.run(&["build", "--strict"]).clean();
    site.built("guides/a/index.html")
}

fn chart(kind: &str, more: &str, rows: &str) -> String {
    page(&format!(
        "```chart\ntype: {kind}\ntitle: Fewer go on\nunit: Per cent\n{more}rows:\n{rows}as_of: 2011-03\nsource: A report\n```\n"
    ))
}

#[test]
fn a_chart_has_its_name_its_figures_in_words_and_as_a_table_its_year_and_its_source() {
    let html = chart(
        "bar",
        "description: The gap is wide.\n",
        "  - {label: In care, value: 8750}\n  - {label: All, value: 31.6}\n",
    );
    assert!(html.contains("<p class=\"chart-title\">Fewer go on</p>"), "{html}");
    assert!(html.contains("role=\"img\" aria-label=\"Bar chart: Fewer go on\" aria-describedby=\"chart_1_1\""));
    let said = html.split("<p id=\"chart_1_1\" hidden>").nth(1).unwrap().split("</p>").next().unwrap();
    let said: String = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(said, "The gap is wide. In care: 8,750. All: 31.6. Unit: Per cent.");
    assert!(html.contains("<th scope=\"row\">In care</th><td class=\"align-right\">8,750</td>"));
    assert!(html.contains("<time datetime=\"2011-03\">March 2011</time>"));
    assert!(html.contains("Source: A report"));
    assert!(!html.contains("style="));
}

#[test]
fn rows_of_csv_make_the_chart_that_rows_of_yaml_make() {
    let yaml = chart("paired", "series: [In care, All]\n", "  - {label: \"GCSEs, 2011\", value: 13, second: 58}\n");
    let options =
        "type=paired title=\"Fewer go on\" unit=\"Per cent\" series='In care|All' as_of=2011-03 source=\"A report\"";
    let csv = page(&format!("```chart {options}\nlabel,value,second\n\"GCSEs, 2011\",13,58\n```\n"));
    assert_eq!(csv, yaml);
}

#[test]
fn bars_start_at_nought_and_two_are_told_apart_by_more_than_colour() {
    let html = chart("paired", "series: [In care, All]\n", "  - {label: a, value: 29, second: 58}\n");
    assert!(html.contains("<span>In care</span> <strong>29</strong>"), "{html}");
    assert!(html.contains("<rect class=\"chart-mark-1\" x=\"0.0%\" width=\"50.0%\""), "{html}");
    assert!(html.contains("<rect class=\"chart-mark-2\" x=\"0.0%\" width=\"100.0%\""));
}

#[test]
fn a_line_says_where_its_scale_starts_unless_it_is_nought() {
    let rows = |from: u32| format!("  - {{label: a, value: {from}}}\n  - {{label: b, value: {}}}\n", from + 10);
    assert!(chart("line", "", &rows(1000)).contains("The scale starts at 1,000, not at 0."));
    assert!(!chart("line", "", &rows(0)).contains("The scale starts"));
}

#[test]
fn a_waffle_says_how_many_of_how_many() {
    assert!(chart("waffle", "", "  - {label: in care, value: 13}\n").contains("13 in 100"));
    let many = chart("waffle", "out_of: 12000\n", "  - {label: in care, value: 13}\n");
    assert!(many.contains("13 in 12,000") && many.contains("Each square stands for 120."), "{many}");
}

#[test]
fn many_rows_long_labels_and_markup_make_a_sound_page() {
    let rows: String =
        (0..60).map(|row| format!("  - {{label: \"<b>{row}{}\", value: {row}}}\n", "x".repeat(200))).collect();
    for kind in ["bar", "line", "waffle"] {
        let html = chart(kind, "", &rows);
        assert!(!html.contains("<b>") && !html.contains("NaN"), "{kind}");
        assert!(html.contains("60 figures, which are in the table below."), "{kind}");
    }
}

#[test]
fn two_charts_of_a_page_have_ids_of_their_own() {
    let block = "```chart type=bar title=A as_of=2011 source=B\nlabel,value\na,1\n```\n";
    let front = "councils: [luton]\nproblem: |\n  ".to_owned() + &block.trim_end().replace('\n', "\n  ") + "\n";
    let site = Site::new().file("content/_data/councils.csv", "id,label\nluton,Luton\n");
    let site = site.page("content/case-studies/a.md", "A", &front, &format!("{block}\n{block}"));
    site.run(&["build", "--strict"]).clean();
    let html = site.built("case-studies/a/index.html");
    let mut ids: Vec<&str> = html.split("id=\"chart_").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(ids.len(), 3);
    ids.dedup();
    assert_eq!(ids.len(), 3, "{ids:?}");
}

#[test]
fn figures_steps_and_a_download_are_set() {
    let site = Site::new().file("content/guides/agenda.txt", "x".repeat(2048)).page(
        "content/guides/a.md",
        "A",
        "",
        "```stat\nfigures:\n  - {value: \"8,750\", unit: families, text: were needed}\nas_of: 2012\nsource: A network\n```\n\n\
         ```steps\nsteps:\n  - {title: Ask, text: First.}\n  - {title: Do}\n```\n\n\
         ```download\nfile: agenda.txt\ntitle: An agenda\n```\n\n> [!WARNING]\n> Old.\n",
    );
    site.run(&["build", "--strict"]).clean();
    let html = site.built("guides/a/index.html");
    assert!(html.contains("8,750 <span class=\"stat-unit\">families</span></strong> were needed"), "{html}");
    assert!(html.contains("<strong>Ask</strong>"));
    assert!(html.contains("download>An agenda</a> <span class=\"quiet\">(TXT, 2 KB)"), "{html}");
    assert!(html.contains("<p class=\"alert-title\">Warning</p>"));
    assert!(site.has("guides/agenda.txt"));
}
