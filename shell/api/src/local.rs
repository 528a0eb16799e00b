//! This machine: sessions, settings, relays, the demo, QR codes and the doctor.

use crate::bridge::BridgeProblem;
use crate::number::Count;
use serde::{Deserialize, Serialize};
use typescript_type_def::TypeDef;

/// No parameters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// Opens a session: with the page address's token the first time, with the session's secret after that.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct SessionOpen {
    /// The token of the page's address, good once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// The secret that an earlier `session.open` gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
}

impl std::fmt::Debug for SessionOpen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionOpen(redacted)")
    }
}

/// An open session.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
pub struct Session {
    /// The secret with which the same tab opens the session again.
    pub session: String,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Session(redacted)")
    }
}

/// An address of the page, good once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
pub struct Page {
    /// The address, with a token in its fragment.
    pub page: String,
}

impl std::fmt::Debug for Page {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Page(redacted)")
    }
}

/// The page's language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// What the browser asks for.
    #[default]
    Auto,
    /// Persian.
    Fa,
    /// English.
    En,
}

/// The page's colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// What the system says.
    #[default]
    Auto,
    /// Light on dark.
    Dark,
    /// Dark on light.
    Light,
}

/// The page's digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(rename_all = "snake_case")]
pub enum Digits {
    /// As the language writes them.
    #[default]
    Auto,
    /// ۰۱۲۳
    Persian,
    /// 0123
    Latin,
}

/// The page's calendar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(rename_all = "snake_case")]
pub enum Calendar {
    /// As the language counts.
    #[default]
    Auto,
    /// Solar Hijri.
    Jalali,
    /// Gregorian.
    Gregorian,
}

/// How the page looks; `settings.set` replaces all of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The page's language.
    pub language: Language,
    /// The page's colours.
    pub theme: Theme,
    /// The page's digits.
    pub digits: Digits,
    /// The page's calendar.
    pub calendar: Calendar,
}

/// How bytes leave this machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct CarrierStatus {
    /// The name of the carrier that is used: `https`, `https-rotating`, `browser`, `dns`.
    pub carrier: String,
    /// Why this one.
    pub reason: CarrierReason,
    /// The same as a sentence.
    pub why: String,
    /// The names of all carriers, the first choice first.
    pub choices: Vec<String>,
    /// The one that this person chose; absent: whichever works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pinned: Option<String>,
    /// The carrier profile in use: how the carriers behave.
    pub profile: CarrierProfile,
    /// The relays this person uses.
    pub relays: Vec<RelayStatus>,
    /// Open pages that lend their browser: the carrier `browser` needs one.
    pub pages: u32,
    /// Messages go through bridges, because no relay of the network can be reached.
    pub through_bridge: bool,
    /// Operators that sign for relays of the network.
    pub operators: u32,
    /// Relays of the network for which no operator signs.
    pub unnamed_relays: u32,
    /// Relays of the network from which no other one is apart, by operator, host or block of addresses.
    pub lone_relays: u32,
    /// Relays of the network.
    pub network_relays: u32,
    /// Deposits that no relay has taken yet: a message has one for each relay where it is to lie.
    pub waiting: u32,
    /// This person's messages that are not safe at the relays yet.
    pub messages_waiting: u32,
}

/// The carrier profile in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
pub struct CarrierProfile {
    /// Its number; newer ones have higher numbers, the program's own has 0.
    pub number: u64,
    /// Where it comes from.
    pub source: ProfileSource,
    /// One that is there and can't be used; absent: there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<RefusedProfile>,
}

/// Where the carrier profile in use comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(rename_all = "snake_case")]
pub enum ProfileSource {
    /// It is the program's own.
    BuiltIn,
    /// It is in the network file.
    Network,
    /// It is in the profile's folder.
    Folder,
}

/// A carrier profile that can't be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
pub struct RefusedProfile {
    /// Where it is: a path, or the network file.
    pub place: String,
    /// Why, in English.
    pub why: String,
}

/// The carrier profile in use, with what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
pub struct CarrierProfileFields {
    /// Which it is.
    pub profile: CarrierProfile,
    /// What it says, field by field.
    pub fields: Vec<ProfileField>,
}

