// Passages that were found, in columns side by side, with the words that carried the likeness
// marked. What a text or a visitor says enters by textContent alone.
import { html } from "../../../ui/components/dom.js";

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".pangloss-hits");
  const columns = data.columns.map((column) => {
    const section = html("section", "column");
    section.append(html("h4", "", column.title), html("p", "compared", column.about));
    const list = html("ol", "");
    list.append(...column.hits.map(found));
    section.append(list);
    if (!column.hits.length) section.append(html("p", "none", column.none));
    return section;
  });
  root.setAttribute("aria-label", data.alt);
  root.classList.toggle("projected", data.projected);
  root.replaceChildren(html("p", "asked", data.asked), key(data), ...columns);
}

function key({ marked, levels }) {
  const line = html("p", "key", `${marked} `);
  levels.forEach((level, i) => line.append(html("mark", `carried-${i + 1}`, level), " "));
  return line;
}

function found(hit) {
  const item = html("li", "hit");
  const text = html("p", "passage");
  text.append(
    ...hit.parts.map(([words, strength]) =>
      html(strength ? "mark" : "span", strength ? `carried-${strength}` : "", words),
    ),
  );
  const about = html("p", "about");
  about.append(html("span", "score", hit.score), html("span", "", hit.about));
  item.append(text, about);
  return item;
}
