// A Plotly chart that is updated in place: the same DOM node from the first figure to the last.
const loading = {};

function load(src) {
  if (window.Plotly) return Promise.resolve(window.Plotly);
  loading[src] ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = src;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
      delete loading[src];
      script.remove();
      reject(new Error(`cannot load ${src}`));
    };
    document.head.append(script);
  });
  return loading[src];
}

function themed(text, root, swaps) {
  // The page's theme may have changed since the server drew the figure: one palette for the other.
  const [r, g, b] = getComputedStyle(root)
    .getPropertyValue("--st-background-color")
    .match(/[0-9a-f]{2}/gi)
    .map((pair) => parseInt(pair, 16));
  const theme = 0.2126 * r + 0.7152 * g + 0.0722 * b < 128 ? "dark" : "light";
  const pairs = swaps[theme] ?? {};
  return text.replace(/#[0-9A-Fa-f]{6}\b/g, (hex) => pairs[hex.toUpperCase()] ?? hex);
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".pangloss-plot");
  const turn = (root.turn = (root.turn ?? 0) + 1);
  root.setAttribute("aria-label", data.alt);
  root.style.height = `${data.height}px`;
  load(data.src).then(
    (Plotly) => {
      if (root.turn !== turn || !root.isConnected) return; // a newer figure is on its way
      const figure = JSON.parse(themed(data.figure, root, data.swaps));
      const layout = { ...figure.layout, autosize: true, height: data.height };
      layout.uirevision ??= "kept"; // a zoom survives the next update
      delete layout.width;
      if (matchMedia("(prefers-reduced-motion: reduce)").matches) delete layout.transition;
      if (!root.data) root.replaceChildren(); // the words that stood for it
      Plotly.react(root, figure.data, layout, { displayModeBar: false, showTips: false });
      root.firstElementChild.setAttribute("aria-hidden", "true"); // the label says it better
      root.dataset.drawn = turn;
      root.sized ??= new ResizeObserver(() => {
        if (root.data && root.clientWidth) Plotly.Plots.resize(root); // it objects to hidden ones
      });
      root.sized.observe(root);
    },
    () => {
      if (!root.data) root.textContent = data.alt;
    },
  );
  // Nothing to clean up: a chart that leaves the page is collected with its node. (A purge here would
  // also be called for a figure that was overtaken while the script was loading, and hit the next.)
}
