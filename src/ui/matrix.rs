//! The matrix: a cursor over counts, headings that stay, and the selected pair as a whole below.

use std::collections::BTreeSet;
use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::mouse::{Hits, List, Place};
use crate::app::{App, Command, Context, Focus, Viewport};
use crate::flows::{Axis, Cell, Matrix, ShapeId, ports};

use super::hint::hint;
use super::hits;
use super::pane::{self, framing};
use super::text::{cell, fit, grouped, width, wrap};
use super::theme::Theme;

/// Columns keep at least so much for a number, and at most so much for a name.
const COLUMN: (usize, usize) = (5, 12);
/// As wide as names make a column where not all columns are in sight.
const CROWDED: usize = 8;
/// The same for the names of rows; these may take no more than a part of the width, either.
const LABEL: (usize, usize) = (9, 28);
const SUM: usize = 9;
/// Below these heights there is no room for the selected pair, or only for its first line.
const ROOMY: u16 = 13;
const LOW: u16 = 4;
/// The name of the row and of the column that add up.
const ALL: &str = "all";

pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect, viewport: &mut Viewport) {
    hits::add(&mut viewport.hits, area, Place::Body(List::Matrix));
    let focused = app.focus() == Focus::Main && app.layers().is_empty();
    let Some(matrix) = app.matrix_view().matrix().filter(|matrix| matrix.size().0 > 0) else {
        let inner = pane::draw(theme, frame, area, framing(focused), "Matrix", None);
        empty(app, theme, frame, inner);
        return;
    };
    let grid = Grid::new(app, matrix, area);
    let right = grid.right(theme, app);
    let title = fit(title(matrix), usize::from(area.width).saturating_sub(right.width() + 5));
    let inner = pane::draw(theme, frame, area, framing(focused), &title, Some(right));
    grid.heading(app, theme, frame, inner, &mut viewport.hits);
    grid.body(app, theme, frame, inner, focused, &mut viewport.hits);
    grid.sums(app, theme, frame, inner);
    let below = Rect {
        y: inner.y.saturating_add(grid.height + 2),
        height: inner.height.saturating_sub(grid.height + 2),
        ..inner
    };
    selected(app, theme, frame, below);
    pane::scroll_mark(theme, frame, area, grid.rows.start as u64, matrix.size().0 as u64);
    viewport.main = grid.height;
    viewport.matrix_columns = grid.room_for_columns;
}

fn title(matrix: &Matrix) -> &'static str {
    match matrix.axes() {
        (Axis::Zones, Axis::Zones) => "Matrix · zones to zones",
        (Axis::Hosts, Axis::Zones) => "Matrix · hosts to zones",
        (Axis::Zones, Axis::Hosts) => "Matrix · zones to hosts",
        (Axis::Hosts, Axis::Hosts) => "Matrix · hosts to hosts",
    }
}

/// Which cells are shown, and how wide.
struct Grid<'a> {
    matrix: &'a Matrix,
    label: usize,
    column: usize,
    rows: Range<usize>,
    columns: Range<usize>,
    height: u16,
    room_for_columns: u16,
    selected: (usize, usize),
}

