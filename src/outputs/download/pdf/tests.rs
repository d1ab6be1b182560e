//! Documents as they are set.

#![allow(
    clippy::disallowed_methods,
    reason = "the theme is read from its folder, and documents to look at are written"
)]

mod sample;

use super::*;
use crate::{
    diagnostic::Code,
    model::{
        Position, StaticFile, Theme,
        paper::{Block, BlockContent, Item, PaperFile, PaperPicture},
    },
};
use sample::*;
use typst::layout::{Frame, FrameItem};

fn theme() -> Theme {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/civic/pdf");
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let file = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(path).unwrap().into();
        StaticFile { source: format!("themes/civic/pdf/{name}"), path: name, bytes }
    };
    Theme { pdf: files.iter().map(file).collect(), ..Theme::default() }
}

/// The setting of the theme with one file changed.
fn changed(name: &str, text: &str) -> Arc<Setting> {
    let mut theme = theme();
    theme.pdf.retain(|file| file.path != name);
    let bytes = text.as_bytes().to_vec().into();
    theme.pdf.push(StaticFile { path: name.into(), source: format!("themes/own/pdf/{name}"), bytes });
    Arc::new(Setting::new(&theme))
}

fn setting() -> Arc<Setting> {
    Arc::new(Setting::new(&theme()))
}

/// The sample with these blocks alone.
fn of(blocks: Vec<Block>) -> Paper {
    let mut paper = sample(None);
    paper.sections.truncate(1);
    paper.sections[0].blocks = blocks;
    paper
}

fn made(paper: &Paper, setting: &Arc<Setting>, size: Size, files: &[&[u8]]) -> Result<Vec<u8>, Diagnostic> {
    let files: Vec<Arc<[u8]>> = files.iter().map(|file| Arc::from(*file)).collect();
    recipe(Arc::new(paper.clone()), setting, size).make(&files)
}

/// The words of a document, page by page.
fn words(paper: &Paper, size: Size) -> Vec<String> {
    fn of_frame(frame: &Frame, out: &mut String) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => of_frame(&group.frame, out),
                FrameItem::Text(text) => out.push_str(&format!("{} ", text.text)),
                _ => {}
            }
        }
    }
    let (document, _) = laid_out(paper, &setting(), size, &[]).unwrap();
    let of_page = |page: &typst_layout::Page| {
        let mut out = String::new();
        of_frame(&page.frame, &mut out);
        out
    };
    document.pages().iter().map(of_page).collect()
}

/// Where a fault stands, as its file and line.
fn place(fault: &Diagnostic, text: &str) -> (String, usize) {
    let place = fault.place.as_ref().unwrap();
    (place.path.clone(), Position::of(text, place.span.start).line)
}

#[test]
fn one_of_everything_is_set_in_both_sizes_and_says_how_many_pages_it_has() {
    let (paper, setting) = (sample(None), setting());
    for size in [Size::Normal, Size::Large] {
        for template in ["pack", "case-study", "guide", "no-such"] {
            let paper = Paper { template: template.into(), ..paper.clone() };
            let pdf = made(&paper, &setting, size, &[]).unwrap();
            let (document, _) = laid_out(&paper, &setting, size, &[]).unwrap();
            assert_eq!(pages(&pdf), Some(document.pages().len() as u32), "{template} {size:?}");
        }
    }
    assert_eq!(pages(b"%PDF-1.7 <xmpTPg:NPages>"), None);
}

#[test]
fn the_same_paper_gives_the_same_bytes_on_any_thread() {
    let (paper, setting) = (sample(None), setting());
    let once = made(&paper, &setting, Size::Normal, &[]).unwrap();
    let others = std::thread::scope(|scope| {
        let threads = [(); 3].map(|()| scope.spawn(|| made(&paper, &changed("more.typ", ""), Size::Normal, &[])));
        threads.map(|thread| thread.join().unwrap().unwrap())
    });
    assert!(others.iter().all(|other| *other == once));
    assert_ne!(made(&paper, &setting, Size::Large, &[]).unwrap(), once);
}

