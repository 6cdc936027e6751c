// Adds a "Copy" button to each phone number. Copying says its safety again.
export function startCopying() {
  if (!navigator.clipboard) return;
  for (const phone of document.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "al-copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy ${phone.dataset.copyName}`);
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(phone.dataset.copy);
      said.textContent = `Copied. ${phone.dataset.copySafety}`;
    });
    phone.append(button, said);
  }
}
