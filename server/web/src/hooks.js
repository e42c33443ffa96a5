import { useEffect, useRef, useState } from "preact/hooks";

/**
 * The answer to a question that is asked anew when a key changes. The answer before stays until there is a new one;
 * a question that nobody needs any more is given up.
 *
 * @param question takes a signal and gives a promise; null when there is nothing to ask
 */
export function useAnswer(question, keys) {
  const [answer, setAnswer] = useState({ value: null, error: null, busy: question !== null });
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (question === null) {
      setAnswer({ value: null, error: null, busy: false });
      return undefined;
    }
    const control = new AbortController();
    setAnswer((before) => ({ ...before, busy: true }));
    const settle = (next) => control.signal.aborted || setAnswer({ ...next, busy: false });
    question(control.signal).then(
      (value) => settle({ value, error: null }),
      (error) => settle({ value: null, error }),
    );
    return () => control.abort();
  }, [...keys, question === null, round]);
  return { ...answer, retry: () => setRound((before) => before + 1) };
}

/** A value once it has not changed for a while. */
export function useSettled(value, milliseconds) {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return [settled, () => setSettled(value)];
}

/** Whether something lasts longer than a moment, so that quick answers do not flicker. */
export function useLasting(now, milliseconds = 200) {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!now) {
      setLasting(false);
      return undefined;
    }
    const timer = setTimeout(() => setLasting(true), milliseconds);
    return () => clearTimeout(timer);
  }, [now, milliseconds]);
  return lasting;
}

/** Calls something when a value has changed, not at first. */
export function useChange(value, changed) {
  const before = useRef(value);
  useEffect(() => {
    if (before.current !== value) {
      before.current = value;
      changed();
    }
  });
}
