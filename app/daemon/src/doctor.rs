//! Looks at this profile and its network and says what is wrong: as codes, and in English words.

use crate::{answer::Answers, profile};
use api::{
    ApiError, Handler as _,
    local::{CarrierReason, CarrierStatus, Finding, Nothing, Seen, SilentRelay},
};
use std::{fs, os::unix::fs::MetadataExt as _, path::Path};

/// A block older than this means that the chain, or the way to it, stands still.
const BLOCK_AGE_MS_MAX: u64 = 60_000;
/// Permissions that others have.
const OTHERS: u32 = 0o077;

/// Every check, in order from this machine outwards.
pub(crate) async fn look(answers: &Answers) -> Vec<Seen> {
    let mut seen = vec![
        folder(&answers.profile),
        key(&profile::key_file(&answers.profile)),
        database(&answers.profile.join("profile.db")),
        words(answers).await,
    ];
    seen.extend(carrier(answers.carrier_status(Nothing {}).await));
    seen.push(carrier_profile(answers));
    seen.push(chain(answers).await);
    seen
}

/// What was seen in English words, with what to do about it.
pub(crate) fn in_words(seen: &Seen) -> Finding {
    let (check, detail, advice) = match seen {
        Seen::FolderPrivate { .. } | Seen::FolderOpen { .. } | Seen::FolderLost { .. } => folder_words(seen),
        Seen::KeyPrivate { .. } | Seen::KeyOpen { .. } | Seen::KeyLost { .. } => key_words(seen),
        Seen::DatabaseThere { kilobytes } => ("database", format!("{kilobytes} kB on disk"), ""),
        Seen::DatabaseLost { error } => {
            ("database", error.clone(), "Check that the disk is there; restore a backup if it is not.")
        }
        Seen::WordsSaved => ("words", "the 24 words are written down".to_owned(), ""),
        Seen::WordsDevnet => ("words", "the 24 words matter little: money here is without worth".to_owned(), ""),
        Seen::WordsUnsaved => (
            "words",
            "the 24 words are not written down".to_owned(),
            "Write them down (simurgh wallet words): without them this machine's loss is the loss of the wallet.",
        ),
        Seen::WordsUnknown { error } => ("words", error.clone(), "Look at the log."),
        Seen::OperatorsApart { .. }
        | Seen::OperatorsOne
        | Seen::OperatorsNear { .. }
        | Seen::OperatorsUnknown { .. } => operators_words(seen),
        Seen::CarrierProfileUsed { .. } | Seen::CarrierProfileRefused { .. } => profile_words(seen),
        Seen::RelaysAnswer { all, waiting } => ("relays", format!("all {all} answer; {waiting} deposits wait"), ""),
        Seen::RelaysSilent { silent, all, waiting } => relays_words(silent, *all, *waiting),
        Seen::RelaysAbroadCut { answering, all, messages } => (
            "relays",
            format!("abroad is cut off: {answering} of {all} answer, those inside; {messages} messages wait"),
            "They go by themselves when the way is open again; a bridge may get through (simurgh carrier add).",
        ),
        Seen::RelaysUnknown { error } => ("relays", error.clone(), "Look at the log."),
        Seen::ChainMoves { seqno, age_s } => ("chain", format!("block {seqno} is {age_s} s old"), ""),
        Seen::ChainStands { seqno, age_s } => (
            "chain",
            format!("block {seqno} is {age_s} s old"),
            "The chain stands still or this machine's clock is wrong: compare the clock first.",
        ),
        Seen::ChainSilent { error } => {
            ("chain", error.clone(), "Money can't move before the chain answers; see the relays above.")
        }
    };
    Finding { check: check.to_owned(), ok: advice.is_empty(), detail, advice: advice.to_owned() }
}

type Words = (&'static str, String, &'static str);

