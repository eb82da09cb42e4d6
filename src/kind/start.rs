//! A note at its beginning: what `new` writes.

use std::fmt::Write as _;

use super::Kind;
use super::form::Field;

/// What is known of a note before anything is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The day on which it is begun, in ISO form.
    pub created: String,
    /// Who begins it.
    pub owners: Vec<String>,
    /// The system that it is about.
    pub system: Option<String>,
    /// The components that it is about.
    pub components: Vec<String>,
}

/// The text of a new note of a kind: front matter, and the sections that are expected.
pub fn text(kind: &Kind, start: &Start) -> String {
    let mut text = String::from("---\n");
    let mut line = |key: &str, value: &str| text.push_str(&format!("{key}: {value}\n"));
    line("id", &scalar(&start.id));
    line("kind", &kind.name);
    line("title", &scalar(&start.title));
    line("status", "draft");
    if let Some(system) = &start.system {
        line("system", &scalar(system));
    }
    for (key, values) in [("components", &start.components), ("owners", &start.owners)] {
        if !values.is_empty() {
            let values: Vec<String> = values.iter().map(|it| scalar(it)).collect();
            line(key, &format!("[{}]", values.join(", ")));
        }
    }
    line("created", &start.created);
    // What an accepted note must have comes first, and what else it may have is offered.
    let (asked, offered): (Vec<_>, Vec<_>) =
        kind.fields.iter().partition(|it| it.required);
    for field in asked {
        text.push_str(&self::asked(field, start));
    }
    for field in offered {
        text.push_str(&self::offered(field, start));
    }
    text.push_str("---\n\n");
    text.push_str(&body(kind, start));
    text
}

/// A field that an accepted note must have, without a value yet.
fn asked(field: &Field, start: &Start) -> String {
    if let Some(value) = filled(field, start) {
        return format!("{}: {value}\n", field.name);
    }
    let such_as = if field.description.is_empty() { " # such as" } else { ", such as" };
    let example = field.example.as_ref().map(|it| format!("{such_as} {}", one_line(it)));
    let about = format!("{}{}", about(field), example.unwrap_or_default());
    format!("{}:{about}\n", field.name)
}

/// A field that a note may have, as a comment.
fn offered(field: &Field, start: &Start) -> String {
    if let Some(value) = filled(field, start) {
        return format!("{}: {value}\n", field.name);
    }
    let example = field.example.as_ref().map(|it| format!(" {}", one_line(it)));
    format!("# {}:{}{}\n", field.name, example.unwrap_or_default(), about(field))
}

/// What a field says, as a comment behind it.
fn about(field: &Field) -> String {
    match one_line(&field.description).as_str() {
        "" => String::new(),
        about => format!(" # {about}"),
    }
}

/// The value of a field whose example names the title.
fn filled(field: &Field, start: &Start) -> Option<String> {
    let example = field.example.as_deref().filter(|it| it.contains("{title}"))?;
    Some(one_line(&example.replace("{title}", &scalar(&start.title))))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn body(kind: &Kind, start: &Start) -> String {
    let title = escaped(&start.title);
    if let Some(template) = &kind.template {
        return format!("{}\n", template.replace("{title}", &title).trim());
    }
    let mut body = format!("# {title}\n");
    for section in &kind.sections {
        let _ = write!(body, "\n## {}\n", section.title);
        if !section.prompt.is_empty() {
            // What closes a comment would show the rest of it.
            let prompt = one_line(&section.prompt).replace("--", "–");
            let _ = write!(body, "\n<!-- {prompt} -->\n");
        }
    }
    body
}

/// A text as YAML: plain where nothing else could be meant, else in quotes.
fn scalar(text: &str) -> String {
    let plain = |it: char| it.is_alphanumeric() || " -_/.".contains(it);
    let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let is_plain = text.starts_with(char::is_alphabetic)
        && text.chars().all(plain)
        && !text.ends_with(' ')
        && words.iter().all(|it| !text.eq_ignore_ascii_case(it));
    if is_plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

/// A text as Markdown that shows it.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if "\\`*_[]<>&$~=|%".contains(letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use proptest::prelude::*;

    use super::*;
    use crate::kind::Kinds;
    use crate::value::{Format, Value, parse};

    #[test]
    fn a_new_decision() {
        let kinds = Kinds::built_in();
        let start = Start {
            id: "buy-or-build".to_owned(),
            title: "Buy or build: *which*?".to_owned(),
            created: "2026-05-01".to_owned(),
            owners: vec!["Ann O'Neil <b>".to_owned()],
            system: Some("eta".to_owned()),
            components: vec!["lifecycle-logic/monitor".to_owned()],
        };
        let text = text(kinds.get("decision").expect("it is there"), &start);
        expect![[r#"
            ---
            id: buy-or-build
            kind: decision
            title: "Buy or build: *which*?"
            status: draft
            system: eta
            components: [lifecycle-logic/monitor]
            owners: ["Ann O'Neil <b>"]
            created: 2026-05-01
            decided: # The day on which it was decided
            options: # The options that were weighed, such as [{ id: buy, title: Buy it }, { id: build, title: Build it }]
            chosen: # The id of the option that was chosen
            # deciders: # Who decided
            # consulted: # Whose view was asked for
            # informed: # Who was told of it
            # revisit_on: # The day on which it is looked at again
            # revisit_when: there are 5,000 labelled examples # What makes it be looked at again
            # ticket: # The ticket that it belongs to
            ---

            # Buy or build: \*which\*?

            ## Context

            <!-- What makes a decision necessary now, and what it must take into account. -->

            ## Options

            <!-- What was weighed, each with what speaks for and against it. -->

            ## Outcome

            <!-- What was chosen, and the reason that counted most. -->

            ## Consequences

            <!-- What becomes easier, what becomes harder, what has to be done now. -->

            ## Confirmation

            <!-- How it will be seen that it was done, and that it was right. -->
        "#]].assert_eq(&text);
    }

    proptest! {
        #[test]
        fn any_title_is_read_again(title in "\\PC{1,40}", owner in "\\PC{0,20}") {
            let start = Start { title, owners: vec![owner], ..Start::default() };
            for kind in Kinds::built_in().iter() {
                let text = text(kind, &start);
                let end = text.find("\n---\n").expect("it closes");
                let data = parse(Format::Yaml, &text[4..=end], 0).expect("it is YAML");
                let said = data.get("title").and_then(Value::text);
                prop_assert_eq!(said, Some(start.title.as_str()));
                let owner = &data.get("owners").expect("owners").items()[0];
                prop_assert_eq!(owner.text(), Some(start.owners[0].as_str()));
            }
        }
    }
}
