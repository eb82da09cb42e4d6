//! Diptych turns a tree of Markdown design notes about machine-learning systems
//! into a published, cross-linked, checked web site.
//!
//! One value flows one way, and each type is a phase:
//!
//! ```text
//! folder ─disk─► Project ─parse─► Note + Card ─index─► Site ─look─► View ─theme─► page ─► Output
//! ```
//!
//! The modules stand in reading order: a module uses only those listed above it.

pub mod path;
pub mod memo;
pub mod diag;
pub mod value;
pub mod config;
pub mod history;
pub mod project;
pub mod kind;
pub mod output;
pub mod language;
pub mod fence;
pub mod highlight;
pub mod compare;
pub mod rubric;
pub mod note;
pub mod site;
pub mod freshness;
pub mod glossary;
pub mod overview;
pub mod view;
pub mod html;
pub mod theme;
pub mod export;
pub mod search;
pub mod build;
pub mod cli;
