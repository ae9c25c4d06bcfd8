//! Reports what answers to the mouse, where it was drawn.

use ratatui::layout::Rect;

use crate::app::mouse::{Hit, Hits, Place};

/// Puts something above what stands there already; what has no room is not there.
pub fn add(hits: &mut Hits, area: Rect, place: Place) {
    if area.width > 0 && area.height > 0 {
        hits.push(Hit { column: area.x, row: area.y, width: area.width, height: area.height, place });
    }
}
