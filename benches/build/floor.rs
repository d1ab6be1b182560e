//! The least that any build of a library of Markdown can do, to measure the real one by: walk, read, parse the front
//! matter and the Markdown, render one template, write. No checks, links, indexes, lists, feeds or search.
//!
//!     cargo bench --bench floor -- CONTENT OUT

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a program of its own")]

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Front {
    title: String,
    summary: String,
    published: String,
    themes: Vec<String>,
}

const FRAME: &str = "<!doctype html><html lang=\"en-GB\"><head><meta charset=\"utf-8\"><title>{{ title }}</title></head>\
    <body><header><a href=\"/\">Library</a></header><main>{% block main %}{% endblock main %}</main></body></html>";

const PAGE: &str = "{% extends \"frame.html\" %}{% block main %}<article><h1>{{ title }}</h1><p>{{ summary }}</p>\
    <time>{{ published }}</time>{{ text | safe }}<ul>{% for theme in themes %}<li>{{ theme }}</li>{% endfor %}</ul>\
    </article>{% endblock main %}";

fn main() -> Result<(), Box<dyn Error>> {
    // Cargo adds an argument of its own.
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [content, out] = arguments.as_slice() else { return Err("usage: floor CONTENT OUT".into()) };
    let start = Instant::now();
    let mut templates = tera::Tera::default();
    templates.add_raw_templates([("frame.html", FRAME), ("page.html", PAGE)])?;
    let files: Vec<PathBuf> = walkdir::WalkDir::new(content)
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    let made = files.par_iter().map(|path| page(&templates, path, Path::new(content), Path::new(out)));
    let made: Vec<Result<(), String>> = made.collect();
    made.into_iter().collect::<Result<(), _>>()?;
    println!("{} pages in {:.3} s", files.len(), start.elapsed().as_secs_f64());
    Ok(())
}

fn page(templates: &tera::Tera, path: &Path, content: &Path, out: &Path) -> Result<(), String> {
    let said = |error: &dyn Error| format!("{}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| said(&error))?;
    let (front, body) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).unwrap_or(("", &text));
    let front: Front = serde_yaml::from_str(front).map_err(|error| said(&error))?;
    let options = pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_FOOTNOTES;
    let mut html = String::with_capacity(body.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(body, options));
    let mut context = tera::Context::from_serialize(&front).map_err(|error| said(&error))?;
    context.insert("text", &html);
    let page = templates.render("page.html", &context).map_err(|error| said(&error))?;
    let folder = out.join(path.strip_prefix(content).unwrap_or(path).with_extension(""));
    fs::create_dir_all(&folder).map_err(|error| said(&error))?;
    fs::write(folder.join("index.html"), page).map_err(|error| said(&error))
}
