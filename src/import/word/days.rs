//! Numbers of days that documents of ours show as the days themselves: when a task is due before a campaign.

use super::Writer;
use crate::{
    import::{self, dates},
    model::{Field, FieldType},
};
use jiff::civil::Date;
use serde_yaml::{Mapping, Value};

/// The field of a page that others count their days from.
const START: &str = "start";

impl Writer<'_> {
    /// The field of a group that a heading or a label names.
    pub(super) fn part<'f>(&self, inner: &'f [Field], name: &str) -> Option<&'f Field> {
        let dated = || inner.iter().find(|own| own.days_from.is_some());
        let is_due = || self.message("paper.due").iter().any(|due| due.as_str() == name.trim());
        import::field_by_name(inner, name).or_else(|| if is_due() { dated() } else { None })
    }

    /// The number of days that a day stands for in a field that counts them; nothing where it is no day, or nobody can
    /// tell what they are counted from.
    pub(super) fn days(&self, own: &Field, text: &str) -> Option<Value> {
        let first = self.first_day(own.days_from.as_deref()?)?;
        let days = first.until(day(text)?).ok()?.get_days();
        Some(Value::from(days))
    }

    fn first_day(&self, from: &str) -> Option<Date> {
        let field = self.kind.field(from)?;
        let said = self.draft.text(from)?;
        let FieldType::Reference(folder) = &field.field_type else { return day(&said) };
        let page = self.known.pages.iter().find(|page| page.slug(folder) == Some(said.as_str()))?;
        let values = front_matter(&(self.text)(&page.path)?);
        day(values.get(START)?.as_str()?)
    }
}

fn day(text: &str) -> Option<Date> {
    dates::date(text)?.parse().ok()
}

/// The values of a page that is there.
pub(super) fn front_matter(text: &str) -> Mapping {
    let front = text.strip_prefix("---").and_then(|rest| rest.split_once("\n---")).map(|(front, _)| front);
    front.and_then(|front| serde_yaml::from_str(front).ok()).unwrap_or_default()
}
