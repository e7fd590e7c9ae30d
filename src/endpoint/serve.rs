//! `lylich-endpoint serve`: from the command line to a listening socket, and back again in good order.
//!
//! Invariant: never on an address that others can reach without a TLS proxy in front; at a signal the running letters are finished,
//! the log is folded in and the database closed. Connections are bounded, and a connection that sends no header is dropped.

use crate::database;
use crate::fault::Fault;
use crate::home::HomeArgs;
use crate::http::body::Limits;
use crate::http::{AppOrigin, Desk, routes};
use crate::keys;
use crate::store::Sql;
use crate::writer::Writer;
use axum::extract::ConnectInfo;
use axum::{Extension, Router};
use clap::Args;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use sync::endpoint::Store;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tower::Layer;

/// Open connections at a time.
const CONNECTIONS: usize = 512;
/// A connection must send a whole request header within this time.
const HEADER: Duration = Duration::from_secs(30);
/// After a signal, how long running requests may take.
const FAREWELL: Duration = Duration::from_secs(20);

/// The command's own options.
#[derive(Args, Clone)]
pub struct ServeArgs {
    /// Address and port to listen on.
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Folder and database.
    #[command(flatten)]
    pub home: HomeArgs,
    /// Folder of the built app, to serve it as well.
    #[arg(long)]
    pub app: Option<PathBuf>,
    /// Origin of an app that is served elsewhere, such as https://lylich.example.
    #[arg(long)]
    pub app_origin: Option<String>,
    /// A TLS proxy stands in front and names the phone's address in X-Forwarded-For.
    #[arg(long)]
    pub behind_proxy: bool,
}

/// Serves until a signal comes.
pub fn run(args: &ServeArgs) -> Result<(), Fault> {
    if !args.listen.ip().is_loopback() && !args.behind_proxy {
        return Err(Fault::OpenAddress(args.listen));
    }
    if let Some(app) = args.app.as_ref().filter(|app| !app.join("index.html").is_file()) {
        return Err(Fault::NoSite(app.clone()));
    }
    let origin = match &args.app_origin {
        Some(text) => Some(AppOrigin::parse(text).ok_or_else(|| Fault::Origin(text.clone()))?),
        None => None,
    };
    let home = args.home.open()?;
    let keys = keys::load_or_make(&home.folder)?;
    let rt = runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(io(&args.home.data))?;
    let db = rt.block_on(async {
        let mut db = database::open(&home).await?;
        database::examine(&mut db, &home).await?;
        Ok::<_, Fault>(db)
    })?;
    let mut store = Sql::new(db, rt);
    let counter = store.begin()?;
    store.rollback();
    let (writer, thread) = Writer::start(store, keys.clone()).map_err(io(&args.home.data))?;
    let desk = Desk {
        writer,
        keys,
        counter,
        folder: home.folder,
        behind_proxy: args.behind_proxy,
        limits: Limits::default(),
    };
    let router = routes(Arc::new(desk), args.app.as_deref(), origin);
    let served = runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(io(&args.home.data))?
        .block_on(listen_and_serve(args, router));
    // The router, and with it the last `Writer`, is gone: the thread finishes its queue and closes the database.
    let closed = thread.join().unwrap_or(Ok(()));
    tracing::info!("stopped");
    served.and(closed)
}

fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Fault {
    let path = path.to_owned();
    move |cause| Fault::Folder(path, cause)
}

async fn listen_and_serve(args: &ServeArgs, router: Router) -> Result<(), Fault> {
    let fault = |cause| Fault::Listen(args.listen, cause);
    let listener = TcpListener::bind(args.listen).await.map_err(fault)?;
    let address = listener.local_addr().map_err(fault)?;
    let mut term = signal(SignalKind::terminate()).map_err(fault)?;
    let mut int = signal(SignalKind::interrupt()).map_err(fault)?;
    tracing::info!(port = address.port(), app = args.app.is_some(), "serving");
    announce(address).map_err(|cause| Fault::Output("standard output".into(), cause))?;
    let signalled = async {
        tokio::select! {
            _ = term.recv() => (),
            _ = int.recv() => (),
        }
        tracing::info!("stopping");
    };
    serve(listener, router, signalled).await;
    Ok(())
}

/// The one line on standard output: whoever started this reads the port from it.
fn announce(address: SocketAddr) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "listening on http://{address}")?;
    out.flush()
}

/// Takes connections until `stop` is done, then lets the open ones finish what they are doing.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            (stream, peer, place) = next(&listener, &places) => attend(&graceful, &router, stream, peer, place),
        }
    }
    drop(listener);
    let _ = timeout(FAREWELL, graceful.shutdown()).await;
}

/// The next connection for which there is a place.
async fn next(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> (TcpStream, SocketAddr, Option<OwnedSemaphorePermit>) {
    let place = places.clone().acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return (stream, peer, place),
            // Out of file handles, or the phone was gone again: the connections that are open will end.
            Err(_) => sleep(Duration::from_millis(50)).await,
        }
    }
}

fn attend(
    graceful: &GracefulShutdown,
    router: &Router,
    stream: TcpStream,
    peer: SocketAddr,
    place: Option<OwnedSemaphorePermit>,
) {
    let service = Extension(ConnectInfo(peer)).layer(router.clone());
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADER);
    builder.http2().timer(TokioTimer::new()).keep_alive_interval(HEADER);
    let connection = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let connection = graceful.watch(connection.into_owned());
    tokio::spawn(async move {
        // A broken connection is the phone's to notice; there is nobody else to tell.
        let _ = connection.await;
        drop(place);
    });
}
