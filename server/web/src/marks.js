// From what words add to a score to what the characters of a text do.

/**
 * Cuts a text where places begin and end and gives each piece its part of the words that cover it: a word's value is
 * shared evenly by its places, and within a place by the pieces in it, by length, spaces left out. So the values of all
 * pieces add up to those of the words that have places.
 */
export function pieces(text, words) {
  const cuts = new Set([0, text.length]);
  for (const word of words) {
    for (const { start, end } of word.places) cuts.add(start).add(end);
  }
  for (const space of text.matchAll(/\s+/g)) cuts.add(space.index).add(space.index + space[0].length);
  const edges = [...cuts].filter((cut) => cut >= 0 && cut <= text.length).sort((a, b) => a - b);
  const all = [];
  const at = new Map();
  for (let i = 0; i + 1 < edges.length; i++) {
    at.set(edges[i], i);
    const piece = text.slice(edges[i], edges[i + 1]);
    all.push({ text: piece, value: 0, start: edges[i], end: edges[i + 1], blank: piece.trim() === "" });
  }
  for (const word of words) {
    for (const place of word.places) {
      const covered = [];
      for (let i = at.get(place.start) ?? all.length; i < all.length && all[i].end <= place.end; i++) {
        if (!all[i].blank) covered.push(all[i]);
      }
      const length = covered.reduce((sum, piece) => sum + piece.text.length, 0);
      for (const piece of covered) piece.value += (word.value / word.places.length) * (piece.text.length / length);
    }
  }
  return all;
}

export const LEVELS = 4;

/** How strongly a piece is marked: 1 to LEVELS by its size beside the largest, 0 where it is next to nothing. */
export function level(value, largest) {
  if (largest === 0 || Math.abs(value) < 0.04 * largest) return 0;
  return Math.min(LEVELS, 1 + Math.floor((LEVELS * Math.abs(value)) / largest));
}
