// The hand on a map of words: pointer, wheel and keys look at words, choose them, and look nearer.
import { nextToward, WHOLE } from "./sight.js";

const CLICK_PX = 5; // a drag that is shorter is a click
export const CLOSER = 1.6; // times, of a press of the button

export function listenToMap(map) {
  const { frame, canvas } = map;
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  let drag = null;
  canvas.onpointerdown = (event) => {
    if (event.button !== 0 || !map.view) return;
    frame.focus({ preventScroll: true, focusVisible: false });
    drag = { from: at(event), zoom: map.zoom, moved: false };
    canvas.setPointerCapture(event.pointerId);
  };
  canvas.onpointermove = (event) => {
    if (!map.view) return;
    const here = at(event);
    if (!drag) return map.lookAt(map.wordAt(here));
    const [dx, dy] = [here.x - drag.from.x, here.y - drag.from.y];
    drag.moved ||= Math.hypot(dx, dy) > CLICK_PX;
    if (!drag.moved) return undefined;
    const { times, x, y } = drag.zoom;
    const zoom = { times, x: x - dx * map.view.perX, y: y + dy * map.view.perY };
    return map.see(zoom);
  };
  canvas.onpointerup = (event) => {
    if (drag && !drag.moved) map.choose(map.wordAt(at(event)));
    drag = null;
  };
  canvas.onpointercancel = () => (drag = null);
  canvas.onpointerleave = () => !drag && map.lookAt(null);
  canvas.ondblclick = (event) => map.nearer(CLOSER * CLOSER, at(event));
  canvas.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return; // the wheel alone scrolls the page
      event.preventDefault();
      map.nearer(Math.exp(-event.deltaY / 200), at(event));
    },
    { passive: false },
  );
  frame.onkeydown = (event) => keyedOnMap(event, map);
  frame.onblur = () => map.lookAt(null);
  const [near, far, whole] = map.find(".zoom").children;
  near.onclick = () => map.nearer(CLOSER);
  far.onclick = () => map.nearer(1 / CLOSER);
  whole.onclick = () => map.see({ times: WHOLE, x: 0, y: 0 });
}

function keyedOnMap(event, map) {
  if (event.ctrlKey || event.metaKey || event.altKey || !map.known || !map.view) return;
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  if (event.key in arrows) {
    const from = map.under ?? map.first();
    const next = map.under === null ? from : nextToward(map.places, from, arrows[event.key]);
    if (next !== null) map.lookAt(next);
    map.keepInSight();
  } else if (event.key === "Enter" || event.key === " ") map.choose(map.under);
  else if (event.key === "+" || event.key === "=") map.nearer(CLOSER);
  else if (event.key === "-") map.nearer(1 / CLOSER);
  else if (event.key === "0") map.see({ times: WHOLE, x: 0, y: 0 });
  else if (event.key === "Escape") map.lookAt(null);
  else return;
  event.preventDefault();
}
