// Sends photos piece by piece. What was sent stays: after a lost connection, and when the same
// photos are chosen again later, each goes on where it stopped.
//
//   <form data-photos data-start="address" data-piece="bytes" data-at-once="2" action="address">
//     <input type="file" multiple data-photo-files>
//     <div data-sending hidden> <progress data-total> <b data-told> <button data-retry> <ul data-parts>
//
// Of two at once, one travels while the server shrinks the other. `data-start` is told name, size
// and fingerprint, and answers {address, received, done}. `address` takes the pieces and answers
// {received, done}; 409 names the byte to go on from; 422 is a refusal.

const FIRST_WAIT = 1_000; // ms
const LONGEST_WAIT = 30_000;
const ONE_TRY = 60_000;
const FINGERPRINT = 80; // characters

class Refused extends Error {}
class Lost extends Error {}

const form = document.querySelector("form[data-photos]");
const input = form.querySelector("[data-photo-files]");
const sending = form.querySelector("[data-sending]");
const total = form.querySelector("[data-total]");
const told = form.querySelector("[data-told]");
const retry = form.querySelector("[data-retry]");
const parts = form.querySelector("[data-parts]");
const piece = Number(form.dataset.piece);

const photos = [];
const wakers = new Set();
let running = 0;

// --- talking to the server --------------------------------------------------------------------

async function ask(address, body) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  let response;
  try {
    response = await fetch(address, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": token },
      signal: AbortSignal.timeout(ONE_TRY),
    });
  } catch {
    throw new Lost();
  }
  const told = response.headers.get("Content-Type")?.startsWith("application/json");
  const later = response.status >= 500 || response.status === 429;
  if (later || (response.status === 409 && !told)) throw new Lost(); // somebody else was writing
  if (!told) {
    throw new Refused("没有传上去：登录可能过期了。刷新页面登录，再选同样的照片，会接着传。");
  }
  let answer;
  try {
    answer = await response.json();
  } catch {
    throw new Lost();
  }
  if (response.ok || response.status === 409) return answer;
  throw new Refused(answer.refused);
}

function fingerprint(file) {
  return `${file.size}-${file.lastModified}-${file.name}`.slice(0, FINGERPRINT);
}

async function sendOnce(photo) {
  const about = new URLSearchParams({
    name: photo.file.name,
    size: photo.file.size,
    fingerprint: fingerprint(photo.file),
  });
  let answer = await ask(form.dataset.start, about);
  const { address } = answer;
  progress(photo, answer.received);
  while (!answer.done) {
    const from = answer.received;
    const bytes = await photo.file.slice(from, from + piece).arrayBuffer().catch(() => {
      throw new Refused("读不到这张照片了，重新选一次。");
    });
    if (from + bytes.byteLength >= photo.file.size) say(photo, "在转正、缩小");
    answer = await ask(`${address}?offset=${from}`, bytes);
    progress(photo, answer.received);
  }
  return answer.said ? "已经有了" : "传好了";
}

// Again and again, each time after a longer rest, until it is there or refused.
async function send(photo) {
  for (let rest = FIRST_WAIT; ; rest = Math.min(rest * 2, LONGEST_WAIT)) {
    const before = photo.received;
    try {
      return end(photo, await sendOnce(photo), "done");
    } catch (error) {
      if (error instanceof Refused) return end(photo, error.message, "refused");
      if (!(error instanceof Lost)) throw error;
    }
    if (photo.received > before) rest = FIRST_WAIT;
    say(photo, "网断了，等一会儿接着传");
    photo.state = "waiting";
    tell();
    await pause(rest);
    photo.state = "sending";
    tell();
  }
}

function pause(milliseconds) {
  return new Promise((resolve) => {
    const timer = setTimeout(wake, milliseconds);
    function wake() {
      clearTimeout(timer);
      wakers.delete(wake);
      resolve();
    }
    wakers.add(wake);
  });
}

const wakeAll = () => [...wakers].forEach((wake) => wake());

async function run() {
  running += 1;
  for (let photo; (photo = photos.find((each) => each.state === "chosen")); ) {
    photo.state = "sending";
    await send(photo);
  }
  running -= 1;
  if (running === 0) await showWall();
}

// --- what is seen -----------------------------------------------------------------------------

function progress(photo, received) {
  photo.received = received;
  photo.bar.value = received;
  say(photo, `${Math.floor((100 * received) / photo.file.size)}%`);
  tell();
}

function say(photo, words) {
  photo.said.textContent = words;
}

function end(photo, words, state) {
  photo.state = state;
  if (state === "done") photo.bar.value = photo.file.size;
  say(photo, words);
  if (state === "refused") {
    photo.said.classList.add("bad");
    parts.prepend(photo.said.parentElement); // where it is seen
  }
  tell();
}

function tell() {
  const count = (state) => photos.filter((photo) => photo.state === state).length;
  const [done, refused, waiting] = [count("done"), count("refused"), count("waiting")];
  const sent = photos.reduce((sum, { bar }) => sum + bar.value, 0);
  total.max = photos.reduce((sum, { file }) => sum + file.size, 0) || 1;
  total.value = sent;
  const words = [`${photos.length} 张里传好 ${done} 张`];
  if (refused) words.push(`${refused} 张没有收`);
  if (waiting) words.push("网断了，连上就接着传");
  const sentence = words.join("，");
  if (told.textContent !== sentence) told.textContent = sentence; // read out only when it changes
  retry.hidden = waiting === 0;
}

function row(file) {
  const item = document.createElement("li");
  const [name, said] = [document.createElement("span"), document.createElement("span")];
  const bar = document.createElement("progress");
  Object.assign(name, { className: "name", textContent: file.name });
  Object.assign(said, { className: "said", textContent: "等着传" });
  Object.assign(bar, { max: file.size || 1, value: 0 });
  bar.setAttribute("aria-label", file.name);
  item.append(name, bar, said);
  parts.append(item);
  return { file, bar, said, received: 0, state: "chosen" };
}

function choose(files) {
  const busy = new Set(
    photos.filter(({ state }) => state !== "refused").map(({ file }) => fingerprint(file)),
  );
  for (const file of files) {
    if (!busy.has(fingerprint(file))) photos.push(row(file));
  }
  sending.hidden = photos.length === 0;
  tell();
  while (running < Number(form.dataset.atOnce) && photos.some(({ state }) => state === "chosen")) run();
}

// The wall as it is now, without leaving what was said about each photo.
async function showWall() {
  try {
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const part of ["#wall", ".page-head"]) {
      const fresh = page.querySelector(part);
      if (fresh) document.querySelector(part).replaceWith(fresh);
    }
  } catch {
    // the photos are there; the next look at the page shows them
  }
}

input.addEventListener("change", () => {
  choose([...input.files]);
  input.value = ""; // so that the same photos can be chosen again
});
form.addEventListener("submit", (event) => event.preventDefault());
retry.addEventListener("click", wakeAll);
addEventListener("online", wakeAll);
addEventListener("beforeunload", (event) => {
  if (running > 0) event.preventDefault();
});
