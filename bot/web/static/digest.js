// The Next digest tab: drawn again in place when a control changes, when a file was saved, and when a button leads on.

import { onReload, onReturn } from "./live.js";
import "./find.js";
import { swap } from "./swap.js";

const main = document.getElementById("main");
const refresh = () => swap(location.href, ["main", "entries"]);

const go = async (address) => {
  if (await swap(address, ["main"])) history.pushState(null, "", address);
  else location.assign(address);
};

onReload(refresh);
onReturn(refresh);
addEventListener("popstate", refresh);

main.addEventListener("change", (event) => {
  const form = event.target.closest("#order");
  if (!form || !form.checkValidity()) return;
  if (event.target.name === "seen" && event.target.value) form.elements.first.checked = false;
  const asked = new URLSearchParams(new FormData(form));
  void go(`${form.action}?${asked}`);
});

const send = async (button) => {
  button.disabled = true;
  try {
    const response = await fetch(button.dataset.send, {
      method: "POST",
      body: new URLSearchParams(button.dataset.order),
    });
    if (response.ok) return location.assign("/#digest"); // it stands in the chat now
    console.warn(button.dataset.send, await response.text());
  } catch {
    // the server has gone; the status says so
  }
  button.disabled = false;
};

main.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-send]");
  if (button) return void send(button);
  const link = event.target.closest("a[data-swap]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  void go(link.href);
});
