// Puts newly drawn parts of a page in the place of the old ones, and leaves the reader where they were.

const keyOf = (element) => element.id || element.dataset.key || element.getAttribute("href") || "";

const remember = (part) => {
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  const open = [...part.querySelectorAll("details")].map((each) => each.open);
  const scrolled = [part, ...part.querySelectorAll("[tabindex]")].map((each) => each.scrollTop);
  return { open, scrolled, focus: focused && { tag: focused.tagName, key: keyOf(focused) } };
};

const restore = (part, { open, scrolled, focus }) => {
  part.querySelectorAll("details").forEach((each, at) => {
    each.open = open[at] ?? each.open;
  });
  [part, ...part.querySelectorAll("[tabindex]")].forEach((each, at) => {
    each.scrollTop = scrolled[at] ?? 0;
  });
  if (!focus) return;
  const again = [...part.querySelectorAll(focus.tag)].find((each) => keyOf(each) === focus.key);
  again?.focus({ preventScroll: true });
};

/** Fetch `address` and put what it has under each of the ids into this page. Returns false when that failed. */
export const swap = async (address, ids) => {
  let text;
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    text = await response.text();
  } catch {
    return false; // the server has gone; the status says so, and it is asked again when it is back
  }
  const fresh = new DOMParser().parseFromString(text, "text/html");
  for (const id of ids) {
    const [old, found] = [document.getElementById(id), fresh.getElementById(id)];
    if (!old || !found) continue;
    const kept = remember(old);
    old.replaceChildren(...document.adoptNode(found).childNodes);
    restore(old, kept);
  }
  document.title = fresh.title || document.title;
  return true;
};
