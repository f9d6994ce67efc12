// Where a network looked while it wrote: lines between two rows of characters, and the weights.
// What is asked and what was written enter by textContent alone; hovering asks no server.
import { curves, moved } from "../../../ui/components/attention.js";
import { readable, shade } from "../../../ui/components/colour.js";
import { filled, html, svg } from "../../../ui/components/dom.js";

const LINE_FROM = 0.1; // a weight below it gets no line
const MUCH = 1 / 3; // of the weights of a step, to be told of a place
const FEW = 8; // places that leave room for a number in each cell
const NARROWEST = 0.6; // width of a character, in the root's font size
const [TOP, FIRST, LAST, BOTTOM, HEIGHT] = [20, 30, 132, 150, 162];

const shown = (character) => ({ " ": "␣", end: "∎", padding: "∅" })[character] ?? character;

function lines(state) {
  const { data, drawing } = state;
  const [asked, written] = [data.asked.length, data.told.length];
  const em = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const width = Math.max(
    drawing.parentElement.clientWidth,
    NARROWEST * em * Math.max(asked, written),
  );
  const x = (i, of) => (width * (i + 0.5)) / of;
  drawing.setAttribute("width", width);
  drawing.setAttribute("height", HEIGHT);
  state.paths = curves(data.weights, {
    least: LINE_FROM,
    widest: 5,
    top: FIRST,
    bottom: LAST,
    from: (place) => x(place, asked),
    to: (step) => x(step, written),
  });
  const letters = (characters, y, kind) =>
    characters.map((character, i) => {
      const group = svg("g", { class: kind });
      const room = width / characters.length;
      const back = { x: x(i, characters.length) - room / 2, y: y - 20, width: room, height: 32 };
      const text = svg("text", { x: x(i, characters.length), y, "text-anchor": "middle" });
      text.textContent = shown(character);
      group.append(svg("rect", back), text);
      group[kind] = i;
      return group;
    });
  state.askedLetters = letters(data.asked, TOP, "place");
  state.toldLetters = letters(data.told, BOTTOM, "step");
  const paths = state.paths.map((one) => one.path);
  drawing.replaceChildren(...paths, ...state.askedLetters, ...state.toldLetters);
}

function map(state) {
  const { data, grid } = state;
  const few = data.asked.length <= FEW;
  grid.dataset.few = few;
  grid.style.setProperty("--places", data.asked.length);
  const head = html("div", "row head");
  head.setAttribute("role", "row");
  const corner = html("span", "letter corner");
  corner.setAttribute("role", "gridcell"); // it heads nothing
  state.heads = data.asked.map((character, place) => {
    const cell = html("span", "cell", shown(character));
    cell.setAttribute("role", "columnheader");
    cell.id = `${state.id}-head-${place}`;
    cell.place = place;
    return cell;
  });
  head.append(corner, ...state.heads);
  state.rows = data.told.map((character, step) => {
    const row = html("div", "row");
    row.setAttribute("role", "row");
    row.step = step;
    row.dataset.opens = step > 0 && [" ", "-"].includes(data.told[step - 1]);
    const letter = html("span", "letter", shown(character));
    letter.setAttribute("role", "rowheader");
    row.append(letter);
    data.weights[step].forEach((weight, place) => {
      const cell = html(
        "span",
        "cell",
        few && weight >= 0.005 ? String(Math.round(100 * weight)) : "",
      );
      const back = shade(2 * weight - 1, data.palette);
      const front = readable(back, [data.ink.light, data.ink.dark]);
      cell.style.cssText = `background-color: rgb(${back.join(" ")}); color: ${front}`;
      cell.setAttribute("role", "gridcell");
      cell.setAttribute("aria-label", `${state.where(place)}: ${state.share(weight)}`);
      cell.id = `${state.id}-${step}-${place}`;
      cell.place = place;
      row.append(cell);
    });
    return row;
  });
  grid.replaceChildren(head, ...state.rows);
}

const cellAt = ({ rows, heads }, step, place) =>
  step < 0 ? heads[place] : rows[step]?.children[place + 1];

function ofStep(state, step) {
  // The weights of one letter, and how sure of it the network was, as sentences.
  const { data, name, share } = state;
  const weights = data.weights[step]
    .map((weight, place) => ({ weight, place }))
    .filter(({ weight }) => weight >= 0.005)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 4)
    .map(({ weight, place }) => `${state.where(place)}: ${share(weight)}`);
  const values = { place: step + 1, letter: name(data.told[step]), weights: weights.join("; ") };
  const sure = filled(data.words.sure, { share: share(data.sure[step]) });
  return [filled(data.words.step, values), sure];
}

function ofPlace(state, place) {
  // Which letters looked at one place, those beside each other in one piece.
  const { data, name } = state;
  const pieces = [];
  let last = -2;
  data.weights.forEach((row, step) => {
    if (row[place] < MUCH) return;
    const letter = shown(data.told[step]);
    if (step === last + 1) pieces[pieces.length - 1] += letter;
    else pieces.push(letter);
    last = step;
  });
  const values = { place: place + 1, letter: name(data.asked[place]), letters: pieces.join(" · ") };
  return [filled(pieces.length ? data.words.place : data.words.nowhere, values), ""];
}

