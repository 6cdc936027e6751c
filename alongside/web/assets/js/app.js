// Switches on what works better with scripts. Every page works without.
import { initAll } from "./govuk-frontend.min.js";
import { startCopying } from "./copy.js";
import { startFinding } from "./find.js";
import { startIdleWarning } from "./idle.js";
import { startLikely } from "./likely.js";
import { startKeys } from "./keys.js";
import { startPasskeys } from "./passkey.js";
import { startSelectAll } from "./select-all.js";

if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  initAll();
  startCopying();
  startFinding();
  startIdleWarning();
  startLikely();
  startKeys();
  startPasskeys();
  startSelectAll();
}
