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

  document.addEventListener("click", function (event) {
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
      if (form.dataset.working) { form.dataset.waiting = "1"; form.waitingFor = event.submitter; }
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

  /* A chosen filter shows its list without a second press. */
  function chips(form) {
    form.addEventListener("change", function (event) {
      if (event.target.type === "radio") form.requestSubmit ? form.requestSubmit() : form.submit();
    });
  }

  function begin(within) {
    all("textarea[maxlength], textarea[data-most]", within).forEach(counter);
    all("form[data-chips]", within).forEach(chips);
    all("[data-print]", within).forEach(function (button) { button.hidden = false; });
  }
  begin(document);
  document.addEventListener("htmx:load", function (event) {
    if (event.target !== document.body) begin(event.target);
  });
  var wrong = document.getElementById("errors") || document.getElementById("refusal");
  if (wrong && wrong.hasAttribute("tabindex")) wrong.focus();
})();
