//! Own ports in place of the printed ones.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::layers::PortsForm;
use crate::app::layers::ports::{PortLine, PortsTarget};
use crate::app::mouse::{List, Place};
use crate::app::{App, Viewport};
use crate::flows::Extent;
use crate::plan::typed;
use crate::ui::text::{cell, fit, grouped};
use crate::ui::theme::Theme;
use crate::ui::{hits, pane};

/// The marks before a line, the service, what holds without own ports, and the own ports.
const MARK: u16 = 3;
const SERVICE: u16 = 23;
/// On a terminal of 80 columns; a wider one shows every printed form.
const WITHOUT: u16 = 12;
const WIDER: u16 = 12;
const OWN: u16 = 17;

pub(super) fn draw(
    app: &App,
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    form: &PortsForm,
    viewport: &mut Viewport,
) {
    let rows = u16::try_from(form.lines.len()).unwrap_or(u16::MAX);
    let area = pane::centred(area, 78 + WIDER, rows.saturating_add(9));
    let title = match form.target {
        PortsTarget::Plan => "Ports of the plan".to_owned(),
        PortsTarget::Form if form.host.is_empty() => "Ports of this host".to_owned(),
        PortsTarget::Form => format!("Ports of {}", form.host),
    };
    let inner = pane::dialog(theme, frame, area, &fit(&title, 60), None);
    let without = WITHOUT + inner.width.saturating_sub(76).min(WIDER);
    frame.render_widget(heading(theme, form.target, without), pane::line_of(inner, 0));
    let below = super::below(inner, rows, 6);
    let list = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1 + below), ..inner };
    let len = form.lines.len() as u64;
    let offset = form.list.first_visible(len, list.height);
    let skip = usize::try_from(offset).unwrap_or(0);
    for (line, (at, port)) in (0..list.height).zip(form.lines.iter().enumerate().skip(skip)) {
        let place = pane::line_of(list, line);
        row(app, theme, frame, place, (port, at == form.list.index()), without);
        hits::add(&mut viewport.hits, place, Place::Row(List::Dialog, at as u64));
    }
    pane::scroll_mark(theme, frame, area, offset, len);
    let advice = Rect { y: list.bottom() + 1, height: below.saturating_sub(1), ..inner };
    let (text, style) = match form.effect() {
        Ok(text) => (text, theme.strong),
        Err(text) => (text, theme.error),
    };
    let used = super::lines_of(frame, advice, &text, style);
    let rest = Rect { y: advice.y + used, height: advice.height.saturating_sub(used), ..advice };
    if let Some(port) = form.present() {
        let help = &app.catalogue().custom_ports()[port.key].help;
        super::lines_of(frame, rest, &format!("{help} Write 7162, 2500-2600, or several."), theme.dim);
    }
    viewport.dialog = list.height;
    viewport.dialog_lines = len;
}

fn heading(theme: &Theme, target: PortsTarget, columns: u16) -> Line<'static> {
    let without = if target == PortsTarget::Plan { "Printed" } else { "Without" };
    let titles = [("Service", SERVICE), (without, columns), ("Own ports", OWN), ("Now on", 20)];
    let mut spans = vec![Span::raw(" ".repeat(usize::from(MARK)))];
    for (title, columns) in titles {
        spans.extend(cell(title, usize::from(columns), &[], theme.dim, theme.dim));
    }
    Line::from(spans)
}

fn row(
    app: &App,
    theme: &Theme,
    frame: &mut Frame<'_>,
    line: Rect,
    (port, active): (&PortLine, bool),
    without: u16,
) {
    let typed = typed::port_set(port.field.text());
    let (sign, style) = match &typed {
        Err(_) => ("!", theme.error),
        Ok(ports) if ports.is_empty() => (" ", Style::new()),
        Ok(_) => ("≠", theme.strong),
    };
    let label = if active { theme.focus } else { style };
    let mut spans = vec![Span::styled(if active { " ▸" } else { "  " }, label), Span::styled(sign, style)];
    let service = &app.catalogue().custom_ports()[port.key].label;
    spans.extend(cell(service, usize::from(SERVICE) - 1, &[], label, label));
    spans.push(Span::raw(" "));
    spans.extend(cell(&port.without(), usize::from(without) - 1, &[], theme.dim, theme.dim));
    pane::put(frame, line, &Line::from(spans));
    let start = MARK + SERVICE + without;
    let own = Rect { x: line.x.saturating_add(start), width: OWN - 1, ..line }.intersection(line);
    super::text_field(frame, own, &port.field, active, style);
    let now =
        Rect { x: line.x.saturating_add(start + OWN), width: line.width.saturating_sub(start + OWN), ..line };
    let text = Span::styled(fit(&extent(port.extent), usize::from(now.width)), theme.dim);
    frame.render_widget(Line::from(text), now.intersection(line));
}

fn extent(extent: Option<Extent>) -> String {
    match extent {
        None => String::new(),
        Some(Extent { flows: 0, .. }) => "no flow".to_owned(),
        Some(Extent { flows, hosts }) => {
            format!("{} to {}", many(flows, "flow"), many(hosts, "host"))
        }
    }
}

/// `1 flow`, `14 flows`.
pub(super) fn many(number: u64, word: &str) -> String {
    format!("{} {word}{}", grouped(number), if number == 1 { "" } else { "s" })
}
