//! Reads Terraform files: blocks, arguments and what they are set to.

use std::collections::{BTreeMap, BTreeSet};
use std::iter::Peekable;
use std::vec::IntoIter;

/// A block with its labels; the file itself has none.
#[derive(Debug, Default)]
pub struct Block {
    pub kind: String,
    pub labels: Vec<String>,
    pub arguments: BTreeMap<String, Value>,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Text(String),
    List(Vec<Value>),
    /// The words and signs of anything else.
    Expression(Vec<String>),
}

impl Value {
    pub fn text(&self) -> &str {
        let Self::Text(text) = self else { panic!("{self:?} is no string") };
        text
    }

    pub fn texts(&self) -> Vec<&str> {
        self.list().iter().map(Self::text).collect()
    }

    pub fn list(&self) -> &[Self] {
        let Self::List(items) = self else { panic!("{self:?} is no list") };
        items
    }

    pub fn words(&self) -> Vec<&str> {
        let Self::Expression(words) = self else { panic!("{self:?} is a literal") };
        words.iter().map(String::as_str).collect()
    }
}

impl Block {
    pub fn text(&self, name: &str) -> &str {
        self.argument(name).text()
    }

    pub fn number(&self, name: &str) -> u16 {
        self.argument(name).words()[0].parse().unwrap()
    }

    pub fn argument(&self, name: &str) -> &Value {
        self.arguments.get(name).unwrap_or_else(|| panic!("no {name} in {self:?}"))
    }

    /// The names of everything that it is told.
    pub fn names(&self) -> Vec<&str> {
        self.arguments.keys().map(String::as_str).collect()
    }

    /// The resources of a kind, each under its label.
    pub fn resources(&self, kind: &str) -> BTreeMap<&str, &Block> {
        let own = self.blocks.iter().filter(|block| block.kind == "resource" && block.labels[0] == kind);
        own.map(|block| (block.labels[1].as_str(), block)).collect()
    }

    pub fn only(&self, kind: &str) -> &Block {
        let [only] = self.blocks.as_slice() else { panic!("{:?}", self.blocks) };
        assert_eq!(only.kind, kind);
        only
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Text(String),
    Sign(char),
    Line,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    for line in text.lines() {
        let mut letters = line.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                ' ' => {}
                '#' => break,
                '"' => {
                    let text: String = letters.by_ref().take_while(|letter| *letter != '"').collect();
                    for start in ["\\", "${", "%{"] {
                        assert!(!text.contains(start), "{line}");
                    }
                    tokens.push(Token::Text(text));
                }
                _ if letter.is_ascii_alphanumeric() || letter == '_' => {
                    let mut word = letter.to_string();
                    let inside =
                        |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.' | '-');
                    while let Some(letter) = letters.next_if(inside) {
                        word.push(letter);
                    }
                    tokens.push(Token::Word(word));
                }
                _ => tokens.push(Token::Sign(letter)),
            }
        }
        tokens.push(Token::Line);
    }
    tokens
}

type Tokens = Peekable<IntoIter<Token>>;

/// Reads a file, and fails where a name is given twice, or asked for and not given.
pub fn read(text: &str) -> Block {
    assert_eq!(text.matches('"').count() % 2, 0, "{text}");
    let mut tokens = tokens(text).into_iter().peekable();
    let mut file = Block::default();
    body(&mut tokens, &mut file);
    assert_eq!(tokens.next(), None);
    let mut names = BTreeSet::new();
    for block in &file.blocks {
        let name = match (block.kind.as_str(), block.labels.as_slice()) {
            ("variable", [name]) => format!("var.{name}"),
            ("resource", [kind, name]) => format!("{kind}.{name}"),
            other => panic!("{other:?}"),
        };
        let label = block.labels.last().unwrap();
        assert!(
            label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'),
            "{label}"
        );
        assert!(names.insert(name), "{label} is there twice");
    }
    for asked in asked(&file) {
        let asked = asked.trim_end_matches(".path").trim_end_matches(".ext_id");
        assert!(names.contains(asked), "nothing is called {asked}");
    }
    file
}

/// Everything that an argument refers to.
fn asked(block: &Block) -> Vec<&str> {
    fn words(value: &Value) -> Vec<&str> {
        match value {
            Value::Text(_) => Vec::new(),
            Value::List(items) => items.iter().flat_map(words).collect(),
            Value::Expression(words) => words.iter().map(String::as_str).collect(),
        }
    }
    let own = block.arguments.values().flat_map(words).filter(|word| word.contains('.'));
    own.chain(block.blocks.iter().flat_map(asked)).collect()
}

fn body(tokens: &mut Tokens, block: &mut Block) {
    loop {
        match tokens.next() {
            Some(Token::Line) => {}
            None | Some(Token::Sign('}')) => return,
            Some(Token::Word(name)) if tokens.next_if_eq(&Token::Sign('=')).is_some() => {
                assert!(block.arguments.insert(name.clone(), value(tokens)).is_none(), "{name} is set twice");
                assert_eq!(tokens.next(), Some(Token::Line), "behind {name}");
            }
            Some(Token::Word(kind)) => {
                let mut inner = Block { kind, ..Block::default() };
                while let Some(Token::Text(label)) = tokens.next_if(|token| matches!(token, Token::Text(_))) {
                    inner.labels.push(label);
                }
                assert_eq!(tokens.next(), Some(Token::Sign('{')), "{inner:?}");
                body(tokens, &mut inner);
                block.blocks.push(inner);
            }
            other => panic!("{other:?} in {block:?}"),
        }
    }
}

fn value(tokens: &mut Tokens) -> Value {
    if tokens.next_if_eq(&Token::Sign('[')).is_some() {
        let mut items = Vec::new();
        loop {
            match tokens.peek() {
                Some(Token::Sign(']')) => {
                    tokens.next();
                    return Value::List(items);
                }
                Some(Token::Line | Token::Sign(',')) => drop(tokens.next()),
                _ => items.push(value(tokens)),
            }
        }
    }
    if let Some(Token::Text(text)) = tokens.next_if(|token| matches!(token, Token::Text(_))) {
        return Value::Text(text);
    }
    let mut words = Vec::new();
    let mut depth = 0;
    loop {
        match tokens.peek() {
            None | Some(Token::Line) => break,
            Some(Token::Sign(']' | ',')) if depth == 0 => break,
            Some(Token::Sign(sign)) => {
                depth += i32::from(['(', '['].contains(sign)) - i32::from([')', ']'].contains(sign));
                words.push(sign.to_string());
            }
            Some(Token::Word(word) | Token::Text(word)) => words.push(word.clone()),
        }
        tokens.next();
    }
    assert!(!words.is_empty());
    Value::Expression(words)
}
