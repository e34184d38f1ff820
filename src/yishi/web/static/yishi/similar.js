/* Yishi 议事: while somebody writes, the open matters like it are asked for: once a pause, never a
   key. Without this file the button of the form asks. */
(function () {
  "use strict";
  var box = document.querySelector("[data-similar]");
  var form = box && box.closest("form");
  var area = form && form.elements[box.dataset.similar];
  if (!area || !window.fetch || !window.URLSearchParams) return;
  var button = form.querySelector("button[name=similar]");
  if (button) button.hidden = true;
  var PAUSE = 900, later = 0, last = "", running = null;

  var note = document.createElement("p");
  note.className = "help similar-note";
  var link = document.createElement("a");
  link.href = "#" + box.id;
  note.appendChild(link);
  area.parentNode.appendChild(note);

  function show(html) {
    box.innerHTML = html;
    var said = box.querySelector("[data-said]");
    link.textContent = said ? said.dataset.said : "";
  }
  /* What is typed and where; pictures, names and phones stay. */
  function asked() {
    var data = new URLSearchParams();
    new FormData(form).forEach(function (value, name) {
      if (typeof value === "string" && /^(csrfmiddlewaretoken|at|text|words|building|place|where|spot)$/.test(name)) data.append(name, value);
    });
    data.append("similar", "1");
    return data.toString();
  }
  function look() {
    var now = asked();
    if (form.dataset.sent || now === last || area.value.trim().length < Number(box.dataset.letters)) return;
    last = now;
    if (running) running.abort();
    running = window.AbortController ? new AbortController() : null;
    fetch(location.pathname + location.search, {
      method: "POST", body: now, credentials: "same-origin", signal: running ? running.signal : undefined,
      headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Yishi-Similar": "1" }
    }).then(function (answer) {
      return answer.ok && !answer.redirected ? answer.text() : "";
    }).then(show).catch(function () {});
  }
  function changed(event) {
    if (event.target.type === "file") return;
    clearTimeout(later);
    later = setTimeout(look, PAUSE);
  }
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  if (area.value.trim() && !box.querySelector("[data-said]")) look();
})();
