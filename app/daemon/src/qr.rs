//! Draws QR codes.

use api::{ApiError, Reason, local::Qr};
use fast_qr::{ECL, QRBuilder};

/// Longest text, in bytes: what the largest QR code holds at this error correction.
const TEXT_BYTES_MAX: usize = 2_300;

/// A QR code of `text`, without its quiet zone.
pub fn encode(text: &str) -> Result<Qr, ApiError> {
    let too_long = || ApiError::new(Reason::BadValue, format!("A QR code holds {TEXT_BYTES_MAX} bytes at most."));
    if text.len() > TEXT_BYTES_MAX {
        return Err(too_long());
    }
    let code = QRBuilder::new(text).ecl(ECL::M).build().map_err(|_| too_long())?;
    let modules = (0..code.size).flat_map(|row| code[row].iter().take(code.size));
    let modules = modules.map(|module| if module.value() { '1' } else { '0' }).collect();
    Ok(Qr { size: u32::try_from(code.size).unwrap_or(u32::MAX), modules })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_square_and_shows_its_finder() {
        let qr = encode("http://127.0.0.1:4000/#token=abc").unwrap();
        let size = qr.size as usize;
        assert_eq!(qr.modules.len(), size * size);
        assert!(qr.modules.starts_with("11111110"), "{}", &qr.modules[..size]);
        assert!(qr.modules[size..].starts_with("10000010"));
    }

    #[test]
    fn a_text_that_no_code_holds_is_refused() {
        assert!(encode(&"x".repeat(TEXT_BYTES_MAX)).is_ok());
        assert_eq!(encode(&"x".repeat(TEXT_BYTES_MAX + 1)).unwrap_err().data.reason, Reason::BadValue);
    }
}
