//! Reports: which period, which layout, what the school types itself; the table on the screen, printed, as CSV and as XLSX; a chart.
//!
//! Everything is counted on this device. Not here: counting, masking, layouts (`office::report`).

use app::{
    clock,
    el::{El, Piece, View, button, el, input_box, main, pieces, question},
    held::{Held, derived},
    live, save_file,
    screen::bar,
    session::{Session, session},
};
use leptos::{prelude::*, task::spawn_local};
use office::{
    Person as Counted,
    report::{
        self, Reach, Report, Sources, Typed,
        count::{Split, Tally},
        layout::{self, Layout},
        period::{Period, SCHOOL_YEAR},
    },
};
use rules::{Date, Record};

use super::person::{choices, day_box, full};
use crate::{
    cases,
    known::{Known, known},
    notes,
    person::Person,
    text::report as words,
};

/// Where the branch's paper keeps its own layout, and what it typed for a period.
const LAYOUT: &str = "report.layout";
const TYPED: &str = "report.typed";
/// What a school types, and in which words it is asked.
const ASKED: [(&str, &str); 5] = [
    ("chi_tieu_giao", words::TARGET),
    ("chi_tieu_bo_sung", words::TARGET_MORE),
    ("chi_tieu_cong_doan", words::TARGET_UNION),
    ("chi_tieu_doan", words::TARGET_YOUTH),
    (report::count::DELAY, words::DELAY),
];
/// The way from a source to an admission, for the chart.
const WAY: [&str; 7] = [
    "vao_danh_sach",
    "cu_di_hoc",
    "co_chung_nhan",
    "ho_so_dang_lap",
    "nghi_quyet_chi_bo",
    "quyet_dinh",
    "ket_nap",
];

#[derive(Clone, Copy)]
struct Choice {
    period: Held<String>,
    from: Held<String>,
    to: Held<String>,
    layout: Held<String>,
    outside: Held<bool>,
}

/// The page.
pub fn report_screen() -> View {
    let session = session();
    notes::put_down(session);
    let text = |text: &str| Held::new(text.to_owned());
    let choice = Choice {
        period: text("school"),
        from: text(""),
        to: text(""),
        layout: text("school"),
        outside: Held::new(false),
    };
    let made = derived(move || {
        choice
            .period()
            .map(|period| known().with(|known| choice.make(known, period)))
    });
    let periods = move || {
        let some = |value: &str, label: &str| (value.to_owned(), label.to_owned());
        vec![
            some("school", words::THIS_SCHOOL_YEAR),
            some("school-before", words::LAST_SCHOOL_YEAR),
            some("year", words::THIS_YEAR),
            some("year-before", words::LAST_YEAR),
            some("half", words::HALF_YEAR),
            some("other", words::OTHER),
        ]
    };
    let layouts = move || {
        let some = |value: &str, label: &str| (value.to_owned(), label.to_owned());
        let mut all = vec![some("school", words::SCHOOL), some("central", words::CENTRAL)];
        if known().with(|known| known.own_fields.contains_key(LAYOUT)) {
            all.push(some("own", words::OWN));
        }
        all
    };
    pieces![
        bar(words::TITLE),
        main("page page--wide stack")
            .child(el("h1").child(words::TITLE))
            .child(el("p").class("lead no-print").child(words::LEAD))
            .child(
                el("div")
                    .class("filters no-print")
                    .child(choices("period", words::PERIOD, choice.period, "–", periods))
                    .child(choices("layout", words::LAYOUT, choice.layout, "–", layouts))
                    .child(live::live_if(move || {
                        choice.period.with(|period| period == "other").then(|| {
                            pieces![
                                day_box("from", words::FROM, choice.from),
                                day_box("to", words::TO, choice.to)
                            ]
                        })
                    }))
                    .child(
                        el("label")
                            .class("choice")
                            .child(
                                input_box("checkbox")
                                    .is("checked", live::is(choice.outside))
                                    .ticking(choice.outside)
                            )
                            .child(el("span").child(words::OUTSIDE)),
                    ),
            )
            .child(live::live(move || match made.get() {
                Some((report, bars)) => untrack(move || pieces![shown(report, choice), chart(&bars)]),
                None => el("p").class("notice").child(words::NO_PERIOD).piece(),
            }))
            .child(live::live_if(move || {
                let period = choice.period()?;
                Some(untrack(move || typed_boxes(session, period)))
            }))
            .child(editor(session, choice))
    ]
}

