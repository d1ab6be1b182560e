//! A panic is a fault of Casebook's own. It costs the piece of work that it happened in and no more: it is caught
//! there, and told with the name of that piece.

use crate::diagnostic::{Code, Diagnostic};
use std::{
    any::Any,
    cell::{Cell, RefCell},
    panic::{self, AssertUnwindSafe},
    sync::Once,
};

thread_local! {
    /// How many pieces of work on this thread would be told of a panic.
    static CARING: Cell<usize> = const { Cell::new(0) };
    /// Where in the source the last of those was.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Does a piece of work; `name` says what it is, in words or as a path of the library. What the work was about to
/// change must be of no further use to anybody where it fails.
///
/// # Errors
/// A fault of Casebook's own, where the work panics.
pub fn caught<T>(name: impl FnOnce() -> String, work: impl FnOnce() -> T) -> Result<T, Diagnostic> {
    listen();
    CARING.set(CARING.get() + 1);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    CARING.set(CARING.get() - 1);
    result.map_err(|payload| {
        let place = PLACE.take().map(|place| format!(" (at {place})")).unwrap_or_default();
        let message = format!("Casebook itself failed at {}: {}{place}", name(), words(payload.as_ref()));
        Diagnostic::new(Code::InternalFault, message).help(
            "This is a fault of Casebook and not of yours. Please report it with these words, and with the file if \
             you may show it.",
        )
    })
}

/// From now on, whoever catches a panic tells of it, and nobody else.
fn listen() {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if CARING.get() == 0 {
                return others(panic);
            }
            PLACE.set(panic.location().map(ToString::to_string));
        }));
    });
}

/// What a panic says.
fn words(payload: &(dyn Any + Send)) -> &str {
    let owned = || payload.downcast_ref::<String>().map(String::as_str);
    payload.downcast_ref::<&str>().copied().or_else(owned).unwrap_or("no reason was given")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_with_what_it_happened_at_where_and_why() {
        let fault = caught(|| "content/a.md".to_owned(), || -> u8 { panic!("no {}", "page") }).unwrap_err();
        assert_eq!(fault.code, Code::InternalFault);
        let (start, end) = ("Casebook itself failed at content/a.md: no page (at src/mishap.rs:", ")");
        assert!(fault.message.starts_with(start) && fault.message.ends_with(end), "{}", fault.message);
        assert!(fault.help.is_some());
    }

    #[test]
    fn what_goes_well_is_what_it_is_and_one_within_another_is_told_by_the_inner_one() {
        assert_eq!(caught(String::new, || 1).unwrap(), 1);
        let inner = caught(
            || "the outer".to_owned(),
            || caught(|| "the inner".to_owned(), || panic!("why")).map_err(|fault| fault.message),
        );
        assert!(inner.unwrap().unwrap_err().contains("failed at the inner: why"));
    }
}
