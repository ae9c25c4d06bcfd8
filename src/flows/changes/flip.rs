//! Makes one state of a plan like another in one thing and leaves the rest alone.

use crate::catalogue::{Catalogue, RoleId, RoleSet};
use crate::plan::{Edit, EditError, Host, HostId, OwnRule, Partners, Party, Plan, actions};

use super::cause::{Cause, HostCause, PlanCause};

/// Two states of a plan, and what they are told apart with.
#[derive(Debug, Clone, Copy)]
pub(super) struct States<'a> {
    pub catalogue: &'a Catalogue,
    pub before: &'a Plan,
    pub after: &'a Plan,
}

impl States<'_> {
    /// Makes `plan` as `model` is in this one thing, and gives the changes that did it.
    pub fn make_alike(&self, plan: &mut Plan, model: &Plan, cause: Cause) -> Result<Vec<Edit>, EditError> {
        let mut work = Work { plan, edits: Vec::new() };
        match cause {
            Cause::Host(id, cause) | Cause::Plan(PlanCause::Partner(id, cause)) => {
                work.host(id, model, cause)?;
            }
            Cause::Plan(PlanCause::Option(option)) => {
                let options = work.plan.options();
                let on = model.options().contains(option);
                let options = if on { options.with(option) } else { options.without(option) };
                work.edit(Edit::Options(options))?;
            }
            Cause::Plan(PlanCause::Ports(key)) => {
                work.edit(Edit::Ports { key, ports: model.ports().get(&key).cloned() })?;
            }
            Cause::Plan(cause @ PlanCause::Rule(..)) => {
                if let Some(rule) = cause.rule(self.before, self.after) {
                    work.rule(rule, model)?;
                }
            }
            Cause::Plan(cause @ PlanCause::Partners(..)) => {
                if let Some(pair) = cause.partners(self.before, self.after) {
                    work.partners(pair, model)?;
                }
            }
            Cause::Plan(PlanCause::Placed(role)) => self.placed(&mut work, model, role)?,
            Cause::Plan(PlanCause::Other) => {}
        }
        Ok(work.edits)
    }

    /// Gives the role to the hosts that have it in the model, or takes it from those that have it in the plan.
    fn placed(&self, work: &mut Work<'_>, model: &Plan, role: RoleId) -> Result<(), EditError> {
        let has = |host: &Host| self.catalogue.with_implied(host.roles).contains(role);
        let giving = |roles: RoleSet| -> RoleSet {
            roles
                .iter()
                .filter(|own| self.catalogue.with_implied([*own].into_iter().collect()).contains(role))
                .collect()
        };
        let here: Vec<Host> = work.plan.hosts().iter().filter(|host| has(host)).cloned().collect();
        for mut host in here {
            if model.host(host.id).is_some() {
                host.roles = host.roles.minus(giving(host.roles));
                work.edit(Edit::Replace(Box::new(host)))?;
            } else {
                work.remove(host.id)?;
            }
        }
        for host in model.hosts().iter().filter(|host| has(host)) {
            match work.plan.host(host.id).cloned() {
                Some(mut own) => {
                    own.roles = own.roles.union(giving(host.roles));
                    work.edit(Edit::Replace(Box::new(own)))?;
                }
                None => work.insert(host, model)?,
            }
        }
        Ok(())
    }
}

/// A plan under way, and what was done to it.
struct Work<'a> {
    plan: &'a mut Plan,
    edits: Vec<Edit>,
}

impl Work<'_> {
    fn edit(&mut self, edit: Edit) -> Result<(), EditError> {
        self.plan.apply(edit.clone())?;
        self.edits.push(edit);
        Ok(())
    }

    fn remove(&mut self, id: HostId) -> Result<(), EditError> {
        let action = actions::remove_host(self.plan, id).ok_or(EditError::NoSuchHost)?;
        self.edit(action.edit)
    }

    /// A host comes back with those of its partners that are there.
    fn insert(&mut self, host: &Host, model: &Plan) -> Result<(), EditError> {
        let at = model.position(host.id).unwrap_or(usize::MAX);
        self.edit(Edit::Insert { at, host: Box::new(host.clone()) })?;
        let partners = model.partners().iter();
        let back = partners.filter(|pair| pair.of(host.id).is_some_and(|id| self.plan.host(id).is_some()));
        let back: Vec<Partners> = back.copied().collect();
        if back.is_empty() {
            return Ok(());
        }
        self.edit(Edit::Partners([self.plan.partners(), &back].concat()))
    }

    fn host(&mut self, id: HostId, model: &Plan, cause: HostCause) -> Result<(), EditError> {
        let (mut host, model) = match (self.plan.host(id).cloned(), model.host(id)) {
            (Some(host), Some(model)) => (host, model),
            (Some(_), None) => return self.remove(id),
            (None, Some(host)) => return self.insert(host, model),
            (None, None) => return Err(EditError::NoSuchHost),
        };
        match cause {
            HostCause::Presence => return Ok(()),
            HostCause::Role(role) if model.has_role(role) => host.roles = host.roles.with(role),
            HostCause::Role(role) => host.roles = host.roles.without(role),
            HostCause::System => host.os = model.os,
            HostCause::Option(option) => {
                host.options = host.options.with(option, model.options.setting(option));
            }
            HostCause::Ports(key) => match model.ports.get(&key) {
                Some(ports) => drop(host.ports.insert(key, ports.clone())),
                None => drop(host.ports.remove(&key)),
            },
            HostCause::Site => host.site.clone_from(&model.site),
        }
        self.edit(Edit::Replace(Box::new(host)))
    }

    fn rule(&mut self, rule: &OwnRule, model: &Plan) -> Result<(), EditError> {
        let mut rules = self.plan.rules().to_vec();
        match model.rules().iter().position(|known| known == rule) {
            None => {
                if let Some(at) = rules.iter().position(|known| known == rule) {
                    rules.remove(at);
                }
            }
            Some(at) => {
                self.known(rule.from)?;
                self.known(rule.to)?;
                rules.insert(at.min(rules.len()), rule.clone());
            }
        }
        self.edit(Edit::Rules(rules))
    }

    fn partners(&mut self, pair: Partners, model: &Plan) -> Result<(), EditError> {
        let mut all = self.plan.partners().to_vec();
        if model.partners().contains(&pair) {
            self.known(Party::Host(pair.host))?;
            self.known(Party::Host(pair.partner))?;
            all.push(pair);
        } else {
            all.retain(|known| *known != pair);
        }
        self.edit(Edit::Partners(all))
    }

    /// A rule must not name a host that the plan does not have.
    fn known(&self, party: Party) -> Result<(), EditError> {
        match party {
            Party::Host(id) if self.plan.host(id).is_none() => Err(EditError::NoSuchHost),
            _ => Ok(()),
        }
    }
}
