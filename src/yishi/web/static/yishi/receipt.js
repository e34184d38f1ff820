/* Yishi 议事: what one's share paid for, worked out here from the public table of the rounds and the
   ballot ticked on this page. Nothing is sent or kept. Fractions of whole numbers: to the last part
   of a fen what `counting/budget/receipts.py` says. Without this file the page tells how. */
(function () {
  "use strict";
  var sections = document.querySelectorAll("[data-receipt]");
  var ballot = document.querySelector("[data-ballot]");
  if (!sections.length || !ballot || typeof BigInt === "undefined") return;
  var NIL = BigInt(0), ONE = BigInt(1), TWO = BigInt(2), HUNDRED = BigInt(100);

  function gcd(a, b) { while (b !== NIL) { var rest = a % b; a = b; b = rest; } return a; }
  function fraction(n, d) {
    var shared = gcd(n < NIL ? -n : n, d);
    return shared > ONE ? { n: n / shared, d: d / shared } : { n: n, d: d };
  }
  function parse(text) {
    var parts = text.split("/");
    return fraction(BigInt(parts[0]), parts.length > 1 ? BigInt(parts[1]) : ONE);
  }
  function add(a, b) { return fraction(a.n * b.d + b.n * a.d, a.d * b.d); }
  function take(a, b) { return fraction(a.n * b.d - b.n * a.d, a.d * b.d); }
  function times(a, b) { return fraction(a.n * b.n, a.d * b.d); }
  function least(a, b) { return a.n * b.d <= b.n * a.d ? a : b; }
  function exact(a) { return a.d === ONE ? String(a.n) : a.n + "/" + a.d; }

  /* An amount to the hundredth, half to the even one, as the server writes it. */
  function said(a, box) {
    var n = a.n * HUNDRED, d = a.d * BigInt(box.dataset.unit);
    var cents = n / d, rest = n % d;
    if (rest * TWO > d || (rest * TWO === d && cents % TWO === ONE)) cents += ONE;
    var whole = String(cents / HUNDRED).replace(/\B(?=(\d{3})+$)/g, ",");
    var part = cents % HUNDRED;
    if (part !== NIL) whole += "." + (part < BigInt(10) ? "0" : "") + part;
    return (rest === NIL ? box.dataset.exact : box.dataset.about).replace("{n}", whole);
  }

  function receipt(box, chosen) {
    var left = parse(box.dataset.each), back = parse("0"), paid = [], second = false;
    document.querySelectorAll('[data-round="' + box.dataset.receipt + '"]').forEach(function (row) {
      if (row.hasAttribute("data-second") && !second) { left = add(left, back); second = true; }
      if (!chosen.has(row.dataset.project)) return;
      var gave = least(left, parse(row.dataset.most));
      left = take(left, gave);
      if (!second) back = add(back, times(gave, parse(row.dataset.gift)));
      paid.push({ project: row.dataset.project, gave: gave });
    });
    if (!second) left = add(left, back);
    return { paid: paid, left: left, back: back };
  }

  function line(list, words, value, note, kind, project) {
    var item = document.createElement("li"), name = document.createElement("span");
    name.textContent = words;
    item.appendChild(name);
    var amount = document.createElement("span");
    amount.className = "value";
    amount.textContent = value;
    item.appendChild(amount);
    if (note) {
      var small = document.createElement("small");
      small.textContent = note;
      item.appendChild(small);
    }
    item.dataset.kind = kind;
    if (project !== undefined) item.dataset.project = project;
    list.appendChild(item);
    return item;
  }

  function show(box, chosen) {
    var out = box.querySelector("[data-receipt-out]");
    out.textContent = "";
    if (!chosen.size) {
      var nothing = document.createElement("p");
      nothing.textContent = box.dataset.none;
      out.appendChild(nothing);
      return;
    }
    var told = receipt(box, chosen), each = parse(box.dataset.each), bought = new Set();
    var list = document.createElement("ol");
    list.className = "lines";
    line(list, box.dataset.purse, said(each, box), "", "purse").dataset.amount = exact(each);
    told.paid.forEach(function (one) {
      bought.add(one.project);
      var note = one.gave.n === NIL ? box.dataset.empty : "";
      line(list, chosen.get(one.project), "− " + said(one.gave, box), note, "paid", one.project).dataset.amount = exact(one.gave);
    });
    chosen.forEach(function (name, project) {
      if (!bought.has(project)) line(list, name, "—", box.dataset.lost, "lost", project);
    });
    if (told.back.n !== NIL) line(list, box.dataset.back, "+ " + said(told.back, box), "", "back").dataset.amount = exact(told.back);
    line(list, box.dataset.left, said(told.left, box), "", "left").dataset.amount = exact(told.left);
    out.appendChild(list);
  }

  function look() {
    var chosen = new Map();
    ballot.querySelectorAll("input:checked").forEach(function (one) { chosen.set(one.value, one.dataset.name); });
    sections.forEach(function (box) { show(box, chosen); });
  }
  sections.forEach(function (box) {
    box.querySelector("[data-fallback]").hidden = true;
    box.querySelector("[data-receipt-out]").hidden = false;
  });
  ballot.hidden = false;
  ballot.addEventListener("change", look);
  look();
})();
