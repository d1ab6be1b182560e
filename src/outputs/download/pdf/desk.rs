//! Where documents are set: a thread of its own for each thread that asks for one.
//!
//! Typst shares out parts of its work by rayon. A thread of rayon that waits for such a part takes up whatever else is
//! to be done, so it would begin the next document in the midst of this one, and the next within that, until its stack
//! is full. On a desk there is nothing else to do.

use rayon::{ThreadPool, ThreadPoolBuilder};
use std::{cell::OnceCell, sync::mpsc::sync_channel};

/// How much room calls within calls have, in bytes: lists in lists in lists are set so.
const STACK: usize = 32 << 20;

thread_local! {
    static DESK: OnceCell<Option<ThreadPool>> = const { OnceCell::new() };
}

/// What work gives that is done on the desk of this thread; nothing where it panicked or there can be no desk.
pub(super) fn on_desk<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (give, take) = sync_channel(1);
    DESK.with(|desk| {
        let desk = desk.get_or_init(|| {
            // What was to be given is then dropped, and nothing is taken.
            let threads = ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).panic_handler(|_| ());
            threads.build().ok()
        });
        desk.as_ref()?.spawn(move || {
            let _ = give.send(work());
        });
        take.recv().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rayon::prelude::*;

    #[test]
    fn work_is_done_one_after_the_other_and_a_panic_stays_on_the_desk() {
        assert_eq!(on_desk(|| (0..100).into_par_iter().map(|n| n * 2).sum::<i32>()), Some(9900));
        assert_eq!(on_desk::<u8>(|| panic!("on the desk")), None);
        let all: Vec<_> =
            (0..50).into_par_iter().map(|n| on_desk(move || (0..n).into_par_iter().sum::<i32>())).collect();
        assert_eq!(all[49], Some(48 * 49 / 2));
    }
}
