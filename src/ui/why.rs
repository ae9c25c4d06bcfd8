//! Why the selected flow is there: its rules, with page, row, build and date.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::{App, Command, Context, Focus};
use crate::catalogue::{Catalogue, Key};
use crate::flows::explain::{Origin, Reason, reasons};
use crate::flows::{FlowRef, Flows, HostIx, Tag};
use crate::plan::{Host, Plan};

use super::hint::hint;
use super::pane::{self, framing};
use super::text::wrap;
use super::theme::Theme;

/// Draws the pane; gives its height in lines and how many lines there are.
pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect) -> (u16, u64) {
    let focused = app.focus() == Focus::Why && app.layers().is_empty();
    let inner = pane::draw(theme, frame, area, framing(focused), "Why", None);
    let lines = match app.flow_view().selected(app.flows()) {
        Some(flow) => {
            explain(app.catalogue(), (app.plan(), app.flows()), theme, flow, usize::from(inner.width))
        }
        None => nothing(app, theme, usize::from(inner.width)),
    };
    let len = lines.len() as u64;
    let offset = app.why_list().cursor().min(len.saturating_sub(u64::from(inner.height)));
    let skip = usize::try_from(offset).unwrap_or(0);
    for (at, line) in (0..inner.height).zip(lines.into_iter().skip(skip)) {
        frame.render_widget(line, pane::line_of(inner, at));
    }
    pane::scroll_mark(theme, frame, area, offset, len);
    (inner.height, len)
}

/// Where there is no flow, its absence can be asked about.
fn nothing(app: &App, theme: &Theme, columns: usize) -> Vec<Line<'static>> {
    let key = hint(app, theme, Context::Flows, Command::Ask);
    let text = format!("Select a flow to see which rules ask for it; {key} asks why there is none.");
    let lines = wrap(&text, columns.saturating_sub(1), 0);
    lines.into_iter().map(|line| Line::from(Span::styled(format!(" {line}"), theme.dim))).collect()
}

/// The ends of a flow, and every rule that asks for it; in the present state or in a baseline.
pub(super) fn explain(
    catalogue: &Catalogue,
    (plan, flows): (&Plan, &Flows),
    theme: &Theme,
    flow: FlowRef,
    columns: usize,
) -> Vec<Line<'static>> {
    let shape = flows.shape(flow.shape);
    let hosts = plan.hosts();
    let host = |at: HostIx| hosts.get(at.position());
    let (Some(from), Some(to)) = (host(flow.from), host(flow.to)) else { return Vec::new() };
    let mut page = Page { theme, columns: columns.saturating_sub(1), lines: Vec::new() };
    page.add(
        0,
        &format!("{} → {}   {} {}", ends(from), ends(to), shape.transport, shape.ports),
        theme.strong,
    );
    for tag in flows.tags(flow) {
        page.add(0, tag_text(tag), if tag == Tag::Doubt { theme.doubt } else { theme.dim });
    }
    for reason in reasons(catalogue, plan, flows, flow) {
        page.reason(&reason);
    }
    page.lines
}

fn ends(host: &Host) -> String {
    match host.addresses.as_slice() {
        [] => format!("{} (no address)", host.name),
        [only] => format!("{} {only}", host.name),
        [first, rest @ ..] => format!("{} {first} (+{})", host.name, rest.len()),
    }
}

fn tag_text(tag: Tag) -> &'static str {
    match tag {
        Tag::SameHost => "Same host: no network flow, so it stands in no firewall rule.",
        Tag::AutomaticOnHost => {
            "Automatic on the host: setup opens it in the default Windows firewall; firewalls between still need it."
        }
        Tag::OpenEnded => "Open-ended: if the port is taken, the next free one is used.",
        Tag::Fallback => "The ports behind \"or\" are used only if the first choice cannot be reached.",
        Tag::Overridden => {
            "Ports of the plan, or of the host that listens, stand in place of the printed ones."
        }
        Tag::Doubt => "! The row looks doubtful on the page; see below.",
    }
}

struct Page<'a> {
    theme: &'a Theme,
    columns: usize,
    lines: Vec<Line<'static>>,
}

impl Page<'_> {
    fn add(&mut self, indent: usize, text: &str, style: Style) {
        for line in wrap(text, self.columns, indent) {
            self.lines.push(Line::from(Span::styled(format!(" {line}"), style)));
        }
    }

    fn reason(&mut self, reason: &Reason<'_>) {
        self.add(0, reason.purpose, Style::new());
        match reason.origin {
            Origin::Printed { rule, page } => {
                let source = format!(
                    "{} · {} · build {} · {}",
                    reason.origin.long(),
                    rule.service,
                    page.build,
                    page.updated.iso()
                );
                self.add(2, &source, self.theme.dim);
                self.because(reason);
                if let Some(doubt) = &rule.doubt {
                    self.add(2, &format!("! {doubt}"), self.theme.doubt);
                }
                self.add(2, &page.url, self.theme.dim);
            }
            Origin::Own { .. } => self.add(2, &reason.origin.long(), self.theme.dim),
        }
    }

    fn because(&mut self, reason: &Reason<'_>) {
        if !reason.because.is_empty() {
            self.add(2, &format!("because {}", reason.because.join("; ")), self.theme.dim);
        }
    }
}
