// Warns before a quiet session ends, so that nobody loses a note half written; and
// when it has ended, takes away what was on the screen, for whoever passes the desk.
const WARN_MINUTES_BEFORE = 2;
const MINUTE = 60_000;

export function startIdleWarning() {
  const box = document.querySelector("[data-idle-minutes]");
  if (!box) return;
  const quiet = Number(box.dataset.idleMinutes) * MINUTE;
  let seen, warning, ending;

  const begin = () => {
    seen = Date.now();
    box.hidden = true;
    clearTimeout(warning);
    clearTimeout(ending);
    warning = setTimeout(() => (box.hidden = false), quiet - WARN_MINUTES_BEFORE * MINUTE);
    // The server's own note of the last page may be a minute old.
    ending = setTimeout(look, quiet + MINUTE);
  };
  const look = async () => {
    clearTimeout(ending);
    // HEAD does not count as use. Another tab may have kept the session alive.
    if (await isAlive(box, "HEAD")) ending = setTimeout(look, MINUTE);
    else blank(box.dataset.signInUrl);
  };

  begin();
  box.querySelector("button").addEventListener("click", async () => {
    if (await isAlive(box, "GET")) begin();
    else blank(box.dataset.signInUrl);
  });
  // Timers stand still while a computer sleeps.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() - seen >= quiet) look();
  });
}

// No answer counts as "no": who is signed in cannot be known then.
async function isAlive(box, method) {
  const asked = { method, redirect: "error" };
  const answer = await fetch(box.dataset.idleUrl, asked).catch(() => null);
  return Boolean(answer?.ok);
}

function blank(signInUrl) {
  const main = made("main", "al-main govuk-width-container");
  main.tabIndex = -1;
  const link = made("a", "govuk-link", "Sign in again");
  link.href = signInUrl;
  const onward = made("p", "govuk-body");
  onward.append(link);
  main.append(
    made("h1", "govuk-heading-l", "You were signed out"),
    made("p", "govuk-body", "What was on this page has been taken off the screen."),
    onward,
  );
  document.title = "You were signed out - Alongside";
  document.body.replaceChildren(main);
  main.focus();
}

function made(name, classes, text = "") {
  const element = document.createElement(name);
  element.className = classes;
  element.textContent = text;
  return element;
}
