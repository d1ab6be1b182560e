#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on may stop")]

mod changes;
mod editors;
mod events;
mod folders;
mod pages;
mod requests;
mod server;
mod settling;

use server::Server;
