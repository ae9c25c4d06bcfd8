//! The filter that keeps only what crosses zones.

use crate::flows::Crossing;

use super::App;
use super::message::Tone;

impl App {
    /// Lists only what crosses zones, or everything again, and says what counts as crossing.
    pub(super) fn toggle_crossing(&mut self) {
        self.flow_view.crossing = match self.flow_view.crossing {
            Crossing::All => Crossing::Only,
            Crossing::Only => Crossing::All,
        };
        self.relist_in_place();
        let text = match self.flow_view.crossing {
            Crossing::All => "all flows are listed".to_owned(),
            Crossing::Only => self.crossing_text(),
        };
        self.say(Tone::Done, text);
    }

    fn crossing_text(&self) -> String {
        let zones = self.flows.zones(&self.plan);
        let outside = match (zones.outside(), self.plan.hosts().len()) {
            (0, _) => "every host has a zone".to_owned(),
            (1, _) => "1 host has no zone, so all its flows count".to_owned(),
            (all, hosts) if all == hosts => "no host has a zone, so all flows count".to_owned(),
            (more, _) => format!("{more} hosts have no zone, so all their flows count"),
        };
        format!("only what crosses zones is listed · {outside}")
    }
}
