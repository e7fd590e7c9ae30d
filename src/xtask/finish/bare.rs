//! Scripts and styles without what only their authors read: comments and indentation.
//!
//! Invariant: what runs stays; where a line might hold a text or a pattern, its blanks stay too. Not here: names (`glue`).

/// A script without comments that fill a line, without indentation, and without blanks around signs. Lines with quotes, slashes or
/// backticks keep their blanks: they may stand in a text or a pattern. A script with a text over several lines stays as it is.
pub fn script(script: &str) -> String {
    if script.lines().any(|line| line.matches('`').count() % 2 == 1) {
        return script.to_owned();
    }
    let mut out = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        if in_comment || line.starts_with("/*") {
            in_comment = !line.ends_with("*/");
            continue;
        }
        if line.is_empty() || line.starts_with("//") {
            continue;
        }
        if line.contains(['"', '\'', '`', '/']) {
            out.push_str(line);
        } else {
            close_up(line, &mut out);
        }
        out.push('\n');
    }
    out
}

/// Leaves out blanks beside signs; `a + +b` keeps its own.
fn close_up(line: &str, out: &mut String) {
    let sign = |letter: char| "=,{}()?:<>&|*!;[]".contains(letter);
    let mut letters = line.chars().peekable();
    let mut last = ' ';
    while let Some(letter) = letters.next() {
        if letter == ' ' && (sign(last) || letters.peek().is_some_and(|next| sign(*next))) {
            continue;
        }
        out.push(letter);
        last = letter;
    }
}

/// A style sheet without comments and indentation. Blanks inside a line mean something there and stay.
pub fn style(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    let lines = out.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_nobody_runs_is_left_out() {
        for (script, wanted) in [
            ("  const a = b / 2; // half\n", "const a = b / 2; // half\n"),
            (
                "// all of it\n\n  a = (b, c) => { x: [1, 2] };\n",
                "a=(b,c)=>{x:[1,2]};\n",
            ),
            ("a + +b - -c;\n", "a + +b - -c;\n"),
            ("const s = 'a  //  b';\n", "const s = 'a  //  b';\n"),
            ("  a = `one\n  two`;\n", "  a = `one\n  two`;\n"),
            ("/* one */\n/**\n * two\n */\nlet a;\n", "let a;\n"),
        ] {
            assert_eq!(super::script(script), wanted);
        }
    }

    #[test]
    fn a_style_sheet_keeps_every_rule() {
        assert_eq!(
            style("/* a\n b */\n@media x {\n  li > a :hover { content: \". \"; } /* c */\n}\n"),
            "@media x {\nli > a :hover { content: \". \"; }\n}\n"
        );
    }
}
