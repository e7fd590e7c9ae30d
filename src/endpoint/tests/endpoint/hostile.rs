//! Requests that are too long, too slow, encoded or from elsewhere.

use crate::kit::{Answer, Phone, Place, found, get, post, request};
use std::io::Write;
use std::net::{SocketAddr, TcpStream};
use sync::kind::Role;
use sync::shape;

fn problem(answer: &Answer) -> String {
    shape::whole::<sync::answer::Problem>(&answer.body).unwrap().code
}

#[test]
fn a_letter_that_is_too_long_is_refused_before_it_is_read() {
    let place = Place::new();
    let running = place.serve(&[]);
    let head = "POST /v1/letter HTTP/1.1\r\ncontent-type: application/cbor\r\ncontent-length: 10000000000";
    let answer = request(running.address, head, b"").unwrap();
    assert_eq!((answer.status, problem(&answer).as_str()), (413, "too_large"));
    let chunked = "POST /v1/letter HTTP/1.1\r\ncontent-type: application/cbor\r\ntransfer-encoding: chunked";
    let mut body = Vec::new();
    for _ in 0..40 {
        body.extend(format!("{:x}\r\n", 16 << 10).bytes());
        body.extend(vec![0; 16 << 10]);
        body.extend(b"\r\n");
    }
    let answer = request(running.address, chunked, &body).unwrap();
    assert_eq!((answer.status, problem(&answer).as_str()), (413, "too_large"));
    let longest = post(running.address, &vec![0; 256 << 10]).unwrap();
    assert_eq!(longest.status, 400, "the longest letter there may be is read");
}

#[test]
fn an_encoded_body_is_refused_and_never_unpacked() {
    let place = Place::new();
    let running = place.serve(&[]);
    for more in [
        "content-type: application/cbor\r\ncontent-encoding: gzip",
        "content-type: text/plain",
        "x: y",
    ] {
        let head = format!("POST /v1/letter HTTP/1.1\r\n{more}\r\ncontent-length: 4");
        let answer = request(running.address, &head, &[0x1f, 0x8b, 0x08, 0x00]).unwrap();
        assert_eq!((answer.status, problem(&answer).as_str()), (415, "encoding"), "{more}");
    }
}

#[test]
fn foreign_pages_get_no_answer_and_no_permission() {
    let place = Place::new();
    let running = place.serve(&["--app-origin", "https://lylich.example"]);
    let with = |method: &str, origin: &str| {
        request(
            running.address,
            &format!("{method} /v1/hello HTTP/1.1\r\norigin: {origin}"),
            b"",
        )
        .unwrap()
    };
    let foreign = with("GET", "https://elsewhere.example");
    assert_eq!((foreign.status, problem(&foreign).as_str()), (403, "origin"));
    assert_eq!(foreign.header("access-control-allow-origin"), None);
    let app = with("GET", "https://lylich.example");
    assert_eq!(
        (app.status, app.header("access-control-allow-origin")),
        (200, Some("https://lylich.example"))
    );
    let preflight = with("OPTIONS", "https://lylich.example");
    assert_eq!(preflight.status, 204);
    for (name, value) in [
        ("access-control-allow-methods", "GET, POST"),
        ("access-control-allow-headers", "content-type"),
        ("access-control-max-age", "7200"),
        ("access-control-allow-origin", "https://lylich.example"),
    ] {
        assert_eq!(preflight.header(name), Some(value), "{name}");
    }
    assert_eq!(preflight.header("access-control-allow-credentials"), None);
    let own = with("GET", &format!("http://{}", running.address));
    assert_eq!((own.status, own.header("access-control-allow-origin")), (200, None));
}

#[test]
fn health_is_told_to_the_machine_itself_only() {
    let place = Place::new();
    let running = place.serve(&[]);
    assert_eq!(get(running.address, "/healthz").status, 200);
    let through_a_proxy = request(
        running.address,
        "GET /healthz HTTP/1.1\r\nx-forwarded-for: 203.0.113.9",
        b"",
    )
    .unwrap();
    assert_eq!(through_a_proxy.status, 404);
}

