// The service worker: keeps one whole release of the app on the phone and serves it without a network.
//
// Rules (storage and updates):
//  U1  `cargo xtask build` writes RELEASE and FILES below; this file and index.html are served `no-cache`.
//  U2  Install fetches every file of the list and checks its SHA-256; one mismatch fails the install and the old release stays.
//  U3  It never takes over by itself: a page sends {type: "activate"} when the person says so. Only the very first release starts at once.
//  U4  A visit to the app's own address gets the active release's index.html. The release before is kept;
//      older ones go when no page is open that could still use them.
//  U5  The program of mentor and secretary (MORE) is kept only where a page said {type: "branch"}; from then on every release brings it along.
//  U6  Only same-origin GETs of the lists are answered. Calls to the endpoint (v1/…) and everything else pass by untouched.
//  U7  A page lays its newest letter, sealed and signed, into the letter box (.letter/VAULT). Where the browser has Background Sync it is posted
//      when a signal comes and no page is looked at; the answer waits beside it until the page has read and taken both.
//
// Not here: anything that could be read. This worker never sees a key or a word that was typed.

"use strict";

const RELEASE = "";
const FILES = {};
const MORE = {};

const PREFIX = "lylich-";
const CACHE = PREFIX + RELEASE;
const MARK = new URL("./.active", self.registration.scope).href;
const WANTED = new URL("./.branch", self.registration.scope).href;
const LETTERS = new URL("./.letter/", self.registration.scope).href;
// Not named like a release: it outlives all of them.
const BOX = "letters";
const ANSWER = "?answer";
const HASHED = /-[0-9a-f]{16}\.[a-z]+$/;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  const type = event.data && event.data.type;
  if (type === "activate") {
    event.waitUntil(self.skipWaiting());
  } else if (type === "branch") {
    event.waitUntil(more());
  } else if (type === "release" && event.ports[0]) {
    event.ports[0].postMessage({ release: RELEASE });
  }
});
self.addEventListener("sync", (event) => event.waitUntil(post()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.url.startsWith(LETTERS)) {
    event.respondWith(letterBox(request));
    return;
  }
  if (request.method !== "GET") return;
  const name = listed(request);
  if (name === null) return;
  if (request.mode === "navigate") event.waitUntil(tidy());
  event.respondWith(answer(name, request));
});

