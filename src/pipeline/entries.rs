//! The pages of a library held against their kinds, and what every page is held against.

use super::{Progress, sources::Sources, stepped};
use crate::{
    advice::{self, Adviser, Silence},
    config::Config,
    diagnostic::{self, Code, Diagnostic},
    mishap,
    model::{Entry, Registers, SourceFile, Theme, ThemeFiles},
    parse,
    rules::Rules,
    validate,
};
use rayon::prelude::*;
use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

/// The theme and the registers, understood.
#[derive(Debug)]
pub(super) struct Understood {
    files: Arc<ThemeFiles>,
    data: Vec<Arc<SourceFile>>,
    pub(super) theme: Arc<Theme>,
    pub(super) registers: Arc<Registers>,
    theme_faults: Vec<Diagnostic>,
    data_faults: Vec<Diagnostic>,
    adviser: Arc<OnceLock<Adviser>>,
}

impl Understood {
    /// What these sources say, as far as they say something new.
    pub(super) fn read(before: Option<&Self>, sources: &Sources) -> Self {
        let (theme, theme_faults) = match before.filter(|before| Arc::ptr_eq(&before.files, &sources.theme)) {
            Some(before) => (before.theme.clone(), before.theme_faults.clone()),
            None => {
                let (theme, faults) = parse::theme(ThemeFiles::clone(&sources.theme));
                (Arc::new(theme), faults)
            }
        };
        let (registers, data_faults) = match before.filter(|before| is_same(&before.data, &sources.data)) {
            Some(before) => (before.registers.clone(), before.data_faults.clone()),
            None => {
                let (registers, faults) = registers(&sources.data);
                (Arc::new(registers), faults)
            }
        };
        let is_same = |before: &&Self| Arc::ptr_eq(&before.theme, &theme) && Arc::ptr_eq(&before.registers, &registers);
        let adviser = before.filter(is_same).map(|before| before.adviser.clone()).unwrap_or_default();
        let (files, data) = (sources.theme.clone(), sources.data.clone());
        Self { files, data, theme, registers, theme_faults, data_faults, adviser }
    }

    /// What gives advice on language, made ready the first time that somebody asks for it.
    pub(super) fn adviser(&self) -> &Adviser {
        self.adviser.get_or_init(|| Adviser::new(self.theme.clone(), &self.registers))
    }

    /// True where a page that fits the one fits the other, as the same entry with the same ties.
    pub(super) fn has_same_rules(&self, other: &Self) -> bool {
        let names = |files: &ThemeFiles| files.statics.iter().map(|file| file.path.clone()).collect::<Vec<_>>();
        Arc::ptr_eq(&self.registers, &other.registers)
            && (Arc::ptr_eq(&self.theme, &other.theme)
                || (self.files.has_same_rules(&other.files) && names(&self.files) == names(&other.files)))
    }

    pub(super) fn faults(&self) -> impl Iterator<Item = &Diagnostic> {
        self.theme_faults.iter().chain(&self.data_faults)
    }
}

fn registers(data: &[Arc<SourceFile>]) -> (Registers, Vec<Diagnostic>) {
    let (mut registers, mut faults) = (Registers::new(), Vec::new());
    for file in data {
        let (register, found) = parse::register(file);
        faults.extend(found);
        registers.insert(register.name.clone(), register);
    }
    (registers, faults)
}

fn is_same(one: &[Arc<SourceFile>], other: &[Arc<SourceFile>]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| Arc::ptr_eq(one, other))
}

/// A page and what became of it.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub(super) source: Arc<SourceFile>,
    pub(super) entry: Option<Arc<Entry>>,
    pub(super) faults: Vec<Diagnostic>,
    /// The notes in it that silence faults.
    pub(super) silences: Vec<Silence>,
}

impl Checked {
    /// True where Casebook itself failed at it: that says nothing of the page.
    fn has_failed(&self) -> bool {
        self.faults.iter().any(|fault| fault.code == Code::InternalFault)
    }
}

