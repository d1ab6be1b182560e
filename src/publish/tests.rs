#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on may stop")]

mod content;
mod crashes;
pub(super) mod failing;
mod faults;
mod made;
mod refusals;
mod site;

use site::Site;
