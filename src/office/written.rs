//! Records of invented people for the tests: paths and texts, as somebody might have written them.

use rules::Record;

/// A record with these answers.
pub fn record(answers: &[(&str, &str)]) -> Record {
    let answers = answers.iter();
    Record::from_fields(
        answers
            .map(|(path, text)| (path.to_string(), text.to_string()))
            .collect(),
    )
}
