// Menus that ask the bot while the reader types, such as the one in Slack's App Home.

const find = async ({ venue, post, key }, partial) => {
  try {
    const response = await fetch("/chat/search", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ venue, post, key, partial }),
    });
    return response.ok ? await response.json() : [];
  } catch {
    return []; // the server has gone; the status says so
  }
};

const offer = (box, found) => {
  const list = document.getElementById(box.getAttribute("list"));
  list.replaceChildren(
    ...found.map(({ label, value }) => {
      const option = document.createElement("option");
      option.value = label;
      option.dataset.value = value;
      return option;
    }),
  );
};

const chosen = (box) => [...box.list.options].find((each) => each.value === box.value)?.dataset.value;

/** Fill the typed menus within `root`, and call `press(menu, value)` when one of their options is chosen. */
export const searching = (root, press) => {
  let waiting;

  const take = (box) => {
    const value = chosen(box) ?? box.list.options[0]?.dataset.value;
    if (value) press(box, value);
  };

  root.addEventListener("input", (event) => {
    const box = event.target.closest("input[data-key]");
    if (!box) return;
    clearTimeout(waiting);
    if (chosen(box)) return take(box);
    waiting = setTimeout(async () => offer(box, box.value ? await find(box.dataset, box.value) : []), 80);
  });
  root.addEventListener("keydown", (event) => {
    const box = event.target.closest("input[data-key]");
    if (!box || event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    take(box);
  });
};
