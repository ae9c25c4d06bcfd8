//! What the screen reads of panes and lists.

use std::path::PathBuf;

use crate::catalogue::OptionId;
use crate::plan::Host;

use super::snippet::SnippetView;
use super::{App, FlowView, ListState, SampleEntry};

impl App {
    /// The samples of the start screen.
    pub fn samples(&self) -> &[SampleEntry] {
        &self.samples
    }

    /// The plans that were used last, newest first.
    pub fn recent(&self) -> &[PathBuf] {
        &self.recent
    }

    /// Cursor of the list of hosts.
    pub fn host_list(&self) -> &ListState {
        &self.hosts
    }

    /// Cursor of the options.
    pub fn option_list(&self) -> &ListState {
        &self.options
    }

    /// Cursor of the findings.
    pub fn check_list(&self) -> &ListState {
        &self.checks
    }

    /// Scroll state of the reasons.
    pub fn why_list(&self) -> &ListState {
        &self.why
    }

    /// The list of flows.
    pub fn flow_view(&self) -> &FlowView {
        &self.flow_view
    }

    /// The snippet.
    pub fn snippet(&self) -> &SnippetView {
        &self.snippet
    }

    /// The host under the cursor.
    pub fn selected_host(&self) -> Option<&Host> {
        self.plan.hosts().get(self.hosts.index())
    }

    /// The option under the cursor.
    pub fn selected_option(&self) -> Option<OptionId> {
        self.catalogue.options().keys().nth(self.options.index())
    }
}
