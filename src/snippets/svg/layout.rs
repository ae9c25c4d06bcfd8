//! Where everything in the picture stands.

use std::collections::{BTreeMap, BTreeSet};

use unicode_width::UnicodeWidthChar;

use crate::snippets::diagram::{Diagram, Items};

/// All lengths are pixels. The width suits a page of A4 across.
pub(super) const WIDTH: f64 = 1160.0;
const MARGIN: f64 = 24.0;
const TOP: f64 = 132.0;
const LEFT: f64 = 270.0;
const RIGHT: f64 = 430.0;
/// Between a zone's frame and its cards.
const INSET: f64 = 10.0;
const ZONE_HEAD: f64 = 24.0;
const GAP: f64 = 10.0;
const ZONE_GAP: f64 = 18.0;
/// Between a card's edge and its text.
pub(super) const PAD: f64 = 9.0;
pub(super) const LINE: f64 = 15.0;
/// The least room of an arrow's start on its card.
const START: f64 = 7.0;
/// The width of a letter of the widest usual font; of a bold one.
const LETTER: f64 = 6.5;
const BOLD: f64 = 7.6;
/// How far the text of a row stands from the edge, where the arrows end.
pub(super) const ROW_INDENT: f64 = 16.0;

/// The whole picture.
pub(super) struct Layout {
    /// Who opens connections.
    pub left: Side,
    /// Who listens.
    pub right: Side,
    /// From a card on the left to a row on the right.
    pub curves: Vec<Curve>,
    /// Where the columns end.
    pub bottom: f64,
}

/// A column of cards in the frames of their zones.
pub(super) struct Side {
    pub x: f64,
    pub width: f64,
    pub frames: Vec<Frame>,
    pub cards: Vec<Card>,
}

impl Side {
    pub fn card_x(&self) -> f64 {
        self.x + INSET
    }

    pub fn card_width(&self) -> f64 {
        self.width - 2.0 * INSET
    }
}

/// The frame of a zone.
pub(super) struct Frame {
    pub zone: usize,
    pub y: f64,
    pub height: f64,
}

/// A box of the diagram on one side.
pub(super) struct Card {
    pub node: usize,
    pub y: f64,
    pub height: f64,
    pub title: Vec<String>,
    pub detail: Vec<String>,
    pub rows: Vec<Slot>,
}

/// Ports of a card that the same boxes reach.
pub(super) struct Slot {
    pub from: BTreeSet<usize>,
    pub items: Items,
    pub lines: Vec<String>,
    pub y: f64,
    pub height: f64,
}

/// One arrow.
pub(super) struct Curve {
    pub from: usize,
    pub to: usize,
    pub start: (f64, f64),
    pub end: (f64, f64),
    pub items: Items,
}

impl Layout {
    pub fn new(diagram: &Diagram) -> Self {
        let sources: BTreeSet<usize> = diagram.arrows.keys().map(|(from, _)| *from).collect();
        let slots = slots(diagram);
        let (left_order, right_order) = orders(diagram, sources.into_iter().collect(), &slots);
        let place: BTreeMap<usize, usize> = left_order.iter().copied().zip(0..).collect();
        let mut left = Side { x: MARGIN, width: LEFT, frames: Vec::new(), cards: Vec::new() };
        let mut right =
            Side { x: WIDTH - MARGIN - RIGHT, width: RIGHT, frames: Vec::new(), cards: Vec::new() };
        for node in left_order {
            let starts = slots.values().flatten().filter(|slot| slot.0.contains(&node)).count();
            left.cards.push(card(diagram, node, &left, Vec::new(), starts));
        }
        for node in right_order {
            let mut rows: Vec<_> = slots.get(&node).into_iter().flatten().collect();
            rows.sort_by(|one, other| mean(&one.0, &place).total_cmp(&mean(&other.0, &place)));
            let rows = rows.into_iter().map(|(from, items)| slot(diagram, from, items, &right)).collect();
            right.cards.push(card(diagram, node, &right, rows, 0));
        }
        let (low_left, low_right) =
            (place_cards(diagram, &mut left, 0.0), place_cards(diagram, &mut right, 0.0));
        let bottom = low_left.max(low_right);
        // The zones of the shorter column stand apart, nearer to the other ends of their arrows.
        place_cards(diagram, &mut left, bottom - low_left);
        place_cards(diagram, &mut right, bottom - low_right);
        let curves = curves(&left, &right);
        Self { left, right, curves, bottom }
    }
}

