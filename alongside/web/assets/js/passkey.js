// Asks the browser for a passkey when its form is sent, and sends what it answers.
const FAILED = "Your browser did not give a passkey. Try again, or use another way.";

const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) =>
    letter.charCodeAt(0),
  );

const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const withIds = (list) =>
  (list ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));

function asOptions(given) {
  const options = { ...given, challenge: toBytes(given.challenge) };
  if (given.user) options.user = { ...given.user, id: toBytes(given.user.id) };
  if (given.excludeCredentials)
    options.excludeCredentials = withIds(given.excludeCredentials);
  if (given.allowCredentials)
    options.allowCredentials = withIds(given.allowCredentials);
  return options;
}

function asAnswer(credential) {
  const { response } = credential;
  const said = { clientDataJSON: toText(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature"]) {
    if (response[name]) said[name] = toText(response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    clientExtensionResults: {},
    response: said,
  });
}

async function ask(form) {
  const options = { publicKey: asOptions(JSON.parse(form.dataset.passkeyOptions)) };
  const credentials = navigator.credentials;
  return form.dataset.passkey === "create"
    ? credentials.create(options)
    : credentials.get(options);
}

export function startPasskeys() {
  for (const form of document.querySelectorAll("[data-passkey]")) {
    const said = document.createElement("p");
    said.className = "govuk-error-message";
    said.setAttribute("role", "alert");
    form.prepend(said);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      said.textContent = "";
      try {
        form.elements.code.value = asAnswer(await ask(form));
      } catch {
        said.textContent = FAILED;
        return;
      }
      form.submit();
    });
  }
}
