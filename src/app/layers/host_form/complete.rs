//! Completes names that the plan knows: zones, sites, partners.

use crate::app::field::Field;
use crate::plan::adapting::{site_names, zone_names};
use crate::plan::typed::{is_separator, words};
use crate::plan::{Host, Plan};

use super::{FormField, HostForm};

/// So many known names fit into a line of advice.
const NAMES: usize = 6;

impl HostForm {
    fn present(&self) -> Option<&Field> {
        match self.field {
            FormField::Zone => Some(&self.zone),
            FormField::Site => Some(&self.site),
            FormField::Partners => Some(&self.partners),
            _ => None,
        }
    }

    /// The name that the word at the cursor begins, and how many bytes of the text stand before that word. Only at the
    /// end of the text, where what is missing can be shown.
    fn candidate(&self, plan: &Plan) -> Option<(usize, String)> {
        let field = self.present().filter(|field| field.before_cursor().len() == field.text().len())?;
        let text = field.text();
        let start = match self.field {
            FormField::Partners => text.rfind(is_separator).map_or(0, |at| at + 1),
            _ => 0,
        };
        let word = text.get(start..).filter(|word| !word.is_empty())?;
        let name = self.known(plan).find(|name| begins(name, word) && name.len() > word.len())?;
        Some((start, name))
    }

    /// The known names for the field with the cursor, without those that are there already.
    fn known(&self, plan: &Plan) -> Box<dyn Iterator<Item = String> + '_> {
        match self.field {
            FormField::Zone => Box::new(zone_names(plan).into_iter().map(|zone| zone.to_string())),
            FormField::Site => Box::new(site_names(plan).into_iter().map(|site| site.to_string())),
            FormField::Partners => {
                let may_be = |host: &&Host| {
                    let name = host.name.as_str();
                    Some(host.id) != self.id && words(self.partners.text()).all(|word| word != name)
                };
                let names: Vec<String> =
                    plan.hosts().iter().filter(may_be).map(|host| host.name.to_string()).collect();
                Box::new(names.into_iter())
            }
            _ => Box::new(std::iter::empty()),
        }
    }

    /// What is missing of the name that is being typed.
    pub fn completion(&self, plan: &Plan) -> Option<String> {
        let (start, name) = self.candidate(plan)?;
        let typed = self.present()?.text().get(start..)?.chars().count();
        Some(name.chars().skip(typed).collect())
    }

    /// Takes the name that is being typed; says whether there was one.
    pub fn complete(&mut self, plan: &Plan) -> bool {
        let Some((start, name)) = self.candidate(plan) else { return false };
        let field = match self.field {
            FormField::Zone => &mut self.zone,
            FormField::Site => &mut self.site,
            _ => &mut self.partners,
        };
        let before = field.text().get(..start).unwrap_or_default().to_owned();
        field.set(before + &name);
        self.error = None;
        true
    }

    /// Some of the names that the field with the cursor can be filled with.
    pub fn known_names(&self, plan: &Plan) -> Vec<String> {
        let mut names: Vec<String> = self.known(plan).take(NAMES + 1).collect();
        if names.len() > NAMES {
            names.truncate(NAMES);
            names.push("…".to_owned());
        }
        names
    }
}

/// Whether the name begins with what was typed; capital letters do not count.
fn begins(name: &str, typed: &str) -> bool {
    let mut letters = name.chars();
    typed.chars().all(|letter| {
        letters.next().is_some_and(|own| own == letter || own.to_lowercase().eq(letter.to_lowercase()))
    })
}
