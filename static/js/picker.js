// The person picker: a text field whose results htmx puts into a list box.
//
//   <div class="picker" data-picker>
//     <input class="form-control" role="combobox" aria-expanded="false" aria-autocomplete="list"
//            aria-controls="LIST" autocomplete="off" hx-get=… hx-target="#LIST" name="q"
//            hx-trigger="input delay:150ms">
//     <input type="hidden" name="member" data-picker-value>
//     <div class="pop" hidden><ul id="LIST" role="listbox"></ul></div>
//   </div>
//
// The server answers with <li role="option" data-value="12" data-label="…">. With
// data-picker-many="members", each choice becomes a pill with its own hidden field of that name
// inside [data-chosen].
//
// Before the picker may stand <div data-person-card>: a card that the server sends once it has
// understood who is meant. While there is one, the style sheet hides the picker. The button
// [data-other-person] on it gives the picker back, empty.

function setUp(picker) {
  const box = picker.querySelector("[role=combobox]");
  const pop = picker.querySelector(".pop");
  const list = picker.querySelector("[role=listbox]");
  const value = picker.querySelector("[data-picker-value]");
  const chosen = picker.querySelector("[data-chosen]");
  const many = picker.dataset.pickerMany;
  const card = picker.parentElement.querySelector(":scope > [data-person-card]");

  const options = () => [...list.querySelectorAll("[role=option]")];
  const active = () => list.querySelector("[aria-selected=true]");

  function open(on) {
    pop.hidden = !on;
    box.setAttribute("aria-expanded", on);
    if (!on) box.removeAttribute("aria-activedescendant");
  }

  function mark(option) {
    options().forEach((each, index) => {
      each.id ||= `${list.id}-${index}`;
      each.setAttribute("aria-selected", each === option);
    });
    if (!option) return;
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function move(by) {
    const all = options();
    if (!all.length) return;
    open(true);
    const here = all.indexOf(active());
    mark(all[(here + by + all.length) % all.length]);
  }

  function take(option) {
    const { value: id, label } = option.dataset;
    if (many) addPill(id, label);
    else {
      box.value = label;
      if (value) value.value = id;
    }
    open(false);
    if (card) box.blur(); // the card takes the place of the box
    (value ?? box).dispatchEvent(new Event("change", { bubbles: true }));
    picker.dispatchEvent(new CustomEvent("picked", { bubbles: true, detail: { id, label } }));
  }

  function addPill(id, label) {
    box.value = "";
    list.replaceChildren();
    if (chosen.querySelector(`input[value="${CSS.escape(id)}"]`)) return;
    const pill = document.createElement("span");
    const field = document.createElement("input");
    const remove = document.createElement("button");
    pill.className = "pill on";
    Object.assign(field, { type: "hidden", name: many, value: id });
    Object.assign(remove, { type: "button", className: "x", textContent: "✕" });
    remove.setAttribute("aria-label", `移除${label}`);
    remove.dataset.drop = "";
    pill.append(label, field, remove);
    chosen.append(pill);
  }

  function onKey(event) {
    if (event.isComposing) return;
    const keys = { ArrowDown: () => move(1), ArrowUp: () => move(-1), Escape: () => open(false) };
    if (event.key === "Enter" && !event.ctrlKey && !pop.hidden && active()) {
      event.preventDefault();
      take(active());
    } else if (keys[event.key] && (event.key !== "Escape" || !pop.hidden)) {
      event.preventDefault();
      event.stopPropagation();
      keys[event.key]();
    }
  }

  function askAgain() {
    card.replaceChildren();
    box.value = "";
    if (value) value.value = "";
    box.focus();
    (value ?? box).dispatchEvent(new Event("change", { bubbles: true }));
  }

  function onCard(event) {
    if (event.target !== card) return;
    if (document.activeElement === box) event.detail.shouldSwap = false; // one is still typing
  }

  if (card) {
    card.addEventListener("click", (event) => {
      if (event.target.closest("[data-other-person]")) askAgain();
    });
    document.addEventListener("htmx:oobBeforeSwap", onCard);
    document.addEventListener("htmx:oobAfterSwap", (event) => {
      const lost = document.activeElement === document.body;
      if (event.detail.target === card && lost) card.querySelector("button")?.focus();
    });
  }
  box.addEventListener("keydown", onKey);
  box.addEventListener("input", () => {
    if (value) value.value = "";
    if (!box.value.trim()) open(false);
  });
  box.addEventListener("focus", () => open(options().length > 0 && box.value !== ""));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
  picker.addEventListener("focusout", (event) => {
    if (!picker.contains(event.relatedTarget)) open(false);
  });
  picker.addEventListener("click", (event) => {
    event.target.closest("[data-drop]")?.closest(".pill").remove();
  });
  picker.addEventListener("htmx:afterSwap", () => {
    open(box.value.trim() !== "" && pop.textContent.trim() !== "");
    mark(options()[0]);
  });
}

function setUpWithin(root) {
  for (const picker of root.querySelectorAll("[data-picker]:not([data-ready])")) {
    picker.dataset.ready = "";
    setUp(picker);
  }
}

setUpWithin(document);
document.addEventListener("htmx:load", (event) => setUpWithin(event.detail.elt));
