// Small helps in entry forms: values at one tap, chosen files, characters counted.
//
//   <button type="button" data-fill="id_money" data-value="300">300</button>
//   <button type="button" data-add="id_partners" data-value="社区">社区</button>: one word more
//   <div class="drop"><label class="add" for="id_files">…</label><input type="file" id="id_files"></div>
//   <input data-first>: has the focus when the form opens, where no keyboard would slide up
//   <textarea id="id_reason" data-at-least="30" maxlength="2000">  <span data-counts="id_reason">

function fill(button) {
  const field = document.getElementById(button.dataset.fill);
  field.value = button.dataset.value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function add(button) {
  const field = document.getElementById(button.dataset.add);
  const words = field.value.split("、").filter((word) => word.trim());
  if (!words.includes(button.dataset.value)) words.push(button.dataset.value);
  field.value = words.join("、");
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill], [data-add]");
  if (button) (button.dataset.add ? add : fill)(button);
});

function showChosen(input) {
  const drop = input.closest(".drop");
  for (const tile of drop.querySelectorAll("[data-chosen-file]")) tile.remove();
  for (const file of input.files) {
    const tile = document.createElement("span");
    tile.dataset.chosenFile = "";
    tile.textContent = file.name;
    drop.prepend(tile);
  }
}

document.addEventListener("change", (event) => {
  if (event.target.matches(".drop input[type=file]")) showChosen(event.target);
});

for (const counter of document.querySelectorAll("[data-counts]")) {
  const field = document.getElementById(counter.dataset.counts);
  const least = Number(field.dataset.atLeast ?? 0);
  const show = () => {
    const length = field.value.trim().length;
    const enough = length >= least;
    counter.textContent = enough ? `${length} / ${field.maxLength}` : `${length} / 最少 ${least}`;
    counter.classList.toggle("ok", enough && length > 0);
  };
  field.addEventListener("input", show);
  show();
}

const first = document.querySelector("[data-first]");
const handHeld = matchMedia("(hover: none), (pointer: coarse)").matches;
if (first && !handHeld && !document.querySelector(".is-invalid, [aria-invalid=true]")) {
  first.focus({ preventScroll: true });
}
