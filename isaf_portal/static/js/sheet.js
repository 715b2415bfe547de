// The sheet of a scorecard. It draws from the JSON in the page and saves to the same JSON, row by row.
//
// What is typed is kept on this device (`localStorage`, by scorecard, person and page) until the server confirmed it,
// so that a reload, a crash or a lost network loses nothing. A save is frozen when it is first sent: the same
// `client_id` with the same cells may be sent again and is kept once. Without this file the page's form saves the group.
const data = JSON.parse(document.getElementById("sheet-data").textContent);
const form = document.getElementById("sheet-form");
const grid = document.getElementById("grid");
const parts = document.getElementById("sheet-parts").content;
const words = data.words;
const RETRY_MS = 15000;
const IDLE_MS = 5000;
const KHMER = "០១២៣៤៥៦៧៨៩";
const inKhmer = document.documentElement.lang === "km";

// --- Figures and words -------------------------------------------------------------------------

const latin = text => text.replace(/[០-៩]/g, digit => KHMER.indexOf(digit)).replace(/[\s\u00a0\u200b-\u200d\u202f]/g, "");
const shown = count => (inKhmer ? String(count).replace(/\d/g, digit => KHMER[digit]) : String(count));
const said = (text, figures) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in figures ? figures[name] : whole));
const isCount = text => /^\d{1,5}$/.test(text);
const same = (one, other) => (one ?? null) === (other ?? null);

