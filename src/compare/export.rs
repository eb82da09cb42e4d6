//! The exports of a comparison: JSON that says all of it, CSV with a line for each cell.
//!
//! Each carries the observation status of SDMX beside our own state. Numbers are
//! written with the author's digits.

pub mod json;
pub mod long;
#[cfg(test)]
pub(crate) mod random;

/// What the JSON calls itself; the number changes when its meaning does.
pub const FORMAT: &str = "diptych-comparison/1";

/// The JSON Schema of the JSON, published with each site.
pub const SCHEMA: &str = include_str!("comparison.schema.json");

#[cfg(test)]
mod tests {
    use super::super::{Answer, Bound, Direction, Kind, Role, State};
    use super::random::{FULL, read};
    use super::*;

    /// All names of fields in a value, each with the names above it.
    fn names(value: &serde_json::Value, at: &str, names: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(fields) => {
                for (name, value) in fields {
                    let keyed = at.ends_with("/cells") || at.ends_with("/attributes");
                    let path =
                        if keyed { format!("{at}/*") } else { format!("{at}/{name}") };
                    self::names(value, &path, names);
                    names.push(path);
                }
            }
            serde_json::Value::Array(items) => {
                for item in items {
                    self::names(item, at, names);
                }
            }
            _ => {}
        }
    }

    /// All names of fields that a schema knows.
    fn schema_names(schema: &serde_json::Value, at: &str, names: &mut Vec<String>) {
        for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
            let path = format!("{at}/{name}");
            schema_names(inner, &path, names);
            names.push(path);
        }
        let keyed = schema.get("additionalProperties").filter(|it| it.is_object());
        if let Some(inner) = keyed {
            schema_names(inner, &format!("{at}/*"), names);
            names.push(format!("{at}/*"));
        }
        if let Some(items) = schema.get("items") {
            schema_names(items, at, names);
        }
    }

    #[test]
    fn the_schema_knows_each_field_and_no_other() {
        let (it, _) = read("a.toml", FULL);
        let (mut own, mut known) = (Vec::new(), Vec::new());
        names(&serde_json::from_str(&json::text(&it.comparison)).unwrap(), "", &mut own);
        let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
        schema_names(&schema, "", &mut known);
        own.sort();
        own.dedup();
        known.sort();
        assert_eq!(own, known);
    }

    #[test]
    fn the_schema_knows_each_word() {
        let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
        let row = &schema["properties"]["rows"]["items"]["properties"];
        let cell = &row["cells"]["additionalProperties"]["properties"];
        let words = |it: &serde_json::Value| -> Vec<String> {
            serde_json::from_value(it["enum"].clone()).unwrap()
        };
        assert_eq!(
            words(&cell["state"]),
            State::ALL.iter().map(|it| it.word()).collect::<Vec<_>>()
        );
        assert_eq!(
            words(&cell["status"]),
            State::ALL.iter().map(|it| it.sdmx()).collect::<Vec<_>>()
        );
        assert_eq!(
            words(&row["kind"]),
            Kind::ALL.iter().map(|it| it.word()).collect::<Vec<_>>()
        );
        assert_eq!(
            words(&row["direction"]),
            Direction::ALL.iter().map(|it| it.word()).collect::<Vec<_>>()
        );
        assert_eq!(
            words(&schema["properties"]["sides"]["items"]["properties"]["role"]),
            Role::ALL.iter().map(|it| it.word()).collect::<Vec<_>>()
        );
        assert_eq!(
            words(&cell["answer"]),
            Answer::ALL.iter().map(|it| it.word()).collect::<Vec<_>>()
        );
        assert_eq!(
            words(&cell["bound"]),
            Bound::ALL.iter().map(|it| it.word()).collect::<Vec<_>>()
        );
        assert_eq!(schema["properties"]["format"]["const"], FORMAT);
    }
}
