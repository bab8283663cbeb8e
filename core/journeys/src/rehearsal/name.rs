//! What a state is called: the names of its variants from the outside in, as the stored model has them.

use serde_json::Value;

/// Variants that say where somebody is.
const TAGS: [&str; 3] = ["over", "journey", "at"];

/// `enrol gathering code entering`; a call under way adds how far it is.
pub(super) fn name(state: &Value) -> String {
    let mut words = Vec::new();
    collect(state, &mut words);
    words.join(" ")
}

fn collect<'a>(value: &'a Value, words: &mut Vec<&'a str>) {
    match value {
        Value::Object(fields) => {
            words.extend(TAGS.iter().filter_map(|tag| fields.get(*tag)?.as_str()));
            for (name, field) in fields {
                match (name.as_str(), field) {
                    ("work", Value::Object(work)) => words.extend(work.keys().map(String::as_str)),
                    _ => collect(field, words),
                }
            }
        }
        Value::String(_) | Value::Array(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_state_is_called_by_its_variants() {
        let state = json!({
            "journey": "enrol",
            "state": {"at": "gathering", "gather": {"at": "code", "code": {"at": "asking", "work": {"waiting": {}}}}}
        });
        assert_eq!(name(&state), "enrol gathering code asking waiting");
    }
}
