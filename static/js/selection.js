// Ticked rows of the roster: how many and who they are, the whole page at once. Works in place after
// a search has swapped the list; without scripts the ticks and the buttons still do.

const NAMED = 3;

function told(form) {
  const boxes = [...form.querySelectorAll("input[name=pk]")];
  const ticked = boxes.filter((box) => box.checked);
  const all = form.elements.all.checked;
  for (const box of boxes) box.closest("tr").classList.toggle("sel", box.checked || all);
  const whole = form.querySelector("[data-whole-page]");
  whole.checked = ticked.length === boxes.length;
  whole.indeterminate = ticked.length > 0 && ticked.length < boxes.length;
  const names = ticked.slice(0, NAMED).map((box) => box.closest("tr").querySelector("th a").textContent);
  form.querySelector("[data-count]").textContent = all ? "已选全部" : `已选 ${ticked.length} 人`;
  form.querySelector("[data-names]").textContent = all
    ? ""
    : names.join("、") + (ticked.length > NAMED ? " 等" : "");
  form.querySelector("[data-batch]").hidden = !all && ticked.length === 0;
}

function onChange(event) {
  const form = event.target.closest?.("[data-selection]");
  if (!form) return;
  if (event.target.matches("[data-whole-page]")) {
    for (const box of form.querySelectorAll("input[name=pk]")) box.checked = event.target.checked;
  }
  told(form);
}

const start = () => document.querySelectorAll("[data-selection]").forEach(told);

document.addEventListener("change", onChange);
document.addEventListener("reset", (event) => {
  if (event.target.matches("[data-selection]")) setTimeout(told, 0, event.target);
});
document.addEventListener("htmx:afterSwap", start);
addEventListener("pageshow", start); // the browser keeps ticks on the way back
start();
