// Dates in a field stay in their order after Arabic letters: an unseen mark stands before their hyphens while
// they are typed, and is taken out before they are sent. web/typed.py does the same and says why.
"use strict";
(() => {
  const MARK = "\u200e";
  const FIELDS = "input[dir=auto]";
  const HYPHEN = /(?<=[0-9])-(?=[0-9])/g;
  const MARKED = /(?<=[0-9])\u200e+(?=-)/g;
  const ARABIC = /[\u0620-\u064a\u066e-\u06d3]/;

  const ordered = (before, text) => {
    if (!ARABIC.test(before + text)) return text;
    const isHyphen = text === "-" && /[0-9]$/.test(before);
    return isHyphen ? MARK + text : text.replaceAll(HYPHEN, `${MARK}-`);
  };

  document.addEventListener("beforeinput", (event) => {
    const field = event.target;
    if (!field.matches?.(FIELDS) || event.isComposing || !event.data || !/^insert(Text|FromPaste)$/.test(event.inputType)) return;
    const made = ordered(field.value.slice(0, field.selectionStart), event.data);
    if (made === event.data) return;
    event.preventDefault();
    document.execCommand("insertText", false, made); // so that it can be undone, as setting the value could not
  });

  document.addEventListener("formdata", ({ target, formData }) => {
    for (const { name } of target.querySelectorAll(FIELDS)) {
      const values = formData.getAll(name).map((value) => value.replaceAll(MARKED, ""));
      if (values.length) formData.set(name, values[0]); // stays where it stood
      for (const value of values.slice(1)) formData.append(name, value);
    }
  });
})();
