// Requests to the services, each with a time limit.

const REQUEST_MS = 10_000;

/** Sends a request and resolves to its status and its body, read as JSON where it is JSON. */
export async function request(method, url, { token, headers = {}, body } = {}) {
  const response = await fetch(url, {
    method,
    signal: AbortSignal.timeout(REQUEST_MS),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.status, accepted: response.ok, text, json };
}

export const get = (url, options) => request('GET', url, options);
export const post = (url, body, options) => request('POST', url, { ...options, body });
