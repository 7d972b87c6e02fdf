// The Chat tab: sends lines and presses; what comes of them arrives by the event stream.

import { on, onReload, onReturn } from "./live.js";
import { refreshEntries } from "./find.js";
import { swap } from "./swap.js";
import * as choices from "./choices.js";
import { searching } from "./searching.js";

const form = document.getElementById("say");
const input = document.getElementById("line");
const panes = document.querySelector(".panes");

const history = [];
let recalled = 0;

const post = async (path, data) => {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(data),
    });
    if (!response.ok) console.warn(path, await response.text());
  } catch {
    // the server has gone; the status says so
  }
};

/** Bring a post into its pane from its beginning, and with what was typed before it where both fit. */
const reveal = (log, post) => {
  const said = log.querySelectorAll(".said");
  const from = said.length ? said[said.length - 1].closest(".post") : post;
  const fits = post.offsetTop + post.offsetHeight - from.offsetTop <= log.clientHeight;
  log.scrollTo({ top: Math.max((fits ? from : post).offsetTop - log.offsetTop - 8, 0) });
};

const inSight = (log, post) => {
  const top = post.offsetTop - log.offsetTop;
  return top < log.scrollTop + log.clientHeight && top + post.offsetHeight > log.scrollTop;
};

const change = ({ venue, change, id, html }) => {
  const log = document.getElementById(`${venue}-log`);
  const old = document.getElementById(id);
  if (change === "removed") return old?.remove();
  const fresh = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
  if (!fresh) return;
  document.adoptNode(fresh);
  if (!old) {
    log.append(fresh);
    return reveal(log, fresh);
  }
  const key = old.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  old.replaceWith(fresh);
  if (!inSight(log, fresh)) reveal(log, fresh);
  if (key !== null) (fresh.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? log).focus({ preventScroll: true });
};

const send = (line) => {
  if (!line.trim()) return;
  if (history.at(-1) !== line) history.push(line);
  recalled = history.length;
  choices.close();
  input.value = "";
  void post("/chat/send", { line });
};

/** Put an earlier (-1) or later (+1) line of the history into the input. */
const recall = (step) => {
  const at = Math.min(Math.max(recalled + step, 0), history.length);
  if (at === recalled) return;
  recalled = at;
  input.value = history[at] ?? "";
  choices.close();
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send(input.value);
});

input.addEventListener("keydown", (event) => {
  if (event.isComposing) return; // an input method is choosing characters
  const inHistory = !input.value || (recalled < history.length && input.value === history[recalled]);
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (step) {
    event.preventDefault();
    if (choices.isOpen() && !inHistory) choices.move(step);
    else if (inHistory) recall(step);
  } else if (event.key === "Enter" && choices.take()) {
    event.preventDefault();
  } else if (event.key === "Tab" && !event.shiftKey && choices.isOpen() && choices.take({ first: true })) {
    event.preventDefault();
  } else if (event.key === "Escape" && choices.isOpen()) {
    event.preventDefault();
    choices.close();
  }
});

document.querySelector(".examples").addEventListener("click", (event) => {
  const line = event.target.closest("button")?.dataset.line;
  if (line) send(line);
});

const press = (control, value) => {
  const { venue, post: id, key } = control.dataset;
  void post("/chat/press", { venue, post: id, key, value });
};

panes.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-key]");
  if (button) press(button, "");
});

panes.addEventListener("change", (event) => {
  const menu = event.target.closest("select[data-key]");
  if (menu?.value) press(menu, menu.value);
});

for (const button of panes.querySelectorAll("button[data-home]")) {
  button.addEventListener("click", () => void post("/chat/home", { venue: button.dataset.home }));
}

searching(panes, press);

for (const log of panes.querySelectorAll(".log")) {
  const linked = document.getElementById(location.hash.slice(1));
  const sent = location.hash === "#digest" ? [...log.querySelectorAll(".note")].at(-1)?.closest(".post") : linked;
  const top = sent && log.contains(sent) ? sent.offsetTop - log.offsetTop : log.scrollHeight;
  log.scrollTo({ top, behavior: "instant" });
}
on("chat", change);
onReload(refreshEntries);
onReturn(() => swap("/", ["slack-log", "discord-log"]));
