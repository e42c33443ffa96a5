// What several views are made of.
import { useLasting } from "./hooks.js";
import { count, plural } from "./format.js";

/** A heading that the page moves to when a view is opened. */
export function Heading({ children, lead }) {
  return (
    <div class="heading">
      <h1 tabindex={-1}>{children}</h1>
      {lead && <p class="lead">{lead}</p>}
    </div>
  );
}

export function Failure({ error, retry }) {
  const unreachable = error.status === 0;
  return (
    <div class="note bad" role="alert">
      <p>
        <strong>{unreachable ? "No connection." : error.status === 503 ? "The server is busy." : "That did not work."}</strong>{" "}
        {sentence(error.message)}
      </p>
      {error.requestId && (
        <p class="small">
          In the server's log this is request <code>{error.requestId}</code>.
        </p>
      )}
      {retry && (
        <button type="button" class="plain" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}

export function sentence(text) {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(whole) ? whole : `${whole}.`;
}

/** Stands where something will be; shows itself only when that takes a while. */
export function Waiting({ busy, what, lines = 3 }) {
  const shown = useLasting(busy);
  return shown ? (
    <div class="waiting">
      <span class="hidden">{what}</span>
      {Array.from({ length: lines }, (_, i) => (
        <span key={i} class={`ghost ghost${i % 3}`} />
      ))}
    </div>
  ) : null;
}

export function Empty({ heading, children }) {
  return (
    <div class="empty">
      <p class="emptyheading">{heading}</p>
      {children}
    </div>
  );
}

/** A bar; what it says stands beside it as a number, so it is hidden from those who listen. */
export function Bar({ share, kind = "" }) {
  const width = `${Math.max(0, Math.min(1, share)) * 100}%`;
  return (
    <span class={`bar ${kind}`} aria-hidden="true">
      <span style={{ width }} />
    </span>
  );
}

/** A bar to the right of the middle for what speaks for a label, to the left for what speaks against it. */
export function SignedBar({ share }) {
  const width = `${Math.min(1, Math.abs(share)) * 50}%`;
  return (
    <span class={`signedbar ${share < 0 ? "against" : "for"}`} aria-hidden="true">
      <span hidden={share === 0} style={share < 0 ? { width, right: "50%" } : { width, left: "50%" }} />
    </span>
  );
}

/** Steps through a list. */
export function Pager({ total, offset, size, what, move }) {
  const last = Math.min(total, offset + size);
  return (
    <nav class="pager" aria-label={`Pages of ${what}`}>
      <button type="button" class="plain" disabled={offset === 0} onClick={() => move(Math.max(0, offset - size))}>
        <span aria-hidden="true">{"\u2190"} </span>Previous
      </button>
      <p>
        {total === 0 ? `No ${what}` : `${count(offset + 1)}\u2013${count(last)} of ${count(total)}`}
      </p>
      <button type="button" class="plain" disabled={last >= total} onClick={() => move(offset + size)}>
        Next<span aria-hidden="true"> {"\u2192"}</span>
      </button>
    </nav>
  );
}

export function ModelLine({ model }) {
  return (
    <>
      {plural(model.labels, "label")}, learned from {plural(model.trainExamples, "example")}
      {model.calibrated ? "" : ", not calibrated"}
    </>
  );
}
