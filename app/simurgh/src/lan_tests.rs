//! Two daemons on one network, whose relays are gone (BUN-50 to BUN-58). How they find each other is given to them:
//! real mDNS is tried in `tests/lan.rs`, in a network of its own.

use crate::verbs::bench::message::{config_of, meet, start_relays, write_network};
use api::{
    Event,
    local::{LanStatus, LanSwitch},
    methods::{SendMessage, SwitchLan},
    people::{MessageSend, MessageState},
};
use daemon::{Daemon, DaemonHandle, Discovery, Found, Neighbours};
use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::mpsc,
    time::{sleep, timeout},
};

/// Nothing is decided by it but failure.
const PATIENCE: Duration = Duration::from_secs(60);

/// Everybody who listens is told to everybody else.
#[derive(Default)]
struct Room(Mutex<Vec<(Found, mpsc::Sender<Found>)>>);

impl Discovery for Room {
    fn listen(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, 0).into()
    }

    fn begin(&self, name: &str, port: u16) -> anyhow::Result<Neighbours> {
        let (tell, found) = mpsc::channel(16);
        let own = Found::There { name: name.to_owned(), addresses: vec![(Ipv4Addr::LOCALHOST, port).into()] };
        let mut others = self.0.lock().unwrap();
        for (other, tell_other) in others.iter() {
            tell.try_send(other.clone())?;
            // who has left hears nothing
            let _ = tell_other.try_send(own.clone());
        }
        tell.try_send(own.clone())?;
        others.push((own, tell));
        Ok(Neighbours { found, announcement: Box::new(()) })
    }
}

/// Nobody is told of anybody but what a test says.
#[derive(Default)]
struct Silence(Mutex<Vec<Listening>>);

#[derive(Clone)]
struct Listening {
    name: String,
    address: SocketAddr,
    tell: mpsc::Sender<Found>,
}

impl Discovery for Silence {
    fn listen(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, 0).into()
    }

    fn begin(&self, name: &str, port: u16) -> anyhow::Result<Neighbours> {
        let (tell, found) = mpsc::channel(16);
        let address = (Ipv4Addr::LOCALHOST, port).into();
        self.0.lock().unwrap().push(Listening { name: name.to_owned(), address, tell });
        Ok(Neighbours { found, announcement: Box::new(()) })
    }
}

impl Room {
    fn addresses(&self) -> Vec<SocketAddr> {
        let others = self.0.lock().unwrap();
        let addresses = others.iter().flat_map(|(found, _)| match found {
            Found::There { addresses, .. } => addresses.clone(),
            Found::Gone(_) => Vec::new(),
        });
        addresses.collect()
    }
}

async fn switch(person: &DaemonHandle, on: Option<bool>) -> LanStatus {
    person.call::<SwitchLan>(LanSwitch { on }).await.unwrap()
}

async fn says(from: &DaemonHandle, to: &str, text: &str) -> String {
    let sending = MessageSend { conversation: to.to_owned(), text: text.to_owned(), reply_to: None, id: None };
    from.call::<SendMessage>(sending).await.unwrap().id
}

/// Waits until a message is told in this state.
async fn told(events: &mut daemon::Events, id: &str, state: MessageState) {
    let waiting = async {
        while let Some(event) = events.next().await {
            if let Event::Message { message } = &event.event
                && message.id == id
                && message.state == state
            {
                return;
            }
        }
        panic!("the daemon ended");
    };
    timeout(PATIENCE, waiting).await.unwrap_or_else(|_| panic!("never told: {id} is {state:?}"));
}

