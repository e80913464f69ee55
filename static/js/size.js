// Runs before the page is painted: large type as last chosen, and a mark that scripts work.
document.documentElement.classList.add("js");
try {
  document.documentElement.dataset.size = localStorage.getItem("size") ?? "";
} catch {
  // storage is off: the page stays at its normal size
}
