/** A server on the loopback interface that hands out keys, so that what a library does with the network is seen without any. */
import { generateKeyPairSync } from 'node:crypto';
import { createServer as createPlain, type RequestListener } from 'node:http';
import { createServer as createSecure, globalAgent } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSigned } from './certificate.ts';
import { RSA } from './forge.ts';

const certified = selfSigned(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }));

/** A running server: its address and what it was asked. */
export interface KeyServer {
  /** Address without a slash at its end: `http://127.0.0.1:1234`. */
  readonly address: string;
  /** Paths of the requests so far, in order. */
  readonly requests: readonly string[];
}

/** What a server answers, by path; the answer for `*` is for all others. Default: the issuer's key set everywhere. */
export type Answers = Readonly<Record<string, (address: string) => string>>;

const KEY_SET: Answers = { '*': () => JSON.stringify({ keys: [RSA.publicJwk] }) };

/** Runs a server for as long as `use` takes; with `https` its certificate is signed by nobody but itself. */
export async function withKeyServer<T>(scheme: 'http' | 'https', use: (server: KeyServer) => Promise<T>, answers: Answers = KEY_SET): Promise<T> {
  const requests: string[] = [];
  const listener: RequestListener = (request, response) => {
    const path = request.url ?? '/';
    requests.push(path);
    const answer = answers[path] ?? answers['*'];
    response.statusCode = answer ? 200 : 404;
    response.setHeader('content-type', 'application/json');
    response.end(answer?.(address));
  };
  const server = scheme === 'http' ? createPlain(listener) : createSecure({ key: certified.key, cert: certified.certificate }, listener);
  server.listen(0, '127.0.0.1');
  await new Promise((listening) => { server.once('listening', listening); });
  const address = `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    return await use({ address, requests });
  } finally {
    const closed = new Promise((done) => { server.close(done); });
    server.closeAllConnections();
    await closed;
  }
}

/** Lets `node:https` trust the server's own certificate while `use` runs, for libraries that take no agent. */
export async function trusting<T>(use: () => Promise<T>): Promise<T> {
  const { ca } = globalAgent.options;
  globalAgent.options.ca = certified.certificate;
  try {
    return await use();
  } finally {
    globalAgent.options.ca = ca;
  }
}

/** Waits. */
export const later = (milliseconds: number): Promise<void> => new Promise((done) => { setTimeout(done, milliseconds); });
