// Nodes of a page, and what is read from them.
export const SVG = "http://www.w3.org/2000/svg";

/**
 * An element with a class and a text.
 * @param {string} tag
 * @param {string} className
 * @param {string | number} text
 * @returns {any} the element, on which its component may keep what it likes
 */
export function html(tag, className = "", text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = String(text);
  return element;
}

/**
 * An element of a drawing.
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @returns {any}
 */
export function svg(tag, attributes = {}, text = "") {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.textContent = text;
  return element;
}

/**
 * A sentence with its {fields} filled in.
 * @param {string} text
 * @param {Record<string, any>} values
 */
export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
