import * as api from "./api.js";
import { bytes, count, moment } from "./format.js";
import { Empty, Heading } from "./parts.jsx";

function Facts({ model }) {
  const facts = [
    ["Labels", count(model.labels)],
    ["Training examples", count(model.trainExamples)],
    ["Probabilities", model.calibrated ? "calibrated" : "not calibrated"],
    ["Size of the folder", bytes(model.bytes)],
    ["Written", moment(model.created)],
    ["Loaded", `${moment(model.loaded)}, in ${model.loadSeconds.toFixed(1)} s`],
    ["Generation", `${count(model.generation)}${model.generation === 1 ? ", not exchanged since the start" : ""}`],
  ];
  return (
    <dl class="facts card">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What is known of a model, and the report that was made of it. */
export function Report({ app, model }) {
  const there = app.service.reports.includes(model.name);
  const address = api.reportAddress(model.name);
  return (
    <>
      <Heading lead={`What is known of ${model.name}.`}>Report</Heading>
      <Facts model={model} />
      {there ? (
        <section aria-labelledby="report-title">
          <div class="framehead">
            <h2 id="report-title">Measured on a test set</h2>
            <a href={address} target="_blank" rel="noopener noreferrer">
              Open in a tab of its own
            </a>
          </div>
          <iframe class="report" src={address} title={`Report of ${model.name}`} sandbox="allow-scripts" />
        </section>
      ) : (
        <Empty heading="No report of this model">
          <p>
            <code>longtail report --model DIR --test FILE --output report.html</code> measures a model and makes a page of
            it; <code>{`longtail serve --report ${model.name}=report.html`}</code> shows it here.
          </p>
        </Empty>
      )}
    </>
  );
}
