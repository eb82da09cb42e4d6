//! TEMP
use crate::diag::Checked;
use crate::path::FilePath;
use serde::{Deserialize, Serialize};
use std::ops::Range;
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Meta {
    pub title: Option<String>,
    pub id: Option<String>,
    pub kind: Option<String>,
    pub order: Option<i64>,
    pub draft: bool,
    pub slug: Option<String>,
    pub aliases: Vec<String>,
    pub tags: Vec<String>,
    pub summary: Option<String>,
}
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Relation {
    Supersedes,
}
#[derive(Clone, Debug, Default)]
pub struct Head {
    pub meta: Meta,
    pub relations: Vec<(Relation, String, Range<usize>)>,
    pub body: usize,
    pub header: Option<Range<usize>>,
}
pub fn read(_p: &FilePath, _t: &str, _s: Option<(&FilePath, &str)>) -> Checked<Head> {
    Checked::fine(Head::default())
}
impl Meta {
    pub fn status_text(&self) -> &str {
        ""
    }
    pub fn status_key(&self) -> &str {
        ""
    }
}
