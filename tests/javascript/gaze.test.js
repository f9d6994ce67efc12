import assert from "node:assert/strict";
import { test } from "node:test";

import { looked, lookedBy } from "../../pages/language/translation/gaze.js";

test("a step tells its three greatest weights, none below a twentieth", () => {
  assert.deepEqual(
    looked([0.1, 0.04, 0.5, 0.2, 0.16]).map(({ place }) => place),
    [2, 3, 4],
  );
  assert.deepEqual(looked([0.97, 0.03]), [{ weight: 0.97, place: 0 }]);
});

test("a place is looked at by the steps whose greatest weight it has", () => {
  const weights = [
    [0.9, 0.1],
    [0.2, 0.8],
    [0.4, 0.6],
  ];
  assert.deepEqual(lookedBy(weights, 1), [1, 2]);
  assert.deepEqual(lookedBy(weights, 0), [0]);
});
