//! A searchable list of roles with descriptions.

use crate::app::field::Field;
use crate::app::list::ListState;
use crate::catalogue::{Catalogue, Role, RoleId};
use crate::flows::search::{Fit, Matcher, Skim};
use crate::plan::HostId;

/// Whose roles are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleTarget {
    /// A host of the plan: every change takes effect at once.
    Host(HostId),
    /// The host in the form below.
    Form,
}

/// The dialog.
#[derive(Debug)]
pub struct RolePicker {
    /// Whose roles are chosen.
    pub target: RoleTarget,
    /// What was typed.
    pub query: Field,
    /// The cursor.
    pub list: ListState,
    /// Whether a role was given or taken since something was typed: then there is nothing left to take over.
    pub switched: bool,
}

impl RolePicker {
    /// A picker that shows all roles.
    pub fn new(target: RoleTarget) -> Self {
        Self { target, query: Field::default(), list: ListState::default(), switched: false }
    }

    /// The roles that match, by group; with a query, those that are called so come first.
    pub fn matches(&self, catalogue: &Catalogue) -> Vec<RoleId> {
        let matcher = Skim::default();
        let text = self.query.text().to_lowercase();
        let mut matches: Vec<(usize, RoleId)> = catalogue
            .roles()
            .iter()
            .filter_map(|(id, role)| {
                let ranks = text.split_whitespace().map(|word| rank(&matcher, role, word));
                Some((ranks.collect::<Option<Vec<_>>>()?.into_iter().max().unwrap_or(0), id))
            })
            .collect();
        matches.sort_by_key(|(rank, _)| *rank);
        matches.into_iter().map(|(_, id)| id).collect()
    }

    /// The role under the cursor.
    pub fn selected(&self, catalogue: &Catalogue) -> Option<RoleId> {
        self.matches(catalogue).get(self.list.index()).copied()
    }
}

/// How far from a role's name a word was found: 0 in its name, 1 in another name, 2 in its description, 3 nearly.
fn rank(matcher: &Skim, role: &Role, word: &str) -> Option<usize> {
    let names = [role.label.as_str(), role.id.as_str()];
    let aliases = || role.aliases.iter().map(String::as_str);
    let literal = |name: &str| matcher.fit(name, word) == Some(Fit::Literal);
    if names.into_iter().any(literal) {
        Some(0)
    } else if aliases().any(literal) {
        Some(1)
    } else if literal(&role.about) {
        Some(2)
    } else {
        names.into_iter().chain(aliases()).any(|name| matcher.fit(name, word).is_some()).then_some(3)
    }
}
