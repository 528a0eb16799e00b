//! The daemon through its doors: real sockets, a real database, a network whose relays do not answer.

mod lending;

use crate::{Daemon, DaemonConfig, DaemonHandle, DemoControl, Frames, NetworkInfo, connect, events::LAG_EVENTS_MAX};
use api::{
    Count, Event, Reason,
    chain::{ChainSearch, Found},
    local::{DemoKind, DemoPerson, DemoStatus, DemoSwitch, Language, Nothing, RegionSet, Seen, Settings, Theme},
    methods::{
        AddContact, CreateProfile, GetAddress, GetPage, GetProfile, GetSettings, GetWords, LookAround, RenameProfile,
        RunDoctor, SearchChain, SendMessage, SetRegion, SetSettings, StopDemoPart,
    },
    people::{ContactAdd, MessageSend, ProfileName},
};
use futures::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use std::{fs, path::Path, sync::Arc};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader, Lines},
    net::{
        TcpStream, UnixStream,
        unix::{OwnedReadHalf, OwnedWriteHalf},
    },
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{self, Message, client::IntoClientRequest as _},
};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn start(folder: &Path, web: bool) -> anyhow::Result<DaemonHandle> {
    start_in(folder, web, None).await
}

async fn start_in(folder: &Path, web: bool, control: Option<Arc<dyn DemoControl>>) -> anyhow::Result<DaemonHandle> {
    start_at(folder, web, control, (1..=3).map(dead_relay).collect()).await
}

/// Starts in a network with these relays.
async fn start_at(
    folder: &Path,
    web: bool,
    control: Option<Arc<dyn DemoControl>>,
    relays: Vec<wire::RelayDescriptor>,
) -> anyhow::Result<DaemonHandle> {
    let network = NetworkInfo {
        name: "test".to_owned(),
        genesis_hash: [1; 32],
        program_key: None,
        validators: vec![[2; 32]; 4],
        relays,
        devnet: true,
        carrier_key: None,
        carrier_profile: None,
    };
    fs::create_dir_all(folder).unwrap();
    let file = folder.join("given.json");
    fs::write(&file, network.to_json().unwrap()).unwrap();
    Daemon::start(DaemonConfig {
        profile: folder.join("alice"),
        passphrase: None,
        name: "alice".to_owned(),
        region: None,
        network: Some(file),
        listen: "127.0.0.1:0".parse().unwrap(),
        control,
        web,
    })
    .await
}

fn dead_relay(number: u8) -> wire::RelayDescriptor {
    let address = wire::RelayAddress {
        host: "127.0.0.1".to_owned(),
        // Nobody listens on the lowest ports of a test machine.
        port: u16::from(number),
        tls_pin: Some([number; 32]),
        secret_path: "nowhere".to_owned(),
        dns: None,
    };
    wire::RelayDescriptor { address, hop_key: vec![number; 32], operator: None, region: None }
}

/// Opens the WebSocket as a browser would, but for what `change` does to the request.
async fn dial(
    daemon: &DaemonHandle,
    change: impl FnOnce(&mut tungstenite::handshake::client::Request),
) -> Result<Socket, tungstenite::Error> {
    let mut request = format!("{}/rpc", daemon.origin().replace("http", "ws")).into_client_request().unwrap();
    request.headers_mut().insert("origin", daemon.origin().parse().unwrap());
    change(&mut request);
    connect_async(request).await.map(|(socket, _)| socket)
}

async fn send(socket: &mut Socket, id: u64, method: &str, params: Value) {
    let request = json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params});
    socket.send(Message::text(request.to_string())).await.unwrap();
}

/// The next message, events left aside; `None` when the socket was closed.
async fn receive(socket: &mut Socket) -> Option<Value> {
    while let Some(Ok(message)) = socket.next().await {
        if let Message::Text(text) = message {
            let value: Value = serde_json::from_str(&text).unwrap();
            if value.get("id").is_some() {
                return Some(value);
            }
        }
    }
    None
}

async fn call(socket: &mut Socket, method: &str, params: Value) -> Value {
    send(socket, 1, method, params).await;
    receive(socket).await.unwrap()
}