// The file of the list that a request asks for, or null: not ours to answer.
function listed(request) {
  const url = new URL(request.url);
  const scope = new URL(self.registration.scope);
  if (url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return null;
  const path = url.pathname.slice(scope.pathname.length);
  const name = path === "" ? "index.html" : path;
  if (name === "index.html") return request.mode === "navigate" || url.search === "" ? name : null;
  // A page of the release before may still ask for its own hashed files.
  return url.search === "" && (Object.hasOwn(FILES, name) || HASHED.test(name)) ? name : null;
}

async function answer(name, request) {
  const url = new URL("./" + name, self.registration.scope).href;
  const kept = await (await caches.open(CACHE)).match(url);
  if (kept) return kept;
  if (HASHED.test(name)) {
    const older = await caches.match(url);
    if (older) return older;
  }
  return fetch(request);
}

// A page lays its letter (PUT), asks for what was answered (GET), takes both back (DELETE).
async function letterBox(request) {
  const { method, url } = request;
  const box = await caches.open(BOX);
  if (method === "GET") {
    const [letter, answer] = await Promise.all([url, url + ANSWER].map(async (it) => (await box.match(it))?.blob()));
    if (!letter || !answer) return new Response(null, { status: 204 });
    const length = new DataView(new ArrayBuffer(4));
    length.setUint32(0, letter.size);
    return new Response(new Blob([length, letter, answer]));
  }
  await Promise.all([box.delete(url), box.delete(url + ANSWER)]);
  if (method === "PUT") {
    await box.put(url, new Response(await request.blob(), { headers: { location: request.headers.get("location") } }));
    // Refused, or not known here: the app posts by itself when it is opened.
    await self.registration.sync?.register(BOX).catch(() => null);
  }
  return new Response(null, { status: 204 });
}

// Posts what lies ready. Thrown out of here, the browser tries again later.
async function post() {
  const pages = await self.clients.matchAll({ type: "window" });
  // The app is open: it posts newer letters than this.
  if (pages.some((page) => page.visibilityState === "visible")) return;
  const box = await caches.open(BOX);
  for (const { url } of await box.keys()) {
    if (url.endsWith(ANSWER) || (await box.match(url + ANSWER))) continue;
    const letter = await box.match(url);
    const answer = await fetch(letter.headers.get("location"), {
      method: "POST",
      headers: { "content-type": "application/cbor" },
      body: await letter.blob(),
    });
    if (answer.ok) await box.put(url + ANSWER, answer);
    else if (answer.status === 429 || answer.status >= 500) throw new Error("the endpoint is busy: " + answer.status);
    // What else it has to say is for the app to hear.
    else await box.delete(url);
  }
}

async function install() {
  const others = await releases();
  const cache = await caches.open(CACHE);
  try {
    await keep(FILES, cache, others);
    for (const other of others) {
      if (await (await caches.open(other)).match(WANTED)) {
        await keepMore(cache, others);
        break;
      }
    }
  } catch (fault) {
    await caches.delete(CACHE);
    throw fault;
  }
}

async function keep(list, cache, others) {
  for (const [name, wanted] of Object.entries(list)) {
    const url = new URL("./" + name, self.registration.scope).href;
    await cache.put(url, await checked(url, name, wanted, others));
  }
}

// The mark stands only beside the whole.
async function keepMore(cache, others) {
  await keep(MORE, cache, others);
  await cache.put(WANTED, new Response(""));
}

// A page of mentor or secretary is open: its program stays on the device.
async function more() {
  const cache = await caches.open(CACHE);
  if (!(await cache.match(WANTED))) await keepMore(cache, await releases());
}

// One file with exactly the bytes of the list: from a release already here, else from the network, asked a second time past
// the browser's own cache when the first answer is not what was built.
async function checked(url, name, wanted, others) {
  for (const other of others) {
    const kept = await (await caches.open(other)).match(url);
    if (kept) {
      const copy = await sealed(kept, wanted);
      if (copy) return copy;
    }
  }
  for (const cache of [HASHED.test(name) ? "default" : "no-cache", "reload"]) {
    const fetched = await fetch(url, { cache, credentials: "same-origin" });
    if (fetched.ok) {
      const copy = await sealed(fetched, wanted);
      if (copy) return copy;
    }
  }
  throw new Error("release " + RELEASE + ": " + name + " is not the file that was built");
}

// The response with its body read and compared, or null. Made anew, because a redirected or encoded response cannot answer a visit.
async function sealed(response, wanted) {
  const body = await response.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found !== wanted) return null;
  const headers = new Headers(response.headers);
  for (const name of ["content-encoding", "content-length", "transfer-encoding"]) headers.delete(name);
  return new Response(body, { status: 200, headers });
}

async function activate() {
  const [last] = await marks();
  const cache = await caches.open(CACHE);
  await cache.put(MARK, new Response(String((last ? last.active : 0) + 1)));
  await self.clients.claim();
}

// Our other caches, the one that was active last first. A count, not a clock: a phone's clock may be wrong by years.
async function marks() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  const counted = await Promise.all(names.map(async (name) => {
    const mark = await (await caches.open(name)).match(MARK);
    return { name, active: mark ? Number(await mark.text()) : 0 };
  }));
  return counted.sort((a, b) => b.active - a.active);
}

async function releases() {
  return (await marks()).map((it) => it.name);
}

// Runs when a visit starts. With no page open nothing old is in use: all but the last active release may go.
async function tidy() {
  if (self.registration.active === null || self.registration.installing || self.registration.waiting) return;
  const open = await self.clients.matchAll({ type: "all", includeUncontrolled: true });
  if (open.length > 0) return;
  const [, ...older] = await releases();
  await Promise.all(older.map((name) => caches.delete(name)));
}
