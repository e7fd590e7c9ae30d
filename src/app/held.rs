//! A value that pages watch: the framework's signals, with the type of the value behind one pointer.
//!
//! `RwSignal<T>` makes the compiler write its reading, tracking, locking and disposal anew for each `T`. Here these are written once, for
//! a pointer to anything, and only the last step knows the type. As there: a copy is a handle, and the value ends with the piece of the
//! page that made it.

use std::{
    any::Any,
    cell::{Cell, OnceCell, RefCell},
    marker::PhantomData,
    rc::Rc,
};

use leptos::prelude::*;

use crate::live::whenever;

/// A handle on a watched value.
pub struct Held<T: 'static> {
    inner: StoredValue<Inner, LocalStorage>,
    kind: PhantomData<fn(T) -> T>,
}

#[derive(Clone)]
struct Inner {
    changed: ArcTrigger,
    /// A `RefCell<T>`.
    value: Rc<dyn Any>,
}

impl<T> Clone for Held<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Held<T> {}

impl<T: 'static> Held<T> {
    /// Holds a value as long as the piece of the page that is being made.
    pub fn new(value: T) -> Self {
        Self {
            inner: StoredValue::new_local(Inner {
                changed: ArcTrigger::new(),
                value: Rc::new(RefCell::new(value)),
            }),
            kind: PhantomData,
        }
    }

    /// Reads the value; whoever is being drawn is drawn again when it changes.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&cell::<T>(&tracked(self.inner)).borrow())
    }

    /// Reads the value without watching it.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&cell::<T>(&self.inner.get_value()).borrow())
    }

    /// Changes the value and calls everybody who watches it.
    pub fn update<R>(self, change: impl FnOnce(&mut T) -> R) -> R {
        let told = self.update_untracked(change);
        self.notify();
        told
    }

    /// Changes the value in silence.
    pub fn update_untracked<R>(self, change: impl FnOnce(&mut T) -> R) -> R {
        change(&mut cell::<T>(&self.inner.get_value()).borrow_mut())
    }

    /// Puts another value in its place.
    pub fn set(self, value: T) {
        self.update(|held| *held = value);
    }

    /// As [`Held::set`], where the piece of the page may be gone by now: then nothing happens.
    pub fn try_set(self, value: T) {
        self.try_update(|held| *held = value);
    }

    /// As [`Held::update`], where the piece of the page may be gone by now: then nothing happens.
    pub fn try_update(self, change: impl FnOnce(&mut T)) {
        if !self.inner.is_disposed() {
            self.update(change);
        }
    }

    /// Calls everybody who watches the value.
    pub fn notify(self) {
        self.inner.get_value().changed.notify();
    }
}

/// A value made from others: made again when they change. Whoever watches it is called only when it comes out different.
pub fn derived<T: PartialEq + 'static>(make: impl Fn() -> T + 'static) -> Held<T> {
    let held: Rc<OnceCell<Held<T>>> = Rc::default();
    let first: Rc<Cell<Option<T>>> = Rc::default();
    let (into, before) = (held.clone(), first.clone());
    whenever(Box::new(move || {
        let new = make();
        match into.get() {
            Some(held) if held.with_untracked(|old| *old != new) => held.set(new),
            Some(_) => {}
            None => before.set(Some(new)),
        }
    }));
    let first = first.take();
    let made = Held::new(first.unwrap_or_else(|| unreachable!("an effect runs at once, then when something changes")));
    *held.get_or_init(|| made)
}

impl<T: Clone + 'static> Held<T> {
    /// The value; whoever is being drawn is drawn again when it changes.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// The value, not watched.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

fn tracked(inner: StoredValue<Inner, LocalStorage>) -> Inner {
    let inner = inner.get_value();
    inner.changed.track();
    inner
}

fn cell<T: 'static>(inner: &Inner) -> &RefCell<T> {
    let cell = inner.value.downcast_ref();
    cell.unwrap_or_else(|| unreachable!("a handle is made with its value"))
}
