// Suggestions in the box: a combobox with a list (WAI-ARIA), and recent searches, kept in this browser alone.
"use strict";
(() => {
  const RECENT = "arshif.recent";
  const OFF = "arshif.recent.off";
  const KEPT = 10;
  const SHOWN = 5;
  const LONGEST = 300;
  const WAIT = 150; // milliseconds without a key
  const box = document.getElementById("q");
  const panel = document.getElementById("suggest");
  if (!box || !panel) return;
  const list = document.getElementById("suggestions");
  const status = document.getElementById("suggest-status");
  const controls = panel.querySelector(".kept");
  let typed = box.value; // what the reader typed, whatever option is shown in the box
  let chosen = -1;
  let timer = 0;
  let request = null;

  const store = {
    get(name) { try { return localStorage.getItem(name); } catch { return null; } },
    set(name, value) { try { localStorage.setItem(name, value); } catch { /* not kept, then */ } },
    drop(name) { try { localStorage.removeItem(name); } catch { /* nothing was kept */ } },
  };
  const clean = (text) => text.replaceAll("\u200e", ""); // order.js puts this mark into dates
  const keeps = () => store.get(OFF) === null;
  function recent() {
    if (!keeps()) return [];
    try {
      const kept = JSON.parse(store.get(RECENT) ?? "[]");
      return Array.isArray(kept) ? kept.filter((each) => typeof each === "string" && each.trim()) : [];
    } catch { return []; }
  }
  function keep(text) {
    const words = clean(text).trim();
    if (!words || words.length > LONGEST || !keeps()) return;
    store.set(RECENT, JSON.stringify([words, ...recent().filter((each) => each !== words)].slice(0, KEPT)));
  }

  const isOpen = () => !panel.hidden;
  const options = () => [...list.children];

  function choose(number) {
    const all = options();
    all[chosen]?.setAttribute("aria-selected", "false");
    chosen = number;
    const option = all[chosen];
    box.value = option ? option.dataset.text : typed;
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", option.id);
    } else box.removeAttribute("aria-activedescendant");
  }

  function close() {
    clearTimeout(timer);
    request?.abort();
    panel.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
    status.textContent = "";
  }

  // Text is only ever set as text: a title may hold anything.
  function option({ text, note }, number) {
    const item = document.createElement("div");
    item.id = `suggestion-${number}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.text = text;
    const words = document.createElement("bdi");
    words.textContent = text;
    item.append(words);
    if (note) {
      const said = document.createElement("span");
      said.className = "note";
      said.textContent = note;
      item.append(said);
    }
    return item;
  }

  function show(found) {
    chosen = -1;
    box.removeAttribute("aria-activedescendant");
    list.replaceChildren(...found.map(option));
    const hasRecent = found.some((each) => each.isRecent);
    const shown = { clear: hasRecent, off: hasRecent, on: !keeps() };
    for (const button of controls.querySelectorAll("button")) button.hidden = !shown[button.dataset.do];
    controls.querySelector("span").hidden = !hasRecent;
    controls.hidden = !hasRecent && keeps();
    list.hidden = !found.length;
    panel.hidden = !found.length;
    box.setAttribute("aria-expanded", String(isOpen()));
    status.textContent = found.length ? status.dataset.some.replace("{count}", found.length) : status.dataset.none;
  }

  function remembered() {
    const words = clean(typed).trim();
    const same = recent().filter((each) => each.startsWith(words) && each !== words);
    return same.slice(0, words ? 2 : SHOWN).map((text) => ({ text, note: list.dataset.recent, isRecent: true }));
  }

  async function fetched(signal) {
    const address = new URL(panel.dataset.address, location.href);
    address.searchParams.set("q", clean(typed));
    const answer = await fetch(address, { signal, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return (await answer.json()).suggestions;
  }

  async function suggest() {
    request?.abort();
    if (chosen < 0) typed = box.value;
    const mine = (request = new AbortController());
    const old = remembered();
    let found = [];
    if (typed.trim()) {
      try { found = await fetched(mine.signal); } catch { if (mine.signal.aborted) return; }
    }
    if (mine.signal.aborted || document.activeElement !== box) return;
    const known = new Set(old.map((each) => each.text));
    const others = found.filter((each) => !known.has(each.text));
    show([...old, ...others.map(({ text, kind }) => ({ text, note: kind === "title" ? list.dataset.title : "" }))]);
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(suggest, WAIT);
  }

  function move(by) {
    if (!isOpen()) return void suggest();
    const count = options().length;
    const next = chosen + by; // before the first and after the last stands what was typed
    choose(next < -1 ? count - 1 : next >= count ? -1 : next);
  }

  const KEYS = {
    ArrowDown: (event) => move(event.altKey ? 0 : 1),
    ArrowUp: (event) => (event.altKey ? close() : move(-1)),
    Escape() {
      choose(-1);
      close();
    },
  };

  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || !KEYS[event.key]) return;
    if (event.key === "Escape" && !isOpen()) return;
    event.preventDefault();
    KEYS[event.key](event);
  });
  box.addEventListener("input", (event) => {
    typed = box.value;
    if (!event.isComposing) later();
  });
  box.addEventListener("compositionend", later);
  box.addEventListener("focus", () => { if (!box.value) suggest(); });
  box.addEventListener("click", () => { if (!isOpen()) suggest(); });
  box.form.addEventListener("submit", () => {
    keep(box.value);
    close();
  });
  box.form.addEventListener("focusout", (event) => { if (!box.form.contains(event.relatedTarget)) close(); });
  panel.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (!item) return;
    box.value = typed = item.dataset.text;
    box.form.requestSubmit();
  });
  const ACTIONS = {
    clear() { store.drop(RECENT); },
    off() { store.drop(RECENT); store.set(OFF, "1"); },
    on() { store.drop(OFF); },
  };
  controls.addEventListener("click", (event) => {
    const action = ACTIONS[event.target.closest("button")?.dataset.do];
    if (!action) return;
    action();
    box.focus();
    suggest();
  });

  const roles = { role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox",
    "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(roles)) box.setAttribute(name, value);
  window.addEventListener("pageshow", () => { typed = box.value; close(); });
})();