/// A field of a carrier profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
pub struct ProfileField {
    /// Its name.
    pub name: String,
    /// Its value, as JSON.
    pub value: String,
}

/// A signed carrier profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct ProfileInstall {
    /// The line that whoever runs the network passes on.
    pub profile: String,
}

/// Which carrier is to be used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct CarrierUse {
    /// Its name, or `auto`: whichever works.
    pub name: String,
}

/// Asks how people on the same network are reached, or turns it on or off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct LanSwitch {
    /// Left out: it stays as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<bool>,
}

/// How people on the same network are reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
pub struct LanStatus {
    /// They are looked for, and can see that somebody looks.
    pub on: bool,
    /// Contacts who are here now.
    pub contacts: Vec<String>,
    /// How many are here that run this program too, strangers among them.
    pub neighbours: u32,
    /// Why it can't be done, in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// Asks in which country this person has said to be, or says so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct RegionSet {
    /// Two letters (ISO 3166-1), or empty: it is not said. Left out: it stays as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}

/// Where this person has said to be, and where the network's relays say they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
pub struct RegionStatus {
    /// The country, as two letters; absent: it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The countries of relays.
    pub relays: Vec<RegionRelays>,
    /// Relays that don't say.
    pub unsaid: u32,
    /// Contacts whose messages to this person all lie outside the country, although relays are in it: they have not
    /// answered yet that they write to the mailboxes there (E2E-80).
    pub contacts_elsewhere: u32,
}

/// How many relays say that they are in a country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
pub struct RegionRelays {
    /// The country, as two letters.
    pub region: String,
    /// Relays there.
    pub relays: u32,
}

/// Why a carrier is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(rename_all = "snake_case")]
pub enum CarrierReason {
    /// It is the first choice.
    Usual,
    /// Connections that are kept freeze after some kilobytes.
    Frozen,
    /// A better carrier does not get through.
    Blocked,
    /// The same, and this one takes texts and payments alone.
    Narrow,
    /// Only browsers get through, and the open page's is used.
    Fingerprint,
    /// Nothing has worked yet.
    Trying,
    /// Nothing works.
    Down,
    /// Relays inside the country answer, those abroad don't, whatever way is tried.
    AbroadCut,
    /// This person chose it.
    Pinned,
}

/// How a relay answered last.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct RelayStatus {
    /// The relay's id.
    pub id: String,
    /// Where it is.
    pub host: String,
    /// It is a bridge: on no list, this person was invited to it.
    pub bridge: bool,
    /// It is a bridge, and its link was redeemed: it can be used.
    pub redeemed: bool,
    /// It was used since the daemon began; before, nothing is known of it.
    pub used: bool,
    /// It was used, and the last exchange with it succeeded.
    pub ok: bool,
    /// How long the last exchange that did not wait on purpose took, in milliseconds.
    pub last_ms: u64,
    /// What went wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Why the link of a bridge is not redeemed: the same as a word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem_code: Option<BridgeProblem>,
}

/// What the demo's page shows and switches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct DemoStatus {
    /// The validators, in the order of their index.
    pub validators: Vec<DemoPart>,
    /// The relays, in the order of their index.
    pub relays: Vec<DemoPart>,
    /// The newest final masterchain block.
    pub height: Count,
    /// The people. In an answer to `demo.status` each page's address carries a fresh token, in an event none.
    pub people: Vec<DemoPerson>,
}

/// A validator or a relay of the demo.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct DemoPart {
    /// Its id.
    pub id: String,
    /// It runs.
    pub running: bool,
}

/// A person of the demo.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct DemoPerson {
    /// The name.
    pub name: String,
    /// The address of their page.
    pub page: String,
}

/// What can be stopped and started in the demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(rename_all = "snake_case")]
pub enum DemoKind {
    /// A validator.
    Validator,
    /// A relay.
    Relay,
}

/// Stops or starts a part of the demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct DemoSwitch {
    /// What it is.
    pub kind: DemoKind,
    /// Which one, counted from 0.
    pub index: u32,
}

/// Asks for a QR code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct QrEncode {
    /// What the code shall say.
    pub text: String,
}

