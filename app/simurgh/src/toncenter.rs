//! Asks a toncenter v2 API over plain HTTP: for `chain … --endpoint`.

use anyhow::{Context as _, bail};
use serde_json::Value;
use std::{str::FromStr, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

/// How long the API may take.
const TIMEOUT: Duration = Duration::from_secs(15);
/// Largest answer, in bytes.
const ANSWER_BYTES_MAX: u64 = 8 * 1024 * 1024;

/// An API's address: `http://host:port/path`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Endpoint {
    authority: String,
    path: String,
}

impl FromStr for Endpoint {
    type Err = &'static str;

    fn from_str(url: &str) -> Result<Self, &'static str> {
        let rest = url
            .strip_prefix("http://")
            .ok_or("it does not begin with http:// (put a TLS proxy before an API that is far away)")?;
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        if authority.is_empty() || !url.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err("write http://HOST:PORT/api/v2");
        }
        let port = authority.rsplit_once(':').and_then(|(_, port)| port.parse::<u16>().ok());
        let authority = if port.is_some() { authority.to_owned() } else { format!("{authority}:80") };
        let path = path.trim_end_matches('/');
        Ok(Self { authority, path: if path.is_empty() { String::new() } else { format!("/{path}") } })
    }
}

impl Endpoint {
    /// Calls a method and gives its `result`.
    pub(crate) async fn get(&self, method: &str, query: &[(&str, &str)]) -> anyhow::Result<Value> {
        let asking = self.ask(method, query);
        let answer =
            timeout(TIMEOUT, asking).await.with_context(|| format!("{} did not answer in time", self.authority))??;
        let answer: Value =
            serde_json::from_slice(&answer).context("the answer is no JSON: is this a toncenter API?")?;
        if answer.get("ok") == Some(&Value::Bool(true)) {
            return answer.get("result").cloned().context("the answer has no result");
        }
        let error = answer.get("error").and_then(Value::as_str).unwrap_or("no reason was given");
        bail!("{} refused: {error}", self.authority)
    }

    async fn ask(&self, method: &str, query: &[(&str, &str)]) -> anyhow::Result<Vec<u8>> {
        let pairs: Vec<String> = query.iter().map(|(key, value)| format!("{key}={}", escape(value))).collect();
        let target = format!("{}/{method}?{}", self.path, pairs.join("&"));
        let request = format!("GET {target} HTTP/1.0\r\nhost: {}\r\naccept: application/json\r\n\r\n", self.authority);
        let unreachable = || format!("{} can't be reached", self.authority);
        let mut stream = TcpStream::connect(&self.authority).await.with_context(unreachable)?;
        stream.write_all(request.as_bytes()).await.with_context(unreachable)?;
        let mut response = Vec::new();
        stream.take(ANSWER_BYTES_MAX).read_to_end(&mut response).await.with_context(unreachable)?;
        let body = response.windows(4).position(|window| window == b"\r\n\r\n").context("the answer is no HTTP")?;
        Ok(response.split_off(body.saturating_add(4)))
    }
}

/// Percent-encodes what has a meaning in an address.
fn escape(value: &str) -> String {
    let mut escaped = String::new();
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    #[test]
    fn an_address_is_read_into_its_parts() {
        let endpoint: Endpoint = "http://127.0.0.1:8081/api/v2/".parse().unwrap();
        assert_eq!((endpoint.authority.as_str(), endpoint.path.as_str()), ("127.0.0.1:8081", "/api/v2"));
        assert_eq!("http://node.example".parse::<Endpoint>().unwrap().authority, "node.example:80");
        for bad in ["https://node.example", "node.example", "http://", "http://a b", "http://a\r\nx: y"] {
            assert!(bad.parse::<Endpoint>().is_err(), "{bad}");
        }
    }

    #[test]
    fn what_has_a_meaning_in_an_address_is_escaped() {
        assert_eq!(escape("a+/=&é"), "a%2B%2F%3D%26%C3%A9");
    }

    async fn answering(body: &'static str) -> Endpoint {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 1024];
            let read = stream.read(&mut request).await.unwrap();
            assert!(request[..read].starts_with(b"GET /api/v2/getAddressInformation?address=0%3Aab HTTP/1.0\r\n"));
            stream.write_all(format!("HTTP/1.0 200 OK\r\n\r\n{body}").as_bytes()).await.unwrap();
        });
        format!("http://{address}/api/v2").parse().unwrap()
    }

    #[tokio::test]
    async fn a_result_is_taken_out_and_a_refusal_says_why() {
        let query = [("address", "0:ab")];
        let endpoint = answering(r#"{"ok":true,"result":{"balance":"5"}}"#).await;
        assert_eq!(endpoint.get("getAddressInformation", &query).await.unwrap()["balance"], "5");
        let endpoint = answering(r#"{"ok":false,"error":"no such account","code":404}"#).await;
        let refusal = endpoint.get("getAddressInformation", &query).await.unwrap_err().to_string();
        assert!(refusal.ends_with("refused: no such account"), "{refusal}");
    }
}
