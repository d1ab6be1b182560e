//! Documents that lost in another program what says where their parts belong. They are refused: nothing of them is
//! lost that way, and what would come of them is no page.

use super::{Writer, inside::each_control};
use crate::{
    import::docx::{Block, Control, Role, words},
    model::FieldType,
};
use serde_yaml::Mapping;

impl Writer<'_> {
    /// Refuses a form none of whose boxes is left.
    ///
    /// # Errors
    /// What happened to it, and what to do.
    pub(super) fn still_a_form(&self) -> Result<(), String> {
        let mut has_box = false;
        each_control(&self.manuscript.blocks, &mut |control: &Control| {
            has_box |= self.ways.find(control).is_some() || self.ways.option(control).is_some();
        });
        if has_box || !(self.manuscript.form.is_some() || self.reads_like_a_form()) {
            return Ok(());
        }
        Err(format!(
            "It is a form that lost its boxes, so that its answers can't be told from each other: Google Docs, and saving \
             as .odt or .doc, take them out. Ask for the form as it was before, saved with Word or LibreOffice as .docx. \
             Or copy the answers into a new form: `casebook template {}`.",
            self.kind.name
        ))
    }

    /// True where the advice at the top of a form is there, which nobody writes into a document of their own.
    fn reads_like_a_form(&self) -> bool {
        let messages = self.known.theme.translations.values().flatten();
        let advice: Vec<&str> =
            messages.filter(|(key, _)| key.starts_with("form.how")).filter_map(|(_, text)| text.as_str()).collect();
        let squeezed = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let advice: Vec<String> = advice.into_iter().map(squeezed).collect();
        let is_advice = |block: &&Block| match block {
            Block::Paragraph { text, .. } => advice.contains(&squeezed(&words(text))),
            _ => false,
        };
        self.manuscript.blocks.iter().filter(is_advice).count() > 1
    }

    /// Refuses a document of a page that lost the marks of the page's parts: what comes of it would not be that page.
    ///
    /// # Errors
    /// What would go, and what to do.
    pub(super) fn still_the_page(&self, path: &str, text: &str, values: &Mapping) -> Result<(), String> {
        let mut has_tag = false;
        each_control(&self.manuscript.blocks, &mut |control: &Control| has_tag |= !control.tag.is_empty());
        let mut going: Vec<String> = Vec::new();
        if !has_tag {
            let is_data = |name: &&String| text.lines().any(|line| line.trim() == format!("```{name}"));
            let components = self.known.theme.components.iter();
            // A picture comes back as one, and has no mark.
            let marked = components.filter(|(_, component)| {
                !component.fields.iter().any(|field| matches!(field.field_type, FieldType::Image))
            });
            going.extend(marked.map(|(name, _)| name).filter(is_data).map(|name| format!("the block “{name}”")));
        }
        if !self.has_own_style() {
            let is_going = |name: &&str| {
                self.kind.field(name).is_some_and(|field| !field.internal && !self.draft.has(&field.name))
            };
            going.extend(values.keys().filter_map(|name| name.as_str()).filter(is_going).map(str::to_owned));
        }
        if going.is_empty() {
            return Ok(());
        }
        Err(format!(
            "It was made from {path}, but the program that it was saved with took the marks out by which its parts are \
             found. These would go from the page, or become plain text: {}. Change the document in Word, or change the \
             page itself.",
            going.join(", ")
        ))
    }

    /// True where a paragraph is in one of the styles that only documents of ours have.
    fn has_own_style(&self) -> bool {
        let own = |block: &Block| {
            matches!(
                block,
                Block::Paragraph { role: Role::Band | Role::Fact | Role::Dates | Role::Label | Role::Term, .. }
            )
        };
        self.manuscript.blocks.iter().any(own)
    }
}
