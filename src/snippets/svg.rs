//! A picture: on the left the hosts that open connections, on the right those that listen, with their ports.
//!
//! Every host that does both stands on both sides. Ports that the same hosts reach share a row, so an arrow is all of
//! the row's ports for its host, and no label stands on an arrow. Text is set in lines that are wide enough for any
//! font; whole texts are in the titles that a viewer shows under the pointer.

mod layout;

use std::io;

use layout::{Card, Layout, Side};

use super::Request;
use super::diagram::Diagram;
use super::limits::FLOWS_IN_RULES;
use super::target::{Content, Facts, Form, Group, ListForm};
use super::text::{count, markup};

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "svg",
    label: "SVG picture",
    extension: "svg",
    group: Group::Picture,
    form: Form::Listed(ListForm { content: Content::Text, most: FLOWS_IN_RULES, write }),
};

/// One for each zone that opens connections, dark enough for thin lines on white, and apart for most eyes.
const COLOURS: [&str; 8] =
    ["#1f5fa8", "#b4541a", "#2b7a4b", "#8a3f8f", "#a3262a", "#00707a", "#6b6100", "#6b4c2a"];

const STYLE: &str = "text{font-family:system-ui,'Segoe UI',Helvetica,Arial,'DejaVu Sans',sans-serif;fill:#1c232b;font-size:11px}\
.h{font-size:19px;font-weight:700}.b{font-weight:700;font-size:12px}.s{fill:#55616d}.z{font-weight:700;font-size:11px}\
.card{fill:#fff;stroke:#8b97a3;stroke-width:1}.row{stroke:#dfe4e9;stroke-width:1}\
.line{fill:none;stroke-width:1.5;stroke-opacity:.72}.tip{fill:#1c232b}";

/// Writes the picture.
fn write(request: &Request<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let diagram = Diagram::new(request, usize::MAX);
    let layout = Layout::new(&diagram);
    let (width, height) = (layout::WIDTH, layout.bottom + legend_height(&diagram));
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">"
    )?;
    writeln!(out, "<title>{}</title>\n<style>{STYLE}</style>", markup(request.plan.name().as_str()))?;
    writeln!(out, "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>")?;
    heading(request, &diagram, out)?;
    for side in [&layout.left, &layout.right] {
        zones(&diagram, side, out)?;
    }
    curves(&diagram, &layout, out)?;
    for side in [&layout.left, &layout.right] {
        for card in &side.cards {
            self::card(&diagram, side, card, out)?;
        }
    }
    legend(&diagram, layout.bottom, out)?;
    writeln!(out, "</svg>")
}

fn heading(request: &Request<'_>, diagram: &Diagram, out: &mut dyn io::Write) -> io::Result<()> {
    let (name, edition) = (request.plan.name().as_str(), request.catalogue.edition_words());
    let date = request.date.map_or_else(String::new, |date| format!(", {date}"));
    let counts = format!("{}, {}", count(diagram.flows, "flow"), count(diagram.hosts as u64, "host"));
    writeln!(out, "<text x=\"24\" y=\"40\" class=\"h\">{}</text>", markup(name))?;
    let about = format!("Edition {edition}{date}. Scope: {}. {counts}.", request.scope);
    writeln!(out, "<text x=\"24\" y=\"62\" class=\"s\">{}</text>", markup(&about))?;
    writeln!(out, "<text x=\"24\" y=\"82\" class=\"s\">{}</text>", diagram.grain.note())?;
    writeln!(out, "<text x=\"34\" y=\"118\" class=\"b\">opens the connection</text>")?;
    writeln!(out, "<text x=\"716\" y=\"118\" class=\"b\">listens at these ports</text>")
}

fn colour(zone: usize) -> &'static str {
    COLOURS.iter().cycle().nth(zone % COLOURS.len()).copied().unwrap_or("#1f5fa8")
}

fn zones(diagram: &Diagram, side: &Side, out: &mut dyn io::Write) -> io::Result<()> {
    for frame in &side.frames {
        let name = diagram.zones.get(frame.zone).map_or("", String::as_str);
        let (colour, x, y) = (colour(frame.zone), side.x, frame.y);
        writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"8\" fill=\"{colour}\" fill-opacity=\".07\" stroke=\"{colour}\" stroke-opacity=\".35\"/>",
            side.width, frame.height
        )?;
        writeln!(
            out,
            "<text x=\"{:.1}\" y=\"{:.1}\" class=\"z\" style=\"fill:{colour}\">{}</text>",
            side.card_x(),
            y + 16.0,
            markup(name)
        )?;
    }
    Ok(())
}

