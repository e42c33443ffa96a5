import { useId } from "preact/hooks";
import { count } from "./format.js";

const LIMITS = [5, 10, 20, 50, 100];

/** The field for the text and how many suggestions are wanted. */
export function TextForm({ text, setText, limit, setLimit, limits, ask }) {
  const id = useId();
  const most = limits.maxTextLength;
  const long = text.length > most;
  const choices = [...new Set([...LIMITS, limits.defaultLimit, limit])].filter((n) => n <= limits.maxLimit);
  return (
    <form
      class="card textform"
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <label for={`${id}-text`}>Text</label>
      <textarea
        id={`${id}-text`}
        rows={7}
        placeholder="Type or paste a title, an abstract or a whole document"
        value={text}
        aria-describedby={`${id}-count`}
        aria-invalid={long}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            ask();
          }
        }}
      />
      <div class="textfoot">
        <p id={`${id}-count`} class={long ? "small wrong" : "small"}>
          {long
            ? `${count(text.length)} characters; this server takes ${count(most)}`
            : text === ""
              ? "Suggestions follow as you type."
              : `${count(text.length)} characters`}
        </p>
        <div class="buttons">
          <label class="inline">
            Show
            <select value={limit} onChange={(event) => setLimit(Number(event.currentTarget.value))}>
              {choices
                .sort((a, b) => a - b)
                .map((n) => (
                  <option key={n} value={n}>
                    {n}
                  </option>
                ))}
            </select>
          </label>
          <button type="button" class="plain" disabled={text === ""} onClick={() => setText("")}>
            Clear
          </button>
          <button type="submit" class="main" disabled={text.trim() === "" || long}>
            Suggest
          </button>
        </div>
      </div>
    </form>
  );
}
