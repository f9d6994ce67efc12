// An answer as the network gave it: digit by digit, with what else it thought of.
// Everything enters the page by textContent.
function made(tag, name, text) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text !== undefined) element.textContent = text;
  return element;
}

function bar(share) {
  const track = made("span", "bar");
  const filled = made("span", "filled");
  filled.style.width = `${Math.max(1, 100 * share)}%`;
  track.append(filled);
  return track;
}

function digit(one) {
  const item = made("li");
  item.append(made("span", "symbol", one.symbol), bar(one.share), made("span", "share", one.said));
  const others = made("ul");
  for (const [symbol, said] of one.others) {
    const other = made("li");
    other.append(made("b", "", symbol), ` ${said}`);
    others.append(other);
  }
  item.append(others);
  return item;
}

function whole(answer) {
  const row = made("li", answer.right ? "right" : "");
  row.append(
    made("span", "mark", answer.right ? "✓" : ""),
    made("span", "text", answer.text),
    bar(answer.share),
    made("span", "share", answer.said),
  );
  return row;
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".pangloss-ask");
  root.setAttribute("aria-label", data.alt);
  const line = made("div", "line");
  line.append(made("span", "question", `${data.question} =`));
  const digits = made("ol", "digits");
  digits.append(...data.digits.map(digit));
  line.append(digits);
  if (!data.digits.length) line.append(made("span", "nothing", data.nothing));
  const verdict = made("p", `verdict ${data.right ? "right" : "wrong"}`);
  verdict.append(made("span", "mark", data.right ? "✓" : "✗"), ` ${data.verdict}`);
  const answers = made("div", "answers");
  const list = made("ol");
  list.append(...data.answers.map(whole));
  answers.append(made("p", "heading", data.heading), list);
  const notes = data.notes.map(([kind, text]) => made("p", `note ${kind}`, text));
  root.replaceChildren(line, verdict, ...notes, answers);
}
