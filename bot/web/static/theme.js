// Auto, light or dark: remembered in this browser. Runs before the first paint, so that nothing flashes.
(() => {
  const root = document.documentElement;
  const known = ["light", "dark"];

  const read = () => {
    try {
      return localStorage.getItem("theme") ?? "auto";
    } catch {
      return "auto"; // storage can be forbidden; the page works without a memory
    }
  };

  const apply = (theme) => {
    if (known.includes(theme)) root.dataset.theme = theme;
    else delete root.dataset.theme;
    for (const button of document.querySelectorAll("#theme button")) {
      button.setAttribute("aria-pressed", String(button.dataset.theme === (root.dataset.theme ?? "auto")));
    }
  };

  apply(read());
  addEventListener("DOMContentLoaded", () => {
    const group = document.getElementById("theme");
    group.hidden = false;
    apply(read());
    group.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      try {
        localStorage.setItem("theme", button.dataset.theme);
      } catch {
        // not remembered, but applied
      }
      apply(button.dataset.theme);
    });
  });
})();
