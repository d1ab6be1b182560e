//! How the paragraphs of lists are marked (ISO/IEC 29500-1, 17.9).

use super::xml::{Node, attribute, child, name, number, value};
use std::collections::HashMap;

/// The lists of a document.
#[derive(Default)]
pub(super) struct Numbering {
    lists: HashMap<u32, List>,
    /// How far each list has counted, level by level.
    counts: HashMap<u32, Vec<Option<u64>>>,
}

#[derive(Clone, Default)]
struct List {
    levels: HashMap<usize, Level>,
}

#[derive(Clone)]
struct Level {
    counts: bool,
    is_marked: bool,
    start: u64,
    left: i32,
}

/// How an item is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// Which list it is of.
    pub(super) list: u32,
    /// Its level there, from 0.
    pub(super) level: usize,
    /// Its number, where it has one.
    pub(super) number: Option<u64>,
    /// How far in its words stand, in twentieths of a point.
    pub(super) left: i32,
}

impl Numbering {
    /// Those of `word/numbering.xml`.
    pub(super) fn new(root: Node<'_, '_>) -> Self {
        let of = |wanted: &'static str| root.children().filter(move |node| name(*node) == wanted);
        let mut kinds: HashMap<u32, List> = HashMap::new();
        let mut linked: HashMap<&str, u32> = HashMap::new();
        let mut links: Vec<(u32, &str)> = Vec::new();
        for node in of("abstractNum") {
            let Some(id) = attribute(node, "abstractNumId").and_then(|id| id.parse().ok()) else { continue };
            kinds.insert(id, List { levels: levels(node).collect() });
            linked.extend(value(node, "styleLink").map(|style| (style, id)));
            links.extend(value(node, "numStyleLink").map(|style| (id, style)));
        }
        for (id, style) in links {
            if let Some(meant) = linked.get(style).and_then(|meant| kinds.get(meant)).cloned() {
                kinds.insert(id, meant);
            }
        }
        let list = |node: Node<'_, '_>| {
            let id = attribute(node, "numId")?.parse().ok()?;
            let mut list = kinds.get(&number(node, "abstractNumId")?).cloned().unwrap_or_default();
            for changed in node.children().filter(|child| name(*child) == "lvlOverride") {
                list.levels.extend(levels(changed));
                let start = number(changed, "startOverride");
                let level = attribute(changed, "ilvl").and_then(|level| level.parse::<usize>().ok());
                if let (Some(start), Some(level)) = (start, level.and_then(|level| list.levels.get_mut(&level))) {
                    level.start = start;
                }
            }
            Some((id, list))
        };
        Self { lists: of("num").filter_map(list).collect(), counts: HashMap::new() }
    }

    /// The mark of the next item of a list at a level; `None` for a paragraph that is marked by nothing.
    pub(super) fn mark(&mut self, list: u32, level: usize) -> Option<Mark> {
        if list == 0 {
            return None;
        }
        let known = self.lists.get(&list)?.levels.get(&level);
        let Some(Level { counts, is_marked, start, left }) = known.cloned() else {
            return Some(Mark { list, level, number: None, left: 0 });
        };
        if !is_marked {
            return None;
        }
        let counted = self.counts.entry(list).or_default();
        counted.resize(level + 1, None);
        let next = counted.get(level).copied().flatten().map_or(start, |last| last + 1);
        if let Some(last) = counted.get_mut(level) {
            *last = Some(next);
        }
        Some(Mark { list, level, number: counts.then_some(next), left })
    }
}

fn levels<'a>(node: Node<'a, '_>) -> impl Iterator<Item = (usize, Level)> + 'a {
    node.children().filter(|child| name(*child) == "lvl").filter_map(|node| {
        let format = value(node, "numFmt").unwrap_or("decimal");
        let text = value(node, "lvlText").unwrap_or_default();
        let level = Level {
            counts: !["bullet", "none"].contains(&format),
            is_marked: format == "bullet" || !text.is_empty(),
            start: number(node, "start").unwrap_or(1),
            left: child(node, "pPr").and_then(super::styles::left).unwrap_or(0),
        };
        Some((attribute(node, "ilvl")?.parse().ok()?, level))
    })
}
