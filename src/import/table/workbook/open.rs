//! Workbooks of LibreOffice and others (OpenDocument 1.3, part 3, chapter 9).

use super::{
    Tab,
    format::plain,
    sheet::{Content, Place, Sheet},
};
use crate::import::{
    dates,
    office::{
        Package,
        xml::{Node, attribute, child, name, parsed},
    },
};
use std::collections::HashSet;

/// A workbook. All of its sheets are in one part.
pub(in crate::import::table) struct Book {
    text: String,
    pub tabs: Vec<Tab>,
    /// Whether it has programs in it.
    pub has_macros: bool,
}

impl Book {
    /// The workbook of these parts.
    ///
    /// # Errors
    /// What is wrong with it, as a sentence with what to do.
    pub fn open(mut package: Package<'_>) -> Result<Self, String> {
        let text = package.text("content.xml")?.ok_or_else(|| package.damaged("its text is missing"))?;
        let document = parsed(&text).map_err(|why| package.damaged(&why))?;
        let unseen: HashSet<&str> = document
            .descendants()
            .filter(|node| name(*node) == "table-properties" && attribute(*node, "display") == Some("false"))
            .filter_map(|node| attribute(node.parent()?, "name"))
            .collect();
        let tab = |node: Node<'_, '_>| Tab {
            name: attribute(node, "name").unwrap_or_default().to_owned(),
            is_hidden: attribute(node, "style-name").is_some_and(|style| unseen.contains(style)),
        };
        let tabs = tables(&document).map(tab).collect();
        drop(document);
        Ok(Self { text, tabs, has_macros: package.has("Basic/script-lc.xml") })
    }

    /// A sheet by its place.
    ///
    /// # Errors
    /// What is wrong with it, as a sentence with what to do.
    pub fn sheet(&self, place: usize) -> Result<Sheet, String> {
        let mut sheet = Sheet::default();
        let document = parsed(&self.text).map_err(|why| format!("It is damaged: {why}."))?;
        let (mut row, mut column) = (0_u32, 0_u32);
        let Some(table) = tables(&document).nth(place) else { return Ok(sheet) };
        for node in table.descendants() {
            match name(node) {
                "table-column" => {
                    let count = repeated(node, "number-columns-repeated");
                    if is_unseen(node) {
                        sheet.hidden_columns.extend(column..column.saturating_add(count).min(MOST_COLUMNS));
                    }
                    column = column.saturating_add(count);
                }
                // A table within a cell is drawn like a picture.
                "table-row" if of(node) == Some(table) => {
                    let count = repeated(node, "number-rows-repeated");
                    self::row(node, row, count, &mut sheet)?;
                    row = row.saturating_add(count);
                }
                "shapes" | "frame" => sheet.has_drawings = true,
                _ => {}
            }
        }
        Ok(sheet)
    }
}

/// How many columns there are at most; programs fill a sheet up to its end with empty ones.
const MOST_COLUMNS: u32 = 16_384;

fn tables<'a, 'i>(document: &'a roxmltree::Document<'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    let is_sheet = |node: &Node<'a, 'i>| {
        name(*node) == "table" && node.parent().is_some_and(|parent| name(parent) == "spreadsheet")
    };
    document.descendants().filter(is_sheet)
}

/// The table that a row is of.
fn of<'a, 'i>(row: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    row.ancestors().find(|node| name(*node) == "table")
}

fn repeated(node: Node<'_, '_>, wanted: &str) -> u32 {
    attribute(node, wanted).and_then(|count| count.parse().ok()).unwrap_or(1)
}

fn is_unseen(node: Node<'_, '_>) -> bool {
    attribute(node, "visibility").is_some_and(|visibility| visibility != "visible")
}

/// Puts a row, as often as it is there, into the sheet.
fn row(node: Node<'_, '_>, row: u32, count: u32, sheet: &mut Sheet) -> Result<(), String> {
    let mut column = 0_u32;
    for cell in node.children().filter(|node| ["table-cell", "covered-table-cell"].contains(&name(*node))) {
        let across = repeated(cell, "number-columns-repeated");
        let content = content(cell);
        let place = (row, column);
        if !content.text.is_empty() || content.link.is_some() {
            for row in row..row.saturating_add(count) {
                for column in column..column.saturating_add(across) {
                    sheet.put((row, column), content.clone())?;
                }
                if is_unseen(node) {
                    sheet.hidden_rows.insert(row);
                }
            }
        }
        sheet.merged.extend(merged(cell, place));
        sheet.comments.extend(child(cell, "annotation").map(|note| (place, comment(note))));
        column = column.saturating_add(across);
    }
    Ok(())
}

fn merged(cell: Node<'_, '_>, (row, column): Place) -> Option<(Place, Place)> {
    let (rows, columns) = (repeated(cell, "number-rows-spanned"), repeated(cell, "number-columns-spanned"));
    let last = (row.saturating_add(rows.saturating_sub(1)), column.saturating_add(columns.saturating_sub(1)));
    (rows > 1 || columns > 1).then_some(((row, column), last))
}

/// What is seen in a cell: its words, and its value where that says more.
fn content(cell: Node<'_, '_>) -> Content {
    let lines: Vec<String> = cell.children().filter(|node| name(*node) == "p").map(words).collect();
    let shown = lines.join("\n");
    let link = cell.descendants().find(|node| name(*node) == "a").and_then(|link| attribute(link, "href"));
    let number =
        attribute(cell, "value").and_then(|value| value.parse::<f64>().ok()).filter(|number| number.is_finite());
    let text = match (attribute(cell, "value-type").unwrap_or_default(), number) {
        ("percentage", Some(number)) => format!("{}%", plain(number * 100.0)),
        ("float" | "currency", Some(number)) if !tells(&shown, number) => plain(number),
        ("date", _) => day(attribute(cell, "date-value").unwrap_or(&shown), &shown),
        _ => shown,
    };
    let formula =
        attribute(cell, "formula").map(|formula| formula.split_once(":=").map_or(formula, |(_, formula)| formula));
    let text = match formula {
        Some(formula) if text.is_empty() => format!("={}", formula.trim_start_matches('=')),
        _ => text,
    };
    Content { text, link: link.map(str::to_owned) }
}

/// Whether what is shown has all figures of a number: `£1,250.50`, `01582`.
fn tells(shown: &str, number: f64) -> bool {
    let figures: String = shown.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).collect();
    figures.parse::<f64>().is_ok_and(|figures| plain(figures) == plain(number))
}

/// A day, as much of it as is shown.
fn day(value: &str, shown: &str) -> String {
    let date = value.split('T').next().unwrap_or_default();
    match dates::date(shown) {
        Some(less) if date.starts_with(&less) => less,
        _ if shown.contains(':') => value.strip_suffix(":00").unwrap_or(value).replacen('T', " ", 1),
        _ => date.to_owned(),
    }
}

/// The words of a paragraph. Blanks in a row, tabs and ends of lines are elements of their own.
fn words(node: Node<'_, '_>) -> String {
    let mut text = String::new();
    for part in node.children() {
        match name(part) {
            "" => text.push_str(part.text().unwrap_or_default()),
            "s" => text.extend(std::iter::repeat_n(' ', repeated(part, "c").min(100) as usize)),
            "tab" => text.push('\t'),
            "line-break" => text.push('\n'),
            "annotation" | "ruby-text" | "frame" => {}
            _ => text.push_str(&words(part)),
        }
    }
    text
}

fn comment(node: Node<'_, '_>) -> String {
    let lines: Vec<String> = node.children().filter(|node| name(*node) == "p").map(words).collect();
    crate::import::text::one_line(&lines.join(" "))
}
