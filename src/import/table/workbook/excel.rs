//! Workbooks of Excel (ISO/IEC 29500-1, SpreadsheetML).

use super::{
    Tab,
    format::{Format, plain},
    sheet::{Content, Place, Sheet},
};
use crate::import::{
    office::{
        Package, Relations,
        xml::{Node, attribute, child, name, parsed},
    },
    text::one_line,
};
use std::collections::HashMap;

/// A workbook, and what all of its sheets share.
pub(in crate::import::table) struct Book<'a> {
    package: Package<'a>,
    /// Its sheets, and the path of each.
    pub tabs: Vec<(Tab, String)>,
    strings: Vec<String>,
    /// The formats that cells name by their place.
    formats: Vec<Format>,
    from_1904: bool,
}

impl<'a> Book<'a> {
    /// The workbook whose main part is at a path.
    ///
    /// # Errors
    /// What is wrong with it, as a sentence with what to do.
    pub fn open(mut package: Package<'a>, main: &str) -> Result<Self, String> {
        let text = package.text(main)?.ok_or_else(|| package.damaged("it has no list of its sheets"))?;
        let document = parsed(&text).map_err(|why| package.damaged(&why))?;
        let relations = package.relations(main);
        let part = |kind: &str| relations.values().find(|relation| relation.kind == kind);
        let root = document.root_element();
        let has =
            |wanted: &str| child(root, "workbookPr").and_then(|about| attribute(about, wanted)).is_some_and(is_on);
        let (from_1904, mut strings, mut formats) = (has("date1904"), Vec::new(), Vec::new());
        if let Some(text) = part("sharedStrings").map(|part| package.text(&part.target)).transpose()?.flatten() {
            let document = parsed(&text).map_err(|why| package.damaged(&why))?;
            strings.extend(document.root_element().children().filter(|node| name(*node) == "si").map(words));
        }
        if let Some(text) = part("styles").map(|part| package.text(&part.target)).transpose()?.flatten() {
            let document = parsed(&text).map_err(|why| package.damaged(&why))?;
            formats = self::formats(document.root_element());
        }
        let tabs = child(root, "sheets").into_iter().flat_map(|sheets| sheets.children());
        let tabs = tabs.filter_map(|node| tab(node, &relations)).collect();
        Ok(Self { package, tabs, strings, formats, from_1904 })
    }

    /// Whether it has programs in it.
    pub fn has_macros(&self) -> bool {
        self.package.has("xl/vbaProject.bin")
    }

    /// A sheet by its place.
    ///
    /// # Errors
    /// What is wrong with it, as a sentence with what to do.
    pub fn sheet(&mut self, place: usize) -> Result<Sheet, String> {
        let path = self.tabs.get(place).map(|(_, path)| path.clone()).unwrap_or_default();
        let text = self.package.text(&path)?.ok_or_else(|| self.package.damaged("a sheet is missing"))?;
        let document = parsed(&text).map_err(|why| self.package.damaged(&why))?;
        let relations = self.package.relations(&path);
        let mut sheet = Sheet::default();
        for part in document.root_element().children() {
            match name(part) {
                "cols" => hidden_columns(part, &mut sheet),
                "sheetData" => self.rows(part, &mut sheet)?,
                "mergeCells" => sheet.merged = part.children().filter_map(range).collect(),
                "hyperlinks" => links(part, &relations, &mut sheet),
                "drawing" | "legacyDrawingHF" | "picture" => sheet.has_drawings = true,
                _ => {}
            }
        }
        if let Some(part) = relations.values().find(|relation| relation.kind == "comments")
            && let Some(text) = self.package.text(&part.target)?
        {
            let document = parsed(&text).map_err(|why| self.package.damaged(&why))?;
            let comments = document.descendants().filter(|node| name(*node) == "comment");
            sheet
                .comments
                .extend(comments.filter_map(|node| Some((place_of(attribute(node, "ref")?)?, comment(node)))));
        }
        Ok(sheet)
    }

    fn rows(&self, data: Node<'_, '_>, sheet: &mut Sheet) -> Result<(), String> {
        let mut row = 0;
        for node in data.children().filter(|node| name(*node) == "row") {
            // Rows and cells need not say where they are: they follow each other then.
            let said = attribute(node, "r").and_then(|row| row.parse::<u32>().ok()?.checked_sub(1));
            row = said.unwrap_or(row).min(LAST_ROW);
            if attribute(node, "hidden").is_some_and(is_on) {
                sheet.hidden_rows.insert(row);
            }
            let mut column = 0;
            for cell in node.children().filter(|node| name(*node) == "c") {
                let place = attribute(cell, "r").and_then(place_of).unwrap_or((row, column));
                column = place.1 + 1;
                sheet.put(place, self.content(cell))?;
            }
            row += 1;
        }
        Ok(())
    }

    /// What is seen in a cell.
    fn content(&self, cell: Node<'_, '_>) -> Content {
        let value = child(cell, "v").and_then(|value| value.text()).unwrap_or_default();
        let formula = child(cell, "f").and_then(|formula| formula.text()).unwrap_or_default();
        let text = match attribute(cell, "t").unwrap_or("n") {
            "s" => {
                value.trim().parse().ok().and_then(|place: usize| self.strings.get(place)).cloned().unwrap_or_default()
            }
            "inlineStr" => child(cell, "is").map(words).unwrap_or_default(),
            "str" => unescaped(value),
            "b" => if is_on(value) { "TRUE" } else { "FALSE" }.to_owned(),
            "n" => self.number(value.trim(), attribute(cell, "s")),
            // An error, and a day as text.
            _ => value.to_owned(),
        };
        // What no program has worked out yet is no more than the formula.
        let text = if text.is_empty() && !formula.is_empty() { format!("={formula}") } else { text };
        let link = formula.strip_prefix("HYPERLINK(\"").and_then(|rest| rest.split('"').next());
        Content { text, link: link.map(str::to_owned) }
    }

