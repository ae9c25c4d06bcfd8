//! One page to read and to print. It needs nothing beside itself, and it is well-formed as XML too.

use std::fmt::Write;

use crate::snippets::text::markup;

use super::content::{Block, Cell, Level, Report, Section, Table};

const STYLE: &str = include_str!("html/style.css");

/// Writes the page. Writing to a string cannot fail, so results are not looked at.
pub(super) fn write(report: &Report) -> String {
    let mut page = String::new();
    let title = markup(&report.title);
    let _ = write!(
        page,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n<dl>\n"
    );
    for (fact, value) in &report.facts {
        let _ = writeln!(page, "<div><dt>{fact}</dt><dd>{}</dd></div>", markup(value));
    }
    page.push_str("</dl>\n</header>\n");
    contents(report, &mut page);
    page.push_str("<main>\n");
    for (section, number) in report.sections.iter().zip(1..) {
        let (tag, heading) = (tag(section), markup(&section.heading));
        let _ = writeln!(page, "<section id=\"part-{number}\">\n<{tag}>{heading}</{tag}>");
        for part in &section.blocks {
            block(part, &mut page);
        }
        page.push_str("</section>\n");
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn tag(section: &Section) -> &'static str {
    match section.level {
        Level::Main => "h2",
        Level::Sub => "h3",
    }
}

fn contents(report: &Report, page: &mut String) {
    page.push_str("<nav>\n<ul>\n");
    for (section, number) in report.sections.iter().zip(1..) {
        let class = if section.level == Level::Sub { " class=\"sub\"" } else { "" };
        let heading = markup(&section.heading);
        let _ = writeln!(page, "<li{class}><a href=\"#part-{number}\">{heading}</a></li>");
    }
    page.push_str("</ul>\n</nav>\n");
}

fn block(block: &Block, page: &mut String) {
    match block {
        Block::Text(text) => {
            let _ = writeln!(page, "<p>{}</p>", markup(text));
        }
        Block::List(items) => {
            page.push_str("<ul>\n");
            for item in items {
                let _ = writeln!(page, "<li>{}</li>", markup(item));
            }
            page.push_str("</ul>\n");
        }
        Block::Table(content) => table(content, page),
        Block::Picture(picture) => {
            let _ = write!(page, "<figure>\n{picture}</figure>\n");
        }
    }
}

fn table(table: &Table, page: &mut String) {
    page.push_str("<table>\n<thead>\n<tr>");
    for column in &table.columns {
        let _ = write!(page, "<th>{column}</th>");
    }
    page.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &table.rows {
        page.push_str("<tr>");
        for cell in row {
            let _ = match cell {
                Cell::Text(text) => write!(page, "<td>{}</td>", markup(text)),
                Cell::Link(url) => write!(page, "<td><a href=\"{0}\">{0}</a></td>", markup(url)),
            };
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table>\n");
}
