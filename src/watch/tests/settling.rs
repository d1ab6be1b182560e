//! When a change is whole, by a clock of its own.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use crate::watch::settling::{Next, Settling};

/// A page that is there already.
const PAGE: &str = "content/a.md";

struct Story {
    settling: Settling,
    now: Instant,
    told: Vec<(u128, Vec<String>)>,
    start: Instant,
}

impl Story {
    fn new() -> Self {
        let now = Instant::now();
        Self { settling: Settling::default(), now, told: Vec::new(), start: now }
    }

    /// Something happens so many microseconds later.
    fn after(&mut self, micros: u64, what: impl FnOnce(&mut Settling, Instant)) -> &mut Self {
        let until = self.now + Duration::from_micros(micros);
        self.run(until);
        self.now = until;
        what(&mut self.settling, until);
        self
    }

    /// Asks at each moment at which it is to ask, as long as nothing else happens.
    fn run(&mut self, until: Instant) {
        loop {
            match self.settling.next(self.now) {
                Next::Tell(paths) => self.told.push(((self.now - self.start).as_millis(), names(&paths))),
                Next::Wait(Some(moment)) if moment <= until => {
                    assert!(moment > self.now, "it asks to be asked at once, again and again");
                    self.now = moment;
                }
                Next::Wait(_) => return,
            }
        }
    }

    /// What was told, and after how many milliseconds.
    fn told(&mut self) -> &[(u128, Vec<String>)] {
        self.run(self.now + Duration::from_secs(60));
        &self.told
    }
}

fn names(paths: &BTreeSet<PathBuf>) -> Vec<String> {
    paths.iter().map(|path| path.to_str().unwrap().to_owned()).collect()
}

fn once(millis: u128, path: &str) -> [(u128, Vec<String>); 1] {
    [(millis, vec![path.to_owned()])]
}

#[test]
fn a_save_in_place_is_told_when_it_is_closed() {
    let page = Path::new(PAGE);
    let mut story = Story::new();
    story.after(0, |s, now| s.written(page, now)).after(400_000, |s, now| s.written(page, now));
    story.after(400_000, |s, now| s.closed(page, true, now));
    assert_eq!(story.told(), once(802, PAGE));
}

#[test]
fn a_save_by_renaming_is_told_at_once_and_once() {
    let (page, passing) = (Path::new(PAGE), Path::new("content/sedXyz"));
    let mut story = Story::new();
    story.after(0, |s, now| s.written(passing, now)).after(100, |s, now| s.closed(passing, false, now));
    story.after(900, |s, now| s.gone(passing, false, now)).after(0, |s, now| s.replaced(page, now));
    // The rights of the file, put back afterwards.
    story.after(300, |s, now| s.whole(page, now));
    assert_eq!(story.told(), once(3, PAGE));
}

#[test]
fn a_name_that_comes_back_was_never_gone() {
    let page = Path::new(PAGE);
    let mut story = Story::new();
    story.after(0, |s, now| s.gone(page, true, now)).after(8_000, |s, now| s.written(page, now));
    story.after(50_000, |s, now| s.closed(page, true, now));
    assert_eq!(story.told(), once(60, PAGE));
}

#[test]
fn a_page_that_is_gone_is_told_and_a_renamed_one_with_its_new_name() {
    let (page, other) = (Path::new(PAGE), Path::new("content/b.md"));
    let mut story = Story::new();
    story.after(0, |s, now| s.gone(page, true, now));
    assert_eq!(story.told(), once(30, PAGE));
    let mut story = Story::new();
    story.after(0, |s, now| s.gone(page, true, now)).after(0, |s, now| s.replaced(other, now));
    assert_eq!(story.told(), [(30, vec![PAGE.to_owned(), "content/b.md".to_owned()])]);
}

#[test]
fn a_program_that_keeps_its_file_open_is_waited_for_in_vain_no_longer_than_half_a_second() {
    let page = Path::new(PAGE);
    let mut story = Story::new();
    story.after(0, |s, now| s.written(page, now));
    assert_eq!(story.told().len(), 1);
}

#[test]
fn a_long_copy_does_not_keep_a_save_waiting() {
    let (page, film) = (Path::new(PAGE), Path::new("content/film.mp4"));
    let mut story = Story::new();
    for number in 0..2_000 {
        story.after(1_000, |s, now| s.written(film, now));
        if number == 500 {
            story.after(0, |s, now| s.closed(page, true, now));
        }
    }
    story.after(0, |s, now| s.closed(film, false, now));
    let told = story.told();
    assert_eq!(told.len(), 2);
    assert_eq!(told[0].1, [PAGE]);
    assert!(told[0].0 < 520, "{told:?}");
    assert_eq!(told[1].1, ["content/film.mp4"]);
}

#[test]
fn a_switched_branch_is_one_change() {
    let mut story = Story::new();
    for number in 0..5_000_u64 {
        let path = PathBuf::from(format!("content/{number}.md"));
        // Now and then the disk takes its time.
        let pause = if number % 1_000 == 999 { 80_000 } else { 200 };
        story.after(pause, |s, now| s.gone(&path, true, now)).after(50, |s, now| s.written(&path, now));
        story.after(50, |s, now| s.closed(&path, true, now));
    }
    let told = story.told();
    assert_eq!(told.iter().map(|(_, paths)| paths.len()).collect::<Vec<_>>(), [5_000]);
}

#[test]
fn changes_without_end_are_told_all_the_same() {
    let mut story = Story::new();
    for number in 0..1_000 {
        let path = PathBuf::from(format!("content/{number}.md"));
        story.after(20_000, |s, now| s.closed(&path, true, now));
        story.after(0, |s, now| s.closed(&path.with_extension("txt"), true, now));
        story.after(10_000, |s, now| s.gone(Path::new(PAGE), true, now));
    }
    // Half a minute in lots of five seconds.
    assert!((5..=7).contains(&story.told().len()), "{}", story.told().len());
}
