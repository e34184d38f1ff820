/* Yishi 议事: without signal the filing pages still open. Kept: three impersonal shells and the
   static files they name (outbox.js puts them here). Never a page with anybody's data on it. */
"use strict";
var SHELLS = {
  "/work": "/offline/list",
  "/work/file": "/offline/file",
  "/work/on-spot": "/offline/on-spot"
};
/* In a basement a line often hangs rather than breaks. */
var WAIT_MS = 8000;

self.addEventListener("install", function () { self.skipWaiting(); });
self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });

function kept(address) {
  return caches.match(address, { ignoreSearch: true }).then(function (found) {
    return found || Response.error();
  });
}
function within(request) {
  return new Promise(function (done, fail) {
    setTimeout(fail, WAIT_MS);
    fetch(request).then(done, fail);
  });
}
self.addEventListener("fetch", function (event) {
  var asked = event.request, address = new URL(asked.url);
  if (asked.method !== "GET" || address.origin !== self.location.origin) return;
  var shell = asked.mode === "navigate" && SHELLS[address.pathname];
  if (shell) {
    event.respondWith(within(asked).catch(function () { return kept(shell); }));
  } else if (/^\/static\//.test(address.pathname)) {
    event.respondWith(fetch(asked).catch(function () { return kept(asked.url); }));
  }
});
