// Put into a page by assert_keyboard_reachable: what Tab should reach, and has.
(() => {
  const selector =
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
  const usable = [...document.querySelectorAll(selector)].filter(
    (e) => !e.disabled && e.checkVisibility() && e.getClientRects().length && e.tabIndex >= 0,
  );
  // A group of radios is one stop: the arrows move inside it.
  const isStop = (e) => {
    if (e.type !== "radio") return true;
    const group = usable.filter((o) => o.type === "radio" && o.name === e.name);
    return e === (group.find((o) => o.checked) ?? group[0]);
  };
  const stops = usable.filter(isStop);
  const reached = new Set();
  const drawn = (style) =>
    style.boxShadow !== "none" ||
    (style.outlineStyle !== "none" && style.outlineWidth !== "0px");
  window.keyboard = {
    count: () => stops.length,
    look: () => {
      const e = document.activeElement;
      reached.add(e);
      // Hidden radios and boxes show their focus on their label.
      const styles = [getComputedStyle(e)];
      if (e.labels?.[0]) styles.push(getComputedStyle(e.labels[0], "::before"));
      const text = (e.name || e.textContent || "").trim().slice(0, 40);
      return {
        what: `${e.tagName.toLowerCase()} ${text}`,
        outside: e === document.body,
        visible: styles.some(drawn),
      };
    },
    missing: () =>
      stops.filter((e) => !reached.has(e)).map((e) => e.outerHTML.slice(0, 120)),
  };
})();