function newId() {
  if (crypto.randomUUID) return crypto.randomUUID(); // only where the page came over https
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

// The receipt as `isaf_portal/lib/receipts.py` describes it; null where the browser may not compute it.
async function receiptOf(save) {
  if (!crypto.subtle) return null;
  const lines = Object.keys(save.cells).sort().map(key => `${key}=${save.cells[key] ?? ""}`);
  const text = ["isaf-receipt-1", save.client_id.toLowerCase(), save.base_revision, ...lines].join("\n") + "\n";
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  const bits = ((hash[0] << 24) | (hash[1] << 16) | (hash[2] << 8) | hash[3]) >>> 0;
  const letters = [0, 1, 2, 3, 4, 5].map(place => "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"[(bits >>> (27 - 5 * place)) & 31]);
  return `${letters.slice(0, 3).join("")}-${letters.slice(3).join("")}`;
}

// --- What the server has, and what waits on this device ----------------------------------------

let { cells, revision } = data;
const prefix = `isaf-sheet:${data.scorecard}:${data.person}:`;
const place = prefix + newId();
// saves: frozen, in order; pending: {key: {value, base}}, `base` the revision its author saw; gone: rows taken off.
const store = { version: data.version, saves: [], pending: {}, gone: {} };
const known = new Set();
for (const criterion of data.criteria)
  for (const group of data.groups)
    if (!group.is_computed) for (const { score } of data.scores) known.add(`${criterion.id}.${group.code}.${score}`);

function persist() {
  const isEmpty = !store.saves.length && !Object.keys(store.pending).length && !Object.keys(store.gone).length;
  try {
    if (isEmpty) localStorage.removeItem(place);
    else localStorage.setItem(place, JSON.stringify(store));
    return true;
  } catch {
    return false; // A full or forbidden store: the page still holds what was typed and sends it.
  }
}

// Takes over what earlier pages of this sheet left behind; what cannot be read stays where it is.
function adopt() {
  const taken = [];
  try {
    for (const name of Object.keys(localStorage).filter(each => each.startsWith(prefix) && each !== place)) {
      if (adoptOne(localStorage.getItem(name))) taken.push(name);
    }
    if (taken.length && persist()) taken.forEach(name => localStorage.removeItem(name));
  } catch {
    // No store in this browser.
  }
}

function adoptOne(text) {
  let left;
  try {
    left = JSON.parse(text);
  } catch {
    return false;
  }
  for (const save of left.saves) {
    const isCurrent = save.version === data.version;
    const fits = !save.refused && (!isCurrent || Object.keys(save.cells).every(key => known.has(key)));
    if (store.saves.some(mine => mine.client_id === save.client_id)) continue;
    if (fits) store.saves.push(save);
    else if (!isCurrent) Object.assign(store.gone, save.cells);
    else for (const key in save.cells) adoptCell(key, { value: save.cells[key], base: save.base_revision });
  }
  if (left.version === data.version) for (const key in left.pending) adoptCell(key, left.pending[key]);
  else if (Object.keys(left.pending).length) store.saves.push(frozen(left.pending, left.version));
  Object.assign(store.gone, left.gone);
  return true;
}

function adoptCell(key, typed) {
  if (known.has(key)) store.pending[key] = { ...typed, base: Math.min(typed.base, revision) };
  else store.gone[key] = typed.value;
}

function frozen(pending, version) {
  const base = Math.min(...Object.values(pending).map(typed => typed.base));
  const save = { version, client_id: newId(), base_revision: base, cells: {} };
  for (const key of Object.keys(pending)) {
    if (pending[key].base !== base && version === data.version) continue;
    save.cells[key] = pending[key].value;
    delete pending[key];
  }
  return save;
}

function valueOf(key) {
  if (key in store.pending) return store.pending[key].value;
  for (const save of [...store.saves].reverse())
    if (save.version === data.version && key in save.cells) return save.cells[key];
  return cells[key] ?? null;
}

const isWaiting = key => key in store.pending || store.saves.some(save => save.version === data.version && key in save.cells);
const waiting = () => new Set([...Object.keys(store.pending), ...store.saves.flatMap(save => Object.keys(save.cells))]).size;

// --- Showing -----------------------------------------------------------------------------------

const rows = () => [...grid.tBodies[0].rows].filter(row => row.dataset.row);
const inputs = row => [...row.querySelectorAll("input")];
const picture = name => parts.querySelector(`[data-icon="${name}"]`).firstElementChild.cloneNode(true);
const groupOf = code => data.groups.find(group => group.code === code);

function part(name, text) {
  const piece = parts.querySelector(`[data-part="${name}"]`).cloneNode(true);
  if (text !== undefined) piece.querySelector("[data-text]").textContent = text;
  return piece;
}

function alertOnce(name, text) {
  const box = document.getElementById("sheet-alert");
  box.querySelector(`[data-part="${name}"]`)?.remove();
  const piece = part(name, text);
  box.prepend(piece);
  return piece;
}

function unalert(...names) {
  for (const name of names) document.querySelector(`#sheet-alert [data-part="${name}"]`)?.remove();
}

function counts(criterion, group) {
  return data.scores.map(({ score }) => valueOf(`${criterion}.${group}.${score}`));
}

const sumOf = list => (list.every(count => count === null) ? null : list.reduce((sum, count) => sum + (count ?? 0), 0));

// The same as `total_badge` of scorecards/entry/sheet_page.py.
function totalOf(row) {
  const [criterion, code] = row.dataset.row.split(".");
  const group = groupOf(code);
  const list = counts(criterion, code);
  const total = sumOf(list);
  const short = (group.people ?? 0) - (total ?? 0);
  let state = "full";
  if (total === null) state = "blank";
  else if (group.people === null) state = "uncounted";
  else if (short < 0) state = "over";
  else if (short > 0) state = list.includes(null) ? "open" : "short";
  if ((state === "open" || state === "short") && leftAway(criterion, group, short) <= (data.left_early ?? 0)) state = "left";
  if (row.hasAttribute("data-split")) state = "conflict";
  const figures = { total: shown(total ?? 0), people: shown(group.people ?? 0), short: shown(short), over: shown(-short) };
  return { state, text: said(words.total[state], figures) };
}

function leftAway(criterion, group, short) {
  if (group.kind === "flag") return short;
  const everybody = data.groups.filter(each => each.kind !== "flag" && !each.is_computed);
  const begun = everybody.map(each => [each.people ?? 0, sumOf(counts(criterion, each.code))]).filter(pair => pair[1] !== null);
  return begun.reduce((sum, [people, total]) => sum + Math.max(people - total, 0), 0);
}

function showTotal(row) {
  const { state, text } = totalOf(row);
  const badge = row.querySelector(".tot .i-st");
  const [tone, iconName] = words.tones[state];
  badge.className = `i-st ${tone}`;
  badge.replaceChildren(picture(iconName), text);
  for (const input of inputs(row)) {
    if (state === "over") input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
}

function showRows() {
  for (const row of rows()) {
    for (const input of inputs(row)) {
      const count = valueOf(input.name);
      input.value = count === null ? "" : shown(count);
      input.toggleAttribute("data-q", isWaiting(input.name));
      input.readOnly = !data.is_editable || row.hasAttribute("data-split");
      if (input === document.activeElement) input.select();
    }
    if (inputs(row).length) showTotal(row);
  }
  showProgress();
}

function showProgress() {
  const states = rows().map(row => totalOf(row).state);
  const done = states.filter(state => words.done.includes(state)).length;
  const figures = { done: shown(done), every: shown(states.length), missing: shown(states.length - done) };
  const text = done === states.length ? words.all_done : words.part_done;
  document.getElementById("sheet-progress").textContent = said(text, figures);
}

const chip = document.getElementById("sync-chip");
const chipSaved = chip ? [...chip.childNodes] : [];
let chipState = "saved";

function showChip(state) {
  const count = waiting();
  const now = count ? state : "saved";
  const text = now === "saved" ? "" : said(words[now], { n: shown(count) });
  if (!chip || (now === chipState && (now === "typed" || now === "saved"))) return;
  chipState = now;
  chip.classList.toggle("wait", now !== "saved");
  if (now === "saved") chip.replaceChildren(...chipSaved);
  else chip.replaceChildren(picture(now === "offline" ? "off" : "sync"), text);
}

function showSaved(answer) {
  const box = document.getElementById("sheet-saved");
  if (!box) return;
  if (answer) {
    const piece = part("receipt", said(words.saved, { time: answer.saved_at }));
    piece.querySelector("[data-receipt]").textContent = answer.receipt;
    box.replaceChildren(...piece.childNodes);
  } else if (waiting()) {
    box.replaceChildren(...part("queued", said(words.queued, { n: shown(waiting()) })).childNodes);
  }
}

function tell(text) {
  document.getElementById("sheet-said").textContent = text;
}

function showGone() {
  const values = Object.values(store.gone).filter(value => value !== null);
  if (!values.length) return;
  const piece = alertOnce("gone", said(words.gone, { values: values.map(shown).join(", ") }));
  piece.querySelector("[data-discard]").addEventListener("click", () => {
    store.gone = {};
    persist();
    unalert("gone");
  });
}

// --- Sending -----------------------------------------------------------------------------------

let isSending = false;
let isStopped = false; // signed out, or the portal is not itself: only a new page helps
let timer = 0;

function later(ms) {
  clearTimeout(timer);
  timer = setTimeout(flush, ms);
}

async function flush() {
  clearTimeout(timer);
  if (isSending || isStopped) return;
  if (!store.saves.some(save => !save.refused) && Object.keys(store.pending).length) {
    store.saves.push(frozen(store.pending, data.version));
    persist();
  }
  const save = store.saves.find(each => !each.refused);
  if (!save) return;
  isSending = true;
  showChip("sending");
  try {
    await send(save);
  } finally {
    isSending = false;
  }
  if (!isStopped && chipState === "sending" && waiting()) flush();
}

async function send(save) {
  let answer;
  try {
    answer = await fetch(data.save, {
      method: "POST",
      keepalive: true, // goes on when the page is left
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify(save),
    });
  } catch {
    return wait();
  }
  const isJson = (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
  if (answer.status >= 500) return wait();
  if (!isJson) return stop(answer.redirected || answer.status === 403 ? "signed-out" : "damaged");
  const content = await answer.json();
  if (answer.status === 422) return refuse(save, content.message);
  return confirm(save, content);
}

const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

function wait() {
  showChip("offline");
  showSaved(null);
  alertOnce("offline");
  later(RETRY_MS);
}

function stop(name) {
  isStopped = true;
  showChip("offline");
  showSaved(null);
  alertOnce(name);
}

function refuse(save, message) {
  save.refused = message;
  persist();
  alertOnce("refused", message);
  showChip("typed");
  showSaved(null);
}

async function confirm(save, answer) {
  const expected = await receiptOf(save);
  if (expected && expected !== answer.receipt && !save.isSentAgain) {
    Object.assign(save, { client_id: newId(), isSentAgain: true });
    persist();
    alertOnce("note", words.receipt_differs);
    return;
  }
  store.saves.splice(store.saves.indexOf(save), 1);
  unalert("offline");
  if (answer.outcome === "refused" || answer.sheet.version !== data.version) {
    persist();
    alertOnce("refused", answer.message);
    data.is_editable = data.is_editable && answer.sheet.version === data.version && answer.sheet.is_editable;
  } else {
    take(save, answer);
    persist();
    showSaved(answer);
  }
  const goesOn = Object.keys(store.pending).length || store.saves.some(each => !each.refused);
  showChip(goesOn ? "sending" : "typed");
  if (grid) {
    showRows();
    if (hasOtherConflicts(answer.sheet.conflicts)) await refresh();
  }
}

// The sheet as the server has it now. What was typed meanwhile keeps the revision that its author saw, so that a
// value which somebody else changed in between is found to differ and not overwritten.
function take(save, answer) {
  const now = answer.sheet;
  for (const [key, typed] of Object.entries(store.pending)) {
    const seen = key in save.cells && answer.outcome === "applied" ? save.cells[key] : cells[key];
    if (same(now.cells[key], seen)) typed.base = now.revision;
    else if (key in save.cells && answer.outcome === "applied") typed.base = answer.revision;
  }
  cells = now.cells;
  revision = now.revision;
  data.is_editable = now.is_editable;
}

function hasOtherConflicts(conflicts) {
  const there = rows().filter(row => row.hasAttribute("data-split")).map(row => row.dataset.row);
  const now = conflicts.filter(each => each.group === data.group).map(each => `${each.criterion}.${each.group}`);
  return there.length !== now.length || now.some(key => !there.includes(key));
}

// Draws the rows and what stands above them from a fresh page; what waits is put back into the fields.
async function refresh() {
  let page;
  try {
    const answer = await fetch(location.pathname + `?group=${data.group}`, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return; // The next save finds it again.
  }
  const fresh = page.getElementById("grid");
  if (!fresh) return;
  const focused = document.activeElement?.name;
  grid.tBodies[0].replaceWith(fresh.tBodies[0]);
  const box = document.getElementById("sheet-alert");
  box.replaceChildren(...box.querySelectorAll("[data-part]"), ...page.getElementById("sheet-alert").children);
  showRows();
  if (focused) grid.querySelector(`[name="${CSS.escape(focused)}"]`)?.focus();
}

// --- Typing ------------------------------------------------------------------------------------

const undo = [];

function type(input, text) {
  const key = input.name;
  const value = text === "" ? null : Number(text);
  if (same(value, valueOf(key))) return;
  const base = store.pending[key]?.base ?? revision;
  if (same(value, cells[key]) && !store.saves.some(save => key in save.cells)) delete store.pending[key];
  else store.pending[key] = { value, base };
  persist();
  input.toggleAttribute("data-q", isWaiting(key));
  showTotal(input.closest("tr"));
  showProgress();
  if (!isSending) showChip(chipState === "offline" ? "offline" : "typed");
  later(IDLE_MS);
}

function put(input, text) {
  if (input.readOnly || latin(input.value) === text) return;
  undo.push([input.name, latin(input.value)]);
  input.value = shown(text);
  type(input, text);
  if (input === document.activeElement) input.select();
}

function go(row, column) {
  const list = rows();
  const input = inputs(list[Math.max(0, Math.min(row, list.length - 1))])[column];
  input?.focus();
}

let before = null; // the text of the field when it was entered

function onInput(event) {
  const input = event.target;
  const text = latin(input.value);
  if (text !== "" && !isCount(text)) {
    input.value = input.dataset.good ?? ""; // a letter, a sign, a sixth digit: not taken
    return;
  }
  if (before !== null) {
    undo.push([input.name, before]);
    before = null;
  }
  input.value = input.dataset.good = shown(text);
  type(input, text);
}

function onFocus(event) {
  const input = event.target;
  if (!input.matches("input")) return;
  rows().forEach(row => row.classList.toggle("now", row.contains(input)));
  before = latin(input.value);
  input.dataset.good = input.value;
  input.select();
}

function onLeave(event) {
  const row = event.target.closest("tr[data-row]");
  if (!row || row.contains(event.relatedTarget)) return;
  if (inputs(row).some(input => input.name in store.pending)) {
    tell(said(words.row, { row: row.querySelector("th b").textContent, total: totalOf(row).text }));
    flush();
  }
}

function fillRest(row, input) {
  const [criterion, code] = row.dataset.row.split(".");
  const group = groupOf(code);
  if (group.people === null) return;
  const rest = group.people - (sumOf(counts(criterion, code)) ?? 0) + (valueOf(input.name) ?? 0);
  if (rest >= 0) put(input, String(rest));
}

function takeBack() {
  const last = undo.pop();
  const input = last && grid.querySelector(`[name="${CSS.escape(last[0])}"]`);
  if (!input || input.readOnly) return;
  input.value = shown(last[1]);
  type(input, last[1]);
  input.focus();
  before = null;
  input.select();
}

function onKey(event) {
  const input = event.target;
  if (!input.matches?.("input")) return;
  const row = input.closest("tr");
  const at = rows().indexOf(row);
  const list = inputs(row);
  const column = list.indexOf(input);
  const last = list.length - 1;
  const isCommand = event.ctrlKey || event.metaKey;
  const moves = {
    Enter: () => (event.shiftKey ? (column ? go(at, column - 1) : at && go(at - 1, last)) : column < last ? go(at, column + 1) : nextRow(at)),
    ArrowDown: () => go(at + 1, column),
    ArrowUp: () => go(at - 1, column),
    ArrowRight: () => column < last && go(at, column + 1),
    ArrowLeft: () => column && go(at, column - 1),
    Home: () => go(at, 0),
    End: () => go(at, last),
  };
  // By the place of the key as well: a Khmer keyboard writes other letters there.
  if (isCommand && (event.key === "z" || event.code === "KeyZ")) takeBack();
  else if (isCommand || event.altKey) return;
  else if (moves[event.key]) moves[event.key]();
  else if (event.key === "=" || event.code === "Equal") fillRest(row, input);
  else return;
  event.preventDefault();
}

function nextRow(at) {
  if (at + 1 < rows().length) go(at + 1, 0);
  else flush();
}

// A block copied from a spreadsheet goes into the cells right of and below this one.
function onPaste(event) {
  const input = event.target;
  if (!input.matches?.("input")) return;
  event.preventDefault();
  const list = rows();
  const at = list.indexOf(input.closest("tr"));
  const column = inputs(list[at]).indexOf(input);
  const lines = event.clipboardData.getData("text").replace(/\r?\n$/, "").split(/\r?\n/);
  let left = 0;
  lines.forEach((line, down) =>
    line.split("\t").forEach((text, right) => {
      const target = list[at + down] && inputs(list[at + down])[column + right];
      const typed = latin(text);
      if (!target || target.readOnly || (typed !== "" && !isCount(typed))) left += typed === "" ? 0 : 1;
      else put(target, typed === "" ? "" : String(Number(typed)));
    }),
  );
  before = null;
  input.dataset.good = input.value;
  unalert("note");
  if (left) alertOnce("note", said(words.not_numbers, { n: shown(left) }));
}

function onSubmit(event) {
  if (event.submitter?.hasAttribute("formaction")) {
    // Deciding a row goes to the server with everything typed, which may have been read at an older revision.
    form.elements.base_revision.value = Math.min(revision, ...Object.values(store.pending).map(typed => typed.base));
    form.elements.client_id.value = newId();
    return;
  }
  event.preventDefault();
  flush();
}

// --- Beginning ---------------------------------------------------------------------------------

adopt();
showGone();
if (grid && grid.querySelector("input")) {
  document.getElementById("sheet-keys")?.removeAttribute("hidden");
  inputs(grid).forEach(input => input.setAttribute("enterkeyhint", "next"));
  showRows();
  grid.addEventListener("focusin", onFocus);
  grid.addEventListener("focusout", onLeave);
  grid.addEventListener("input", onInput);
  grid.addEventListener("keydown", onKey);
  grid.addEventListener("paste", onPaste);
  form.addEventListener("submit", onSubmit);
  const aim = /^#r\d+$/.test(location.hash) && document.querySelector(location.hash);
  if (aim) inputs(aim).find(input => input.value === "")?.focus();
}
document.addEventListener("keydown", event => {
  if ((event.ctrlKey || event.metaKey) && (event.key === "s" || event.code === "KeyS")) {
    event.preventDefault();
    flush();
  }
});
document.addEventListener("visibilitychange", () => document.hidden && flush());
addEventListener("pagehide", flush);
addEventListener("online", flush);
if (waiting()) {
  showSaved(null);
  flush();
}
