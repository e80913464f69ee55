// The list of who comes: a box that finds a name in it, and the number of those marked as present.
//
//   <form data-roll>
//     <label hidden data-roll-find><input type="search"></label>
//     <div class="roll-row" data-name="王芳 wf wangfang">…<input type="radio" value="present">…
//     <span data-roll-count></span>

for (const roll of document.querySelectorAll("[data-roll]")) {
  const find = roll.querySelector("[data-roll-find]");
  const rows = [...roll.querySelectorAll(".roll-row")];
  const count = roll.querySelector("[data-roll-count]");

  if (find && rows.length > 8) {
    find.hidden = false;
    const box = find.querySelector("input");
    box.addEventListener("input", () => {
      const text = box.value.trim().toLowerCase();
      for (const row of rows) row.hidden = !row.dataset.name.toLowerCase().includes(text);
    });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault(); // a name is no answer yet
    });
  }
  if (count) {
    roll.addEventListener("change", () => {
      const came = roll.querySelectorAll('.roll-row input[value="present"]:checked').length;
      count.textContent = `${came} 人到，还没有保存`;
    });
  }
}
