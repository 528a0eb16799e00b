//! Text that strangers wrote, made safe to show.

/// Unicode's bidirectional controls: they can make `exe.pdf` out of `fdp.exe`.
const BIDI_CONTROLS: [char; 12] = [
    '\u{061c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}',
    '\u{2067}', '\u{2068}', '\u{2069}',
];

/// Characters that show as nothing: two names that look the same could differ by them.
const INVISIBLE: [char; 4] = ['\u{00ad}', '\u{200b}', '\u{2060}', '\u{feff}'];

/// A display name or file name without bidi and other control characters, without
/// characters that show as nothing, outer white space trimmed,
/// cut at `max_chars`. The zero-width non-joiner stays: Persian needs it.
#[must_use]
pub fn clean_name(name: &str, max_chars: usize) -> String {
    let kept = name.chars().filter(|c| !c.is_control() && !BIDI_CONTROLS.contains(c) && !INVISIBLE.contains(c));
    kept.collect::<String>().trim().chars().take(max_chars).collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_turn_its_ending_around() {
        assert_eq!(clean_name("gnp\u{202e}exe.\n", 64), "gnpexe.");
    }

    #[test]
    fn what_shows_as_nothing_makes_no_other_name() {
        assert_eq!(clean_name("a\u{200b}l\u{2060}i\u{feff}c\u{ad}e", 64), "alice");
    }

    #[test]
    fn the_non_joiner_of_persian_stays() {
        assert_eq!(clean_name(" می\u{200c}روم ", 64), "می\u{200c}روم");
    }
}
