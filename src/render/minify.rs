//! Style sheets and scripts without what only their authors need.

mod nesting;

use crate::model::Position;
use lightningcss::{
    bundler::{Bundler, ResolveResult, SourceProvider},
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, ParserOptions},
};
use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions, CommentOptions, LegalComment};
use oxc_parser::Parser;
use oxc_span::SourceType;
use std::{
    collections::{HashMap, HashSet},
    fmt,
    path::{Component, Path, PathBuf},
};

/// How many other sheets one may take in, through others too: they may all stand in one row, and are read within
/// each other.
const MOST_SHEETS: usize = 100;
/// The stack that so many may take, in bytes.
const STACK: usize = 16 * 1024 * 1024;
/// A script of more bytes is served as it is: what is that large has been made small already.
const LONGEST_SCRIPT: usize = 256 * 1024;
/// How many bytes of the stack reading a script may take for each of its own: it may open something with every byte.
const STACK_A_BYTE: usize = 4 * 1024;

/// What is wrong with a style sheet or a script, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file that it is in, by the name it was given.
    pub path: String,
    /// What is wrong, in the words of the parser.
    pub message: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

impl Fault {
    /// The fault of a file that is no text.
    pub fn of_encoding(path: &str) -> Self {
        Self::new(path, "it is not text in UTF-8", Position { line: 1, column: 1 })
    }

    fn new(path: &str, message: impl Into<String>, at: Position) -> Self {
        Self { path: path.to_owned(), message: message.into(), line: at.line, column: at.column }
    }
}

/// The style sheets of a theme, by their paths: what an `@import` may name.
#[derive(Clone, Debug, Default)]
pub struct Sheets<'a> {
    texts: HashMap<PathBuf, &'a str>,
    /// The path that an inherited sheet has in its own theme: what it imports is taken from there on.
    inherited: HashMap<PathBuf, &'a Path>,
}

impl<'a> FromIterator<(&'a str, &'a str)> for Sheets<'a> {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(sheets: I) -> Self {
        let texts = sheets.into_iter().map(|(path, text)| (PathBuf::from(path), text)).collect();
        Self { texts, inherited: HashMap::new() }
    }
}

impl<'a> Sheets<'a> {
    /// With the sheet of a theme further up, as `<theme>/<path>`. Another sheet that it imports is the one that
    /// stands at that path for all of the site, as it is with templates.
    pub fn inherit(&mut self, theme: &str, path: &'a str, text: &'a str) {
        let name = Path::new(theme).join(path);
        self.inherited.insert(name.clone(), Path::new(path));
        self.texts.insert(name, text);
    }
}

/// A style sheet that an `@import` names and that the theme has not.
#[derive(Clone, Debug)]
pub struct Absent(String);

impl fmt::Display for Absent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no style sheet {} to import", self.0)
    }
}

impl std::error::Error for Absent {}

impl SourceProvider for Sheets<'_> {
    type Error = Absent;

    fn read<'s>(&'s self, file: &Path) -> Result<&'s str, Absent> {
        self.texts.get(file).copied().ok_or_else(|| Absent(file.display().to_string()))
    }

    fn resolve(&self, wanted: &str, from: &Path) -> Result<ResolveResult, Absent> {
        if wanted.contains("://") || wanted.starts_with('/') {
            return Ok(ResolveResult::External(wanted.to_owned()));
        }
        let from = self.inherited.get(from).copied().unwrap_or(from);
        let mut path = from.parent().unwrap_or(Path::new("")).to_owned();
        for step in Path::new(wanted).components() {
            match step {
                Component::ParentDir => drop(path.pop()),
                Component::CurDir => {}
                step => path.push(step),
            }
        }
        if self.texts.contains_key(&path) { Ok(path.into()) } else { Err(Absent(wanted.to_owned())) }
    }
}

/// A style sheet with what it imports, minified. Nothing in it is rewritten for old browsers.
///
/// # Errors
/// The first thing in the style sheet, or in one that it imports, that is not CSS.
pub fn css(path: &str, sheets: &Sheets<'_>) -> Result<String, Fault> {
    bounded(path, sheets)?;
    stacker::maybe_grow(STACK / 2, STACK, || bundled(path, sheets))
}