impl<'a> Grid<'a> {
    fn new(app: &App, matrix: &'a Matrix, area: Rect) -> Self {
        let (row_count, column_count) = matrix.size();
        let room = usize::from(area.width.saturating_sub(2));
        let longest = |count: usize, place: &dyn Fn(usize) -> Option<crate::flows::Place<'a>>| {
            let names = (0..count.min(2000)).filter_map(place);
            names.map(|place| width(&app.place_words(place))).max().unwrap_or(0)
        };
        let label =
            longest(row_count, &|at| matrix.row(at)).clamp(LABEL.0, LABEL.1.min((room / 3).max(LABEL.0)));
        let left = room.saturating_sub(label + 2 + SUM + 1);
        let widest = longest(column_count, &|at| matrix.column(at)).clamp(COLUMN.0, COLUMN.1);
        let column = if (widest + 1) * column_count <= left { widest } else { widest.min(CROWDED) };
        let room_for_columns = (left / (column + 1)).max(1);
        let lines = area.height.saturating_sub(2);
        let below = if lines >= ROOMY { 5 } else { u16::from(lines > LOW) };
        let height = lines.saturating_sub(2 + below).max(1).min(u16::try_from(row_count).unwrap_or(u16::MAX));
        let view = app.matrix_view();
        let range = |first: u64, shown: usize, count: usize| {
            let first = usize::try_from(first).unwrap_or(usize::MAX).min(count);
            first..first.saturating_add(shown).min(count)
        };
        let room_for_columns = u16::try_from(room_for_columns).unwrap_or(u16::MAX);
        let first_row = view.rows.first_visible(row_count as u64, height);
        let first_column = view.columns.first_visible(column_count as u64, room_for_columns);
        Self {
            matrix,
            label,
            column,
            rows: range(first_row, usize::from(height), row_count),
            columns: range(first_column, usize::from(room_for_columns), column_count),
            height,
            room_for_columns,
            selected: view.selected(),
        }
    }

    /// How many flows there are, and which columns are in sight where not all are.
    fn right(&self, theme: &Theme, app: &App) -> Line<'static> {
        let count = self.matrix.size().1;
        let flows = format!(" {} ", grouped(app.flows().count()));
        let part = if self.columns.len() < count {
            format!(" columns {}-{} of {} ·", self.columns.start + 1, self.columns.end, grouped(count as u64))
        } else {
            String::new()
        };
        Line::from(vec![Span::styled(part, theme.dim), Span::styled(flows, theme.strong)])
    }

    /// Where the column stands on a line, `at` counted from the first that is shown.
    fn place(&self, line: Rect, at: usize) -> Rect {
        let start = u16::try_from(self.label + 2 + at * (self.column + 1)).unwrap_or(u16::MAX);
        let x = line.x.saturating_add(start).min(line.right());
        let width = u16::try_from(self.column + 1).unwrap_or(u16::MAX);
        Rect { x, width: width.min(line.right() - x), ..line }
    }

    fn heading(&self, app: &App, theme: &Theme, frame: &mut Frame<'_>, inner: Rect, hits: &mut Hits) {
        let line = pane::line_of(inner, 0);
        let mut spans = cell("  from \\ to", self.label + 2, &[], theme.dim, theme.dim);
        for (at, column) in self.columns.clone().enumerate() {
            let name = self.matrix.column(column).map(|place| app.place_words(place)).unwrap_or_default();
            let style = if column == self.selected.1 { theme.strong } else { theme.dim };
            spans.push(Span::raw(" "));
            spans.extend(right(&fit(&name, self.column), self.column, style));
            hits::add(hits, self.place(line, at), Place::Cell(self.selected.0 as u64, column as u64));
        }
        spans.push(sum_span(ALL, theme.dim));
        pane::put(frame, line, &Line::from(spans));
    }

    fn body(
        &self,
        app: &App,
        theme: &Theme,
        frame: &mut Frame<'_>,
        inner: Rect,
        focused: bool,
        hits: &mut Hits,
    ) {
        let cells = self.matrix.window(app.flows(), self.rows.clone(), self.columns.clone());
        for ((line, row), cells) in (1..).zip(self.rows.clone()).zip(cells) {
            let line = pane::line_of(inner, line);
            let is_here = row == self.selected.0;
            let style = if is_here { theme.strong } else { Style::new() };
            let name = self.matrix.row(row).map(|place| app.place_words(place)).unwrap_or_default();
            hits::add(
                hits,
                Rect { width: line.width.min(u16::try_from(self.label + 2).unwrap_or(u16::MAX)), ..line },
                Place::Cell(row as u64, self.selected.1 as u64),
            );
            let mut spans = vec![Span::styled(if is_here { "▸ " } else { "  " }, style)];
            spans.extend(cell(&name, self.label, &[], style, style));
            for ((at, column), content) in self.columns.clone().enumerate().zip(cells) {
                hits::add(hits, self.place(line, at), Place::Cell(row as u64, column as u64));
                let style = match content {
                    _ if (row, column) == self.selected => theme.row(true, focused),
                    Cell { flows: 0, .. } => theme.dim,
                    Cell { .. } => Style::new(),
                };
                spans.push(Span::raw(" "));
                spans.extend(right(&words(theme, content, self.column), self.column, style));
            }
            let sum = self.matrix.row_sum(app.flows(), row);
            spans.push(sum_span(&number(sum, SUM), theme.dim));
            pane::put(frame, line, &Line::from(spans));
        }
    }

    fn sums(&self, app: &App, theme: &Theme, frame: &mut Frame<'_>, inner: Rect) {
        let mut spans = cell(&format!("  {ALL}"), self.label + 2, &[], theme.dim, theme.dim);
        for column in self.columns.clone() {
            let sum = number(self.matrix.column_sum(app.flows(), column), self.column);
            spans.push(Span::raw(" "));
            spans.extend(right(&sum, self.column, theme.dim));
        }
        spans.push(sum_span(&number(app.flows().count(), SUM), theme.strong));
        pane::put(frame, pane::line_of(inner, self.height + 1), &Line::from(spans));
    }
}

