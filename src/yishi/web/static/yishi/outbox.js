/* Yishi 议事: what was written without signal is sent later, once. A draft keeps its key, so that
   the server answers a repeated send with the first number. Loaded for staff who may file. */
(function () {
  "use strict";
  var store = window.yishiDrafts;
  var offline = document.body.hasAttribute("data-offline");
  var list = document.querySelector("[data-outbox-list]");
  var HOUR = 3600 * 1000;
  var AGAIN_MS = 30000, ASK_MS = 10000, SEND_MS = 120000;
  /* The server remembers a key for thirty days (jobs/tick.py); an older try is not repeated. */
  var KEPT_MS = 20 * 24 * HOUR;
  if (!store) return;

  var who = offline
    ? store.kept("who").then(function (found) { return found ? found.value : ""; })
    : Promise.resolve(document.body.dataset.outbox || "");
  var why = "";

  function fetchWithin(ms, address, options) {
    var stop = new AbortController();
    var timer = setTimeout(function () { stop.abort(); }, ms);
    options.signal = stop.signal;
    options.redirect = "manual";
    options.credentials = "same-origin";
    options.cache = "no-store";
    return fetch(address, options).then(
      function (answer) { clearTimeout(timer); return answer; },
      function () { clearTimeout(timer); throw new Error("signal"); }
    );
  }
  /* Who is signed in now, a fresh token, and what may be chosen in a form. */
  function token() {
    return fetchWithin(ASK_MS, "/outbox", {}).then(function (answer) {
      if (answer.status >= 500) throw new Error("signal");
      if (!answer.ok) throw new Error("sign");
      return answer.json();
    });
  }

  function body(draft, csrf) {
    var form = new FormData();
    form.append("csrfmiddlewaretoken", csrf);
    form.append("key", draft.key);
    draft.fields.forEach(function (pair) { form.append(pair[0], pair[1]); });
    ["photos", "proofs"].forEach(function (name) {
      (draft[name] || []).forEach(function (file) { form.append(name, file, file.name || "photo.jpg"); });
    });
    return form;
  }
  function sent(draft, told) {
    return { key: draft.key, who: draft.who, to: draft.to, fields: [], state: "sent", at: Date.now(),
      line: draft.line, number: told.number, href: told.href };
  }
  function send(draft, csrf) {
    draft.state = "trying";
    draft.tried = draft.tried || Date.now();
    return store.put(draft).then(function () {
      return fetchWithin(SEND_MS, draft.to, { method: "POST", body: body(draft, csrf),
        headers: { "X-Yishi-Draft": draft.who } });
    }).then(function (answer) {
      if (answer.status >= 500) throw new Error("signal");
      if (answer.status === 409) throw new Error("other");
      if (answer.type === "opaqueredirect" || answer.status === 403) throw new Error("sign");
      return answer.json().catch(function () { return { state: "refused", said: "" }; });
    }).then(function (told) {
      if (told.state === "sent") return store.put(sent(draft, told)).then(function () { return told; });
      draft.state = "refused";
      draft.tried = 0;
      draft.said = told.said || (list && list.dataset.unread) || "";
      return store.put(draft).then(function () { return told; });
    }, function (error) {
      /* Before the door nothing was done; after a line that broke, nobody knows. */
      if (error.message !== "signal") { draft.state = "waiting"; draft.tried = 0; }
      return store.put(draft).then(function () { throw error; });
    });
  }

  function alone(work) {
    if (!navigator.locks) return work();
    return navigator.locks.request("yishi-outbox", work);
  }
  var busy = null;
  /* Sends all that waits, one by one. Answers {key: what the server said}; `why` says what stopped it. */
  function flush() {
    busy = busy || who.then(function (me) {
      var told = {};
      return alone(function () {
        return store.mine(me).then(function (own) {
          var waiting = own.filter(function (draft) {
            return /^(waiting|trying)$/.test(draft.state) && !(draft.tried && Date.now() - draft.tried > KEPT_MS);
          });
          if (!waiting.length) { why = ""; return null; }
          if (!navigator.onLine) throw new Error("signal");
          return token().then(function (now) {
            if (now.who !== me) throw new Error("other");
            why = "";
            return waiting.reduce(function (before, draft) {
              return before.then(function () { return send(draft, now.csrf); })
                .then(function (said) { told[draft.key] = said; });
            }, Promise.resolve());
          });
        });
      }).catch(function (error) { why = /^(signal|sign|other)$/.test(error.message) ? error.message : "signal"; })
        .then(function () { busy = null; show(); return told; });
    });
    return busy;
  }

  /* The list of what waits here. */
  function button(item, name, press) {
    var at = item.querySelector("[data-" + name + "]");
    if (!press) { at.remove(); return; }
    at.addEventListener("click", function () { press(at); });
  }
  function row(draft) {
    var item = list.querySelector("template").content.firstElementChild.cloneNode(true);
    var stuck = draft.tried && Date.now() - draft.tried > KEPT_MS;
    var state = stuck ? "old" : draft.state;
    item.dataset.state = state;
    item.querySelector("[data-line]").textContent = draft.line || list.dataset.empty;
    item.querySelectorAll("[data-when]").forEach(function (tag) {
      if (tag.dataset.when.split(" ").indexOf(state) < 0) tag.remove();
    });
    var number = item.querySelector("[data-number]");
    if (number) { number.textContent = draft.number; number.href = draft.href; }
    var said = item.querySelector("[data-said]");
    if (draft.said && state === "refused") said.textContent = draft.said; else said.remove();
    var edit = item.querySelector("[data-edit]");
    if (/^(writing|refused|waiting)$/.test(state)) edit.href = draft.to + "#draft=" + draft.key; else edit.remove();
    button(item, "drop", state === "sent" ? null : function (at) {
      if (!at.dataset.sure) { at.dataset.sure = "1"; at.textContent = list.dataset.sure; return; }
      store.drop(draft.key).then(show);
    });
    return item;
  }
  function show() {
    return who.then(store.mine).then(function (own) {
      if (!list) return;
      var open = (/#draft=(\w+)/.exec(location.hash) || [])[1];
      own = own.filter(function (draft) { return draft.key !== open || draft.state !== "writing"; });
      var unsent = own.filter(function (draft) { return draft.state !== "sent"; });
      var wait = own.filter(function (draft) { return /^(waiting|trying)$/.test(draft.state); });
      list.hidden = !own.length;
      list.querySelector("[data-count]").textContent = unsent.length || "";
      list.querySelector("[data-send]").hidden = !wait.length;
      list.querySelectorAll("[data-why]").forEach(function (line) {
        line.hidden = !wait.length || line.dataset.why !== (navigator.onLine ? why : "signal");
      });
      var rows = list.querySelector("[data-drafts]");
      rows.textContent = "";
      own.forEach(function (draft) { rows.appendChild(row(draft)); });
    }).catch(function () {});
  }
  if (list) {
    list.querySelector("[data-send]").addEventListener("click", function () { flush(); });
  }

  /* Kept for a day without signal: what may be chosen, and the empty shells. */
  function shelve() {
    var look = document.documentElement;
    var query = "?lang=" + look.lang + "&elder=" + (look.hasAttribute("data-elder") ? "on" : "") +
      "&mode=" + (look.dataset.mode || "");
    return Promise.all([store.kept("shelved"), who]).then(function (found) {
      if (found[0] && found[0].value === query + found[1] && Date.now() - found[0].at < HOUR) return null;
      return token().then(function (now) {
        if (now.who !== found[1]) return null;
        return Promise.all([store.keep("choices " + now.who, now), store.keep("who", now.who)]);
      }).then(function () {
        if (!window.caches || !navigator.serviceWorker) return null;
        return navigator.serviceWorker.register("/sw.js", { scope: "/work" }).then(function () {
          return caches.open("yishi-shell");
        }).then(function (shelf) {
          return Promise.all(["list", "file", "on-spot"].map(function (kind) {
            var address = "/offline/" + kind;
            return fetch(address + query, { credentials: "omit", cache: "no-store" }).then(function (page) {
              if (!page.ok) throw new Error("shell");
              return page.clone().text().then(function (text) {
                var files = new Set(Array.from(text.matchAll(/(?:href|src)="(\/static\/[^"#]+)/g), function (m) { return m[1]; }));
                return Promise.all([shelf.put(address, page), shelf.addAll(Array.from(files))]);
              });
            });
          }));
        });
      }).then(function () { return store.keep("shelved", query + found[1]); });
    }).catch(function () {});
  }

  /* Signing out asks about what is not sent, and takes everything of this person's along. */
  var leave = document.getElementById("leave");
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.action || !/\/sign-out$/.test(form.action) || offline) return;
    event.preventDefault();
    function go() {
      return who.then(store.wipe).catch(function () {}).then(function () { form.submit(); });
    }
    who.then(store.mine).then(function (own) {
      var unsent = own.filter(function (draft) { return draft.state !== "sent"; });
      if (!unsent.length || !leave || !leave.showModal) { go(); return; }
      leave.querySelector("[data-count]").textContent = unsent.length;
      leave.querySelector("[data-go]").onclick = go;
      leave.showModal();
    }, go);
  });

  window.addEventListener("online", function () { flush(); });
  window.addEventListener("offline", show);
  document.addEventListener("visibilitychange", function () { if (!document.hidden) flush(); });
  setInterval(function () { if (why === "signal" && navigator.onLine) flush(); }, AGAIN_MS);
  show();
  if (navigator.onLine) flush();
  var ready = list && !offline ? shelve() : Promise.resolve();
  window.yishiOutbox = { who: who, flush: flush, show: show, why: function () { return why; }, offline: offline,
    ready: ready };
})();
