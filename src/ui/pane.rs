//! The frame of a pane, and its scroll mark.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Borders, Clear};

use super::theme::Theme;

/// How a pane is framed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// It has the keyboard.
    Focused,
    /// It has not.
    Plain,
}

/// Draws a frame and gives the area inside it.
pub fn draw(
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    framing: Framing,
    title: &str,
    right: Option<Line<'static>>,
) -> Rect {
    let (border, title_style) = match framing {
        Framing::Focused => (theme.focus, theme.focus),
        Framing::Plain => (theme.frame, theme.strong),
    };
    let mut block = Block::new()
        .borders(Borders::ALL)
        .border_type(BorderType::Rounded)
        .border_style(border)
        .title_top(Line::from(Span::styled(format!(" {title} "), title_style)));
    if let Some(right) = right {
        block = block.title_top(right.right_aligned());
    }
    let inner = block.inner(area);
    frame.render_widget(block, area);
    inner
}

/// Draws a dialog's frame over whatever is there.
pub fn dialog(
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    title: &str,
    right: Option<Line<'static>>,
) -> Rect {
    frame.render_widget(Clear, area);
    draw(theme, frame, area, Framing::Focused, title, right)
}

/// Whether a pane has the keyboard.
pub fn framing(focused: bool) -> Framing {
    if focused { Framing::Focused } else { Framing::Plain }
}

/// An area of at most this size in the middle of another.
pub fn centred(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// Draws a mark on the right border that shows which part of a list is visible.
pub fn scroll_mark(theme: &Theme, frame: &mut Frame<'_>, area: Rect, offset: u64, len: u64) {
    let height = u64::from(area.height.saturating_sub(2));
    if height == 0 || len <= height || area.width == 0 {
        return;
    }
    let size = (height * height / len).max(1);
    let start = offset * (height - size) / (len - height).max(1);
    let buffer = frame.buffer_mut();
    for line in start..(start + size).min(height) {
        let line = u16::try_from(line).unwrap_or(u16::MAX);
        let position = (area.right() - 1, area.y.saturating_add(1).saturating_add(line));
        if let Some(cell) = buffer.cell_mut(position) {
            cell.set_symbol("┃").set_style(theme.strong);
        }
    }
}

/// The box on a line, which stands behind so many columns, with the space behind it.
pub fn mark_of(line: Rect, behind: u16) -> Rect {
    let start = line.x.saturating_add(behind).min(line.right());
    Rect { x: start, width: 2.min(line.right() - start), ..line }
}

/// Draws a line whose parts stand one behind the other as they are drawn. As a widget, a line puts each part where the
/// width of the ones before it ends, and letters that could be joined count less there than they take.
pub fn put(frame: &mut Frame<'_>, area: Rect, line: &Line<'_>) {
    let area = area.intersection(frame.area());
    if !area.is_empty() {
        frame.buffer_mut().set_line(area.x, area.y, line, area.width);
    }
}

/// One line of an area, counted from its top.
pub fn line_of(area: Rect, at: u16) -> Rect {
    Rect { y: area.y.saturating_add(at), height: u16::from(at < area.height), ..area }
}
