import assert from "node:assert/strict";
import { test } from "node:test";

import { goneTo } from "../../pages/language/tagger/tags.js";

test("arrow keys lead along the words and stop at both ends", () => {
  assert.equal(goneTo("ArrowRight", 2, 5), 3);
  assert.equal(goneTo("ArrowRight", 4, 5), 4);
  assert.equal(goneTo("ArrowLeft", 0, 5), 0);
  assert.equal(goneTo("Home", 3, 5), 0);
  assert.equal(goneTo("End", 0, 5), 4);
  assert.equal(goneTo("Tab", 2, 5), 2);
});
