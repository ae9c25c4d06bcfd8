//! portplan tells an operator which network ports a Veeam backup install needs, host by host.
//!
//! The folders tell the story: a [`catalogue`] and a plan go in, flows come out, flows become snippets.

pub mod catalogue;
pub mod flows;
pub mod plan;
