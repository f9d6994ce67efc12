// The bar: steps back and forth, the unit, values or gradients, and the key of the colours.
import { icon, make } from "./make.js";

export function drawBar(cell) {
  const { words, units, steps } = cell.data;
  if (cell.changed("bar", [words, units])) {
    const button = (sign, name, act) =>
      make("button", { type: "button", "aria-label": name, title: name, onclick: act }, icon(sign));
    const choice = (name, options, act) =>
      make(
        "span",
        { class: "choice", role: "group", "aria-label": name },
        ...options.map(([value, label]) =>
          make("button", { type: "button", "data-value": value, onclick: () => act(value) }, label),
        ),
      );
    cell.play = button("play", words.play, () => cell.toggle());
    cell.counter = make("span", { class: "counter" });
    cell.units = choice(
      words.unit,
      [...Array(units).keys()].map((u) => [u, `${words.unit} ${u + 1}`]),
      (unit) => cell.go({ unit }),
    );
    cell.modes = choice(
      words.shown,
      [
        ["values", words.values],
        ["gradients", words.gradients],
      ],
      (mode) => cell.go({ mode }),
    );
    cell.key = make(
      "span",
      { class: "key", "aria-hidden": "true" },
      make("span", { class: "least" }),
      make("span", { class: "ramp" }),
      make("span", { class: "most" }),
    );
    cell.parts.bar.replaceChildren(
      make(
        "span",
        { class: "transport" },
        button("first", words.first, () => cell.go({ t: 0 })),
        button("back", words.back, () => cell.go({ t: cell.t - 1 })),
        cell.play,
        button("forward", words.forward, () => cell.go({ t: cell.t + 1 })),
        button("last", words.last, () => cell.go({ t: cell.data.steps - 1 })),
      ),
      cell.counter,
      ...(units > 1 ? [cell.units] : []),
      cell.modes,
      cell.key,
    );
  }
  cell.play.replaceChildren(icon(cell.playing ? "pause" : "play"));
  cell.play.setAttribute("aria-label", cell.playing ? words.pause : words.play);
  cell.play.title = cell.playing ? words.pause : words.play;
  cell.counter.textContent = words.step.replace("{step}", cell.t + 1).replace("{steps}", steps);
  for (const [group, chosen] of [
    [cell.units, cell.unit],
    [cell.modes, cell.mode],
  ]) {
    for (const one of group.children) {
      one.setAttribute("aria-pressed", one.dataset.value === String(chosen));
    }
  }
  const most = cell.mode === "gradients" ? cell.data.most_gradient : 1;
  cell.key.querySelector(".least").textContent = cell.say(-most);
  cell.key.querySelector(".most").textContent = most ? `+${cell.say(most)}` : "0";
}
