//! What the dates of a library ask of its editors.

use crate::site::Site;
use serde_json::Value;

/// A page for each thing that can be due around 1 October 2027.
fn library() -> Site {
    let consent = |until: &str| format!("assets:\n  - file: logo.svg\n    alt: A logo.\n    consent_until: {until}\n");
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    Site::new()
        .page("content/organisations/network.md", "Care network", "", "Text.\n")
        .page("content/guides/reviewed.md", "Reviewed", "owner: network\nreview_by: 2027-09-30\n", "Text.\n")
        .page("content/guides/fresh.md", "Fresh", "review_by: 2028-09-30\n", "Text.\n")
        .page("content/guides/kept.md", "Kept", "status: withdrawn\nreview_by: 2027-09-30\n", "Text.\n")
        .page("content/guides/planned.md", "Planned", "published: 2027-10-02\n", "Text.\n")
        .page("content/guides/late.md", "Late", "status: draft\npublished: 2027-10-01\n", "Text.\n")
        .page("content/guides/someday.md", "Someday", "status: draft\n", "Text.\n")
        .page("content/events/week.md", "Week", "start: 2027-10-25\nend: 2027-11-01\nconfirmed: no\n", "Text.\n")
        .page(
            "content/packs/week/index.md",
            "Pack",
            &format!("owner: network\npublished: 2027-10-04\nembargo: 2027-10-18T00:01\n{}", consent("2027-10-31")),
            "Text.\n",
        )
        .file("content/packs/week/logo.svg", svg)
        .page("content/packs/old/index.md", "Old pack", &consent("2027-09-01").replace("logo", "sign"), "Text.\n")
        .file("content/packs/old/sign.svg", svg)
}

/// The dues as a program sees them: a line each, in their order.
fn dues(site: &Site, arguments: &[&str]) -> Vec<String> {
    let fixed = ["upcoming", "--now", "2027-10-01T09:00", "--format", "json"];
    let said = site.run(&[&fixed, arguments].concat()).stdout();
    let dues: Vec<Value> = serde_json::from_str(&said).unwrap();
    let line = |due: &Value| {
        let text = |key: &str| due[key].as_str().unwrap_or("-").to_owned();
        format!("{} {} {} {} {}", text("date"), text("what"), due["overdue"], text("title"), text("owner"))
    };
    dues.iter().map(line).collect()
}

#[test]
fn what_is_overdue_comes_first_and_the_rest_by_day() {
    let site = library();
    let expected = [
        "2027-09-01 expires true Old pack -",
        "2027-09-30 review true Reviewed Care network",
        "2027-10-01 draft true Late -",
        "2027-10-02 published false Planned -",
        "2027-10-18 embargo-ends false Pack Care network",
        "2027-10-25 begins false Week -",
        "2027-10-31 expires false Pack Care network",
    ];
    assert_eq!(dues(&site, &[]), expected);
    assert_eq!(dues(&site, &["--days", "1"]), expected[..4]);
    assert_eq!(dues(&site, &["--days", "65535"]).len(), expected.len() + 1);
}

#[test]
fn a_due_says_where_it_stands_and_when_to_the_minute() {
    let site = library();
    let said = site.run(&["upcoming", "--now", "2027-10-17", "--days", "1", "--format", "json"]).stdout();
    let dues: Vec<Value> = serde_json::from_str(&said).unwrap();
    let embargo = dues.iter().find(|due| due["what"] == "embargo-ends").unwrap();
    assert_eq!(embargo["file"], "content/packs/week/index.md");
    assert_eq!((&embargo["line"], &embargo["days"]), (&Value::from(6), &Value::from(1)));
    // London is an hour ahead of universal time in October.
    assert_eq!(embargo["time"], "2027-10-18T00:01+01:00");
    assert_eq!(embargo["url"], "https://example.org/packs/week/");
    let expired = &dues[0];
    assert_eq!((&expired["line"], &expired["detail"]["file"]), (&Value::from(7), &Value::from("sign.svg")));
    assert_eq!(expired["detail"]["label"], "Consent ends");
}

#[test]
fn people_are_told_in_words_and_lists() {
    let site = library();
    let human = site.run(&["upcoming", "--now", "2027-10-01"]).stdout();
    for part in [
        "Overdue\n",
        "Coming up\n",
        "1 September 2027 (30 days ago): Consent ends: sign.svg\n  Old pack\n  content/packs/old/index.md:7\n  To act: nobody is named\n",
        "18 October 2027, 00:01 (in 17 days): the embargo ends\n  Pack\n",
        "2 October 2027 (tomorrow): will be published",
        "25 October 2027 (in 24 days): begins, if the dates hold",
        "7 dates up to 31 October 2027.",
    ] {
        assert!(human.contains(part), "{part} is missing from:\n{human}");
    }
    let list = site.run(&["upcoming", "--now", "2027-10-01", "--format", "markdown"]).stdout();
    let line = "- [ ] **30 September 2027** (yesterday): due for review: Reviewed (`content/guides/reviewed.md:5`). To act: Care network.\n";
    assert!(list.starts_with("## Overdue\n\n") && list.contains(line), "{list}");
    let nothing = Site::new().page("content/a.md", "A", "", "Text.\n").run(&["upcoming", "--now", "2027-10-01"]);
    assert_eq!(nothing.clean().stdout(), "Nothing is due up to 31 October 2027.\n");
}

#[test]
fn a_list_that_may_lack_something_says_so() {
    let site = library().page("content/guides/x.md", "X", "review_by: soon\n", "Text.\n");
    let ran = site.run(&["upcoming", "--now", "2027-10-01"]);
    assert_eq!(ran.code(), 1);
    assert!(ran.stdout().contains("7 dates") && ran.stderr().contains("may lack something"), "{}", ran.stderr());
}

#[test]
fn a_calendar_has_one_event_for_each_however_often_it_is_made() {
    let site = library();
    let calendar = |now: &str| site.run(&["upcoming", "--now", now, "--format", "ics"]).stdout().replace("\r\n ", "");
    let events = |calendar: &str| calendar.matches("BEGIN:VEVENT").count();
    let (first, later) = (calendar("2027-10-01"), calendar("2027-10-02"));
    assert!(first.starts_with("BEGIN:VCALENDAR\r\n") && first.ends_with("END:VCALENDAR\r\n") && events(&first) == 7);
    let uids = |calendar: &str| -> Vec<String> {
        calendar.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect()
    };
    let mut distinct = uids(&first);
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), 7);
    assert!(distinct.contains(&"UID:packs/week/due-assets-1-consent_until@example.org".to_owned()), "{distinct:?}");
    assert!(uids(&later).iter().all(|uid| distinct.contains(uid)));
    for part in [
        "DTSTART;TZID=Europe/London:20271018T000100\r\n",
        "SUMMARY;LANGUAGE=en:Pack: the embargo ends\r\n",
        "DTSTART;VALUE=DATE:20270930\r\n",
        "SUMMARY;LANGUAGE=en:Reviewed: due for review\r\n",
        "DESCRIPTION;LANGUAGE=en:To act: Care network\\ncontent/guides/reviewed.md\r\n",
        "STATUS:TENTATIVE\r\n",
    ] {
        assert!(first.contains(part), "{part} is missing from:\n{first}");
    }
}
