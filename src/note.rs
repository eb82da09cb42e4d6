//! A parsed note, and the card that other notes see of it.

use std::ops::Range;
use std::sync::Arc;

use crate::config::Config;
use crate::diag::{Checked, Diagnostic, Rule, Span};
use crate::memo::Digest;
use crate::path::FilePath;
use crate::project::Text;

pub mod event;
pub mod link;
pub mod slug;
pub mod emoji;
pub mod run;
pub mod raw;
pub mod syntax;
pub mod sentence;
pub mod card;
