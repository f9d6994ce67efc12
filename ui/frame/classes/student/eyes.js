// Dims the page with a sentence. It is set as text, and read out when it comes.
export default function ({ data, parentElement }) {
  const eyes = parentElement.querySelector(".pangloss-eyes");
  const said = eyes.querySelector("p");
  if (said.textContent !== data.sentence) {
    said.textContent = data.sentence;
  }
  eyes.classList.toggle("shown", data.sentence !== "");
}
