//! nDPI's view of the flows: its `ndpiReader` over a capture that grows.
//!
//! Requirements: `ndpiReader` (Debian: libndpi-bin). Provided: a name for each flow, within about a second. Not
//! provided: names without the program: the adversary that needs it fails then.

use crate::flow::{FlowKey, Protocol};
use anyhow::{Context as _, Result, ensure};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::Write as _,
    net::SocketAddrV4,
    path::Path,
    process::{Command, Stdio},
};

/// How long nDPI rests between two runs, in milliseconds.
const EVERY_MS: u64 = 1_000;
/// The capture grows to this many bytes; then the row fails.
const CAPTURE_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// The file's head: microseconds, raw IP (LINKTYPE_RAW).
const HEAD: [u32; 6] = [0xa1b2_c3d4, 0x0004_0002, 0, 0, 65_535, 101];

/// nDPI's names of flows.
pub(super) type Names = BTreeMap<FlowKey, String>;

/// A capture and what reads it.
pub(super) struct Dpi {
    folder: tempfile::TempDir,
    file: File,
    bytes: u64,
    /// When nDPI was last started, if it was.
    read_ms: Option<u64>,
    reading: bool,
}

impl Dpi {
    /// An empty capture.
    pub(super) fn new() -> Result<Self> {
        let found = Command::new("ndpiReader").arg("-h").stdout(Stdio::null()).stderr(Stdio::null()).status();
        found.context("ndpiReader is missing: install libndpi-bin")?;
        let folder = tempfile::tempdir()?;
        let mut file = File::create(folder.path().join("flows.pcap"))?;
        file.write_all(&HEAD.map(u32::to_ne_bytes).concat())?;
        Ok(Self { folder, file, bytes: 0, read_ms: None, reading: false })
    }

    /// Adds packets.
    pub(super) fn add(&mut self, packets: &[(u64, Vec<u8>)]) -> Result<()> {
        for (at_ms, packet) in packets {
            let length = u32::try_from(packet.len())?;
            let seconds = u32::try_from(at_ms / 1000)?;
            let micros = u32::try_from(at_ms % 1000)?.saturating_mul(1000);
            self.bytes = self.bytes.saturating_add(length.into());
            // what is not in it would count as nameless
            ensure!(
                self.bytes < CAPTURE_BYTES_MAX,
                "nDPI's capture has {CAPTURE_BYTES_MAX} bytes: the row is too long"
            );
            self.file.write_all(&[seconds, micros, length, length].map(u32::to_ne_bytes).concat())?;
            self.file.write_all(packet)?;
        }
        Ok(())
    }

    /// When it is time again: what reads the capture, in a thread of its own. [`Self::handle_read`] has to follow.
    pub(super) fn poll_read(&mut self, now_ms: u64) -> Option<impl FnOnce() -> Result<Names> + Send + use<>> {
        let rested = self.read_ms.is_none_or(|at| now_ms.saturating_sub(at) >= EVERY_MS);
        if self.reading || !rested {
            return None;
        }
        (self.reading, self.read_ms) = (true, Some(now_ms));
        let folder = self.folder.path().to_owned();
        Some(move || read(&folder))
    }

    /// The capture was read.
    pub(super) fn handle_read(&mut self) {
        self.reading = false;
    }
}

fn read(folder: &Path) -> Result<Names> {
    let table = folder.join("flows.csv");
    let mut command = Command::new("ndpiReader");
    command.arg("-q").arg("-i").arg(folder.join("flows.pcap")).arg("-C").arg(&table);
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    ensure!(status.success(), "ndpiReader failed");
    Ok(names(&fs::read_to_string(table)?))
}

/// The names in nDPI's table, under both directions: it may take the other end for the client. What it can't name is not
/// in the table.
fn names(table: &str) -> Names {
    let mut lines = table.lines();
    let columns: Vec<&str> = lines.next().unwrap_or_default().trim_start_matches('#').split(',').collect();
    let mut names = BTreeMap::new();
    for line in lines {
        let values: BTreeMap<&str, &str> = columns.iter().copied().zip(line.split(',')).collect();
        let end = |address: &str, port: &str| -> Option<SocketAddrV4> {
            Some(SocketAddrV4::new(values.get(address)?.parse().ok()?, values.get(port)?.parse().ok()?))
        };
        let protocol = match values.get("protocol").copied() {
            Some("6") => Protocol::Tcp,
            Some("17") => Protocol::Udp,
            _ => continue,
        };
        if let (Some(one), Some(other), Some(name)) =
            (end("src_ip", "src_port"), end("dst_ip", "dst_port"), values.get("ndpi_proto"))
        {
            names.insert(FlowKey { protocol, client: one, server: other }, (*name).to_owned());
            names.insert(FlowKey { protocol, client: other, server: one }, (*name).to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_by_the_names_of_its_columns() {
        let table = "#flow_id,protocol,src_ip,src_port,dst_ip,dst_port,ndpi_proto_num,ndpi_proto\n\
                     0,6,192.0.2.11,40000,203.0.113.21,443,91,TLS\n1,1,192.0.2.11,0,203.0.113.21,0,81,ICMP\n";
        let names = names(table);
        let key = FlowKey {
            protocol: Protocol::Tcp,
            client: "192.0.2.11:40000".parse().unwrap(),
            server: "203.0.113.21:443".parse().unwrap(),
        };
        assert_eq!((names.get(&key).map(String::as_str), names.len()), (Some("TLS"), 2));
    }
}
