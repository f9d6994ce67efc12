// Arrays as the server sends them: base 64 of their bytes.

/** @param {string} text */
export const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** @param {string} text */
export const floatsOf = (text) => new Float32Array(bytesOf(text).buffer);

/**
 * The bytes that came as a blob of that name, if they are on the page already; see blob.js.
 * @param {string} name
 * @returns {Uint8Array | undefined}
 */
export function blobNamed(name) {
  /** @type {any[]} */
  const nodes = Array.from(document.querySelectorAll(".pangloss-blob"));
  return nodes.find((node) => node.name === name)?.bytes;
}
