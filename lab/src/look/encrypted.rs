//! The rule by which the Great Firewall finds fully encrypted traffic in the first payload of a TCP connection.
//!
//! Source: Wu et al., “How the Great Firewall of China Detects and Blocks Fully Encrypted Traffic”, USENIX Security
//! 2023, sections 4 and 5: whatever matches none of five exemptions is taken for fully encrypted.

/// Bytes that are looked at for a run of printable ones.
const RUN_MIN: usize = 20;
/// Methods with which HTTP may begin there.
const METHODS: [&[u8]; 4] = [b"GET ", b"PUT ", b"POST ", b"HEAD "];

/// Whether the first payload of a client looks like nothing but noise.
pub(crate) fn is_noise(payload: &[u8]) -> bool {
    if payload.is_empty() {
        return false;
    }
    let ones: u32 = payload.iter().map(|byte| byte.count_ones()).sum();
    // popcount per byte, in tenths: exempt at 3.4 and below, at 4.6 and above
    let length = u32::try_from(payload.len()).unwrap_or(u32::MAX);
    let tenths = ones.saturating_mul(10);
    let few = tenths <= length.saturating_mul(34);
    let many = tenths >= length.saturating_mul(46);
    !(few || many || is_printable(payload) || is_known(payload))
}

fn is_printable(payload: &[u8]) -> bool {
    let printable = |byte: &u8| (0x20..=0x7e).contains(byte);
    let begins = payload.len() >= 6 && payload.iter().take(6).all(printable);
    let half = payload.iter().filter(|byte| printable(byte)).count() > payload.len() / 2;
    let run = payload.split(|byte| !printable(byte)).any(|run| run.len() > RUN_MIN);
    begins || half || run
}

fn is_known(payload: &[u8]) -> bool {
    let tls = matches!(payload, [0x16 | 0x17, 0x03, 0x00..=0x09, ..]);
    tls || METHODS.iter().any(|method| payload.starts_with(method))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes with four of eight bits set, none printable.
    fn noise() -> Vec<u8> {
        [0x8f, 0xc3, 0x99, 0xe2, 0x96, 0x0f, 0x17, 0xd1].repeat(16)
    }

    #[test]
    fn noise_is_noise_and_each_exemption_is_none() {
        assert!(is_noise(&noise()));
        assert!(!is_noise(&[]));
        assert!(!is_noise(&[0x01; 64]), "few ones");
        assert!(!is_noise(&[0xff; 64]), "many ones");
        assert!(!is_noise(&[b"SSH-2.", &noise()[..]].concat()), "six printable bytes to begin with");
        let half = noise().into_iter().flat_map(|byte| [byte, b'a', b'b']).collect::<Vec<_>>();
        assert!(!is_noise(&half), "more than half printable");
        assert!(!is_noise(&[&noise()[..], &[b'a'; 21], &noise()[..]].concat()), "a run of 21 printable bytes");
        assert!(is_noise(&[&noise()[..], &[b'a'; 20], &noise()[..]].concat()), "20 are not enough");
        assert!(!is_noise(&[&[0x16, 0x03, 0x01][..], &noise()].concat()), "TLS");
        assert!(!is_noise(&[b"PUT ", &noise()[..]].concat()), "HTTP");
    }
}
