//! Answers: a file or a part of it, a redirect, a refusal.

use std::path::Path;

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::Response,
};
use tokio::task::{JoinError, spawn_blocking};

use crate::model::Content;

use super::{
    content_type::content_type,
    file_body,
    preview::Preview,
    range::{Wanted, wanted},
};

/// What a request asks for beside the path.
pub(super) struct Asked<'a> {
    /// GET or HEAD.
    pub(super) method: &'a Method,
    /// With conditions and ranges.
    pub(super) headers: &'a HeaderMap,
}

/// Sends what a path holds, with `appended` at its end.
pub(super) async fn content(
    preview: &Preview,
    asked: &Asked<'_>,
    path: &str,
    content: &Content,
    appended: Option<&str>,
) -> Response {
    match (content, appended) {
        (Content::Bytes(bytes), None) => bytes_of(asked, path, Bytes::from_owner(bytes.clone())),
        (Content::Bytes(bytes), Some(more)) => bytes_of(asked, path, [bytes, more.as_bytes()].concat().into()),
        (Content::Made(recipe), _) => {
            let (preview, recipe) = (preview.clone(), recipe.clone());
            made(asked, path, spawn_blocking(move || preview.made().bytes(&recipe)).await)
        }
        (Content::Measured(measured), _) => {
            let (preview, measured) = (preview.clone(), measured.clone());
            made(asked, path, spawn_blocking(move || Some(preview.made().told(&measured))).await)
        }
        (Content::File(source), None) => file(asked, path, source).await,
        (Content::File(source), Some(more)) => {
            let (source, more) = (source.clone(), more.to_owned());
            let read = spawn_blocking(move || std::fs::read(source).map(|bytes| [&bytes, more.as_bytes()].concat()));
            match read.await {
                Ok(Ok(bytes)) => bytes_of(asked, path, bytes.into()),
                _ => text(StatusCode::NOT_FOUND, "This file has gone since the last build."),
            }
        }
    }
}

/// Sends what was made because it was asked for.
fn made(asked: &Asked<'_>, path: &str, made: Result<Option<Bytes>, JoinError>) -> Response {
    match made {
        Ok(Some(bytes)) => bytes_of(asked, path, bytes),
        _ => text(StatusCode::INTERNAL_SERVER_ERROR, "This file can't be made; `casebook build` says why."),
    }
}

/// Sends bytes that are at hand.
pub(super) fn bytes_of(asked: &Asked<'_>, path: &str, bytes: Bytes) -> Response {
    let etag = format!("\"{:.32}\"", blake3::hash(&bytes).to_hex());
    let size = bytes.len() as u64;
    answer(asked, path, &etag, size, |start, end| {
        let whole = bytes.clone();
        match (usize::try_from(start), usize::try_from(end)) {
            (Ok(start), Ok(end)) if start <= end && end <= whole.len() => whole.slice(start..end).into(),
            _ => whole.into(),
        }
    })
}

async fn file(asked: &Asked<'_>, path: &str, source: &Path) -> Response {
    let source = source.to_owned();
    match spawn_blocking(move || file_body::open(&source)).await {
        Ok(Ok((file, size, etag))) => answer(asked, path, &etag, size, |start, end| file_body::body(file, start..end)),
        _ => text(StatusCode::NOT_FOUND, "This file has gone since the last build."),
    }
}

fn answer(asked: &Asked<'_>, path: &str, etag: &str, size: u64, body: impl FnOnce(u64, u64) -> Body) -> Response {
    let mut response = Response::new(Body::empty());
    set(&mut response, header::ETAG, etag);
    set(&mut response, header::ACCEPT_RANGES, "bytes");
    if is_known(asked.headers, etag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    set(&mut response, header::CONTENT_TYPE, content_type(path));
    // Ranges are for GET alone (RFC 9110, section 14.2).
    let wanted = if *asked.method == Method::GET { wanted(asked.headers, etag, size) } else { Wanted::Whole };
    let (start, end) = match wanted {
        Wanted::Whole => (0, size),
        Wanted::Part(part) => {
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            let last = part.end.saturating_sub(1);
            set(&mut response, header::CONTENT_RANGE, &format!("bytes {}-{last}/{size}", part.start));
            (part.start, part.end)
        }
        Wanted::Beyond => {
            *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
            set(&mut response, header::CONTENT_RANGE, &format!("bytes */{size}"));
            return response;
        }
    };
    set(&mut response, header::CONTENT_LENGTH, &end.saturating_sub(start).to_string());
    if asked.method != Method::HEAD {
        *response.body_mut() = body(start, end);
    }
    response
}

fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let lists = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    lists.flat_map(|list| list.split(',')).map(str::trim).any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
}

/// Sends the browser to another path of this server.
pub(super) fn redirect(location: &str) -> Response {
    let mut response = text(StatusCode::FOUND, "");
    set(&mut response, header::LOCATION, location);
    response
}

/// A status with a few plain words.
pub(super) fn text(status: StatusCode, words: &'static str) -> Response {
    let mut response = Response::new(Body::from(words));
    *response.status_mut() = status;
    set(&mut response, header::CONTENT_TYPE, "text/plain; charset=utf-8");
    response
}

/// Sets a header; a value that no header can have leaves it out.
pub(super) fn set(response: &mut Response, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
