// A box in the head of a table that ticks all rows of the page: <input type="checkbox" data-tick-all="NAME">.

document.addEventListener("change", (event) => {
  const name = event.target.dataset?.tickAll;
  if (!name) return;
  for (const box of event.target.form.querySelectorAll(`input[name="${name}"]`)) box.checked = event.target.checked;
});