function mark(state, step, place) {
  // Light up a letter (step) or a place; both null for none.
  const { root, data } = state;
  const ofRow = step !== null && step >= 0;
  root.dataset.step = ofRow ? step : "";
  root.dataset.place = place ?? "";
  root.dataset.lit = ofRow ? "step" : place !== null ? "place" : "";
  const lit = (i, j) => (ofRow ? i === step : place !== null && j === place);
  const much = (i, j) => data.weights[i][j] >= (ofRow ? LINE_FROM : MUCH);
  for (const { path, step: i, place: j } of state.paths) path.classList.toggle("lit", lit(i, j));
  state.rows.forEach((row, i) => {
    const on = ofRow ? i === step : place !== null && much(i, place);
    row.classList.toggle("lit", on);
    state.toldLetters[i].classList.toggle("lit", on);
  });
  state.heads.forEach((head, j) => {
    const on = ofRow ? much(step, j) : j === place;
    head.classList.toggle("lit", on);
    state.askedLetters[j].classList.toggle("lit", on);
  });
  const none = [data.words.hint, ""];
  const sentence = ofRow ? ofStep(state, step) : place !== null ? ofPlace(state, place) : none;
  [state.said.children[0].textContent, state.said.children[1].textContent] = sentence;
}

function stay(state) {
  // Where neither pointer nor focus is: the cell that was chosen, or everything.
  if (state.chosen) mark(state, ...state.chosen);
  else mark(state, null, null);
}

function choose(state, step, place) {
  if (state.chosen) cellAt(state, ...state.chosen)?.removeAttribute("aria-selected");
  state.chosen = step === null ? null : [step, place];
  if (!state.chosen) return;
  cellAt(state, step, place)?.setAttribute("aria-selected", "true");
  state.tell("cell", { of: state.data.of, step, place });
}

function go(state, step, place) {
  // Move the keyboard's cursor; above the first row are the places themselves.
  cellAt(state, ...(state.cursor ?? [0, 0]))?.classList.remove("cursor");
  state.cursor = [step, place];
  const cell = cellAt(state, ...state.cursor);
  cell.classList.add("cursor");
  state.grid.setAttribute("aria-activedescendant", cell.id);
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  mark(state, ...state.cursor);
}

function listen(state) {
  const { root, grid } = state;
  const under = (event) => {
    const target = event.target.closest?.(".cell, .row, g");
    if (!target || !root.contains(target)) return null;
    const row = target.closest(".row");
    const step = target.step ?? row?.step ?? null;
    return step === null && target.place === undefined ? null : [step, target.place ?? null];
  };
  root.onpointerover = (event) => {
    const at = under(event);
    if (at) mark(state, ...at);
  };
  root.onpointerleave = () => stay(state);
  grid.onclick = (event) => {
    const at = under(event);
    if (at && at[0] !== null && at[1] !== null) choose(state, ...at);
  };
  grid.onfocus = () => {
    if (grid.matches(":focus-visible")) go(state, ...(state.cursor ?? state.chosen ?? [0, 0]));
  };
  grid.onblur = () => {
    cellAt(state, ...(state.cursor ?? [0, 0]))?.classList.remove("cursor");
    stay(state);
  };
  grid.onkeydown = (event) => {
    const [step, place] = state.cursor ?? [0, 0];
    const lengths = Array(state.rows.length + 1).fill(state.heads.length);
    const to = moved(event.key, [step + 1, place], lengths); // the places are a row, too
    if (to) go(state, to[0] - 1, to[1]);
    else if (["Enter", " "].includes(event.key) && step >= 0) choose(state, step, place);
    else return;
    event.preventDefault();
  };
}

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".pangloss-alignment");
  const [drawing, grid] = [root.querySelector("svg"), root.querySelector(".map")];
  const id = (root.dataset.id ??= `alignment-${Math.random().toString(36).slice(2)}`);
  const state = (root.state ??= { root, drawing, grid, id, said: root.querySelector(".said") });
  const shares = new Intl.NumberFormat(data.language, { style: "percent" });
  state.share = (value) => shares.format(value);
  const twice = (character) => data.asked.indexOf(character) !== data.asked.lastIndexOf(character);
  state.where = (place) => {
    const character = data.asked[place];
    const values = { place: place + 1, letter: state.name(character) };
    return twice(character) ? filled(data.words.where, values) : values.letter;
  };
  state.name = (character) => data.words.names[character] ?? character;
  state.tell = setStateValue;
  if (!root.onpointerover) listen(state);
  const text = JSON.stringify({ ...data, chosen: null }); // the hand has already chosen
  if (state.text === text) return;
  const other = state.data?.of !== data.of;
  [state.text, state.data] = [text, data];
  if (other) [state.chosen, state.cursor] = [null, null];
  if (!state.chosen && data.chosen) state.chosen = data.chosen;
  root.querySelector(".words").textContent = data.words.lines;
  root.querySelector(".weights").textContent = data.words.map;
  root.querySelector(".lines").setAttribute("aria-label", data.alt);
  grid.setAttribute("aria-label", data.words.grid);
  lines(state);
  map(state);
  if (state.chosen) cellAt(state, ...state.chosen)?.setAttribute("aria-selected", "true");
  stay(state);
  root.dataset.of = data.of;
  state.sized ??= new ResizeObserver(() => {
    if (!root.clientWidth || state.width === root.clientWidth) return;
    state.width = root.clientWidth;
    lines(state);
    stay(state);
  });
  state.sized.observe(root);
  return () => {
    if (!root.isConnected) state.sized.disconnect();
  };
}
