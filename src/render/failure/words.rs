//! The engine's messages in words for people who write templates and no Rust.

use super::did_you_mean;
use crate::model::Span;

/// What introduces the names that are in scope.
pub(super) const SCOPE: &str = "In scope here:";

/// What introduces the names in a map.
pub(super) const KEYS: &str = "It has:";

/// What is wrong, and what to do. `marked` is what the template has at the place.
pub(super) fn plain(message: &str, marked: &str) -> (String, Option<String>) {
    let message = message.trim();
    let (message, marked) = (message.strip_suffix('.').unwrap_or(message), marked.trim());
    let ticked: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let (first, second) = (ticked.first().copied().unwrap_or_default(), ticked.get(1).copied().unwrap_or_default());
    let says = |part: &str| message.starts_with(part);
    if let Some((what, names)) = message.split_once(". Available ") {
        let (sort, names) = names.split_once(": ").unwrap_or(("", names));
        let known = if sort == "fields" { KEYS } else { SCOPE };
        let near = crate::nearest::nearest(first, names.split(", "));
        let near = near.map(|near| format!("Did you mean `{near}`? ")).unwrap_or_default();
        return (what.to_owned(), Some(format!("{near}{known} {names}.")));
    }
    if let Some((_, names)) = message.split_once(" in component call. Possible argument(s) are: ") {
        let help = did_you_mean(first, names.split(", ").map(|name| name.trim_matches('`')));
        return (format!("The component has no argument `{first}`"), Some(help));
    }
    let text = match message {
        "Tried to render a variable that is undefined" if !marked.is_empty() => format!("`{marked}` is not defined"),
        "Unexpected end of input" => "What is opened just before this is never closed".to_owned(),
        "Maximum render recursion depth for components exceeded" => {
            "Components call each other too deep: one calls itself without an end".to_owned()
        }
        _ if says("Field `") && !marked.is_empty() && marked != first => {
            format!("`{marked}` is not defined, so it has no `{first}`")
        }
        _ if says("Variable `") && message.ends_with("its value is undefined") => {
            format!("`{first}` is set to something that is not defined")
        }
        _ if says("Invalid type for the value, expected") => {
            format!("This should be {}, and it is {}", sort(first), sort(second))
        }
        _ if says("Iteration not possible on type") => {
            format!("This should be a list or a map to go through, and it is {}", sort(first))
        }
        _ if says("Cannot compare") => format!("Here {} is compared with {}", sort(first), sort(second)),
        _ if message.contains(" requires both operands to be numbers, found ") => {
            let third = ticked.get(2).copied().unwrap_or_default();
            format!("`{first}` takes two numbers, and here are {} and {}", sort(second), sort(third))
        }
        _ if says("Missing keyword argument") || (says("Argument `") && message.ends_with("missing")) => {
            format!("The argument `{first}` is missing")
        }
        _ if says("Unknown template") => format!("There is no template {first} to include"),
        _ if says("Unknown ") && ticked.len() == 1 => {
            let what = message.split_whitespace().nth(1).unwrap_or_default();
            format!("There is no {what} called `{first}`")
        }
        _ if says("Block `") => format!("No template that this one extends has a block called `{first}`"),
        other => other.to_owned(),
    };
    let help = match message {
        "Unexpected end of input" => {
            Some("Each `{% if %}`, `{% for %}` and `{% block %}` needs its `{% end… %}`.".to_owned())
        }
        _ if says("`+`") => Some("`~` joins texts.".to_owned()),
        _ => None,
    };
    (text, help)
}

/// A type of the engine in words.
fn sort(name: &str) -> &str {
    match name {
        "&str" | "str" | "string" | "String" => "text",
        "f64" | "f32" | "i64" | "u64" | "i128" | "u128" | "usize" | "number" => "a number",
        "bool" => "true or false",
        "array" => "a list",
        "map" | "map/struct" => "a map",
        "undefined" => "not defined",
        "none" => "nothing",
        other => other,
    }
}

/// The span of a fault: the engine marks the first name of `page.values.x`, also where the fault is that of the last.
pub(super) fn whole(message: &str, text: &str, span: Span) -> Span {
    // It leaves the bracket of `page.fields[9]` out.
    if span.of(text).contains('[') && !span.of(text).contains(']') {
        return Span::new(
            span.start,
            span.end + usize::from(text.get(span.end..).is_some_and(|rest| rest.starts_with(']'))),
        );
    }
    let of_value = ["Invalid type", "Iteration not possible"].iter().any(|start| message.starts_with(start));
    let is_name = |c: char| c.is_alphanumeric() || "_.?".contains(c);
    let marked = span.of(text);
    if !of_value || marked.is_empty() || !marked.chars().all(is_name) {
        return span;
    }
    let rest = text.get(span.end..).unwrap_or_default();
    Span::new(span.start, span.end + rest.find(|c| !is_name(c)).unwrap_or(rest.len()))
}

/// The component and the two templates of "Component `x` is defined in both `a` and `b`".
pub(super) fn defined_twice(message: &str) -> Option<(&str, &str, &str)> {
    let ticked: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    match ticked.as_slice() {
        [component, first, second] if message.contains("is defined in both") => Some((component, first, second)),
        _ => None,
    }
}
