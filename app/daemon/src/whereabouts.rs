//! Which network this machine is in (CAR-46): what is known without privileges of the gateway by which packets leave.
//!
//! Requirements: Linux's /proc/net; elsewhere nothing is known, and all networks are one. Provided: a name that is the
//! same when the machine comes back, and that says nothing to who does not have the profile's secret. Not provided: to
//! tell networks apart behind a VPN whose routes are not in the main table, or two phones' hot spots that are alike.

use carrier::NetworkName;
use std::{fs::File, io::Read as _, net::Ipv4Addr, path::Path};
use wire::{Secret32, hash::domain_hash};

/// Bytes of a table that are read; a person's machine has a few lines.
const TABLE_BYTES_MAX: u64 = 256 * 1024;
/// The route can be used (RTF_UP).
const UP: u32 = 1;
/// Packets are refused (RTF_REJECT).
const REJECT: u32 = 0x200;
/// The neighbour's address is known (ATF_COM).
const COMPLETE: u32 = 2;

/// A gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Whereabouts {
    interface: String,
    /// Its address; empty where there is none, as on a telephone line.
    gateway: String,
    /// Its hardware address, once it is known.
    hardware: Option<String>,
}

impl Whereabouts {
    /// Where this machine is now; `None`: nowhere, or it can't be told.
    pub(crate) fn look() -> Option<Self> {
        let table = |name: &str| read(&Path::new("/proc/net").join(name));
        Self::of(&table("route"), &table("arp"), &table("ipv6_route"))
    }

    /// From the kernel's tables.
    fn of(routes: &str, neighbours: &str, routes6: &str) -> Option<Self> {
        gateway4(routes).map(|found| with_hardware(found, neighbours)).or_else(|| gateway6(routes6))
    }

    /// Whether more will be known of it once packets went there.
    pub(crate) fn is_incomplete(&self) -> bool {
        self.hardware.is_none() && self.gateway.parse::<Ipv4Addr>().is_ok()
    }

    /// The name by which it is remembered.
    pub(crate) fn name(&self, secret: &Secret32) -> NetworkName {
        let hardware = self.hardware.as_deref().unwrap_or_default();
        let parts = [secret.0.as_slice(), self.interface.as_bytes(), self.gateway.as_bytes(), hardware.as_bytes()];
        domain_hash("simurgh/network-name/1", &parts)
    }
}

/// The route by which packets to anywhere leave: half of all addresses, as VPNs have it, goes before all.
fn gateway4(routes: &str) -> Option<Whereabouts> {
    let route = |line: &str| {
        let fields: Vec<&str> = line.split_ascii_whitespace().collect();
        let [interface, to, gateway, flags, _, _, metric, mask, ..] = fields.as_slice() else { return None };
        let (to, gateway, mask) = (address(to)?, address(gateway)?, address(mask)?);
        let is_default = to.is_unspecified() && (mask.is_unspecified() || mask == Ipv4Addr::new(128, 0, 0, 0));
        if !is_default || !is_usable(hex(flags)?) {
            return None;
        }
        let gateway = if gateway.is_unspecified() { String::new() } else { gateway.to_string() };
        let rank = (mask.is_unspecified(), metric.parse::<u32>().ok()?);
        Some((rank, Whereabouts { interface: (*interface).to_owned(), gateway, hardware: None }))
    };
    routes.lines().filter_map(route).min_by_key(|(rank, _)| *rank).map(|(_, found)| found)
}

fn address(text: &str) -> Option<Ipv4Addr> {
    Some(Ipv4Addr::from(hex(text)?.to_ne_bytes()))
}

fn with_hardware(found: Whereabouts, neighbours: &str) -> Whereabouts {
    let known = |line: &str| {
        let fields: Vec<&str> = line.split_ascii_whitespace().collect();
        let [address, _, flags, hardware, _, device] = fields.as_slice() else { return None };
        let flags = hex(flags.strip_prefix("0x")?)?;
        let is_it = *address == found.gateway && *device == found.interface && flags & COMPLETE != 0;
        is_it.then(|| (*hardware).to_owned())
    };
    Whereabouts { hardware: neighbours.lines().find_map(known), ..found }
}

/// The same where there is no IPv4. The hardware addresses of neighbours are not told there, but a gateway's address is
/// most often made from its own.
fn gateway6(routes: &str) -> Option<Whereabouts> {
    let route = |line: &str| {
        let fields: Vec<&str> = line.split_ascii_whitespace().collect();
        let [to, length, _, _, gateway, metric, _, _, flags, interface] = fields.as_slice() else { return None };
        let is_default = to.bytes().all(|digit| digit == b'0') && *length == "00";
        if !is_default || !is_usable(hex(flags)?) || *interface == "lo" {
            return None;
        }
        let gateway = if gateway.bytes().all(|digit| digit == b'0') { "" } else { *gateway };
        let (interface, gateway) = ((*interface).to_owned(), gateway.to_owned());
        Some((hex(metric)?, Whereabouts { interface, gateway, hardware: None }))
    };
    routes.lines().filter_map(route).min_by_key(|(metric, _)| *metric).map(|(_, found)| found)
}

fn is_usable(flags: u32) -> bool {
    flags & UP != 0 && flags & REJECT == 0
}

fn hex(text: &str) -> Option<u32> {
    u32::from_str_radix(text, 16).ok()
}

/// A table; one that can't be read is empty.
fn read(path: &Path) -> String {
    let mut bytes = Vec::new();
    if let Ok(file) = File::open(path) {
        // What can't be read is not known.
        let _ = file.take(TABLE_BYTES_MAX).read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
pub(crate) mod tests;
