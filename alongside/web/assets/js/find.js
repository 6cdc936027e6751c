// The key "/" goes to the box that finds people, unless somebody is typing.
export function startFinding() {
  const box = document.querySelector("#find-anywhere, .al-find input[name=q]");
  if (!box) return;
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    box.focus();
  });
}
