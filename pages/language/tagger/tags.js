// A sentence with the tags beneath its words: of what has read both sides, the left, the right.
// What a visitor typed enters the page by textContent alone.
import { themeOf } from "../../../ui/components/colour.js";
import { html } from "../../../ui/components/dom.js";

/**
 * The number of the word that an arrow key leads to from another.
 * @param {string} key
 * @param {number} at
 * @param {number} count of all words
 */
export function goneTo(key, at, count) {
  const ends = { Home: 0, End: count - 1 };
  if (key in ends) return ends[key];
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
  return step ? Math.max(0, Math.min(count - 1, at + step)) : at;
}

class Tags {
  data;
  text; // the same, to know whether anything is new
  theme; // of the page
  at = 0; // the word whose probabilities are shown
  buttons = [];

  constructor(root) {
    this.root = root;
    this.find = (name) => root.querySelector(name);
  }

  receive(data) {
    const text = JSON.stringify(data);
    const theme = themeOf(this.root);
    if (text === this.text && theme === this.theme) return;
    const isOther = !this.data || data.key !== this.data.key;
    [this.text, this.theme, this.data] = [text, theme, data];
    if (isOther) this.at = data.first;
    this.build();
    this.show();
  }

  build() {
    const { data } = this;
    this.root.setAttribute("aria-label", data.alt);
    this.buttons = data.words.map((word, i) => this.word(word, i));
    this.find(".words").replaceChildren(...this.buttons);
    this.find(".key").replaceChildren(
      ...data.readings.map(({ arrow, name }) => html("span", "", `${arrow} ${name}`)),
    );
  }

  word(word, i) {
    const { data } = this;
    const button = html("button", "word");
    button.type = "button";
    button.append(html("span", "form", word));
    data.readings.forEach((reading, k) => {
      const { tag, share } = reading.tags[i][0];
      const chip = html("span", `tag${k ? " aside" : ""}`, tag === "O" ? "·" : tag);
      chip.style.setProperty("--tag", this.colour(tag));
      chip.classList.toggle("none", tag === "O");
      chip.classList.toggle("differs", k > 0 && tag !== data.readings[0].tags[i][0].tag);
      if (k) chip.prepend(html("span", "arrow", reading.arrow));
      chip.style.setProperty("--sure", share);
      button.append(chip);
    });
    button.onmouseenter = button.onfocus = button.onclick = () => this.choose(i);
    button.onkeydown = (event) => {
      const to = goneTo(event.key, i, data.words.length);
      if (to === i) return;
      event.preventDefault();
      this.buttons[to].focus();
    };
    return button;
  }

  colour(tag) {
    return this.data.colours[this.theme][this.data.places[tag]] ?? "var(--st-border-color)";
  }

  choose(i) {
    if (i === this.at) return;
    this.at = i;
    this.show();
  }

  show() {
    const { data, at } = this;
    this.buttons.forEach((button, i) => {
      button.setAttribute("aria-pressed", i === at);
      button.tabIndex = i === at ? 0 : -1;
    });
    this.find(".chosen").textContent = data.words[at];
    const rows = data.readings.map(({ arrow, name, tags }) => {
      const row = html("div", "row");
      row.append(html("span", "who", `${arrow} ${name}`));
      tags[at].forEach(({ tag, share, said }) => {
        const bar = html("span", "bar", `${tag} ${said}`);
        bar.style.setProperty("--tag", this.colour(tag));
        bar.style.setProperty("--share", share);
        row.append(bar);
      });
      return row;
    });
    this.find(".rows").replaceChildren(...rows);
    this.root.dataset.word = data.words[at];
  }
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".pangloss-tags");
  root.tags ??= new Tags(root);
  root.tags.receive(data);
}
