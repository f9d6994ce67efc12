// Train stands in the head of a lesson, what it draws may be far below: the page goes there.
export function leadToTraining() {
  const { dataset } = document.documentElement;
  if (dataset.panglossLeads) return;
  dataset.panglossLeads = "watched";
  document.addEventListener("click", ({ target }) => {
    const train = target instanceof Element && target.closest('[class*="-train "] button');
    const section = document.getElementById("train");
    if (!train || !train.closest(".st-key-lesson_head") || !section) return;
    if (section.getBoundingClientRect().top < window.innerHeight / 2) return; // it is in sight
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    section.scrollIntoView({ behavior: still ? "auto" : "smooth" });
  });
}
