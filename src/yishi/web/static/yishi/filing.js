/* Yishi 议事: a form that registers for somebody. Kept on this device from the first keystroke
   under the key it will be sent with; sent at once where there is signal, else later by outbox.js. */
(function () {
  "use strict";
  var store = window.yishiDrafts, outbox = window.yishiOutbox;
  if (!store || !outbox) return;

  /* The camera on the first screen: a photo begins a matter that is settled on the spot. */
  var camera = document.querySelector("[data-camera]");
  if (camera) {
    camera.hidden = false;
    document.querySelectorAll("[data-camera-link]").forEach(function (link) { link.hidden = true; });
    camera.querySelector("input").addEventListener("change", function (event) {
      var files = Array.prototype.slice.call(event.target.files);
      if (!files.length) return;
      outbox.who.then(function (me) {
        var draft = { key: store.newKey(), who: me, to: camera.dataset.camera, state: "writing",
          at: Date.now(), fields: [], photos: [], proofs: files, line: "" };
        return store.put(draft).then(function () { location.href = draft.to + "#draft=" + draft.key; });
      }).catch(function () { location.href = camera.dataset.camera; });
    });
  }

  var form = document.querySelector("form[data-draft]");
  if (!form) return;
  var to = form.dataset.draft;
  var key = "", ready = false, sending = false, later = 0;

  function named() {
    return Array.prototype.filter.call(form.elements, function (at) {
      return at.name && !/^(key|csrfmiddlewaretoken|kept_.*)$/.test(at.name) && !/^(file|submit|button)$/.test(at.type);
    });
  }
  function files(name) {
    var input = form.querySelector("input[type=file][name=" + name + "]");
    return input ? Array.prototype.slice.call(input.files) : [];
  }
  function draft(state) {
    var fields = named().filter(function (at) { return !/^(radio|checkbox)$/.test(at.type) || at.checked; })
      .map(function (at) { return [at.name, at.value]; });
    return outbox.who.then(function (me) {
      return { key: key, who: me, to: to, state: state, at: Date.now(), fields: fields, tried: 0,
        photos: files("photos"), proofs: files("proofs"),
        line: form.elements.words.value.trim().slice(0, 60) };
    });
  }
  function begin() {
    if (key) return;
    key = store.newKey();
    form.elements.key.value = key;
    history.replaceState(null, "", "#draft=" + key);
  }
  function save() {
    clearTimeout(later);
    later = 0;
    if (!key || sending || form.dataset.working) return Promise.resolve();
    return draft("writing").then(store.write).catch(function () {});
  }
  function changed() {
    if (!ready || sending) return;
    begin();
    clearTimeout(later);
    later = setTimeout(save, 200);
  }
  function afresh() {
    clearTimeout(later);
    key = "";
    history.replaceState(null, "", location.pathname);
    var where = form.elements.where.value;
    form.reset();
    form.elements.where.value = where;
    var refused = form.querySelector("[data-refused]");
    refused.textContent = "";
    outbox.show();
  }

  function restore(old) {
    if (old.state !== "writing") {
      old.state = "writing";
      store.put(old).then(outbox.show);
    }
    key = old.key;
    form.elements.key.value = key;
    named().forEach(function (at) { if (at.type === "checkbox") at.checked = false; });
    old.fields.forEach(function (pair) {
      named().forEach(function (at) {
        if (at.name !== pair[0]) return;
        if (!/^(radio|checkbox)$/.test(at.type)) at.value = pair[1];
        else if (at.value === pair[1]) at.checked = true;
      });
    });
    ["photos", "proofs"].forEach(function (name) {
      var input = form.querySelector("input[type=file][name=" + name + "]");
      var box = input && input.closest("[data-photo]");
      if (box && (old[name] || []).length) box.dispatchEvent(new CustomEvent("yishi:add", { detail: old[name] }));
    });
    form.elements.words.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* Without signal the form is an empty shell: what may be chosen was kept when there was some. */
  function option(select, pair, chosen) {
    var one = document.createElement("option");
    one.value = pair[0];
    one.textContent = pair[1];
    one.selected = pair[0] === chosen;
    one.defaultSelected = one.selected;
    select.appendChild(one);
  }
  function fill(choices) {
    ["where", "nature", "channel"].forEach(function (name) {
      var select = form.querySelector("select[name=" + name + "]");
      choices[name].forEach(function (pair) { option(select, pair, choices.chosen[name]); });
    });
    var chips = form.querySelector("[data-fills]");
    if (chips) {
      choices.items.forEach(function (item) {
        var chip = document.createElement("button");
        chip.type = "button";
        chip.className = "button quiet";
        chip.textContent = item.title;
        chip.dataset.words = item.words;
        chip.dataset.answer = item.answer;
        chips.appendChild(chip);
      });
    }
  }
  form.addEventListener("click", function (event) {
    var chip = event.target.closest("[data-fills] button");
    if (!chip) return;
    form.elements.words.value = chip.dataset.words;
    form.elements.answer.value = chip.dataset.answer;
    form.querySelectorAll("[data-fills] button").forEach(function (one) {
      one.setAttribute("aria-pressed", String(one === chip));
    });
    form.elements.words.dispatchEvent(new Event("input", { bubbles: true }));
  });

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("yishi:photos", changed);
  window.addEventListener("pagehide", save);
  document.addEventListener("visibilitychange", function () { if (document.hidden) save(); });

  function told(answer, again) {
    if (answer && answer.state === "sent") {
      if (!again && !outbox.offline) { location.href = answer.href; return; }
      afresh();
    } else if (answer) {
      /* Refused: the words are still in the form, and may be put right. */
      var refused = form.querySelector("[data-refused]");
      refused.innerHTML = answer.html || "";
      sending = false;
      save().then(outbox.show);
      var at = refused.querySelector("[tabindex]") || refused;
      at.focus();
      return;
    } else {
      afresh();
      var list = document.querySelector("[data-outbox-list]");
      list.scrollIntoView({ block: "center" });
      list.querySelector("h2").focus();
    }
    sending = false;
  }
  form.addEventListener("submit", function (event) {
    if (event.defaultPrevented && !sending) return;
    event.preventDefault();
    if (sending) return;
    var again = Boolean(event.submitter && event.submitter.name === "again");
    begin();
    clearTimeout(later);
    sending = true;
    form.setAttribute("aria-busy", "true");
    var own = key;
    draft("waiting").then(function (one) {
      if (!again) one.fields.push(["flash", "yes"]);
      return store.write(one);
    }).then(function () {
      return outbox.flush();
    }).then(function (answers) {
      /* A round that was under way had not seen this one yet. */
      return answers[own] || outbox.why() ? answers : outbox.flush();
    }).then(function (answers) {
      if (answers[own]) return answers[own];
      /* Another tab may have sent it in the meantime. */
      return store.get(own).then(function (now) { return now && now.state === "sent" ? now : null; });
    }).then(function (answer) { told(answer, again); }, function () {
      /* The store of this device failed: the form goes the ordinary way. */
      sending = false;
      form.submit();
    }).then(function () { form.removeAttribute("aria-busy"); });
  });

  function signal() {
    document.querySelectorAll("[data-no-signal]").forEach(function (note) { note.hidden = navigator.onLine && !outbox.offline; });
  }
  window.addEventListener("online", signal);
  window.addEventListener("offline", signal);
  signal();

  var asked = (/#draft=(\w+)/.exec(location.hash) || [])[1];
  var shell = outbox.offline ? outbox.who.then(function (me) {
    return store.kept("choices " + me).then(function (found) {
      if (found) { fill(found.value); return; }
      form.hidden = true;
      document.querySelector("[data-never]").hidden = false;
    });
  }) : Promise.resolve();
  shell.then(function () { return asked ? Promise.all([store.get(asked), outbox.who]) : [null, ""]; })
    .then(function (found) {
      var old = found[0];
      if (old && old.who === found[1] && old.to === to && /^(writing|waiting|refused)$/.test(old.state)) restore(old);
      else if (asked) history.replaceState(null, "", location.pathname);
    }).catch(function () {}).then(function () { ready = true; });
})();
