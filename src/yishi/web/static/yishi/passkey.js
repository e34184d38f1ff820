/* Passkeys: the one thing of Yishi that needs a script. A form with data-passkey="get" or
   "create" asks the browser, puts the answer into its hidden field and is sent. */
(function () {
  "use strict";

  var options = document.getElementById("passkey-options");
  var form = document.querySelector("form[data-passkey]");
  if (!options || !form || !window.PublicKeyCredential || !navigator.credentials) return;

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (char) { return char.charCodeAt(0); });
  }

  function text(buffer) {
    var plain = "";
    new Uint8Array(buffer).forEach(function (byte) { plain += String.fromCharCode(byte); });
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function withBytes(key) {
    return Object.assign({}, key, { id: bytes(key.id) });
  }

  function asked() {
    var key = JSON.parse(options.textContent).publicKey;
    key.challenge = bytes(key.challenge);
    if (key.user) key.user.id = bytes(key.user.id);
    if (key.excludeCredentials) key.excludeCredentials = key.excludeCredentials.map(withBytes);
    if (key.allowCredentials) key.allowCredentials = key.allowCredentials.map(withBytes);
    return { publicKey: key };
  }

  function answer(made) {
    var response = { clientDataJSON: text(made.response.clientDataJSON) };
    ["attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (name) {
      if (made.response[name]) response[name] = text(made.response[name]);
    });
    return {
      id: made.id,
      rawId: text(made.rawId),
      type: made.type,
      response: response,
      clientExtensionResults: made.getClientExtensionResults()
    };
  }

  form.hidden = false;
  var none = document.querySelector("[data-passkey-none]");
  if (none) none.hidden = true;

  form.addEventListener("submit", function (event) {
    if (form.elements.credential.value) return;
    event.preventDefault();
    var failed = form.querySelector("[data-failed]");
    failed.textContent = "";
    navigator.credentials[form.dataset.passkey](asked()).then(function (made) {
      form.elements.credential.value = JSON.stringify(answer(made));
      form.submit();
    }).catch(function () {
      failed.textContent = failed.dataset.failed;
    });
  });
})();
