//! What a page says of the files that it offers: the format of each, its pages and its size.
//!
//! Of files that are yet to be made these are not known when the page is. The page has a mark in their place, which
//! is filled in once they are there.

use super::Offer;
use crate::{
    model::{Content, Format, Measure, Measured, Output, Recipe},
    render::{Messages, Record, Renderer, markdown::escaped},
};
use std::{borrow::Cow, sync::Arc};
use tera::Value;

/// What stands before and after the number of a mark: no letter, so no text has it (Unicode, section 23.7).
const MARK: [char; 2] = ['\u{FDD0}', '\u{FDD1}'];

/// `page.downloads`: `{format, of, name, url, measure}` of each.
pub(in crate::outputs) fn offers(renderer: &Renderer<'_>, language: &str, offers: &[Offer]) -> Option<Value> {
    let mut marks = 0;
    let offer = |offer: &Offer| {
        let measure = match &offer.content {
            Content::Bytes(bytes) => {
                let measure = Measure { size: bytes.len() as u64, pages: None };
                Telling::new(renderer, language, offer).words(measure)
            }
            _ => {
                marks += 1;
                format!("{}{}{}", MARK[0], marks - 1, MARK[1])
            }
        };
        Record::new()
            .set("format", offer.format.name())
            .set_some("of", offer.of.as_deref())
            .set("name", offer.name())
            .set("url", renderer.addresses().href(&offer.path))
            .set("measure", measure)
            .value()
    };
    let offers: Vec<Value> = offers.iter().map(offer).collect();
    (!offers.is_empty()).then(|| Value::from(offers))
}

/// The page, which fills in the marks once the files are made; as it is where it has none to fill.
pub(in crate::outputs) fn measured(renderer: &Renderer<'_>, language: &str, page: Output, offers: &[Offer]) -> Output {
    let made = |offer: &Offer| match &offer.content {
        Content::Made(recipe) => Some((recipe.clone(), Telling::new(renderer, language, offer))),
        _ => None,
    };
    let (of, tellings): (Vec<Arc<Recipe>>, Vec<Telling>) = offers.iter().filter_map(made).unzip();
    let html = match page.content {
        Content::Bytes(html) if !of.is_empty() => html,
        content => return Output { path: page.path, content },
    };
    let tell = Box::new(move |measures: &[Measure]| {
        let told: Vec<String> =
            tellings.iter().zip(measures).map(|(telling, measure)| escaped(&telling.words(*measure))).collect();
        filled(&html, &told)
    });
    Output { path: page.path, content: Content::Measured(Arc::new(Measured { of, tell })) }
}

/// What is said of a file once it is there.
struct Telling {
    messages: Arc<Messages>,
    format: Format,
}

impl Telling {
    fn new(renderer: &Renderer<'_>, language: &str, offer: &Offer) -> Self {
        Self { messages: renderer.locale(language).shared_messages(), format: offer.format }
    }

    /// `PDF, 12 pages, 340 KB`; the format alone of what could not be made.
    fn words(&self, Measure { size, pages }: Measure) -> String {
        let Self { messages, format } = self;
        let key = format!("downloads.format.{}", format.name());
        let format = messages.get(&key).unwrap_or(format.name());
        if size == 0 {
            return format.to_owned();
        }
        let pages = pages.and_then(|pages| {
            let count = [("count", Cow::from(messages.whole(pages.into())))];
            messages.fill("downloads.pages", Some(f64::from(pages)), &count)
        });
        let mut said = vec![("format", Cow::from(format)), ("size", Cow::from(messages.size(size as f64)))];
        let key = if pages.is_some() { "downloads.measure_pages" } else { "downloads.measure" };
        said.extend(pages.map(|pages| ("pages", Cow::from(pages))));
        messages.fill(key, None, &said).unwrap_or_else(|| format.to_owned())
    }
}

/// The bytes with every mark filled in by the words of its number.
fn filled(html: &[u8], told: &[String]) -> Vec<u8> {
    let html = String::from_utf8_lossy(html);
    let mut out = String::with_capacity(html.len() + told.len() * 16);
    let mut rest = &*html;
    while let Some((before, from)) = rest.split_once(MARK[0]) {
        out.push_str(before);
        let mark = from
            .split_once(MARK[1])
            .and_then(|(number, after)| Some((told.get(number.parse::<usize>().ok()?)?, after)));
        rest = match mark {
            Some((words, after)) => {
                out.push_str(words);
                after
            }
            None => from,
        };
    }
    out.push_str(rest);
    out.into_bytes()
}
