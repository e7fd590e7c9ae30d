//! The camera, as a reader of QR codes: the browser's own reader where it has one, else the one in this program.
//!
//! Invariant: the camera runs as long as a [`Lens`] is there and not a moment longer; no picture is kept. Not here: what the codes say
//! (`sync::film`), the page (`screen::scan`).

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::{document, window};
use quircs::Quirc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CanvasRenderingContext2d, DomException, HtmlCanvasElement, HtmlVideoElement, MediaStream, MediaStreamConstraints,
    MediaStreamTrack, Node,
};

use crate::{
    awake::{Awake, call},
    text::film as words,
};

/// Pixels at an edge of the square that is searched: seven a module of the finest code, and small enough for a slow phone.
const EDGE: u32 = 640;

/// A camera that is on.
pub struct Lens {
    stream: MediaStream,
    video: HtmlVideoElement,
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    /// The browser's reader, until it turns out to be none.
    reader: RefCell<Option<JsValue>>,
    _awake: Awake,
}

impl Drop for Lens {
    fn drop(&mut self) {
        switch_off(&self.stream);
    }
}

impl Lens {
    /// Asks for the camera at the back, or whichever there is.
    ///
    /// # Errors
    /// In words: refused, or no camera.
    pub async fn open() -> Result<Self, &'static str> {
        let wanted = Object::new();
        for (name, value) in [
            ("facingMode", "environment".into()),
            ("width", 1280.into()),
            ("height", 720.into()),
        ] {
            let _ = Reflect::set(&wanted, &name.into(), &value);
        }
        let constraints = MediaStreamConstraints::new();
        constraints.set_video(&wanted);
        let devices = window().navigator().media_devices();
        let asked = devices.and_then(|devices| devices.get_user_media_with_constraints(&constraints));
        let given = JsFuture::from(asked.map_err(|_| words::NO_CAMERA)?).await;
        let stream: MediaStream = given.map_err(|fault| refused(&fault))?.unchecked_into();
        Self::of(&stream).ok_or_else(|| {
            switch_off(&stream);
            words::NO_CAMERA
        })
    }

    fn of(stream: &MediaStream) -> Option<Self> {
        let make = |name| document().create_element(name).ok();
        let video: HtmlVideoElement = make("video")?.unchecked_into();
        for (name, value) in [
            ("class", "lens"),
            ("aria-hidden", "true"),
            ("playsinline", ""),
            ("autoplay", ""),
        ] {
            video.set_attribute(name, value).ok()?;
        }
        video.set_muted(true);
        video.set_src_object(Some(stream));
        let canvas: HtmlCanvasElement = make("canvas")?.unchecked_into();
        let often = Object::new();
        let _ = Reflect::set(&often, &"willReadFrequently".into(), &true.into());
        let context = canvas.get_context_with_context_options("2d", &often).ok()??;
        Some(Self {
            // The same stream: its own method of that name would open the camera once more.
            stream: Clone::clone(stream),
            video,
            canvas,
            context: context.unchecked_into(),
            reader: RefCell::new(reader()),
            _awake: Awake::new(),
        })
    }

    /// What it sees, for the page.
    pub fn view(&self) -> Node {
        self.video.clone().into()
    }

    /// The texts of the codes that it sees now; the square in the middle is searched, which is what the page shows.
    pub async fn look(&self) -> Vec<String> {
        let (wide, high) = (self.video.video_width(), self.video.video_height());
        let side = wide.min(high);
        if side == 0 {
            return vec![];
        }
        let edge = side.min(EDGE);
        if self.canvas.width() != edge {
            self.canvas.set_width(edge);
            self.canvas.set_height(edge);
        }
        let (left, top, side, to) = (
            f64::from((wide - side) / 2),
            f64::from((high - side) / 2),
            f64::from(side),
            f64::from(edge),
        );
        let drawn = self
            .context
            .draw_image_with_html_video_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
                &self.video,
                left,
                top,
                side,
                side,
                0.0,
                0.0,
                to,
                to,
            );
        if drawn.is_err() {
            return vec![];
        }
        let reader = self.reader.borrow().clone();
        if let Some(reader) = reader {
            if let Some(texts) = ask(&reader, &self.canvas).await {
                return texts;
            }
            self.reader.replace(None);
        }
        let Ok(picture) = self.context.get_image_data(0.0, 0.0, to, to) else {
            return vec![];
        };
        let colours = picture.data();
        let (pixels, _) = colours.as_chunks::<4>();
        let grey: Vec<u8> = pixels
            .iter()
            .map(|[red, green, blue, _]| grey(*red, *green, *blue))
            .collect();
        read(&grey, edge as usize)
    }
}

fn switch_off(stream: &MediaStream) {
    for track in stream.get_tracks() {
        track.unchecked_into::<MediaStreamTrack>().stop();
    }
}

fn refused(fault: &JsValue) -> &'static str {
    let name = fault.dyn_ref::<DomException>().map(DomException::name);
    if name.as_deref() == Some("NotAllowedError") {
        words::REFUSED
    } else {
        words::NO_CAMERA
    }
}

/// The browser's reader of codes (Chrome on Android), which costs no bytes and reads better than ours.
fn reader() -> Option<JsValue> {
    let maker = Reflect::get(&window(), &"BarcodeDetector".into()).ok()?;
    let options = Object::new();
    Reflect::set(&options, &"formats".into(), &Array::of1(&"qr_code".into())).ok()?;
    Reflect::construct(maker.dyn_ref::<Function>()?, &Array::of1(&options)).ok()
}

/// What the browser's reader sees; nothing when it cannot read at all.
async fn ask(reader: &JsValue, canvas: &HtmlCanvasElement) -> Option<Vec<String>> {
    let asked = call(reader, "detect", canvas)?.dyn_into::<Promise>().ok()?;
    let found: Array = JsFuture::from(asked).await.ok()?.dyn_into().ok()?;
    let text = |code: JsValue| Reflect::get(&code, &"rawValue".into()).ok()?.as_string();
    Some(found.iter().filter_map(text).collect())
}

fn grey(red: u8, green: u8, blue: u8) -> u8 {
    let sum = u16::from(red) + 2 * u16::from(green) + u16::from(blue);
    u8::try_from(sum / 4).unwrap_or(u8::MAX)
}

/// The texts of the codes in a square picture.
fn read(grey: &[u8], edge: usize) -> Vec<String> {
    let mut quirc = Quirc::new();
    let codes = quirc.identify(edge, edge, grey).filter_map(Result::ok);
    let texts = codes.filter_map(|code| String::from_utf8(code.decode().ok()?.payload).ok());
    texts.collect()
}