async fn is_here(person: &DaemonHandle, contact: &str) {
    let looking = async {
        while switch(person, None).await.contacts != [contact] {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(PATIENCE, looking).await.unwrap_or_else(|_| panic!("{contact} is not here"));
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_go_over_the_local_network_when_no_relay_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let relays = start_relays(folder.path()).await.unwrap();
    let network = folder.path().join("network.json");
    write_network(&network, &relays).unwrap();
    let room = Arc::new(Room::default());
    let start = |name| Daemon::start_with(config_of(folder.path(), &network, name), Arc::clone(&room) as _);
    let (alice, bob) = (start("alice").await.unwrap(), start("bob").await.unwrap());
    meet(&alice, &bob).await.unwrap();
    for relay in relays {
        relay.stop().await;
    }

    assert!(!switch(&alice, None).await.on, "off until somebody switches it on");
    assert!(room.addresses().is_empty(), "and nobody is told that this machine is there");
    let mut at_alice = alice.events();
    let mut at_bob = bob.events();
    let first = says(&alice, "bob", "before they meet").await;
    assert!(switch(&alice, Some(true)).await.on);
    switch(&bob, Some(true)).await;
    told(&mut at_bob, &first, MessageState::Received).await;
    told(&mut at_alice, &first, MessageState::Delivered).await;
    is_here(&alice, "bob").await;
    is_here(&bob, "alice").await;
    for number in 0..3 {
        let one = says(&bob, "alice", &format!("from Bob: {number}")).await;
        told(&mut at_alice, &one, MessageState::Received).await;
        told(&mut at_bob, &one, MessageState::Delivered).await;
    }

    strangers_learn_nothing(&room.addresses()).await;
    assert_eq!(switch(&alice, None).await.contacts, ["bob"], "and disturb nobody");

    switch(&alice, Some(false)).await;
    let later = says(&bob, "alice", "while Alice is away").await;
    switch(&alice, Some(true)).await;
    told(&mut at_alice, &later, MessageState::Received).await;
    alice.stop().await;
    bob.stop().await;
}

/// BUN-58
#[tokio::test(flavor = "multi_thread")]
async fn a_neighbour_with_a_new_address_is_met_there_and_an_end_of_the_search_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let relays = start_relays(folder.path()).await.unwrap();
    let network = folder.path().join("network.json");
    write_network(&network, &relays).unwrap();
    let silence = Arc::new(Silence::default());
    let start = |name| Daemon::start_with(config_of(folder.path(), &network, name), Arc::clone(&silence) as _);
    let (alice, bob) = (start("alice").await.unwrap(), start("bob").await.unwrap());
    meet(&alice, &bob).await.unwrap();
    for relay in relays {
        relay.stop().await;
    }
    switch(&alice, Some(true)).await;
    switch(&bob, Some(true)).await;
    let [of_alice, of_bob] = <[Listening; 2]>::try_from(silence.0.lock().unwrap().clone()).unwrap_or_else(|_| panic!());
    let nobody = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap().local_addr().unwrap();
    for address in [nobody, of_bob.address] {
        let there = Found::There { name: of_bob.name.clone(), addresses: vec![address] };
        of_alice.tell.send(there).await.unwrap();
    }
    is_here(&alice, "bob").await;

    drop(of_alice);
    silence.0.lock().unwrap().clear();
    let ended = async {
        while switch(&alice, None).await.problem.is_none() {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(PATIENCE, ended).await.expect("the end of the search is not said");
    assert!(switch(&alice, Some(true)).await.problem.is_none(), "it begins anew");
    assert_eq!(silence.0.lock().unwrap().len(), 1);
    alice.stop().await;
    bob.stop().await;
}

/// A stranger gets a public key for a public key, and nothing for anything else (BUN-52, BUN-54).
async fn strangers_learn_nothing(addresses: &[SocketAddr]) {
    for address in addresses {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let nonsense = [&[1][..], &[9; 32], &(2_048u32 * 16 + 16).to_le_bytes(), &[7; 2_048 * 16 + 16]].concat();
        stream.write_all(&nonsense).await.unwrap();
        let mut answer = Vec::new();
        let read = timeout(PATIENCE, stream.read_to_end(&mut answer)).await.expect("the connection is not ended");
        assert!(read.is_err() || answer.len() == 33, "{} bytes for a stranger", answer.len());
    }
}
