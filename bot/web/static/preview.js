// The Preview tab: drawn again in place when a file was saved, and when another view of the entry is chosen.

import { onReload, onReturn } from "./live.js";
import "./find.js";
import { swap } from "./swap.js";

const refresh = () => swap(location.href, ["main", "entries"]);

onReload(refresh);
onReturn(refresh);

document.getElementById("main").addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-swap]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (await swap(link.href, ["main"])) history.pushState(null, "", link.href);
  else location.assign(link.href);
});

addEventListener("popstate", refresh);
