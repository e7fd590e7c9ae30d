//! Puts a few rows in order: those of one dossier, never a list of the country.
//!
//! The library's own sort is written anew for each type by the compiler, three kilobytes each in the page; this is a hundredth of it and
//! as fast for what is nearly in order. Stable.

/// Sorts; `before` says whether the first belongs before the second.
pub(crate) fn sort<T>(rows: &mut [T], before: impl Fn(&T, &T) -> bool) {
    for end in 1..rows.len() {
        for at in (1..=end).rev() {
            match rows.get_mut(at - 1..=at) {
                Some([first, second]) if before(second, first) => std::mem::swap(first, second),
                _ => break,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sort;

    #[test]
    fn rows_come_in_order_and_equal_ones_stay_as_they_were() {
        let mut rows = vec![(3, 'a'), (1, 'b'), (3, 'c'), (2, 'd'), (1, 'e'), (3, 'f')];
        let mut expected = rows.clone();
        expected.sort_by_key(|row| row.0);
        sort(&mut rows, |a, b| a.0 < b.0);
        assert_eq!(rows, expected);
        let mut none: [i32; 0] = [];
        sort(&mut none, |a, b| a < b);
    }
}
