import { render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import * as api from "./api.js";
import { Anchors, Labels } from "./catalog.jsx";
import { Compare } from "./compare.jsx";
import { useAnswer } from "./hooks.js";
import { Metrics } from "./metrics.jsx";
import { Failure, Waiting } from "./parts.jsx";
import { Report } from "./report.jsx";
import { Suggest } from "./suggest.jsx";

const VIEWS = { Suggest, Compare, Labels, Anchors, Report, Metrics };
const NAMES = Object.keys(VIEWS);

/** Where the page is: #/view/model. The text is never part of it. */
function readPlace() {
  const [, view = "", model = ""] = location.hash.split("/");
  const name = NAMES.find((one) => one.toLowerCase() === view.toLowerCase()) ?? NAMES[0];
  return { view: name, model };
}

const address = (view, model) => `#/${view.toLowerCase()}/${model}`;

function usePlace() {
  const [place, setPlace] = useState(readPlace);
  useEffect(() => {
    const changed = () => setPlace(readPlace());
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  return place;
}

function Brand() {
  return (
    <a class="brand" href="#/suggest">
      <svg viewBox="0 0 24 20" aria-hidden="true">
        <rect x="0" y="0" width="3.4" height="20" rx="1" />
        <rect x="5" y="8" width="3.4" height="12" rx="1" />
        <rect x="10" y="12.5" width="3.4" height="7.5" rx="1" />
        <rect x="15" y="15.5" width="3.4" height="4.5" rx="1" />
        <rect x="20" y="17.5" width="3.4" height="2.5" rx="1" />
      </svg>
      Longtail
    </a>
  );
}

function Header({ place, model, models, setModel }) {
  return (
    <header>
      <a class="skip" href="#main" onClick={toMain}>
        Skip to the content
      </a>
      <div class="top">
        <Brand />
        {models.length > 1 && place.view !== "Metrics" && place.view !== "Compare" && (
          <label class="inline">
            Model
            <select value={model.name} onChange={(event) => setModel(event.currentTarget.value)}>
              {models.map((one) => (
                <option key={one.name}>{one.name}</option>
              ))}
            </select>
          </label>
        )}
        {models.length === 1 && <p class="small">Model {model.name}</p>}
      </div>
      <nav aria-label="Views">
        <ul>
          {NAMES.map((name) => (
            <li key={name}>
              <a href={address(name, model.name)} aria-current={name === place.view ? "page" : undefined}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

// The address says which view is shown, so a link within the page must not change it.
function toMain(event) {
  event.preventDefault();
  document.getElementById("main").focus();
}

function Views({ service, models }) {
  const place = usePlace();
  const [text, setText] = useState("");
  const [limit, setLimit] = useState(service.limits.defaultLimit);
  const [extras, setExtras] = useState([]);
  const [chosen, setChosen] = useState(null);
  const [said, setSaid] = useState("");
  const first = useRef(true);
  const model = models.find((one) => one.name === place.model) ?? models[0];
  const setModel = (name) => {
    location.hash = address(place.view, name);
  };
  useEffect(() => setExtras([]), [model.name]);
  useEffect(() => {
    document.title = `${place.view} \u00b7 Longtail`;
    setSaid("");
    if (!first.current) document.querySelector("main h1")?.focus();
    first.current = false;
  }, [place.view]);
  const tryOnText = (label) => {
    setExtras([...extras.filter((one) => one.id !== label.id), label]);
    setChosen(label.id);
    location.hash = address("Suggest", model.name);
  };
  const app = {
    service,
    models,
    setModel,
    text,
    setText,
    limit,
    setLimit,
    extras,
    setExtras,
    chosen,
    setChosen,
    tryOnText,
    announce: setSaid,
  };
  const View = VIEWS[place.view];
  return (
    <>
      <Header place={place} model={model} models={models} setModel={setModel} />
      <main id="main" tabindex={-1}>
        <View key={place.view} app={app} model={model} />
      </main>
      <footer>
        <p>
          Longtail {service.version}. Texts stay on this server and are not logged.{" "}
          <a href="openapi.yaml">For programs</a>
        </p>
      </footer>
      <p class="hidden" role="status">
        {said}
      </p>
    </>
  );
}

function App() {
  const start = useAnswer((signal) => Promise.all([api.service(signal), api.models(signal)]), []);
  if (!start.value) {
    return (
      <main id="main" class="start">
        <h1>Longtail</h1>
        {start.error ? (
          <Failure error={start.error} retry={start.retry} />
        ) : (
          <Waiting busy={start.busy} what="Asking the server for its models" />
        )}
      </main>
    );
  }
  const [service, models] = start.value;
  return <Views service={service} models={models} />;
}

render(<App />, document.getElementById("app"));
