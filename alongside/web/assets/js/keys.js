// Keys for pages that are worked through: each element with data-key is pressed by that
// key. They can be switched off on the page, for whoever speaks to their computer or
// slips easily.

function isTyping(target) {
  return target.closest?.("input, textarea, select, [contenteditable]");
}

function isUsing(target) {
  return target.closest?.("a, button, summary");
}

function pressed(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return [...document.querySelectorAll("[data-key]")].find((element) =>
    element.dataset.key.split(" ").includes(key),
  );
}

export function startKeys() {
  const help = document.querySelector("[data-keys-help]");
  if (!document.querySelector("[data-key]")) return;
  if (document.querySelector("[data-keys-off]")) return;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (isTyping(event.target)) return;
    if (event.key === "Enter" && isUsing(event.target)) return;
    if (event.key === "?" && help) {
      event.preventDefault();
      help.open = !help.open;
      if (help.open) help.scrollIntoView({ block: "nearest" });
      return;
    }
    const element = pressed(event);
    if (!element) return;
    event.preventDefault();
    element.click();
  });
  // Whoever presses keys quicker than a page can listen waits for this.
  document.documentElement.dataset.keys = "heard";
}
