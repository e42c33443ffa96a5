import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import * as api from "./api.js";
import { plural } from "./format.js";
import { Failure, sentence } from "./parts.jsx";

const PLACE = "longtail-token";

function storedToken() {
  try {
    return sessionStorage.getItem(PLACE) ?? "";
  } catch {
    return "";
  }
}

function keepToken(token) {
  try {
    if (token) sessionStorage.setItem(PLACE, token);
    else sessionStorage.removeItem(PLACE);
  } catch {
    // Without storage the token is asked for again.
  }
}

/** Why the page cannot send feedback; empty when it can. */
export function whyOff(service) {
  if (!service.functions.feedback) return "This server does not take feedback, so accepting and rejecting is off.";
  if (!service.token) {
    return "This server was started without a token, so accepting and rejecting is off (serve --token-file).";
  }
  return "";
}

/** Asks for the token that what changes a model needs. */
function TokenDialog({ refused, done, cancel }) {
  const dialog = useRef(null);
  const id = useId();
  useLayoutEffect(() => {
    const before = document.activeElement;
    const shown = dialog.current;
    shown.showModal();
    return () => {
      shown.close();
      before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      onCancel={(event) => {
        event.preventDefault();
        cancel();
      }}
    >
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          done(new FormData(event.currentTarget).get("token").trim());
        }}
      >
        <h2 id={`${id}-title`}>Token needed</h2>
        <p id={`${id}-why`}>
          Feedback changes the model, so the server wants its token. It is kept in this tab only, until you close it.
        </p>
        {refused && (
          <p class="note bad" role="alert">
            The server did not accept that token.
          </p>
        )}
        <label for={`${id}-token`}>Token</label>
        <input
          id={`${id}-token`}
          name="token"
          type="password"
          autocomplete="off"
          required
          autofocus
          aria-describedby={`${id}-why`}
        />
        <div class="buttons">
          <button type="button" class="plain" onClick={cancel}>
            Cancel
          </button>
          <button type="submit" class="main">
            Send feedback
          </button>
        </div>
      </form>
    </dialog>
  );
}

/** What has been decided on the labels of a text, and sending it. */
export function FeedbackBar({ service, model, text, decisions, clear, announce }) {
  const [asking, setAsking] = useState(null);
  const [busy, setBusy] = useState(false);
  const [sent, setSent] = useState(null);
  const [error, setError] = useState(null);
  const done = useRef(null);
  useEffect(() => done.current?.focus(), [sent]); // the button that had the focus is gone
  const off = whyOff(service);
  const ids = (verdict) => Object.keys(decisions).filter((id) => decisions[id] === verdict);
  const accepted = ids("accepted");
  const rejected = ids("rejected");
  const any = accepted.length + rejected.length > 0;

  const run = async (action, token) => {
    setBusy(true);
    setError(null);
    try {
      await action.run(token);
      keepToken(token);
      setAsking(null);
    } catch (failure) {
      if (failure.status === 401) {
        keepToken("");
        setAsking({ action, refused: true });
      } else {
        setAsking(null);
        setError({ failure, action });
      }
    } finally {
      setBusy(false);
    }
  };
  const begin = (action) => {
    const token = storedToken();
    if (token) run(action, token);
    else setAsking({ action, refused: false });
  };
  const send = {
    run: async (token) => {
      const answer = await api.feedback(model, text, accepted, rejected, token);
      setSent({ model: answer.model ?? model, sequence: answer.sequence, accepted, rejected });
      clear();
      announce("Feedback sent.");
    },
  };
  const undo = {
    run: async (token) => {
      await api.undoFeedback(sent.model, sent.sequence, token);
      setSent(null);
      announce("The last feedback is taken back.");
    },
  };
  if (off) return <p class="note off" id="feedback-off">{off}</p>;
  return (
    <div class="feedback">
      {any && (
        <div class="send">
          <p>
            {plural(accepted.length, "label")} accepted, {plural(rejected.length, "label")} rejected
          </p>
          <button type="button" class="plain" disabled={busy} onClick={clear}>
            Clear
          </button>
          <button type="button" class="main" disabled={busy} onClick={() => begin(send)}>
            {busy ? "Sending\u2026" : "Send feedback"}
          </button>
        </div>
      )}
      {!any && sent && (
        <div class="send done">
          <p ref={done} tabindex={-1}>
            <span aria-hidden="true">{"\u2713"} </span>
            Sent: {plural(sent.accepted.length, "label")} accepted, {plural(sent.rejected.length, "label")} rejected.
          </p>
          {service.functions.undoFeedback && (
            <button type="button" class="plain" disabled={busy} onClick={() => begin(undo)}>
              Undo
            </button>
          )}
        </div>
      )}
      {!any && !sent && <p class="small">Accept what fits and reject what does not: the model learns from it.</p>}
      {error && <Failure error={{ ...error.failure, message: sentence(error.failure.message) }} retry={() => begin(error.action)} />}
      {asking && (
        <TokenDialog
          key={String(asking.refused)}
          refused={asking.refused}
          done={(token) => run(asking.action, token)}
          cancel={() => setAsking(null)}
        />
      )}
    </div>
  );
}

/** Accept and reject beside a label. */
export function Verdict({ name, value, off, change }) {
  const button = (verdict, mark, verb) => (
    <button
      type="button"
      class={`verdict ${verdict}`}
      aria-pressed={value === verdict}
      aria-label={`${verb} ${name}`}
      aria-describedby={off ? "feedback-off" : undefined}
      title={off || `${verb} ${name}`}
      aria-disabled={off ? "true" : undefined}
      onClick={() => off || change(value === verdict ? null : verdict)}
    >
      <span aria-hidden="true">{mark}</span>
    </button>
  );
  return (
    <span class="verdicts" role="group" aria-label={`Verdict on ${name}`}>
      {button("accepted", "\u2713", "Accept")}
      {button("rejected", "\u2715", "Reject")}
    </span>
  );
}
