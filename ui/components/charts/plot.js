// A Plotly chart that is updated in place: the same DOM node from the first figure to the last.
import { themeOf } from "../colour.js";
import { settleLabels } from "./drawn.js";
import { legendMoved } from "./legend.js";
import { breakWords, fitted, missing, wordsOf } from "./lines.js";

const loading = {};

function load(src) {
  if (globalThis.Plotly) return Promise.resolve(globalThis.Plotly);
  loading[src] ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = src;
    script.onload = () => resolve(globalThis.Plotly);
    script.onerror = () => {
      delete loading[src];
      script.remove();
      reject(new Error(`cannot load ${src}`));
    };
    document.head.append(script);
  });
  return loading[src];
}

// A chart is drawn where it is seen, or soon will be: half a window around it. What it is to do there
// waits as its `due`.
const AHEAD = "50% 0px";
const seen = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of /** @type {any[]} */ (entries)) {
      target.near = isIntersecting;
      if (isIntersecting) target.due?.();
    }
  },
  /** @type {any} */ ({ rootMargin: AHEAD, scrollMargin: AHEAD }), // the page scrolls inside the window
);
addEventListener("beforeprint", () => {
  for (const chart of document.querySelectorAll(".pangloss-plot"))
    /** @type {any} */ (chart).due?.();
});

function whenSeen(root, act) {
  root.due = () => {
    root.due = null;
    act();
  };
  if (root.near) root.due();
}

function themed(text, root, swaps) {
  // The page's theme may have changed since the server drew the figure: one palette for the other.
  const pairs = swaps[themeOf(root)] ?? {};
  return text.replace(/#[0-9A-Fa-f]{6}\b/g, (hex) => pairs[hex.toUpperCase()] ?? hex);
}

// A chart with choices shows one of them at a time: the one nearest to the pointer along the first
// x axis, or the next by an arrow key. It keeps the choice when the figure is redrawn.
function offer(Plotly, root, choices) {
  root.choices = choices;
  const show = (index) => {
    root.chosen = Math.max(0, Math.min(root.choices.at.length - 1, index));
    const now = root.choices;
    root.dataset.chosen = root.chosen;
    root.setAttribute("aria-valuenow", root.chosen);
    root.setAttribute("aria-valuetext", now.said[root.chosen]);
    return Plotly.restyle(root, now.updates[root.chosen], now.traces);
  };
  root.setAttribute("role", "slider");
  root.setAttribute("aria-valuemin", 0);
  root.setAttribute("aria-valuemax", choices.at.length - 1);
  if (!root.offers) {
    root.offers = true;
    const nearest = (event) => {
      if (!root.choices || !root._fullLayout) return;
      const axis = root._fullLayout.xaxis;
      const pixel = event.clientX - root.getBoundingClientRect().left - axis._offset;
      if (pixel < 0 || pixel > axis._length) return;
      const x = axis.p2d(pixel);
      const apart = root.choices.at.map((place) => Math.abs(place - x));
      const index = apart.indexOf(Math.min(...apart));
      if (index !== root.chosen) show(index);
    };
    const overFirst = (event) => {
      const axis = root._fullLayout?.yaxis;
      const y = event.clientY - root.getBoundingClientRect().top;
      return axis && y < axis._offset + axis._length + 12;
    };
    root.addEventListener("pointermove", (event) => overFirst(event) && nearest(event));
    root.addEventListener("pointerdown", (event) => overFirst(event) && nearest(event));
    root.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
      if (!by || !root.choices) return;
      event.preventDefault();
      show(root.chosen + by);
    });
  }
  show(root.chosen ?? choices.first ?? 0);
}

// What only a drawn chart tells: how much room its words have, and where its labels can stand.
function settle(Plotly, root) {
  const changes = missing(root.layout, fitted(root.words, root._fullLayout, root.clientWidth));
  if (Object.keys(changes).length) Plotly.relayout(root, changes);
  const moved = legendMoved(root);
  if ("legend.y" in moved) {
    root.legendY = moved["legend.y"]; // for the next figure
    Plotly.relayout(root, moved);
  }
  settleLabels(Plotly, root);
}

// The part of the window's room for a lesson's figure that a chart takes; on a telephone, where a
// chart is as wide as the window, it is not much higher than that.
function heightOf({ height, room, tallest }) {
  if (!room) return `${height}px`;
  const part = `min(var(--pangloss-room) * ${room}, ${100 * tallest}vw)`;
  return `clamp(${height / 2}px, ${part}, ${height}px)`;
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".pangloss-plot");
  const turn = (root.turn = (root.turn ?? 0) + 1);
  root.setAttribute("aria-label", data.alt);
  root.style.height = heightOf(data);
  const ready = load(data.src);
  ready.catch(() => {}); // who draws says it
  const draw = (Plotly) => {
    if (root.turn !== turn || !root.isConnected) return; // a newer figure is on its way
    const figure = JSON.parse(themed(data.figure, root, data.swaps));
    const layout = { ...figure.layout, autosize: true, height: data.height };
    if (data.room) delete layout.height; // that of its place
    layout.uirevision ??= "kept"; // a zoom survives the next update
    delete layout.width;
    if (layout.legend?.y < 0) layout.legend.y = root.legendY ?? layout.legend.y;
    root.words = wordsOf(layout);
    breakWords(layout, fitted(root.words, root._fullLayout, root.clientWidth));
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) delete layout.transition;
    if (!root.data) root.replaceChildren(); // the words that stood for it
    Plotly.react(root, figure.data, layout, { displayModeBar: false, showTips: false });
    settle(Plotly, root);
    root.firstElementChild.setAttribute("aria-hidden", "true"); // the label says it better
    root.choices = null;
    if (data.choices) offer(Plotly, root, JSON.parse(data.choices));
    root.dataset.drawn = turn;
    const fit = () => {
      if (!root.data || !root.clientWidth) return; // it objects to hidden ones
      Plotly.Plots.resize(root).then(() => settle(Plotly, root));
    };
    root.sized ??= new ResizeObserver(() => root.due ?? whenSeen(root, fit));
    root.sized.observe(root);
  };
  const fail = () => {
    if (!root.data) root.textContent = data.alt;
  };
  whenSeen(root, () => ready.then(draw, fail));
  seen.observe(root);
  // Nothing to clean up: a chart that leaves the page is collected with its node. (A purge here would
  // also be called for a figure that was overtaken while the script was loading, and hit the next.)
}