fn bundled(path: &str, sheets: &Sheets<'_>) -> Result<String, Fault> {
    let fault = |message: String, location: Option<lightningcss::error::ErrorLocation>| {
        let (file, line, column) = location.as_ref().map_or((path, 0, 1), |location| {
            (location.filename.as_str(), location.line as usize, location.column as usize)
        });
        let text = sheets.read(Path::new(file)).unwrap_or_default();
        Fault::new(file, message, place(text, line, column))
    };
    let mut bundler = Bundler::new(sheets, None, ParserOptions::default());
    let mut sheet = bundler.bundle(Path::new(path)).map_err(|error| fault(error.kind.to_string(), error.loc))?;
    sheet.minify(MinifyOptions::default()).map_err(|error| fault(error.kind.to_string(), error.loc))?;
    let printed = sheet.to_css(PrinterOptions { minify: true, ..PrinterOptions::default() });
    Ok(printed.map_err(|error| fault(error.kind.to_string(), error.loc))?.code)
}

/// Finds what can't be read without an end of the stack: brackets too deep, or too many sheets in each other.
fn bounded(path: &str, sheets: &Sheets<'_>) -> Result<(), Fault> {
    let mut known = HashSet::from([PathBuf::from(path)]);
    let mut waiting = vec![PathBuf::from(path)];
    while let Some(sheet) = waiting.pop() {
        let text = sheets.read(&sheet).unwrap_or_default();
        let fault = |message: String, at| Fault::new(&sheet.to_string_lossy(), message, Position::of(text, at));
        if let Some(at) = nesting::too_deep(text) {
            return Err(fault(format!("brackets stand more than {} deep in each other", nesting::DEEPEST), at));
        }
        for (at, wanted) in imports(text) {
            let Ok(ResolveResult::File(next)) = sheets.resolve(wanted, &sheet) else { continue };
            if known.insert(next.clone()) {
                waiting.push(next);
            }
            if known.len() > MOST_SHEETS {
                return Err(fault(
                    format!("it takes in more than {MOST_SHEETS} style sheets, one through the other"),
                    at,
                ));
            }
        }
    }
    Ok(())
}

/// What a style sheet imports, and where it says so.
fn imports(text: &str) -> Vec<(usize, &str)> {
    const RULE: &str = "@import";
    let lower = text.to_ascii_lowercase();
    let name = |at: usize| {
        let rest = text.get(at + RULE.len()..)?.trim_ascii_start();
        let rest = rest.strip_prefix("url(").unwrap_or(rest).trim_ascii_start();
        let quoted = rest.strip_prefix(['"', '\'']).unwrap_or(rest);
        quoted.split(['"', '\'', ')', ';']).next()
    };
    lower.match_indices(RULE).filter_map(|(at, _)| Some((at, name(at)?))).collect()
}

/// The CSS parser counts lines from 0, and columns from 1 in UTF-16 units; the blanks before a faulty word are a
/// part of it.
fn place(text: &str, line: usize, column: usize) -> Position {
    let line_start = Position { line: line + 1, column: 1 }.offset(text);
    let rest = text.get(line_start..).unwrap_or_default();
    let mut units = 1;
    let inside = rest.find(|c: char| {
        let reached = units >= column;
        units += c.len_utf16();
        reached
    });
    let fault = rest.get(inside.unwrap_or(rest.len())..).unwrap_or_default();
    let word = fault.trim_start();
    let length = if word.is_empty() { fault.len() } else { word.len() };
    Position::of(text, text.len() - length)
}

/// A script without blanks and comments but for licences; names and the order of things stay. It is read as an
/// ES module, or as a classic script where its name ends with `.cjs`.
///
/// # Errors
/// The first thing in the script that is not JavaScript.
pub fn js(path: &str, text: &str) -> Result<String, Fault> {
    if text.len() > LONGEST_SCRIPT {
        return Ok(text.to_owned());
    }
    // The parser calls itself for whatever stands in something else, and a script has a hundred ways to say that.
    stacker::grow((text.len() + 1024) * STACK_A_BYTE, || small_js(path, text))
}

