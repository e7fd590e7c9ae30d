//! The states of the procedure as they are written down in `states.txt`: what happens, who acts, which papers, by when, which rules guard it.
//!
//! Identifiers, names, guards and ways on are those of the reference list (a test compares them); the words are this project's. A guard is a rule whose
//! findings are shown beside the step. Invariant: no state locks anything, and none says who may become a member.

use std::sync::OnceLock;

/// A state of a candidate's way.
#[derive(Debug, PartialEq, Eq)]
pub struct State {
    /// `S0` to `S16` along the way, `X1` to `X3` beside it.
    pub id: &'static str,
    /// ASCII name.
    pub slug: &'static str,
    /// Name for people.
    pub name: &'static str,
    /// What happens, in a sentence.
    pub does: &'static str,
    /// Record paths whose days enter it: a day each, or a group whose rows have one.
    pub days: Vec<&'static str>,
    /// Who acts; [`actor`] names them for people.
    pub actors: Vec<&'static str>,
    /// Papers that come out of it.
    pub papers: Vec<&'static str>,
    /// The time limit in words; empty when no text sets one.
    pub limit: &'static str,
    /// Rules whose findings are shown beside it.
    pub guards: Vec<&'static str>,
    next: Vec<&'static str>,
    /// What sends a case back from here.
    pub returns: Vec<Return>,
}

/// What sends a case back.
#[derive(Debug, PartialEq, Eq)]
pub struct Return {
    /// The rule that finds it.
    pub rule: &'static str,
    to: &'static str,
    /// Why, and what is done then.
    pub why: &'static str,
}

impl State {
    /// The states that may follow.
    pub fn next(&self) -> impl Iterator<Item = &'static State> {
        self.next.iter().filter_map(|id| state(id))
    }

    /// Whether it stands beside the way (dropped, moved, closed) and overrides it.
    pub fn is_beside(&self) -> bool {
        self.id.starts_with('X')
    }
}

impl Return {
    /// The state to which the case goes back.
    pub fn to(&self) -> Option<&'static State> {
        state(self.to)
    }
}

/// Every state: the way from the first to the last, then those beside it.
pub fn states() -> &'static [State] {
    static STATES: OnceLock<Vec<State>> = OnceLock::new();
    STATES.get_or_init(|| include_str!("states.txt").split("\n\n").filter_map(read).collect())
}

/// The state with this identifier.
pub fn state(id: &str) -> Option<&'static State> {
    states().iter().find(|state| state.id == id)
}

/// The first line has identifier, ASCII name and name; each other one a word and what belongs to it.
fn read(text: &'static str) -> Option<State> {
    let (head, rest) = text.split_once('\n')?;
    let mut head = head.splitn(3, ' ');
    let mut state = State {
        id: head.next()?,
        slug: head.next()?,
        name: head.next()?,
        does: "",
        days: Vec::new(),
        actors: Vec::new(),
        papers: Vec::new(),
        limit: "",
        guards: Vec::new(),
        next: Vec::new(),
        returns: Vec::new(),
    };
    for line in rest.lines() {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let words = || rest.split(' ').filter(|word| !word.is_empty()).collect();
        match word {
            "does" => state.does = rest,
            "days" => state.days = words(),
            "by" => state.actors = words(),
            "papers" => state.papers = rest.split('|').collect(),
            "limit" => state.limit = rest,
            "guards" => state.guards = words(),
            "next" => state.next = words(),
            _ => {
                let mut words = rest.splitn(3, ' ');
                state.returns.push(Return {
                    rule: words.next()?,
                    to: words.next()?,
                    why: words.next()?,
                });
            }
        }
    }
    Some(state)
}

/// Who acts, for people; the code itself when it is none of [`State::actors`].
pub fn actor(code: &str) -> &str {
    match code {
        "youth_union" => "Đoàn",
        "trade_union" => "Công đoàn",
        "branch" => "chi bộ",
        "mentor" | "helper" => "đảng viên giúp đỡ",
        "grassroots_committee" => "đảng ủy cơ sở",
        "political_centre" => "trung tâm chính trị",
        "candidate" => "quần chúng",
        "committees_asked" => "cấp ủy nơi được hỏi",
        "residence_branch" => "chi ủy nơi cư trú",
        "competent_committee" => "cấp ủy có thẩm quyền",
        "member" => "đảng viên dự bị",
        "both_committees" => "cấp ủy nơi đi và nơi đến",
        other => other,
    }
}
