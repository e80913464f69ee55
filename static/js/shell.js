// What every page shares: keys, large type, busy buttons, messages that go, first wrong field.

const BUSY_AFTER = 400; // ms
const BUSY_AT_MOST = 15_000;
const TOAST_STAYS = 8_000;
const GO_WAITS = 1_500; // how long G waits for its second key

const html = document.documentElement;
const find = (selector) => document.querySelector(selector);

// --- keys -------------------------------------------------------------------------------------

let goUntil = 0;

function typing(event) {
  return (
    event.isComposing ||
    event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")
  );
}

function rows() {
  return [...document.querySelectorAll("[data-rows] > *, .grid tbody tr, .todo li, .board li")];
}

function step(by) {
  const all = rows();
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[here < 0 ? 0 : Math.min(Math.max(here + by, 0), all.length - 1)];
  next?.querySelector("th a, .what a, a")?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function tick() {
  const row = rows().find((each) => each.contains(document.activeElement));
  row?.querySelector("input[type=checkbox]")?.click();
}

function press(key) {
  const target = find(`[data-key="${CSS.escape(key)}"]`);
  target?.click();
  return Boolean(target);
}

const KEYS = {
  "/": () => find("[data-find]")?.focus(),
  "?": () => find("#keys")?.showModal(),
  g: () => (goUntil = Date.now() + GO_WAITS),
  j: () => step(1),
  k: () => step(-1),
  x: tick,
};

function onKey(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.target.closest("form")?.requestSubmit();
    return;
  }
  if (key === "Escape") closeMenus();
  if (typing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (find("dialog[open]")) return;
  if (Date.now() < goUntil) {
    goUntil = 0;
    const there = find(`[data-go="${CSS.escape(key)}"]`);
    if (there) {
      event.preventDefault();
      there.click();
    }
    return;
  }
  const act = KEYS[key];
  if (act) act();
  if (act || press(key)) event.preventDefault();
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.settings[open], details.menu-box[open]")) {
    if (menu !== except) menu.open = false;
  }
}

// --- large type -------------------------------------------------------------------------------

function showSize() {
  for (const button of document.querySelectorAll("[data-large-type]")) {
    button.setAttribute("aria-pressed", html.dataset.size === "lg");
  }
}

function switchSize() {
  html.dataset.size = html.dataset.size === "lg" ? "" : "lg";
  showSize();
  try {
    localStorage.setItem("size", html.dataset.size);
  } catch {
    // storage is off: the choice holds for this page
  }
}

// --- forms ------------------------------------------------------------------------------------

function busy(button) {
  const timers = [
    setTimeout(() => button.classList.add("busy"), BUSY_AFTER),
    setTimeout(() => button.classList.remove("busy"), BUSY_AT_MOST),
  ];
  addEventListener("pageshow", () => {
    timers.forEach(clearTimeout);
    button.classList.remove("busy");
  });
}

// A second click or Enter while the first is on its way would record the same thing twice.
function onSubmit(event) {
  const form = event.target;
  if (form.method === "post" && !form.hasAttribute("data-download")) {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, BUSY_AT_MOST);
    addEventListener("pageshow", () => delete form.dataset.sent);
  }
  const button = event.submitter ?? form.querySelector("[type=submit], button:not([type])");
  if (form.method === "post" && !form.hasAttribute("data-download") && button) busy(button);
}

// --- leaving ----------------------------------------------------------------------------------

// Words that were typed and not sent are asked about before another page takes their place.
function unsent() {
  const texts = document.querySelectorAll("form[method=post]:not([data-sent]) textarea");
  return [...texts].some((text) => text.value !== text.defaultValue);
}

function askBeforeLeaving(event) {
  if (!document.querySelector("form[data-sent]") && unsent()) event.preventDefault();
}

function onInput(event) {
  if (event.target.matches("form[method=post] textarea")) addEventListener("beforeunload", askBeforeLeaving);
}

function focusFirstWrong(within) {
  within.querySelector?.(".is-invalid, [aria-invalid=true]")?.focus();
}

// A password field gets a button that shows what was typed.
function addReveal(field) {
  const group = document.createElement("div");
  const button = document.createElement("button");
  group.className = field.classList.contains("is-invalid") ? "input-group is-invalid" : "input-group";
  Object.assign(button, { type: "button", className: "btn btn-outline-secondary reveal" });
  button.addEventListener("click", () => {
    field.type = field.type === "password" ? "text" : "password";
    name();
  });
  const name = () => (button.textContent = field.type === "password" ? "显示" : "隐藏");
  name();
  field.replaceWith(group);
  group.append(field, button);
}

// --- messages ---------------------------------------------------------------------------------

function letGo(toast) {
  if (toast.matches(":hover, :focus-within")) setTimeout(letGo, TOAST_STAYS, toast);
  else toast.remove();
}

// --- all clicks in one place ------------------------------------------------------------------

const CLICKS = {
  "[data-large-type]": switchSize,
  "[data-show-keys]": () => find("#keys").showModal(),
  "[data-close]": (button) => button.closest("[data-toast]").remove(),
  "[data-back]": () => history.back(),
  "[data-print]": () => print(),
};

function onClick(event) {
  closeMenus(event.target.closest("details"));
  for (const [selector, act] of Object.entries(CLICKS)) {
    const button = event.target.closest(selector);
    if (button) act(button);
  }
}

function onChange(event) {
  if (event.target.matches("input[type=search]")) return;
  event.target.closest("form[data-autosubmit]")?.requestSubmit();
}

document.addEventListener("keydown", onKey);
document.addEventListener("click", onClick);
document.addEventListener("change", onChange);
document.addEventListener("submit", onSubmit);
document.addEventListener("input", onInput);
document.addEventListener("htmx:afterSwap", (event) => focusFirstWrong(event.detail.target));
for (const toast of document.querySelectorAll("[data-toast]")) setTimeout(letGo, TOAST_STAYS, toast);
document.querySelectorAll("input[type=password]").forEach(addReveal);
showSize();
find(".section-tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
focusFirstWrong(document);
