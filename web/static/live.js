/* The next results in the place of these, without loading the page anew.

A link or a form that leads to the same kind of page is fetched, and what is in <main> is replaced. Whatever
else happens, the browser goes there as it would without this. Scripts of parts of the page listen for
`arshif:shown` on the document, which says that there is something new. */

(() => {
  "use strict";

  const REPLACED = [".tongues", ".places", ".colophon > p"]; // besides <main>, what depends on the address
  const SHEETS = "link[rel=stylesheet]";
  const ABOUT = "link[rel=alternate]"; // of the address too, in <head>
  const TOP = ".pages, .box"; // from here one goes to the top, from elsewhere one stays where one is
  const SETTLED = 150; // milliseconds without scrolling

  const main = document.querySelector("main");
  const said = document.createElement("p");
  said.className = "unseen";
  said.setAttribute("aria-live", "polite");
  document.body.append(said);

  let underway = null;
  let shown = location.pathname + location.search;

  const page = (url) => url.pathname + url.search;

  const isLive = (url) => url.origin === location.origin && url.pathname === location.pathname;

  /* Whether a page can stand in the place of this one: the same language, and scripts of the same version. */
  const isAlike = (next) => next.documentElement.lang === document.documentElement.lang && scripts(next) === scripts(document);

  /* Style sheets that only the next page has are loaded first. */
  const dress = (next) => {
    const here = sheets(document);
    const missing = sheets(next).filter((address) => !here.includes(address));
    if (missing.some((address) => here.some((other) => other.split("?")[0] === address.split("?")[0]))) throw new Error("another version");
    return Promise.all(missing.map((address) => new Promise((loaded, failed) => {
      const link = document.createElement("link");
      Object.assign(link, { rel: "stylesheet", href: address, onload: loaded, onerror: failed });
      document.head.append(link);
    })));
  };

  const addresses = (from, kind, name) => [...from.querySelectorAll(kind)].map((each) => each.getAttribute(name));
  const scripts = (from) => addresses(from, "script[src]", "src").join();
  const sheets = (from) => addresses(from, SHEETS, "href");

  /* Which element of one page is which of the next: by its id, or by its words in a part that has a name. */
  const nameOf = (element) => {
    const part = element.closest("[aria-labelledby], [aria-label], form, details");
    const words = (element.querySelector("bdi") ?? element).textContent.trim();
    return [part?.getAttribute("aria-labelledby") ?? part?.className, element.tagName, element.className, words].join("|");
  };

  const same = (old) => {
    if (!old || old === main || !main.contains(old)) return null;
    const { id } = old;
    const name = nameOf(old);
    return () => (id ? document.getElementById(id) : [...main.querySelectorAll(old.tagName)].find((each) => nameOf(each) === name));
  };

  const fill = (next, typed) => {
    const box = document.querySelector(".masthead .box");
    const filled = next.querySelector(".masthead .box");
    if (!box || !filled) return;
    box.querySelectorAll("input[type=hidden]").forEach((each) => each.remove());
    box.append(...filled.querySelectorAll("input[type=hidden]"));
    const field = box.querySelector("[name=q]");
    if (field.value === typed) field.value = filled.querySelector("[name=q]").value;
  };

  const show = (next, typed) => {
    const focus = same(document.activeElement);
    const open = new Set([...main.querySelectorAll("details[open] > summary")].map(nameOf));
    document.title = next.title;
    main.replaceChildren(...next.querySelector("main").childNodes);
    for (const part of REPLACED) document.querySelector(part)?.replaceWith(next.querySelector(part) ?? "");
    document.head.querySelectorAll(ABOUT).forEach((each) => each.remove());
    document.head.append(...next.head.querySelectorAll(ABOUT));
    fill(next, typed);
    for (const summary of main.querySelectorAll("summary")) {
      if (open.has(nameOf(summary))) summary.parentElement.open = true;
    }
    const total = main.querySelector("[role=status]");
    total?.removeAttribute("role"); // or it would be said twice
    said.textContent = total?.textContent ?? document.title;
    return focus;
  };

  const get = async (url, signal) => {
    const answer = await fetch(url, { signal, headers: { Accept: "text/html" } });
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.ok || !next.querySelector("main") || !isAlike(next)) throw new Error("another page");
    await dress(next);
    return next;
  };

  const typedNow = () => document.querySelector(".masthead .box [name=q]")?.value;

  const settle = (focus, top) => {
    if (typeof top === "number") scrollTo({ top, behavior: "instant" });
    (focus?.() ?? main).focus({ preventScroll: true });
  };

  const go = async (url, { pushes, top, from }) => {
    underway?.abort();
    const request = (underway = new AbortController());
    const typed = typedNow();
    main.setAttribute("aria-busy", "true");
    try {
      const next = await get(url, request.signal);
      if (pushes) {
        remember();
        history.pushState(null, "", url);
      }
      shown = page(new URL(location.href));
      const focus = show(next, typed);
      document.dispatchEvent(new CustomEvent("arshif:shown"));
      settle(from?.closest(TOP) ? null : focus, top);
    } catch (error) {
      if (request.signal.aborted) return;
      if (pushes) location.assign(url);
      else location.reload();
    } finally {
      if (underway === request) main.removeAttribute("aria-busy");
    }
  };

  const follow = (event, url, from) => {
    event.preventDefault();
    go(url, { pushes: true, from, top: from.closest(TOP) ? 0 : undefined });
  };

  const isPlain = (event) => !event.defaultPrevented && event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || !isPlain(event) || link.matches("[download], [target], [hreflang]")) return;
    const url = new URL(link.getAttribute("href"), location.href);
    if (isLive(url) && !url.hash) follow(event, url, link);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const url = new URL(form.action);
    if (event.defaultPrevented || form.method !== "get" || form.target || !isLive(url)) return;
    const fields = [...new FormData(form, event.submitter)].filter(([name, value]) => value || name === "q");
    url.search = new URLSearchParams(fields);
    follow(event, url, form);
  });

  const remember = () => history.replaceState({ top: scrollY }, "");
  let settling;
  addEventListener("scroll", () => {
    clearTimeout(settling);
    settling = setTimeout(remember, SETTLED);
  });
  addEventListener("pagehide", remember);
  addEventListener("popstate", (event) => {
    clearTimeout(settling); // where one was belongs to the page that was left
    if (page(new URL(location.href)) !== shown) go(new URL(location.href), { pushes: false, top: event.state?.top ?? 0 });
  });
  history.scrollRestoration = "manual";
  if (history.state?.top) scrollTo({ top: history.state.top, behavior: "instant" });
})();
