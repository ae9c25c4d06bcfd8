//! Fuzzy matching of one word, behind a trait: the prescribed crate is no longer maintained.

use std::ops::Range;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// How well a word matches a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Its letters stand in the text in this order, close enough to be meant.
    Fuzzy,
    /// It stands in the text as it is.
    Literal,
}

/// Matches one lower-case word against texts.
pub trait Matcher {
    /// How the word matches, if it does. `text` may be in any case.
    fn fit(&self, text: &str, word: &str) -> Option<Fit>;
    /// The characters of `text` that matched, as ranges of character positions.
    fn marks(&self, text: &str, word: &str) -> Vec<Range<usize>>;
}

/// [`Matcher`] on the fuzzy-matcher crate.
pub struct Skim(SkimMatcherV2);

impl Default for Skim {
    fn default() -> Self {
        Self(SkimMatcherV2::default().ignore_case())
    }
}

impl std::fmt::Debug for Skim {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Skim")
    }
}

/// Shorter words match nearly everything when matched fuzzily.
const SHORTEST_FUZZY: usize = 3;
/// The crate gives 16 points for a letter and takes some for gaps; fewer points a letter than this is chance.
const POINTS_PER_LETTER: i64 = 15;

impl Skim {
    fn is_close(&self, text: &str, word: &str) -> bool {
        // Nearly every text fails this, and scoring costs a hundred times as much.
        if !holds_in_order(text, word) {
            return false;
        }
        let letters = word.chars().count();
        let points = i64::try_from(letters).unwrap_or(i64::MAX).saturating_mul(POINTS_PER_LETTER);
        self.0.fuzzy_match(text, word).is_some_and(|score| score >= points)
            && self
                .0
                .fuzzy_indices(text, word)
                .is_some_and(|(_, at)| span(&at) <= letters + letters.div_ceil(2))
    }
}

/// How many letters of the text a match reaches over. A start of a word earns so many points that letters far behind it
/// pass as well: `repo` in "Replication".
fn span(positions: &[usize]) -> usize {
    match (positions.first(), positions.last()) {
        (Some(first), Some(last)) => last - first + 1,
        _ => 0,
    }
}

fn may_be_fuzzy(word: &str) -> bool {
    word.chars().count() >= SHORTEST_FUZZY && word.chars().any(char::is_alphabetic)
}

impl Matcher for Skim {
    fn fit(&self, text: &str, word: &str) -> Option<Fit> {
        if contains(text, word) {
            return Some(Fit::Literal);
        }
        if !may_be_fuzzy(word) {
            return None;
        }
        // Letters strewn over several words mean nothing.
        let mut parts = text.split_whitespace();
        parts.any(|part| part.len() >= word.len() && self.is_close(part, word)).then_some(Fit::Fuzzy)
    }

    fn marks(&self, text: &str, word: &str) -> Vec<Range<usize>> {
        match self.fit(text, word) {
            None => Vec::new(),
            Some(Fit::Literal) => literal_marks(text, word),
            Some(Fit::Fuzzy) => {
                let positions = self.0.fuzzy_indices(text, word).map(|(_, positions)| positions);
                join(positions.unwrap_or_default())
            }
        }
    }
}

/// Whether the letters of the word stand in the text in this order, however far apart; as the crate, without regard to
/// the case of ASCII letters.
fn holds_in_order(text: &str, word: &str) -> bool {
    let mut letters = text.chars();
    word.chars().all(|wanted| letters.any(|letter| letter.eq_ignore_ascii_case(&wanted)))
}

/// Whether `text` holds the lower-case `word`, whatever the case of `text`.
fn contains(text: &str, word: &str) -> bool {
    if text.is_ascii() && word.is_ascii() {
        let (text, word) = (text.as_bytes(), word.as_bytes());
        let Some((first, rest)) = word.split_first() else { return true };
        return text.windows(word.len()).any(|part| {
            part.split_first().is_some_and(|(letter, others)| {
                letter.to_ascii_lowercase() == *first && others.eq_ignore_ascii_case(rest)
            })
        });
    }
    text.to_lowercase().contains(word)
}

fn literal_marks(text: &str, word: &str) -> Vec<Range<usize>> {
    let letters: Vec<String> = text.chars().map(|letter| letter.to_lowercase().collect()).collect();
    let wanted: Vec<String> = word.chars().map(|letter| letter.to_string()).collect();
    let mut marks: Vec<Range<usize>> = Vec::new();
    for (at, part) in letters.windows(wanted.len()).enumerate() {
        if part == wanted && marks.last().is_none_or(|last| last.end <= at) {
            marks.push(at..at + wanted.len());
        }
    }
    marks
}

fn join(positions: Vec<usize>) -> Vec<Range<usize>> {
    let mut marks: Vec<Range<usize>> = Vec::new();
    for at in positions {
        match marks.last_mut() {
            Some(last) if last.end == at => last.end += 1,
            _ => marks.push(at..at + 1),
        }
    }
    marks
}
