//! `portplan import`: hosts from the files of others, as a new plan or into one.

mod report;

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use crate::catalogue::{Catalogue, RoleSet, nearest};
use crate::files::{self, Backup, Change, Loaded, Lock, import};
use crate::plan::import::{Headings, Import, Merged, RoleWords, Source, merge};
use crate::plan::shown::shown_path;
use crate::plan::{Plan, PlanName};

use super::args::{HeadingsArg, ImportFrom, ImportTask};
use super::{Failure, Verdict};
use report::{Report, Written};

pub(super) fn run(
    task: &ImportTask,
    catalogue: &Catalogue,
    out: &mut impl Write,
) -> Result<Verdict, Failure> {
    let roles = roles(catalogue, &task.roles)?;
    if let Some(output) = task.output.as_ref().filter(|output| fs::symlink_metadata(output).is_ok()) {
        return Err(Failure::Exists(output.clone()));
    }
    let mut source = read(task, catalogue)?;
    choose(task, &mut source)?;
    let import = source.import(catalogue).with(roles, task.zone.as_ref(), task.site.as_ref());
    let job = Job { task, catalogue, source: &source, import: &import };
    match &task.into {
        Some(path) => job.existing_plan(path, out)?,
        None => job.new_plan(out)?,
    }
    Ok(if import.unread.is_empty() && !import.hosts.is_empty() { Verdict::Done } else { Verdict::Findings })
}

fn roles(catalogue: &Catalogue, names: &[String]) -> Result<RoleSet, Failure> {
    let words = RoleWords::new(catalogue);
    names.iter().try_fold(RoleSet::EMPTY, |roles, name| {
        let found = words.exactly(name).ok_or_else(|| {
            let ids: Vec<&str> = catalogue.roles().iter().map(|(_, role)| role.id.as_str()).collect();
            Failure::Unknown {
                kind: "role",
                found: name.clone(),
                nearest: nearest(name, ids.iter().copied()).map(str::to_owned),
                known: format!("the roles are {}", ids.join(", ")),
            }
        })?;
        Ok(roles.union(found))
    })
}

fn read(task: &ImportTask, catalogue: &Catalogue) -> Result<Source, Failure> {
    let from = match task.from {
        ImportFrom::Auto if task.columns.is_some() || task.headings != HeadingsArg::Auto => {
            import::From::AnyTable
        }
        ImportFrom::Auto => import::From::Auto,
        ImportFrom::Csv => import::From::Csv,
        ImportFrom::Prism => import::From::Prism,
        ImportFrom::Ansible => import::From::Ansible,
        ImportFrom::MagicPorts => import::From::MagicPorts,
        ImportFrom::List => import::From::List,
    };
    if task.file.as_os_str() != "-" {
        return Ok(import::read_file(&task.file, from, catalogue)?);
    }
    let limit = files::project::MAX_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    io::stdin().lock().take(limit).read_to_end(&mut bytes).map_err(Failure::Input)?;
    Ok(import::read_bytes("standard input", bytes, from, catalogue)?)
}

fn choose(task: &ImportTask, source: &mut Source) -> Result<(), Failure> {
    let asks = task.columns.is_some() || task.headings != HeadingsArg::Auto;
    let table = match source {
        Source::Table(table) => table,
        Source::Ready(import) if asks => return Err(Failure::NoTable(import.kind)),
        Source::Ready(_) => return Ok(()),
    };
    match task.headings {
        HeadingsArg::Auto => {}
        HeadingsArg::Yes => table.set_headings(Headings::FirstRow),
        HeadingsArg::No => table.set_headings(Headings::None),
    }
    if let Some(columns) = &task.columns {
        table.choose(columns)?;
    }
    Ok(())
}

/// What was asked for and what was read.
struct Job<'a> {
    task: &'a ImportTask,
    catalogue: &'a Catalogue,
    source: &'a Source,
    import: &'a Import,
}

impl Job<'_> {
    fn new_plan(&self, out: &mut impl Write) -> Result<(), Failure> {
        let merged = merge(&Plan::new(self.plan_name(), self.catalogue), self.catalogue, self.import);
        let text = files::write(&merged.plan, self.catalogue);
        let nothing = self.import.hosts.is_empty();
        match &self.task.output {
            _ if self.task.dry_run => self.report(&merged, Written::Nothing, out),
            _ if nothing => self.report(&merged, Written::Nothing, &mut io::stderr()),
            None => {
                out.write_all(text.as_bytes())?;
                out.flush()?;
                self.report(&merged, Written::Output, &mut io::stderr())
            }
            Some(path) => {
                let held = lock(path)?;
                // It may have come while we read.
                if fs::symlink_metadata(path).is_ok() {
                    return Err(Failure::Exists(path.clone()));
                }
                files::save(path, text)?;
                drop(held);
                self.report(&merged, Written::New(path), &mut io::stderr())
            }
        }
    }

    fn existing_plan(&self, path: &Path, out: &mut impl Write) -> Result<(), Failure> {
        if self.task.dry_run {
            let plan = files::load(path, self.catalogue)?.plan;
            return self.report(&merge(&plan, self.catalogue, self.import), Written::Nothing, out);
        }
        let held = lock(path)?;
        let Loaded { plan, stamp } = files::load(path, self.catalogue)?;
        let merged = merge(&plan, self.catalogue, self.import);
        if merged.plan == plan {
            return self.report(&merged, Written::Nothing, &mut io::stderr());
        }
        if stamp.change(path) != Change::None {
            return Err(Failure::Changed(path.to_owned()));
        }
        let (_, backup) = files::save_with_backup(path, &files::write(&merged.plan, self.catalogue))?;
        drop(held);
        let backup = match backup {
            Backup::Kept(path) => Some(format!("what it held before is in {}", shown_path(&path))),
            Backup::Failed(error) => Some(format!("what it held before could not be kept: {error}")),
            Backup::NotNeeded => None,
        };
        self.report(&merged, Written::Into(path, backup), &mut io::stderr())
    }

    /// A new plan is called as its file, or as what it was read from.
    fn plan_name(&self) -> PlanName {
        let file = self.task.output.as_ref().unwrap_or(&self.task.file);
        let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        stem.parse().ok().filter(|_| stem != "-").unwrap_or_else(PlanName::unnamed)
    }

    fn report(&self, merged: &Merged, written: Written<'_>, out: &mut impl Write) -> Result<(), Failure> {
        let report = Report {
            catalogue: self.catalogue,
            source: self.source,
            import: self.import,
            merged,
            into: self.task.into.as_deref(),
            written,
        };
        let text = report.write(self.task.format, self.task.dry_run)?;
        // Standard error may be closed; the plan is written all the same.
        match out.write_all(text.as_bytes()) {
            Err(error) if self.task.dry_run => Err(error.into()),
            _ => Ok(()),
        }
    }
}

fn lock(path: &Path) -> Result<Lock, Failure> {
    match files::lock(path) {
        Lock::Busy(owner) => Err(Failure::InUse { path: path.to_owned(), owner }),
        lock => Ok(lock),
    }
}
