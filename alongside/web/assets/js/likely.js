// Says, while somebody is being written down, that they may be known already. What is
// sent is only what records are compared by, and only when typing pauses.
const PAUSE = 400;
const COMPARED = [
  "given_names",
  "surname",
  "date_of_birth_0",
  "date_of_birth_1",
  "date_of_birth_2",
  "gender",
  "mobile_phone",
  "home_phone",
  "email",
  "address",
  "postcode",
];

export function startLikely() {
  const form = document.querySelector("form[data-likely]");
  const box = document.querySelector("#likely");
  if (!form || !box) return;
  let timer;
  let asked;
  let last = "";
  let said = "";

  const ask = async () => {
    const typed = new URLSearchParams();
    for (const name of COMPARED) {
      const field = form.elements.namedItem(name);
      if (field && field.value.trim()) typed.set(name, field.value.trim());
    }
    const now = typed.toString();
    if (now === last) return;
    last = now;
    asked?.abort();
    asked = new AbortController();
    typed.set("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
    try {
      const answer = await fetch(form.dataset.likely, {
        method: "POST",
        body: typed,
        signal: asked.signal,
        credentials: "same-origin",
      });
      // A session that has ended is the page's own affair: here there is nothing to say.
      const text = answer.ok && !answer.redirected ? await answer.text() : "";
      if (text !== said) box.replaceChildren(...drawn(text ? JSON.parse(text) : {}));
      said = text;
    } catch (error) {
      if (error.name !== "AbortError") box.replaceChildren();
    }
  };
  form.addEventListener("input", (event) => {
    if (!COMPARED.includes(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  ask();
}

// The same as the template of the page without scripts draws.
function drawn({ heading = "", people = [], ask = "" }) {
  if (!people.length && !ask) return [];
  const section = made("section", "al-likely__box");
  if (people.length) {
    const list = made("ul", "govuk-list");
    list.append(...people.map(linked));
    section.append(made("h2", "govuk-heading-s", heading), list);
  }
  if (ask) section.append(made("p", "govuk-body", ask));
  return [section];
}

function linked({ text, href, about }) {
  const item = document.createElement("li");
  if (!href) {
    item.textContent = text;
    return item;
  }
  const link = made("a", "govuk-link", text);
  link.href = href;
  link.target = "_blank";
  link.rel = "noopener";
  link.append(made("span", "govuk-visually-hidden", ` (${about})`));
  item.append(link);
  return item;
}

function made(name, look, words = "") {
  const element = document.createElement(name);
  element.className = look;
  element.textContent = words;
  return element;
}
