import { useState } from "preact/hooks";
import * as api from "./api.js";
import { Explanation, useReason } from "./explanation.jsx";
import { ordinal, plural, title } from "./format.js";
import { useAnswer, useChange } from "./hooks.js";
import { Bar, Empty, Failure, Heading, ModelLine, Waiting } from "./parts.jsx";
import { shareOf, useQuestion, valueOf } from "./suggest.jsx";
import { TextForm } from "./text.jsx";

function Column({ side, models, model, setModel, found, others, other, chosen, choose }) {
  const suggestions = found.value ?? [];
  const heading = `compare-${side}`;
  return (
    <section class="card list" aria-labelledby={heading} aria-busy={found.busy}>
      <h2 id={heading}>
        <label class="inline">
          <span class="hidden">{side === "a" ? "First" : "Second"} model</span>
          <select value={model.name} onChange={(event) => setModel(event.currentTarget.value)}>
            {models.map((one) => (
              <option key={one.name}>{one.name}</option>
            ))}
          </select>
        </label>
      </h2>
      <p class="small">
        <ModelLine model={model} />
      </p>
      {found.error && <Failure error={found.error} retry={found.retry} />}
      {!found.value && !found.error && <Waiting busy={found.busy} what={`Asking ${model.name}`} lines={6} />}
      {found.value && suggestions.length === 0 && (
        <Empty heading="Nothing to suggest">
          <p>This model knows no word of the text.</p>
        </Empty>
      )}
      <ol class={found.busy ? "suggestions stale" : "suggestions"}>
        {suggestions.map((one) => {
          const place = others.findIndex((candidate) => candidate.id === one.id);
          return (
            <li key={one.id} class={`suggestion ${one.id === chosen ? "selected" : ""}`}>
              <button type="button" class="pick" aria-pressed={one.id === chosen} onClick={() => choose(one)}>
                <span class="line">
                  <span class="name">{title(one)}</span>
                  <span class="number">{valueOf(one)}</span>
                </span>
                <Bar share={shareOf(one, suggestions)} kind={place < 0 ? "alone" : ""} />
                <span class={place < 0 ? "tag alone" : "tag"}>
                  {place < 0 ? `not from ${other}` : `${ordinal(place + 1)} of ${other}`}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Reason({ model, text, limit, label }) {
  const answer = useReason(model.name, text, label, limit);
  const unknown = answer.error?.code === "unknown-label";
  return (
    <section class="card why" aria-label={`Why ${title(label)}, by ${model.name}`}>
      <h2>
        {title(label)} <span class="small">by {model.name}</span>
      </h2>
      {unknown ? (
        <p class="soft">This model does not know the label.</p>
      ) : (
        <Explanation answer={answer} model={model.name} label={label} top={limit} />
      )}
    </section>
  );
}

/** The same text asked of two models. */
export function Compare({ app, model }) {
  const { models, limit, announce } = app;
  const { settled, now, askable } = useQuestion(app);
  const [second, setSecond] = useState("");
  const [chosen, setChosen] = useState(null);
  const other = models.find((one) => one.name === second) ?? models.find((one) => one !== model) ?? model;
  const ask = (one) => (askable && models.length > 1 ? (signal) => api.suggest(one.name, settled, limit, signal) : null);
  const left = useAnswer(ask(model), [model.name, settled, limit]);
  const right = useAnswer(ask(other), [other.name, settled, limit]);
  const both = left.value && right.value;
  const common = both ? left.value.filter((one) => right.value.some((match) => match.id === one.id)).length : 0;
  useChange(both, () => {
    if (both && !left.busy && !right.busy) announce(`${plural(common, "label")} suggested by both models.`);
  });
  const label = [...(left.value ?? []), ...(right.value ?? [])].find((one) => one.id === chosen);
  const column = (side, one, found, set, against, opposite) => (
    <Column
      side={side}
      models={models}
      model={one}
      setModel={set}
      found={found}
      others={against.value ?? []}
      other={opposite.name}
      chosen={chosen}
      choose={(suggestion) => setChosen(suggestion.id === chosen ? null : suggestion.id)}
    />
  );
  return (
    <>
      <Heading lead="The same text, two models side by side.">Compare</Heading>
      {models.length < 2 ? (
        <Empty heading="There is nothing to compare">
          <p>
            This server has one model. Give it another one: <code>longtail serve --model old=DIR --model new=DIR</code>.
          </p>
        </Empty>
      ) : (
        <>
          <TextForm
            text={app.text}
            setText={app.setText}
            limit={limit}
            setLimit={app.setLimit}
            limits={app.service.limits}
            ask={now}
          />
          {askable ? (
            <>
              {both && (
                <p class="summary">
                  <strong>{common}</strong> of {plural(left.value.length, "label")} of {model.name} and of{" "}
                  {right.value.length} of {other.name} are the same. Choose one to see why, by both.
                </p>
              )}
              <div class="pair">
                {column("a", model, left, app.setModel, right, other)}
                {column("b", other, right, setSecond, left, model)}
                {label && (
                  <>
                    <Reason model={model} text={settled} limit={limit} label={label} />
                    <Reason model={other} text={settled} limit={limit} label={label} />
                  </>
                )}
              </div>
            </>
          ) : (
            <Empty heading="Nothing asked yet">
              <p>Type or paste a text; both models answer it.</p>
            </Empty>
          )}
        </>
      )}
    </>
  );
}