type Made = (Report, Vec<(&'static str, i64)>);

impl Choice {
    fn period(self) -> Option<Period> {
        let today = clock::today();
        let last_year = Date {
            y: today.y - 1,
            m: 6,
            d: 30,
        };
        self.period.with(|period| match period.as_str() {
            "school-before" => Some(Period::school_year(today, SCHOOL_YEAR).before()),
            "year" => Period::calendar_year(today.y),
            "year-before" => Period::calendar_year(last_year.y),
            "half" => Some(Period::half_year(today)),
            "other" => Period::between(full(&self.from.get())?, full(&self.to.get())?),
            _ => Some(Period::school_year(today, SCHOOL_YEAR)),
        })
    }

    fn text(self, known: &Known) -> String {
        self.layout.with(|layout| match layout.as_str() {
            "central" => layout::CENTRAL.to_owned(),
            "own" => known.own_fields.get(LAYOUT).cloned().unwrap_or_default(),
            _ => layout::SCHOOL.to_owned(),
        })
    }

    fn make(self, known: &Known, period: Period) -> Made {
        let (layout, _) = Layout::read(&self.text(known));
        let wholes: Vec<Record> = known.people.iter().map(|person| person.brief(known)).collect();
        let people: Vec<Counted<'_>> = wholes.iter().map(counted).collect();
        let reach = if self.outside.get() {
            Reach::Outside
        } else {
            Reach::Inside
        };
        let report = report::make(
            &layout,
            &Sources {
                people: &people,
                typed: &typed(known, period),
                typed_before: &typed(known, period.before()),
                settings: &known.settings,
                today: clock::today(),
            },
            period,
            reach,
        );
        let tally = Tally::of(&people, period, clock::today(), &known.settings);
        let bar = |slug: &&str| {
            let counter = report::counter(slug)?;
            Some((counter.label, tally.count(counter, Split::default())))
        };
        // What is masked in the table must not stand in the chart.
        let bars = if reach == Reach::Outside {
            Vec::new()
        } else {
            WAY.iter().filter_map(bar).collect()
        };
        (report, bars)
    }
}

fn counted(whole: &Record) -> Counted<'_> {
    Counted {
        whole,
        handed_in: None,
        unread: 0,
    }
}

/// Names a period in a path.
fn named(period: Period) -> String {
    format!("{TYPED}.{}.{}", period.from.iso(), period.to.iso())
}

fn typed(known: &Known, period: Period) -> Typed {
    let begin = format!("{}.", named(period));
    let own = known.own_fields.iter();
    own.filter_map(|(path, text)| Some((path.strip_prefix(&begin)?.to_owned(), text.clone())))
        .collect()
}

fn shown(report: Report, choice: Choice) -> View {
    let Report { table, gaps } = report;
    let width = table.rows.iter().map(Vec::len).max().unwrap_or_default();
    let rows = table.rows.iter().enumerate().map(|(at, row)| {
        let bold = table.bold.contains(&at);
        let cells = row.iter().enumerate().map(|(column, cell)| {
            let class = if column == 0 { "" } else { "number" };
            let cell = el(if bold { "th" } else { "td" }).class(class).child(cell.shown());
            // A title or a remark stands over every column.
            let alone = row.len() == 1 && width > 1;
            if alone {
                cell.attr("colspan", width.to_string())
            } else {
                cell
            }
        });
        el("tr").child(cells.collect::<Vec<_>>())
    });
    let body = rows.collect::<Vec<_>>();
    let name = format!("bao-cao-{}", clock::today().iso());
    let (csv, xlsx, named) = (table.csv(), table.xlsx(), name.clone());
    let people = known().with_untracked(|known| known.people.clone());
    let gaps = gaps.into_iter().map(|gap| {
        let who = people
            .get(gap.person)
            .map(|person: &Person| person.name.clone())
            .unwrap_or_default();
        el("li").child(format!("{who}: {}", gap.missing))
    });
    let gaps = gaps.collect::<Vec<_>>();
    pieces![
        el("div")
            .class("table")
            .attr("tabindex", "0")
            .child(el("table").child(el("tbody").child(body))),
        choice
            .outside
            .get_untracked()
            .then(|| el("p").class("hint").child(words::OUTSIDE_MEANS)),
        el("div")
            .class("row no-print")
            .child(
                button("btn btn--primary")
                    .on("click", |_| drop(window().print()))
                    .child(words::PRINT)
            )
            .child(
                button("btn")
                    .on("click", move |_| save_file::save(
                        &format!("{name}.csv"),
                        "text/csv;charset=utf-8",
                        &csv
                    ))
                    .child("CSV"),
            )
            .child(
                button("btn")
                    .on("click", move |_| {
                        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
                        save_file::save(&format!("{named}.xlsx"), kind, &xlsx);
                    })
                    .child("Excel (XLSX)"),
            ),
        (!gaps.is_empty()).then(|| {
            el("details")
                .class("no-print")
                .child(el("summary").child(words::GAPS))
                .child(el("ul").class("list").child(gaps))
        })
    ]
}

/// Bars in an SVG: how many at each step from a source to an admission. The numbers stand beside, so nothing is said by length alone.
fn chart(bars: &[(&'static str, i64)]) -> View {
    let most = bars.iter().map(|(_, count)| *count).max().unwrap_or(0);
    if most == 0 {
        return View::none();
    }
    let rows = bars.iter().map(|(label, count)| {
        el("tr")
            .child(el("th").attr("scope", "row").child(*label))
            .child(
                el("td").child(
                    el("meter")
                        .attr("min", "0")
                        .attr("max", most.to_string())
                        .attr("value", count.to_string())
                        .attr("aria-hidden", "true"),
                ),
            )
            .child(el("td").class("number").child(count.to_string()))
    });
    el("section")
        .class("stack stack--tight")
        .child(el("h2").child(words::CHART))
        .child(
            el("div")
                .class("table chart")
                .attr("tabindex", "0")
                .attr("tabindex", "0")
                .child(el("table").child(el("tbody").child(rows.collect::<Vec<_>>()))),
        )
        .piece()
}

fn typed_boxes(session: Session, period: Period) -> View {
    let now = known().with_untracked(|known| typed(known, period));
    let boxes: Vec<(&'static str, &'static str, Held<String>)> = ASKED
        .iter()
        .map(|(slug, label)| (*slug, *label, Held::new(now.get(*slug).cloned().unwrap_or_default())))
        .collect();
    let complaint = Held::new(String::new());
    let kept = boxes.clone();
    let save = move || {
        let begin = named(period);
        let answers: Vec<(String, String)> = kept
            .iter()
            .map(|(slug, _, text)| (format!("{begin}.{slug}"), text.get_untracked()))
            .collect();
        spawn_local(async move {
            let done = write(session, answers).await;
            complaint.try_set(done.err().unwrap_or_default());
        });
    };
    let drawn = boxes.into_iter().map(|(slug, label, text)| {
        question(slug, label).child(input_box("text").id(slug).value(live::value(text)).typing(text))
    });
    el("details")
        .class("no-print")
        .child(el("summary").child(words::TYPED))
        .child(
            el("form")
                .class("stack")
                .on_submit(save)
                .child(el("p").class("hint").child(words::TYPED_LEAD))
                .child(drawn.collect::<Vec<_>>())
                .child(
                    el("p")
                        .class("message")
                        .attr("role", "alert")
                        .child(live::value(complaint)),
                )
                .child(app::el::submit("btn btn--primary").child(words::SAVE_TYPED)),
        )
        .piece()
}

async fn write(session: Session, answers: Vec<(String, String)>) -> Result<(), String> {
    let record = cases::branch_paper(session).await?;
    cases::set(session, record, &answers).await
}

fn editor(session: Session, choice: Choice) -> El {
    let text = Held::new(String::new());
    let said = Held::new(String::new());
    let begin = move |_| {
        if text.with_untracked(String::is_empty) {
            text.set(known().with_untracked(|known| untrack(|| choice.text(known))));
        }
    };
    let bad = move || {
        let (_, bad) = Layout::read(&text.get());
        bad.iter()
            .map(|bad| el("li").child(format!("{} {}: {}", words::EDIT_BAD, bad.line, bad.reason)))
            .collect::<Vec<_>>()
            .piece()
    };
    let save = move || {
        let answers = vec![(LAYOUT.to_owned(), text.get_untracked())];
        spawn_local(async move {
            match write(session, answers).await {
                Ok(()) => choice.layout.set("own".to_owned()),
                Err(words) => said.try_set(words),
            }
        });
    };
    el("details")
        .class("no-print")
        .on("toggle", begin)
        .child(el("summary").child(words::EDIT))
        .child(
            el("form")
                .class("stack")
                .on_submit(save)
                .child(el("p").class("hint").child(words::EDIT_LEAD))
                .child(
                    question("layout-text", words::EDIT_LABEL).child(
                        el("textarea")
                            .id("layout-text")
                            .attr("rows", "16")
                            .uncorrected()
                            .value(live::value(text))
                            .typing(text),
                    ),
                )
                .child(el("ul").class("list").child(live::live(bad)))
                .child(el("p").class("message").attr("role", "alert").child(live::value(said)))
                .child(app::el::submit("btn btn--primary").child(words::EDIT_SAVE)),
        )
}