fn token(daemon: &DaemonHandle) -> String {
    daemon.page_url().split_once("#token=").unwrap().1.to_owned()
}

async fn open(daemon: &DaemonHandle) -> Socket {
    let mut socket = dial(daemon, |_| {}).await.unwrap();
    let answer = call(&mut socket, "session.open", json!({"token": token(daemon)})).await;
    assert!(answer["result"]["session"].is_string(), "{answer}");
    socket
}

async fn dial_unix(daemon: &DaemonHandle) -> (Lines<BufReader<OwnedReadHalf>>, OwnedWriteHalf) {
    let (reading, writing) = connect(daemon.profile()).await.unwrap().into_split();
    (BufReader::new(reading).lines(), writing)
}

/// The next line that is no event: the daemon tells what happens whenever it happens.
async fn answer_line(lines: &mut Lines<BufReader<OwnedReadHalf>>) -> Option<Value> {
    while let Ok(Some(line)) = lines.next_line().await {
        let value: Value = serde_json::from_str(&line).unwrap();
        if value["method"] != "event" {
            return Some(value);
        }
    }
    None
}

fn reason(answer: &Value) -> &str {
    answer["error"]["data"]["reason"].as_str().unwrap_or("none")
}

#[tokio::test]
async fn a_call_goes_round_over_the_websocket() {
    let folder = tempfile::tempdir().unwrap();
    let daemon = start(folder.path(), true).await.unwrap();
    let mut socket = open(&daemon).await;
    let answer = call(&mut socket, "qr.encode", json!({"text": "hello"})).await;
    assert_eq!(answer["result"]["size"], 21);
    assert_eq!(reason(&call(&mut socket, "no.such", json!({})).await), "no_such_method");
    assert_eq!(reason(&call(&mut socket, "qr.encode", json!({"test": "hello"})).await), "bad_params");
    assert_eq!(reason(&call(&mut socket, "demo.status", json!({})).await), "no_demo");
    daemon.stop().await;
}

/// A demo of which only the people's origins matter.
#[derive(Default)]
struct PeopleOnly(parking_lot::Mutex<Vec<String>>);

#[async_trait::async_trait]
impl DemoControl for PeopleOnly {
    async fn status(&self) -> DemoStatus {
        let person = |page: &String| DemoPerson { name: "one".to_owned(), page: page.clone() };
        let people = self.0.lock().iter().map(person).collect();
        DemoStatus { validators: Vec::new(), relays: Vec::new(), height: Count(1), people }
    }

    async fn people(&self) -> Vec<DemoPerson> {
        self.status().await.people
    }

    async fn set_running(&self, _: DemoKind, _: u32, _: bool) -> Result<(), String> {
        Err("It did not start.".to_owned())
    }
}

#[tokio::test]
async fn a_fresh_address_opens_the_demo_where_the_demo_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let control = Arc::new(PeopleOnly::default());
    let daemon = start_in(folder.path(), true, Some(Arc::<PeopleOnly>::clone(&control))).await.unwrap();
    let page = async || daemon.call::<GetPage>(Nothing {}).await.unwrap().page;
    control.0.lock().push(daemon.origin());
    let (one, other) = (page().await, page().await);
    assert!(one.starts_with(&format!("{}/#demo&token=", daemon.origin())), "{one}");
    assert_ne!(one, other, "each address carries a token of its own");
    // In the demo's other daemons the page of their person opens.
    control.0.lock().insert(0, "http://127.0.0.1:1".to_owned());
    assert!(page().await.starts_with(&format!("{}/#token=", daemon.origin())));
    let asked = DemoSwitch { kind: DemoKind::Relay, index: 0 };
    let refused = daemon.call::<StopDemoPart>(asked).await.unwrap_err();
    assert_eq!(refused.data.reason, Reason::NotSwitched);
    daemon.stop().await;
}

