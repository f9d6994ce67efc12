// A table, sorted by the column whose name is pressed. What stands in it is somebody's: it enters the
// page by textContent and by nothing else.
import { html } from "./dom.js";

const TURN = { none: "ascending", ascending: "descending", descending: "none" };

/**
 * The number that a text begins with, such as "0,25 (1 600)"; NaN where it begins otherwise.
 * @param {string} text
 * @param {string} point the language's decimal mark
 */
export function leading(text, point) {
  const [digits] = /^[-−]?\d[\d.,\u00a0\u202f]*/.exec(text) ?? [""];
  const plain = digits.replace(/[\u00a0\u202f]/g, "").replace("−", "-");
  return digits
    ? parseFloat(point === "," ? plain.replace(",", ".") : plain.replace(/,/g, ""))
    : NaN;
}

/**
 * The rows in the order of a column, numbers before words; those without a value there come last,
 * either way.
 * @param {[string, number | string | null][][]} rows of cells: a text, and what it is sorted by
 * @param {number} column
 * @param {string} direction "ascending", "descending", or "none" for as they came
 * @param {string} point the language's decimal mark
 */
export function inOrder(rows, column, direction, point = ".") {
  if (direction === "none") return rows;
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  const sign = direction === "ascending" ? 1 : -1;
  const number = (value) => (typeof value === "number" ? value : leading(value, point));
  return rows.toSorted((a, b) => {
    const [one, other] = [a[column][1], b[column][1]];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    const apart = number(one) - number(other);
    if (apart) return sign * apart;
    const words = Number(Number.isNaN(number(one))) - Number(Number.isNaN(number(other)));
    return sign * (words || compare(String(one), String(other)));
  });
}

function head(state, [name, numbers], column) {
  if (!name) return html("td", "corner");
  const sorted = state.column === column ? state.direction : "none";
  const cell = html("th", numbers ? "number" : "");
  cell.scope = "col";
  cell.ariaSort = sorted;
  const button = html("button", "", name);
  button.type = "button";
  button.title = state.data.sort;
  button.onclick = () => {
    [state.column, state.direction] = [column, TURN[sorted]];
    draw(state);
    state.table.querySelectorAll("thead > tr > *")[column].firstChild.focus();
  };
  cell.append(button);
  return cell;
}

function draw(state) {
  const { columns, rows } = state.data;
  const names = html("tr");
  names.append(...columns.map((column, i) => head(state, column, i)));
  const lines = inOrder(rows, state.column, state.direction, state.data.point).map((row) => {
    const line = html("tr");
    line.append(...row.map(([text], i) => html("td", columns[i][1] ? "number" : "", text)));
    return line;
  });
  const [above, body] = [html("thead"), html("tbody")];
  above.append(names);
  body.append(...lines);
  state.table.replaceChildren(above, body);
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".pangloss-table");
  const state = (root.state ??= { column: 0, direction: "none", table: root.firstElementChild });
  const content = JSON.stringify(data);
  if (state.content === content) return; // so that a focus stays where it is
  if (state.data && state.data.columns[state.column]?.[0] !== data.columns[state.column]?.[0]) {
    state.direction = "none"; // other columns
  }
  [state.data, state.content] = [data, content];
  root.setAttribute("aria-label", data.alt);
  root.style.maxHeight = data.height ? `${data.height}px` : "";
  draw(state);
}
