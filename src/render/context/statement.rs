//! What the library says of its own accessibility, as the statement's template sees it.

use super::Record;
use crate::{
    config::{Accessibility, Config, Issue},
    link_path,
    model::Library,
    render::{Addresses, dates, i18n::Messages},
};
use tera::Value;

/// `{run_by, scope, status, issues, contact, response_days, prepared, reviewed, tested, enforcement}`, where the
/// library has such settings. `issues` are by kind: `{non_compliance, disproportionate_burden, not_in_scope}`.
pub(super) fn statement(
    library: &Library,
    config: &Config,
    addresses: &Addresses,
    messages: &Messages,
) -> Option<Value> {
    let Accessibility {
        organisation,
        scope,
        nations,
        status,
        issues,
        contact,
        response_days,
        prepared,
        reviewed,
        tested,
    } = config.accessibility.as_ref()?;
    let of_kind = |kind: &str| {
        let issues = issues.iter().filter(|issue| issue.kind == kind);
        Value::from(issues.map(|issue| told(issue, messages)).collect::<Vec<_>>())
    };
    let issues = Record::new()
        .set("non_compliance", of_kind("non-compliance"))
        .set("disproportionate_burden", of_kind("disproportionate-burden"))
        .set("not_in_scope", of_kind("not-in-scope"));
    let page = contact.page.as_deref().and_then(|page| link_path::resolve("content/", page));
    let page = page.and_then(|path| library.entries.get(*library.by_path.get(&path)?));
    let page = page.map(|entry| {
        let url = addresses.href(&entry.url);
        Record::new().set("title", entry.title.as_str()).set("url", url).value()
    });
    let contact = Record::new()
        .set_some("page", page)
        .set_some("url", contact.url.as_deref())
        .set_some("role", contact.role.as_deref())
        .set_some("email", contact.email.as_deref())
        .set_some("phone", contact.phone.as_deref());
    let tested = Record::new()
        .set("on", dates::day(tested.on, messages))
        .set("by", tested.by.as_str())
        .set("how", tested.how.as_str());
    // Part 5 of the regulations gives Great Britain and Northern Ireland a commission each.
    let in_ireland = nations.iter().any(|nation| nation == "northern-ireland");
    let in_britain = nations.iter().any(|nation| nation != "northern-ireland");
    let enforcement = Record::new().set("great_britain", in_britain).set("northern_ireland", in_ireland);
    let record = Record::new()
        .set("run_by", organisation.as_str())
        .set("scope", scope.as_deref().unwrap_or(&config.title))
        .set("status", status.as_str())
        .set("issues", issues.value())
        .set("contact", contact.value())
        .set_some("response_days", *response_days)
        .set("prepared", dates::day(*prepared, messages))
        .set("reviewed", dates::day(*reviewed, messages))
        .set("tested", tested.value())
        .set("enforcement", enforcement.value());
    Some(record.value())
}

fn told(issue: &Issue, messages: &Messages) -> Value {
    Record::new()
        .set("text", issue.text.as_str())
        .set_some("criterion", issue.criterion.as_deref())
        .set_some("by", issue.by.map(|by| dates::date(by, messages)))
        .value()
}