#[tokio::test]
async fn a_search_tells_what_is_not_there_from_a_chain_that_does_not_answer() {
    let folder = tempfile::tempdir().unwrap();
    let daemon = start(folder.path(), false).await.unwrap();
    let search = async |query: &str| daemon.call::<SearchChain>(ChainSearch { query: query.to_owned() }).await;
    assert_eq!(search("no address").await.unwrap(), Found::Nothing);
    assert_eq!(search("12").await.unwrap_err().data.reason, Reason::Unreachable);
    daemon.stop().await;
}

#[tokio::test]
async fn nothing_is_answered_before_the_session_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let daemon = start(folder.path(), true).await.unwrap();
    let mut socket = dial(&daemon, |_| {}).await.unwrap();
    assert_eq!(reason(&call(&mut socket, "qr.encode", json!({"text": "hello"})).await), "no_session");
    assert_eq!(reason(&call(&mut socket, "session.open", json!({"token": "guessed"})).await), "no_session");
    let good = token(&daemon);
    let session = call(&mut socket, "session.open", json!({"token": good})).await["result"]["session"].clone();
    let mut second = dial(&daemon, |_| {}).await.unwrap();
    assert_eq!(reason(&call(&mut second, "session.open", json!({"token": good})).await), "no_session");
    let again = call(&mut second, "session.open", json!({"session": session})).await;
    assert_eq!(again["result"]["session"], session);
    assert_eq!(reason(&call(&mut second, "session.page", json!({})).await), "no_session");
    daemon.stop().await;
}

#[tokio::test]
async fn another_origin_or_host_does_not_reach_the_websocket() {
    let folder = tempfile::tempdir().unwrap();
    let daemon = start(folder.path(), true).await.unwrap();
    let refused = |result: Result<Socket, tungstenite::Error>| match result {
        Err(tungstenite::Error::Http(response)) => response.status() == 403,
        _ => false,
    };
    let evil = "http://evil.example".parse().unwrap();
    assert!(refused(dial(&daemon, |request| drop(request.headers_mut().insert("origin", evil))).await));
    assert!(refused(dial(&daemon, |request| drop(request.headers_mut().remove("origin"))).await));
    let rebound = "evil.example:80".parse().unwrap();
    assert!(refused(dial(&daemon, |request| drop(request.headers_mut().insert("host", rebound))).await));
    let cross = "cross-site".parse().unwrap();
    assert!(refused(dial(&daemon, |request| drop(request.headers_mut().insert("sec-fetch-site", cross))).await));
    assert!(dial(&daemon, |_| {}).await.is_ok());
    daemon.stop().await;
}

async fn get(daemon: &DaemonHandle, path: &str, headers: &str) -> String {
    let authority = daemon.origin().replace("http://", "");
    let mut stream = TcpStream::connect(&authority).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: {authority}\r\nconnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut response = Vec::new();
    stream.read_to_end(&mut response).await.unwrap();
    String::from_utf8_lossy(&response).into_owned()
}

#[tokio::test]
async fn the_page_comes_fenced_in() {
    let folder = tempfile::tempdir().unwrap();
    let daemon = start(folder.path(), true).await.unwrap();
    let page = get(&daemon, "/", "").await.to_lowercase();
    for header in [
        "http/1.1 200",
        "content-type: text/html",
        "cache-control: no-store",
        "x-content-type-options: nosniff",
        "referrer-policy: no-referrer",
        "require-trusted-types-for 'script'",
        "frame-ancestors 'none'",
    ] {
        assert!(page.contains(header), "{header} in {page}");
    }
    assert!(!page.contains("set-cookie"));
    let origin = "http://127.0.0.1:9".to_owned();
    daemon.set_frames(Frames { shown_by: vec![origin.clone()], shows: vec![] });
    assert!(get(&daemon, "/", "").await.contains("frame-ancestors http://127.0.0.1:9"));
    let cross = get(&daemon, "/", "sec-fetch-site: cross-site\r\nsec-fetch-dest: document\r\n").await;
    assert!(cross.starts_with("HTTP/1.1 403"), "{cross}");
    assert!(get(&daemon, "/../../Cargo.toml", "").await.starts_with("HTTP/1.1 404"));
    daemon.stop().await;
}

