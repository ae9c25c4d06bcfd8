//! Where the flows come from: the pages, the rows that are in use, and the rows that look wrong.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::{Key, Page};
use crate::flows::explain::{Origin, origin};
use crate::flows::{Axis, Matrix, Tag};

use super::Input;

/// A page and its rows that some flow comes from.
pub(super) struct Used<'a> {
    pub page: &'a Page,
    pub rows: BTreeSet<u16>,
}

/// What the flows of a plan rest on.
#[derive(Default)]
pub(super) struct Sources<'a> {
    pub pages: Vec<Used<'a>>,
    /// By place on a page, why the row looks wrong.
    pub doubts: BTreeMap<String, &'a str>,
    /// What is to be said about some flows.
    pub tags: BTreeSet<Tag>,
}

impl<'a> Sources<'a> {
    /// Looks at every kind of flow, which are few, and not at every flow.
    pub fn new(input: &Input<'a>) -> Self {
        let matrix = Matrix::new(input.plan, input.flows, Axis::Zones, Axis::Zones);
        let mut sources = Self::default();
        let mut pages: BTreeMap<usize, Used<'a>> = BTreeMap::new();
        for shape in matrix.all_shapes(input.flows) {
            let shape = input.flows.shape(shape);
            sources.tags.extend(shape.tags.iter().copied());
            for reason in &shape.reasons {
                let Some(origin) = origin(input.catalogue, input.plan, *reason) else { continue };
                if let Origin::Printed { rule, page } = origin {
                    let used = Used { page, rows: BTreeSet::new() };
                    pages.entry(rule.source.page.position()).or_insert(used).rows.insert(rule.source.row);
                    sources.doubts.extend(rule.doubt.as_deref().map(|doubt| (origin.long(), doubt)));
                }
            }
        }
        sources.pages = pages.into_values().collect();
        sources
    }
}

/// `1-3, 7`.
pub(super) fn row_words(rows: &BTreeSet<u16>) -> String {
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for row in rows {
        match runs.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(*row) => *last = *row,
            _ => runs.push((*row, *row)),
        }
    }
    let words: Vec<String> = runs
        .into_iter()
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}-{last}") })
        .collect();
    words.join(", ")
}
