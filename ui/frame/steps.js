// Back undoes one thing that the visitor did: Streamlit makes a step of every change of the address.
const SOON_MS = 1000;

// Says of a change of the query whether it is a step of its own. touch: the visitor does something;
// moved: the history has moved by other means. quiet: names whose change is no step.
export function stepper(quiet) {
  let touched = false;
  let last = { names: "", at: -Infinity };
  return {
    touch: () => (touched = true),
    moved: () => (touched = false),
    isStep(before, after, now) {
      const names = changed(before, after).filter((name) => !quiet.includes(name));
      if (!touched || names.length === 0) return false;
      touched = false;
      const again = String(names) === last.names && now - last.at < SOON_MS;
      last = { names: String(names), at: now };
      return !again;
    },
  };
}

// The names whose values differ between two queries.
export function changed(before, after) {
  const [old, now] = [before, after].map((query) => new URLSearchParams(query));
  const names = new Set([...old.keys(), ...now.keys()]);
  return [...names].filter((name) => String(old.getAll(name)) !== String(now.getAll(name))).sort();
}

// Have the browser's history ask a stepper; once a page.
export function watchHistory(quiet) {
  const { history, location } = window;
  const { dataset } = document.documentElement;
  if (dataset.panglossSteps) return;
  dataset.panglossSteps = "watched";
  const steps = stepper(quiet);
  for (const kind of ["pointerdown", "keydown"]) window.addEventListener(kind, steps.touch, true);
  window.addEventListener("popstate", steps.moved);
  const push = history.pushState.bind(history);
  history.pushState = (state, title, address) => {
    const to = new URL(address, location.href);
    const elsewhere = to.pathname !== location.pathname;
    if (elsewhere) steps.moved();
    if (elsewhere || steps.isStep(location.search, to.search, performance.now())) {
      push(state, title, address);
    } else {
      history.replaceState(state, title, address);
    }
  };
}
