// Arrays as the server sends them: base 64 of their bytes.

/** @param {string} text */
export const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** @param {string} text */
export const floatsOf = (text) => new Float32Array(bytesOf(text).buffer);

/**
 * Numbers that came in half precision; not every browser has a Float16Array.
 * @param {Uint8Array} bytes
 */
export function floatsOfHalves(bytes) {
  const halves = new Uint16Array(bytes.slice().buffer);
  return Float32Array.from(halves, (half) => {
    const exponent = (half >> 10) & 31;
    const fraction = (half & 1023) / 1024;
    const size = exponent ? (1 + fraction) * 2 ** (exponent - 15) : fraction * 2 ** -14;
    return half & 0x8000 ? -size : size;
  });
}

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
