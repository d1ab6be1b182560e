//! `casebook lsp`
//!
//! Two threads: one speaks with the editor and answers from what is known, the other runs the pipeline over what was
//! typed and finds out what is known next. So no answer waits for a run, but for those that have to know all texts.

mod reader;
mod server;
mod wire;

use super::Status;
use crate::{
    cli::Global,
    lsp::{self, Client, protocol},
    pipeline,
};
use lsp_server::{Connection, ProtocolError};
use serde_json::json;
use server::{Event, Server};
use std::{io::IsTerminal, path::PathBuf, sync::mpsc, thread};

pub(super) fn lsp(global: &Global) -> Result<Status, String> {
    if std::io::stdin().is_terminal() {
        return Err("`casebook lsp` speaks with editors, which start it by themselves. docs/lsp.md says how to tell \
                    yours of it; `casebook lsp --help` what it does."
            .to_owned());
    }
    let asked = global.root.is_some().then(|| super::root(global)).transpose()?;
    let (connection, threads) = wire::connect();
    match speak(connection, asked) {
        Ok(status) => threads.join().map(|()| status),
        // Where what comes in has ended, why it has is what there is to say.
        Err(error) if error.channel_is_disconnected() => {
            threads.heard()?;
            Err("The editor closed the line before it said what it wants. docs/lsp.md says how to set one up."
                .to_owned())
        }
        Err(error) => Err(error.to_string()),
    }
}

/// Speaks with the editor until it has enough.
fn speak(connection: Connection, asked: Option<PathBuf>) -> Result<Status, ProtocolError> {
    let (id, params) = connection.initialize_start()?;
    let initialize: protocol::Initialize = serde_json::from_value(params).unwrap_or_default();
    let client = Client::of(&initialize.capabilities);
    let info = json!({ "name": "casebook", "version": env!("CARGO_PKG_VERSION") });
    let result = json!({ "capabilities": lsp::capabilities(client), "serverInfo": info });
    connection.initialize_finish(id, result)?;

    let (events, heard) = mpsc::channel();
    let Connection { sender, receiver } = connection;
    let hears = events.clone();
    thread::spawn(move || {
        for message in receiver {
            if hears.send(Event::Said(message)).is_err() {
                return;
            }
        }
        let _ = hears.send(Event::Gone);
    });
    let mut server = Server::new(client, Box::new(move |message| sender.send(message).is_ok()), events);
    let folders = initialize.workspace_folders.unwrap_or_default().into_iter().map(|folder| folder.uri);
    let folders = folders.chain(initialize.root_uri).filter_map(|uri| uri.to_file_path().ok());
    if let Some(root) = asked.or_else(|| folders.into_iter().find_map(|folder| pipeline::root(&folder))) {
        server.settle(root);
    }
    Ok(server.listen(&heard))
}
