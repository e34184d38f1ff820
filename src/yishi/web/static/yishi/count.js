/* Yishi 议事: says at once whether for, against and abstained make up those who are there. Without
   this file the server says it. */
(function () {
  "use strict";
  var boxes = document.querySelectorAll("[data-tally]");
  if (!boxes.length) return;
  function total(inputs) {
    var sum = 0, all = inputs.length > 0;
    inputs.forEach(function (one) {
      if (one.value === "" || !one.validity.valid) all = false;
      else sum += Number(one.value);
    });
    return all ? sum : null;
  }
  function look() {
    var here = total(document.querySelectorAll("[data-present] input"));
    boxes.forEach(function (box) {
      var note = box.querySelector("[data-sum]");
      if (!note.dataset.said) note.dataset.said = note.textContent;
      var sum = total(box.querySelectorAll("input"));
      var known = here !== null && sum !== null;
      var said = !known ? note.dataset.said : sum === here ? note.dataset.right : note.dataset.wrong;
      said = said.replace("{sum}", sum).replace("{here}", here);
      if (note.textContent !== said) note.textContent = said;
      note.classList.toggle("right", known && sum === here);
      note.classList.toggle("wrong", known && sum !== here);
    });
  }
  boxes.forEach(function (box) { box.querySelector("[data-sum]").setAttribute("aria-live", "polite"); });
  document.addEventListener("input", look);
  look();
})();
