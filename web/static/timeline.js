/* The timeline by keyboard and pointer. Its bars are links: one stop of the Tab key, arrows go from bar to bar.
A range of days is drawn over them with a pointer, or set with two sliders below them; both end in a link to
the results of these days, which is followed like any other. */

(() => {
  "use strict";

  const SLACK = 5; // pixels that a hand moves when it only clicks
  const SVG = "http://www.w3.org/2000/svg";

  const element = (name, attributes, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...inside);
    return made;
  };

  const dayBefore = (iso) => {
    const day = new Date(`${iso}T00:00:00Z`);
    day.setUTCDate(day.getUTCDate() - 1);
    return day.toISOString().slice(0, 10);
  };

  const slider = (label, count, value) => element("input", { type: "range", min: 0, max: count - 1, step: 1, value, "aria-label": label });

  /* One stop for all bars, as a toolbar has (WAI-ARIA Authoring Practices: a roving tabindex). */
  const rove = (bars) => {
    const links = [...bars.querySelectorAll("a")];
    const later = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const places = (here) => ({
      Home: 0,
      End: links.length - 1,
      ArrowLeft: here + (later === "ArrowLeft" ? 1 : -1),
      ArrowRight: here + (later === "ArrowRight" ? 1 : -1),
    });
    const stopAt = (link) => links.forEach((each) => each.setAttribute("tabindex", each === link ? "0" : "-1"));
    bars.setAttribute("role", "toolbar");
    // Not on the drawing itself: Chromium stops at an SVG that listens for the focus.
    bars.parentElement.addEventListener("focusin", (event) => links.includes(event.target) && stopAt(event.target));
    bars.addEventListener("keydown", (event) => {
      const next = links[places(links.indexOf(event.target))[event.key]];
      if (!next || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      next.focus();
    });
    stopAt(links[0]);
  };

  const prepare = () => {
    const bars = document.querySelector("svg.bars[data-starts]");
    if (!bars) return;
    const { narrowed, last, since, until, narrow } = bars.dataset;
    rove(bars);
    const starts = bars.dataset.starts.split(",");
    const count = starts.length;
    const rightToLeft = document.dir === "rtl";
    const lastOf = (place) => (place + 1 < count ? dayBefore(starts[place + 1]) : last);

    const picked = document.createElementNS(SVG, "rect");
    picked.setAttribute("class", "picked");
    picked.setAttribute("y", "16");
    picked.setAttribute("height", "76");
    bars.append(picked);

    const sliders = [slider(since, count, 0), slider(until, count, count - 1)];
    const days = element("bdi", {});
    const link = element("a", { href: narrowed }, narrow);
    const line = element("p", { class: "range", hidden: "" }, link, " ", days);
    const track = bars.parentElement.querySelector(".brush"); // its room is there before, so that nothing moves
    track.append(...sliders);
    for (const each of sliders) { // the middle of its thumb stands below the middle of a bar
      each.style.inlineSize = `calc(${(100 * (count - 1)) / count}% + 24px)`;
      each.style.marginInlineStart = `calc(${50 / count}% - 12px)`;
    }
    track.after(line);

    const ends = () => sliders.map((each) => Number(each.value)).sort((one, other) => one - other);

    const draw = () => {
      const [first, final] = ends();
      const isAll = first === 0 && final === count - 1;
      const left = rightToLeft ? count - 1 - final : first;
      picked.setAttribute("x", `${(100 * left) / count}%`);
      picked.setAttribute("width", isAll ? "0" : `${(100 * (final - first + 1)) / count}%`);
      link.href = `${narrowed}&from=${starts[first]}&to=${lastOf(final)}`;
      days.textContent = `${starts[first]} – ${lastOf(final)}`;
      line.hidden = isAll;
      sliders.forEach((each) => {
        const place = Number(each.value);
        each.setAttribute("aria-valuetext", place === first && place !== final ? starts[place] : lastOf(place));
      });
    };

    const pick = (one, other) => {
      [sliders[0].value, sliders[1].value] = [Math.min(one, other), Math.max(one, other)];
      draw();
    };

    for (const each of sliders) {
      each.addEventListener("input", draw);
      each.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && !line.hidden) link.click();
        if (event.key === "Escape") pick(0, count - 1);
      });
    }

    const placeOf = (event) => {
      const { left, width } = bars.getBoundingClientRect();
      const place = Math.floor((count * (event.clientX - left)) / width);
      const within = Math.min(count - 1, Math.max(0, place));
      return rightToLeft ? count - 1 - within : within;
    };

    let began = null;
    let isDrawn = false;
    bars.addEventListener("mousedown", (event) => event.preventDefault()); // neither focus nor drag a bar
    bars.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !event.isPrimary) return;
      began = { x: event.clientX, place: placeOf(event) };
      isDrawn = false;
    });
    bars.addEventListener("pointermove", (event) => {
      if (!began) return;
      if (!isDrawn && Math.abs(event.clientX - began.x) <= SLACK) return;
      if (!isDrawn) bars.setPointerCapture(event.pointerId);
      isDrawn = true;
      pick(began.place, placeOf(event));
    });
    bars.addEventListener("pointerup", () => {
      if (began && isDrawn && !line.hidden) link.click();
      began = null;
    });
    bars.addEventListener("pointercancel", () => {
      if (began && isDrawn) pick(0, count - 1);
      began = null;
    });
    bars.addEventListener("click", (event) => { // a bar that a drawn range ends on is not followed
      if (isDrawn) event.preventDefault();
      isDrawn = false;
    });
    draw();
  };

  document.addEventListener("arshif:shown", prepare);
  prepare();
})();