/// What differs from the last time in the pages that are there.
#[derive(Debug)]
pub(super) enum Difference {
    /// These entries, each in the place of one with the same path. There may be none.
    Entries {
        changed: Vec<Arc<Entry>>,
        /// True where they differ in nothing but their texts.
        in_texts_only: bool,
    },
    /// Which entries there are.
    More,
}

/// Every page, in the order of paths. Those that are the very ones of `before` are not read again. With `advising`, what
/// there is to say of its language is among its faults.
pub(super) fn check(
    before: Option<Vec<Checked>>,
    sources: &Sources,
    understood: &Understood,
    config: &Config,
    advising: bool,
    progress: &dyn Progress,
) -> (Vec<Checked>, Difference) {
    let rules = Rules { config, theme: &understood.theme, registers: &understood.registers };
    let adviser = advising.then(|| understood.adviser());
    let read = |source: &Arc<SourceFile>| {
        let checked = mishap::caught(|| source.path.clone(), || stepped(progress, || checked(source, rules, adviser)));
        let failed = |fault| Checked { source: source.clone(), entry: None, faults: vec![fault], silences: Vec::new() };
        checked.unwrap_or_else(failed)
    };
    let Some(before) = before else {
        return (sources.pages.par_iter().map(read).collect(), Difference::More);
    };
    let mut pages = placed(before, &sources.pages);
    let is_kept = |kept: &Option<Checked>, page| {
        kept.as_ref().is_some_and(|kept| Arc::ptr_eq(&kept.source, page) && !kept.has_failed())
    };
    let stale = sources.pages.iter().enumerate().zip(&pages).filter(|((_, page), kept)| !is_kept(kept, page));
    let stale: Vec<(usize, &Arc<SourceFile>)> = stale.map(|(stale, _)| stale).collect();
    let read: Vec<_> = stale.into_par_iter().map(|(place, page)| (place, read(page))).collect();
    let (mut changed, mut in_texts_only, mut more) = (Vec::new(), true, false);
    for (place, now) in read {
        let Some(slot) = pages.get_mut(place) else { continue };
        match (&now.entry, slot.as_ref().map(|then| &then.entry)) {
            (Some(now), Some(Some(then))) => {
                in_texts_only &= now.is_same_but_texts(then);
                changed.push(now.clone());
            }
            (None, Some(None)) => {}
            _ => more = true,
        }
        *slot = Some(now);
    }
    // Pages that are gone are told by those that are left: the paths of all are compared elsewhere.
    let difference = if more { Difference::More } else { Difference::Entries { changed, in_texts_only } };
    (pages.into_iter().flatten().collect(), difference)
}

/// What became of each page the last time, in the order of the pages as they are now.
fn placed(before: Vec<Checked>, pages: &[Arc<SourceFile>]) -> Vec<Option<Checked>> {
    let is_at = |(checked, page): (&Checked, &Arc<SourceFile>)| checked.source.path == page.path;
    if before.len() == pages.len() && before.iter().zip(pages).all(is_at) {
        return before.into_iter().map(Some).collect();
    }
    let mut known: HashMap<String, Checked> =
        before.into_iter().map(|checked| (checked.source.path.clone(), checked)).collect();
    pages.iter().map(|page| known.remove(page.path.as_str())).collect()
}

fn checked(source: &Arc<SourceFile>, rules: Rules<'_>, adviser: Option<&Adviser>) -> Checked {
    let (document, mut faults) = parse::document(source.clone());
    let (entry, found) = validate::entry(document, rules);
    faults.extend(found);
    let silences = entry.as_ref().map(advice::silences).unwrap_or_default();
    if let (Some(adviser), Some(entry)) = (adviser, &entry) {
        faults.extend(adviser.advise(entry));
        faults.extend(silences.iter().flat_map(|silence| silence.faults.iter().cloned()));
    }
    // All are sorted once they are told: what is in order already costs next to nothing then.
    diagnostic::sort(&mut faults);
    Checked { source: source.clone(), entry: entry.map(Arc::new), faults, silences }
}
