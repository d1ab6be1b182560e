//! Elements of XML, put together before they are written.

use crate::outputs::xml::{self, Xml};
use std::io;

/// An element with attributes, and with others or with text in it.
#[derive(Clone, Debug)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Self>,
    text: Option<String>,
}

impl Element {
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), children: Vec::new(), text: None }
    }

    /// An element that says one thing: `<w:jc w:val="end"/>`.
    pub(super) fn value(name: &'static str, value: impl Into<String>) -> Self {
        Self::new(name).set("w:val", value)
    }

    /// An element with text in it.
    pub(super) fn text(name: &'static str, text: impl Into<String>) -> Self {
        Self { text: Some(text.into()), ..Self::new(name) }
    }

    /// With an attribute.
    pub(super) fn set(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// With another element in it, behind those that there are.
    pub(super) fn with(mut self, child: Self) -> Self {
        self.children.push(child);
        self
    }

    /// With others in it.
    pub(super) fn and(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children);
        self
    }

    /// True for an element of that name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name == name
    }

    /// Puts others behind its first, which are its properties.
    pub(super) fn open_with(&mut self, children: impl IntoIterator<Item = Self>) {
        let rest = self.children.split_off(self.children.len().min(1));
        self.children.extend(children);
        self.children.extend(rest);
    }

    /// A document with this element at its root.
    pub(super) fn document(&self) -> Vec<u8> {
        xml::document(self.name, &self.attributes(), |xml| self.children.iter().try_for_each(|child| child.write(xml)))
    }

    fn write(&self, xml: &mut Xml) -> io::Result<()> {
        match &self.text {
            Some(text) => xml::text(xml, self.name, &self.attributes(), text),
            None if self.children.is_empty() => xml::empty(xml, self.name, &self.attributes()),
            None => xml::within(xml, self.name, &self.attributes(), |xml| {
                self.children.iter().try_for_each(|child| child.write(xml))
            }),
        }
    }

    fn attributes(&self) -> Vec<(&str, &str)> {
        self.attributes.iter().map(|(name, value)| (*name, value.as_str())).collect()
    }
}
