import { useEffect, useRef, useState } from "preact/hooks";
import * as api from "./api.js";
import { Explanation, useReason } from "./explanation.jsx";
import { FeedbackBar, Verdict, whyOff } from "./feedback.jsx";
import { decimal, identifier, percent, plural, title } from "./format.js";
import { useAnswer, useChange, useSettled } from "./hooks.js";
import { Bar, Empty, Failure, Heading, Waiting } from "./parts.jsx";
import { LabelPicker } from "./picker.jsx";
import { TextForm } from "./text.jsx";

const PATIENCE = 350;

/** How long the bar of a suggestion is: its probability, or where its score lies between 0, or the least, and the best. */
export function shareOf(suggestion, suggestions) {
  if (suggestion.probability !== undefined) return suggestion.probability;
  const scores = suggestions.map((one) => one.score);
  const least = Math.min(0, ...scores);
  const range = Math.max(...scores) - least;
  return range > 0 ? (suggestion.score - least) / range : 0;
}

export function valueOf(suggestion) {
  return suggestion.probability === undefined ? decimal(suggestion.score) : percent(suggestion.probability);
}

/** A text that is asked about once it has not changed for a moment, or at once. */
export function useQuestion(app) {
  const [settled, now] = useSettled(app.text, PATIENCE);
  const askable = settled.trim() !== "" && settled.length <= app.service.limits.maxTextLength;
  return { settled, now, askable };
}

function Suggestion({ suggestion, all, selected, select, verdict, off, decide }) {
  const name = title(suggestion);
  return (
    <li class={`suggestion ${selected ? "selected" : ""} ${verdict ?? ""}`}>
      <button type="button" class="pick" aria-pressed={selected} onClick={select}>
        <span class="line">
          <span class="name">{name}</span>
          <span class="number">{valueOf(suggestion)}</span>
        </span>
        <Bar share={shareOf(suggestion, all)} />
        {suggestion.name && <span class="id">{identifier(suggestion.id)}</span>}
      </button>
      <Verdict name={name} value={verdict} off={off} change={decide} />
    </li>
  );
}

function Added({ label, selected, select, verdict, off, decide, remove }) {
  const name = title(label);
  return (
    <li class={`suggestion added ${selected ? "selected" : ""} ${verdict ?? ""}`}>
      <button type="button" class="pick" aria-pressed={selected} onClick={select}>
        <span class="line">
          <span class="name">{name}</span>
          <span class="small">added by you</span>
        </span>
        {label.name && <span class="id">{identifier(label.id)}</span>}
      </button>
      <button type="button" class="verdict" aria-label={`Remove ${name} from the list`} title="Remove" onClick={remove}>
        <span aria-hidden="true">{"\u2212"}</span>
      </button>
      <Verdict name={name} value={verdict} off={off} change={decide} />
    </li>
  );
}

function NoSuggestions() {
  return (
    <Empty heading="Nothing to suggest">
      <p>
        The model knows no word of this text that speaks for a label. Is the text in the language that the model learned
        from? A sentence or two help more than a single word.
      </p>
    </Empty>
  );
}

/** Suggestions for a text, with reasons and verdicts. */
export function Suggest({ app, model }) {
  const { text, limit, extras, setExtras, chosen, setChosen, announce, service } = app;
  const { settled, now, askable } = useQuestion(app);
  const [decisions, setDecisions] = useState({});
  const explained = useRef(null);
  const off = whyOff(service);
  const found = useAnswer(
    askable ? (signal) => api.suggest(model.name, settled, limit, signal) : null,
    [model.name, settled, limit],
  );
  const suggestions = found.value ?? [];
  const added = extras.filter((extra) => !suggestions.some((one) => one.id === extra.id));
  const listed = [...suggestions, ...added];
  const selected = listed.find((one) => one.id === chosen) ?? listed[0] ?? null;
  const shown = askable && found.value !== null;
  const reason = useReason(model.name, settled, shown ? selected : null, limit);
  useEffect(() => setDecisions({}), [model.name, settled]);
  useChange(found.value, () => {
    if (found.value) {
      announce(
        suggestions.length === 0
          ? "No suggestions."
          : `${plural(suggestions.length, "suggestion")}, the first is ${title(suggestions[0])}.`,
      );
    }
  });
  const select = (label) => {
    setChosen(label.id);
    // On a narrow screen the explanation is below the list.
    if (window.matchMedia("(max-width: 52rem)").matches) explained.current?.scrollIntoView({ block: "start" });
  };
  const decide = (id) => (verdict) =>
    setDecisions(({ [id]: before, ...others }) => (verdict === null ? others : { ...others, [id]: verdict }));
  const row = (label) => ({
    selected: label === selected,
    select: () => select(label),
    verdict: decisions[label.id],
    off,
    decide: decide(label.id),
  });

  return (
    <>
      <Heading lead="What would this text be tagged with, and why?">Suggest</Heading>
      <div class="desk">
        <TextForm
          text={text}
          setText={app.setText}
          limit={limit}
          setLimit={app.setLimit}
          limits={service.limits}
          ask={now}
        />
        <section class="card list" aria-labelledby="suggestions-title" aria-busy={found.busy}>
          <h2 id="suggestions-title">Suggestions</h2>
          {!askable && (
            <Empty heading="Nothing asked yet">
              <p>Type or paste a text; labels appear here, the likeliest first.</p>
            </Empty>
          )}
          {askable && found.error && <Failure error={found.error} retry={found.retry} />}
          {askable && !found.value && !found.error && <Waiting busy={found.busy} what="Looking for labels" lines={6} />}
          {shown && (
            <>
              {suggestions.length === 0 && <NoSuggestions />}
              {listed.length > 0 && (
                <ul class={found.busy ? "suggestions stale" : "suggestions"}>
                  {suggestions.map((one) => (
                    <Suggestion key={one.id} suggestion={one} all={suggestions} {...row(one)} />
                  ))}
                  {added.map((one) => (
                    <Added
                      key={one.id}
                      label={one}
                      {...row(one)}
                      remove={() => {
                        setExtras(extras.filter((extra) => extra.id !== one.id));
                        decide(one.id)(null);
                      }}
                    />
                  ))}
                </ul>
              )}
              {suggestions.length > 0 && (
                <p class="small">
                  {model.calibrated
                    ? "Bars and figures are probabilities that a label is right."
                    : "This model is not calibrated: bars and figures are scores, which compare labels of one text only."}
                </p>
              )}
              <FeedbackBar
                key={`${model.name} ${settled}`}
                service={service}
                model={model.name}
                text={settled}
                decisions={decisions}
                clear={() => setDecisions({})}
                announce={announce}
              />
              <LabelPicker
                model={model.name}
                label="Another label"
                choose={(label) => {
                  if (!listed.some((one) => one.id === label.id)) setExtras([...extras, label]);
                  setChosen(label.id);
                  announce(`${title(label)} is added and explained.`);
                }}
              />
            </>
          )}
        </section>
        <section class="card why" aria-labelledby="why-title" ref={explained}>
          <h2 id="why-title">{selected && shown ? <>Why {title(selected)}?</> : "Why?"}</h2>
          {selected && shown ? (
            <Explanation answer={reason} model={model.name} label={selected} top={limit} />
          ) : (
            <p class="soft">Choose a suggestion to see which words speak for it and which against.</p>
          )}
        </section>
      </div>
    </>
  );
}
