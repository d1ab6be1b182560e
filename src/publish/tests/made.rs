//! What recipes make, and when.

use std::{
    fs,
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::Site;
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{Content, Ingredient, Measure, Measured, Output, Recipe, Span},
    publish::{Making, cache::Cache, destination::Destination, hash::Hash, publish},
};

/// A recipe that counts how often it is used; it puts `stamp` behind its file, and can't do with an empty one.
fn output(path: &str, stamp: &'static str, source: &Path, made: &Arc<AtomicUsize>) -> Output {
    let (made, name) = (made.clone(), path.to_owned());
    let recipe = Recipe::new(format!("stamp {stamp}"), [Ingredient::File(source.to_owned())], move |files| {
        made.fetch_add(1, Ordering::Relaxed);
        match files {
            [file] if !file.is_empty() => Ok([file, stamp.as_bytes()].concat()),
            _ => Err(Diagnostic::new(Code::UnusablePicture, "It is empty").at(&name, Span::default())),
        }
    });
    Output::made(path, recipe)
}

#[test]
fn only_what_the_site_lacks_is_made() {
    let site = Site::new();
    let (one, other) = (site.beside("one"), site.beside("other"));
    fs::write(&one, "1").unwrap();
    fs::write(&other, "2").unwrap();
    let made = Arc::new(AtomicUsize::new(0));
    let outputs = |stamp| vec![output("a", stamp, &one, &made), output("b", "!", &other, &made)];
    let count = || made.swap(0, Ordering::Relaxed);

    let first = site.publish_outputs(&outputs("!")).unwrap();
    assert_eq!((count(), first.written, first.bytes), (2, 2, 4));
    assert_eq!((site.read("a"), site.read("b")), ("1!".into(), "2!".into()));
    assert!(site.left_over().is_empty());

    let again = site.publish_outputs(&outputs("!")).unwrap();
    assert_eq!((count(), again.written, again.bytes), (0, 0, 4));

    fs::write(&other, "3").unwrap();
    assert_eq!((site.publish_outputs(&outputs("!")).unwrap().written, count()), (1, 1));
    assert_eq!((site.read("a"), site.read("b")), ("1!".into(), "3!".into()));

    site.publish_outputs(&outputs("?")).unwrap();
    assert_eq!((count(), site.read("a")), (1, "1?".into()));

    // Changed behind our back, so changed in the cache too: made again. Gone: taken from there. A page beside it
    // changes nothing.
    site.write("a", "x?");
    fs::remove_file(site.path("b")).unwrap();
    site.publish_outputs(&outputs("?")).unwrap();
    assert_eq!((count(), site.read("a"), site.read("b")), (1, "1?".into(), "3!".into()));
    let more: Vec<Output> = outputs("?").into_iter().chain([Output::bytes("page", "new")]).collect();
    site.publish_outputs(&more).unwrap();
    assert_eq!(count(), 0);

    // Without the site there is the cache, and without both there is nothing to go by.
    fs::remove_dir_all(site.path("")).unwrap();
    site.publish_outputs(&outputs("?")).unwrap();
    assert_eq!((count(), site.read("a")), (0, "1?".into()));
    fs::remove_dir_all(site.path("")).unwrap();
    fs::remove_dir_all(site.beside("library/.casebook")).unwrap();
    site.publish_outputs(&outputs("?")).unwrap();
    assert_eq!(count(), 2);
    site.publish_outputs(&outputs("?")[..1]).unwrap();
    assert!(!site.path("b").exists());
}

#[test]
fn one_origin_is_made_once_for_many_places() {
    let site = Site::new();
    let source = site.beside("one");
    fs::write(&source, "1").unwrap();
    let made = Arc::default();
    site.publish_outputs(&[output("a", "!", &source, &made), output("b/c", "!", &source, &made)]).unwrap();
    assert_eq!((made.load(Ordering::Relaxed), site.read("b/c")), (1, "1!".into()));
}

#[test]
fn what_can_not_be_made_is_told_of_each_and_the_rest_is_not_made_twice() {
    let site = Site::new();
    let (sound, empty) = (site.beside("sound"), site.beside("empty"));
    fs::write(&sound, "1").unwrap();
    let made = Arc::default();
    let outputs = [output("a", "!", &sound, &made), output("b", "!", &empty, &made), output("c", "?", &empty, &made)];
    fs::write(&empty, "2").unwrap();
    site.publish_outputs(&outputs).unwrap();
    let before = site.files();

    fs::write(&empty, "").unwrap();
    fs::write(&sound, "3").unwrap();
    let faults = publish(&site.beside("library"), &site.path(""), &outputs, &|_| ()).unwrap_err();
    let places: Vec<_> = faults.iter().filter_map(|fault| Some(fault.place.as_ref()?.path.as_str())).collect();
    assert_eq!(places, ["b", "c"]);
    assert_eq!(site.files(), before);

    // What was made is kept for the next build, unless it is no longer what it was.
    made.store(0, Ordering::Relaxed);
    fs::write(&empty, "4").unwrap();
    site.publish_outputs(&outputs).unwrap();
    assert_eq!((made.swap(0, Ordering::Relaxed), site.read("a")), (2, "3!".into()));
    assert!(site.left_over().is_empty());
}

#[test]
fn a_half_made_piece_is_made_again() {
    let site = Site::new();
    let (sound, empty) = (site.beside("sound"), site.beside("empty"));
    fs::write(&sound, "1").unwrap();
    fs::write(&empty, "").unwrap();
    let made = Arc::default();
    let outputs = [output("a", "!", &sound, &made), output("b", "!", &empty, &made)];
    site.publish_outputs(&outputs).unwrap_err();
    let folder = site.beside("library/.casebook/cache");
    let piece = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    fs::write(&piece, "half").unwrap();
    fs::write(folder.join("strange"), "").unwrap();
    site.publish_outputs(&outputs[..1]).unwrap();
    assert_eq!((site.read("a"), made.load(Ordering::Relaxed)), ("1!".into(), 3));
    assert!(!folder.join("strange").exists());
}

