import { useEffect, useState } from "preact/hooks";
import * as api from "./api.js";
import { quantile, rate, snapshot } from "./figures.js";
import { bytes, count, decimal, milliseconds, short } from "./format.js";
import { Failure, Heading, Waiting } from "./parts.jsx";

const EVERY = 2000;
const KEPT = 61; // two minutes
const RECENT = 15; // half a minute, over which times are measured

/** Asks for figures every two seconds while the page is seen and not paused. */
function useFigures(paused) {
  const [history, setHistory] = useState([]);
  const [error, setError] = useState(null);
  useEffect(() => {
    if (paused) return undefined;
    const control = new AbortController();
    let timer;
    const ask = async () => {
      if (!document.hidden) {
        try {
          const next = snapshot(await api.metrics(control.signal), Date.now());
          setHistory((before) => [...before, next].slice(-KEPT));
          setError(null);
        } catch (failure) {
          if (control.signal.aborted) return;
          setError(failure);
        }
      }
      timer = setTimeout(ask, EVERY);
    };
    ask();
    return () => {
      control.abort();
      clearTimeout(timer);
    };
  }, [paused]);
  return { history, error };
}

/** The course of a figure, drawn small; the figure itself stands beside it. */
function Course({ values }) {
  const [width, height] = [160, 36];
  const known = values.filter(Number.isFinite);
  const most = Math.max(1e-9, ...known);
  const x = (i) => width - (values.length - 1 - i) * (width / (KEPT - 1));
  const y = (value) => height - 2 - (value / most) * (height - 6);
  let path = "";
  values.forEach((value, i) => {
    if (Number.isFinite(value)) {
      const start = i === 0 || !Number.isFinite(values[i - 1]);
      path += `${start ? "M" : "L"}${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
    }
  });
  return (
    <svg class="course" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      <line x1="0" x2={width} y1={height - 1} y2={height - 1} />
      <path d={path} />
    </svg>
  );
}

function Tile({ name, value, note, values }) {
  return (
    <li class="card tile">
      <p class="small">{name}</p>
      <p class="figure">{value}</p>
      <p class="small">{note}</p>
      {values && <Course values={values} />}
    </li>
  );
}

const recent = (history, i) => history[Math.max(0, i - RECENT)];

function Tiles({ history }) {
  const last = history[history.length - 1];
  const before = recent(history, history.length - 1);
  const rates = history.map((now, i) => (i === 0 ? NaN : rate(history[i - 1], now)));
  const medians = history.map((now, i) => (i === 0 ? NaN : quantile(recent(history, i), now, 0.5)));
  const slowest = history.map((now, i) => (i === 0 ? NaN : quantile(recent(history, i), now, 0.99)));
  const end = history.length - 1;
  const quiet = last === before || !Number.isFinite(medians[end]) ? "nothing asked lately" : "of the last half minute";
  return (
    <ul class="tiles">
      <Tile
        name="Questions a second"
        value={Number.isFinite(rates[end]) ? decimal(rate(before, last)) : "\u2013"}
        note={`${count(last.questions)} since the start, ${last.failed === 0 ? "none" : count(last.failed)} failed`}
        values={rates}
      />
      <Tile name="Median time" value={milliseconds(medians[end])} note={quiet} values={medians} />
      <Tile name="99 of 100 within" value={milliseconds(slowest[end])} note={quiet} values={slowest} />
      <Tile
        name="Waiting"
        value={count(last.waiting)}
        note={`of ${count(last.capacity)} that may`}
        values={history.map((now) => now.waiting)}
      />
      <Tile
        name="Threads at work"
        value={count(last.busy)}
        note={`of ${count(last.threads)}`}
        values={history.map((now) => now.busy)}
      />
      <Tile name="Java heap in use" value={bytes(last.heap)} note="" values={history.map((now) => now.heap)} />
    </ul>
  );
}

function Routes({ last }) {
  return (
    <div class="card scroll" role="region" aria-label="Requests by address" tabindex={0}>
      <table class="wide">
        <caption>Requests by address and status, since the start</caption>
        <thead>
          <tr>
            <th scope="col">Address</th>
            <th scope="col">Status</th>
            <th scope="col" class="number">
              Requests
            </th>
            <th scope="col" class="number">
              Mean time
            </th>
          </tr>
        </thead>
        <tbody>
          {last.routes.map((entry) => (
            <tr key={`${entry.route} ${entry.status}`}>
              <th scope="row">
                <code>{entry.route}</code>
              </th>
              <td>{entry.status}</td>
              <td class="number">{count(entry.count)}</td>
              <td class="number">{milliseconds(entry.seconds / entry.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Models({ last, models }) {
  return (
    <div class="card scroll" role="region" aria-label="Models" tabindex={0}>
      <table class="wide">
        <caption>Models</caption>
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col" class="number">
              Labels
            </th>
            <th scope="col" class="number">
              Texts answered
            </th>
            <th scope="col" class="number">
              Suggestions
            </th>
          </tr>
        </thead>
        <tbody>
          {models.map((model) => (
            <tr key={model.name}>
              <th scope="row">{model.name}</th>
              <td class="number">{count(model.labels)}</td>
              <td class="number">{short(last.models.get(model.name)?.texts ?? 0)}</td>
              <td class="number">{short(last.models.get(model.name)?.suggestions ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What the server does now. */
export function Metrics({ app }) {
  const [paused, setPaused] = useState(false);
  const { history, error } = useFigures(paused);
  const last = history[history.length - 1];
  return (
    <>
      <div class="framehead">
        <Heading lead="What the server does now, every two seconds.">Metrics</Heading>
        <button type="button" class="plain" aria-pressed={paused} onClick={() => setPaused(!paused)}>
          {paused ? "Resume" : "Pause"}
        </button>
      </div>
      {error && <Failure error={error} />}
      {!last && !error && <Waiting busy what="Asking for figures" lines={6} />}
      {last && (
        <>
          <Tiles history={history} />
          <Models last={last} models={app.models} />
          <Routes last={last} />
        </>
      )}
    </>
  );
}
