// Looks again at a job every two seconds while the page shows it as under way, then stops.
// Without this file the page has a link that loads it anew.
const EVERY_MS = 2000;

async function lookAgain(job) {
  let answer;
  try {
    answer = await fetch(job.dataset.poll, { headers: { Accept: "text/html" }, credentials: "same-origin" });
  } catch {
    follow(job); // No network just now: the next look may find it again.
    return;
  }
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(job.id);
  if (!fresh || !job.isConnected) return;
  job.replaceWith(fresh);
  follow(fresh);
}

function follow(job) {
  if (job.dataset.poll) setTimeout(lookAgain, EVERY_MS, job);
}

document.querySelectorAll("[data-poll]").forEach(follow);
