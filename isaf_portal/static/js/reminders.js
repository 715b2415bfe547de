// Copies a message, or hands it to the programs of the phone. Without this file the text can be selected by hand.
const said = document.getElementById("reminders-said");

function textOf(id) {
  return document.getElementById(id).innerText;
}

async function copy(button) {
  const message = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(message.innerText);
  } catch {
    // An office server without https has no clipboard: the old way works on a selection.
    const range = document.createRange();
    range.selectNodeContents(message);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    if (!document.execCommand("copy")) return;
  }
  button.querySelector("span").textContent = button.dataset.done;
  said.textContent = button.dataset.done;
}

async function share(button) {
  try {
    await navigator.share({ text: textOf(button.dataset.share) });
  } catch {
    // The person closed the list of programs: nothing to do.
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
if (navigator.share) {
  for (const button of document.querySelectorAll("[data-share]")) {
    button.hidden = false;
    button.addEventListener("click", () => share(button));
  }
}
