//! Bundles: messages in files, in pieces that a request can hold (specs/12-bundles.md, API-25).

use crate::local::Qr;
use serde::{Deserialize, Serialize};
use typescript_type_def::TypeDef;

/// Bytes of a bundle in one request or answer, before they become text.
pub const PART_BYTES_MAX: usize = 256 * 1024;

/// What a bundle shall hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct BundleExport {
    /// Contacts that it is sealed for, by name or id; none: it is open.
    #[serde(default)]
    pub to: Vec<String>,
    /// What is for others goes in too. An open bundle holds it anyway.
    #[serde(default)]
    pub carry: bool,
    /// Bytes that it may have; left out: as many as a file may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes_max: Option<u32>,
}

/// A bundle that was made; `bundle.read` gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
pub struct BundleExported {
    /// What `bundle.read` asks for it by. A few are kept; the oldest gives way.
    pub id: String,
    /// Its length.
    pub bytes: u32,
    /// Whom it is sealed for; nobody: it is open.
    pub to: Vec<String>,
    /// Cells of this person's own messages in it: parts of messages, receipts, introductions.
    pub cells: u32,
    /// Cells in it that are carried for others.
    pub carried: u32,
    /// Cells for which there was no room.
    pub left_out: u32,
}

/// Asks for a piece of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct BundleRead {
    /// Which bundle.
    pub id: String,
    /// From which byte on.
    pub offset: u32,
}

/// A piece of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
pub struct BundlePart {
    /// At most 256 KiB, as base64.
    pub data: String,
    /// There is no more.
    pub end: bool,
}

/// Announces a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct BundleBegin {
    /// Its length.
    pub bytes: u32,
}

/// A bundle that is to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
pub struct BundleBegun {
    /// What `bundle.write` and `bundle.import` name it by.
    pub id: String,
}

/// The next piece of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct BundleWrite {
    /// Which bundle.
    pub id: String,
    /// How many bytes are there already.
    pub offset: u32,
    /// At most 256 KiB, as base64.
    pub data: String,
}

/// Takes a bundle that is there whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct BundleImport {
    /// Which bundle.
    pub id: String,
}

/// Asks for a frame of a bundle that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct BundleFrameGet {
    /// Which bundle.
    pub id: String,
    /// Which frame, counted from 0.
    pub index: u32,
}

/// A frame of a bundle, to be shown as a QR code among the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TypeDef)]
pub struct BundleFrame {
    /// How many frames there are.
    pub total: u32,
    /// What the code holds.
    pub text: String,
    /// The code.
    pub qr: Qr,
}

/// Brings what a QR code held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
#[serde(deny_unknown_fields)]
pub struct BundleScan {
    /// The collection that it goes to; left out: a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What the code held.
    pub frame: String,
}

/// How far a collection of frames has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
pub struct BundleScanned {
    /// What the collection goes by; when it is whole, `bundle.import` takes it.
    pub id: String,
    /// How many frames are there.
    pub have: u32,
    /// How many there will be.
    pub total: u32,
    /// The code was of another bundle, and changed nothing.
    pub other: bool,
    /// All are there.
    pub whole: bool,
}

/// Who may sign programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
pub struct BundlePrograms {
    /// The network's key for it, 64 hexadecimal digits; none: no program is passed on in this network.
    pub key: Option<String>,
}

/// What became of a bundle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TypeDef)]
pub struct BundleImported {
    /// Messages to this person that are new.
    pub messages: u32,
    /// Cells that are new: parts of messages, receipts, introductions.
    pub cells: u32,
    /// Cells that had come before.
    pub known: u32,
    /// Cells that are carried for others from now on.
    pub carried: u32,
    /// Cells that are of no use here: they do not open, or nobody may deposit them.
    pub refused: u32,
    /// Cells for others for which there is no room.
    pub no_room: u32,
    /// It says to be from the future: one of the two clocks is wrong.
    pub from_future: bool,
}
