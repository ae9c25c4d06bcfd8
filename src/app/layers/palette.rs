//! Finds any command by its name.

use crate::app::command::{Context, Spec, specs_for};
use crate::app::field::Field;
use crate::app::list::ListState;
use crate::flows::search::{Fit, Matcher, Skim};

/// The dialog.
#[derive(Debug)]
pub struct Palette {
    /// Where the operator came from: only commands that count there are listed.
    pub context: Context,
    /// What was typed.
    pub query: Field,
    /// The cursor.
    pub list: ListState,
}

impl Palette {
    /// A palette for the commands of a context.
    pub fn new(context: Context) -> Self {
        Self { context, query: Field::default(), list: ListState::default() }
    }

    /// The commands that match, literal matches first.
    pub fn matches(&self) -> Vec<&'static Spec> {
        let mut seen = Vec::new();
        let all = specs_for(self.context).filter(|spec| {
            let new = !seen.contains(&spec.command);
            seen.push(spec.command);
            new
        });
        let matcher = Skim::default();
        let text = self.query.text().to_lowercase();
        let fit = |spec: &Spec| -> Option<Fit> {
            let words = text.split_whitespace();
            let fits = words.map(|word| matcher.fit(spec.name, word).max(matcher.fit(spec.help, word)));
            fits.min().unwrap_or(Some(Fit::Literal))
        };
        let mut matches: Vec<(Fit, &Spec)> = all.filter_map(|spec| Some((fit(spec)?, spec))).collect();
        matches.sort_by_key(|(fit, _)| std::cmp::Reverse(*fit));
        matches.into_iter().map(|(_, spec)| spec).collect()
    }
}
