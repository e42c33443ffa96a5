import { useId, useState } from "preact/hooks";
import * as api from "./api.js";
import { plural, title } from "./format.js";
import { useAnswer, useSettled } from "./hooks.js";

const SHOWN = 8;

/** A field that finds labels of a model as one types; by keys: down, up, enter, escape. */
export function LabelPicker({ model, label, choose }) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const [query] = useSettled(typed.trim(), 200);
  const found = useAnswer(
    query === "" ? null : (signal) => api.labels(model, query, 0, SHOWN, signal),
    [model, query],
  );
  const entries = query === "" ? [] : found.value?.labels ?? [];
  const shown = open && query !== "" && (entries.length > 0 || (!found.busy && !found.error));
  const current = Math.min(active, entries.length - 1);

  const take = (entry) => {
    choose(entry);
    setTyped("");
    setOpen(false);
  };
  const key = (event) => {
    if (event.key === "Escape") {
      setOpen(false);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActive(entries.length === 0 ? 0 : (current + step + entries.length) % entries.length);
    } else if (event.key === "Enter" && shown && entries.length > 0) {
      event.preventDefault();
      take(entries[current]);
    }
  };
  return (
    <div class="picker">
      <label for={`${id}-input`}>{label}</label>
      <input
        id={`${id}-input`}
        type="text"
        role="combobox"
        autocomplete="off"
        maxlength={200}
        placeholder="Name or identifier"
        value={typed}
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shown && entries.length > 0 ? `${id}-${current}` : undefined}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setOpen(true);
          setActive(0);
        }}
        onKeyDown={key}
        onBlur={() => setOpen(false)}
      />
      <ul id={`${id}-list`} role="listbox" aria-label="Labels" hidden={!shown}>
        {entries.map((entry, i) => (
          <li
            key={entry.id}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === current}
            // The field keeps the focus: a press must not take it away before the click.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(entry)}
          >
            <span class="name">{title(entry)}</span>
            <span class="small">{plural(entry.trainExamples, "example")}</span>
          </li>
        ))}
        {entries.length === 0 && (
          <li role="option" aria-disabled="true" aria-selected="false" class="soft">
            No label has that in its name or identifier.
          </li>
        )}
      </ul>
    </div>
  );
}
