//! What Markdown becomes, to the letter.

use super::*;
use crate::{
    markdown::{Anchors, outline},
    model::{Place, Span},
};
use proptest::prelude::*;
use std::sync::{Arc, Mutex};

fn words() -> Words {
    Words::new(|key| key.rsplit('.').next().unwrap().to_owned())
}

fn page_text(markdown: &str) -> PageText {
    let mut text = outline(markdown, Place::Body(Span::new(0, markdown.len())), None);
    let mut anchors = Anchors::default();
    for heading in &mut text.headings {
        heading.id = anchors.take(&heading.id);
    }
    text
}

fn with(html: RawHtml, markdown: &str, change: impl FnOnce(TextContext<'_>) -> String) -> String {
    let text = page_text(markdown);
    let is_quote = |block: usize| {
        (text.components[block].name == "quote").then(|| format!("<figure class=\"quote\">{block}</figure>\n"))
    };
    change(TextContext {
        text: &text,
        markdown,
        html,
        href: &|link| text.links[link].destination.replace("guide.md", "/guide/"),
        component: &is_quote,
        picture: &|_| Shown::default(),
        name: "Impact",
        footnotes: "",
        words: &words(),
    })
}

fn html_in(html: RawHtml, markdown: &str) -> String {
    with(html, markdown, |context| to_html(&context, &Highlighter::new()))
}

/// In the mode that sites have unless they say otherwise.
fn html(markdown: &str) -> String {
    html_in(RawHtml::Sanitise, markdown)
}

#[test]
fn headings_have_the_anchors_of_the_outline() {
    assert_eq!(
        html("## A *b*\n\n## A b {#own .big onclick=x}\n\n## A b\n"),
        "<h2 id=\"a-b\">A <em>b</em></h2>\n<h2 id=\"own\">A b</h2>\n<h2 id=\"a-b-2\">A b</h2>\n"
    );
}

#[test]
fn links_lead_where_they_are_said_to_lead() {
    assert_eq!(
        html("[a *b*](guide.md \"T\") [![c](d.png)](guide.md#x) <e@example.org> ![f [g](h)](i.png) [j](k)\n"),
        "<p><a href=\"/guide/\" title=\"T\">a <em>b</em></a> \
         <a href=\"/guide/#x\"><img src=\"d.png\" alt=\"c\" decoding=\"async\"></a> \
         <a href=\"mailto:e@example.org\">e@example.org</a> \
         <img src=\"i.png\" alt=\"f g\" decoding=\"async\"> <a href=\"k\">j</a></p>\n"
    );
}

#[test]
fn no_address_leaves_its_attribute() {
    assert_eq!(
        html("[a](<b\"c d> \"e\\\"f\") ![g\"h](<i\"j> \"k\\\"l\")\n"),
        "<p><a href=\"b%22c%20d\" title=\"e&quot;f\">a</a> \
         <img src=\"i%22j\" alt=\"g&quot;h\" title=\"k&quot;l\" decoding=\"async\"></p>\n"
    );
}

#[test]
fn an_image_has_its_size_where_it_is_known() {
    let seen = with(RawHtml::Sanitise, "[a](b) ![c](d \"e\")", |context| {
        let picture = |link| Shown { size: (link == 1).then_some((640, 480)), ..Shown::default() };
        to_html(&TextContext { picture: &picture, ..context }, &Highlighter::new())
    });
    assert_eq!(
        seen,
        "<p><a href=\"b\">a</a> <img src=\"d\" alt=\"c\" title=\"e\" width=\"640\" height=\"480\" loading=\"lazy\" decoding=\"async\"></p>\n"
    );
}

#[test]
fn a_table_is_a_region_that_scrolls() {
    assert_eq!(
        html("## Who\n\n|  | a | b |\n| --- | ---: | :-: |\n| 1 | *2* | 3 |\n"),
        "<h2 id=\"who\">Who</h2>\n\
         <div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"table: Who\">\n<table>\n<thead>\n<tr>\n\
         <td></td>\n<th scope=\"col\" class=\"align-right\">a</th>\n<th scope=\"col\" class=\"align-center\">b</th>\n</tr>\n</thead>\n\
         <tbody>\n<tr>\n<td>1</td>\n<td class=\"align-right\"><em>2</em></td>\n<td class=\"align-center\">3</td>\n</tr>\n</tbody>\n\
         </table>\n</div>\n"
    );
}

#[test]
fn tables_are_told_apart_by_name() {
    let seen = html("| a |\n| - |\n\n## B \"c\"\n\n| a |\n| - |\n\n| a |\n| - |\n");
    let names: Vec<_> = seen.split("aria-label=\"").skip(1).map(|rest| rest.split_once("\">").unwrap().0).collect();
    assert_eq!(names, ["table: Impact", "table: B &quot;c&quot;", "table: B &quot;c&quot; 2"]);
    assert!(!seen.contains("tbody"), "a table without rows has no body: {seen}");
}

#[test]
fn alerts_have_a_title_in_words() {
    assert_eq!(
        html("> [!WARNING]\n> Take *care*.\n"),
        "<div class=\"alert alert-warning\">\n<p class=\"alert-title\">warning</p>\n<p>Take <em>care</em>.</p>\n</div>\n"
    );
    for kind in ["note", "tip", "important", "caution"] {
        assert!(
            html(&format!("> [!{}]\n> x\n", kind.to_uppercase()))
                .contains(&format!("alert-{kind}\">\n<p class=\"alert-title\">{kind}<"))
        );
    }
}

#[test]
fn tasks_say_whether_they_are_done() {
    assert_eq!(
        html("- [x] a\n- [ ] b\n\n1. [ ] c\n"),
        "<ul class=\"task-list\">\n<li><input type=\"checkbox\" disabled checked aria-label=\"task_done\"> a</li>\n\
         <li><input type=\"checkbox\" disabled aria-label=\"task_open\"> b</li>\n</ul>\n\
         <ol>\n<li><input type=\"checkbox\" disabled aria-label=\"task_open\"> c</li>\n</ol>\n"
    );
    assert!(html("- [ ] a\n\n- [ ] b\n").starts_with("<ul class=\"task-list\">\n<li>\n<p><input"));
}

#[test]
fn footnotes_are_numbered_as_they_are_met_and_lead_back() {
    assert_eq!(
        html("[^late]: L\n[^none]: N\n\nA[^B], b[^late], c[^b], d[^missing].\n\n[^b]: B\n\n    ~~~\n    c\n    ~~~\n"),
        "<p>A<sup class=\"footnote-reference\"><a id=\"fnref_1\" href=\"#fn_1\" role=\"doc-noteref\">1</a></sup>, \
         b<sup class=\"footnote-reference\"><a id=\"fnref_2\" href=\"#fn_2\" role=\"doc-noteref\">2</a></sup>, \
         c<sup class=\"footnote-reference\"><a id=\"fnref_1_2\" href=\"#fn_1\" role=\"doc-noteref\">1</a></sup>, d[^missing].</p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"footnotes\">\n<ol>\n\
         <li id=\"fn_1\">\n<p>B</p>\n<pre tabindex=\"0\"><code>c\n</code></pre>\n\
         <p><a href=\"#fnref_1\" role=\"doc-backlink\" aria-label=\"footnote_back 1\">↩\u{fe0e} 1</a> \
         <a href=\"#fnref_1_2\" role=\"doc-backlink\" aria-label=\"footnote_back 2\">↩\u{fe0e} 2</a></p>\n</li>\n\
         <li id=\"fn_2\">\n<p>L <a href=\"#fnref_2\" role=\"doc-backlink\" aria-label=\"footnote_back\">↩\u{fe0e}</a></p>\n</li>\n\
         <li id=\"fn_3\">\n<p>N</p>\n</li>\n</ol>\n</section>\n"
    );
}

#[test]
fn footnotes_of_two_texts_have_two_sets_of_anchors() {
    let seen = with(RawHtml::Sanitise, "a[^1]\n\n[^1]: b\n", |context| {
        to_html(&TextContext { footnotes: "impact", ..context }, &Highlighter::new())
    });
    for part in ["id=\"fnref_impact_1\"", "href=\"#fn_impact_1\"", "id=\"fn_impact_1\"", "href=\"#fnref_impact_1\""] {
        assert!(seen.contains(part), "{part} is not in {seen}");
    }
}

#[test]
fn a_definition_list_is_one() {
    assert_eq!(
        html("LAC\n: Looked-after *child*\n"),
        "<dl>\n<dt>LAC</dt>\n<dd>Looked-after <em>child</em></dd>\n</dl>\n"
    );
}

#[test]
fn code_can_be_scrolled_and_is_coloured_by_classes() {
    assert_eq!(html("    a<b\n"), "<pre tabindex=\"0\"><code>a&lt;b\n</code></pre>\n");
    assert_eq!(
        html("```poem\n\"a\"\n```\n"),
        "<pre tabindex=\"0\"><code class=\"language-poem\">&quot;a&quot;\n</code></pre>\n"
    );
    assert_eq!(
        html("```json,x\n1\n```\n"),
        "<pre tabindex=\"0\"><code class=\"language-json,x\"><span class=\"hl-source hl-json\">\
         <span class=\"hl-constant hl-numeric hl-json\">1</span>\n</span></code></pre>\n"
    );
}

#[test]
fn components_take_the_place_of_their_blocks() {
    assert_eq!(
        html("a\n```rust\n```\n- b\n  ```quote\n  text: c\n  ```\n"),
        "<p>a</p>\n<pre tabindex=\"0\"><code class=\"language-rust\"></code></pre>\n<ul>\n<li>b\n<figure class=\"quote\">1</figure>\n</li>\n</ul>\n"
    );
}

#[test]
fn raw_html_is_escaped_trusted_or_sanitised() {
    let markdown = "<div onclick=\"x()\">\n\n**a**<script>alert(1)</script>\n\n</div>\n\n<!-- b -->\n";
    assert_eq!(
        html_in(RawHtml::Escape, markdown),
        "<p>&lt;div onclick=&quot;x()&quot;&gt;</p>\n<p><strong>a</strong>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n\
         <p>&lt;/div&gt;</p>\n<p>&lt;!-- b --&gt;</p>\n"
    );
    assert_eq!(
        html_in(RawHtml::Trust, markdown),
        "<div onclick=\"x()\">\n<p><strong>a</strong><script>alert(1)</script></p>\n</div>\n<!-- b -->\n"
    );
    assert_eq!(html_in(RawHtml::Sanitise, markdown), "<div>\n<p><strong>a</strong></p>\n</div>\n\n");
}

#[test]
fn the_sanitiser_leaves_our_own_markup_whole() {
    let ours = "## A\n\n> [!NOTE]\n> a[^1]\n\n- [ ] b\n\n| c |\n| -: |\n| d |\n\n```json\n1\n```\n\n```quote\nx: 1\n```\n\n![e](f.png)\n\n[^1]: g\n";
    let expected = html(ours);
    assert_eq!(html(&format!("{ours}\n<i>h</i>\n")).replace("<p><i>h</i></p>\n", ""), expected);
}

#[test]
fn raw_html_can_not_dress_up_as_ours() {
    assert_eq!(
        html(
            "<p id=\"a\" class=\"alert\" role=\"alert\" tabindex=\"1\" aria-label=\"x\" style=\"color:red\" data-x=\"y\">b</p>\n"
        ),
        "<p id=\"a\">b</p>\n"
    );
    let nobody = "<hr data-0=\"0\"><wbr data-aaaa=\"0\">\n\n```quote\nx\n```\n";
    assert_eq!(html(nobody), "<hr><wbr>\n<figure class=\"quote\">0</figure>\n");
    assert_eq!(html("<form action=x><input name=q><button>a</button></form>\n"), "a\n");
}

#[test]
fn unclosed_raw_html_takes_no_component_apart() {
    let seen = html("<textarea>\n\n```quote\nx\n```\n\n- [ ] y\n");
    assert!(!seen.contains("<figure") && !seen.contains("<input"), "{seen}");
}

#[test]
fn no_link_or_picture_can_run() {
    for markdown in [
        "[a](javascript:x)",
        "[a](&#106;avascript:x)",
        "[a](<java\tscript:x>)",
        "[a](DATA:text/html,x)",
        "[a]\n\n[a]: vbscript:x",
    ] {
        for mode in [RawHtml::Sanitise, RawHtml::Escape] {
            assert_eq!(html_in(mode, markdown), "<p><a>a</a></p>\n", "{markdown}");
        }
        assert!(html_in(RawHtml::Trust, markdown).contains("<a href=\""), "{markdown}");
    }
    assert_eq!(html("![a \"b\"](data:image/svg+xml,x)"), "<p>a &quot;b&quot;</p>\n");
    assert!(html_in(RawHtml::Trust, "![a](data:image/png;base64,x)").contains("<img src=\"data:image/png;base64,x\""));
    assert_eq!(
        html(
            "<a href=\"java&#10;script:x\">a</a> <a href=\"/b\">c</a> <img src=\"data:x\" alt=\"d\"> <img src=\"mailto:x\" alt=\"e\">"
        ),
        "<p><a>a</a> <a href=\"/b\">c</a> <img alt=\"d\"> <img alt=\"e\"></p>\n"
    );
}

#[test]
fn html_too_deep_to_sanitise_is_shown_as_text() {
    let seen = html(&"<div>\n".repeat(100_000));
    assert!(seen.starts_with("<p>&lt;div&gt;\n&lt;div&gt;"), "{}", &seen[..100]);
}

/// Pieces that make Markdown and HTML interesting when they meet.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "\n",
            "\n\n",
            " ",
            "    ",
            "- ",
            "1. ",
            "- [ ] ",
            "- [x] ",
            "> ",
            "> [!NOTE]\n> ",
            "# ",
            "## a {#b .c d=e}",
            "| a | b |\n|--|:-:|\n| c |",
            "```quote\n",
            "```rust\n",
            "```",
            "~~~",
            "[^1]",
            "[^1]: ",
            "[a](javascript:alert(1))",
            "![b](data:image/png,x)",
            "[",
            "](",
            ")",
            "![",
            "<script>",
            "</script>",
            "<img src=x onerror=alert(1)>",
            "<a href=\"javascript:x\">",
            "</a>",
            "<svg onload=x>",
            "<math><mi>",
            "<style>",
            "<textarea>",
            "</textarea>",
            "<title>",
            "<div",
            "<div title=\"",
            ">",
            "\"",
            "'",
            "=",
            "<!--",
            "-->",
            "<?",
            "<![CDATA[",
            "]]>",
            "&",
            "&lt;",
            "&#106;",
            "&Tab;",
            "javascript:",
            "<table>",
            "<tr><td>",
            "</table>",
            "<b>",
            "</b>",
            "<p>",
            "<template>",
            "<noscript>",
            "<plaintext>",
            "<iframe srcdoc=x>",
            "<hr data-0=\"0\">",
            ": d",
            "*",
            "**",
            "`",
            "~~",
            "\\",
            "\t",
            "\r\n",
            "\0",
            "ŵ",
            "😀",
            "http://x",
            "<http://y>",
            "a",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,8}",
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Everything in the HTML that could run, as a browser's parser finds it.
fn dangers(html: &str) -> Vec<String> {
    let found = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&found);
    const RUN: [&str; 4] = ["javascript:", "data:", "vbscript:", "blob:"];
    let dangerous = [
        "script", "iframe", "object", "embed", "svg", "math", "style", "form", "button", "base", "meta", "link",
        "template", "textarea",
    ];
    let clean = ammonia::Builder::default()
        .rm_clean_content_tags(["script", "style"])
        .add_tags(dangerous)
        .add_tags(["input", "section"])
        .generic_attribute_prefixes([""].into())
        .add_url_schemes(["javascript", "data", "vbscript", "blob"])
        .link_rel(None)
        .attribute_filter(move |element, attribute, value| {
            let address = ["href", "src", "action", "formaction", "xlink:href", "srcdoc", "data"].contains(&attribute);
            // Browsers pass over blanks. What the program itself thinks of an address is not asked: it may be wrong.
            let bare: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
            let runs = RUN.iter().any(|scheme| bare.to_ascii_lowercase().starts_with(scheme));
            if attribute.starts_with("on") || attribute == "style" || address && runs {
                seen.lock().unwrap().push(format!("{element} {attribute}={value}"));
            }
            Some(value.into())
        })
        .clean(html)
        .to_string();
    let mut found = found.lock().unwrap().clone();
    found.extend(dangerous.iter().filter(|name| clean.contains(&format!("<{name}"))).map(|name| format!("<{name}>")));
    found
}

