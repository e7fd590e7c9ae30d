//! From a record path to its catalogue entry.
//!
//! Paths are those of [`crate::record`]: `slug`, `group/ROW/field`, nested as deep as the catalogue goes. A path that the catalogue
//! does not know gives `None`; the record keeps it all the same.

use super::{Field, Form};

/// Every field of the form, in order, without columns and parts.
pub fn fields(form: &'static Form) -> impl Iterator<Item = &'static Field> {
    let items = form.sections.iter().flat_map(|section| section.items);
    items.flat_map(|item| item.fields)
}

/// The catalogue entry that is drawn for a record path: for a part (`ancestral_home.commune`) the whole field,
/// for an order key or a row the group.
pub fn field(form: &'static Form, path: &str) -> Option<&'static Field> {
    field_and_part(form, path).map(|(field, _)| field)
}

/// As [`field`], together with the part that the path names, if it names one.
pub fn field_and_part(form: &'static Form, path: &str) -> Option<(&'static Field, Option<&'static Field>)> {
    let mut segments = path.split('/');
    let first = segments.next()?;
    let mut found = first_match(form, first)?;
    loop {
        let Some(_row) = segments.next() else {
            return Some(found);
        };
        let Some(name) = segments.next() else {
            return Some(found);
        };
        if name == "_" || name == "#" {
            return Some(found);
        }
        found = found.0.columns.iter().find_map(|f| matches(f, name))?;
    }
}

fn first_match(form: &'static Form, slug: &str) -> Option<(&'static Field, Option<&'static Field>)> {
    for section in form.sections {
        for item in section.items {
            for f in item.fields {
                let found = matches(f, slug);
                if found.is_some() {
                    return found;
                }
            }
        }
    }
    None
}

/// Whether `slug` names this field, one of its members (which then is the field) or one of its parts.
fn matches(f: &'static Field, slug: &str) -> Option<(&'static Field, Option<&'static Field>)> {
    // a dossier asks this a hundred times a path: the first letter settles most of them
    if f.slug.as_bytes().first() != slug.as_bytes().first() {
        return None;
    }
    if f.slug == slug {
        return Some((f, None));
    }
    if f.kind == super::Kind::Object
        && let Some(member) = f.columns.iter().find(|m| m.slug == slug)
    {
        return Some((member, None));
    }
    let rest = slug.strip_prefix(f.slug)?.strip_prefix('.')?;
    f.parts.iter().find(|p| p.slug == rest).map(|p| (f, Some(p)))
}
