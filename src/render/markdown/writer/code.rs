//! Code, and the blocks that name a component.

use super::Writer;
use crate::render::markdown::escape;
use pulldown_cmark::{CodeBlockKind, Event, TagEnd};

impl<'a, E: Iterator<Item = Event<'a>>> Writer<'a, E> {
    pub(super) fn code_block(&mut self, kind: &CodeBlockKind<'a>) {
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.as_ref(),
            CodeBlockKind::Indented => "",
        };
        let name = info.split([' ', ',', '{']).next().unwrap_or_default();
        let component = if name.is_empty() {
            None
        } else {
            self.components += 1;
            (self.context.component)(self.components - 1)
        };
        let mut code = String::new();
        for event in self.events.by_ref() {
            match event {
                Event::Text(text) => code.push_str(&text),
                Event::End(TagEnd::CodeBlock) => break,
                _ => {}
            }
        }
        if let Some(html) = component {
            return self.block(&html);
        }
        let mut html = String::with_capacity(code.len() + 64);
        html.push_str("<pre tabindex=\"0\"><code");
        if let Some(language) = info.split_whitespace().next() {
            html.push_str(" class=\"language-");
            escape::text(&mut html, language);
            html.push('"');
        }
        html.push('>');
        match self.highlighter.highlight(name, &code) {
            Some(coloured) => html.push_str(&coloured),
            None => escape::text(&mut html, &code),
        }
        html.push_str("</code></pre>");
        self.block(&html);
    }
}
