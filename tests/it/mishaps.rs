//! What a panic costs: the piece of work that it happens in.

use crate::site::Site;
use casebook::{
    config::Overrides,
    diagnostic::{Code, Diagnostic},
    model::Changed,
    pipeline::{self, Progress, Session, Stage, Unseen},
};
use std::sync::Mutex;

/// Whoever follows a run and falls over in one stage of it, whenever a step of that is done.
struct Falling(Stage, Mutex<Option<Stage>>);

impl Falling {
    fn at(stage: Stage) -> Self {
        Self(stage, Mutex::default())
    }
}

impl Progress for Falling {
    fn start(&self, stage: Stage, _: usize) {
        assert!(!(stage == Stage::Link && self.0 == stage), "over the library");
        *self.1.lock().unwrap() = Some(stage);
    }

    fn step(&self) {
        assert!(*self.1.lock().unwrap() != Some(self.0), "over a page");
    }
}

fn library() -> Site {
    Site::new().page("content/guides/a.md", "A", "themes: [none]\n", "Text.")
}

/// The faults of a run, after which the same session is as good as a new one.
fn faults(stage: Stage) -> Vec<Diagnostic> {
    let site = library();
    let config = pipeline::settings(site.root(), &Overrides::default()).unwrap_or_else(|_| panic!("settings"));
    let mut session = Session::default();
    let faults = session.run(&config, &Changed::Everything, &Falling::at(stage)).run.diagnostics;
    let again = session.run(&config, &Changed::Paths(Vec::new()), &Unseen).run;
    assert_eq!(again.diagnostics, pipeline::run(&config, &Unseen).diagnostics);
    faults
}

fn told(faults: &[Diagnostic]) -> Vec<&str> {
    let ours = faults.iter().filter(|fault| fault.code == Code::InternalFault);
    ours.map(|fault| fault.message.split(" (at ").next().unwrap()).collect()
}

#[test]
fn a_page_that_brings_its_check_down_is_named_and_the_rest_is_checked() {
    assert_eq!(told(&faults(Stage::Parse)), ["Casebook itself failed at content/guides/a.md: over a page"]);
}

#[test]
fn a_page_that_brings_its_making_down_is_named_beside_all_other_faults() {
    let faults = faults(Stage::Render);
    assert!(told(&faults).contains(&"Casebook itself failed at content/guides/a.md: over a page"), "{faults:?}");
    assert!(faults.iter().any(|fault| fault.code == Code::UnknownTerm), "{faults:?}");
}

#[test]
fn what_no_page_is_to_blame_for_ends_the_run_and_not_the_program() {
    assert_eq!(told(&faults(Stage::Link)), ["Casebook itself failed at the library: over the library"]);
}
