//! Folds words so that what people mean by the same word is found: Persian and Arabic letters and digits.

/// The text as it is indexed.
pub(super) fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

/// The FTS5 query that finds every word, the last one also as a beginning; `None` when there is no word.
pub(super) fn query(text: &str) -> Option<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).filter(|word| !word.is_empty());
    let quoted: Vec<String> = words.map(|word| format!("\"{word}\"")).collect();
    if quoted.is_empty() { None } else { Some(format!("{}*", quoted.join(" "))) }
}

/// Keyboards write these letters in two ways, and digits in three.
fn fold_char(c: char) -> char {
    match c {
        'ي' | 'ى' => 'ی',
        'ك' => 'ک',
        'ة' => 'ه',
        'أ' | 'إ' => 'ا',
        '۰'..='۹' => digit(c, '۰'),
        '٠'..='٩' => digit(c, '٠'),
        other => other,
    }
}

fn digit(c: char, zero: char) -> char {
    let value = u32::from(c).saturating_sub(u32::from(zero));
    char::from_digit(value, 10).unwrap_or(c)
}

/// Combining marks belong to the word they stand on; the tokenizer removes them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_quotes_every_word_and_completes_the_last() {
        assert_eq!(query("hello wor").unwrap(), "\"hello\" \"wor\"*");
        assert_eq!(query("\"a\" OR NEAR(b)*").unwrap(), "\"a\" \"OR\" \"NEAR\" \"b\"*");
        assert_eq!(query(" \"*() "), None);
    }

    #[test]
    fn both_keyboards_write_the_same_word() {
        assert_eq!(fold("كتابي ۱۲٣"), "کتابی 123");
    }
}
