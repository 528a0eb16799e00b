//! TLS and QUIC are refused unless the `ClientHello` has the fingerprint of a browser: see [`crate::look::ja4`].

use super::{How, Judgement, Rule, Scene};
use crate::look::{Sight, ja4::ja4};
use serde::Deserialize;

/// See the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fingerprints {
    /// Beginnings of JA4 that pass.
    browsers: Vec<String>,
    #[serde(default)]
    how: How,
}

impl Rule for Fingerprints {
    fn judge(&mut self, scene: &mut Scene<'_>) -> Judgement {
        let print = match scene.sight {
            Sight::Tls(hello) => ja4(hello, 't'),
            Sight::Quic(Some(hello)) => ja4(hello, 'q'),
            Sight::Silent
            | Sight::TlsBegun
            | Sight::Http(_)
            | Sight::Dns(_)
            | Sight::Quic(None)
            | Sight::Noise
            | Sight::Other => return Judgement::Pass,
        };
        if self.browsers.iter().any(|browser| print.starts_with(browser)) {
            return Judgement::Pass;
        }
        self.how.stop("not a browser's TLS")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        look::hello::tests::of_rustls,
        rules::bench::{BRIDGE, Bench},
    };

    #[test]
    fn what_is_no_browser_is_refused() {
        let rule = |browsers: &[&str]| Fingerprints {
            browsers: browsers.iter().map(|one| (*one).to_owned()).collect(),
            how: How::Drop,
        };
        let hello = of_rustls("bakery.example", &["h2"]);
        for (browsers, passes) in [(&["t13d1516h2_8daaf6152771_"], false), (&["t13d"], true)] {
            let mut bench = Bench::new(rule(browsers));
            bench.open(BRIDGE);
            assert_eq!(!bench.send(BRIDGE, &hello).is_empty(), passes);
        }
    }
}
