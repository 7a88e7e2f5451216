/* Completions under the search box: a combobox with a list, after the WAI-ARIA Authoring
   Practices. Without this script the form works as it is. */
"use strict";

(() => {
  const DELAY = 120; // milliseconds without a key before the server is asked
  const KINDS = {
    word: "mot",
    country: "pays",
    actor: "acteur",
    title: "article",
  };
  const input = document.getElementById("q");
  if (!input || !window.fetch) return;

  const list = document.createElement("ul");
  list.id = "completions";
  list.className = "completions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  input.after(list);
  const status = document.createElement("div");
  status.className = "unseen";
  status.setAttribute("role", "status");
  list.after(status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);

  let timer = 0, asked = 0, chosen = -1, typed = input.value;

  const close = () => {
    asked += 1; // an answer still on its way is too late
    clearTimeout(timer);
    list.hidden = true;
    list.replaceChildren();
    choose(-1);
    input.setAttribute("aria-expanded", "false");
    status.textContent = "";
  };

  const choose = (place) => {
    chosen = place;
    [...list.children].forEach((option, at) =>
      option.setAttribute("aria-selected", String(at === place)));
    if (place < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", list.children[place].id);
      list.children[place].scrollIntoView({ block: "nearest" });
    }
  };

  const show = (completions) => {
    list.replaceChildren(...completions.map((one, place) => {
      const option = document.createElement("li");
      const label = document.createElement("span");
      const kind = document.createElement("span");
      option.id = `completion-${place}`;
      option.setAttribute("role", "option");
      option.dataset.address = one.address;
      label.textContent = one.label;
      label.dir = "auto";
      kind.className = "kind";
      kind.textContent = one.kind === "title" ? KINDS.title
        : `${KINDS[one.kind]}, ${one.count.toLocaleString("fr")}`;
      option.append(label, " ", kind);
      return option;
    }));
    list.hidden = completions.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    choose(-1);
    status.textContent = completions.length === 0 ? ""
      : completions.length === 1 ? "Une suggestion" : `${completions.length} suggestions`;
  };

  const ask = async () => {
    const turn = ++asked;
    try {
      const answer = await fetch(`/api/completer?${new URLSearchParams({ q: typed })}`);
      const found = answer.ok ? (await answer.json()).completions : [];
      if (turn === asked) show(found);
    } catch {
      if (turn === asked) close();
    }
  };

  const follow = (option) => { window.location.assign(option.dataset.address); };

  input.addEventListener("input", () => {
    typed = input.value;
    clearTimeout(timer);
    if (typed.trim()) timer = setTimeout(ask, DELAY);
    else close();
  });
  input.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.key === "Escape" && !list.hidden) close();
    else if (list.hidden) return;
    else if (event.key === "ArrowDown") choose(chosen < last ? chosen + 1 : -1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? last : chosen - 1);
    else if (event.key === "Enter" && chosen >= 0) follow(list.children[chosen]);
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) follow(option);
  });
  input.addEventListener("blur", close);
})();
