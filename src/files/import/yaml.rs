//! YAML as a tree with lines. Repeated parts are shared, not copied, and nothing is nested without end: a small file
//! cannot become a large one in memory.

use std::collections::HashMap;
use std::rc::Rc;

use saphyr_parser::{Event, Parser};

use super::error::Fault;

/// Deeper than any inventory.
const DEPTH: usize = 60;

/// So many parts are read.
const NODES: usize = 4_000_000;

/// So much of a part is repeated in a message.
const SKETCH: usize = 200;

/// A part of a document.
#[derive(Debug)]
pub(super) struct Node {
    pub line: usize,
    /// Whether it carries the mark of Ansible Vault.
    pub encrypted: bool,
    pub content: Content,
}

/// What a part holds.
#[derive(Debug)]
pub(super) enum Content {
    Nothing,
    Text(String),
    List(Vec<Rc<Node>>),
    Mapping(Vec<(Rc<Node>, Rc<Node>)>),
    /// A reference to a part that contains the reference.
    Circle,
}

impl Node {
    /// What it is, in words.
    pub fn what(&self) -> &'static str {
        match self.content {
            Content::Nothing => "nothing",
            Content::Text(_) => "a text",
            Content::List(_) => "a list",
            Content::Mapping(_) => "a mapping",
            Content::Circle => "a reference to itself",
        }
    }

    /// Its texts, in brief.
    pub fn sketch(&self) -> String {
        let mut text = String::new();
        let mut waiting = vec![self];
        while let Some(node) = waiting.pop().filter(|_| text.len() < SKETCH) {
            match &node.content {
                Content::Nothing | Content::Circle => {}
                Content::Text(own) => {
                    text.push_str(if text.is_empty() { "" } else { ", " });
                    text.extend(own.chars().take(SKETCH));
                }
                Content::List(items) => waiting.extend(items.iter().take(SKETCH).rev().map(|item| &**item)),
                Content::Mapping(pairs) => {
                    let parts = pairs.iter().take(SKETCH).rev().flat_map(|(key, value)| [value, key]);
                    waiting.extend(parts.map(|part| &**part));
                }
            }
        }
        text
    }

    /// The text of a key or value.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// The documents of a text.
pub(super) fn parse(text: &str) -> Result<Vec<Rc<Node>>, Fault> {
    let mut builder = Builder::default();
    for (count, event) in Parser::new_from_str(text).enumerate() {
        let (event, span) = event.map_err(|error| {
            let mark = error.marker();
            Fault::at(mark.line(), mark.col() + 1, &format!("this is no YAML: {}", error.info()))
        })?;
        let line = span.start.line();
        if count > NODES {
            return Err(Fault::at(line, 0, "the file has too many parts; bring it in part by part"));
        }
        builder.take(event, line)?;
    }
    Ok(builder.documents)
}

/// A part that is not complete yet.
struct Open {
    line: usize,
    anchor: usize,
    encrypted: bool,
    parts: Vec<Rc<Node>>,
    is_list: bool,
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    anchors: HashMap<usize, Rc<Node>>,
    documents: Vec<Rc<Node>>,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, line: usize) -> Result<(), Fault> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let encrypted =
                    tag.is_some_and(|tag| tag.suffix == "vault" || tag.suffix == "vault-encrypted");
                let is_plain = style == saphyr_parser::ScalarStyle::Plain;
                let nothing = is_plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                let content = if nothing { Content::Nothing } else { Content::Text(text.into_owned()) };
                self.put(anchor, Node { line, encrypted, content });
            }
            Event::SequenceStart(anchor, _) => self.open(line, anchor, true)?,
            Event::MappingStart(anchor, _) => self.open(line, anchor, false)?,
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Alias(anchor) => {
                let part = self.anchors.get(&anchor).cloned();
                let circle = || Rc::new(Node { line, encrypted: false, content: Content::Circle });
                self.add(part.unwrap_or_else(circle));
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn open(&mut self, line: usize, anchor: usize, is_list: bool) -> Result<(), Fault> {
        if self.open.len() >= DEPTH {
            return Err(Fault::at(line, 0, "this is nested more deeply than any inventory"));
        }
        self.open.push(Open { line, anchor, encrypted: false, parts: Vec::new(), is_list });
        Ok(())
    }

    fn close(&mut self) {
        let Some(Open { line, anchor, encrypted, parts, is_list }) = self.open.pop() else { return };
        let content = if is_list {
            Content::List(parts)
        } else {
            let mut parts = parts.into_iter();
            let mut pairs = Vec::new();
            while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
                pairs.push((key, value));
            }
            Content::Mapping(pairs)
        };
        self.put(anchor, Node { line, encrypted, content });
    }

    fn put(&mut self, anchor: usize, node: Node) {
        let node = Rc::new(node);
        if anchor > 0 {
            self.anchors.insert(anchor, Rc::clone(&node));
        }
        self.add(node);
    }

    fn add(&mut self, node: Rc<Node>) {
        match self.open.last_mut() {
            Some(open) => open.parts.push(node),
            None => self.documents.push(node),
        }
    }
}
