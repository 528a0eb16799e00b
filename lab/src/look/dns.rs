//! DNS (RFC 1035), as far as it takes to read a question and to lie about its answer.

use std::net::Ipv4Addr;

/// An address.
pub(crate) const A: u16 = 1;
/// Bytes before the question.
const HEADER: usize = 12;
/// Labels of a name.
const LABELS_MAX: usize = 128;
/// Seconds that an answer may be remembered.
const TTL_S: u32 = 60;

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    /// The name in lower case, without the last dot.
    pub(crate) name: String,
    /// What is asked about it.
    pub(crate) kind: u16,
    /// Where the question ends in the packet.
    end: usize,
}

/// What is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The name has this address.
    Address(Ipv4Addr),
    /// The name exists, without what was asked.
    Nothing,
    /// There is no such name.
    NoName,
}

/// Reads a query with one question.
pub(crate) fn question(packet: &[u8]) -> Option<Question> {
    let is_query = packet.get(2)? & 0xf8 == 0;
    if !is_query || packet.get(4..6)? != [0, 1] {
        return None;
    }
    let mut at = HEADER;
    let mut labels: Vec<String> = Vec::new();
    loop {
        let length = usize::from(*packet.get(at)?);
        at = at.checked_add(1)?;
        if length == 0 {
            break;
        }
        if length > 63 || labels.len() >= LABELS_MAX {
            return None;
        }
        let end = at.checked_add(length)?;
        labels.push(String::from_utf8_lossy(packet.get(at..end)?).to_ascii_lowercase());
        at = end;
    }
    let kind = u16::from_be_bytes(packet.get(at..at.checked_add(2)?)?.try_into().ok()?);
    packet.get(at..at.checked_add(4)?)?;
    Some(Question { name: labels.join("."), kind, end: at.checked_add(4)? })
}

/// The answer to a query.
pub(crate) fn answer(query: &[u8], question: &Question, answer: Answer) -> Vec<u8> {
    let mut packet = query.get(..question.end).unwrap_or(query).to_vec();
    let no_name = answer == Answer::NoName;
    // a response, recursion as it was asked for and available
    let desired = query.get(2).copied().unwrap_or_default() & 1;
    let count = u8::from(matches!(answer, Answer::Address(_)));
    for (at, value) in [(2, 0x80 | desired), (3, if no_name { 0x83 } else { 0x80 }), (7, count), (9, 0), (11, 0)] {
        if let Some(place) = packet.get_mut(at) {
            *place = value;
        }
    }
    if let Answer::Address(address) = answer {
        // a pointer to the question's name, class IN
        packet.extend([0xc0, 0x0c, 0, 1, 0, 1]);
        packet.extend(TTL_S.to_be_bytes());
        packet.extend([0, 4]);
        packet.extend(address.octets());
    }
    packet
}

/// Whether `name` is `zone` or below it.
pub(crate) fn is_within(name: &str, zone: &str) -> bool {
    name.strip_suffix(zone).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A query as resolvers send it.
    pub(crate) fn query(name: &str, kind: u16) -> Vec<u8> {
        let mut packet = vec![0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        for label in name.split('.') {
            packet.push(u8::try_from(label.len()).unwrap());
            packet.extend(label.as_bytes());
        }
        packet.push(0);
        packet.extend(kind.to_be_bytes());
        packet.extend([0, 1]);
        packet
    }

    #[test]
    fn a_question_is_read_and_answered_under_its_number() {
        let packet = query("R1.Simurgh.example", A);
        let asked = question(&packet).unwrap();
        assert_eq!((asked.name.as_str(), asked.kind), ("r1.simurgh.example", A));
        let answered = answer(&packet, &asked, Answer::Address(Ipv4Addr::new(10, 10, 34, 34)));
        assert_eq!(answered[..2], packet[..2]);
        assert_eq!(answered[2..8], [0x81, 0x80, 0, 1, 0, 1]);
        assert!(answered.ends_with(&[0, 4, 10, 10, 34, 34]));
        assert_eq!(answer(&packet, &asked, Answer::NoName)[3], 0x83);
        assert_eq!(question(&answered), None, "an answer is no question");
    }

    #[test]
    fn cut_short_questions_are_none() {
        let packet = query("r1.simurgh.example", A);
        for length in 0..packet.len() {
            assert_eq!(question(&packet[..length]), None, "{length}");
        }
    }

    #[test]
    fn a_name_is_within_its_zone_only_at_a_dot() {
        assert!(is_within("a.simurgh.example", "simurgh.example"));
        assert!(is_within("simurgh.example", "simurgh.example"));
        assert!(!is_within("notsimurgh.example", "simurgh.example"));
    }
}