#[test]
fn the_text_of_an_author_is_never_code() {
    let hostile =
        r##"#read("/etc/passwd") #import "@preview/x:1.0.0": y $x$ *a* _b_ = c <d> @e // f `g` \u{41} ~ -- #{}"##;
    let everywhere = of(vec![
        heading(2, "a", hostile),
        paragraph(hostile),
        block("paragraph", BlockContent::Code(hostile.to_owned())),
        block("table", BlockContent::Table(table(&["A", "B"], &[&[hostile, "b"]]))),
    ]);
    let paper = Paper { title: hostile.into(), summary: hostile.into(), site: hostile.into(), ..everywhere };
    let shown = words(&paper, Size::Normal).concat().replace([' ', '\n'], "");
    // Title and heading, summary, site twice, contents, paragraph, code, cell.
    assert!(shown.matches(&hostile.replace(' ', "")).count() >= 5, "{shown}");
    made(&paper, &setting(), Size::Normal, &[]).unwrap();
}

#[test]
fn a_file_of_the_theme_reaches_nothing_but_its_folder() {
    for (code, told) in [
        ("#read(\"/etc/passwd\")", "not found"),
        ("#read(\"../theme.yaml\")", "escape"),
        ("#import \"@preview/cetz:0.3.0\": canvas", "package not found"),
        ("#include \"/../../secret.typ\"", "escape"),
        ("#datetime.today()", "date"),
        ("#let a = (", "unclosed"),
        ("#sys.inputs.nothing", "nothing"),
    ] {
        let text = format!("// First line.\n{code}\n");
        let fault = made(&sample(None), &changed("pack.typ", &text), Size::Normal, &[]).unwrap_err();
        assert_eq!(fault.code, Code::InvalidTemplate, "{code}");
        assert_eq!(place(&fault, &text), ("themes/own/pdf/pack.typ".into(), 2), "{code}: {fault:#?}");
        assert!(fault.message.contains(told), "{code}: {}", fault.message);
        assert!(fault.help.is_some_and(|help| help.contains("content/packs/sample.md")));
    }
    let none = Arc::new(Setting::new(&Theme::default()));
    assert!(made(&sample(None), &none, Size::Normal, &[]).unwrap_err().message.contains("entry.typ"));
}

#[test]
fn what_fails_at_a_block_is_told_at_its_line() {
    let text =
        "#show <paper:alert>: it => panic(\"no alerts\")\n#for section in sys.inputs.sections { section.body }\n";
    let fault = made(&sample(None), &changed("pack.typ", text), Size::Normal, &[]).unwrap_err();
    assert!(fault.message.contains("no alerts"));
    let line = SOURCE.lines().position(|line| line == "alert").unwrap() + 1;
    assert_eq!(place(&fault, SOURCE), ("content/packs/sample.md".into(), line));
    assert_eq!(fault.related.first().map(|label| label.path.as_str()), Some("themes/own/pdf/pack.typ"));
}

#[test]
fn a_letter_that_no_font_has_is_told_at_its_place_and_marked() {
    let source = SOURCE.replace("summary: All of it", "summary: All of it 🎉");
    let mut paper = Paper {
        summary: "All of it 🎉".into(),
        ..of(vec![paragraph("🇬🇧 tŷ w\u{302} ① 👩\u{200d}🏫 ok\u{7}")])
    };
    paper.source = Arc::new(crate::model::SourceFile { path: "content/a.md".into(), text: source.clone() });
    let told = check(&paper, &setting());
    assert!(told.iter().all(|fault| fault.code == Code::MissingGlyph));
    let letters: Vec<_> = told.iter().map(|fault| fault.message.split('”').next().unwrap().to_owned()).collect();
    assert_eq!(letters.len(), 4, "{letters:?}");
    assert_eq!(
        (place(&told[0], &source), told[0].place.as_ref().unwrap().span.of(&source)),
        (("content/a.md".into(), 3), "🎉")
    );
    let shown = words(&paper, Size::Normal).concat();
    assert!(shown.contains("\u{fffd} tŷ ŵ 1 \u{fffd} ok"), "{shown}");
    made(&paper, &setting(), Size::Normal, &[]).unwrap();
    // What Word writes for a hyphen that no line may end behind, and for a bullet.
    let word = of(vec![paragraph("well\u{2011}being \u{f0b7} one")]);
    assert_eq!(check(&word, &setting()), []);
    assert!(words(&word, Size::Normal).concat().contains("well-being • one"));
    assert_eq!(check(&of(vec![paragraph("tŷ £ € – ‘’ “” … • × ½ Ελλάδα Київ \u{ad}\u{a0}")]), &setting()), []);
}

