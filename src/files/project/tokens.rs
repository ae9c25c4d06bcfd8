//! Cuts RON text into tokens, for messages only: it accepts everything and never fails.

/// What a token is, as far as finding a place in a file needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// `(`, `[` or `{`.
    Open,
    /// `)`, `]` or `}`.
    Close,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// A text in quotes, or a character in single ones.
    Text,
    /// A text or comment without an end; it takes the rest of the file.
    Unclosed,
    /// A name or a number.
    Word,
    /// Any other character.
    Other,
}

/// A piece of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub kind: TokenKind,
    /// Where it starts, in bytes.
    pub start: usize,
    pub text: &'a str,
}

impl Token<'_> {
    /// Where the text goes on behind it, in bytes.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The tokens of a text, without white space and comments.
#[derive(Debug, Clone)]
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn token(&mut self, kind: TokenKind, length: usize) -> Option<Token<'a>> {
        let start = self.at;
        let text = self.rest().get(..length)?;
        self.at += length;
        Some(Token { kind, start, text })
    }

    /// Moves behind white space and comments; a comment without an end is where it stops.
    fn skip_blank(&mut self) {
        loop {
            let rest = self.rest();
            let word = rest.trim_start_matches(is_space);
            self.at += rest.len() - word.len();
            let comment = if word.starts_with("//") {
                word.find('\n').unwrap_or(word.len())
            } else if word.starts_with("/*") {
                block_comment(word).unwrap_or(0)
            } else {
                0
            };
            if comment == 0 {
                return;
            }
            self.at += comment;
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        self.skip_blank();
        let rest = self.rest();
        let first = rest.chars().next()?;
        let (kind, length) = match first {
            '(' | '[' | '{' => (TokenKind::Open, 1),
            ')' | ']' | '}' => (TokenKind::Close, 1),
            ',' => (TokenKind::Comma, 1),
            ':' => (TokenKind::Colon, 1),
            '"' => quoted(string(rest), rest),
            '\'' => character(rest).map_or((TokenKind::Other, 1), |length| (TokenKind::Text, length)),
            'r' if is_raw_string(rest) => quoted(raw_string(rest), rest),
            '/' if rest.starts_with("/*") => (TokenKind::Unclosed, rest.len()),
            _ => match word(rest) {
                0 => (TokenKind::Other, first.len_utf8()),
                length => (TokenKind::Word, length),
            },
        };
        self.token(kind, length)
    }
}

/// What is white space to RON: no-break spaces and the like are not.
fn is_space(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | ' ' | '\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}')
}

fn quoted(length: Option<usize>, rest: &str) -> (TokenKind, usize) {
    length.map_or((TokenKind::Unclosed, rest.len()), |length| (TokenKind::Text, length))
}

/// The length of a block comment, nested ones included; `None` where it has no end.
fn block_comment(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        let step = rest.find(['/', '*'])?;
        let mark = rest.get(step..)?;
        if mark.starts_with("/*") {
            depth += 1;
            at += step + 2;
        } else if mark.starts_with("*/") {
            depth -= 1;
            at += step + 2;
        } else {
            at += step + 1;
        }
        if depth == 0 {
            return Some(at);
        }
    }
}

fn string(text: &str) -> Option<usize> {
    let mut bytes = text.bytes().enumerate().skip(1);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => {
                bytes.next();
            }
            b'"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn is_raw_string(text: &str) -> bool {
    text.strip_prefix('r').is_some_and(|rest| rest.trim_start_matches('#').starts_with('"'))
}

fn raw_string(text: &str) -> Option<usize> {
    let open = text.find('"')? + 1;
    let closing = format!("\"{}", "#".repeat(open.saturating_sub(2)));
    let length = text.get(open..)?.find(&closing)?;
    Some(open + length + closing.len())
}

fn character(text: &str) -> Option<usize> {
    let body = text.strip_prefix('\'')?;
    let skip = if body.starts_with('\\') { 2 } else { body.chars().next()?.len_utf8() };
    let close = body.get(skip..)?.find('\'').filter(|length| *length < 10)?;
    Some(1 + skip + close + 1)
}

fn word(text: &str) -> usize {
    let raw = if text.starts_with("r#") { 2 } else { 0 };
    let rest = text.get(raw..).unwrap_or_default();
    let in_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.' | '+' | '-');
    raw + rest.find(|letter| !in_word(letter)).unwrap_or(rest.len())
}

/// Whether there is nothing, or nothing but white space and comments.
pub(in crate::files) fn is_blank(text: &str) -> bool {
    Tokens::new(text).next().is_none()
}

/// The brackets that are open in front of `offset`, outermost first.
pub(super) fn open_brackets(text: &str, offset: usize) -> Vec<Token<'_>> {
    let mut open = Vec::new();
    for token in Tokens::new(text).take_while(|token| token.start < offset) {
        match token.kind {
            TokenKind::Open => open.push(token),
            TokenKind::Close => {
                open.pop();
            }
            _ => {}
        }
    }
    open
}

/// The last token that begins in front of `offset`.
pub(super) fn token_before(text: &str, offset: usize) -> Option<Token<'_>> {
    Tokens::new(text).take_while(|token| token.start < offset).last()
}

/// The first token that does not end in front of `offset`.
pub(super) fn token_at(text: &str, offset: usize) -> Option<Token<'_>> {
    Tokens::new(text).find(|token| token.end() > offset)
}
