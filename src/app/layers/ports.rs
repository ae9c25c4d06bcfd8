//! Ports of the operator's own in place of the printed ones: for the plan, or for the host in the form below.

use std::collections::BTreeMap;

use crate::app::field::Field;
use crate::app::list::ListState;
use crate::app::unfinished::{Fields, text_of};
use crate::catalogue::{Catalogue, CustomPortId, PortSet};
use crate::flows::{CustomUse, Extent};
use crate::plan::adapting::listed;
use crate::plan::typed;

/// Whose ports are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortsTarget {
    /// Those of every host that has none of its own.
    Plan,
    /// Those of the host in the form below.
    Form,
}

/// One customisable port.
#[derive(Debug)]
pub struct PortLine {
    /// Which port.
    pub key: CustomPortId,
    /// The ports of the operator's own; empty for those that hold without them.
    pub field: Field,
    /// What the pages print.
    pub printed: Vec<PortSet>,
    /// The plan's ports, where a host's are set.
    pub plan: Option<PortSet>,
    /// The flows that have the port; `None` where the host is not in the plan yet.
    pub extent: Option<Extent>,
}

impl PortLine {
    /// The ports that hold if the line stays empty.
    pub fn without(&self) -> String {
        match &self.plan {
            Some(ports) => listed(ports),
            None => self.printed.iter().map(listed).collect::<Vec<String>>().join(" or "),
        }
    }
}

/// What a customisable port is called among the fields of a dialog.
pub(super) fn port_field(catalogue: &Catalogue, key: CustomPortId) -> String {
    format!("Ports of {}", catalogue.custom_ports()[key].label)
}

/// The dialog.
#[derive(Debug)]
pub struct PortsForm {
    /// Whose ports are set.
    pub target: PortsTarget,
    /// The host's name as the form has it; empty for the plan.
    pub host: String,
    /// The ports, in the catalogue's order.
    pub lines: Vec<PortLine>,
    /// The line with the cursor.
    pub list: ListState,
    untouched: Vec<String>,
}

impl PortsForm {
    /// The ports of a plan.
    pub fn of_plan(uses: Vec<CustomUse>, own: &BTreeMap<CustomPortId, PortSet>) -> Self {
        Self::new(PortsTarget::Plan, String::new(), uses, own, |_| None)
    }

    /// The ports of the host in the form; one that is not in the plan yet has no flows.
    pub fn of_host(
        host: &str,
        mut uses: Vec<CustomUse>,
        own: &BTreeMap<CustomPortId, PortSet>,
        plan: &BTreeMap<CustomPortId, PortSet>,
    ) -> Self {
        uses.sort_by_key(|known| known.key);
        Self::new(PortsTarget::Form, host.to_owned(), uses, own, |key| plan.get(&key).cloned())
    }

    fn new(
        target: PortsTarget,
        host: String,
        uses: Vec<CustomUse>,
        own: &BTreeMap<CustomPortId, PortSet>,
        plan: impl Fn(CustomPortId) -> Option<PortSet>,
    ) -> Self {
        let line = |known: CustomUse| PortLine {
            key: known.key,
            field: Field::new(own.get(&known.key).map(listed).unwrap_or_default()),
            printed: known.printed,
            plan: plan(known.key),
            extent: Some(known.extent),
        };
        let lines: Vec<PortLine> = uses.into_iter().map(line).collect();
        let untouched = lines.iter().map(|line| line.field.text().to_owned()).collect();
        Self { target, host, lines, list: ListState::default(), untouched }
    }

    /// Leaves out how many flows there are, since nobody knows that yet.
    #[must_use]
    pub fn without_extents(mut self) -> Self {
        for line in &mut self.lines {
            line.extent = None;
        }
        self
    }

    /// Whether anything differs from when the dialog was opened.
    pub fn is_touched(&self) -> bool {
        self.lines.iter().map(|line| line.field.text()).ne(self.untouched.iter().map(String::as_str))
    }

    /// What stands in its lines.
    pub fn texts(&self, catalogue: &Catalogue) -> Fields {
        let text = |line: &PortLine| (port_field(catalogue, line.key), line.field.text().to_owned());
        self.lines.iter().map(text).collect()
    }

    /// Puts texts into its lines.
    pub fn restore(&mut self, catalogue: &Catalogue, fields: &Fields) {
        for line in &mut self.lines {
            if let Some(text) = text_of(fields, &port_field(catalogue, line.key)) {
                line.field.set(text);
            }
        }
    }

    /// The line with the cursor.
    pub fn present(&self) -> Option<&PortLine> {
        self.lines.get(self.list.index())
    }

    /// The field with the cursor.
    pub fn text_field(&mut self) -> Option<&mut Field> {
        self.lines.get_mut(self.list.index()).map(|line| &mut line.field)
    }

    /// Moves the cursor by some lines, around the ends.
    pub fn move_by(&mut self, by: isize) {
        let len = self.lines.len();
        let at = self.list.index();
        let next = at.checked_add_signed(by).map_or(len.saturating_sub(1), |next| next % len.max(1));
        self.list.go(next as u64, len as u64);
    }

    /// What was typed, line by line; no ports for what stays as it is without them.
    ///
    /// # Errors
    /// The place of the first line that cannot be understood.
    pub fn values(&self) -> Result<Vec<(CustomPortId, Option<PortSet>)>, usize> {
        let value = |(at, line): (usize, &PortLine)| {
            let ports = typed::port_set(line.field.text()).map_err(|_| at)?;
            Ok((line.key, Some(ports).filter(|ports| !ports.is_empty())))
        };
        self.lines.iter().enumerate().map(value).collect()
    }

    /// What the line with the cursor does as it stands, or what is wrong with it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn effect(&self) -> Result<String, String> {
        let Some(line) = self.present() else { return Ok(String::new()) };
        let ports = typed::port_set(line.field.text()).map_err(|error| error.to_string())?;
        let whom = if self.target == PortsTarget::Plan { "" } else { " for this host" };
        if ports.is_empty() {
            return Ok(match &line.plan {
                Some(_) => format!("Empty: {}, as for the whole plan.", line.without()),
                None => format!("Empty: {}, as printed.", line.without()),
            });
        }
        if line.plan.is_none() && line.printed == [ports.clone()] {
            return Ok(format!("{} is what the page prints.", listed(&ports)));
        }
        let flows = match line.extent {
            None => String::new(),
            Some(Extent { flows: 0, .. }) => "; no flow has it now".to_owned(),
            Some(Extent { flows: 1, .. }) => " on 1 flow".to_owned(),
            Some(Extent { flows, .. }) => format!(" on {flows} flows"),
        };
        Ok(format!("{} takes the place of {}{flows}{whom}.", listed(&ports), line.without()))
    }
}

/// Own ports of a host in a few words: `Transport service 7162; SQL Server 1435`.
pub fn summary(catalogue: &Catalogue, ports: &BTreeMap<CustomPortId, PortSet>) -> String {
    let part = |(key, ports): (&CustomPortId, &PortSet)| {
        format!("{} {}", catalogue.custom_ports()[*key].label, listed(ports))
    };
    ports.iter().map(part).collect::<Vec<String>>().join("; ")
}
