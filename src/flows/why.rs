//! Answers to "why", "why not" and "who": for a pair of hosts, one flow, a host, or a port. What would take a flow away or
//! bring one is not guessed: every change that is proposed was resolved first.

mod change;
mod host;
mod lack;
mod near;
mod pair;
mod port;
mod question;
mod scene;
mod telling;
mod trial;
mod words;

pub use change::{Change, Making};
pub use host::{HostAnswer, Hosts, Need, Peers};
pub use lack::{End, Lack};
pub use near::{Near, NearRule, Nearby};
pub use pair::{FlowAnswer, PairAnswer, Wanted, Why};
pub use port::{Idle, PortAnswer, Use};
pub use question::{Asked, NotUnderstood, Question, Understood, host_named};
pub use scene::Scene;
pub use telling::{Line, LineKind, Telling};
pub use trial::Proposal;

/// What there is to say to a question.
#[derive(Debug)]
pub enum Answer {
    /// About two hosts, or one flow between them.
    Pair(PairAnswer),
    /// About all that a host needs.
    Host(HostAnswer),
    /// About a port.
    Port(PortAnswer),
}

impl Answer {
    /// Answers a question about a plan. Of near misses, the `most` nearest are worked out in full.
    pub fn new(scene: Scene<'_>, question: &Question, most: usize) -> Self {
        match question {
            Question::Pair { from, to, wanted } => {
                Self::Pair(PairAnswer::new(scene, (*from, *to), wanted, most))
            }
            Question::Host { host, direction, port } => {
                Self::Host(HostAnswer::new(scene, *host, *direction, *port))
            }
            Question::Port(port) => Self::Port(PortAnswer::new(scene, *port)),
        }
    }

    /// Whether there is any flow to tell of.
    pub fn has_flows(&self) -> bool {
        match self {
            Self::Pair(answer) => !answer.flows.is_empty(),
            Self::Host(answer) => answer.needs().next().is_some(),
            Self::Port(answer) => !answer.uses.is_empty(),
        }
    }
}
