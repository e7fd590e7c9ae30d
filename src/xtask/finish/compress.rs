//! A brotli (quality 11) and a gzip (level 9) copy beside every file that shrinks, made once here and never while serving.

use std::{io::Write, thread};

use super::Files;
use crate::run::{Doing, Stop};

/// Already compressed, or asked for too rarely to matter.
const AS_THEY_ARE: [&str; 3] = [".png", ".br", ".gz"];

/// Names and bytes of the copies.
type Made = Result<Vec<(String, Vec<u8>)>, Stop>;

/// Adds `name.br` and `name.gz` where they are smaller than the file itself.
pub fn add(files: &mut Files) -> Result<(), Stop> {
    let names: Vec<&String> = files
        .keys()
        .filter(|name| !AS_THEY_ARE.iter().any(|end| name.ends_with(end)))
        .collect();
    // Two threads: the big files are the program and the worker.
    let made: Vec<Made> = thread::scope(|scope| {
        let lanes: Vec<_> = (0..2)
            .map(|lane| {
                let (names, files) = (&names, &*files);
                scope.spawn(move || {
                    let mut made = Vec::new();
                    for name in names.iter().skip(lane).step_by(2) {
                        let bytes = files.get(*name).map(Vec::as_slice).unwrap_or_default();
                        for (end, small) in [("br", brotli(bytes)?), ("gz", gzip(bytes)?)] {
                            if small.len() < bytes.len() {
                                made.push((format!("{name}.{end}"), small));
                            }
                        }
                    }
                    Ok(made)
                })
            })
            .collect();
        lanes
            .into_iter()
            .map(|lane| {
                lane.join()
                    .unwrap_or_else(|_| Err(Stop("compressing failed; run this again.".to_owned())))
            })
            .collect()
    });
    for lane in made {
        files.extend(lane?);
    }
    Ok(())
}

/// At full strength, as every file is packed.
pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>, Stop> {
    let mut small = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*bytes, &mut small, &settings).doing("brotli failed")?;
    Ok(small)
}

/// At full strength, without time and name.
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>, Stop> {
    // No time and no name inside: the same input gives the same bytes.
    let mut small = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    small
        .write_all(bytes)
        .and_then(|()| small.finish())
        .doing("gzip failed")
}
