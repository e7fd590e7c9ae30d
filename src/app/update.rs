//! The service worker's page side: a new release is offered, and taken only on the person's word.
//!
//! Another tab that takes the update never reloads this one: its code is all in memory and goes on saving; it only says so.

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    RegistrationOptions, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState,
    ServiceWorkerUpdateViaCache,
};

use crate::{
    el::{Piece, View, button, el},
    held::Held,
    live, session,
    text::desk as words,
};

#[derive(Clone, Copy, PartialEq)]
enum Offer {
    None,
    /// A release is fetched and checked, and waits.
    Waiting,
    /// Another tab took it: this page still runs the old one.
    TakenElsewhere,
}

/// The bar on top that offers a new release.
pub fn update_bar() -> View {
    let offer = Held::new(Offer::None);
    let asked = Held::new(false);
    watch(offer, asked);
    let take = move |_| {
        asked.set(true);
        spawn_local(async move {
            session::flush_open().await;
            activate_waiting().await;
        });
    };
    let reload = move |_| {
        spawn_local(async move {
            session::flush_open().await;
            drop(window().location().reload());
        });
    };
    el("div")
        .class("update")
        .attr("role", "status")
        .child(live::live(move || match offer.get() {
            Offer::None => View::none(),
            Offer::Waiting => el("p")
                .child(words::UPDATE_OFFER)
                .child(" ")
                .child(button("btn").on("click", take).child(words::UPDATE_TAKE))
                .piece(),
            Offer::TakenElsewhere => el("p")
                .child(words::UPDATE_RELOAD)
                .child(" ")
                .child(button("btn").on("click", reload).child(words::UPDATE_RELOAD_TAKE))
                .piece(),
        }))
        .piece()
}

/// The browser's service worker interface; absent on an insecure address or in a very old browser.
fn container() -> Option<ServiceWorkerContainer> {
    let navigator = window().navigator();
    js_sys::Reflect::has(&navigator, &"serviceWorker".into())
        .is_ok_and(|has| has)
        .then(|| navigator.service_worker())
        .filter(|container| !container.is_undefined())
}

/// Whether the service worker answers what this page asks for.
pub fn is_served() -> bool {
    container().is_some_and(|container| container.controller().is_some())
}

fn watch(offer: Held<Offer>, asked: Held<bool>) {
    let Some(container) = container() else { return };
    // On the very first visit the worker takes this page over once; that is no new release.
    let mut was_taken = container.controller().is_some();
    let changed = Closure::<dyn FnMut()>::new(move || {
        if asked.get_untracked() {
            drop(window().location().reload());
        } else if was_taken {
            offer.set(Offer::TakenElsewhere);
        }
        was_taken = true;
    });
    container.set_oncontrollerchange(Some(changed.as_ref().unchecked_ref()));
    changed.forget();
    spawn_local(async move {
        let options = RegistrationOptions::new();
        options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
        let registered = JsFuture::from(container.register_with_options("./sw.js", &options)).await;
        let Ok(registration) = registered.and_then(|it| it.dyn_into::<ServiceWorkerRegistration>()) else {
            return;
        };
        if registration.waiting().is_some() {
            offer.set(Offer::Waiting);
        }
        let found = {
            let registration = registration.clone();
            Closure::<dyn Fn()>::new(move || follow(&registration, offer))
        };
        registration.set_onupdatefound(Some(found.as_ref().unchecked_ref()));
        found.forget();
    });
}

fn follow(registration: &ServiceWorkerRegistration, offer: Held<Offer>) {
    let Some(worker) = registration.installing() else {
        return;
    };
    let replaces = registration.active().is_some();
    let moved = {
        let worker = worker.clone();
        Closure::<dyn Fn()>::new(move || {
            if replaces && worker.state() == ServiceWorkerState::Installed {
                offer.set(Offer::Waiting);
            }
        })
    };
    worker.set_onstatechange(Some(moved.as_ref().unchecked_ref()));
    moved.forget();
}

async fn activate_waiting() {
    let Some(container) = container() else { return };
    let Ok(registration) = JsFuture::from(container.get_registration()).await else {
        return;
    };
    let waiting = registration
        .dyn_into::<ServiceWorkerRegistration>()
        .ok()
        .and_then(|it| it.waiting());
    if let Some(worker) = waiting {
        let message = js_sys::Object::new();
        drop(js_sys::Reflect::set(&message, &"type".into(), &"activate".into()));
        drop(worker.post_message(&JsValue::from(message)));
    }
}
