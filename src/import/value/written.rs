//! Numbers, answers and addresses as people write them.

use serde_yaml::Value;

/// What multiplies the figures before it. A bare `m` is one of money alone: it may stand for metres.
const TIMES: [(&str, u32); 5] = [("thousand", 3), ("million", 6), ("billion", 9), ("bn", 9), ("k", 3)];

/// `1250`, `1,250`, `£1,250.50`, `-£5`, `(5)`, `£1.5m`, `3 million`
pub(super) fn number(line: &str) -> Option<Value> {
    let lower = line.trim().to_lowercase().replace('\u{2212}', "-");
    // Accounts put what is below zero into brackets.
    let owed = lower.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let signed = owed.unwrap_or(&lower);
    let money = signed.trim_start_matches(['+', '-', ' ']);
    let bare = money.trim_start_matches(['£', '€', '$', ' ']);
    let unsigned = bare.trim_start_matches('-');
    let is_negative = owed.is_some() || signed.starts_with('-') || unsigned.len() < bare.len();
    let is_money = bare.len() < money.len();
    let times = TIMES.iter().chain(is_money.then_some(&("m", 6)));
    let times = times.filter_map(|(word, power)| Some((unsigned.strip_suffix(word)?.trim_end(), *power))).next();
    let (figures, power) = times.unwrap_or((unsigned.trim_end(), 0));
    let (whole, parts) = figures.split_once('.').unwrap_or((figures, ""));
    // Commas and blanks stand between groups of three, or they part two numbers.
    let groups: Vec<&str> = whole.split([',', ' ']).collect();
    let is_grouped =
        groups.iter().skip(1).all(|group| group.len() == 3) && groups.first().is_some_and(|first| first.len() <= 3);
    let plain = groups.concat();
    let is_sound = groups.len() == 1 || is_grouped;
    if !is_sound
        || plain.len() + parts.len() == 0
        || !(plain.bytes().chain(parts.bytes())).all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let sign = if is_negative { "-" } else { "" };
    if let (Ok(whole), true) = (format!("{sign}{plain}").parse::<i64>(), power == 0 && parts.is_empty()) {
        return Some(Value::from(whole));
    }
    let number = format!("{sign}{plain}.{parts}e{power}").parse::<f64>().ok().filter(|number| number.is_finite())?;
    // Whole numbers have no point, up to where figures are lost.
    let is_whole = number.fract() == 0.0 && number.abs() < 1e15;
    Some(if is_whole { Value::from(format!("{number}").parse::<i64>().ok()?) } else { Value::from(number) })
}

/// What to do about a text that is no number, with the figures that it has where these are the only ones.
pub(super) fn figures_alone(line: &str) -> String {
    let is_figure = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.');
    let mut all = line.split(|c| !is_figure(c)).map(|figures| figures.trim_matches([',', '.']));
    let mut figures = all.by_ref().filter(|figures| !figures.is_empty());
    match (figures.next(), figures.next()) {
        (Some(only), None) if number(only).is_some() => format!("Write figures alone: {only}."),
        _ => "Write figures alone, such as 1250.".to_owned(),
    }
}

/// A ticked box counts as yes.
pub(super) fn yes_no(line: &str) -> Option<bool> {
    match line.trim_end_matches('.').to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "on" | "x" | "☒" | "☑" | "✓" | "✔" | "[x]" => Some(true),
        "no" | "n" | "false" | "0" | "off" | "☐" | "✗" | "✘" | "[ ]" => Some(false),
        _ => None,
    }
}

/// A web address, without what Markdown, mail and sentences put around it.
pub(super) fn web_address(line: &str) -> Option<String> {
    let bare = line.trim_matches(['<', '>', '"', ' ']).trim_end_matches(['.', ',', ';']);
    let bare = bare.strip_suffix(')').and_then(|link| link.rsplit_once("](")).map_or(bare, |(_, address)| address);
    let bare = bare.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(bare);
    let (scheme, rest) = match bare.split_once("://") {
        Some((scheme, rest)) => (scheme.to_lowercase(), rest),
        None if bare.starts_with("www.") => ("https".to_owned(), bare),
        None => return None,
    };
    let is_web = matches!(scheme.as_str(), "https" | "http") && !rest.is_empty();
    (is_web && !rest.contains(char::is_whitespace)).then(|| format!("{scheme}://{rest}"))
}
