//! What a killed build leaves, and how the next one mends it.

use std::fs;

use super::{Site, site::outputs};
use crate::publish::{
    comparison::{Comparison, Present},
    destination::Destination,
    in_place,
    manifest::{Manifest, Staged},
    staging,
    stamps::Stamps,
    survey::Survey,
    swap,
};

const OLD: [(&str, &str); 3] = [("index.html", "old"), ("a/index.html", "a"), ("gone/index.html", "gone")];
const NEW: [(&str, &str); 3] = [("index.html", "new"), ("a/index.html", "a"), ("b/c/index.html", "c")];

fn destination(site: &Site) -> Destination {
    Destination::check(&site.beside("library"), &site.path("")).unwrap()
}

/// Goes as far as a full staging folder, then stops as a killed build does.
fn stage<T>(site: &Site, then: impl FnOnce(&Destination, &Survey, &Comparison<'_>, &[Staged<'_>]) -> T) -> T {
    let destination = destination(site);
    let survey = Survey::take(&destination).unwrap();
    let outputs = outputs(&NEW);
    let stamps = Stamps::default();
    let present = Present { destination: &destination, survey: &survey, stamps: &stamps };
    let comparison = Comparison::make(&present, &outputs, &[]).unwrap();
    let staged = staging::fill(&destination, &survey, &comparison, &Default::default()).unwrap();
    then(&destination, &survey, &comparison, &staged)
}

fn new_site() -> std::collections::BTreeMap<String, Vec<u8>> {
    let site = Site::new();
    site.publish(&NEW).unwrap();
    site.files()
}

#[test]
fn killed_before_the_swap() {
    let site = Site::new();
    site.publish(&OLD).unwrap();
    let before = site.files();
    stage(&site, |_, _, _, _| ());
    assert_eq!(site.files(), before);
    assert_eq!(site.left_over(), ["staging"]);
    assert_eq!(site.publish(&OLD).unwrap().unchanged, 3);
    assert_eq!(site.files(), before);
    assert!(site.left_over().is_empty());
}

#[test]
fn killed_after_the_exchange() {
    let site = Site::new();
    site.publish(&OLD).unwrap();
    stage(&site, |destination, survey, comparison, staged| {
        swap::swap(destination, survey, comparison, staged).unwrap();
    });
    assert_eq!(site.files(), new_site());
    assert_eq!(site.publish(&NEW).unwrap().unchanged, 3);
    assert!(site.left_over().is_empty());
}

#[test]
fn swapped_by_two_renames() {
    let site = Site::new();
    site.publish(&OLD).unwrap();
    stage(&site, |destination, _, _, _| swap::by_renames(destination).unwrap());
    assert_eq!(site.files(), new_site());
    assert_eq!(site.left_over(), ["retired"]);
    site.publish(&NEW).unwrap();
    assert!(site.left_over().is_empty());
}

#[test]
fn killed_between_the_two_renames() {
    let site = Site::new();
    site.publish(&OLD).unwrap();
    let before = site.files();
    stage(&site, |destination, _, _, _| fs::rename(&destination.site, destination.retired()).unwrap());
    assert!(!site.path("").exists());
    swap::recover(&destination(&site)).unwrap();
    assert_eq!(site.files(), before);
    assert!(site.left_over().is_empty());
}

#[test]
fn a_second_rename_that_fails_puts_the_old_site_back() {
    let site = Site::new();
    site.publish(&OLD).unwrap();
    let before = site.files();
    assert!(swap::by_renames(&destination(&site)).is_err(), "nothing is staged");
    assert_eq!(site.files(), before);
}

#[test]
fn updated_in_place_where_the_folder_cannot_be_renamed() {
    let site = Site::new();
    site.write(".gitkeep", "");
    site.publish(&OLD).unwrap();
    stage(&site, |destination, survey, comparison, staged| {
        in_place::update(destination, survey, comparison, staged).unwrap();
    });
    let mut files = site.files();
    files.remove(".gitkeep").unwrap();
    assert_eq!(files, new_site());
    assert!(!site.path("gone").exists());
    assert_eq!(site.publish(&NEW).unwrap().unchanged, 3);
}

#[test]
fn killed_during_an_update_in_place() {
    let site = Site::new();
    site.publish(&OLD).unwrap();
    stage(&site, |destination, survey, _, manifest| {
        // As far as `update` comes before its first rename, and one file further.
        let incoming = site.path(in_place::INCOMING);
        fs::rename(destination.staging(), &incoming).unwrap();
        site.write(".casebook.json", &Manifest::of(manifest).union(&survey.manifest).text());
        fs::rename(incoming.join("b"), site.path("b")).unwrap();
    });
    site.publish(&NEW).unwrap();
    assert_eq!(site.files(), new_site());
}