#[tokio::test]
async fn a_call_goes_round_over_the_owners_socket() {
    let folder = tempfile::tempdir().unwrap();
    let daemon = start(folder.path(), true).await.unwrap();
    let socket = daemon.profile().join("rpc.sock");
    let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&socket).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    let (mut lines, mut writing) = dial_unix(&daemon).await;
    writing.write_all(b"{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"session.page\"}\nnonsense\n").await.unwrap();
    let mut answers: Vec<Value> = Vec::new();
    for _ in 0..2 {
        answers.push(answer_line(&mut lines).await.unwrap());
    }
    answers.sort_by_key(|answer| answer["id"].is_null());
    assert!(answers[0]["result"]["page"].as_str().unwrap().starts_with(&daemon.origin()), "{answers:?}");
    assert_eq!(reason(&answers[1]), "bad_request");
    daemon.stop().await;
    assert!(!socket.exists());
}

#[tokio::test]
async fn calls_that_were_sent_before_the_end_are_still_answered() {
    let folder = tempfile::tempdir().unwrap();
    let daemon = start(folder.path(), false).await.unwrap();
    let (mut lines, mut writing) = dial_unix(&daemon).await;
    writing
        .write_all(b"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"qr.encode\",\"params\":{\"text\":\"x\"}}")
        .await
        .unwrap();
    writing.shutdown().await.unwrap();
    assert!(answer_line(&mut lines).await.unwrap().to_string().contains("modules"));
    assert_eq!(answer_line(&mut lines).await, None);
    daemon.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_of_one_client_reach_the_core_in_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let daemon = start(folder.path(), false).await.unwrap();
    for round in 0..20 {
        let (mut lines, mut writing) = dial_unix(&daemon).await;
        let mut text = String::new();
        for number in 0..30 {
            let params = json!({"name": format!("{round} {number}")});
            text.push_str(&format!(
                "{}\n",
                json!({"jsonrpc": "2.0", "id": number, "method": "profile.rename", "params": params})
            ));
        }
        writing.write_all(text.as_bytes()).await.unwrap();
        for _ in 0..30 {
            assert!(answer_line(&mut lines).await.unwrap()["error"].is_null());
        }
        let profile = daemon.call::<api::methods::GetProfile>(api::local::Nothing {}).await.unwrap();
        assert_eq!(profile.name, format!("{round} 29"));
    }
    daemon.stop().await;
}

#[tokio::test]
async fn a_request_that_is_too_large_is_refused_and_a_line_without_end_is_cut_off() {
    let folder = tempfile::tempdir().unwrap();
    let daemon = start(folder.path(), false).await.unwrap();
    let (mut lines, mut writing) = dial_unix(&daemon).await;
    let long = json!({"jsonrpc": "2.0", "id": 1, "method": "qr.encode", "params": {"text": "x".repeat(20_000)}});
    writing.write_all(format!("{long}\n").as_bytes()).await.unwrap();
    let answer = answer_line(&mut lines).await.unwrap();
    assert_eq!(reason(&answer), "bad_request");
    let endless = vec![b'x'; api::rpc::REQUEST_BYTES_MAX + 1];
    // The daemon may hang up before it has read everything.
    let _ = writing.write_all(&endless).await;
    assert_eq!(answer_line(&mut lines).await, None);
    daemon.stop().await;
}

#[tokio::test]
async fn a_client_that_does_not_read_is_told_to_resync() {
    let folder = tempfile::tempdir().unwrap();
    let daemon = start(folder.path(), false).await.unwrap();
    let (mut lines, mut writing) = dial_unix(&daemon).await;
    writing
        .write_all(b"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"qr.encode\",\"params\":{\"text\":\"x\"}}\n")
        .await
        .unwrap();
    lines.next_line().await.unwrap();
    // More than the kernel's buffers and the daemon's hold, while the client reads nothing.
    let problem = Some("x".repeat(4_000));
    for number in 0..20 * LAG_EVENTS_MAX {
        let contact = api::people::Contact {
            name: number.to_string(),
            verified: false,
            added_ms: 0,
            state: api::people::ContactState::Failed,
            problem: problem.clone(),
            problem_code: None,
        };
        daemon.shared.hub.publish(Event::Contact { contact });
        if number % 16 == 0 {
            tokio::task::yield_now().await;
        }
    }
    let mut last = 0;
    let resync = loop {
        let line: Value = serde_json::from_str(&lines.next_line().await.unwrap().unwrap()).unwrap();
        let seq: u64 = line["params"]["seq"].as_str().unwrap().parse().unwrap();
        assert!(seq > last);
        last = seq;
        if line["params"]["event"]["kind"] == "resync" {
            break seq;
        }
    };
    daemon.shared.hub.publish(Event::Contacts);
    let next: Value = serde_json::from_str(&lines.next_line().await.unwrap().unwrap()).unwrap();
    assert!(next["params"]["seq"].as_str().unwrap().parse::<u64>().unwrap() > resync);
    daemon.stop().await;
}

