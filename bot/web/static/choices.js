// The list of completions over the chat's input: an ARIA combobox (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/).

const input = document.getElementById("line");
const list = document.getElementById("choices");

let active = -1;
let asked = 0;
let waiting;

const options = () => [...list.children];

const mark = (at) => {
  active = at;
  options().forEach((each, index) => each.setAttribute("aria-selected", String(index === at)));
  const chosen = options()[at];
  if (chosen) {
    input.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  } else {
    input.removeAttribute("aria-activedescendant");
  }
};

const draw = (found) => {
  list.replaceChildren(
    ...found.map(({ label, line }, index) => {
      const each = document.createElement("li");
      each.id = `choice-${index}`;
      each.setAttribute("role", "option");
      each.dataset.line = line;
      each.textContent = label;
      return each;
    }),
  );
  list.hidden = found.length === 0;
  input.setAttribute("aria-expanded", String(!list.hidden));
  mark(-1);
};

/** Whether the list is open. */
export const isOpen = () => !list.hidden;

/** Close the list; an answer that is still on its way is not shown. */
export const close = () => {
  clearTimeout(waiting);
  asked += 1;
  draw([]);
};

/** Move the mark by `step`, round the ends; return false where there is nothing to move in. */
export const move = (step) => {
  const count = options().length;
  if (!count) return false;
  mark(active < 0 ? (step > 0 ? 0 : count - 1) : (active + step + count) % count);
  return true;
};

/** Take the marked completion (with `first`, the first one if none is marked); return whether there was one. */
export const take = ({ first = false } = {}) => {
  const chosen = options()[active < 0 && first ? 0 : active];
  if (!chosen) return false;
  input.value = chosen.dataset.line;
  close();
  if (input.value.endsWith(" ")) ask();
  return true;
};

const ask = async () => {
  const mine = ++asked;
  const line = input.value;
  if (!line.trim()) return draw([]);
  try {
    const response = await fetch(`/chat/complete?${new URLSearchParams({ line })}`);
    const found = response.ok ? await response.json() : [];
    if (mine === asked) draw(found.filter((each) => each.line !== line));
  } catch {
    if (mine === asked) draw([]);
  }
};

input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(ask, 60);
});
input.addEventListener("blur", () => {
  // Later than a click on the list, and not when the reader is back by then.
  setTimeout(() => document.activeElement !== input && close(), 150);
});
list.addEventListener("mousedown", (event) => event.preventDefault());
list.addEventListener("click", (event) => {
  const at = options().indexOf(event.target.closest("li"));
  if (at < 0) return;
  mark(at);
  take();
  input.focus();
});
