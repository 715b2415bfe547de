// The arrow keys turn from point to point. So do Page Up and Page Down, which a remote control for projectors sends,
// once the page is read to its end. Nobody turns away from something that is being typed. Without this file the links
// do the same.
const FORWARD = new Set(["ArrowRight", "PageDown"]);
const BACK = new Set(["ArrowLeft", "PageUp"]);

function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

function holdsSomethingTyped() {
  return [...document.querySelectorAll("main textarea, main input[type=text]")].some((field) => field.value !== field.defaultValue);
}

function isReadToItsEnd(key) {
  if (key === "PageDown") return window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 4;
  return key !== "PageUp" || window.scrollY === 0;
}

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || isTyping(event.target)) return;
  const rel = FORWARD.has(event.key) ? "next" : BACK.has(event.key) ? "prev" : "";
  const link = rel && document.querySelector(`main a[rel=${rel}]`);
  if (!link || holdsSomethingTyped() || !isReadToItsEnd(event.key)) return;
  event.preventDefault();
  link.click();
});
