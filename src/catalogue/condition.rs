//! When a rule applies: a formula over options, roles and the two hosts of a flow.

use super::ids::{OptionId, RoleId};

/// A fact about one end of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HostFact {
    /// The option is in force for this host (its own setting, else the plan's).
    Option(OptionId),
    /// The host carries this role (beside the one that the rule asks for).
    Role(RoleId),
}

/// A formula that holds or does not hold for a pair of hosts in a plan.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Condition {
    /// Holds everywhere.
    #[default]
    Always,
    /// The option is on in the plan.
    Option(OptionId),
    /// Some host of the plan carries the role.
    Placed(RoleId),
    /// A fact about the host that opens the connection.
    From(HostFact),
    /// A fact about the host that the connection goes to.
    To(HostFact),
    /// The inner formula does not hold.
    Not(Box<Condition>),
    /// Every inner formula holds.
    All(Vec<Condition>),
    /// At least one inner formula holds.
    Any(Vec<Condition>),
}

/// Answers the questions that a [`Condition`] asks. `None` means: not known from here.
pub trait Facts {
    /// Whether the plan has the option on.
    fn option(&self, option: OptionId) -> Option<bool>;
    /// Whether some host carries the role.
    fn placed(&self, role: RoleId) -> Option<bool>;
    /// Whether the fact holds for the host that opens the connection.
    fn from(&self, fact: HostFact) -> Option<bool>;
    /// Whether the fact holds for the host that the connection goes to.
    fn to(&self, fact: HostFact) -> Option<bool>;
}

impl Condition {
    /// Whether the formula holds; `None` where that hangs on something `facts` does not know.
    pub fn holds(&self, facts: &impl Facts) -> Option<bool> {
        match self {
            Self::Always => Some(true),
            Self::Option(option) => facts.option(*option),
            Self::Placed(role) => facts.placed(*role),
            Self::From(fact) => facts.from(*fact),
            Self::To(fact) => facts.to(*fact),
            Self::Not(inner) => inner.holds(facts).map(|holds| !holds),
            Self::All(parts) => fold(parts, facts, false),
            Self::Any(parts) => fold(parts, facts, true),
        }
    }

    /// Every formula inside, this one included.
    pub fn walk(&self, visit: &mut impl FnMut(&Condition)) {
        visit(self);
        match self {
            Self::Not(inner) => inner.walk(visit),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.walk(visit)),
            _ => {}
        }
    }
}

/// `decisive` is the answer of one part that settles the whole: true for "any", false for "all".
fn fold(parts: &[Condition], facts: &impl Facts, decisive: bool) -> Option<bool> {
    let mut answer = Some(!decisive);
    for part in parts {
        match part.holds(facts) {
            Some(holds) if holds == decisive => return Some(decisive),
            Some(_) => {}
            None => answer = None,
        }
    }
    answer
}
