//! Parts of pages that are the same on many: made once for each set of arguments, and kept.

use super::noted::{Noted, Notes};
use rustc_hash::{FxHashMap, FxHasher};
use std::{
    cell::Cell,
    hash::{Hash, Hasher},
    sync::{OnceLock, PoisonError, RwLock, Weak},
};
use tera::{
    Context, Error, Kwargs, Tera, TeraResult, Value,
    value::{Key, ValueKind},
};

/// The argument that names the one which is a list.
const EACH: &str = "each";
/// The argument that says that maps and lists are the same where they hold the same.
const ALIKE: &str = "alike";

/// No library needs so many parts that more than these would be worth their room, about a kilobyte each.
const MOST: usize = 1 << 18;

/// Threads rarely wait for one another where the parts lie in so many drawers.
const DRAWERS: usize = 16;

/// How many parts may be made for each other, one within another. The engine counts the components that call each
/// other, and begins anew with each part.
const DEEPEST: usize = 16;
/// The stack that is to be left where a part is made, and what is taken where it is not, in bytes.
const STACK: (usize, usize) = (1024 * 1024, 4 * 1024 * 1024);

thread_local! {
    /// How many parts are being made on this thread, one within another.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// One more part that is being made, as long as it is.
struct Within(usize);

impl Within {
    fn another() -> Option<Self> {
        let depth = DEPTH.get();
        DEPTH.set(depth + 1);
        Some(Self(depth)).filter(|_| depth < DEEPEST)
    }
}

impl Drop for Within {
    fn drop(&mut self) {
        DEPTH.set(self.0);
    }
}

fn too_deep() -> Error {
    Error::message("Maximum render recursion depth for components exceeded.")
}

/// The components of one language's templates that were rendered for others to use.
///
/// Two arguments are the same where they are equal texts, numbers or truths, or where they are one map or one list:
/// the very one, so that nothing has to be compared, unless whoever asks says that others may be alike. What is kept
/// holds on to its arguments, so none of them can be another value at the address of one that is gone.
#[derive(Debug)]
pub(super) struct Kept {
    /// The templates, which hold the filter that asks for parts.
    engine: OnceLock<Weak<Tera>>,
    drawers: [RwLock<Drawer>; DRAWERS],
    /// How many parts a drawer holds before it is emptied: what no other page asks for is not kept for ever.
    most: usize,
}

type Drawer = FxHashMap<u64, Part>;

/// A component as it was rendered for some arguments.
#[derive(Debug)]
struct Part {
    component: Box<str>,
    arguments: Vec<(Key<'static>, Value)>,
    html: Value,
    /// What its making noted, for every page that shows it.
    notes: Option<Notes>,
}

/// What is asked for: a component and its arguments, one of which may stand for its items one by one.
#[derive(Clone, Copy)]
struct Asked<'a> {
    component: &'a str,
    arguments: &'a Kwargs,
    item: Option<(&'a str, &'a Value)>,
    /// True where maps and lists are the same that hold the same.
    alike: bool,
}

impl Default for Kept {
    fn default() -> Self {
        Self::new(0)
    }
}

impl Kept {
    /// Room for the parts of a library with so many entries.
    pub(super) fn new(entries: usize) -> Self {
        let most = (entries * 8 + 4096).min(MOST) / DRAWERS;
        Self { engine: OnceLock::new(), drawers: std::array::from_fn(|_| RwLock::default()), most }
    }

    /// Lets go of every part.
    pub(super) fn forget(&self) {
        for drawer in &self.drawers {
            *drawer.write().unwrap_or_else(PoisonError::into_inner) = Drawer::default();
        }
    }

    /// Says which templates the components are in.
    pub(super) fn bind(&self, engine: Weak<Tera>) {
        let _ = self.engine.set(engine);
    }

    /// `"entries.row" | kept(entry=entry)`: as `<entries.row entry/>`. The component sees its arguments and
    /// what every page of the language is given, and nothing of the page. With `each="entry"` the argument `entry` is
    /// a list, and the component is rendered for each of its values. With `alike=true` maps and lists that hold the
    /// same are the same.
    pub(super) fn render(&self, component: &str, arguments: &Kwargs, noted: &Noted) -> TeraResult<Value> {
        let alike = arguments.get::<bool>(ALIKE)?.unwrap_or_default();
        let Some(each) = arguments.get::<&str>(EACH)? else {
            return self.part(Asked { component, arguments, item: None, alike }, noted);
        };
        let items = arguments.must_get::<&[Value]>(each)?;
        let mut html = String::with_capacity(items.len() * 512);
        for item in items {
            let part = self.part(Asked { component, arguments, item: Some((each, item)), alike }, noted)?;
            html.push_str(part.as_str().unwrap_or_default());
        }
        Ok(Value::safe_string(&html))
    }

    fn part(&self, asked: Asked<'_>, noted: &Noted) -> TeraResult<Value> {
        let hash = asked.hash();
        let drawer = self.drawers.get((hash >> 32) as usize % DRAWERS).ok_or_else(lost)?;
        let kept = drawer.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(part) = kept.get(&hash).filter(|part| asked.is_for(part)) {
            if let Some(notes) = &part.notes {
                noted.add(notes);
            }
            return Ok(part.html.clone());
        }
        drop(kept);
        let within = Within::another().ok_or_else(too_deep)?;
        let before = noted.take();
        let html = stacker::maybe_grow(STACK.0, STACK.1, || self.make(asked));
        drop(within);
        let notes = noted.take();
        noted.add(&before);
        noted.add(&notes);
        let html = html?;
        let part = Part {
            component: asked.component.into(),
            arguments: asked.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
            html: html.clone(),
            notes: (!notes.is_empty()).then_some(notes),
        };
        let mut kept = drawer.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= self.most {
            kept.clear();
        }
        kept.insert(hash, part);
        Ok(html)
    }

    fn make(&self, asked: Asked<'_>) -> TeraResult<Value> {
        let engine = self.engine.get().and_then(Weak::upgrade).ok_or_else(lost)?;
        let mut context = Context::new();
        for (name, value) in asked.iter().filter_map(|(name, value)| Some((name.as_str()?, value))) {
            context.insert_value(name.to_owned(), value.clone());
        }
        Ok(Value::safe_string(&engine.render_component(asked.component, &context, None, true)?))
    }
}

impl<'a> Asked<'a> {
    /// The arguments of the component.
    fn iter(self) -> impl Iterator<Item = (&'a Key<'static>, &'a Value)> {
        let is_own = |name: &Key<'_>| !matches!(name.as_str(), Some(EACH | ALIKE));
        let arguments = self.arguments.iter().filter(move |(name, _)| is_own(name));
        arguments.map(move |(name, value)| match self.item {
            Some((each, item)) if name.as_str() == Some(each) => (name, item),
            _ => (name, value),
        })
    }

    fn is_for(self, part: &Part) -> bool {
        let mut own = part.arguments.iter();
        *part.component == *self.component
            && self
                .iter()
                .all(|(name, value)| own.next().is_some_and(|(n, v)| n == name && is_same(v, value, self.alike)))
            && own.next().is_none()
    }

    fn hash(self) -> u64 {
        let mut hasher = FxHasher::default();
        self.component.hash(&mut hasher);
        for (name, value) in self.iter() {
            name.as_str().hash(&mut hasher);
            hash(value, self.alike, &mut hasher);
        }
        hasher.finish()
    }
}

fn hash(value: &Value, alike: bool, hasher: &mut FxHasher) {
    match (value.kind(), alike) {
        (ValueKind::Map, false) => value.as_map().map(std::ptr::from_ref).hash(hasher),
        (ValueKind::Array, false) => value.as_array().map(<[Value]>::as_ptr).hash(hasher),
        (ValueKind::Map, true) => value.as_map().into_iter().flatten().for_each(|(_, item)| hash(item, true, hasher)),
        (ValueKind::Array, true) => value.as_array().into_iter().flatten().for_each(|item| hash(item, true, hasher)),
        (ValueKind::String, _) => value.as_str().hash(hasher),
        (ValueKind::Bool, _) => value.as_bool().hash(hasher),
        (kind, _) => (kind, value.as_i64()).hash(hasher),
    }
}

fn lost() -> Error {
    Error::message("`kept` can be called while a page is made only")
}

fn is_same(one: &Value, other: &Value, alike: bool) -> bool {
    one.kind() == other.kind()
        && match (one.as_map(), other.as_map(), one.as_array(), other.as_array()) {
            (Some(one), Some(other), ..) => {
                let pairs = || one.iter().zip(other);
                let is_same = |((a, one), (b, other)): ((_, _), (_, _))| a == b && is_same(one, other, true);
                std::ptr::eq(one, other) || alike && one.len() == other.len() && pairs().all(is_same)
            }
            (.., Some(one), Some(other)) => {
                let is_same = |(one, other): (&Value, &Value)| is_same(one, other, true);
                std::ptr::eq(one, other) || alike && one.len() == other.len() && one.iter().zip(other).all(is_same)
            }
            _ => one == other && one.is_safe() == other.is_safe(),
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };
    use tera::State;

    /// Functions that see what goes on.
    const MADE: &str = "made";
    const LACKS: &str = "lacks";

    const COMPONENTS: &str = r#"
{%- component row(entry, plain = false, @lang) -%}{{ made() }}{{ lang }}: {{ entry.title }}{% if plain %}!{% endif %}{%- endcomponent row -%}
{%- component word(text) -%}{{ made() }}{{ text }}{%- endcomponent word -%}
"#;

    /// What a template shows, and how many components were rendered for it.
    fn shown(template: &str) -> (String, usize) {
        let count = Arc::new(AtomicUsize::new(0));
        let made = count.clone();
        let kept = Arc::new(Kept::new(0));
        let asked = kept.clone();
        let mut tera = Tera::new();
        tera.register_function(MADE, move |_: Kwargs, _: &State| -> String {
            made.fetch_add(1, Ordering::Relaxed);
            String::new()
        });
        tera.register_filter("kept", move |component: &str, arguments: Kwargs, _: &State| {
            asked.render(component, &arguments, &Noted::default())
        });
        tera.add_raw_templates([("components.html", COMPONENTS), ("page.html", template)]).unwrap();
        tera.global_context().insert("lang", "en");
        let tera = Arc::new(tera);
        kept.bind(Arc::downgrade(&tera));
        let entries: Vec<Value> = ["A & B", "C"]
            .into_iter()
            .map(|title| Value::from(std::collections::BTreeMap::from([(Key::Str("title"), Value::from(title))])))
            .collect();
        let mut context = Context::new();
        context.insert_value("entries", Value::from(entries));
        let page = tera.render("page.html", &context).unwrap_or_else(|error| error.to_string());
        (page, count.load(Ordering::Relaxed))
    }

    #[test]
    fn a_component_is_rendered_once_for_a_set_of_arguments() {
        let rows = r#"{% for entry in [...entries, ...entries] %}{{ "row" | kept(entry=entry) }}, {% endfor %}"#;
        assert_eq!(shown(rows), ("en: A &amp; B, en: C, en: A &amp; B, en: C, ".to_owned(), 2));
        let looks = r#"{{ "row" | kept(entry=entries[1], plain=true) }} {{ "row" | kept(entry=entries[1]) }}"#;
        assert_eq!(shown(looks), ("en: C! en: C".to_owned(), 2));
        let each = r#"{{ "row" | kept(entry=entries[1]) }}, {{ "row" | kept(each="entry", entry=entries) }}"#;
        assert_eq!(shown(each), ("en: C, en: A &amp; Ben: C".to_owned(), 2));
    }

    #[test]
    fn what_a_part_lacks_is_noted_of_every_page_that_shows_it() {
        let (kept, noted) = (Arc::new(Kept::new(0)), Arc::new(Noted::default()));
        let (asked, told, lacks) = (kept.clone(), noted.clone(), noted.clone());
        let mut tera = Tera::new();
        tera.register_function(LACKS, move |_: Kwargs, _: &State| -> &'static str {
            lacks.lacks("word");
            ""
        });
        tera.register_filter("kept", move |component: &str, arguments: Kwargs, _: &State| {
            asked.render(component, &arguments, &told)
        });
        let page = r#"{% component a() %}{{ lacks() }}{% endcomponent a %}{{ "a" | kept }}"#;
        tera.add_raw_template("page.html", page).unwrap();
        let tera = Arc::new(tera);
        kept.bind(Arc::downgrade(&tera));
        for _ in 0..2 {
            tera.render("page.html", &Context::new()).unwrap();
            assert_eq!(noted.take().lacking.into_iter().collect::<Vec<_>>(), ["word"]);
        }
    }

    #[test]
    fn what_nobody_asks_for_again_is_not_kept_for_ever() {
        let kept = Arc::new(Kept::new(0));
        let asked = kept.clone();
        let mut tera = Tera::new();
        tera.register_filter("kept", move |component: &str, arguments: Kwargs, _: &State| {
            asked.render(component, &arguments, &Noted::default())
        });
        let numbers = r#"{% component n(n) %}{{ n }}{% endcomponent n %}{% for n in range(end=9000) %}{{ "n" | kept(n=n) }}{% endfor %}"#;
        tera.add_raw_template("page.html", numbers).unwrap();
        let tera = Arc::new(tera);
        kept.bind(Arc::downgrade(&tera));
        assert!(tera.render("page.html", &Context::new()).unwrap().ends_with("89988999"));
        let held: usize = kept.drawers.iter().map(|drawer| drawer.read().unwrap().len()).sum();
        assert!((1..=4096).contains(&held), "{held}");
    }

    #[test]
    fn texts_are_the_same_where_they_are_equal_and_as_safe() {
        let words = r#"{% for word in ["a", "<", "a"] %}{{ "word" | kept(text=word) }}{% endfor %}"#;
        assert_eq!(shown(words), ("a&lt;a".to_owned(), 2));
        let safe = r#"{{ "word" | kept(text="<") }}{{ "word" | kept(text="<" | safe) }}"#;
        assert_eq!(shown(safe), ("&lt;<".to_owned(), 2));
    }

    #[test]
    fn a_map_made_on_the_way_is_never_taken_for_another() {
        let maps = r#"{% for title in ["A", "B", "A"] %}{{ "row" | kept(entry={"title": title}) }} {% endfor %}"#;
        assert_eq!(shown(maps), ("en: A en: B en: A ".to_owned(), 3));
        let alike = maps.replace("entry=", "alike=true, entry=");
        assert_eq!(shown(&alike), ("en: A en: B en: A ".to_owned(), 2));
        let safe = r#"{% for title in ["<", "<" | safe] %}{{ "row" | kept(alike=true, entry={"title": title}) }} {% endfor %}"#;
        assert_eq!(shown(safe), ("en: &lt; en: < ".to_owned(), 2));
    }
}
