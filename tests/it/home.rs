//! What the home page, packs and events say of their days, by the one clock.

use crate::site::Site;

/// A library with a week in the year given, its pack, and a week ten years before.
fn library(first: &str, last: &str, more: &str) -> Site {
    let week = format!("start: {first}\nend: {last}\nseries: week\n{more}");
    Site::new()
        .file("content/_data/campaigns.yaml", "- id: week\n  label: The Week\n")
        .page("content/events/week.md", "The Week", &week, "See [the guide](/guides/a.md).\n")
        .page("content/events/old.md", "The Old Week", "start: 2017-10-25\nend: 2017-11-01\nseries: week\n", "Text.\n")
        .page("content/events/other.md", "Another day", "start: 2017-05-01\n", "Text.\n")
        .page("content/guides/a.md", "A guide", "", "It mentions [the week](/events/week.md).\n")
        .page("content/packs/old.md", "The old pack", "campaign: old\n", "Text.\n")
        .page(
            "content/packs/week.md",
            "The pack",
            "campaign: week\nchecklist:\n  - {task: Last, due_days: 14}\n  - {task: First, due_days: -40}\n  - {task: No day}\n",
            "Text.\n",
        )
}

fn built(site: &Site, now: &str, page: &str) -> String {
    site.run(&["build", "--strict", "--now", now]).clean();
    site.built(page)
}

/// What the home page says is on: nothing, or the words of the countdown.
fn on_now(site: &Site, now: &str) -> Option<String> {
    let home = built(site, now, "index.html");
    let (_, section) = home.split_once("class=\"on-now\"").or_else(|| home.split_once("class=on-now"))?;
    let section = section.split("<template").next().unwrap();
    let (_, said) = section.split_once("data-count>")?;
    Some(said.split('<').next().unwrap().trim().to_owned())
}

#[test]
fn home_says_what_is_on_by_the_clock() {
    let site = library("2027-10-25", "2027-11-01", "");
    let said = |now: &str| on_now(&site, now);
    assert_eq!(said("2026-10-23"), None);
    assert_eq!(said("2026-10-24").as_deref(), Some("366 days to go"));
    assert_eq!(said("2027-10-23").as_deref(), Some("2 days to go"));
    assert_eq!(said("2027-10-24").as_deref(), Some("Begins tomorrow"));
    assert_eq!(said("2027-10-25").as_deref(), Some("Begins today"));
    assert_eq!(said("2027-10-26").as_deref(), Some("Happening now"));
    assert_eq!(said("2027-11-01").as_deref(), Some("Ends today"));
    assert_eq!(said("2027-11-02"), None);
}

#[test]
fn home_names_the_pack_that_was_made_for_what_is_on_and_no_page_that_only_mentions_it() {
    let site = library("2027-10-25", "2027-11-01", "confirmed: no\n");
    let home = built(&site, "2027-10-01", "index.html");
    let section = home.split("on-now").nth(1).unwrap().split("</section>").next().unwrap().to_owned();
    assert!(section.contains("/packs/week/") && section.contains("25 October"), "{section}");
    assert!(!section.contains("/guides/a/") && !section.contains("/packs/old/"), "{section}");
    assert!(section.contains("not confirmed"), "{section}");
    // The count gets old, and says of which day it is.
    assert!(section.contains("counted on 1 October 2027"), "{section}");
}

#[test]
fn the_nearest_two_are_on_and_what_is_archived_is_not() {
    let site = library("2027-10-25", "2027-11-01", "")
        .page("content/events/b.md", "Running", "start: 2027-09-01\nend: 2027-10-30\n", "Text.\n")
        .page("content/events/c.md", "Later", "start: 2027-12-01\n", "Text.\n")
        .page("content/events/d.md", "Kept", "start: 2027-10-02\nstatus: archived\n", "Text.\n");
    let home = built(&site, "2027-10-01", "index.html");
    let section = home.split("on-now").nth(1).unwrap().split("</section>").next().unwrap().to_owned();
    let at = |words: &str| section.find(words);
    assert!(at("Running").is_some() && at("Running") < at("The Week"), "{section}");
    assert!(at("Later").is_none() && at("Kept").is_none(), "{section}");
}

/// The days of the tasks, in the order of the page.
fn days(pack: &str) -> Vec<String> {
    let tasks = pack.split("data-due=").skip(1);
    tasks.map(|task| task.trim_start_matches('"').chars().take(10).collect()).collect()
}

