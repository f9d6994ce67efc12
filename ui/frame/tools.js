// Two quiet buttons: the other theme, and the address of this page as it is.
import { copied, nameCopy } from "../components/clipboard.js";
import { themeOf } from "../components/colour.js";
import { forEverybody } from "./everybody.js";
import { watchHistory } from "./steps.js";
import { leadToTraining } from "./training.js";

// Streamlit remembers the theme for each path apart, under this name, and reads it when a page is
// opened; it offers scripts no other way. Its own menu goes on to work beside this.
function setTheme(theme, pages) {
  const here = window.location.pathname;
  const page = pages.find((name) => here.replace(/\/$/, "").endsWith(`/${name}`));
  const root = page ? here.replace(/\/$/, "").slice(0, -page.length) : here;
  for (const path of [here, root, ...pages.map((name) => root + name)]) {
    window.localStorage.setItem(`stActiveTheme-${path}-v2`, JSON.stringify(theme));
  }
  window.location.reload();
}

export default function ({ data, parentElement }) {
  watchHistory(data.quiet);
  forEverybody(data.language);
  leadToTraining();
  const root = parentElement.querySelector(".pangloss-tools");
  const [theme, link] = root.querySelectorAll("button");
  const dark = themeOf(root) === "dark";
  theme.textContent = dark ? data.light : data.dark;
  theme.onclick = () => setTheme(themeOf(root) === "dark" ? "Light" : "Dark", data.pages);
  nameCopy(link, data.copy);
  link.onclick = () => copied(window.location.href, link, data.copied);
}
