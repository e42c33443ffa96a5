import { useMemo, useState } from "preact/hooks";
import * as api from "./api.js";
import { count, decimal, ordinal, percent, plural, signed, title } from "./format.js";
import { useAnswer } from "./hooks.js";
import { level, pieces } from "./marks.js";
import { Failure, SignedBar, Waiting } from "./parts.jsx";

const FEW = 8;
const NEXT_TO_NOTHING = 0.0005; // shown as 0.000
const LONG = 6000;

/** The text with the words marked that speak for a label and against it. */
function MarkedText({ text, words, name, model }) {
  const [whole, setWhole] = useState(false);
  const marked = useMemo(() => pieces(text, words), [text, words]);
  const largest = marked.reduce((most, piece) => Math.max(most, Math.abs(piece.value)), 0);
  const long = text.length > LONG;
  const shown = long && !whole ? marked.filter((piece) => piece.start < LONG) : marked;
  return (
    <>
      <div class="marked" role="region" aria-label={`The text, marked for ${name} by ${model}`} tabindex={0}>
        {shown.map((piece) => {
          const strength = piece.blank ? 0 : level(piece.value, largest);
          return strength === 0 ? (
            piece.text
          ) : (
            <mark class={`${piece.value > 0 ? "for" : "against"} level${strength}`} title={signed(piece.value)}>
              {piece.text}
            </mark>
          );
        })}
        {long && !whole && "\u2026"}
      </div>
      {long && (
        <button type="button" class="link" onClick={() => setWhole(!whole)} aria-expanded={whole}>
          {whole ? "Show the beginning only" : `Show all ${count(text.length)} characters`}
        </button>
      )}
      <p class="legend small">
        <span>
          <mark class="for level3">for it</mark> solid line
        </span>
        <span>
          <mark class="against level3">against it</mark> dashed line
        </span>
        <span>the thicker, the more</span>
      </p>
    </>
  );
}

function Row({ name, note, value, most, fixed }) {
  return (
    <tr class={fixed ? "fixed" : ""}>
      <th scope="row">
        {name}
        {note && <span class="small"> {note}</span>}
      </th>
      <td class="barcell">
        <SignedBar share={most === 0 || Math.abs(value) < NEXT_TO_NOTHING ? 0 : value / most} />
      </td>
      <td class="number">{signed(value)}</td>
    </tr>
  );
}

function anchorNote(word) {
  return (word.anchors ?? [])
    .filter((part) => Math.abs(part.value) >= 0.1 * Math.abs(word.value))
    .slice(0, 2)
    .map((part) => `${part.object ? `\u201c${part.object}\u201d` : `anchor ${part.anchor}`} ${signed(part.value)}`)
    .join(", ");
}

function wordNote(word) {
  const times = word.places.length > 1 ? `\u00d7${count(word.places.length)}` : "";
  const anchors = anchorNote(word);
  return [times, anchors && `through ${anchors}`].filter(Boolean).join(" ");
}

function Parts({ explanation }) {
  const [all, setAll] = useState(false);
  const { words, otherWords, fixed } = explanation;
  const telling = words.filter((word) => Math.abs(word.value) >= NEXT_TO_NOTHING).length;
  const named = all ? words : words.slice(0, Math.min(FEW, telling));
  const folded = words.slice(named.length);
  const rest = folded.reduce((sum, word) => sum + word.value, otherWords?.value ?? 0);
  const others = folded.length + (otherWords?.count ?? 0);
  const most = [...words, ...fixed].reduce((largest, part) => Math.max(largest, Math.abs(part.value)), Math.abs(rest));
  return (
    <>
      <table class="parts">
        <caption class="hidden">What each word adds to the score of {title(explanation)}</caption>
        <thead class="hidden">
          <tr>
            <th scope="col">Word</th>
            <td />
            <th scope="col">Adds</th>
          </tr>
        </thead>
        <tbody>
          {named.map((word) => (
            <Row key={word.term} name={word.word} note={wordNote(word)} value={word.value} most={most} />
          ))}
          {others > 0 && <Row name={plural(others, "other word")} value={rest} most={most} fixed />}
          {fixed.map((part) => (
            <Row key={part.name} name={part.name} value={part.value} most={most} fixed />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Score</th>
            <td />
            <td class="number">{decimal(explanation.score)}</td>
          </tr>
        </tfoot>
      </table>
      {words.length > Math.min(FEW, telling) && (
        <button type="button" class="link" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Show fewer words" : `Show all ${count(words.length)} words`}
        </button>
      )}
    </>
  );
}

/** Where a label stands that was not suggested. */
function Standing({ explanation, top }) {
  const { suggested, candidate, candidates, rank, missing = [] } = explanation;
  if (suggested) return null;
  const names = [...new Set(missing.map((word) => word.term))].slice(0, 8);
  return (
    <div class="note">
      <p>
        {rank > 0 && candidate
          ? `Not among the first ${top}: it is the ${ordinal(rank)} of ${count(candidates)} candidates.`
          : `Not suggested: it is not one of the ${count(candidates)} candidates that the model looked at closely.`}
      </p>
      {names.length > 0 && <p>Words that would have spoken for it: {names.join(", ")}.</p>}
    </div>
  );
}

function Summary({ explanation }) {
  const best = explanation.words.find((word) => word.value > 0);
  const worst = explanation.words.find((word) => word.value < 0);
  if (!best) return <p>No word of the text speaks for this label.</p>;
  return (
    <p>
      {"\u201c"}
      <strong>{best.word}</strong>
      {"\u201d"} speaks most for it ({signed(best.value)})
      {worst && -worst.value > 0.1 * best.value ? `, \u201c${worst.word}\u201d most against it (${signed(worst.value)})` : ""}.{" "}
      {explanation.probability === undefined ? "" : `Probability ${percent(explanation.probability)}.`}
    </p>
  );
}

/** Asks why; the answer holds the text it is about, whose places it names. */
export function useReason(model, text, label, top) {
  return useAnswer(
    label === null
      ? null
      : (signal) => api.explain(model, text, label.id, top, signal).then((explanation) => ({ explanation, text })),
    [model, text, label?.id, top],
  );
}

/** Why a label is suggested for a text, or why not. */
export function Explanation({ answer, model, label, top }) {
  const { value, error, busy, retry } = answer;
  if (error) return <Failure error={error} retry={retry} />;
  if (!value) return <Waiting busy={busy} what="The explanation is being computed" lines={5} />;
  const { explanation, text } = value;
  if (!explanation) return <p class="soft">The model knows no word of this text, so there is nothing to explain.</p>;
  return (
    <div class={busy ? "stale" : ""}>
      <Summary explanation={explanation} />
      <Standing explanation={explanation} top={top} />
      <MarkedText text={text} words={explanation.words} name={title(label)} model={model} />
      {explanation.placesLeftOut > 0 && (
        <p class="small">{plural(explanation.placesLeftOut, "further place")} in the text are not marked.</p>
      )}
      <Parts explanation={explanation} />
    </div>
  );
}