fn sum_span(text: &str, style: Style) -> Span<'static> {
    Span::styled(format!(" {text:>SUM$}"), style)
}

/// A text at the right edge of its column.
fn right(text: &str, columns: usize, style: Style) -> [Span<'static>; 1] {
    let gap = " ".repeat(columns.saturating_sub(width(text)));
    [Span::styled(format!("{gap}{text}"), style)]
}

fn words(theme: &Theme, content: Cell, columns: usize) -> String {
    match content {
        Cell { flows: 0, same_host: 0 } => theme.symbols.nothing().to_owned(),
        Cell { flows: 0, same_host } => format!("={}", number(same_host, columns.saturating_sub(1))),
        Cell { flows, .. } => number(flows, columns),
    }
}

/// The number in at most so many columns: with groups of three, without, or in thousands and millions.
fn number(number: u64, columns: usize) -> String {
    let whole = [grouped(number), number.to_string()];
    let rounded = [(1_000, "k"), (1_000_000, "M"), (1_000_000_000, "G")]
        .map(|(unit, sign)| format!("{}{sign}", number / unit));
    let mut all = whole.into_iter().chain(rounded);
    all.find(|text| width(text) <= columns).unwrap_or_else(|| "#".to_owned())
}

/// The selected pair with its whole names, its counts and its ports.
fn selected(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect) {
    let view = app.matrix_view();
    let (row, column) = view.selected();
    let Some(matrix) = view.matrix() else { return };
    let (Some(from), Some(to), Some(content)) = (matrix.row(row), matrix.column(column), app.selected_cell())
    else {
        return;
    };
    let columns = usize::from(area.width).saturating_sub(3);
    let pair = format!("{} → {}: {}", app.place_words(from), app.place_words(to), counts(content));
    let (pair, ports) = (wrap(&pair, columns, 0), port_words(app, &matrix.shapes(app.flows(), row, column)));
    let mut lines: Vec<Line<'_>> = Vec::new();
    let first = u16::from(area.height > 2);
    lines.extend(pair.iter().take(2).map(|line| Line::from(Span::styled(format!("  {line}"), theme.strong))));
    let hints = keys(app, theme, content);
    let room = usize::from(area.height.saturating_sub(first)).saturating_sub(lines.len() + 1);
    let shown = if ports.is_empty() { Vec::new() } else { wrap(&ports, columns, 0) };
    for (at, line) in shown.iter().take(room).enumerate() {
        let more = at + 1 == room && shown.len() > room;
        let line = if more { fit(&format!("{line} …"), columns) } else { line.clone() };
        lines.push(Line::raw(format!("  {line}")));
    }
    lines.push(hints);
    for (at, line) in (first..area.height).zip(lines) {
        pane::put(frame, pane::line_of(area, at), &line);
    }
}

fn counts(content: Cell) -> String {
    let flows = match content.flows {
        0 => "no flow".to_owned(),
        1 => "1 flow".to_owned(),
        more => format!("{} flows", grouped(more)),
    };
    match content.same_host {
        0 => flows,
        own => format!("{flows}; {} of a host to itself, not in the sums", grouped(own)),
    }
}

fn port_words(app: &App, shapes: &BTreeSet<ShapeId>) -> String {
    let words =
        ports(app.flows(), shapes).into_iter().map(|(transport, ports)| format!("{transport} {ports}"));
    words.collect::<Vec<_>>().join(" · ")
}

fn keys(app: &App, theme: &Theme, content: Cell) -> Line<'static> {
    let key = |command| Span::styled(hint(app, theme, Context::Matrix, command), theme.key);
    let mut spans = vec![Span::raw("  ")];
    if content != Cell::default() {
        spans.extend([key(Command::OpenCell), Span::raw(" lists them, ")]);
    }
    spans.extend([
        key(Command::Left),
        Span::raw(" "),
        key(Command::Right),
        Span::raw(" change the column, "),
        key(Command::SwitchAxes),
        Span::raw(" changes hosts and zones"),
    ]);
    Line::from(spans)
}

fn empty(app: &App, theme: &Theme, frame: &mut Frame<'_>, inner: Rect) {
    let key = Span::styled(hint(app, theme, Context::Matrix, Command::AddHost), theme.key);
    let lines = [
        Line::raw("  Here it is counted how many flows go from whom to whom."),
        Line::from(vec![Span::raw("  "), key, Span::raw(" adds the first host.")]),
    ];
    for (at, line) in (1..).zip(lines) {
        frame.render_widget(line, pane::line_of(inner, at));
    }
}
