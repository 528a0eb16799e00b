//! The kernel's tables, as they are on machines.

use super::*;

const HEAD: &str = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n";
const ARP_HEAD: &str = "IP address       HW type     Flags       HW address            Mask     Device\n";

/// An address as the tables have it on this machine.
fn raw(address: [u8; 4]) -> String {
    format!("{:08X}", u32::from_ne_bytes(address))
}

fn route(interface: &str, gateway: [u8; 4], flags: u32, metric: u32, mask: [u8; 4]) -> String {
    format!("{interface}\t00000000\t{}\t{flags:04X}\t0\t0\t{metric}\t{}\t0\t0\t0\n", raw(gateway), raw(mask))
}

/// A gateway that differs by its number.
pub(crate) fn place(number: u8) -> Whereabouts {
    let hardware = Some(format!("02:00:00:00:00:{number:02x}"));
    Whereabouts { interface: "wlan0".to_owned(), gateway: "192.168.1.1".to_owned(), hardware }
}

impl Whereabouts {
    pub(crate) fn without_hardware(self) -> Self {
        Self { hardware: None, ..self }
    }
}

fn look(routes: &str, neighbours: &str) -> Option<Whereabouts> {
    Whereabouts::of(&format!("{HEAD}{routes}"), &format!("{ARP_HEAD}{neighbours}"), "")
}

/// CAR-46
#[test]
fn a_network_is_its_gateway_with_interface_and_hardware_address() {
    let local = "wlan0\t0001A8C0\t00000000\t0001\t0\t0\t600\t00FFFFFF\t0\t0\t0\n";
    let routes = format!("{}{local}", route("wlan0", [192, 168, 1, 1], 3, 600, [0; 4]));
    let neighbours = "192.168.1.7      0x1         0x2         02:00:00:00:00:09     *        wlan0\n\
                      192.168.1.1      0x1         0x2         02:00:00:00:00:05     *        wlan0\n";
    let found = look(&routes, neighbours).unwrap();
    assert_eq!((&found, found.is_incomplete()), (&place(5), false));
    // The other flat's router has the same address, and no other hardware address is its own.
    let other = look(&routes, &neighbours.replace(":05 ", ":06 ")).unwrap();
    let secret = Secret32([1; 32]);
    assert_ne!(found.name(&secret), other.name(&secret));
    assert_ne!(found.name(&secret), found.name(&Secret32([2; 32])), "nobody else can tell which it is");
    for unknown in ["", "192.168.1.1      0x1         0x0         00:00:00:00:00:00     *        wlan0\n"] {
        let found = look(&routes, unknown).unwrap();
        assert_eq!((found.hardware.as_deref(), found.is_incomplete()), (None, true));
    }
}

/// CAR-46
#[test]
fn of_several_ways_out_the_one_is_taken_that_packets_take() {
    let both =
        format!("{}{}", route("eth0", [10, 0, 0, 1], 3, 600, [0; 4]), route("wlan0", [192, 168, 1, 1], 3, 100, [0; 4]));
    assert_eq!(look(&both, "").unwrap().interface, "wlan0");
    let down = format!("{}{both}", route("usb0", [10, 1, 0, 1], 2, 1, [0; 4]));
    assert_eq!(look(&down, "").unwrap().interface, "wlan0");
    let tunnel = format!("{both}{}", route("tun0", [10, 8, 0, 1], 3, 0, [128, 0, 0, 0]));
    assert_eq!(look(&tunnel, "").unwrap().interface, "tun0");
    let line = look(&route("ppp0", [0; 4], 1, 0, [0; 4]), "").unwrap();
    assert_eq!((line.gateway.as_str(), line.is_incomplete()), ("", false), "a line has no gateway to be known better");
}

#[test]
fn without_ipv4_the_gateway_of_ipv6_is_it() {
    let zero = "0".repeat(32);
    let line = |gateway: &str, metric: &str, flags: &str, interface: &str| {
        format!("{zero} 00 {zero} 00 {gateway} {metric} 00000001 00000000 {flags} {interface}\n")
    };
    let gateway = "fe80000000000000020000fffe000005";
    let routes = format!(
        "{}{}{}",
        line(&zero, "ffffffff", "00200200", "lo"),
        line(gateway, "00000400", "00000003", "wlan0"),
        line(&zero, "00000100", "00000001", "lo")
    );
    let found = Whereabouts::of(HEAD, ARP_HEAD, &routes).unwrap();
    assert_eq!((found.interface.as_str(), found.gateway.as_str()), ("wlan0", gateway));
    assert!(!found.is_incomplete());
}

#[test]
fn tables_that_say_nothing_are_no_network() {
    for nonsense in ["", "\0\u{fffd}", "a b c d e f g h", "wlan0\tzz\tzz\tzz\t0\t0\t0\tzz\t0\t0\t0\n"] {
        assert_eq!(Whereabouts::of(nonsense, nonsense, nonsense), None);
    }
    assert_eq!(read(Path::new("/nonexistent")), "");
}
