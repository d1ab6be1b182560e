//! Where links lead: pages of the library by their files, headings of the page, places elsewhere.

use super::Writer;
use crate::import::docx::Remark;

impl Writer<'_> {
    /// A link as the library writes it; nothing for one that leads nowhere from a page, which is told.
    pub(super) fn link(&self, address: &str) -> Option<String> {
        let address = address.trim();
        if let Some(bookmark) = address.strip_prefix('#') {
            let found = self.anchors.get(bookmark).cloned();
            // Word's own marks lead to where somebody was last.
            if found.is_none() && !bookmark.is_empty() && bookmark != "_top" {
                let told = format!(
                    "A link within the document led to “{bookmark}”, which is no heading, and is plain words now"
                );
                self.lose(address, told);
            }
            return found;
        }
        if let Some(page) = self.page(address) {
            return Some(page);
        }
        let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        match scheme.as_deref() {
            Some("http" | "https" | "mailto" | "tel") => Some(address.replace(' ', "%20")),
            None if address.starts_with("www.") => Some(format!("https://{address}")),
            _ => {
                let told = format!("A link led to “{address}”, which nobody else can open, and is plain words now");
                self.lose(address, told);
                None
            }
        }
    }

    fn lose(&self, address: &str, text: String) {
        let place = self.manuscript.links.get(address).cloned().unwrap_or_default();
        let remark = Remark { place, text, help: String::new() };
        let mut lost = self.lost.borrow_mut();
        if !lost.contains(&remark) {
            lost.push(remark);
        }
    }

    /// The file of a page of the library that an address on its site leads to.
    pub(super) fn page(&self, address: &str) -> Option<String> {
        let (address, anchor) = address.split_once('#').map_or((address, ""), |(address, anchor)| (address, anchor));
        let rest = address.strip_prefix(self.base.trim_end_matches('/'))?;
        let url = format!("{}/", rest.trim_end_matches('/'));
        let found = self.known.pages.iter().find(|page| page.url == url || page.url == rest)?;
        let anchor = if anchor.is_empty() { String::new() } else { format!("#{anchor}") };
        Some(format!("{}{anchor}", found.reference()))
    }
}
