//! The components that a note says it is about, held against those of the site.

use crate::config::System;
use crate::diag::nearest::nearest;
use crate::diag::{Diagnostic, Rule, Span};
use crate::path::FilePath;
use crate::value::{Data, Value};

/// Tells of each component and facet that the site does not have.
pub fn check(file: &FilePath, data: &Value, system: &System, told: &mut Vec<Diagnostic>) {
    let named = ["components", "component"].into_iter().filter_map(|it| data.get(it));
    for value in named {
        let items = match &value.data {
            Data::List(items) => items.as_slice(),
            _ => std::slice::from_ref(value),
        };
        for item in items {
            let Some(name) = item.text().filter(|it| !it.trim().is_empty()) else {
                continue;
            };
            if system.place(name).is_none() {
                let span = Span::new(file, item.range.clone());
                told.push(unknown(span, name, system));
            }
        }
    }
}

fn unknown(span: Span, name: &str, system: &System) -> Diagnostic {
    let (component, facet) = name.split_once('/').unwrap_or((name, ""));
    if let Some(known) = system.component(component) {
        let message = format!("the component `{component}` has no facet `{facet}`");
        let told = Diagnostic::new(Rule::UnknownComponent, span, message);
        let facets = known.facets.iter().map(String::as_str);
        return match nearest(facet, facets) {
            Some(meant) => told.hint(format!("write `{component}/{meant}`")),
            None if known.facets.is_empty() => told.hint(format!("write `{component}`")),
            None => {
                let all = known.facets.join(", ");
                told.hint(format!("write one of {all} behind the `/`"))
            }
        };
    }
    let message = format!("the site has no component `{component}`");
    let told = Diagnostic::new(Rule::UnknownComponent, span, message);
    if let Some(meant) = nearest(component, system.names()) {
        return told.hint(format!("write `{meant}`"));
    }
    let all: Vec<&str> = system.components.iter().map(|it| &*it.id).collect();
    let all = all.join(", ");
    told.hint(format!("write one of {all}, or add it to `[system] components`"))
}
