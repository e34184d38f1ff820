/* Yishi 议事: drafts kept on this device (IndexedDB), each under the key it will be sent with and
   the mark of the person who wrote it. Nobody's draft is read, listed or sent under another mark. */
(function () {
  "use strict";
  var DAY = 24 * 3600 * 1000;
  var opening = null;

  function open() {
    opening = opening || new Promise(function (done, fail) {
      if (!window.indexedDB) { fail(new Error("no store")); return; }
      var asked = indexedDB.open("yishi-drafts", 1);
      asked.onupgradeneeded = function () {
        asked.result.createObjectStore("drafts", { keyPath: "key" });
        asked.result.createObjectStore("kept", { keyPath: "name" });
      };
      asked.onsuccess = function () { done(asked.result); };
      asked.onerror = asked.onblocked = function () { fail(asked.error); };
    });
    return opening;
  }
  /* One transaction; answers what `work` asked for once all of it is on the disk. */
  function run(store, mode, work) {
    return open().then(function (db) {
      return new Promise(function (done, fail) {
        var all = db.transaction(store, mode), asked = work(all.objectStore(store));
        all.oncomplete = function () { done(asked && asked.result); };
        all.onerror = all.onabort = function () { fail(all.error); };
      });
    });
  }
  function newKey() {
    var bytes = crypto.getRandomValues(new Uint8Array(20)), letters = "abcdefghijklmnopqrstuvwxyz234567";
    return Array.prototype.map.call(bytes, function (byte) { return letters[byte % 32]; }).join("");
  }
  function get(key) { return run("drafts", "readonly", function (s) { return s.get(key); }); }
  function put(draft) { return run("drafts", "readwrite", function (s) { return s.put(draft); }); }
  function drop(key) { return run("drafts", "readwrite", function (s) { return s.delete(key); }); }

  /* What is being written; never over a draft that is on its way or has arrived. False if so. */
  function write(draft) {
    var free = true;
    return run("drafts", "readwrite", function (s) {
      var asked = s.get(draft.key);
      asked.onsuccess = function () {
        var old = asked.result;
        free = !old || (old.who === draft.who && !/^(trying|sent)$/.test(old.state));
        if (free) s.put(draft);
      };
      return asked;
    }).then(function () { return free; });
  }
  /* One person's drafts, oldest first. What was sent is shown for a day. */
  function mine(who) {
    return run("drafts", "readonly", function (s) { return s.getAll(); }).then(function (all) {
      var own = all.filter(function (draft) { return who && draft.who === who; });
      var old = own.filter(function (d) { return d.state === "sent" && Date.now() - d.at > DAY; });
      old.forEach(function (draft) { drop(draft.key); });
      return own.filter(function (draft) { return old.indexOf(draft) < 0; })
        .sort(function (a, b) { return a.at - b.at; });
    });
  }
  function keep(name, value) {
    return run("kept", "readwrite", function (s) { return s.put({ name: name, value: value, at: Date.now() }); });
  }
  function kept(name) { return run("kept", "readonly", function (s) { return s.get(name); }); }

  /* Everything of one person's. */
  function wipe(who) {
    return mine(who).then(function (own) {
      return Promise.all(own.map(function (draft) { return drop(draft.key); }));
    }).then(function () {
      return run("kept", "readwrite", function (s) { s.delete("choices " + who); s.delete("who"); });
    });
  }

  window.yishiDrafts = {
    newKey: newKey, get: get, put: put, write: write, drop: drop, mine: mine,
    keep: keep, kept: kept, wipe: wipe
  };
})();
