// What Streamlit leaves out for who reads with the ears or moves by the keyboard: the page's language,
// a stop at each part that scrolls, corners of tables that head nothing, lists within lists.
const REST_MS = 200; // after the last change of the page
const MAY_SCROLL =
  '[data-testid="stMarkdown"] :is(table, .katex-display), .pangloss-table, .stMain pre';

export function forEverybody(language) {
  document.documentElement.lang = language;
  if (document.body.dataset.mended) return;
  let timer;
  const soon = () => {
    document.body.dataset.mended = "false";
    clearTimeout(timer);
    timer = setTimeout(mend, REST_MS);
  };
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
  window.addEventListener("resize", soon);
  document.addEventListener("toggle", soon, true); // of what is unfolded
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
  for (const corner of document.querySelectorAll("th:empty"))
    corner.setAttribute("role", corner.hasAttribute("aria-selected") ? "gridcell" : "cell");
  // A heading that skips a level is one below the heading before it.
  let level = 1;
  for (const heading of document.querySelectorAll(".stMain :is(h1, h2, h3, h4, h5, h6)")) {
    const own = Number(heading.tagName[1]);
    if (own > level + 1) heading.setAttribute("aria-level", String(level + 1));
    else heading.removeAttribute("aria-level");
    level = Number(heading.ariaLevel ?? own);
  }
  // The narrow screen's navigation has its list items in boxes between them and their list.
  for (const box of document.querySelectorAll("ul > div")) box.setAttribute("role", "listitem");
  for (const item of document.querySelectorAll("ul > div > li")) item.setAttribute("role", "none");
  document.body.dataset.mended = "true";
}
