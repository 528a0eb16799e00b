//! Who else listens on this network: mDNS service discovery (RFC 6762, RFC 6763), behind a trait.

use anyhow::Context as _;
use mdns_sd::{IfKind, ServiceDaemon, ServiceEvent, ServiceInfo};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use tokio::{sync::mpsc, task::JoinHandle};

/// What is announced and looked for. It says that this program runs here, and nothing about who runs it (BUN-50).
const SERVICE: &str = "_simurgh._tcp.local.";
/// Neighbours that wait to be looked at.
const FOUND_MAX: usize = 64;
/// Addresses of one neighbour that are tried.
const ADDRESSES_MAX: usize = 4;

/// How neighbours are found.
pub trait Discovery: Send + Sync {
    /// Where to listen; the port may be 0.
    fn listen(&self) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0))
    }

    /// Announces that `name` listens at `port`, and tells of others until what this gives is dropped.
    fn begin(&self, name: &str, port: u16) -> anyhow::Result<Neighbours>;
}

/// Neighbours as they come and go.
pub struct Neighbours {
    /// What was found.
    pub found: mpsc::Receiver<Found>,
    /// Dropped, the announcement ends.
    pub announcement: Box<dyn Send + Sync>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Somebody listens.
    There {
        /// Drawn anew each time that one begins to listen.
        name: String,
        /// Where.
        addresses: Vec<SocketAddr>,
    },
    /// Nobody of this name listens any more.
    Gone(String),
}

/// mDNS on every interface of this machine.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mdns;

struct Announcement {
    mdns: ServiceDaemon,
    listening: JoinHandle<()>,
}

impl Drop for Announcement {
    fn drop(&mut self) {
        self.listening.abort();
        // says goodbye to the network on its own thread
        let _ = self.mdns.shutdown();
    }
}

impl Discovery for Mdns {
    fn begin(&self, name: &str, port: u16) -> anyhow::Result<Neighbours> {
        let mdns = ServiceDaemon::new().context("this machine does not let look for neighbours")?;
        mdns.disable_interface(vec![IfKind::IPv6, IfKind::LoopbackV4])?;
        let info = ServiceInfo::new(SERVICE, name, &format!("{name}.local."), "", port, None)?.enable_addr_auto();
        mdns.register(info)?;
        let events = mdns.browse(SERVICE)?;
        let (tell, found) = mpsc::channel(FOUND_MAX);
        let listening = tokio::spawn(async move {
            while let Ok(event) = events.recv_async().await {
                let Some(one) = found_in(event) else { continue };
                if tell.send(one).await.is_err() {
                    return;
                }
            }
        });
        Ok(Neighbours { found, announcement: Box::new(Announcement { mdns, listening }) })
    }
}

fn found_in(event: ServiceEvent) -> Option<Found> {
    match event {
        ServiceEvent::ServiceResolved(service) => {
            let port = service.get_port();
            let mut near: Vec<IpAddr> = service.get_addresses_v4().into_iter().map(IpAddr::V4).collect();
            // an announcement of others makes nobody dial their own machine
            near.retain(|address| is_near(*address) && !address.is_loopback());
            near.sort_unstable();
            near.truncate(ADDRESSES_MAX);
            let addresses = near.into_iter().map(|address| SocketAddr::from((address, port))).collect();
            Some(Found::There { name: name_of(service.get_fullname()), addresses })
        }
        ServiceEvent::ServiceRemoved(_, fullname) => Some(Found::Gone(name_of(&fullname))),
        ServiceEvent::SearchStarted(_) | ServiceEvent::ServiceFound(..) | ServiceEvent::SearchStopped(_) | _ => None,
    }
}

fn name_of(fullname: &str) -> String {
    fullname.strip_suffix(SERVICE).unwrap_or(fullname).trim_end_matches('.').to_owned()
}

/// Nobody can make this machine dial far away by an announcement, nor reach it from there (BUN-55).
pub(super) fn is_near(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_private() || address.is_link_local() || address.is_loopback(),
        IpAddr::V6(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_a_local_network_are_near() {
        for near in ["192.168.1.7", "10.0.0.1", "172.16.3.4", "169.254.9.9", "127.0.0.1"] {
            assert!(is_near(near.parse().unwrap()), "{near}");
        }
        for far in ["8.8.8.8", "100.64.0.1", "0.0.0.0", "224.0.0.251", "::1", "fe80::1"] {
            assert!(!is_near(far.parse().unwrap()), "{far}");
        }
    }

    #[test]
    fn a_neighbours_name_is_what_stands_before_the_service() {
        assert_eq!(name_of("a1b2._simurgh._tcp.local."), "a1b2");
        assert_eq!(name_of("strange"), "strange");
    }
}