/// The boxes that reach some ports of a box, and the ports.
type Reach = (BTreeSet<usize>, Items);

/// For each box that listens, its ports by who reaches them.
fn slots(diagram: &Diagram) -> BTreeMap<usize, Vec<Reach>> {
    let mut reached: BTreeMap<usize, BTreeMap<_, BTreeSet<usize>>> = BTreeMap::new();
    for ((from, to), items) in &diagram.arrows {
        for item in items {
            reached.entry(*to).or_default().entry(*item).or_default().insert(*from);
        }
    }
    let by_source = |items: BTreeMap<_, BTreeSet<usize>>| {
        let mut slots: BTreeMap<BTreeSet<usize>, Items> = BTreeMap::new();
        for (item, from) in items {
            slots.entry(from).or_default().insert(item);
        }
        slots.into_iter().collect()
    };
    reached.into_iter().map(|(to, items)| (to, by_source(items))).collect()
}

/// The orders of the two columns: each box near the mean of those it has arrows from or to, and zones together.
fn orders(
    diagram: &Diagram,
    mut left: Vec<usize>,
    slots: &BTreeMap<usize, Vec<Reach>>,
) -> (Vec<usize>, Vec<usize>) {
    let mut right: Vec<usize> = slots.keys().copied().collect();
    for _ in 0..8 {
        let place: BTreeMap<usize, usize> = left.iter().copied().zip(0..).collect();
        sort(diagram, &mut right, |node| {
            let from = slots.get(&node).into_iter().flatten().flat_map(|(from, _)| from);
            average(from.filter_map(|from| place.get(from)).copied())
        });
        let place: BTreeMap<usize, usize> = right.iter().copied().zip(0..).collect();
        sort(diagram, &mut left, |node| {
            let to = diagram.arrows.keys().filter(|(from, _)| *from == node).map(|(_, to)| to);
            average(to.filter_map(|to| place.get(to)).copied())
        });
    }
    (left, right)
}

fn sort(diagram: &Diagram, nodes: &mut [usize], wanted: impl Fn(usize) -> f64) {
    let zone = |node: usize| diagram.nodes.get(node).map_or(0, |node| node.zone);
    let wishes: BTreeMap<usize, f64> = nodes.iter().map(|node| (*node, wanted(*node))).collect();
    let wish = |node: usize| wishes.get(&node).copied().unwrap_or_default();
    let mut zones: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for node in nodes.iter() {
        let sum = zones.entry(zone(*node)).or_default();
        *sum = (sum.0 + wish(*node), sum.1 + 1.0);
    }
    let of_zone = |node: usize| zones.get(&zone(node)).map_or(0.0, |(sum, count)| sum / count);
    nodes.sort_by(|&one, &other| {
        let by_zone = of_zone(one).total_cmp(&of_zone(other)).then(zone(one).cmp(&zone(other)));
        by_zone.then(wish(one).total_cmp(&wish(other))).then(one.cmp(&other))
    });
}

fn mean(nodes: &BTreeSet<usize>, place: &BTreeMap<usize, usize>) -> f64 {
    average(nodes.iter().filter_map(|node| place.get(node)).copied())
}

fn average(places: impl Iterator<Item = usize>) -> f64 {
    let (sum, count) = places.fold((0.0, 0.0_f64), |(sum, count), place| (sum + number(place), count + 1.0));
    sum / count.max(1.0)
}