fn curves(diagram: &Diagram, layout: &Layout, out: &mut dyn io::Write) -> io::Result<()> {
    let title = |node: usize| diagram.nodes.get(node).map_or("", |node| node.title.as_str());
    for curve in &layout.curves {
        let ((x0, y0), (x1, y1)) = (curve.start, curve.end);
        // The tip of the arrow is drawn with the row that it reaches.
        let (x1, bend) = (x1 - 7.0, (x1 - x0) / 2.0);
        let colour = colour(diagram.nodes.get(curve.from).map_or(0, |node| node.zone));
        let words = format!(
            "{} to {}: {}",
            title(curve.from),
            title(curve.to),
            diagram.words(&curve.items).join("; ")
        );
        writeln!(
            out,
            "<path class=\"line\" stroke=\"{colour}\" d=\"M{x0:.1} {y0:.1}C{:.1} {y0:.1} {:.1} {y1:.1} {x1:.1} {y1:.1}\"><title>{}</title></path>",
            x0 + bend,
            x1 - bend,
            markup(&words)
        )?;
    }
    Ok(())
}

fn card(diagram: &Diagram, side: &Side, card: &Card, out: &mut dyn io::Write) -> io::Result<()> {
    let Some(node) = diagram.nodes.get(card.node) else { return Ok(()) };
    let (x, width) = (side.card_x(), side.card_width());
    let words = [&node.title, &node.detail, &node.roles].map(String::as_str);
    writeln!(out, "<g><title>{}</title>", markup(&words.join("; ")))?;
    writeln!(
        out,
        "<rect class=\"card\" x=\"{x:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"{:.1}\" rx=\"5\"/>",
        card.y, card.height
    )?;
    let titles = card.title.iter().map(|line| ("b", line));
    let details = card.detail.iter().map(|line| ("s", line));
    let mut y = card.y + layout::PAD + 10.0;
    for (class, line) in titles.chain(details) {
        writeln!(
            out,
            "<text x=\"{:.1}\" y=\"{y:.1}\" class=\"{class}\">{}</text>",
            x + layout::PAD,
            markup(line)
        )?;
        y += layout::LINE;
    }
    for row in &card.rows {
        let (middle, right) = (row.y + row.height / 2.0, x + width);
        writeln!(out, "<path class=\"row\" d=\"M{x:.1} {0:.1}H{right:.1}\"/>", row.y)?;
        writeln!(out, "<path class=\"tip\" d=\"M{x:.1} {middle:.1}l-8 -4v8z\"/>")?;
        let mut y = row.y + 15.0;
        for line in &row.lines {
            writeln!(out, "<text x=\"{:.1}\" y=\"{y:.1}\">{}</text>", x + layout::ROW_INDENT, markup(line))?;
            y += layout::LINE;
        }
    }
    writeln!(out, "</g>")
}

const LEGEND: [&str; 2] = [
    "An arrow has the colour of the zone that it comes from, and ends at all ports that its start may reach there.",
    "1058+ is the port or the next free one above. A fallback, or what stands behind \"or\", is used only where the first choice cannot be reached.",
];

/// The zones that arrows come from.
fn legend_zones(diagram: &Diagram) -> Vec<usize> {
    let zone = |node: usize| diagram.nodes.get(node).map(|node| node.zone);
    let mut zones: Vec<usize> = diagram.arrows.keys().filter_map(|(from, _)| zone(*from)).collect();
    zones.sort_unstable();
    zones.dedup();
    zones
}

/// How many zones of the legend stand in one line.
const LEGEND_COLUMNS: usize = 4;

fn legend_height(diagram: &Diagram) -> f64 {
    let lines = legend_zones(diagram).len().div_ceil(LEGEND_COLUMNS) + LEGEND.len();
    f64::from(u32::try_from(lines).unwrap_or(u32::MAX)) * 20.0 + 48.0
}

fn legend(diagram: &Diagram, bottom: f64, out: &mut dyn io::Write) -> io::Result<()> {
    let mut y = bottom + 34.0;
    for zones in legend_zones(diagram).chunks(LEGEND_COLUMNS) {
        let mut x = 24.0;
        for zone in zones {
            let name = diagram.zones.get(*zone).map_or("", String::as_str);
            let short: String = name.chars().take(30).collect();
            writeln!(
                out,
                "<path class=\"line\" stroke=\"{}\" style=\"stroke-width:3\" d=\"M{x:.1} {:.1}h26\"/>",
                colour(*zone),
                y - 4.0
            )?;
            writeln!(out, "<text x=\"{:.1}\" y=\"{y:.1}\">from {}</text>", x + 34.0, markup(&short))?;
            x += 280.0;
        }
        y += 20.0;
    }
    for line in LEGEND {
        writeln!(out, "<text x=\"24\" y=\"{y:.1}\" class=\"s\">{}</text>", markup(line))?;
        y += 20.0;
    }
    Ok(())
}
