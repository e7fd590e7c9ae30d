//! A draft as text to be printed and copied: the ticked facts, in their order, each with its day.

use super::{Draft, EMPTY, Fact, Heading, Paper, Part};

/// A place that is filled by hand.
const BLANK: &str = "……………………";

impl Draft {
    /// Title of the draft.
    pub fn title(&self) -> &'static str {
        match self.paper {
            Paper::Introduction => "Giấy giới thiệu người vào Đảng (3-KNĐ) – bản nháp",
            Paper::Review => "Bản nhận xét đảng viên dự bị (11-KNĐ) – bản nháp",
        }
    }

    /// The text.
    pub fn printed(&self) -> String {
        let mut out = format!("{}\n\n", self.title());
        for (label, known) in &self.head {
            let known = if known.is_empty() { BLANK } else { known };
            out.push_str(&format!("{label}: {known}\n"));
        }
        for (at, heading) in self.headings.iter().enumerate() {
            out.push_str(&format!("\n{}. {}\n", at + 1, heading.title));
            heading.parts.iter().for_each(|part| part.print(&mut out));
        }
        out
    }
}

impl Heading {
    /// The ticked facts as one text, for the field the heading belongs to; empty when none is ticked.
    pub fn text(&self) -> String {
        let parts = self
            .parts
            .iter()
            .filter(|part| part.facts.iter().any(|fact| fact.ticked));
        let mut out = String::new();
        parts.for_each(|part| part.print(&mut out));
        out.trim_end().to_string()
    }
}

impl Part {
    fn print(&self, out: &mut String) {
        if !self.title.is_empty() {
            out.push_str(&format!("– {}:\n", self.title));
        }
        let mut ticked = self.facts.iter().filter(|fact| fact.ticked).peekable();
        if ticked.peek().is_none() {
            let empty = if self.by_hand { BLANK } else { EMPTY };
            out.push_str(&format!("  {empty}\n"));
        }
        for fact in ticked {
            out.push_str(&format!("  + {}\n", fact.shown()));
        }
    }
}

impl Fact {
    /// `ngày 12-1-2026: …`, with the author's name behind it.
    pub fn shown(&self) -> String {
        let words = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let day = self
            .date
            .map_or_else(|| "chưa rõ ngày".to_string(), |day| format!("ngày {day}"));
        format!("{day}: {words} ({})", self.author)
    }
}
