//! Builds that are killed.

use super::{Files, NOW, STATES, casebook, clean, left_over, put, site_at};
use crate::{incremental::chance::Chance, site::Site};
use std::{
    fs,
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

/// How many builds are killed.
const KILLS: usize = 200;

/// Begins a build and kills it after so long. True where it had not ended by itself.
fn killed(site: &Site, after: Duration) -> bool {
    let mut build = casebook(site.root(), &["build", "--now", NOW, "--quiet"]).stderr(Stdio::null()).spawn().unwrap();
    thread::sleep(after);
    let was_running = build.try_wait().unwrap().is_none();
    build.kill().unwrap();
    build.wait().unwrap();
    was_running
}

/// How long a build takes that has everything to do.
fn whole(site: &Site) -> Duration {
    let begun = Instant::now();
    site.run(&["build", "--now", NOW]).clean();
    begun.elapsed()
}

/// What became of the killed builds.
#[derive(Debug, Default)]
struct Ends {
    /// Those that had not ended by themselves.
    running: usize,
    /// Those that left half a site beside the old one or the new one.
    half: usize,
    old: usize,
    new: usize,
}

/// Kills so many builds of a library that changes from one to the next.
fn kill_builds(seed: u64, kills: usize, clean: &[Files]) -> Ends {
    let (nothing, mut chance, site) = (Files::new(), Chance::new(seed), Site::new());
    put(&site, 0);
    let mut length = whole(&site);
    let (mut current, mut ends) = (0, Ends::default());
    for kill in 0..kills {
        let next = (current + 1 + chance.below(STATES - 1)) % STATES;
        // Now and then the first build of all, with what made the last one quick and without.
        let is_first = chance.percent(20);
        if is_first {
            for folder in ["public", ".public.casebook"] {
                fs::remove_dir_all(site.root().join(folder)).unwrap();
            }
        }
        if chance.percent(20) {
            fs::remove_dir_all(site.root().join(".casebook")).unwrap();
        }
        put(&site, next);
        let after = length.mul_f64(chance.below(1200) as f64 / 1000.0);
        // Whatever else this machine does, some are to end by themselves, and most are not.
        let was_running = killed(&site, after);
        length = length.mul_f64(if was_running { 1.05 } else { 0.9 });
        ends.running += usize::from(was_running);
        ends.half += usize::from(!left_over(site.root()).is_empty());
        let (before, found) = (if is_first { &nothing } else { &clean[current] }, site_at(site.root()));
        match (found == clean[next], found == *before) {
            (true, _) => ends.new += 1,
            (_, true) => ends.old += 1,
            _ => panic!("kill {kill} of {seed} after {after:?} has left a mix: {:?}", found.keys().collect::<Vec<_>>()),
        }
        site.run(&["build", "--now", NOW, "--quiet"]).clean();
        assert!(site.site() == clean[next], "after kill {kill} of {seed}");
        assert_eq!(left_over(site.root()), [""; 0], "after kill {kill} of {seed}");
        current = next;
    }
    ends
}

#[test]
fn at_200_random_moments_the_site_is_the_old_one_or_the_new_and_the_next_build_cleans_up() {
    let clean = &clean();
    thread::scope(|scope| {
        let halves: Vec<_> = (7..9).map(|seed| scope.spawn(move || kill_builds(seed, KILLS / 2, clean))).collect();
        for half in halves {
            let ends = half.join().unwrap();
            // Or the test would say nothing: some were killed before the swap and some after it, some with half a site.
            let enough = ends.running > KILLS / 8 && ends.half > 3 && ends.old > 3 && ends.new > 3;
            assert!(enough, "{ends:?}");
            println!("{ends:?}");
        }
    });
}
