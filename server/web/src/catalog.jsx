import { useEffect, useState } from "preact/hooks";
import * as api from "./api.js";
import { count, identifier, plural, title } from "./format.js";
import { useAnswer, useChange, useSettled } from "./hooks.js";
import { Bar, Empty, Failure, Heading, Pager, SignedBar, Waiting } from "./parts.jsx";

const LABELS = 25;
const ANCHORS = 12;
const OBJECTS = 10;

/** All labels of a model, to look through and search. */
export function Labels({ app, model }) {
  const [typed, setTyped] = useState("");
  const [query] = useSettled(typed.trim(), 250);
  const [offset, setOffset] = useState(0);
  const size = Math.min(LABELS, app.service.limits.maxLimit);
  useEffect(() => setOffset(0), [query, model.name]);
  const found = useAnswer(
    (signal) => api.labels(model.name, query, offset, size, signal),
    [model.name, query, offset, size],
  );
  useChange(found.value, () => found.value && app.announce(plural(found.value.total, "label")));
  const entries = found.value?.labels ?? [];
  const most = Math.max(1, ...entries.map((entry) => entry.trainExamples));
  return (
    <>
      <Heading lead={`What ${model.name} can suggest, the most frequent first.`}>Labels</Heading>
      <section class="card" aria-label="Labels">
        <div class="search">
          <label for="label-search">Name or identifier</label>
          <input
            id="label-search"
            type="search"
            maxlength={200}
            autocomplete="off"
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
        {found.error && <Failure error={found.error} retry={found.retry} />}
        {!found.value && !found.error && <Waiting busy={found.busy} what="Looking for labels" lines={8} />}
        {found.value && entries.length === 0 && (
          <Empty heading="No label found">
            <p>No label of {model.name} has all these words in its name or identifier.</p>
          </Empty>
        )}
        {entries.length > 0 && (
          <>
            <table class={found.busy ? "labels stale" : "labels"}>
              <caption class="hidden">Labels of {model.name}</caption>
              <thead>
                <tr>
                  <th scope="col">Label</th>
                  <th scope="col" class="number">
                    Training examples
                  </th>
                  <td class="barcell" />
                  <td />
                </tr>
              </thead>
              <tbody>
                {entries.map((entry) => (
                  <tr key={entry.id}>
                    <th scope="row">
                      <span class="name">{title(entry)}</span>
                      {entry.name && <span class="id">{identifier(entry.id)}</span>}
                    </th>
                    <td class="number">{count(entry.trainExamples)}</td>
                    <td class="barcell">
                      <Bar share={Math.log1p(entry.trainExamples) / Math.log1p(most)} />
                    </td>
                    <td class="action">
                      <button
                        type="button"
                        class="link"
                        aria-label={`Explain ${title(entry)} for my text`}
                        onClick={() => app.tryOnText(entry)}
                      >
                        Explain
                      </button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            <Pager total={found.value.total} offset={offset} size={size} what="labels" move={setOffset} />
          </>
        )}
      </section>
    </>
  );
}

function Anchor({ group, kind }) {
  const most = Math.max(1e-12, ...group.objects.map((object) => Math.abs(object.weight)));
  const negative = group.objects.some((object) => object.weight < 0);
  return (
    <li class="card anchor">
      <h3>
        Anchor {group.anchor}
        {group.is !== undefined && <span class="small"> which is {"\u201c"}{group.is}{"\u201d"}</span>}
      </h3>
      <p class="small">
        {count(group.linked)} {kind} linked, the strongest link of {count(group.strongest)}
      </p>
      {group.objects.length === 0 ? (
        <p class="soft">No frequent one of the {kind} is linked to it.</p>
      ) : (
        <table class="parts">
          <caption class="hidden">Strongest {kind} of anchor {group.anchor}</caption>
          <tbody>
            {group.objects.map((object) => (
              <tr key={object.name}>
                <th scope="row">{object.name}</th>
                <td class="barcell">
                  {negative ? <SignedBar share={object.weight / most} /> : <Bar share={object.weight / most} />}
                </td>
                <td class="number">{object.weight.toFixed(2).replace("-", "\u2212")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </li>
  );
}

/** Anchors of a model's tables, with the words or labels that are linked to them most strongly. */
export function Anchors({ app, model }) {
  const [offset, setOffset] = useState(0);
  const size = Math.min(ANCHORS, app.service.limits.maxLimit);
  useEffect(() => setOffset(0), [model.name]);
  const found = useAnswer(
    (signal) => api.anchors(model.name, offset, size, OBJECTS, signal),
    [model.name, offset, size],
  );
  const tables = found.value?.tables ?? [];
  return (
    <>
      <Heading lead="A few vectors that all words, or all labels, are mixed of.">Anchors</Heading>
      {found.error && <Failure error={found.error} retry={found.retry} />}
      {!found.value && !found.error && <Waiting busy={found.busy} what="Reading anchors" lines={6} />}
      {found.value && tables.length === 0 && (
        <Empty heading={`${model.name} has no anchors`}>
          <p>
            Its words have vectors of their own, or none. A model trained with <code>--set table.kind=anchors</code>{" "}
            has an anchor table.
          </p>
        </Empty>
      )}
      {tables.map((table) => (
        <section key={table.end} aria-labelledby={`anchors-${table.end}`}>
          <h2 id={`anchors-${table.end}`}>Anchors of {table.kind}</h2>
          <p>
            The vectors, of length {count(table.dimension)}, of {count(table.objects)} {table.kind} are sums of{" "}
            {plural(table.anchors, "anchor")}, by {plural(table.links, "link")}. Shown are the strongest links of{" "}
            {table.kind} that training saw often enough.
          </p>
          <ul class={found.busy ? "anchors stale" : "anchors"}>
            {table.groups.map((group) => (
              <Anchor key={group.anchor} group={group} kind={table.kind} />
            ))}
          </ul>
        </section>
      ))}
      {tables.length > 0 && (
        <Pager
          total={Math.max(...tables.map((table) => table.anchors))}
          offset={offset}
          size={size}
          what="anchors"
          move={setOffset}
        />
      )}
    </>
  );
}
