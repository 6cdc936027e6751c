// Warns before a quiet session ends, so that nobody loses a note half written.
const WARN_MINUTES_BEFORE = 2;
const MINUTE = 60_000;

export function startIdleWarning() {
  const box = document.querySelector("[data-idle-minutes]");
  if (!box) return;
  const wait = (Number(box.dataset.idleMinutes) - WARN_MINUTES_BEFORE) * MINUTE;
  const button = box.querySelector("button");
  const show = () => {
    box.hidden = false;
  };
  let timer = setTimeout(show, wait);
  button.addEventListener("click", async () => {
    const answer = await fetch(box.dataset.idleUrl, { redirect: "error" }).catch(
      () => null,
    );
    if (!answer?.ok) {
      box.querySelector("p").textContent =
        "You have been signed out. Copy anything you have not saved, then sign in again.";
      button.hidden = true;
      return;
    }
    box.hidden = true;
    clearTimeout(timer);
    timer = setTimeout(show, wait);
  });
}