#[tokio::test]
async fn a_profile_has_one_daemon_at_a_time_and_opens_again_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let daemon = start(folder.path(), true).await.unwrap();
    let refused = start(folder.path(), true).await.unwrap_err().to_string();
    assert!(refused.contains("another simurgh uses the profile"), "{refused}");
    daemon.stop().await;
    start(folder.path(), true).await.unwrap().stop().await;
}

#[tokio::test]
async fn the_socket_works_in_a_folder_whose_path_is_longer_than_the_kernel_takes() {
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("d".repeat(120));
    let daemon = start(&deep, false).await.unwrap();
    let stream: UnixStream = connect(daemon.profile()).await.unwrap();
    drop(stream);
    daemon.stop().await;
}

#[tokio::test]
async fn a_start_that_fails_for_want_of_a_network_makes_no_folder() {
    let parent = tempfile::tempdir().unwrap();
    let start = |network| {
        Daemon::start(DaemonConfig {
            profile: parent.path().join("alice"),
            passphrase: None,
            name: String::new(),
            region: None,
            network,
            listen: "127.0.0.1:0".parse().unwrap(),
            control: None,
            web: false,
        })
    };
    assert!(start(None).await.unwrap_err().to_string().contains("--network FILE"));
    let missing = start(Some(parent.path().join("missing.json"))).await.unwrap_err().to_string();
    assert!(missing.contains("missing.json"), "{missing}");
    assert!(!parent.path().join("alice").exists());
}

#[tokio::test]
async fn a_page_on_another_machine_is_never_served() {
    let folder = tempfile::tempdir().unwrap();
    let refused = Daemon::start(DaemonConfig {
        profile: folder.path().join("alice"),
        passphrase: None,
        name: "alice".to_owned(),
        region: None,
        network: None,
        listen: "0.0.0.0:0".parse().unwrap(),
        control: None,
        web: true,
    });
    assert!(refused.await.unwrap_err().to_string().contains("loopback"));
}

#[tokio::test]
async fn connections_that_ask_nothing_make_room_for_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let daemon = start(folder.path(), true).await.unwrap();
    let authority = daemon.origin().replace("http://", "");
    let mut silent = Vec::new();
    for _ in 0..200 {
        silent.push(TcpStream::connect(&authority).await.unwrap());
    }
    silent[0].write_all(b"GET / HTTP/1.1\r\n").await.unwrap();
    let mut rest = Vec::new();
    let ended = silent[0].read_to_end(&mut rest);
    tokio::time::timeout(std::time::Duration::from_secs(30), ended).await.expect("it is closed").ok();
    drop(silent);
    assert!(get(&daemon, "/", "").await.starts_with("HTTP/1.1 200"));
    daemon.stop().await;
}

#[tokio::test]
async fn stopping_does_not_wait_for_clients_that_stay() {
    let folder = tempfile::tempdir().unwrap();
    let daemon = start(folder.path(), true).await.unwrap();
    let socket = open(&daemon).await;
    let unix = connect(daemon.profile()).await.unwrap();
    let events = Arc::new(tokio::sync::Mutex::new(daemon.events()));
    let stopped = tokio::time::timeout(std::time::Duration::from_secs(3), daemon.stop()).await;
    assert!(stopped.is_ok());
    drop((socket, unix, events));
}

