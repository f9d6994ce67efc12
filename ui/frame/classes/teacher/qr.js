// A QR code, dark on white in any theme.
export default function ({ data, parentElement }) {
  const drawing = parentElement.querySelector("svg");
  drawing.setAttribute("viewBox", `0 0 ${data.size} ${data.size}`);
  drawing.setAttribute("aria-label", data.alt);
  drawing.querySelector("path").setAttribute("d", data.dark);
}
