// Shows the "select all" box of a table, which does nothing without scripts.
export function startSelectAll() {
  for (const all of document.querySelectorAll("[data-select-all]")) {
    const boxes = [
      ...all.closest("table").querySelectorAll("tbody input[type=checkbox]"),
    ];
    const label = all.closest("[hidden]");
    if (label) label.hidden = false;
    const settle = () => {
      const chosen = boxes.filter((box) => box.checked).length;
      all.checked = chosen === boxes.length && chosen > 0;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    };
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
    });
    for (const box of boxes) box.addEventListener("change", settle);
    settle();
  }
}
