// The event stream: says whether it is there, and hands what arrives to whoever listens.

const status = document.getElementById("status");
const stream = new EventSource("/live");

const show = (state, words) => {
  status.dataset.state = state;
  status.textContent = words;
};

let known = document.body.dataset.revision;
let opened = false;

const clock = () => new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** Call `listener(data)` for each event called `name`. */
export const on = (name, listener) => {
  stream.addEventListener(name, (event) => listener(JSON.parse(event.data)));
};

/** Call `listener()` when the stream is back after it was lost: events may have been missed. */
export const onReturn = (listener) => document.addEventListener("live:return", listener);

/** Call `listener()` when the files have changed. It may return a promise; the status waits for it. */
export const onReload = (listener) => {
  const reload = async ({ revision }) => {
    if (revision === known) return;
    known = revision;
    await listener();
    show("reloaded", `reloaded ${clock()}`);
  };
  on("library", reload);
  on("hello", reload);
};

on("hello", () => {
  show("live", "live");
  if (opened) document.dispatchEvent(new CustomEvent("live:return"));
  opened = true;
});
stream.addEventListener("error", () => show("lost", "disconnected"));
