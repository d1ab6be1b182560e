//! Files of the library on their way to a browser, piece by piece: a film need not fit into memory.

use std::{
    fs::{self, File},
    io::{self, Read, Seek, SeekFrom},
    ops::Range,
    path::Path,
    pin::Pin,
    task::{Context, Poll},
    time::UNIX_EPOCH,
};

use axum::body::{Body, Bytes};
use futures_core::Stream;
use tokio::{
    sync::mpsc::{self, Receiver},
    task::spawn_blocking,
};

/// How much is read at once.
const PIECE: usize = 256 * 1024;

/// What comes through a channel, as a stream.
pub(super) struct Received<T>(pub(super) Receiver<T>);

impl<T> Stream for Received<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        self.0.poll_recv(context)
    }
}

/// A file, its size, and a tag that changes with it.
pub(super) fn open(path: &Path) -> io::Result<(File, u64, String)> {
    // To open a pipe would wait for ever.
    if !fs::metadata(path)?.is_file() {
        return Err(io::ErrorKind::NotFound.into());
    }
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    let since = metadata.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    let tag = format!("\"{:x}-{:x}\"", metadata.len(), since.as_nanos());
    Ok((file, metadata.len(), tag))
}

/// Some bytes of a file, read as fast as they are taken.
pub(super) fn body(mut file: File, range: Range<u64>) -> Body {
    let (sender, receiver) = mpsc::channel::<io::Result<Bytes>>(2);
    spawn_blocking(move || {
        let mut left = range.end.saturating_sub(range.start);
        let mut failure = file.seek(SeekFrom::Start(range.start)).err();
        while left > 0 && failure.is_none() {
            let mut piece = Vec::new();
            let most = left.min(PIECE as u64);
            failure = match Read::by_ref(&mut file).take(most).read_to_end(&mut piece) {
                Ok(0) => Some(io::ErrorKind::UnexpectedEof.into()),
                Ok(read) => {
                    left = left.saturating_sub(read as u64);
                    None
                }
                Err(error) => Some(error),
            };
            if failure.is_none() && sender.blocking_send(Ok(piece.into())).is_err() {
                // Nobody reads on.
                return;
            }
        }
        if let Some(error) = failure {
            // Breaks the connection off, so that half a file is not taken for a whole one.
            let _ = sender.blocking_send(Err(error));
        }
    });
    Body::from_stream(Received(receiver))
}
