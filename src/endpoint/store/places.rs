//! Places for many values in one statement: `VALUES` of several rows, and lists to look for.
//!
//! Invariant: few different texts, because the database keeps each prepared: rows go in powers of two, lists are filled up to one of
//! four lengths by repeating their last value.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Error};

/// Rows in one statement, at most.
const MOST: usize = 64;
/// Lengths of lists.
const LISTS: [usize; 4] = [1, 4, 16, 64];

/// Cuts rows into pieces that are written by one statement each.
pub fn pieces<T>(mut rows: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let most = rows.len().min(MOST);
        let (piece, rest) = rows.split_at_checked(1 << most.checked_ilog2()?)?;
        rows = rest;
        Some(piece)
    })
}

/// `($1, $2), ($3, $4)`: places for `rows` rows of `columns` values.
pub fn values(columns: usize, rows: usize) -> String {
    let row = |n: usize| {
        let places: Vec<String> = (n * columns + 1..=(n + 1) * columns)
            .map(|place| format!("${place}"))
            .collect();
        format!("({})", places.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

/// Every row that one of these identifiers finds. The statement stands around the list: `before` ends in `IN `, `after` begins behind it.
pub async fn find(
    db: &mut AnyConnection,
    before: &'static str,
    after: &'static str,
    ids: &[[u8; 16]],
) -> Result<Vec<AnyRow>, Error> {
    let mut found = Vec::new();
    for piece in ids.chunks(MOST) {
        let length = LISTS.into_iter().find(|length| *length >= piece.len()).unwrap_or(MOST);
        let sql = format!("{before}{}{after}", values(length, 1));
        let filled = piece.iter().chain(piece.last().into_iter().cycle()).take(length);
        let query = filled.fold(sqlx::query(AssertSqlSafe(sql)), |query, id| query.bind(&id[..]));
        found.extend(query.fetch_all(&mut *db).await?);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_go_in_powers_of_two_and_none_is_left_out() {
        for (count, expected) in [
            (0, vec![]),
            (1, vec![1]),
            (10, vec![8, 2]),
            (64, vec![64]),
            (200, vec![64, 64, 64, 8]),
        ] {
            let rows: Vec<usize> = (0..count).collect();
            let sizes: Vec<usize> = pieces(&rows).map(<[usize]>::len).collect();
            assert_eq!(sizes, expected);
            assert_eq!(pieces(&rows).flatten().copied().collect::<Vec<_>>(), rows);
        }
    }

    #[test]
    fn places_are_counted_through() {
        assert_eq!(values(2, 2), "($1, $2), ($3, $4)");
        assert_eq!(values(3, 1), "($1, $2, $3)");
    }
}
