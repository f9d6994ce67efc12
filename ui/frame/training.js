// Train stands in the head of a lesson, what it draws may be far below: the page goes there.
const ROOM = 0.4; // of the window, for the section's title and settings above what is drawn
const WRAPPER = '[data-testid="stLayoutWrapper"]';

export function leadToTraining() {
  const { dataset } = document.documentElement;
  if (dataset.panglossLeads) return;
  dataset.panglossLeads = "watched";
  document.addEventListener("click", ({ target }) => {
    const train = target instanceof Element && target.closest('[class*="-train "] button');
    const title = document.getElementById("train");
    const settings = document.querySelector('[class*="st-key-later_"]')?.closest(WRAPPER);
    if (!train || !train.closest(".st-key-lesson_head") || !title || !settings) return;
    const [from, to] = [title.getBoundingClientRect().top, settings.getBoundingClientRect().bottom];
    if (to < window.innerHeight / 2) return; // what is drawn is in sight
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const first = to - from < ROOM * window.innerHeight ? title : settings.nextElementSibling;
    first?.scrollIntoView({ behavior: still ? "auto" : "smooth" });
  });
}