    fn number(&self, value: &str, style: Option<&str>) -> String {
        let Some(number) = value.parse::<f64>().ok().filter(|number| number.is_finite()) else {
            return value.to_owned();
        };
        let style = style.and_then(|style| style.parse::<usize>().ok()).unwrap_or_default();
        let format = self.formats.get(style).unwrap_or(&Format::General);
        format.shown(number, self.from_1904).unwrap_or_else(|| plain(number))
    }
}

/// The last row and column that there are (18.3.1.73, 18.3.1.13).
const LAST_ROW: u32 = 1_048_575;
const LAST_COLUMN: u32 = 16_383;

/// A sheet of cells, and its path. A sheet that is one chart has none.
fn tab(node: Node<'_, '_>, relations: &Relations) -> Option<(Tab, String)> {
    // The id stands in another vocabulary than the sheet's own number.
    let id = node.attributes().find(|attribute| attribute.name() == "id" && attribute.namespace().is_some())?;
    let part = relations.get(id.value()).filter(|relation| relation.kind == "worksheet")?;
    let is_hidden = attribute(node, "state").is_some_and(|state| state != "visible");
    Some((Tab { name: attribute(node, "name")?.to_owned(), is_hidden }, part.target.clone()))
}

/// The formats that cells name by their place.
fn formats(styles: Node<'_, '_>) -> Vec<Format> {
    let all = |list: &str, of: &'static str| {
        child(styles, list).into_iter().flat_map(move |list| list.children().filter(move |node| name(*node) == of))
    };
    let code = |node| Some((attribute(node, "numFmtId")?, attribute(node, "formatCode")?));
    let own: HashMap<&str, &str> = all("numFmts", "numFmt").filter_map(code).collect();
    let format = |node: Node<'_, '_>| {
        let id = attribute(node, "numFmtId").unwrap_or_default();
        own.get(id).map_or_else(|| Format::built_in(id.parse().unwrap_or_default()), |code| Format::of(code))
    };
    all("cellXfs", "xf").map(format).collect()
}

fn hidden_columns(columns: Node<'_, '_>, sheet: &mut Sheet) {
    for column in columns.children().filter(|node| attribute(*node, "hidden").is_some_and(is_on)) {
        let number =
            |wanted: &str| attribute(column, wanted).and_then(|number| number.parse::<u32>().ok()?.checked_sub(1));
        if let (Some(first), Some(last)) = (number("min"), number("max")) {
            sheet.hidden_columns.extend(first..=last.min(LAST_COLUMN));
        }
    }
}

fn links(links: Node<'_, '_>, relations: &Relations, sheet: &mut Sheet) {
    for link in links.children() {
        let id = link.attributes().find(|attribute| attribute.name() == "id").map(|id| id.value());
        let part = id.and_then(|id| relations.get(id)).filter(|part| part.is_outside);
        if let (Some(part), Some(range)) = (part, range(link)) {
            sheet.link(range, &part.target);
        }
    }
}

/// The words of a text, without those that say how it is spoken.
fn words(node: Node<'_, '_>) -> String {
    let mut text = String::new();
    for part in node.children() {
        match name(part) {
            "t" => text.push_str(part.text().unwrap_or_default()),
            "r" => text.push_str(child(part, "t").and_then(|part| part.text()).unwrap_or_default()),
            _ => {}
        }
    }
    unescaped(&text)
}

/// What somebody noted. Excel puts words for its older self around what is part of a conversation.
fn comment(node: Node<'_, '_>) -> String {
    let text = one_line(&child(node, "text").map(words).unwrap_or_default());
    let threaded = text.strip_prefix("[Threaded comment]").and_then(|rest| rest.split_once("Comment: "));
    threaded.map_or(text.clone(), |(_, words)| words.to_owned())
}

/// A text without the way in which Excel writes what XML can't hold: `_x000D_` (22.9.2.19).
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, behind) = rest.split_at_checked(at).unwrap_or((rest, ""));
        plain.push_str(before);
        let code = behind.get(2..6).filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let code = code.filter(|_| behind.get(6..7) == Some("_")).and_then(|code| u32::from_str_radix(code, 16).ok());
        let (c, taken) = code.and_then(char::from_u32).map_or((None, 2), |c| (Some(c), 7));
        plain.push_str(&c.map_or("_x".to_owned(), String::from));
        rest = behind.get(taken..).unwrap_or_default();
    }
    plain + rest
}

/// The first and the last cell of what an element is about: `B3:B5`.
fn range(node: Node<'_, '_>) -> Option<(Place, Place)> {
    let range = attribute(node, "ref")?;
    let (first, last) = range.split_once(':').unwrap_or((range, range));
    Some((place_of(first)?, place_of(last)?))
}

/// The place of a cell: `B7`, `$B$7`.
fn place_of(written: &str) -> Option<Place> {
    let plain = written.replace('$', "");
    let figures = plain.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = plain.strip_suffix(figures).filter(|letters| (1..=3).contains(&letters.len()))?;
    let column = letters.bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row: u32 = figures.parse().ok()?;
    let (row, column) = (row.checked_sub(1)?, column - 1);
    (row <= LAST_ROW && column <= LAST_COLUMN).then_some((row, column))
}

/// A property that is on (xsd:boolean).
fn is_on(value: &str) -> bool {
    matches!(value.trim(), "1" | "true" | "on")
}
