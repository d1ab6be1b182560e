#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on may stop")]

mod changes;
mod events;
mod folders;
mod pages;
mod requests;
mod server;

use server::Server;