fn folder_words(seen: &Seen) -> Words {
    let advice = "Others on this machine can look into it: run chmod 700 on it.";
    let lost = "Check that the disk is there and stop and start simurgh.";
    private_words("folder", seen, advice, lost)
}

fn key_words(seen: &Seen) -> Words {
    let advice = "Others can read your key: run chmod 600 on it, and move to a new profile if they did.";
    let lost = "Put the key file back before you stop simurgh, or it won't start.";
    private_words("key", seen, advice, lost)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the two callers pass only what has a path or an error")]
fn private_words(check: &'static str, seen: &Seen, open: &'static str, lost: &'static str) -> Words {
    match seen {
        Seen::FolderPrivate { path } | Seen::KeyPrivate { path } => (check, format!("{path} is yours alone"), ""),
        Seen::FolderOpen { path, mode } | Seen::KeyOpen { path, mode } => {
            (check, format!("{path} has mode {mode}"), open)
        }
        Seen::FolderLost { error } | Seen::KeyLost { error } => (check, error.clone(), lost),
        _ => (check, String::new(), ""),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the caller passes only what is of operators")]
fn operators_words(seen: &Seen) -> Words {
    let (detail, advice) = match seen {
        Seen::OperatorsApart { operators } => (format!("the relays are in the hands of {operators} operators"), ""),
        Seen::OperatorsOne => (
            "no relay is apart from another, by operator, host or network: one hand may run them all and tell who writes \
             where"
                .to_owned(),
            "Messages go on; ask who gave you the network file for one with relays of several operators.",
        ),
        Seen::OperatorsNear { lone, all } => (
            format!(
                "{lone} of {all} relays have no other that is apart from them, by operator, host or network: one hand \
                 may tell who writes there"
            ),
            "Messages go on; ask who gave you the network file for one with relays of more operators.",
        ),
        Seen::OperatorsUnknown { unnamed, may_be_all } => (
            format!(
                "nobody says who runs {unnamed} of the relays: one operator may be behind {}",
                if *may_be_all { "all" } else { "several" }
            ),
            "Messages go on; get a newer network file, in which operators sign for their relays.",
        ),
        _ => (String::new(), ""),
    };
    ("operators", detail, advice)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the caller passes only what is of carrier profiles")]
fn profile_words(seen: &Seen) -> Words {
    let name = |number: &u64| if *number == 0 { "the built-in one".to_owned() } else { format!("number {number}") };
    let (detail, advice) = match seen {
        Seen::CarrierProfileUsed { number } => (format!("{} is used", name(number)), ""),
        Seen::CarrierProfileRefused { number, place, error } => (
            format!("the one in {place} can't be used ({error}); {} is", name(number)),
            "Messages go on; get a newer one from whoever runs the network (simurgh carrier profile install), or take \
             the broken one away.",
        ),
        _ => (String::new(), ""),
    };
    ("carrier profile", detail, advice)
}

fn relays_words(silent: &[SilentRelay], all: u32, waiting: u32) -> Words {
    let names: Vec<String> = silent.iter().map(silence).collect();
    let detail = format!("{} of {all} do not answer: {}; {waiting} deposits wait", silent.len(), names.join(", "));
    let advice = if u32::try_from(silent.len()) == Ok(all) {
        "Check this machine's connection; if that is well, get a newer network file or a bridge."
    } else {
        "A message is safe when two relays have taken it; if it stays so, tell the relay's operator."
    };
    ("relays", detail, advice)
}

fn silence(relay: &SilentRelay) -> String {
    if relay.error.is_empty() { relay.host.clone() } else { format!("{} ({})", relay.host, relay.error) }
}

fn folder(folder: &Path) -> Seen {
    let path = folder.display().to_string();
    match fs::metadata(folder) {
        Ok(found) if found.mode() & OTHERS == 0 => Seen::FolderPrivate { path },
        Ok(found) => Seen::FolderOpen { path, mode: octal(found.mode()) },
        Err(error) => Seen::FolderLost { error: error.to_string() },
    }
}

fn key(key: &Path) -> Seen {
    let path = key.display().to_string();
    match fs::metadata(key) {
        Ok(found) if found.mode() & OTHERS == 0 => Seen::KeyPrivate { path },
        Ok(found) => Seen::KeyOpen { path, mode: octal(found.mode()) },
        Err(error) => Seen::KeyLost { error: error.to_string() },
    }
}

fn octal(mode: u32) -> String {
    format!("{:o}", mode & 0o777)
}

fn database(file: &Path) -> Seen {
    match fs::metadata(file) {
        Ok(found) => {
            // What was written last stands in the log beside the file.
            let log = fs::metadata(file.with_extension("db-wal")).map_or(0, |log| log.len());
            Seen::DatabaseThere { kilobytes: found.len().saturating_add(log) / 1000 }
        }
        Err(error) => Seen::DatabaseLost { error: error.to_string() },
    }
}

async fn words(answers: &Answers) -> Seen {
    match answers.profile_get(Nothing {}).await {
        Ok(profile) if profile.words_saved => Seen::WordsSaved,
        Ok(profile) if profile.devnet => Seen::WordsDevnet,
        Ok(_) => Seen::WordsUnsaved,
        Err(error) => Seen::WordsUnknown { error: error.message },
    }
}

/// What one answer of the carrier says of the relays' operators and of the relays.
fn carrier(status: Result<CarrierStatus, ApiError>) -> Vec<Seen> {
    match status {
        Ok(status) => vec![operators(&status), relays(status)],
        Err(error) => vec![Seen::RelaysUnknown { error: error.message }],
    }
}

fn operators(status: &CarrierStatus) -> Seen {
    let (operators, unnamed, lone) = (status.operators, status.unnamed_relays, status.lone_relays);
    match (lone, unnamed) {
        (0, 0) => Seen::OperatorsApart { operators },
        (0, _) => Seen::OperatorsUnknown { unnamed, may_be_all: operators <= 1 },
        (_, _) if lone == status.network_relays => Seen::OperatorsOne,
        (_, _) => Seen::OperatorsNear { lone, all: status.network_relays },
    }
}

fn carrier_profile(answers: &Answers) -> Seen {
    let used = answers.ways.behaviour.used();
    let number = used.profile.number;
    match used.refused {
        Some(refused) => Seen::CarrierProfileRefused { number, place: refused.place, error: refused.why },
        None => Seen::CarrierProfileUsed { number },
    }
}

fn relays(status: CarrierStatus) -> Seen {
    let all = u32::try_from(status.relays.len()).unwrap_or(u32::MAX);
    if status.reason == CarrierReason::AbroadCut {
        let answering = status.relays.iter().filter(|relay| relay.ok).count();
        let answering = u32::try_from(answering).unwrap_or(u32::MAX);
        return Seen::RelaysAbroadCut { answering, all, messages: status.messages_waiting };
    }
    let silent = status.relays.into_iter().filter(|relay| relay.used && !relay.ok);
    let silent: Vec<SilentRelay> =
        silent.map(|relay| SilentRelay { host: relay.host, error: relay.error.unwrap_or_default() }).collect();
    let waiting = status.waiting;
    if silent.is_empty() { Seen::RelaysAnswer { all, waiting } } else { Seen::RelaysSilent { silent, all, waiting } }
}

async fn chain(answers: &Answers) -> Seen {
    match answers.chain_status(Nothing {}).await {
        Ok(status) => {
            let age_ms = store::clock::now().0.saturating_sub(status.at_ms);
            let (seqno, age_s) = (status.seqno, age_ms / 1000);
            if age_ms <= BLOCK_AGE_MS_MAX {
                Seen::ChainMoves { seqno, age_s }
            } else {
                Seen::ChainStands { seqno, age_s }
            }
        }
        Err(error) => Seen::ChainSilent { error: error.message },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use api::local::{CarrierProfile, ProfileSource};

    #[test]
    fn what_is_wrong_comes_with_advice_and_what_is_well_without() {
        let silent = vec![SilentRelay { host: "relay.example".to_owned(), error: "refused".to_owned() }];
        let one = in_words(&Seen::RelaysSilent { silent: silent.clone(), all: 3, waiting: 2 });
        assert_eq!(one.detail, "1 of 3 do not answer: relay.example (refused); 2 deposits wait");
        assert!(!one.ok && one.advice.contains("two relays have taken it"), "{one:?}");
        let every = in_words(&Seen::RelaysSilent { silent, all: 1, waiting: 0 });
        assert!(every.advice.contains("this machine's connection"), "{every:?}");
        let cut = in_words(&Seen::RelaysAbroadCut { answering: 2, all: 5, messages: 3 });
        assert_eq!(cut.detail, "abroad is cut off: 2 of 5 answer, those inside; 3 messages wait");
        assert!(!cut.ok && cut.advice.contains("by themselves"), "{cut:?}");
        let used = in_words(&Seen::CarrierProfileUsed { number: 3 });
        assert!(used.ok && used.detail == "number 3 is used", "{used:?}");
        let (place, error) = ("the network file".to_owned(), "not signed".to_owned());
        let refused = in_words(&Seen::CarrierProfileRefused { number: 0, place, error });
        assert_eq!(refused.detail, "the one in the network file can't be used (not signed); the built-in one is");
        assert!(!refused.ok && refused.advice.contains("carrier profile install"), "{refused:?}");
        let open = in_words(&Seen::KeyOpen { path: "key".to_owned(), mode: "644".to_owned() });
        assert!(!open.ok && open.detail == "key has mode 644" && open.advice.contains("chmod 600"), "{open:?}");
        let private = in_words(&Seen::FolderPrivate { path: "alice".to_owned() });
        assert!(private.ok && private.detail == "alice is yours alone", "{private:?}");
    }

    fn status(operators: u32, unnamed_relays: u32, lone_relays: u32) -> CarrierStatus {
        CarrierStatus {
            carrier: "https".to_owned(),
            reason: CarrierReason::Usual,
            why: String::new(),
            choices: Vec::new(),
            pinned: None,
            profile: CarrierProfile { number: 0, source: ProfileSource::BuiltIn, refused: None },
            relays: Vec::new(),
            pages: 0,
            through_bridge: false,
            operators,
            unnamed_relays,
            lone_relays,
            network_relays: 4,
            waiting: 0,
            messages_waiting: 0,
        }
    }

    /// E2E-76
    #[test]
    fn one_hand_is_said_to_run_all_only_where_it_can_be_so() {
        let said = |operators, unnamed, lone| in_words(&super::operators(&status(operators, unnamed, lone)));
        let apart = said(3, 0, 0);
        assert!(apart.ok && apart.detail.contains("3 operators"), "{apart:?}");
        for one in [said(1, 0, 4), said(0, 4, 4), said(4, 0, 4)] {
            assert!(!one.ok && one.detail.contains("one hand may run them all"), "{one:?}");
        }
        let near = said(3, 0, 1);
        assert!(!near.ok && near.detail.contains("1 of 4 relays"), "{near:?}");
        let unknown = said(1, 2, 0);
        assert!(!unknown.ok && unknown.detail.contains("who runs 2 of the relays: one operator may be behind all"));
        let some = said(2, 1, 0);
        assert!(!some.ok && !some.detail.contains("all"), "{some:?}");
    }

    #[test]
    fn a_carrier_that_says_nothing_is_one_finding() {
        let error = ApiError::new(api::Reason::NotFound, "gone");
        assert_eq!(carrier(Err(error)), [Seen::RelaysUnknown { error: "gone".to_owned() }]);
    }
}
