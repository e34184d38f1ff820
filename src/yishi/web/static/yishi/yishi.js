/* Yishi 议事: quicker hands. Every page works without this file; nothing here decides. */
(function () {
  "use strict";
  var words = document.body.dataset;

  function say(text, n) { return (text || "{n}").replace("{n}", String(n)); }
  function all(selector, within) {
    var found = Array.prototype.slice.call((within || document).querySelectorAll(selector));
    if (within && within.matches && within.matches(selector)) found.unshift(within);
    return found;
  }

  /* Keys: ? help, / search, j and k through rows, a to the act; Enter is the link's own. */
  function typing(at) {
    return /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) || at.isContentEditable;
  }
  function help() {
    var sheet = document.getElementById("keys");
    if (sheet && sheet.showModal && !sheet.open) sheet.showModal();
  }
  function step(by) {
    var rows = all("[data-row]");
    if (!rows.length) return;
    var at = rows.indexOf(document.activeElement);
    if (at < 0) {
      at = rows.findIndex(function (row) { return row.getAttribute("aria-current"); });
    }
    var next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by));
    rows[next].focus();
    rows[next].scrollIntoView({ block: "nearest" });
  }
  function act(event) {
    var at = document.querySelector("[data-act]");
    if (at && at.tagName === "FORM") {
      at = at.querySelector("input:not([type=hidden]), select, textarea, button");
    }
    if (!at) return;
    at.focus();
    event.preventDefault();
  }
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      all("details[data-menu][open]").forEach(function (menu) {
        menu.open = false;
        menu.querySelector("summary").focus();
      });
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "?") help();
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "a") act(event);
    else if (event.key === "/") {
      var search = document.querySelector("[data-search]");
      if (!search) return;
      search.focus();
      event.preventDefault();
    }
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-keys]")) help();
    if (event.target.closest("[data-print]")) window.print();
    all("details[data-menu][open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  /* A form is sent once. A refused or restored page may be sent again. */
  function release(form) {
    delete form.dataset.sent;
    all("[aria-disabled][data-words]", form).forEach(function (button) {
      button.removeAttribute("aria-disabled");
      button.textContent = button.dataset.words;
    });
  }
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent || form.dataset.working) {
      if (form.dataset.working) form.dataset.waiting = "1";
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sent = "1";
    var button = event.submitter;
    setTimeout(function () {
      if (event.defaultPrevented && !form.closest("[hx-post]")) { release(form); return; }
      if (!button || !button.classList.contains("button")) return;
      button.dataset.words = button.textContent;
      button.textContent = words.sending || button.textContent;
      button.setAttribute("aria-disabled", "true");
    }, 0);
    /* A line that hangs must not lock the page for ever. */
    setTimeout(function () { release(form); }, 20000);
  }, true);
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) all("form[data-sent]").forEach(release);
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    var form = event.target.closest("form");
    if (form) release(form);
  });

  /* What is left to write. */
  function counter(area) {
    var most = Number(area.getAttribute("maxlength") || area.dataset.most);
    if (!most || area.dataset.counted) return;
    area.dataset.counted = "1";
    var line = document.createElement("p");
    line.className = "field-count";
    line.setAttribute("aria-live", "polite");
    area.insertAdjacentElement("afterend", line);
    function show() {
      var left = most - area.value.length;
      line.classList.toggle("over", left < 0);
      line.textContent = left < 0 ? say(words.over, -left) : left <= most / 4 ? say(words.left, left) : "";
    }
    area.addEventListener("input", show);
    show();
  }

  /* Photos: shown at once and made smaller before they travel. Canvas keeps no EXIF. */
  function draw(picture, edge) {
    var scale = Math.min(1, edge / Math.max(picture.width, picture.height));
    var canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return canvas;
  }
  function shrink(file, edge, shown) {
    return createImageBitmap(file, { imageOrientation: "from-image" }).then(function (picture) {
      var small = draw(picture, 320);
      small.setAttribute("role", "img");
      small.setAttribute("aria-label", (words.chosen || "") + " " + file.name);
      shown.appendChild(small);
      if (Math.max(picture.width, picture.height) <= edge && file.size < 600000) return file;
      var canvas = draw(picture, edge);
      return new Promise(function (done) {
        canvas.toBlob(function (blob) {
          if (!blob || blob.size >= file.size) done(file);
          else done(new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }));
        }, "image/jpeg", 0.85);
      });
    }).catch(function () { return file; }); /* The server says what is wrong with it. */
  }
  function photos(box) {
    var input = box.querySelector("input[type=file]");
    var shown = box.querySelector("[data-shown]");
    if (!input || !shown || box.classList.contains("live") || !window.createImageBitmap || !window.DataTransfer) return;
    box.classList.add("live");
    input.addEventListener("change", function () {
      var edge = Number(box.dataset.edge) || 2048;
      var form = input.form;
      shown.textContent = "";
      if (form) form.dataset.working = "1";
      Promise.all(Array.prototype.map.call(input.files, function (file) {
        return shrink(file, edge, shown);
      })).then(function (files) {
        var carry = new DataTransfer();
        files.forEach(function (file) { carry.items.add(file); });
        input.files = carry.files;
      }).catch(function () {}).then(function () {
        if (!form) return;
        delete form.dataset.working;
        if (!form.dataset.waiting) return;
        delete form.dataset.waiting;
        if (form.requestSubmit) form.requestSubmit();
      });
    });
  }

  /* A chosen filter shows its list without a second press. */
  function chips(form) {
    form.addEventListener("change", function (event) {
      if (event.target.type === "radio") form.requestSubmit ? form.requestSubmit() : form.submit();
    });
  }

  function begin(within) {
    all("textarea[maxlength], textarea[data-most]", within).forEach(counter);
    all("[data-photo]", within).forEach(photos);
    all("form[data-chips]", within).forEach(chips);
    all("[data-print]", within).forEach(function (button) { button.hidden = false; });
    all("[data-keys]", within).forEach(function (button) { button.classList.add("live"); });
  }
  begin(document);
  document.addEventListener("htmx:load", function (event) {
    if (event.target !== document.body) begin(event.target);
  });
  var wrong = document.getElementById("errors") || document.getElementById("refusal");
  if (wrong && wrong.hasAttribute("tabindex")) wrong.focus();
})();
