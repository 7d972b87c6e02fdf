// The list of entries: searched on the server while typing; "/" focuses the box.

import { swap } from "./swap.js";

const box = document.getElementById("find-box");
let waiting;

const typing = (element) => element.closest?.("input, textarea, select, [contenteditable]");

const address = () => {
  const here = new URL(location.href);
  if (box.value) here.searchParams.set("q", box.value);
  else here.searchParams.delete("q");
  return here;
};

/** Draw the list of entries again. */
export const refreshEntries = () => swap(address(), ["entries"]);

box.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(refreshEntries, 80);
});

box.form.addEventListener("submit", (event) => {
  const first = document.querySelector("#entries a");
  if (!first) return;
  event.preventDefault();
  first.click();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  event.preventDefault();
  box.focus();
  box.select();
});