#[test]
fn hostile_bytes_are_refused_and_the_next_letter_is_taken() {
    let place = Place::new();
    let running = place.serve(&["--behind-proxy"]);
    let (mut founder, _) = found(&place, running.address);
    let mut phone = Phone::enrol(&mut founder, Role::Candidate, running.address);
    let good = phone.posting().bytes;
    let mut refused = 0;
    for n in 0..200usize {
        let mut bytes = good.clone();
        let at = n * 7919 % bytes.len();
        bytes[at] ^= 1 << (n % 8);
        if n % 3 == 0 {
            bytes.truncate(at);
        }
        // Each from another address, so that the limit for failures is not what answers.
        let head = format!(
            "POST /v1/letter HTTP/1.1\r\ncontent-type: application/cbor\r\nx-forwarded-for: 10.1.{}.{}\r\ncontent-length: {}",
            n / 250,
            n % 250,
            bytes.len()
        );
        let answer = request(running.address, &head, &bytes).unwrap();
        assert!((400..500).contains(&answer.status), "{} for change {n}", answer.status);
        refused += 1;
    }
    assert_eq!(refused, 200);
    phone.hand_in("sau cùng");
    phone.sync(running.address).unwrap();
    assert!(phone.outbox.is_empty());
}

/// A server in this process with short deadlines, so that slowness can be shown without long waits.
fn with_short_deadlines<T: Send + 'static>(work: impl FnOnce(SocketAddr) -> T + Send + 'static) -> T {
    use endpoint::http::{Desk, body::Limits, routes};
    use std::time::Duration;
    use sync::endpoint::Store;
    let place = Place::new();
    let home = place.home();
    let keys = endpoint::keys::load_or_make(&home.folder).unwrap();
    let rt = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let db = rt.block_on(endpoint::database::open(&home)).unwrap();
    let mut store = endpoint::store::Sql::new(db, rt);
    let counter = store.begin().unwrap();
    store.rollback();
    let (writer, thread) = endpoint::writer::Writer::start(store, keys.clone()).unwrap();
    let limits = Limits {
        whole: Duration::from_secs(30),
        window: Duration::from_millis(1_500),
        least: 1 << 10,
    };
    let router = routes(
        std::sync::Arc::new(Desk {
            writer,
            keys,
            counter,
            folder: home.folder,
            behind_proxy: false,
            limits,
        }),
        None,
        None,
    );
    let served = tokio::runtime::Runtime::new().unwrap();
    let result = served.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (done, stopped) = tokio::sync::oneshot::channel();
        let worker = tokio::task::spawn_blocking(move || {
            let result = work(address);
            let _ = done.send(());
            result
        });
        endpoint::serve::serve(listener, router, async { drop(stopped.await) }).await;
        worker.await.unwrap()
    });
    thread.join().unwrap().unwrap();
    result
}

#[test]
fn a_body_that_dribbles_is_given_up_and_a_slow_but_steady_one_is_read() {
    let (dribbling, steady) = with_short_deadlines(|address| {
        let open = |length: usize| {
            let mut stream = TcpStream::connect(address).unwrap();
            let head = format!(
                "POST /v1/letter HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-type: application/cbor\r\ncontent-length: {length}\r\n\r\n"
            );
            stream.write_all(head.as_bytes()).unwrap();
            stream
        };
        // One byte, and then the answer is waited for: nothing more is sent.
        let mut stream = open(5_000);
        stream.write_all(b"x").unwrap();
        let dribbling = Answer::read(&mut stream).unwrap();
        // Over many windows, each with more than it must bring.
        let mut stream = open(12 * 2_048);
        for _ in 0..12 {
            stream.write_all(&[0; 2_048]).unwrap();
            std::thread::sleep(std::time::Duration::from_millis(200));
        }
        (dribbling, Answer::read(&mut stream).unwrap())
    });
    assert_eq!((dribbling.status, problem(&dribbling).as_str()), (408, "too_slow"));
    assert_eq!(
        (steady.status, problem(&steady).as_str()),
        (400, "bad_request"),
        "it was read to its end"
    );
}
