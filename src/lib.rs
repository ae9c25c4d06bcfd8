//! portplan tells an operator which network ports a Veeam backup install needs, host by host.
//!
//! The folders tell the story: a [`catalogue`] and a [`plan`] go in, [`flows`] come out, flows become [`snippets`].
//! [`review`] looks at a plan from outside, and a [`report`] hands all of it over. [`app`] is the program's state, [`ui`] draws it; [`files`] and [`host`] are
//! the outside world; [`cli`] joins it all.

pub mod app;
pub mod catalogue;
pub mod cli;
pub mod files;
pub mod flows;
pub mod host;
pub mod plan;
pub mod report;
pub mod review;
pub mod snippets;
pub mod ui;
