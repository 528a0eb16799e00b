//! What strangers see of a relay: files, or another server's website.

use crate::admission::Admission;
use crate::decoy::Decoy;
use crate::mirror::Mirror;
use crate::shares::Share;
use crate::{RelayConfig, StartError};
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderValue, Response, StatusCode, header};
use mailbox::limits::Source;

/// A website.
#[derive(Debug)]
pub(crate) enum Website {
    /// Files in memory.
    Files(Decoy),
    /// Another server's.
    Mirror(Box<Mirror>),
}

/// What came with a request.
#[derive(Clone, Debug)]
pub(crate) enum Body {
    /// All of it.
    Whole(Bytes),
    /// It is longer than anything that is read here.
    TooLong,
    /// There was no place for it.
    Unread,
}

impl Default for Body {
    fn default() -> Self {
        Self::Whole(Bytes::new())
    }
}

impl Website {
    /// The one that the configuration names; `seed` chooses among those that are built in.
    pub(crate) fn open(config: &RelayConfig, seed: u64) -> Result<Self, StartError> {
        match (&config.mirror, &config.decoy) {
            (Some(_), Some(_)) => {
                let both =
                    "a relay shows a folder or mirrors another server, not both: take one out of its configuration";
                Err(StartError::Website(both.to_owned()))
            }
            (Some(origin), None) => Ok(Self::Mirror(Box::new(Mirror::new(origin)?))),
            (None, Some(folder)) => Decoy::from_folder(folder).map(Self::Files),
            (None, None) => Ok(Self::Files(Decoy::built_in(seed))),
        }
    }

    /// Whether it looks at what comes with a request.
    pub(crate) fn wants_bodies(&self) -> bool {
        matches!(self, Self::Mirror(_))
    }

    /// What it answers.
    pub(crate) async fn answer(&self, asked: &Parts, body: Body) -> Response<Bytes> {
        match (self, body) {
            (Self::Files(files), _) => files.answer(&asked.method, asked.uri.path(), &asked.headers),
            (Self::Mirror(mirror), Body::Whole(body)) => mirror.answer(asked, body).await,
            (Self::Mirror(_), Body::TooLong) => plain(StatusCode::PAYLOAD_TOO_LARGE),
            (Self::Mirror(_), Body::Unread) => plain(StatusCode::SERVICE_UNAVAILABLE),
        }
    }

    /// Room for an answer, which is needed if its bytes are there for it alone; `None`: there is none.
    pub(crate) fn budget(
        &self,
        admission: &Admission,
        source: Source,
        answer: &Response<Bytes>,
    ) -> Option<Option<Share<Source>>> {
        match self {
            Self::Files(_) => Some(None),
            Self::Mirror(_) => admission.replies.take(source, answer.body().len() as u64).map(Some),
        }
    }
}

/// What a server says for itself.
pub(crate) fn plain(status: StatusCode) -> Response<Bytes> {
    let text = format!("<!doctype html><title>{status}</title><h1>{status}</h1>\n");
    let mut response = Response::new(Bytes::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}
