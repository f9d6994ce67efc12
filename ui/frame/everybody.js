// What Streamlit leaves out for who reads with the ears or moves by the keyboard: the page's language,
// a stop at each part that scrolls, and corners of tables that head nothing.
const REST_MS = 200; // after the last change of the page
const MAY_SCROLL = '[data-testid="stMarkdown"] :is(table, .katex-display), .stMain pre, .stCode';

export function forEverybody(language) {
  document.documentElement.lang = language;
  if (document.body.dataset.forEverybody) return;
  document.body.dataset.forEverybody = "true";
  let timer;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(mend, REST_MS);
  };
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
  window.addEventListener("resize", soon);
  soon();
}

function mend() {
  /** @type {NodeListOf<HTMLElement>} */
  const parts = document.querySelectorAll(MAY_SCROLL);
  const scroll = Array.from(
    parts,
    (part) => part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1,
  );
  parts.forEach((part, i) => {
    const wanted = scroll[i] ? "0" : null;
    if (part.getAttribute("tabindex") === wanted) return;
    if (wanted) part.setAttribute("tabindex", wanted);
    else part.removeAttribute("tabindex");
  });
  for (const corner of document.querySelectorAll("th:empty")) corner.setAttribute("role", "cell");
}