/// A QR code without its quiet zone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct Qr {
    /// Modules along a side.
    pub size: u32,
    /// `size` × `size` of `0` (light) and `1` (dark), row by row.
    pub modules: String,
}

/// One thing that the doctor looked at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct Finding {
    /// What was looked at.
    pub check: String,
    /// It is well.
    pub ok: bool,
    /// What was seen.
    pub detail: String,
    /// What to do about it; empty when it is well.
    pub advice: String,
}

/// A relay that does not answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
pub struct SilentRelay {
    /// Where it is.
    pub host: String,
    /// What went wrong, in English; empty when nothing is known.
    pub error: String,
}

/// What the doctor saw, as a code with its values. `error` is the system's own words, in English.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Seen {
    /// Nobody else can look into the profile's folder.
    FolderPrivate {
        /// The folder.
        path: String,
    },
    /// Others can.
    FolderOpen {
        /// The folder.
        path: String,
        /// Its permissions, in octal digits.
        mode: String,
    },
    /// The folder can't be looked at.
    FolderLost {
        /// What went wrong.
        error: String,
    },
    /// Nobody else can read the key.
    KeyPrivate {
        /// The file.
        path: String,
    },
    /// Others can.
    KeyOpen {
        /// The file.
        path: String,
        /// Its permissions, in octal digits.
        mode: String,
    },
    /// The key can't be looked at.
    KeyLost {
        /// What went wrong.
        error: String,
    },
    /// The database is there.
    DatabaseThere {
        /// Its size on disk, in thousands of bytes.
        kilobytes: u64,
    },
    /// The database can't be looked at.
    DatabaseLost {
        /// What went wrong.
        error: String,
    },
    /// The 24 words are written down.
    WordsSaved,
    /// They are not, and money here is without worth.
    WordsDevnet,
    /// They are not.
    WordsUnsaved,
    /// The profile did not say.
    WordsUnknown {
        /// What went wrong.
        error: String,
    },
    /// The network's relays are in several hands, so that nobody sees both who asks and what.
    OperatorsApart {
        /// How many operators there are.
        operators: u32,
    },
    /// No relay is apart from another: by operator, host or block of addresses one hand may run them all.
    OperatorsOne,
    /// From some relays no other one is apart.
    OperatorsNear {
        /// From how many.
        lone: u32,
        /// How many there are.
        all: u32,
    },
    /// Of some relays nobody says who runs them.
    OperatorsUnknown {
        /// Of how many.
        unnamed: u32,
        /// No two operators sign: one may be behind every relay.
        may_be_all: bool,
    },
    /// The carriers behave by this profile, and there is none that can't be used.
    CarrierProfileUsed {
        /// Its number.
        number: u64,
    },
    /// A carrier profile is there and can't be used.
    CarrierProfileRefused {
        /// The number of the one in use.
        number: u64,
        /// Where the other is.
        place: String,
        /// What is wrong with it.
        error: String,
    },
    /// Every relay answers.
    RelaysAnswer {
        /// How many there are.
        all: u32,
        /// Exchanges that wait.
        waiting: u32,
    },
    /// Some relays, or all, do not answer.
    RelaysSilent {
        /// Which do not.
        silent: Vec<SilentRelay>,
        /// How many there are.
        all: u32,
        /// Exchanges that wait.
        waiting: u32,
    },
    /// Only relays inside the country answer.
    RelaysAbroadCut {
        /// How many do.
        answering: u32,
        /// How many there are.
        all: u32,
        /// This person's messages that are not safe at the relays yet.
        messages: u32,
    },
    /// The carrier did not say.
    RelaysUnknown {
        /// What went wrong.
        error: String,
    },
    /// The newest block is young.
    ChainMoves {
        /// The masterchain block's number.
        seqno: u32,
        /// Its age in seconds.
        age_s: u64,
    },
    /// The newest block is old.
    ChainStands {
        /// The masterchain block's number.
        seqno: u32,
        /// Its age in seconds.
        age_s: u64,
    },
    /// The chain does not answer.
    ChainSilent {
        /// What went wrong.
        error: String,
    },
}
