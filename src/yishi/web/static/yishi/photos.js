/* Yishi 议事: photos of a form. Shown at once, made smaller before they travel, one more at a time:
   taken, chosen, pasted or dropped. The file input is what is sent; without this file it is all. */
(function () {
  "use strict";
  var words = document.body.dataset;
  if (!window.createImageBitmap || !window.DataTransfer) return;

  function draw(picture, edge) {
    var scale = Math.min(1, edge / Math.max(picture.width, picture.height));
    var canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return canvas;
  }
  /* Canvas keeps no EXIF. What cannot be read travels as it is: the server says what is wrong. */
  function shrink(file, edge) {
    return createImageBitmap(file, { imageOrientation: "from-image" }).then(function (picture) {
      var seen = { file: file, small: draw(picture, 320) };
      if (Math.max(picture.width, picture.height) <= edge && file.size < 600000) return seen;
      var canvas = draw(picture, edge);
      return new Promise(function (done) {
        canvas.toBlob(function (blob) {
          var name = file.name.replace(/\.\w+$/, "") + ".jpg";
          if (blob && blob.size < file.size) seen.file = new File([blob], name, { type: "image/jpeg" });
          done(seen);
        }, "image/jpeg", 0.85);
      });
    }).catch(function () { return { file: file, small: null }; });
  }

  function begin(box) {
    var input = box.querySelector("input[type=file]");
    var shown = box.querySelector("[data-shown]");
    if (!input || !shown || box.classList.contains("live")) return;
    var form = input.form, held = [];
    box.classList.add("live");

    function put() {
      var carry = new DataTransfer();
      held.forEach(function (one) { carry.items.add(one.file); });
      input.files = carry.files;
      shown.textContent = "";
      held.forEach(function (one, at) {
        var item = document.createElement("span");
        item.className = "photo-held";
        if (one.small) {
          one.small.setAttribute("role", "img");
          one.small.setAttribute("aria-label", (words.chosen || "") + " " + (at + 1));
          item.appendChild(one.small);
        } else {
          item.appendChild(document.createTextNode(one.file.name));
        }
        var out = document.createElement("button");
        out.type = "button";
        out.textContent = "×";
        out.setAttribute("aria-label", (words.out || "") + " " + (at + 1));
        out.addEventListener("click", function () {
          held.splice(held.indexOf(one), 1);
          put();
          input.focus();
          box.dispatchEvent(new CustomEvent("yishi:photos", { bubbles: true }));
        });
        item.appendChild(out);
        shown.appendChild(item);
      });
    }
    function add(files) {
      var edge = Number(box.dataset.edge) || 2048;
      if (form) form.dataset.working = "1";
      Promise.all(Array.prototype.map.call(files, function (file) { return shrink(file, edge); }))
        .then(function (more) {
          held = input.multiple ? held.concat(more) : more.slice(-1);
          put();
          box.dispatchEvent(new CustomEvent("yishi:photos", { bubbles: true }));
        }).catch(function () {}).then(function () {
          if (!form) return;
          delete form.dataset.working;
          if (!form.dataset.waiting) return;
          delete form.dataset.waiting;
          /* By the button that was pressed: it may say more than to send. */
          var by = form.waitingFor && form.contains(form.waitingFor) ? form.waitingFor : undefined;
          if (form.requestSubmit) form.requestSubmit(by);
        });
    }
    input.addEventListener("change", function () { add(input.files); });
    box.addEventListener("yishi:add", function (event) { add(event.detail); });
    if (form) form.addEventListener("reset", function () { held = []; setTimeout(put, 0); });
  }

  /* A screenshot pasted or dropped anywhere goes to the box at hand, else to the first. */
  function images(files) {
    return Array.prototype.filter.call(files || [], function (file) { return /^image\//.test(file.type); });
  }
  function boxFor(at) {
    return (at.closest && at.closest("[data-photo]")) || document.querySelector("[data-photo].live");
  }
  document.addEventListener("paste", function (event) {
    var found = images(event.clipboardData && event.clipboardData.files);
    var box = found.length && boxFor(event.target);
    if (!box) return;
    box.dispatchEvent(new CustomEvent("yishi:add", { detail: found }));
    if (event.clipboardData.types.indexOf("text/plain") < 0) event.preventDefault();
  });
  document.addEventListener("dragover", function (event) {
    if (document.querySelector("[data-photo].live")) event.preventDefault();
  });
  document.addEventListener("drop", function (event) {
    var found = images(event.dataTransfer && event.dataTransfer.files);
    var box = found.length && boxFor(event.target);
    if (!box) return;
    event.preventDefault();
    box.dispatchEvent(new CustomEvent("yishi:add", { detail: found }));
  });

  document.querySelectorAll("[data-photo]").forEach(begin);
  document.addEventListener("htmx:load", function (event) {
    if (event.target !== document.body) event.target.querySelectorAll("[data-photo]").forEach(begin);
  });
})();
