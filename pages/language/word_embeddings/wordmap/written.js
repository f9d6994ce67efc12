// What is written beside a map of words: the answer or the neighbours of the word that is looked at,
// the groups, and what is spoken. Words are somebody's: they enter the page by textContent alone.
import { filled, html } from "../../../../ui/components/dom.js";

const SPOKEN_MS = 350;

export function writeBeside(map) {
  const { data, root, known, under } = map;
  const { words } = data;
  root.setAttribute("aria-label", data.alt);
  map.frame.setAttribute("aria-label", `${data.alt} ${words.keys}`);
  const names = [words.nearer, words.farther, words.whole];
  Array.from(map.find(".zoom").children).forEach((button, i) => {
    button.setAttribute("aria-label", names[i]);
    button.title = names[i];
  });
  map.find(".across").textContent = data.across;
  map.find(".up").textContent = data.up;
  const panel = under === null ? data.panel : neighboursOf(map, under);
  map.find(".asked").textContent = panel.title;
  map.find(".note").textContent = panel.note;
  const rows = panel.rows.map((row) => rowOf(map, row));
  const content = JSON.stringify(panel.rows);
  if (map.content !== content) map.find(".rows").replaceChildren(...rows); // a focus stays
  map.content = content;
  root.dataset.word = under === null ? "" : known.words[under];
  root.dataset.asked = data.asked;
}

function rowOf(map, { word, score, kind }) {
  const item = html("li", kind);
  const button = html("button");
  button.type = "button";
  const bar = html("i", "bar");
  bar.style.setProperty("--share", String(Math.max(0, Math.min(1, score))));
  const value = html("span", "score", written(map, score));
  button.append(html("span", "word", word), value, bar);
  button.onclick = () => map.ask(word);
  item.append(button);
  return item;
}

function written({ data }, score) {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return new Intl.NumberFormat(data.language, digits).format(score).replace("-", "−");
}

function neighboursOf({ data, known }, index) {
  const { words, near, cosines, each, counts, everywhere } = known;
  const rows = [];
  for (let i = each * index; i < each * (index + 1); i++)
    rows.push({ word: words[near[i]], score: cosines[i] / 255, kind: "near" });
  const count = new Intl.NumberFormat(data.language).format(counts[index]);
  const title = everywhere ? data.words.everywhere : data.words.neighbours;
  return {
    title: filled(title, { word: words[index] }),
    rows,
    note: filled(data.words.count, { count }),
  };
}

export function writeGroups(map) {
  const list = map.find(".groups");
  const buttons = (map.known.names ?? []).map((name, i) => {
    const button = html("button", "", name);
    button.type = "button";
    button.dataset.group = i;
    button.prepend(html("i", "swatch"));
    button.onclick = () => {
      map.group = map.group === i ? null : i;
      map.redraw(true);
    };
    return button;
  });
  list.setAttribute("aria-label", map.data.words.groups);
  list.replaceChildren(...buttons);
}

export function speakOf(map) {
  clearTimeout(map.speaking);
  map.speaking = setTimeout(() => {
    if (map.under === null) return;
    const { title, rows, note } = neighboursOf(map, map.under);
    const near = rows.map(({ word, score }) => `${word} ${written(map, score)}`).join(", ");
    map.find(".spoken").textContent = `${title}: ${near}. ${note}`;
  }, SPOKEN_MS);
}
