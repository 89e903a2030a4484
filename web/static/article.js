// From one marked word to the next, by buttons and by the keys n and p; a button that prints.
"use strict";

(() => {
  const paper = document.querySelector(".paper");
  paper.hidden = false;
  paper.querySelector("button").addEventListener("click", () => window.print());

  const bar = document.querySelector(".jumps");
  if (!bar) return;
  const marks = [...document.querySelectorAll("mark[id]")];
  const place = bar.querySelector("output");
  let here = -1;

  const show = () => {
    bar.querySelector(".how-many").hidden = here >= 0;
    if (here >= 0) place.value = bar.dataset.place.replace("{here}", here + 1).replace("{all}", marks.length);
  };

  const go = (next) => {
    marks[here]?.classList.remove("here");
    here = (next + marks.length) % marks.length;
    const mark = marks[here];
    mark.classList.add("here");
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: "center" });
    show();
  };

  const steps = { next: () => go(here + 1), previous: () => go(here < 0 ? -1 : here - 1) };
  for (const name of Object.keys(steps)) bar.querySelector(`.${name}`).addEventListener("click", steps[name]);

  // Letters can be turned off, where keys.js says what they do (WCAG 2.1.4).
  const isOff = () => {
    try { return localStorage.getItem("arshif.keys.off") !== null; } catch { return false; }
  };
  const keys = { n: steps.next, p: steps.previous };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || isOff() || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    // By its place too: on an Arabic keyboard the key of n writes another letter.
    const key = keys[event.key] ? event.key : { KeyN: "n", KeyP: "p" }[event.code];
    if (!keys[key]) return;
    event.preventDefault();
    keys[key]();
  });

  const named = marks.findIndex((mark) => `#${mark.id}` === location.hash);
  bar.classList.add("scripted");
  bar.querySelector(".keys").hidden = false;
  here = named;
  show();
})();
