//! What `serve` needs: the changes of the library as they happen, and a server that shows the last good site.
//!
//! The server holds the site in memory and answers with the very bytes that `build` would write. Pages learn of
//! a new build through one channel of events; the code that listens to it is appended to the site's scripts on
//! their way out, so that no page differs from its published self.
#![allow(clippy::disallowed_methods, reason = "to look at the library's files is the work of this room")]

mod changes;
mod connections;
mod content_type;
mod file_body;
mod folders;
mod ignored;
mod made;
mod preview;
mod range;
mod request;
mod response;
mod server;
mod settling;
mod snapshot;
mod source;
#[cfg(test)]
mod tests;

pub use changes::{Changes, watch};
pub use folders::{Folders, Word};
pub use preview::{Fault, Preview};
pub use server::{bind, serve};