#[test]
fn a_table_too_wide_for_the_page_is_told_and_cut_nowhere() {
    let wide = ["Accommodation"; 14];
    let cells = ["1,234"; 14];
    let paper = of(vec![
        block("table", BlockContent::Table(table(&wide, &[&cells]))),
        block("table", BlockContent::Table(table(&["Year", "Children"], &[&["2012", "1,204"]]))),
    ]);
    let told = check(&paper, &setting());
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].code, Code::WideTable);
    for size in [Size::Normal, Size::Large] {
        let shown = words(&paper, size).concat();
        assert_eq!((shown.matches("Accommodation").count(), shown.matches("1,234").count()), (14, 14));
    }
}

#[test]
fn what_is_kept_together_fits_on_its_page() {
    fn lowest(frame: &Frame, above: f64) -> f64 {
        let of_item = |(point, item): &(typst::layout::Point, FrameItem)| match item {
            FrameItem::Group(group) => lowest(&group.frame, above + point.y.to_pt()),
            FrameItem::Text(text) if text.text.contains("young") => above + point.y.to_pt(),
            _ => 0.0,
        };
        frame.items().map(of_item).fold(0.0, f64::max)
    }
    let (line, setting) = ("Every young person in care. ", setting());
    for count in (2..90).step_by(5) {
        let mut paper =
            of(vec![card("A card", &[("Text", &line.repeat(count / 3)), ("More", &line.repeat(count))], 0)]);
        let alert = BlockContent::Alert {
            kind: "note",
            label: "Note".into(),
            blocks: vec![paragraph(&line.repeat(count * 2))],
        };
        paper.sections[0].blocks.push(block("alert", alert));
        for size in [Size::Normal, Size::Large] {
            let (document, _) = laid_out(&paper, &setting, size, &[]).unwrap();
            for page in document.pages() {
                assert!(lowest(&page.frame, 0.0) < 841.9 - 62.0, "{count} {size:?}");
            }
        }
    }
}

#[test]
fn what_is_nested_without_end_is_set_all_the_same() {
    let mut deep = paragraph("Deep down");
    for level in 0..120 {
        let item = || Item { task: None, blocks: vec![paragraph("On the way"), deep.clone()] };
        deep = match level % 3 {
            0 => block("list", BlockContent::List { start: None, items: vec![item()] }),
            1 => block("list", BlockContent::List { start: Some(1), items: vec![item()] }),
            _ => block("paragraph", BlockContent::Quote(vec![deep.clone()])),
        };
    }
    assert!(words(&of(vec![deep]), Size::Normal).concat().contains("Deep down"));
}

#[test]
fn headings_leave_no_level_out_and_none_is_empty() {
    let paper = of(vec![heading(6, "a", "Deep"), heading(3, "b", "  "), heading(4, "c", "Below")]);
    made(&paper, &setting(), Size::Normal, &[]).unwrap();
}

#[test]
fn a_drawing_shows_itself_and_no_file() {
    let head = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:x='http://www.w3.org/1999/xlink' viewBox='0 0 90 40'>";
    let drawing = format!(
        "{head}<script>alert(1)</script><image x:href='entry.typ' width='9' height='9'/><image href='/etc/passwd' \
         width='9' height='9'/><text y='30' font-family='No such'>Plain 🎉 世界</text></svg>"
    );
    let picture = PaperPicture { file: 0, alt: "A drawing".into(), caption: vec![], size: Some((90, 40)) };
    let mut paper = of(vec![block("picture", BlockContent::Picture(picture))]);
    paper.files = vec![PaperFile { disk: "/a.svg".into(), path: "content/a.svg".into(), drawing: true }];
    made(&paper, &setting(), Size::Normal, &[drawing.as_bytes()]).unwrap();
    paper.files[0].drawing = false;
    let fault = made(&paper, &setting(), Size::Normal, &[b"no picture"]).unwrap_err();
    assert_eq!((fault.code, fault.place.unwrap().path.as_str()), (Code::UnusablePicture, "content/a.svg"));
}
