// Keys: / goes to the box, arrows (or j and k) walk the results, Escape leaves both.
// They are read outside of fields alone, and can be turned off (WCAG 2.1.4).
"use strict";
(() => {
  const OFF = "arshif.keys.off";
  const FIELDS = "input, textarea, select, [contenteditable]";
  const WIDGETS = "button, summary, dialog, [role=listbox], [role=menu], [role=slider], [role=grid]";
  const LINKS = ".results h3 a, .kwic .keyword";
  const panel = document.getElementById("keys");
  const box = () => document.getElementById("q");
  const focused = () => document.activeElement;
  let isOn = true;

  const stored = {
    read() {
      try { return localStorage.getItem(OFF) === null; } catch { return true; }
    },
    write(on) {
      try { on ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1"); } catch { /* not kept, then */ }
    },
  };

  // What is pressed: by its letter, or where it stands when another script is on the keyboard (ظ for /, ت for j).
  const PLACES = { Slash: "/", KeyJ: "j", KeyK: "k" };
  const pressed = (event) =>
    event.key.length === 1 && event.key > "~" && !event.shiftKey ? PLACES[event.code] : event.key;

  function step(by) {
    const links = [...document.querySelectorAll(LINKS)];
    const here = links.indexOf(focused());
    const next = links[here < 0 && by > 0 ? 0 : here + by];
    if (here < 0 && by < 0) return false;
    next?.focus();
    return Boolean(next);
  }

  function leave() {
    const element = focused();
    if (!element?.matches(`#q, ${LINKS}`) || element.getAttribute("aria-expanded") === "true") return false;
    element.blur();
    return true;
  }

  function search() {
    const field = box();
    field?.focus();
    field?.select();
    return Boolean(field);
  }

  // Arrows scroll a page, too: they walk from a result to the next, or into the results where nothing has the focus.
  const walks = () => focused() === document.body || focused()?.matches(`main, ${LINKS}`);
  const ANYWHERE = { "/": search, j: () => step(1), k: () => step(-1) };
  const WALKING = { ArrowDown: () => step(1), ArrowUp: () => step(-1) };

  function answer(event) {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") return leave() && event.preventDefault();
    if (!isOn || event.target.closest?.(FIELDS)) return;
    const key = pressed(event);
    const action = ANYWHERE[key] ?? (walks() ? WALKING[key] : undefined);
    if (action && !focused()?.closest(key === "/" ? "dialog" : WIDGETS) && action()) event.preventDefault();
  }

  function show() {
    panel.querySelector("input").checked = isOn;
    isOn ? box()?.setAttribute("aria-keyshortcuts", "/") : box()?.removeAttribute("aria-keyshortcuts");
  }

  isOn = stored.read();
  document.addEventListener("keydown", answer);
  panel.querySelector("input").addEventListener("change", (event) => {
    isOn = event.target.checked;
    stored.write(isOn);
    show();
  });
  panel.hidden = false;
  show();
})();
