// Words that are too long for their place in a chart, which Plotly would cut off: broken into lines.
const LINE = 1.35; // of the font's size
const LIFT = 0.7; // the same, by which Plotly lifts a title of several lines
const EDGE = 8; // pixels that are kept free
const LEFT = 72; // of the axes in a chart that has not been drawn yet

/**
 * A text in lines of at most that width; what is marked up stays as it is.
 * @param {string} text
 * @param {number} width
 * @param {(text: string) => number} measure the width of a text
 */
export function inLines(text, width, measure) {
  if (text.includes("<") || width <= 0) return [text];
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (lines.at(-1) && measure(longer) > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/** What a figure's layout says of its words: to be asked before anything of it is broken. */
export function wordsOf(layout) {
  const template = layout.template?.layout ?? {};
  const axes = Object.keys(layout).filter((name) => /^xaxis\d*$/.test(name));
  return {
    title: layout.title?.text ?? "",
    font: { size: 18, family: "serif", ...template.title?.font, ...layout.title?.font },
    pad: layout.title?.pad?.t ?? template.title?.pad?.t ?? 0,
    top: layout.margin?.t ?? template.margin?.t ?? 48,
    axes: axes.map((name) => [name, layout[name].title?.text]).filter(([, text]) => text),
  };
}

/** Where these words have to be broken: the path of each in the layout -> its value. */
export function fitted(words, full, width) {
  const changes = {};
  const pen = document.createElement("canvas").getContext("2d");
  const measured = ({ size, family }) => {
    pen.font = `${size}px ${family}`;
    return (text) => pen.measureText(text).width;
  };
  if (words.title) {
    const room = width - (full?._size?.l ?? LEFT) - EDGE;
    const lines = inLines(words.title, room, measured(words.font));
    const { size } = words.font;
    changes["title.text"] = lines.join(" <br>");
    changes["title.pad.t"] = words.pad + (lines.length > 1 ? LIFT * size : 0);
    changes["margin.t"] = words.top + (lines.length - 1) * LINE * size;
  }
  for (const [name, text] of words.axes) {
    const axis = full?.[name];
    if (!axis?._length) continue;
    const middle = axis._offset + axis._length / 2;
    const room = 2 * Math.min(middle, width - middle) - EDGE;
    const lines = inLines(text, room, measured(axis.title.font));
    changes[`${name}.title.text`] = lines.join("<br>");
  }
  return changes;
}

/** Has the layout of a figure that is to be drawn say so. */
export function breakWords(layout, changes) {
  for (const [path, value] of Object.entries(changes)) {
    const names = path.split(".");
    const last = names.pop();
    let at = layout;
    for (const name of names) at = at[name] = { ...at[name] };
    at[last] = value;
  }
}

/** Of the changes those that a drawn layout does not have yet. */
export function missing(layout, changes) {
  const at = (path) => path.split(".").reduce((part, name) => part?.[name], layout);
  return Object.fromEntries(
    Object.entries(changes).filter(([path, value]) => (at(path) ?? 0) !== value),
  );
}
