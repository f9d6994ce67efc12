// A one-hot row times a matrix is a row of the matrix: with live numbers, and each sum in words.
import { filled, html } from "../../../ui/components/dom.js";

/**
 * One number of a row times a matrix, as the sum that it is; long ones are told by their ends.
 * @param {number} chosen the place of the 1
 * @param {number[]} column of the matrix
 * @param {(value: number) => string} write
 */
export function sumInWords(chosen, column, write) {
  return column
    .map(
      (value, i) => `${i === chosen ? 1 : 0} · ${value < 0 ? `(${write(value)})` : write(value)}`,
    )
    .join(" + ");
}

class OneHot {
  data; // as the server sent it
  text; // the same, to know whether anything is new
  chosen; // the word
  column = 0; // whose sum is told
  write; // a number in the visitor's language
  words = []; // buttons
  ones = []; // cells of the row
  rows = []; // of the matrix
  results = []; // cells

  constructor(root) {
    this.root = root;
    this.find = (name) => root.querySelector(name);
  }

  receive(data) {
    const text = JSON.stringify(data);
    if (text === this.text) return;
    [this.text, this.data] = [text, data];
    this.chosen ??= data.first;
    this.chosen = Math.min(this.chosen, data.vocabulary.length - 1);
    this.column = 0;
    const format = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
    const numbers = new Intl.NumberFormat(data.language, format);
    this.write = (value) => numbers.format(value).replace("-", "−");
    this.build();
    this.show();
  }

  build() {
    const { data } = this;
    this.root.setAttribute("aria-label", data.words.alt);
    const [x, w, v] = [".x", ".w", ".v"].map(this.find);
    this.words = data.vocabulary.map((word, i) => {
      const button = html("button", "", word);
      button.type = "button";
      button.onclick = () => {
        this.chosen = i;
        this.show();
      };
      return button;
    });
    this.ones = data.vocabulary.map(() => html("span", "cell"));
    x.replaceChildren(...this.words, ...this.ones);
    x.style.setProperty("--columns", data.vocabulary.length);
    this.rows = data.matrix.map((row) => {
      const line = html("div", "row");
      line.append(...row.map((value) => html("span", "cell", this.write(value))));
      return line;
    });
    w.replaceChildren(...this.rows);
    this.results = data.matrix[0].map((_, k) => {
      const button = html("button", "cell");
      button.type = "button";
      button.onmouseenter =
        button.onfocus =
        button.onclick =
          () => {
            this.column = k;
            this.show();
          };
      return button;
    });
    v.replaceChildren(...this.results);
    const names = [`x (1 × ${data.vocabulary.length})`];
    names.push(`W (${data.vocabulary.length} × ${data.matrix[0].length})`);
    names.push(`v = x W (1 × ${data.matrix[0].length})`);
    this.root
      .querySelectorAll("figcaption")
      .forEach((caption, i) => (caption.textContent = names[i]));
  }

  show() {
    const { data, chosen, column } = this;
    this.words.forEach((button, i) => button.setAttribute("aria-pressed", i === chosen));
    this.ones.forEach((cell, i) => {
      cell.textContent = i === chosen ? "1" : "0";
      cell.classList.toggle("lit", i === chosen);
    });
    this.rows.forEach((row, i) => {
      row.classList.toggle("lit", i === chosen);
      Array.from(row.children).forEach((cell, k) => cell.classList.toggle("summed", k === column));
    });
    this.results.forEach((cell, k) => {
      cell.textContent = this.write(data.matrix[chosen][k]);
      cell.classList.toggle("summed", k === column);
    });
    const values = data.matrix.map((row) => row[column]);
    const sum = sumInWords(chosen, values, this.write);
    const result = this.write(values[chosen]);
    const place = column + 1;
    const word = data.vocabulary[chosen];
    this.find(".said").textContent = filled(data.words.sum, { place, word, sum, result });
    this.root.dataset.word = word;
  }
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".pangloss-onehot");
  root.onehot ??= new OneHot(root);
  root.onehot.receive(data);
}