#[test]
fn the_check_for_dangers_sees_them() {
    assert_eq!(dangers("<p id=a><a href=/b>c</a>&lt;script></p>"), [""; 0]);
    for html in
        ["<script>", "<b onclick=x>", "<a href=' java\nscript:x'>", "<i style=x>", "<svg><a xlink:href=javascript:x>"]
    {
        assert!(!dangers(html).is_empty(), "{html}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn nothing_panics_and_nothing_can_run(markdown in pieces()) {
        for mode in [RawHtml::Sanitise, RawHtml::Escape] {
            let seen = html_in(mode, &markdown);
            prop_assert_eq!(dangers(&seen), [""; 0], "{}", seen);
        }
        html_in(RawHtml::Trust, &markdown);
    }

    #[test]
    fn every_link_heading_and_block_is_counted_as_the_outline_counts(markdown in pieces()) {
        let text = page_text(&markdown);
        let links = Mutex::new(Vec::new());
        let blocks = Mutex::new(Vec::new());
        let seen = with(RawHtml::Trust, &markdown, |context| {
            let context = TextContext {
                href: &|link| { links.lock().unwrap().push(link); String::new() },
                component: &|block| { blocks.lock().unwrap().push(block); None },
                ..context
            };
            to_html(&context, &Highlighter::new())
        });
        prop_assert!(links.lock().unwrap().iter().all(|link| *link < text.links.len()));
        prop_assert_eq!(blocks.into_inner().unwrap(), (0..text.components.len()).collect::<Vec<_>>());
        for heading in &text.headings {
            prop_assert!(seen.contains(&format!("<h{} id=\"{}\">", heading.level, heading.id)), "{}", seen);
        }
    }
}
