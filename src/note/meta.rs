//! The metadata of a note: what it says of itself beside its text.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::status::{Stage, Status};
use crate::kind::relation::Relation;
use crate::value::fields::same;
use crate::value::{Data, Value};

/// What a note says of itself; nothing in it is required, and nothing has a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Meta {
    /// The name by which other notes call it; its file's stem where it gives none.
    pub id: Option<String>,
    /// What sort of note it is: `design`, `decision`, `model`, …
    pub kind: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// What it says, in a sentence.
    pub summary: Option<String>,
    /// What was decided about it.
    pub status: Option<Status>,
    /// The status as it is written.
    pub status_raw: Option<String>,
    /// What else is said with the status: `Swift 5.9`, `with modifications`.
    pub status_note: Option<String>,
    /// How far the system that it is about has come.
    pub stage: Option<Stage>,
    /// The id of that system.
    pub system: Option<String>,
    /// The components that it is about: `data-stack`, `lifecycle-logic/monitor`.
    pub components: Vec<String>,
    /// Who answers for it.
    pub owners: Vec<String>,
    /// Who reviews it.
    pub reviewers: Vec<String>,
    /// Who approves it.
    pub approvers: Vec<String>,
    /// When it was begun.
    pub created: Option<Day>,
    /// When it was decided.
    pub decided: Option<Day>,
    /// When its content was last looked through.
    pub reviewed: Option<Day>,
    /// When its content is to be looked through again.
    pub review_by: Option<Day>,
    /// Other notes, and what they are to it, as they are written.
    pub relations: Vec<(Relation, String)>,
    /// Other names and addresses that it answers to.
    pub aliases: Vec<String>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Where else something about it is: `tracking`, `pr`, `dashboard`, `code`.
    pub links: Vec<Link>,
    /// The last part of its address.
    pub slug: Option<String>,
    /// Its place among its siblings.
    pub order: Option<i64>,
    /// Whether it is left out of what is published.
    pub draft: bool,
    /// Whether the search on the pages leaves it out.
    pub unlisted: bool,
    /// Where its numbers come from: `synthetic`, `measured`.
    pub data_origin: Option<String>,
    /// All else, in the order of the note: fields of its kind, and what nothing knows.
    pub extra: Vec<(String, Value)>,
}

/// A day, as it is written and as it is understood.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Day {
    /// The day, if it could be understood.
    pub date: Option<Date>,
    /// What is written.
    pub raw: String,
}

/// Where something about a note is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Link {
    /// What is there: `pr`.
    pub name: String,
    /// Its address, or a text where no address is given.
    pub target: String,
}

impl Meta {
    /// The names of the common fields that it says, relations among them.
    pub fn names(&self) -> Vec<&'static str> {
        let fields = [
            ("id", self.id.is_some()),
            ("title", self.title.is_some()),
            ("summary", self.summary.is_some()),
            ("status", self.status_raw.is_some()),
            ("stage", self.stage.is_some()),
            ("system", self.system.is_some()),
            ("components", !self.components.is_empty()),
            ("owners", !self.owners.is_empty()),
            ("reviewers", !self.reviewers.is_empty()),
            ("approvers", !self.approvers.is_empty()),
            ("created", self.created.is_some()),
            ("decided", self.decided.is_some()),
            ("reviewed", self.reviewed.is_some()),
            ("review_by", self.review_by.is_some()),
            ("tags", !self.tags.is_empty()),
            ("links", !self.links.is_empty()),
            ("order", self.order.is_some()),
            ("data_origin", self.data_origin.is_some()),
        ];
        let said = fields.into_iter().filter(|(_, is_said)| *is_said);
        let relations = self.relations.iter().map(|(relation, _)| relation.name());
        said.map(|(name, _)| name).chain(relations).collect()
    }

    /// A field that is not one of every note: that of its kind, by a name of it.
    pub fn field(&self, name: &str) -> Option<&Value> {
        let found = self.extra.iter().find(|(key, _)| same(key, name));
        found.map(|(_, value)| value).filter(|it| it.data != Data::Null)
    }

    /// The last day on which something was done to the note: it was reviewed, decided,
    /// begun.
    pub fn newest(&self) -> Option<Date> {
        let days = [&self.reviewed, &self.decided, &self.created];
        days.into_iter().filter_map(|it| it.as_ref()?.date).max()
    }

    /// Takes from `other` what this one does not say.
    pub fn complete_from(&mut self, other: Self) {
        fn text<T>(mine: &mut Option<T>, other: Option<T>) {
            if mine.is_none() {
                *mine = other;
            }
        }
        fn list<T>(mine: &mut Vec<T>, other: Vec<T>) {
            if mine.is_empty() {
                *mine = other;
            }
        }
        if self.status_raw.is_none() && self.status.is_none() {
            self.status = other.status;
            self.status_raw = other.status_raw;
            self.status_note = other.status_note;
        }
        text(&mut self.id, other.id);
        text(&mut self.kind, other.kind);
        text(&mut self.title, other.title);
        text(&mut self.summary, other.summary);
        text(&mut self.stage, other.stage);
        text(&mut self.system, other.system);
        text(&mut self.created, other.created);
        text(&mut self.decided, other.decided);
        text(&mut self.reviewed, other.reviewed);
        text(&mut self.review_by, other.review_by);
        text(&mut self.slug, other.slug);
        text(&mut self.order, other.order);
        text(&mut self.data_origin, other.data_origin);
        list(&mut self.components, other.components);
        list(&mut self.owners, other.owners);
        list(&mut self.reviewers, other.reviewers);
        list(&mut self.approvers, other.approvers);
        list(&mut self.aliases, other.aliases);
        list(&mut self.tags, other.tags);
        self.draft |= other.draft;
        self.unlisted |= other.unlisted;
        self.complete_lists(other.relations, other.links, other.extra);
    }

    /// Relations, links and other fields are taken by their names.
    fn complete_lists(
        &mut self,
        relations: Vec<(Relation, String)>,
        links: Vec<Link>,
        extra: Vec<(String, Value)>,
    ) {
        let mine = self.relations.clone();
        let new = |it: &Relation| mine.iter().all(|(relation, _)| relation != it);
        self.relations.extend(relations.into_iter().filter(|(it, _)| new(it)));
        let mine = self.links.clone();
        let new = |it: &Link| mine.iter().all(|link| link.name != it.name);
        self.links.extend(links.into_iter().filter(new));
        for (name, value) in extra {
            if self.extra.iter().all(|(mine, _)| *mine != name) {
                self.extra.push((name, value));
            }
        }
    }
}
