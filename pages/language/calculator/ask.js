// An answer as the network gave it: digit by digit, with what else it thought of.
// Everything enters the page by textContent.
import { html } from "../../../ui/components/dom.js";

function bar(share) {
  const track = html("span", "bar");
  const filled = html("span", "filled");
  filled.style.width = `${Math.max(1, 100 * share)}%`;
  track.append(filled);
  return track;
}

function digit(one) {
  const item = html("li");
  item.append(html("span", "symbol", one.symbol), bar(one.share), html("span", "share", one.said));
  const others = html("ul");
  for (const [symbol, share] of one.others) {
    const other = html("li");
    other.append(html("b", "", symbol), ` ${share}`);
    others.append(other);
  }
  item.append(others);
  return item;
}

function whole(answer) {
  const row = html("li", answer.right ? "right" : "");
  row.append(
    html("span", "mark", answer.right ? "✓" : ""),
    html("span", "text", answer.text),
    bar(answer.share),
    html("span", "share", answer.said),
  );
  return row;
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".pangloss-ask");
  root.setAttribute("aria-label", data.alt);
  const line = html("div", "line");
  line.append(html("span", "question", `${data.question} =`));
  const digits = html("ol", "digits");
  digits.append(...data.digits.map(digit));
  line.append(digits);
  if (!data.digits.length) line.append(html("span", "nothing", data.nothing));
  const verdict = html("p", `verdict ${data.right ? "right" : "wrong"}`);
  verdict.append(html("span", "mark", data.right ? "✓" : "✗"), ` ${data.verdict}`);
  const answers = html("div", "answers");
  const list = html("ol");
  list.append(...data.answers.map(whole));
  answers.append(html("p", "heading", data.heading), list);
  const notes = data.notes.map(([kind, text]) => html("p", `note ${kind}`, text));
  const answer = html("div", "answer");
  answer.append(line, verdict, ...notes);
  root.replaceChildren(answer, answers);
}
