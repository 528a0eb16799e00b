//! The laboratory's country and its outside: network namespaces, joined by routers, with the censor's post between.
//!
//! ```text
//! people, relays and resolver inside ─ national ─ border ─ world ─ relays, bridges, chain, people outside
//!                                                   │ TUN
//!                                                 censor
//! ```
//!
//! Requirements: root, `ip` (iproute2), `/dev/net/tun`. Provided: everything goes when the value is dropped, and what a
//! killed run left behind goes at the start of the next. Not provided: IPv6.

mod host;
mod ip;
mod process;
mod stale;

pub(crate) use host::{BORDER, HOSTS, Host, PROBE_ADDRESS, Role, host, places};
pub(crate) use process::{Process, is_interrupted, output, watch_interrupts};
pub(crate) use stale::folder_prefix;

use anyhow::{Context as _, Result};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The device between the border's routes and the censor.
pub(crate) const TUN: &str = "censor";
const NATIONAL: &str = "national";
const WORLD: &str = "world";
/// The routers' addresses on the link to each host: one for all, because a host has but one link.
const GATEWAY: &str = "169.254.1.1";
/// Packets from either side go to the censor by this table.
const TABLE: &str = "100";

/// The namespaces.
pub(crate) struct World {
    prefix: String,
}

impl World {
    /// Builds everything.
    pub(crate) fn build() -> Result<Self> {
        stale::remove()?;
        let world = Self { prefix: stale::prefix_of(std::process::id()) };
        for router in [NATIONAL, BORDER, WORLD] {
            world.add_namespace(router, None)?;
            world.sysctl(router, &["net.ipv4.ip_forward=1", "net.ipv4.conf.all.rp_filter=0"])?;
        }
        for one in HOSTS {
            world.add_host(one)?;
        }
        world.add_border()?;
        Ok(world)
    }

    /// A command that runs in a host's namespace.
    pub(crate) fn command(&self, host: &str, program: &Path) -> Command {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &self.namespace(host)]).arg(program);
        command
    }

    fn namespace(&self, host: &str) -> String {
        format!("{}{host}", self.prefix)
    }

    /// Adds a namespace; `resolver` is the name server of programs in it.
    fn add_namespace(&self, name: &str, resolver: Option<&str>) -> Result<()> {
        let namespace = self.namespace(name);
        ip::run(&["netns", "add", &namespace])?;
        if let Some(resolver) = resolver {
            let folder = settings_folder(&namespace);
            fs::create_dir_all(&folder)?;
            fs::write(folder.join("resolv.conf"), format!("nameserver {resolver}\noptions timeout:2 attempts:2\n"))?;
        }
        self.sysctl(name, &["net.ipv4.conf.default.rp_filter=0", "net.ipv6.conf.all.disable_ipv6=1"])?;
        ip::batch(&namespace, &["link set lo up".to_owned()])
    }

    fn add_host(&self, one: &Host) -> Result<()> {
        let router = if one.inside { NATIONAL } else { WORLD };
        self.add_namespace(one.name, Some(host::resolver_of(one)))?;
        let (far, near) = (self.namespace(router), self.namespace(one.name));
        ip::batch(&far, &[format!("link add name {} type veth peer name eth0 netns {near}", one.name)])?;
        let address = one.address;
        ip::batch(
            &near,
            &[
                format!("addr add {address}/32 dev eth0"),
                "link set eth0 up".to_owned(),
                format!("route add {GATEWAY} dev eth0"),
                format!("route add default via {GATEWAY}"),
            ],
        )?;
        ip::batch(
            &far,
            &[
                format!("addr add {GATEWAY}/32 dev {}", one.name),
                format!("link set dev {} up", one.name),
                format!("route add {address} dev {}", one.name),
            ],
        )
    }

    /// Joins the routers over the border, whose routes lead through the TUN device.
    fn add_border(&self) -> Result<()> {
        let (national, border, world) = (self.namespace(NATIONAL), self.namespace(BORDER), self.namespace(WORLD));
        for (router, link) in [(&national, "home"), (&world, "abroad")] {
            ip::batch(router, &[format!("link add name border type veth peer name {link} netns {border}")])?;
        }
        let (inside, outside) = (host::INSIDE_NET, host::OUTSIDE_NET);
        let link = |addresses: [&str; 2], device: &str| {
            [
                format!("addr add {} peer {} dev {device}", addresses[0], addresses[1]),
                format!("link set dev {device} up"),
            ]
        };
        let home = ["169.254.2.1", "169.254.2.2"];
        let abroad = ["169.254.3.1", "169.254.3.2"];
        let [add, up] = link(home, "border");
        ip::batch(&national, &[add, up, format!("route add default via {}", home[1])])?;
        let [add, up] = link(abroad, "border");
        let back = |net: &str| format!("route add {net} via {}", abroad[1]);
        ip::batch(&world, &[add, up, back(inside), back(PROBE_ADDRESS)])?;
        let [home_add, home_up] = link([home[1], home[0]], "home");
        let [abroad_add, abroad_up] = link([abroad[1], abroad[0]], "abroad");
        ip::batch(
            &border,
            &[
                home_add,
                home_up,
                abroad_add,
                abroad_up,
                format!("addr add {PROBE_ADDRESS}/32 dev lo"),
                format!("route add {inside} via {}", home[0]),
                format!("route add {outside} via {} src {PROBE_ADDRESS}", abroad[0]),
                format!("tuntap add dev {TUN} mode tun"),
                format!("link set {TUN} up"),
                format!("route add default dev {TUN} table {TABLE}"),
                format!("rule add iif home lookup {TABLE}"),
                format!("rule add iif abroad lookup {TABLE}"),
            ],
        )
    }

    fn sysctl(&self, name: &str, settings: &[&str]) -> Result<()> {
        let output = self.command(name, Path::new("sysctl")).arg("-qew").args(settings).output();
        let output = output.context("can't start sysctl (Debian: procps)")?;
        anyhow::ensure!(output.status.success(), "sysctl: {}", String::from_utf8_lossy(&output.stderr));
        Ok(())
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if let Err(error) = stale::remove_prefix(&self.prefix) {
            eprintln!("some namespaces {}… are left: {error:#}", self.prefix);
        }
    }
}

/// Where `ip netns exec` finds a namespace's own `resolv.conf`.
fn settings_folder(namespace: &str) -> PathBuf {
    Path::new("/etc/netns").join(namespace)
}
