// Bytes for another component: sent apart, so that they are not sent again with what changes often.
// They live in the node, under the name that stands in front of them, and leave the page with it.
const NAME_BYTES = 16;

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".pangloss-blob");
  const bytes = new Uint8Array(data);
  root.name = Array.from(bytes.subarray(0, NAME_BYTES), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
  root.bytes = bytes.subarray(NAME_BYTES);
  document.dispatchEvent(new CustomEvent("pangloss-blob"));
}
