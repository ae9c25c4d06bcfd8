//! Lists with one host a line, as they are also pasted.

use crate::catalogue::Catalogue;
use crate::plan::paste;

use super::collect::{Collector, Draft};
use super::{Import, Kind, Place};

/// Reads a list. Empty lines and comments behind `#` say nothing.
pub fn read(text: &str, catalogue: &Catalogue) -> Import {
    let mut collector = Collector::new(catalogue);
    for (number, line) in (1..).zip(paste::lines(text)) {
        let words = paste::words(line);
        if words.is_empty() {
            continue;
        }
        let place = Place::Line(number);
        match paste::host(&words) {
            Ok(host) => {
                let note = host.note().ok().flatten();
                let mut draft = Draft::with_note(note.as_ref());
                draft.add_addresses(host.addresses);
                collector.put(place, host.name.as_str(), draft);
            }
            Err(why) => collector.unread(place, line, why),
        }
    }
    collector.finish(Kind::List)
}
