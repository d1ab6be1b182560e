//! The development server: the last good site, on this machine alone unless somebody asks for more.

use std::{
    future::{Future, IntoFuture},
    io::ErrorKind,
    net::{IpAddr, Ipv4Addr, TcpListener, ToSocketAddrs},
    time::Duration,
};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, Method, StatusCode, header, request::Parts},
    response::{
        IntoResponse, Response,
        sse::{KeepAlive, Sse},
    },
};

use crate::editors::decap;

use super::{
    connections::{Bounds, Connections},
    file_body::Received,
    preview::{Preview, Site},
    request::{Hosts, decode, is_from_here},
    response::{Asked, bytes_of, content, redirect, set, text},
};

/// The port where nobody has asked for another.
const PORT: u16 = 4000;

/// How many ports are tried from there.
const TRIES: u16 = 100;

pub(super) const BOUNDS: Bounds =
    Bounds { most: 256, patience: Duration::from_secs(30), grace: Duration::from_millis(500) };

/// Sent on the channel of events, well within their patience.
const HEARTBEAT: Duration = Duration::from_secs(10);

const CLIENT: &str = include_str!("reload.js");
const OVERLAY: &str = include_str!("overlay.css");
const WAITING: &str = include_str!("waiting.html");

/// Takes a port on 127.0.0.1, or on the address that was asked for: the port asked for, or the first free one from
/// 4000.
pub fn bind(host: Option<&str>, port: Option<u16>) -> Result<TcpListener, String> {
    let address = address(host)?;
    let ports = port.map_or(PORT..=PORT + TRIES, |port| port..=port);
    for candidate in ports {
        match TcpListener::bind((address, candidate)) {
            Ok(listener) => {
                listener.set_nonblocking(true).map_err(|error| format!("port {candidate} cannot be used: {error}"))?;
                return Ok(listener);
            }
            Err(error) if port.is_none() && error.kind() == ErrorKind::AddrInUse => {}
            Err(error) if error.kind() == ErrorKind::AddrInUse => {
                return Err(format!("port {candidate} is in use by another program; choose another one with --port"));
            }
            Err(error) if error.kind() == ErrorKind::AddrNotAvailable => {
                return Err(format!("{address} is no address of this machine; choose another one with --host"));
            }
            Err(error) => return Err(format!("port {candidate} cannot be used: {error}")),
        }
    }
    Err(format!("no port from {PORT} to {} is free; name one with --port", PORT + TRIES))
}

/// The address to listen at: by its figures, or by a name.
fn address(host: Option<&str>) -> Result<IpAddr, String> {
    let Some(host) = host else { return Ok(Ipv4Addr::LOCALHOST.into()) };
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let mut found = (bare, 0).to_socket_addrs().map_err(|error| format!("there is no host {host}: {error}"))?;
    found.next().map(|address| address.ip()).ok_or_else(|| format!("there is no host {host}"))
}

/// Serves the preview until `shutdown` is done, to whoever asks for `host` if that is more than this machine. Must be
/// called on a Tokio runtime with time and network.
pub async fn serve(
    listener: TcpListener,
    host: Option<&str>,
    preview: Preview,
    shutdown: impl Future<Output = ()>,
) -> Result<(), String> {
    serve_with(listener, host, preview, shutdown, BOUNDS).await
}

/// As `serve`, within other bounds.
pub(super) async fn serve_with(
    listener: TcpListener,
    host: Option<&str>,
    preview: Preview,
    shutdown: impl Future<Output = ()>,
    bounds: Bounds,
) -> Result<(), String> {
    let stopped = |error| format!("the server stopped: {error}");
    let hosts = Hosts::of(host, listener.local_addr().map_err(stopped)?.ip());
    let listener = tokio::net::TcpListener::from_std(listener).map_err(stopped)?;
    let router = Router::new().fallback(answer).with_state((preview.clone(), hosts));
    let server = axum::serve(Connections::new(listener, bounds), router).into_future();
    let result = tokio::select! {
        result = server => result.map_err(stopped),
        () = shutdown => Ok(()),
    };
    // Without an end to their events, open pages would keep their connections.
    preview.close();
    result
}

