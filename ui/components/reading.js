// A text, character by character: coloured, clickable, walked through with the arrow keys.
// The text is somebody's: it enters the page by textContent and by nothing else.
import { readable, shade, themeOf } from "./colour.js";
import { html } from "./dom.js";

const KEY_PAUSE_MS = 150;

function shades(palette, inks) {
  // One style for each level of colour, made once: 5,000 characters share a hundred of them.
  const styles = new Map();
  return (value) => {
    if (!styles.has(value)) {
      const back = shade(value, palette);
      styles.set(value, `background-color: rgb(${back.join(" ")}); color: ${readable(back, inks)}`);
    }
    return styles.get(value);
  };
}

function write(state, data) {
  const characters = Array.from(data.text); // by code point, as Python counts
  let same = 0;
  while (same < state.characters.length && state.characters[same] === characters[same]) same++;
  state.spans.splice(same).forEach((span) => span.remove());
  const added = document.createDocumentFragment();
  for (let i = same; i < characters.length; i++) {
    const span = html("span", characters[i] === "\n" ? "line-end" : "", characters[i]);
    span.position = i;
    added.append(span);
    state.spans.push(span);
  }
  state.box.append(added);
  state.characters = characters;
  if (state.index >= characters.length) state.index = null;
}

function colour(state, data) {
  const own = themeOf(state.root);
  const other = own === "dark" ? "light" : "dark";
  const palette = data.palette[own];
  const style = shades(palette, [data.ink[own], data.ink[other]]);
  state.spans.forEach((span, i) => {
    const value = data.colours ? data.colours[i] : null;
    const wanted = value === null ? "" : style(value);
    if (span.wanted !== wanted) span.style.cssText = span.wanted = wanted;
  });
  const key = state.root.querySelector(".key");
  key.hidden = !data.legend;
  if (!data.legend) return;
  key.querySelector(".low").textContent = data.legend[0];
  key.querySelector(".high").textContent = data.legend[1];
  const stops = palette.map(([position, hex]) => `${hex} ${100 * position}%`);
  key.querySelector(".scale").style.background = `linear-gradient(to right, ${stops.join(", ")})`;
}

function mark(state, index, speak) {
  state.spans[state.index]?.removeAttribute("aria-current");
  state.index = index !== null && index < state.spans.length ? index : null;
  const span = state.spans[state.index];
  if (!span) return;
  span.setAttribute("aria-current", "true");
  if (!speak) return;
  const [box, line] = [state.box.getBoundingClientRect(), span.getBoundingClientRect()];
  if (line.top < box.top) state.box.scrollTop -= box.top - line.top;
  if (line.bottom > box.bottom) state.box.scrollTop += line.bottom - box.bottom;
  const name = { " ": state.data.words.space, "\n": state.data.words.line_end }[span.textContent];
  state.root.querySelector(".spoken").textContent =
    `${name ?? span.textContent}, ${state.index + 1} / ${state.spans.length}`;
}

function neighbour(state, key) {
  const { spans, index } = state;
  const last = spans.length - 1;
  if (index === null) return 0;
  const steps = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: last };
  if (key in steps) return Math.max(0, Math.min(last, steps[key]));
  const from = spans[index].getBoundingClientRect();
  const step = key === "ArrowUp" ? -1 : 1;
  let best = index;
  let nearest = Infinity;
  let row = null;
  for (let i = index + step; i >= 0 && i <= last; i += step) {
    const at = spans[i].getBoundingClientRect();
    if (Math.abs(at.top - from.top) < from.height / 2) continue;
    row ??= at.top;
    if (Math.abs(at.top - row) >= from.height / 2) break; // the line after next
    const distance = Math.abs(at.left - from.left);
    if (distance < nearest) [nearest, best] = [distance, i];
  }
  return best;
}

function listen(state) {
  const choose = (index, pause) => {
    mark(state, index, true);
    clearTimeout(state.timer);
    state.timer = setTimeout(() => state.tell("index", state.index), pause);
  };
  state.box.onclick = (event) => {
    const position = event.target.position;
    if (position !== undefined) choose(position, 0);
  };
  state.box.onkeydown = (event) => {
    const keys = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];
    if (!keys.includes(event.key) || !state.spans.length) return;
    event.preventDefault();
    choose(neighbour(state, event.key), KEY_PAUSE_MS);
  };
}

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".pangloss-reading");
  const box = root.querySelector(".text");
  const state = (root.state ??= { root, box, spans: [], characters: [], index: null });
  state.data = data;
  state.tell = setStateValue;
  if (!box.onclick) listen(state);
  box.setAttribute("aria-label", data.alt);
  box.style.maxHeight = `${data.height}px`;
  root.dataset.font = data.font;
  write(state, data);
  colour(state, data);
  const overruled = state.selected !== data.selected; // by the page, which overrules the hand
  mark(state, overruled ? data.selected : (state.index ?? data.selected), false);
  state.selected = data.selected;
  return () => {
    // Called as well for a text that was overtaken while this script was loading.
    if (!root.isConnected) clearTimeout(state.timer);
  };
}
