import assert from "node:assert/strict";
import { test } from "node:test";
import { level, LEVELS, pieces } from "../src/marks.js";

const word = (value, ...places) => ({ value, places: places.map(([start, end]) => ({ start, end })) });
const sum = (list) => list.reduce((all, piece) => all + piece.value, 0);

test("a word is marked where it stands, and its value is shared by its places", () => {
  const text = "birds and birds";
  const found = pieces(text, [word(1, [0, 5], [10, 15])]);
  assert.equal(found.map((piece) => piece.text).join(""), text);
  assert.deepEqual(
    found.filter((piece) => piece.value !== 0).map((piece) => [piece.start, piece.value]),
    [
      [0, 0.5],
      [10, 0.5],
    ],
  );
});

test("runs of words are added to the words in them by length, spaces get nothing", () => {
  const found = pieces("old forests", [word(0.5, [0, 3]), word(-1, [0, 11])]);
  assert.deepEqual(
    found.map((piece) => [piece.text, piece.blank]),
    [
      ["old", false],
      [" ", true],
      ["forests", false],
    ],
  );
  assert.ok(Math.abs(found[0].value - (0.5 - 0.3)) < 1e-12);
  assert.equal(found[1].value, 0);
  assert.ok(Math.abs(found[2].value + 0.7) < 1e-12);
  assert.ok(Math.abs(sum(found) + 0.5) < 1e-12);
});

test("a text without marked words is one run of pieces", () => {
  const text = "nothing\n\nhere";
  assert.equal(pieces(text, []).map((piece) => piece.text).join(""), text);
  assert.equal(sum(pieces(text, [word(3)])), 0);
  assert.deepEqual(pieces("", []), []);
});

test("levels go by size and leave out what is next to nothing", () => {
  assert.equal(level(1, 1), LEVELS);
  assert.equal(level(-1, 1), LEVELS);
  assert.equal(level(0.3, 1), 2);
  assert.equal(level(0.05, 1), 1);
  assert.equal(level(0.01, 1), 0);
  assert.equal(level(0, 0), 0);
});
