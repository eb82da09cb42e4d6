//! The class of a token: the few kinds of code that a style sheet tells apart.

use std::sync::LazyLock;

use syntect::parsing::Scope;

/// The short name that stands in the HTML; empty for code without a colour.
pub(super) type Class = &'static str;

/// What a scope says of the class of its text; `None` leaves it to the scope around.
pub(super) fn of_scope(scope: Scope) -> Option<Class> {
    RULES.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)).map(|(_, class)| *class)
}

/// The table with its prefixes in the form in which they are compared.
static RULES: LazyLock<Vec<(Scope, Class)>> = LazyLock::new(|| {
    TABLE
        .iter()
        .flat_map(|(class, prefixes)| prefixes.split(' ').map(move |it| (it, *class)))
        .map(|(it, class)| {
            (Scope::new(it).expect("a scope of the table is short"), class)
        })
        .collect()
});

/// The scopes of each class; the first prefix that fits decides, so that the
/// particular stands before the general.
const TABLE: &[(Class, &str)] = &[
    // Code inside of a string or a comment is code again.
    ("", "source text meta.interpolation meta.template.expression markup.raw.code-fence"),
    // Keys of mappings, and tags of markup.
    (
        "g",
        "meta.mapping.key entity.name.tag entity.name.table support.type.property-name",
    ),
    // Comments.
    ("c", "comment"),
    // Escapes and placeholders, then strings.
    ("e", "constant.character.escape constant.other.placeholder string.regexp"),
    ("", "string.other.math"),
    ("s", "string markup.raw constant.character constant.other.symbol"),
    // Numbers, constants.
    ("n", "constant.numeric"),
    ("l", "constant support.constant variable.language variable.other.constant"),
    ("l", "entity.name.constant entity.name.label"),
    // Operators, keywords and what declares.
    ("k", "keyword.operator.word keyword.operator.logical.python"),
    ("o", "keyword.operator"),
    ("k", "keyword storage.type.function storage.type.class storage.type.struct"),
    ("k", "storage.type.enum storage.type.trait storage.type.impl storage.type.module"),
    ("k", "storage.type.interface storage.type.type storage.type.template"),
    ("k", "storage.type.string storage.modifier"),
    // Attributes, decorators, preprocessor.
    (
        "d",
        "meta.annotation meta.attribute variable.annotation entity.other.attribute-name",
    ),
    ("d", "meta.preprocessor storage.attribute entity.name.function.preprocessor"),
    // Types and modules.
    ("t", "storage.type entity.name.type entity.name.class entity.name.struct"),
    ("t", "entity.name.enum entity.name.trait entity.name.interface entity.name.impl"),
    (
        "t",
        "entity.name.union entity.name.namespace entity.name.module entity.name.import",
    ),
    ("t", "entity.other.inherited-class support.type support.class"),
    // Functions.
    ("f", "entity.name.function entity.name.macro support.function support.macro"),
    ("f", "variable.function"),
    // Parameters.
    ("p", "variable.parameter"),
    // Prose.
    ("h", "markup.heading entity.name.section meta.diff.header meta.diff.range"),
    ("u", "markup.underline"),
    ("b", "markup.bold"),
    ("i", "markup.italic"),
    ("ga", "markup.inserted"),
    ("gd", "markup.deleted"),
];

/// Every class that the HTML may hold, for the style sheet's test.
#[cfg(test)]
pub(super) fn all() -> std::collections::BTreeSet<Class> {
    TABLE.iter().map(|(class, _)| *class).filter(|it| !it.is_empty()).collect()
}
