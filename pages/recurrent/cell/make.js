// Elements with attributes, listeners and children, and the signs on the buttons.
import { SVG } from "../../../ui/components/dom.js";

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const ICONS = {
  first: "M3,3h2v10h-2z M13,3v10l-7,-5z",
  back: "M13,3v10l-7,-5z M3,5h2v6h-2z",
  play: "M4,2.5v11l9,-5.5z",
  pause: "M4,3h3v10h-3z M9,3h3v10h-3z",
  forward: "M3,3v10l7,-5z M11,5h2v6h-2z",
  last: "M3,3v10l7,-5z M11,3h2v10h-2z",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}