/// Places and counts are far below the numbers that a float cannot hold.
fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn card(diagram: &Diagram, node: usize, side: &Side, rows: Vec<Slot>, starts: usize) -> Card {
    let room = side.card_width() - 2.0 * PAD;
    let (title, detail) = diagram.nodes.get(node).map_or_else(Default::default, |node| {
        let words = [&node.detail, &node.roles].into_iter().filter(|text| !text.is_empty());
        (wrap(&node.title, room / BOLD), words.flat_map(|text| wrap(text, room / LETTER)).collect::<Vec<_>>())
    });
    let text = 2.0 * PAD + number(title.len() + detail.len()) * LINE - 3.0;
    let below: f64 = rows.iter().map(|row| row.height).sum();
    let height = (text + below).max(number(starts + 1) * START);
    Card { node, y: 0.0, height, title, detail, rows }
}

fn slot(diagram: &Diagram, from: &BTreeSet<usize>, items: &Items, side: &Side) -> Slot {
    let room = side.card_width() - ROW_INDENT - PAD;
    let lines: Vec<String> =
        diagram.words(items).iter().flat_map(|words| wrap(words, room / LETTER)).collect();
    let height = number(lines.len()) * LINE + 8.0;
    Slot { from: from.clone(), items: items.clone(), lines, y: 0.0, height }
}

/// Puts the cards one below the other, and a frame around those of a zone; gives the lower end. The spare room is shared
/// out above, between and below the zones.
fn place_cards(diagram: &Diagram, side: &mut Side, spare: f64) -> f64 {
    let share = spare / number(side.frames.len() + 1);
    side.frames.clear();
    let mut y = TOP + share;
    for card in &mut side.cards {
        let zone = diagram.nodes.get(card.node).map_or(0, |node| node.zone);
        let goes_on = side.frames.last().is_some_and(|frame| frame.zone == zone);
        if !goes_on {
            y += if side.frames.is_empty() { 0.0 } else { ZONE_GAP + share };
            side.frames.push(Frame { zone, y, height: 0.0 });
            y += ZONE_HEAD;
        }
        card.y = y;
        let rows: f64 = card.rows.iter().map(|row| row.height).sum();
        let mut row_y = y + card.height - rows;
        for row in &mut card.rows {
            row.y = row_y;
            row_y += row.height;
        }
        y += card.height + GAP;
        if let Some(frame) = side.frames.last_mut() {
            frame.height = y - frame.y;
        }
    }
    y
}

fn curves(left: &Side, right: &Side) -> Vec<Curve> {
    let mut curves = Vec::new();
    for card in &left.cards {
        let ends = right.cards.iter().flat_map(|to| to.rows.iter().map(move |row| (to.node, row)));
        let mut ends: Vec<(usize, &Slot)> = ends.filter(|(_, row)| row.from.contains(&card.node)).collect();
        ends.sort_by(|one, other| one.1.y.total_cmp(&other.1.y));
        let step = card.height / number(ends.len() + 1);
        for ((to, row), at) in ends.into_iter().zip(1..) {
            curves.push(Curve {
                from: card.node,
                to,
                start: (left.card_x() + left.card_width(), card.y + step * f64::from(at)),
                end: (right.card_x(), row.y + row.height / 2.0),
                items: row.items.clone(),
            });
        }
    }
    curves
}

/// Lines of at most so many letters, broken at spaces, and inside a word only if it is longer than a line.
fn wrap(text: &str, columns: f64) -> Vec<String> {
    let width = |text: &str| number(text.chars().filter_map(UnicodeWidthChar::width).sum());
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && width(&line) + 1.0 + width(word) > columns {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        for letter in word.chars() {
            if !line.is_empty() && width(&line) + number(letter.width().unwrap_or(0)) > columns {
                lines.push(std::mem::take(&mut line));
            }
            line.push(letter);
        }
    }
    lines.push(line);
    lines
}