#[tokio::test]
async fn a_new_profile_is_named_once_and_keeps_its_name_words_and_settings() {
    let folder = tempfile::tempdir().unwrap();
    let daemon = start(folder.path(), false).await.unwrap();
    let profile = daemon.call::<GetProfile>(Nothing {}).await.unwrap();
    assert_eq!((profile.name.as_str(), profile.network.as_str(), profile.devnet), ("alice", "test", true));
    let taken = daemon.call::<CreateProfile>(ProfileName { name: "bob".to_owned() }).await.unwrap_err();
    assert_eq!(taken.data.reason, Reason::Conflict);
    let words = daemon.call::<GetWords>(Nothing {}).await.unwrap();
    assert_eq!(words.words.len(), 24);
    let settings = Settings { language: Language::Fa, theme: Theme::Dark, ..Settings::default() };
    daemon.call::<SetSettings>(settings).await.unwrap();
    daemon.call::<RenameProfile>(ProfileName { name: "Alice".to_owned() }).await.unwrap();
    let address = daemon.call::<GetAddress>(Nothing {}).await;
    let region = |text: &str| RegionSet { region: Some(text.to_owned()) };
    assert_eq!(daemon.call::<SetRegion>(region("ir")).await.unwrap().region.as_deref(), Some("IR"));
    let refused = daemon.call::<SetRegion>(region("Iran")).await.unwrap_err();
    assert!(refused.data.reason == Reason::BadValue && refused.message.contains("such as IR"), "{refused:?}");
    daemon.stop().await;
    let daemon = start(folder.path(), false).await.unwrap();
    assert_eq!(daemon.call::<GetProfile>(Nothing {}).await.unwrap().name, "Alice");
    assert!(daemon.call::<GetWords>(Nothing {}).await.unwrap() == words);
    assert_eq!(daemon.call::<GetSettings>(Nothing {}).await.unwrap(), settings);
    assert_eq!(daemon.call::<GetAddress>(Nothing {}).await.ok(), address.ok());
    assert_eq!(daemon.call::<SetRegion>(RegionSet::default()).await.unwrap().region.as_deref(), Some("IR"));
    assert_eq!(daemon.call::<SetRegion>(region("")).await.unwrap().region, None);
    daemon.stop().await;
}

#[tokio::test]
async fn mistakes_are_told_apart_by_their_reason() {
    let folder = tempfile::tempdir().unwrap();
    let daemon = start(folder.path(), false).await.unwrap();
    let bad_link = daemon.call::<AddContact>(ContactAdd { link: "hello".to_owned() }).await.unwrap_err();
    assert_eq!(bad_link.data.reason, Reason::BadLink);
    let message = MessageSend { conversation: "nobody".to_owned(), text: "hello".to_owned(), reply_to: None, id: None };
    let nobody = daemon.call::<SendMessage>(message).await.unwrap_err();
    assert_eq!(nobody.data.reason, Reason::NotFound);
    assert!(nobody.message.ends_with('.') && nobody.message.starts_with(char::is_uppercase), "{}", nobody.message);
    daemon.stop().await;
}

#[tokio::test]
async fn the_doctor_finds_relays_that_do_not_answer_and_a_key_that_others_can_read() {
    let folder = tempfile::tempdir().unwrap();
    let daemon = start(folder.path(), false).await.unwrap();
    let key = daemon.profile().join("key");
    fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    let findings = daemon.call::<RunDoctor>(Nothing {}).await.unwrap();
    let ill: Vec<&str> = findings.iter().filter(|finding| !finding.ok).map(|finding| finding.check.as_str()).collect();
    assert!(ill.contains(&"key") && ill.contains(&"chain"), "{findings:?}");
    assert!(findings.iter().all(|finding| finding.ok == finding.advice.is_empty()));
    let seen = daemon.call::<LookAround>(Nothing {}).await.unwrap();
    let mode = |one: &Seen| if let Seen::KeyOpen { mode, .. } = one { Some(mode.clone()) } else { None };
    assert_eq!(seen.iter().find_map(mode).as_deref(), Some("644"), "{seen:?}");
    daemon.stop().await;
}
