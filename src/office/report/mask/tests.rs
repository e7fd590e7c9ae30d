//! Every small school, and what a report of it gives away.

use super::super::count::{Part, Split};
use super::{LEAST, Shown, shown};
use crate::person::Group;
use std::collections::BTreeMap;

/// Counts of (group, woman): pupils and teachers, women and men.
type School = [i64; 4];

fn count_of(school: School, split: Split) -> i64 {
    let groups = [Group::Pupil, Group::Pupil, Group::Teacher, Group::Teacher];
    let fits = |at: usize| {
        split.group.is_none_or(|group| group == groups[at]) && (split.part.is_none() || at.is_multiple_of(2))
    };
    (0..4).filter(|at| fits(*at)).map(|at| school[at]).sum()
}

fn schools(most: i64) -> impl Iterator<Item = School> {
    let n = most + 1;
    (0..n * n * n * n).map(move |k| [k % n, k / n % n, k / n / n % n, k / n / n / n])
}

/// What a layout with these groups and parts prints of a school.
fn printed(layout: &[Split], school: School) -> Vec<Shown> {
    let count = |split| count_of(school, split);
    layout.iter().map(|split| shown(*split, layout, &count)).collect()
}

#[test]
fn no_masked_count_follows_from_what_is_shown() {
    let cell = |group, part| Split {
        group,
        part,
        ages: None,
    };
    let women = Some(Part::Women);
    let (pupils, teachers) = (Some(Group::Pupil), Some(Group::Teacher));
    let columns = vec![
        cell(None, None),
        cell(pupils, None),
        cell(teachers, None),
        cell(None, women),
    ];
    let crossed = [columns.clone(), vec![cell(pupils, women), cell(teachers, women)]].concat();
    let without_groups = vec![cell(None, None), cell(None, women)];
    for layout in [columns, crossed, without_groups] {
        // schools far larger than those looked at are among the candidates, so that no cell looks certain only because the search ends
        let mut fitting: BTreeMap<Vec<Shown>, Vec<School>> = BTreeMap::new();
        for school in schools(13) {
            fitting.entry(printed(&layout, school)).or_default().push(school);
        }
        let mut masked = 0;
        for school in schools(7) {
            let page = printed(&layout, school);
            let certain = |value: &dyn Fn(School) -> i64| {
                let first = value(fitting[&page][0]);
                fitting[&page].iter().all(|other| value(*other) == first)
            };
            for (split, shown) in layout.iter().zip(&page) {
                if *shown == Shown::Under && count_of(school, *split) > 0 {
                    masked += 1;
                    assert!(
                        !certain(&|other| count_of(other, *split)),
                        "{school:?} prints {page:?}: {split:?} follows"
                    );
                }
                // the men beside the women are printed nowhere
                let men = |school: School| {
                    count_of(school, Split { part: None, ..*split }) - count_of(school, cell(split.group, women))
                };
                if (1..LEAST).contains(&men(school)) {
                    assert!(
                        !certain(&men),
                        "{school:?} prints {page:?}: the men of {split:?} follow"
                    );
                }
            }
        }
        assert!(masked > 300, "{masked}");
    }
}