async fn answer(State((preview, hosts)): State<(Preview, Hosts)>, request: Request) -> Response {
    let mut response = respond(&preview, &hosts, &request.into_parts().0).await;
    set(&mut response, header::CACHE_CONTROL, "no-cache");
    if !response.headers().contains_key(header::CONTENT_SECURITY_POLICY) {
        set(&mut response, header::CONTENT_SECURITY_POLICY, "default-src 'self'");
    }
    set(&mut response, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // A foreign page can neither read a preview nor embed its pictures and scripts.
    set(&mut response, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    response
}

async fn respond(preview: &Preview, hosts: &Hosts, request: &Parts) -> Response {
    let asked = Asked { method: &request.method, headers: &request.headers };
    if !hosts.are_asked(asked.headers, &request.uri) {
        return text(StatusCode::FORBIDDEN, "This server does not answer to that name.");
    }
    if !matches!(*asked.method, Method::GET | Method::HEAD) {
        let mut response = text(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are answered here.");
        set(&mut response, header::ALLOW, "GET, HEAD");
        return response;
    }
    match request.uri.path() {
        "/_casebook/events" if is_from_here(asked.headers) => {
            let heartbeat = KeepAlive::new().interval(HEARTBEAT);
            Sse::new(Received(preview.listen())).keep_alive(heartbeat).into_response()
        }
        "/_casebook/events" => text(StatusCode::FORBIDDEN, "This channel is for the pages of this server."),
        "/_casebook/reload.js" => bytes_of(&asked, "reload.js", CLIENT.into()),
        "/_casebook/overlay.css" => bytes_of(&asked, "overlay.css", OVERLAY.into()),
        path => page(preview, &asked, path, request.uri.query()).await,
    }
}

async fn page(preview: &Preview, asked: &Asked<'_>, path: &str, query: Option<&str>) -> Response {
    let site = preview.site();
    if site.files.is_empty() {
        // The first build has failed, or is under way: an empty page that shows why, and then loads anew.
        let mut response = text(StatusCode::SERVICE_UNAVAILABLE, WAITING);
        set(&mut response, header::CONTENT_TYPE, "text/html; charset=utf-8");
        return signed(&site, response);
    }
    let prefix = preview.prefix();
    let name = match path.strip_prefix(prefix) {
        // The way in, for who types the address without the prefix.
        None if path == "/" || path == prefix.trim_end_matches('/') => return redirect(prefix),
        below => below.and_then(decode),
    };
    let Some(mut name) = name else { return missing(preview, &site, asked).await };
    if name.is_empty() || name.ends_with('/') {
        name.push_str("index.html");
    }
    if let Some(found) = site.file(&name).await {
        let is_script = name.starts_with("assets/") && name.ends_with(".js");
        let mut response = content(preview, asked, &name, &found, is_script.then_some(CLIENT)).await;
        if name == decap::PAGE && site.files.contains_key(decap::SETTINGS) {
            // The page says itself what it may do; this is what a page can't say.
            set(&mut response, header::CONTENT_SECURITY_POLICY, "frame-ancestors 'none'");
        }
        return if name.ends_with(".html") { signed(&site, response) } else { response };
    }
    if site.files.contains_key(&format!("{name}/index.html")) {
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        return redirect(&format!("{path}/{query}"));
    }
    missing(preview, &site, asked).await
}

async fn missing(preview: &Preview, site: &Site, asked: &Asked<'_>) -> Response {
    let Some(found) = site.files.get("404.html") else {
        return text(StatusCode::NOT_FOUND, "There is no such page.");
    };
    // Whatever the browser has of the address that it asked for, this is not it.
    let unconditional = Asked { method: asked.method, headers: &HeaderMap::new() };
    let mut response = content(preview, &unconditional, "404.html", found, None).await;
    *response.status_mut() = StatusCode::NOT_FOUND;
    signed(site, response)
}

/// Tells the page by which build it was made, where its script can read it and no byte of the page differs: a
/// build that comes between the page and its first word with the server is then not missed.
fn signed(site: &Site, mut response: Response) -> Response {
    set(&mut response, HeaderName::from_static("server-timing"), &format!("casebook;desc=\"{}\"", site.build));
    response
}
