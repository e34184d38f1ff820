/* Yishi 议事: keys. A key presses the button, link or choice that names it in aria-keyshortcuts;
   without this file each is pressed by hand. Off on request, and never while somebody types. */
(function () {
  "use strict";
  var SLOT = "yishi-keys";
  /* A key pressed twice must not act on a matter nobody has read. */
  var READ_MS = 700;
  var shown = Date.now();

  function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }
  function off() {
    try { return localStorage.getItem(SLOT) === "off"; } catch (error) { return false; }
  }
  function typing(at) {
    if (at.tagName === "INPUT") return !/^(radio|checkbox|button|submit|file)$/.test(at.type);
    return /^(TEXTAREA|SELECT)$/.test(at.tagName) || at.isContentEditable;
  }
  function help() {
    var sheet = document.getElementById("keys");
    if (sheet && sheet.showModal && !sheet.open) sheet.showModal();
  }

  /* Rows */
  function here() {
    var rows = all("[data-row]");
    var at = rows.indexOf(document.activeElement);
    return at < 0 ? rows.findIndex(function (row) { return row.getAttribute("aria-current"); }) : at;
  }
  function step(by) {
    var rows = all("[data-row]");
    if (!rows.length) return;
    var at = here();
    var next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by));
    rows[next].focus();
    rows[next].scrollIntoView({ block: "nearest" });
  }
  function arrows(at) {
    if (at.hasAttribute("data-row")) return true;
    return Boolean(document.querySelector("[data-cleared]")) && (at === document.body || at.id === "main");
  }

  /* Acts */
  function act() {
    var at = document.querySelector("[data-act]");
    if (at && at.tagName === "FORM") {
      at = at.querySelector("input:checked, input:not([type=hidden]), select, textarea, button, a.button");
    }
    if (at) at.focus();
    return Boolean(at);
  }
  function press(name) {
    var at = all("[aria-keyshortcuts~='" + name + "']").find(function (one) { return one.offsetParent; });
    if (!at) return false;
    if (at.tagName === "SUMMARY") {
      at.parentNode.open = true;
      at = at.parentNode.querySelector("textarea, select, input:not([type=hidden])") || at;
      at.focus();
      at.scrollIntoView({ block: "center" });
      return true;
    }
    at.focus();
    if (at.tagName !== "BUTTON" || Date.now() - shown > READ_MS) at.click();
    return true;
  }

  var ROWS = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };
  function take(event) {
    var key = event.key.length === 1 && !event.shiftKey ? event.key.toLowerCase() : event.key;
    if (ROWS[key] && (key.length === 1 || arrows(event.target))) { step(ROWS[key]); return true; }
    if (event.repeat) return false;
    if (key === "?") { help(); return true; }
    if (key === "a") return act();
    if (key === "o") {
      var row = all("[data-row]")[Math.max(0, here())];
      if (row) row.click();
      return Boolean(row);
    }
    if (key === "/") {
      var search = document.querySelector("[data-search]");
      var link = document.querySelector("[data-find]");
      if (search) search.focus();
      else if (link) link.click();
      return Boolean(search || link);
    }
    if (!/^[a-zA-Z0-9]$/.test(key)) return false;
    return press(event.shiftKey ? "Shift+" + key.toUpperCase() : key);
  }
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      all("details[data-menu][open]").forEach(function (menu) {
        menu.open = false;
        menu.querySelector("summary").focus();
      });
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (off() || typing(event.target) || document.querySelector("dialog[open]")) return;
    if (take(event)) event.preventDefault();
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-keys]")) help();
    /* What is chosen already goes along to the page that offers more. */
    var link = event.target.closest("a[data-carry]");
    var chosen = link && document.querySelector("[name='" + link.dataset.carry + "']:checked");
    if (chosen) {
      var to = new URL(link.href);
      to.searchParams.set(link.dataset.carry, chosen.value);
      link.href = to.href;
    }
  });
  window.addEventListener("pageshow", function () { shown = Date.now(); });

  all("[data-keys-on]").forEach(function (box) {
    box.checked = !off();
    document.documentElement.toggleAttribute("data-keys-off", off());
    box.addEventListener("change", function () {
      try { localStorage.setItem(SLOT, box.checked ? "on" : "off"); } catch (error) { box.checked = true; }
      document.documentElement.toggleAttribute("data-keys-off", off());
    });
  });
  /* The matter one is at is seen in its list, also when it stands far down. */
  var list = document.querySelector(".desk-list"), current = list && list.querySelector(".here");
  if (current) {
    list.scrollTop += current.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
  }
  all("[data-keys]").forEach(function (button) { button.classList.add("live"); });
  document.documentElement.setAttribute("data-keys-live", "");
})();
