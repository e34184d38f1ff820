/* Yishi 议事: what is left of the money, the points or the choices while a ballot of projects is filled
   in. Nothing is sent before its button is pressed. Without this file a button works it out. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-marks]");
  var note = form && form.querySelector("[data-left]");
  if (!note) return;
  var kind = form.dataset.marks, most = Number(form.dataset.most), money = Number(form.dataset.money);
  var shown = note.querySelector("b"), button = form.querySelector("[data-sum]");
  if (button) button.hidden = true;

  function yuan(fen) {
    var sign = fen < 0 ? "-" : "", whole = Math.abs(fen), rest = whole % 100;
    var text = String(Math.floor(whole / 100)).replace(/\B(?=(\d{3})+$)/g, ",");
    if (rest) text += "." + (rest < 10 ? "0" : "") + rest;
    return form.dataset.unit.replace("{n}", sign + text);
  }
  function look() {
    var left;
    if (kind === "points" || kind === "ranking") {
      left = most;
      form.querySelectorAll("[name^=mark_]").forEach(function (one) {
        var number = /^\d+$/.test(one.value.trim()) ? Number(one.value) : 0;
        left -= kind === "points" ? number : number ? 1 : 0;
      });
    } else {
      left = kind === "knapsack" ? money : most;
      form.querySelectorAll("input[name=pick]:checked").forEach(function (one) {
        left -= kind === "knapsack" ? Number(one.dataset.price) : 1;
      });
    }
    var said = kind === "knapsack" ? yuan(left) : String(left);
    if (shown.textContent !== said) shown.textContent = said;
    note.classList.toggle("over", left < 0);
  }
  form.addEventListener("input", look);
  form.addEventListener("change", look);
  look();
})();
