// What the page asks of the server. All addresses are relative, so that the page works behind a prefix too.

/** An answer that is not the one that was asked for; status 0 when there was none at all. */
export class ApiError extends Error {
  constructor(status, code, message, requestId) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.requestId = requestId;
  }
}

async function problem(response) {
  try {
    const { error } = await response.json();
    return new ApiError(response.status, error.code, error.message, error.requestId);
  } catch {
    return new ApiError(response.status, "no-explanation", `the server answered with status ${response.status}`, "");
  }
}

async function send(path, { method = "GET", body, token, signal } = {}) {
  const headers = {};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (token) headers.Authorization = `Bearer ${token}`;
  let response;
  try {
    response = await fetch(path, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch (failure) {
    if (failure.name === "AbortError") throw failure;
    throw new ApiError(0, "unreachable", "the server does not answer; is it still running?", "");
  }
  if (!response.ok) throw await problem(response);
  return response;
}

async function json(path, options) {
  const response = await send(path, options);
  const text = await response.text();
  return text === "" ? {} : JSON.parse(text);
}

const of = (model) => `v1/models/${encodeURIComponent(model)}`;

export const service = (signal) => json("v1/service", { signal });

export const models = (signal) => json("v1/models", { signal }).then((answer) => answer.models);

export const suggest = (model, text, limit, signal) =>
  json(`${of(model)}/suggest`, { method: "POST", body: { text, limit }, signal }).then((answer) => answer.suggestions);

/** The explanation of one label; null when the model knows nothing of the text. */
export const explain = (model, text, id, top, signal) =>
  json(`${of(model)}/explain`, { method: "POST", body: { text, labels: [id], top }, signal }).then(
    (answer) => answer.labels[0] ?? null,
  );

export const labels = (model, query, offset, limit, signal) =>
  json(`${of(model)}/labels?${new URLSearchParams({ query, offset, limit })}`, { signal });

export const anchors = (model, offset, limit, objects, signal) =>
  json(`${of(model)}/anchors?${new URLSearchParams({ offset, limit, objects })}`, { signal });

export const feedback = (model, text, accepted, rejected, token) =>
  json(`${of(model)}/feedback`, { method: "POST", body: { text, accepted, rejected }, token });

export const undoFeedback = (model, sequence, token) =>
  json(`${of(model)}/feedback/undo`, { method: "POST", body: { sequence: [sequence] }, token });

export const reportAddress = (model) => `${of(model)}/report`;

/** The server's figures, as Prometheus reads them. */
export const metrics = (signal) => send("metrics", { signal }).then((response) => response.text());
