//! STUB
#![allow(missing_docs, clippy::all, clippy::pedantic)]
use crate::catalogue::Catalogue;
use crate::plan::*;
use std::path::*;
pub struct Loaded {
    pub plan: Plan,
}
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error("missing")]
    Missing { path: PathBuf },
}
#[derive(Debug, thiserror::Error)]
#[error("save")]
pub struct SaveError;
pub fn load(path: &Path, _c: &Catalogue) -> Result<Loaded, LoadError> {
    Err(LoadError::Missing { path: path.into() })
}
pub fn save(_p: &Path, _t: &str) -> Result<(), SaveError> {
    Err(SaveError)
}
pub struct Sample {
    pub title: &'static str,
    pub about: &'static str,
    pub text: &'static str,
}
pub fn samples() -> [Sample; 3] {
    [0; 3].map(|_| Sample {
        title: "Small AHV site",
        about: "One backup server, two workers, a repository and a cluster.",
        text: "",
    })
}
pub mod project {
    use super::*;
    pub fn write(_p: &Plan, _c: &Catalogue) -> String {
        String::new()
    }
    #[derive(Debug, thiserror::Error)]
    #[error("read")]
    pub struct ReadError;
    pub fn read(_t: &str, c: &Catalogue) -> Result<Plan, ReadError> {
        let mut p = Plan::new("Munich".parse().unwrap(), c);
        for (name, os, roles) in [
            ("vbr01", Os::Windows, "backup-server"),
            ("gip01", Os::Windows, "guest-interaction-proxy"),
            ("ora7", Os::Linux, "oracle-guest"),
            ("repo", Os::Linux, "backup-repository"),
            ("w1", Os::Linux, "worker"),
            ("w2", Os::Linux, "worker"),
            ("ahv", Os::Other, "ahv-cluster"),
        ] {
            let id = p.fresh_id();
            let mut h = Host::new(id, name.parse().unwrap());
            h.os = os;
            h.addresses = vec!["10.0.0.7".parse().unwrap()];
            h.roles = h.roles.with(c.role(roles).unwrap());
            let at = p.hosts().len();
            let a = actions::put_host(&p, c, h, at);
            p.apply(a.edit).unwrap();
        }
        Ok(p)
    }
    use crate::catalogue::Os;
}
pub struct Recent;
impl Recent {
    pub fn load(_d: &Path) -> Self {
        Self
    }
    pub fn paths(&self) -> &[PathBuf] {
        &[]
    }
    pub fn add(&mut self, _p: &Path) {}
    pub fn save(&self) -> std::io::Result<()> {
        Ok(())
    }
}
pub fn state_dir() -> Option<PathBuf> {
    None
}
