// Moving an item of the board to another month: M on its line, the button beside it, or a drag.
// Without this file the button leads to a page with the same form.

const dialog = document.querySelector("#move-item");
const said = document.querySelector("#board-said");
const board = document.querySelector(".board");
const draft = board?.dataset.draft === "yes";
const month = dialog?.querySelector("[name=to_month]");
const reason = dialog?.querySelector("[name=reason]");
let carried = null;

const lineOf = (node) => node.closest?.("li[data-move]");
const monthOf = (line) => line.closest("[data-month]").dataset.month;
// a draft goes anywhere else; once it was passed an item is only put off
const allowed = (now, to) => (draft ? to !== now : to > now);

function ask(line, to) {
  const now = monthOf(line);
  for (const each of month.options) each.hidden = each.disabled = each.value !== "" && !allowed(now, each.value);
  dialog.querySelector("[data-too-early]").hidden = !to || allowed(now, to);
  if (to && !allowed(now, to)) to = "";
  const text = line.querySelector("a").textContent;
  dialog.querySelector("form").action = line.dataset.move;
  dialog.querySelector("[data-what]").textContent = text;
  month.value = to ?? "";
  dialog.returnTo = line.querySelector("a");
  dialog.showModal();
  (to && reason ? reason : month).focus();
}

function drop(line, to) {
  if (monthOf(line) === to) return;
  if (!draft) return ask(line, to);
  const form = dialog.querySelector("form");
  form.action = line.dataset.move;
  month.value = to;
  form.requestSubmit();
}

function onKey(event) {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const line = lineOf(event.target);
  if (!line || dialog.open || event.key.toLowerCase() !== "m") return;
  event.preventDefault();
  ask(line);
}

function onClick(event) {
  const button = event.target.closest("[data-move-button]");
  if (button) {
    event.preventDefault();
    ask(lineOf(button));
  }
  if (event.target.closest("[data-close-move]")) dialog.close();
}

function onDragStart(event) {
  carried = lineOf(event.target);
  if (!carried) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", carried.querySelector("a").textContent);
  said.textContent = `拿起“${carried.querySelector("a").textContent}”，放到别的月份上`;
}

function onDragOver(event) {
  const place = event.target.closest?.("[data-month]");
  for (const each of board.querySelectorAll(".month.over")) if (each !== place) each.classList.remove("over");
  if (!carried || !place) return;
  event.preventDefault();
  place.classList.add("over");
}

function onDrop(event) {
  const place = event.target.closest?.("[data-month]");
  if (!carried || !place) return;
  event.preventDefault();
  drop(carried, place.dataset.month);
}

function onDragEnd() {
  carried = null;
  for (const each of board.querySelectorAll(".month.over")) each.classList.remove("over");
}

if (dialog && board) {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  board.addEventListener("dragstart", onDragStart);
  board.addEventListener("dragover", onDragOver);
  board.addEventListener("drop", onDrop);
  board.addEventListener("dragend", onDragEnd);
  dialog.addEventListener("close", () => dialog.returnTo?.focus());
  for (const line of board.querySelectorAll("li[data-move]")) line.draggable = true;
}

// back on the board: the browser gives the focus to the item that was moved, this says where it is
const moved = location.hash.startsWith("#item-") ? document.querySelector(location.hash) : null;
if (moved && said) {
  moved.focus();
  said.textContent = `“${moved.textContent}”现在在${moved.closest("[data-month]").getAttribute("aria-label")}`;
}
