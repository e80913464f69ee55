// Ticked rows and the bar of what can be done with them.
//
//   <form data-select-rows>
//     … <input type="checkbox" data-select-all> in the head, <input type="checkbox" name="ids"
//     data-name="白雪晴"> in each row …
//     <div class="batch" data-batch hidden><b>已选 <span data-count></span> 人</b>
//       <span class="only-desk" data-names></span> … <button type="button" data-clear></div>
//   </form>

const NAMES_SHOWN = 3;

function setUp(area) {
  const all = area.querySelector("[data-select-all]");
  const batch = area.querySelector("[data-batch]");
  const boxes = () => [...area.querySelectorAll("tbody input[type=checkbox][name]")];

  function show() {
    const ticked = boxes().filter((box) => box.checked);
    for (const box of boxes()) box.closest("tr").classList.toggle("sel", box.checked);
    batch.hidden = ticked.length === 0;
    batch.querySelector("[data-count]").textContent = ticked.length;
    const names = batch.querySelector("[data-names]");
    if (names) names.textContent = namesOf(ticked);
    if (!all) return;
    all.checked = ticked.length > 0 && ticked.length === boxes().length;
    all.indeterminate = ticked.length > 0 && !all.checked;
  }

  function tickAll(on) {
    for (const box of boxes()) box.checked = on;
    show();
  }

  area.addEventListener("change", (event) => {
    if (event.target === all) tickAll(all.checked);
    else show();
  });
  area.addEventListener("click", (event) => {
    if (event.target.closest("[data-clear]")) tickAll(false);
  });
  show();
}

function namesOf(ticked) {
  const names = ticked.map((box) => box.dataset.name).filter(Boolean);
  const shown = names.slice(0, NAMES_SHOWN).join("、");
  return names.length > NAMES_SHOWN ? `${shown} 等` : shown;
}

for (const area of document.querySelectorAll("[data-select-rows]")) setUp(area);
