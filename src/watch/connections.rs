//! Connections, bounded in number and in patience: `serve` may be left running for days.
//!
//! Whoever comes when all places are taken gets that of the one who has been idle longest: a thousand connections that
//! say nothing keep nobody waiting. Patience is counted from the last byte that was sent, or the first of a question, so
//! that nobody keeps a place by asking a letter at a time.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    task::{Context, Poll, Waker},
    time::Duration,
};

use axum::serve::Listener;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, Sleep, sleep, timeout},
};

/// What one server gives to all who come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// How many connections are served at once.
    pub(super) most: usize,
    /// For how long nothing may be sent on a connection before it is closed; a question has as long to be asked and
    /// answered.
    pub(super) patience: Duration,
    /// For how long it keeps its place when others come and all places are taken.
    pub(super) grace: Duration,
}

/// Accepts connections and gives each a place.
pub(super) struct Connections {
    listener: TcpListener,
    places: Arc<Semaphore>,
    bounds: Bounds,
    guests: Vec<Weak<Guest>>,
}

impl Connections {
    /// Within these bounds.
    pub(super) fn new(listener: TcpListener, bounds: Bounds) -> Self {
        Self { listener, places: Arc::new(Semaphore::new(bounds.most)), bounds, guests: Vec::new() }
    }

    /// A place, made free if it must be.
    async fn place(&mut self) -> Option<OwnedSemaphorePermit> {
        loop {
            let next = match self.places.clone().try_acquire_owned() {
                Ok(place) => return Some(place),
                Err(_) => self.let_go(),
            };
            if let Ok(place) = timeout(next, self.places.clone().acquire_owned()).await {
                // Fails only for a semaphore that was closed, which this one never is.
                return place.ok();
            }
        }
    }

    /// Lets go of whoever has been idle longest, where that is long enough; and says when to look again.
    fn let_go(&mut self) -> Duration {
        self.guests.retain(|guest| guest.strong_count() > 0);
        let guests = self.guests.iter().filter_map(Weak::upgrade);
        let idle = guests.filter_map(|guest| {
            let state = guest.state();
            let key = (state.is_asking, state.moved);
            (!state.must_go).then(|| (key, guest.clone()))
        });
        let Some(((_, moved), guest)) = idle.min_by_key(|(key, _)| *key) else { return self.bounds.grace };
        let left = self.bounds.grace.saturating_sub(moved.elapsed());
        if left.is_zero() {
            guest.send_away();
            return self.bounds.grace;
        }
        left
    }
}

impl Listener for Connections {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.listener).await;
        let place = self.place().await;
        // Without it a small event may wait for more to come. It works all the same where this fails.
        let _ = stream.set_nodelay(true);
        let patience = self.bounds.patience;
        let guest = Arc::new(Guest::new());
        self.guests.push(Arc::downgrade(&guest));
        (Connection { stream, deadline: Box::pin(sleep(patience)), patience, guest, _place: place }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// What others need to know of a connection.
struct Guest(Mutex<State>);

struct State {
    /// When something was sent last, or the connection was made.
    moved: Instant,
    /// True where there is something to be answered, or an answer on its way.
    is_asking: bool,
    must_go: bool,
    waker: Option<Waker>,
}

impl Guest {
    fn new() -> Self {
        Self(Mutex::new(State { moved: Instant::now(), is_asking: false, must_go: false, waker: None }))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn send_away(&self) {
        let mut state = self.state();
        state.must_go = true;
        if let Some(waker) = state.waker.take() {
            waker.wake();
        }
    }

    /// True where somebody else needs the place; otherwise whoever waits is woken when that comes.
    fn must_go(&self, context: &Context<'_>) -> bool {
        let mut state = self.state();
        state.waker = Some(context.waker().clone());
        state.must_go
    }
}

/// One connection and the place that it takes.
pub(super) struct Connection {
    stream: TcpStream,
    deadline: Pin<Box<Sleep>>,
    patience: Duration,
    guest: Arc<Guest>,
    _place: Option<OwnedSemaphorePermit>,
}

impl Connection {
    /// What has not moved, within the bounds.
    fn bounded<T>(&mut self, progress: Poll<io::Result<T>>, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        if progress.is_ready() {
            return progress;
        }
        if self.guest.must_go(context) {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        self.deadline.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }

    fn sent(&mut self, progress: Poll<io::Result<usize>>, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        let mut state = self.guest.state();
        state.is_asking = progress.is_pending();
        if progress.is_ready() {
            state.moved = Instant::now();
            self.deadline.as_mut().reset(state.moved + self.patience);
        }
        drop(state);
        self.bounded(progress, context)
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let progress = Pin::new(&mut self.stream).poll_read(context, buffer);
        if progress.is_ready() {
            let was_asking = std::mem::replace(&mut self.guest.state().is_asking, true);
            if !was_asking {
                let until = Instant::now() + self.patience;
                self.deadline.as_mut().reset(until);
            } else if self.deadline.as_mut().poll(context).is_ready() {
                // Somebody who never stops talking has no more time than others.
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
        }
        self.bounded(progress, context)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let progress = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.sent(progress, context)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let progress = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.sent(progress, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