fn small_js(path: &str, text: &str) -> Result<String, Fault> {
    let allocator = Allocator::default();
    let sort = if path.ends_with(".cjs") { SourceType::cjs() } else { SourceType::mjs() };
    let parsed = Parser::new(&allocator, text, sort).parse();
    if let Some(first) = parsed.diagnostics.first() {
        let offset = first.labels.first().map_or(0, |label| label.offset() as usize);
        return Err(Fault::new(path, first.message.clone(), Position::of(text, offset)));
    }
    if parsed.panicked {
        return Err(Fault::new(path, String::new(), Position { line: 1, column: 1 }));
    }
    let comments = CommentOptions { legal: LegalComment::Inline, ..CommentOptions::disabled() };
    let options = CodegenOptions { comments, ..CodegenOptions::minify() };
    Ok(Codegen::new().with_options(options).build(&parsed.program).code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_may_nest_as_deep_as_it_likes() {
        let n = 20_000;
        let around = |open: &str, inside: &str, close: &str| open.repeat(n) + inside + &close.repeat(n);
        for script in [
            around("(", "1", ")"),
            around("[", "", "]"),
            around("[", "", ""),
            around("{", "", "}"),
            around("function a(){", "", "}"),
            around("`${", "1", "}`"),
            around("a?", "1", ":1"),
            around("a=>", "1", ""),
            around("new ", "a", ""),
            around("if(a)", "b", ""),
            around("if(a)b;else ", "b", ""),
            around("a:", "b", ""),
            around("a=", "b", ""),
            around("-", "b", ""),
            around("a**", "b", ""),
            around("a", "", ".b()"),
            around("class{a=", "1", "}"),
        ] {
            let _ = js("a.js", &script);
        }
        let long = "a;".repeat(LONGEST_SCRIPT);
        assert_eq!(js("a.js", &long), Ok(long));
    }

    #[test]
    fn a_style_sheet_that_nests_without_end_is_a_fault() {
        let n = 20_000;
        for (open, inside, close) in [
            ("a{", "", "}"),
            ("@media(a){", "", "}"),
            (":not(", "a", ")"),
            ("@media not (", "color", ")"),
            ("@supports (", "color:red", ")"),
            ("a{width:calc(", "1px", ")}"),
            ("[", "", ""),
        ] {
            let sheet = open.repeat(n) + inside + &close.repeat(n);
            let fault = css("a.css", &Sheets::from_iter([("a.css", sheet.as_str())])).unwrap_err();
            assert!(fault.message.contains("deep in each other") && fault.line == 1 && fault.column > 64, "{fault:?}");
        }
        let names: Vec<(String, String)> =
            (0..3_000).map(|n| (format!("{n}.css"), format!("@import \"{}.css\";\na {{}}", n + 1))).collect();
        let sheets = || names.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let fault = css("0.css", &sheets().collect()).unwrap_err();
        assert_eq!((fault.path.as_str(), fault.line), ("99.css", 1), "{fault:?}");
        let around = sheets().take(90).chain([("90.css", "@import url(0.css);")]);
        assert!(css("0.css", &around.collect()).is_ok(), "a circle of sheets is one of each");
    }

    fn small_css(text: &str) -> String {
        css("a.css", &Sheets::from_iter([("a.css", text)])).unwrap()
    }

    fn small(text: &str) -> String {
        js("a.js", text).unwrap()
    }

    #[test]
    fn modern_css_stays_modern() {
        for sheet in [
            ":root{--ink:light-dark(#123,#fed);color-scheme:light dark}",
            "@layer base{.a{&:hover{color:red}.b &{color:#00f}}}",
            "a:has(>img){color:var(--ink)}",
            "@container card (width>=30rem){.a{inline-size:10cqi}}",
            ".a{color:oklch(60% .1 200);font-size:clamp(1rem,2vw,2rem);inset-inline-start:1px}",
            "@media (width>=40rem){.a{color:color-mix(in srgb,var(--a) 20%,#00f)}}",
        ] {
            assert_eq!(small_css(sheet), sheet);
        }
    }

    #[test]
    fn css_loses_blanks_and_comments_but_no_licence() {
        assert_eq!(
            small_css("/*! MIT */\n/* note */\n.a ,\n.b {\n  color: #ff0000;\n  margin: 0px 0px;\n}\n"),
            "/*! MIT */\n.a,.b{color:red;margin:0}"
        );
    }

    #[test]
    fn a_fault_in_css_has_its_place() {
        let fault_at = |text| css("a.css", &Sheets::from_iter([("a.css", text)])).unwrap_err();
        let fault = fault_at(".a { color: red; }\n/* 😀ŵ */ .b { color red; }\n");
        assert_eq!((fault.line, fault.column), (2, 21), "{}", fault.message);
        assert!(!fault.message.is_empty());
        let fault = fault_at("😀{}}");
        assert_eq!((fault.line, fault.column), (1, 5), "{}", fault.message);
    }

    #[test]
    fn a_style_sheet_holds_what_it_imports() {
        let sheet = |part| {
            let main = "@import \"parts/_b.css\";\n@import url(https://example.org/x.css);\na { color: red }";
            let sheets =
                [("css/a.css", main), ("css/parts/_b.css", "@import \"../_c.css\" print;"), ("css/_c.css", part)];
            css("css/a.css", &Sheets::from_iter(sheets))
        };
        let faulty = sheet("b { color red }").unwrap_err();
        assert_eq!((faulty.path.as_str(), faulty.line, faulty.column), ("css/_c.css", 1, 11), "{}", faulty.message);
        let absent = css("a.css", &Sheets::from_iter([("a.css", "\n@import \"no.css\";")])).unwrap_err();
        assert_eq!((absent.path.as_str(), absent.line), ("a.css", 2));
        assert_eq!(absent.message, "there is no style sheet no.css to import");
    }

    #[test]
    fn js_keeps_what_it_means() {
        assert_eq!(small("// note\nconst a = `x ${ b  +  1 }\n  y`;\n"), "const a=`x ${b+1}\n  y`;");
        assert_eq!(
            small("const r = /a\\/[/ ]+/giu ;\nif (r . test(s)) { t( ) }"),
            "const r=/a\\/[/ ]+/giu;if(r.test(s)){t()}"
        );
        assert_eq!(
            small("const { open } = await import( url );\na ?. b ?? c ?. [0] ?. ()"),
            "const{open}=await import(url);a?.b??c?.[0]?.();"
        );
        assert_eq!(
            small("export async function open(base, { fetch }) {\n  return 1;\n}\n"),
            "export async function open(base,{fetch}){return 1}"
        );
        assert_eq!(small("a = b\n++c\n"), "a=b;++c;");
        assert_eq!(
            small("class A { #p = 1; static { x(); } get q() { return this.#p } }"),
            "class A{#p=1;static{x()}get q(){return this.#p}}"
        );
        assert_eq!(
            small("label: for (const x of y) { if (x) continue label; else break }"),
            "label:for(const x of y){if(x)continue label;else break}"
        );
        assert_eq!(small("a - -b + +c; return_ = a / b / c"), "a- -b+ +c;return_=a/b/c;");
        assert_eq!(
            small("'use strict'; import a from 'b'; x = { 'c-d': 1 }"),
            "\"use strict\";import a from\"b\";x={\"c-d\":1};"
        );
        assert_eq!(small("x = '</script>'"), "x=`<\\/script>`;");
    }

    #[test]
    fn js_keeps_its_licence() {
        assert_eq!(small("/*! MIT */\n/* note */\nlet a = 1;\n"), "/*! MIT */\nlet a=1;");
    }

    #[test]
    fn a_script_may_be_classic() {
        assert_eq!(js("a.cjs", "var await = 1;").unwrap(), "var await=1;");
        assert!(js("a.js", "var await = 1;").is_err());
    }

    #[test]
    fn a_fault_in_js_has_its_place() {
        let fault = js("a.js", "let a = 1;\n/* 😀ŵ */ let b = ;\n").unwrap_err();
        assert_eq!((fault.line, fault.column), (2, 18), "{}", fault.message);
        assert!(!fault.message.is_empty());
    }
}
