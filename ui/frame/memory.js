// What this browser remembers of the course. The server is told with the request that opens a
// session, by a cookie that no other request carries: it knows before it draws the page.
import { latest, merged } from "./remembered.js";

const NAME = "pangloss-memory";
const MOST_BYTES = 3800;
const YEAR_S = 365 * 24 * 3600;
const merges = {}; // what was merged before: another tab may have changed it since

function stored() {
  try {
    return JSON.parse(window.localStorage.getItem(NAME)) ?? {};
  } catch {
    return {};
  }
}

export default function ({ data }) {
  const memory = merged(stored(), data.news, merges);
  window.localStorage.setItem(NAME, JSON.stringify(memory));
  document.cookie = [
    `${data.cookie}=${latest(memory, MOST_BYTES)}`,
    `path=${data.path}`,
    `max-age=${YEAR_S}`,
    "samesite=lax",
    ...(window.location.protocol === "https:" ? ["secure"] : []),
  ].join("; ");
}
