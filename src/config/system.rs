//! What a machine-learning system is made of: its components and their facets.

use crate::value::fields::same;

/// What a machine-learning system is made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct System {
    /// Its components, in the order in which views show them.
    pub components: Vec<Component>,
    /// Finer names that notes may use, each with the component or facet that it is a
    /// part of: `feature-extraction` is of `data-stack`.
    pub parts: Vec<(String, String)>,
}

/// A component of a system.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Component {
    /// Its id, as notes name it.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// The ids of its facets; a note names one as `component/facet`.
    pub facets: Vec<String>,
}

/// The boxes of the figure in Sculley et al., *Hidden Technical Debt in Machine Learning
/// Systems* (2015), each with the component that it is filed under; the mapping is ours.
pub(super) const SCULLEY: &[(&str, &str)] = &[
    ("ml-code", "algorithm"),
    ("configuration", "lifecycle-logic/develop"),
    ("data-collection", "data-stack"),
    ("feature-extraction", "data-stack"),
    ("data-verification", "lifecycle-logic/monitor"),
    ("machine-resource-management", "infrastructure"),
    ("analysis-tools", "lifecycle-logic/develop"),
    ("process-management-tools", "lifecycle-logic/update"),
    ("serving-infrastructure", "infrastructure"),
    ("monitoring", "lifecycle-logic/monitor"),
];

impl System {
    /// The component of an id.
    pub fn component(&self, id: &str) -> Option<&Component> {
        self.components.iter().find(|it| same(&it.id, id.trim()))
    }

    /// Where a name that a note gives belongs: the index of a component, and that of a
    /// facet if it names one.
    pub fn place(&self, name: &str) -> Option<(usize, Option<usize>)> {
        let part = self.parts.iter().find(|(part, _)| same(part, name.trim()));
        self.own_place(part.map_or(name, |(_, place)| place))
    }

    fn own_place(&self, name: &str) -> Option<(usize, Option<usize>)> {
        let (id, facet) = match name.trim().split_once('/') {
            Some((id, facet)) => (id.trim(), Some(facet.trim())),
            None => (name.trim(), None),
        };
        let at = self.components.iter().position(|it| same(&it.id, id))?;
        let Some(facet) = facet else { return Some((at, None)) };
        let facets = &self.components[at].facets;
        Some((at, Some(facets.iter().position(|it| same(it, facet))?)))
    }

    /// The names that a note may use.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let own = self.components.iter().map(|it| &*it.id);
        own.chain(self.parts.iter().map(|(part, _)| &**part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finer_name_is_filed_under_its_component() {
        let parts =
            SCULLEY.iter().map(|(part, of)| ((*part).to_owned(), (*of).to_owned()));
        let system = System { parts: parts.collect(), ..System::default() };
        assert_eq!(SCULLEY.len(), 10);
        for (part, of) in SCULLEY {
            assert_eq!(system.place(part), system.place(of));
            assert!(system.place(of).is_some(), "{of}");
        }
        assert_eq!(system.place("lifecycle_logic / update"), Some((4, Some(2))));
        assert_eq!(system.place("lifecycle-logic/delete"), None);
        assert_eq!(System::default().place("feature-extraction"), None);
    }
}
