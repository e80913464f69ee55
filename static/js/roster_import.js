// How far a roster file is: while it is sent, then while its rows are written. Without this script
// both forms are plain ones, and the browser waits.

const BROKEN = "中途断开了，名册没有动。再点一次试试。";

function box() {
  const all = document.querySelector("[data-progress]");
  return {
    all,
    bar: all.querySelector("progress"),
    label: all.querySelector("[data-progress-label]"),
    text: all.querySelector("[data-progress-text]"),
    said: all.querySelector("[data-progress-said]"),
    refusal: document.querySelector("[data-progress-refusal]"),
  };
}

function show(parts, label, done, whole, text) {
  parts.all.hidden = false;
  parts.label.textContent = label;
  parts.text.textContent = text;
  if (whole) {
    parts.bar.max = whole;
    parts.bar.value = done;
  } else {
    parts.bar.removeAttribute("value");
  }
  say(parts, label, whole ? Math.floor((done / whole) * 4) * 25 : 0);
}

// Heard at each quarter: every step would talk over the one before.
function say(parts, label, percent) {
  const words = percent ? `${label}，${percent}%` : label;
  if (parts.said.textContent !== words) parts.said.textContent = words;
}

function refuse(parts, form, sentence, again) {
  parts.all.hidden = true;
  const note = document.createElement("div");
  note.className = "note bad";
  const words = document.createElement("p");
  words.textContent = sentence;
  note.append(words);
  if (again) {
    const link = document.createElement("a");
    link.href = location.href;
    link.textContent = "看新的预览";
    note.append(link);
  }
  parts.refusal.replaceChildren(note);
  free(form);
}

function free(form) {
  for (const button of form.querySelectorAll("button")) {
    button.disabled = false;
    button.classList.remove("busy");
  }
}

function hold(form) {
  for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = true;
}

// --- the file on its way ----------------------------------------------------------------------

function send(form) {
  const parts = box();
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json, text/html");
  request.upload.addEventListener("progress", (event) => {
    const share = event.lengthComputable ? Math.floor((event.loaded / event.total) * 100) : 0;
    if (share < 100) show(parts, "正在传文件", share, 100, `${share}%`);
    else show(parts, "文件传完了，正在读表", 0, 0, "");
  });
  request.addEventListener("load", () => received(request, form, parts));
  request.addEventListener("error", () => refuse(parts, form, BROKEN, false));
  request.send(new FormData(form));
  hold(form);
  show(parts, "正在传文件", 0, 100, "");
}

function received(request, form, parts) {
  if (request.getResponseHeader("Content-Type")?.startsWith("application/json")) {
    location.href = JSON.parse(request.responseText).url;
    return;
  }
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const main = page.querySelector("#main");
  if (!main) {
    refuse(parts, form, BROKEN, false);
    return;
  }
  document.querySelector("#main").replaceWith(main);
  main.querySelector(".is-invalid")?.focus();
}

// --- its rows into the roster -----------------------------------------------------------------

async function land(form) {
  const parts = box();
  const body = new FormData(form);
  hold(form);
  show(parts, "正在写进名册", 0, 0, "");
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body,
      headers: { Accept: "application/x-ndjson" },
    });
    for await (const line of lines(answer.body)) {
      if (told(parts, form, line)) return;
    }
  } catch {
    // told below
  }
  refuse(parts, form, BROKEN, true);
}

function told(parts, form, line) {
  if (line.url) location.href = line.url;
  else if (line.refusal) refuse(parts, form, line.refusal, true);
  else {
    const of = `${line.done.toLocaleString("en")} / ${line.whole.toLocaleString("en")} 条`;
    show(parts, "正在写进名册", line.done, line.whole, of);
    return false;
  }
  return true;
}

async function* lines(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const parts = (rest + value).split("\n");
    rest = parts.pop();
    for (const part of parts) if (part) yield JSON.parse(part);
  }
}

document.addEventListener("submit", (event) => {
  const act = event.target.matches("[data-landing]")
    ? land
    : event.target.matches("[data-sending]")
      ? send
      : null;
  if (!act) return;
  event.preventDefault();
  act(event.target);
});