#[test]
fn tasks_have_real_days_over_changes_of_the_clock_and_leap_days() {
    let site = library("2027-11-05", "2027-11-06", "");
    // The clocks go back on 31 October 2027, between the task and the week.
    let pack = built(&site, "2027-01-01", "packs/week/index.html");
    assert_eq!(days(&pack), ["2027-09-26", "2027-11-19"]);
    let position = |words: &str| pack.find(&format!(">{words}</label>")).unwrap();
    assert!(position("First") < position("Last") && position("Last") < position("No day"), "{pack}");

    let leap = library("2028-03-05", "2028-03-06", "");
    assert_eq!(days(&built(&leap, "2027-12-01", "packs/week/index.html")), ["2028-01-25", "2028-03-19"]);
    let common = library("2027-03-05", "2027-03-06", "");
    assert_eq!(days(&built(&common, "2026-12-01", "packs/week/index.html")), ["2027-01-24", "2027-03-19"]);
}

#[test]
fn what_is_overdue_is_said_in_words_and_assumed_days_too() {
    let site = library("2027-10-25", "2027-11-01", "confirmed: no\n");
    let pack = built(&site, "2027-09-30", "packs/week/index.html");
    let shown = |words: &str| {
        let at = pack.find(words).unwrap();
        let tag = &pack[pack[..at].rfind('<').unwrap()..at];
        !tag.contains("hidden")
    };
    assert!(shown("Was due by 15 September 2027") && shown("Next: by 8 November 2027"), "{pack}");
    assert!(!shown("Was due by 8 November 2027") && !shown("By 8 November 2027"), "{pack}");
    assert!(pack.contains("counted from dates that are not confirmed"), "{pack}");
}

#[test]
fn a_post_is_counted_as_its_channel_counts() {
    let address = format!("https://www.example.org/{}", "a".repeat(300));
    let post = |text: &str| {
        let front = format!("posts:\n  - {{channel: x, text: \"{text}\"}}\n");
        Site::new().page("content/packs/a.md", "A", &front, "Text.\n")
    };
    // 23 characters for the address, 5 for the rest.
    let pack = built(&post(&format!("See {address}.")), "2027-01-01", "packs/a/index.html");
    assert!(pack.contains("28 of 280 characters"), "{pack}");
    let long = post(&"b".repeat(281)).run(&["check", "--strict", "--now", "2027-01-01"]);
    assert!(long.code() == 1 && long.stderr().contains("281 characters"), "{}", long.stderr());
}

#[test]
fn a_pack_has_the_other_years_of_its_campaign() {
    let site = library("2027-10-25", "2027-11-01", "");
    let pack = built(&site, "2027-10-01", "packs/week/index.html");
    let years = pack.split("section_years").last().unwrap().split("</section>").next().unwrap().to_owned();
    assert!(years.contains("/packs/old/") && !years.contains("/packs/week/"), "{years}");
}

#[test]
fn an_event_has_its_pack_and_the_other_years_of_its_campaign() {
    let site = library("2027-10-25", "2027-11-01", "");
    let event = built(&site, "2027-10-01", "events/week/index.html");
    let years = event.split("section_years").nth(1).unwrap().split("</section>").next().unwrap().to_owned();
    assert!(years.contains("The Old Week") && years.contains("/packs/old/"), "{years}");
    assert!(!years.contains("Another day") && !years.contains("/events/week/"), "{years}");
    assert!(event.contains("24 days to go"), "{event}");
    assert!(!site.built("events/other/index.html").contains("section_years"));
}

#[test]
fn what_a_council_fills_in_is_marked() {
    let front = "press_release:\n  headline: '{{council}} & friends'\n  body: 'By {{name}}, [a link](/a.md).'\n  placeholders:\n  \
                 - {name: council, label: Council}\n  - {name: name, label: name}\n";
    let site = Site::new().page("content/a.md", "A", "", "Text.\n").page("content/packs/a.md", "A", front, "Text.\n");
    let pack = built(&site, "2027-01-01", "packs/a/index.html");
    for marked in ["[Council]</mark> &amp; friends", "[name]</mark>, <a href="] {
        assert!(pack.contains(marked), "{marked}: {pack}");
    }
}