#[test]
fn what_is_made_of_others_is_made_after_them_and_only_when_they_change() {
    let site = Site::new();
    let source = site.beside("one");
    fs::write(&source, "1").unwrap();
    let made = Arc::default();
    let inner = |stamp| match output("a", stamp, &source, &made).content {
        Content::Made(recipe) => recipe,
        other => panic!("{other:?}"),
    };
    let outer = |stamp| {
        let counter = made.clone();
        let whole = Recipe::new("whole", [Ingredient::Made(inner(stamp))], move |parts| {
            counter.fetch_add(10, Ordering::Relaxed);
            Ok([b"<", &*parts[0], b">"].concat())
        });
        vec![Output::made("whole", whole), Output::made("a", inner(stamp))]
    };
    let count = || made.swap(0, Ordering::Relaxed);
    site.publish_outputs(&outer("!")).unwrap();
    assert_eq!((count(), site.read("whole")), (11, "<1!>".into()));
    site.publish_outputs(&outer("!")).unwrap();
    assert_eq!(count(), 0);
    // The part is in the site, the whole is made anew of it.
    fs::remove_dir_all(site.beside("library/.casebook")).unwrap();
    fs::remove_file(site.path("whole")).unwrap();
    site.publish_outputs(&outer("!")).unwrap();
    assert_eq!((count(), site.read("whole")), (10, "<1!>".into()));
    site.publish_outputs(&outer("?")).unwrap();
    assert_eq!((count(), site.read("whole")), (11, "<1?>".into()));
}

#[test]
fn a_page_tells_the_size_and_the_pages_of_what_is_made_whether_now_or_before() {
    let site = Site::new();
    let source = site.beside("one");
    fs::write(&source, "1").unwrap();
    let outputs = |stamp: &'static str| {
        let key = format!("pages {stamp}");
        let recipe = Recipe::new(key, [Ingredient::File(source.clone())], move |files| {
            Ok([&files[0], stamp.as_bytes()].concat())
        });
        let recipe = Arc::new(recipe.of_pages(|bytes| Some(bytes.len() as u32 * 2)));
        let tell = Box::new(|of: &[Measure]| format!("{} {:?}", of[0].size, of[0].pages).into_bytes());
        let told = Content::Measured(Arc::new(Measured { of: vec![recipe.clone()], tell }));
        [Output { path: "page".into(), content: told }, Output::made("a", recipe)]
    };
    assert_eq!(site.publish_outputs(&outputs("!")).unwrap().written, 2);
    assert_eq!(site.read("page"), "2 Some(4)");
    assert_eq!(site.publish_outputs(&outputs("!")).unwrap().unchanged, 2);
    assert_eq!((site.publish_outputs(&outputs("?!")).unwrap().written, site.read("page")), (2, "3 Some(6)".into()));
    // The page alone is gone; what it tells of is not read again.
    fs::remove_file(site.path("page")).unwrap();
    assert_eq!((site.publish_outputs(&outputs("?!")).unwrap().written, site.read("page")), (1, "3 Some(6)".into()));
    // From the cache, with the pages in its name.
    site.publish_outputs(&outputs("!")).unwrap();
    assert_eq!(site.read("page"), "2 Some(4)");
}

#[test]
fn whoever_waits_hears_how_far_it_is() {
    let site = Site::new();
    let source = site.beside("one");
    fs::write(&source, "1").unwrap();
    let made = Arc::default();
    let outputs =
        [output("a", "!", &source, &made), output("b", "?", &source, &made), output("c", "?", &source, &made)];
    let heard = Mutex::new(Vec::new());
    publish(&site.beside("library"), &site.path(""), &outputs, &|making| heard.lock().unwrap().push(making)).unwrap();
    assert_eq!(heard.into_inner().unwrap(), [Making::Start(2), Making::Step, Making::Step]);
}

#[test]
fn the_cache_keeps_what_is_used_and_the_newest_of_the_rest() {
    let site = Site::new();
    let cache =
        Cache::of(&site.beside("library"), &Destination::check(&site.beside("library"), &site.path("")).unwrap());
    cache.open().unwrap();
    let kept = ["a", "b", "c"].map(|text| {
        let piece = cache.keep(Hash::of(text.as_bytes()), text.as_bytes(), None).unwrap();
        let time = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(u64::from(text.as_bytes()[0]));
        fs::File::options().write(true).open(&piece.path).unwrap().set_modified(time).unwrap();
        site.beside("library/.casebook/cache").join(piece.path.file_name().unwrap())
    });
    assert!(kept.iter().all(|path| path.exists()));
    cache.prune_to(&[Hash::of(b"a")].into(), 1);
    assert_eq!(kept.map(|path| path.exists()), [true, false, true]);
}

#[test]
fn a_recipe_that_panics_is_told_by_its_file_and_the_old_site_stays() {
    let site = Site::new();
    site.publish_outputs(&[Output::bytes("a", "old")]).unwrap();
    let before = site.files();
    let recipe = Recipe::new("falls", [], |_| panic!("over"));
    let outputs = [Output::bytes("a", "new"), Output::made("b.pdf", recipe)];
    let faults = publish(&site.beside("library"), &site.path(""), &outputs, &|_| ()).unwrap_err();
    let told: Vec<_> = faults.iter().map(|fault| (fault.code, fault.message.split(" (").next().unwrap())).collect();
    assert_eq!(told, [(Code::InternalFault, "Casebook itself failed at b.pdf: over")]);
    assert_eq!(site.files(), before);
}
