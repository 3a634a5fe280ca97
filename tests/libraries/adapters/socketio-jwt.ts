import { socketioJwt } from '../../../src/libraries/socketio-jwt.ts';
import type { Adapter, Occasion } from '../adapter.ts';
import { callAt, type Returned } from '../call.ts';
import { honestClaims, jws, RSA } from '../forge.ts';
import { installedVersion, loader } from './installed.ts';

type Guard = (socket: object, accept: (error?: unknown) => void) => void;
const load = loader('socketio-jwt', 'socketio-jwt');
const { authorize } = (await load('socketio-jwt')) as { authorize(options: object): Guard & ((socket: object) => void) };

const shaken = (guard: Guard, token: string | undefined, query: object = {}): Promise<true> => new Promise((accepted, refused) => {
  const socket = { handshake: { query }, request: { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } } };
  guard(socket, (error) => { if (error) refused(error as Error); else accepted(true); });
});

const drive = async ({ exports, path, call, token }: Occasion): Promise<Returned> => ({ value: shaken((await callAt(exports, path, call)).value as Guard, token) });

/** Whether a socket that never authenticates is cut off. */
const cutOff = async (options: object): Promise<boolean> => {
  let cut = false;
  authorize({ secret: 's', timeout: 10, ...options })({ server: { $emit: () => undefined }, on: () => undefined, disconnect: () => { cut = true; } });
  await new Promise((later) => { setTimeout(later, 40); });
  return cut;
};

/** Whether a socket that is connected already authenticates without a token in its message. */
const authenticates = async (options: object, request: object): Promise<boolean> => new Promise((answered) => {
  const handlers: Record<string, (data?: object) => void> = {};
  const answer = (event: string): void => { if (event === 'authenticated' || event === 'unauthorized') answered(event === 'authenticated'); };
  authorize({ secret: 's', timeout: 1000, ...options })({ request, server: { $emit: () => undefined }, emit: answer, on: (event: string, handler: () => void) => { handlers[event] = handler; }, disconnect: () => undefined });
  handlers['authenticate']!({});
});

export const adapters: readonly Adapter[] = [{
  descriptor: socketioJwt, version: installedVersion('socketio-jwt'), load, drive,
  needs: () => ({ 'options.handshake': true }),
  observed: {
    'authorize from header': async () => shaken(authorize({ secret: 's', handshake: true }), jws('HS256', 's', honestClaims())),
    'authorize from query': async () => shaken(authorize({ secret: 's', handshake: true }), undefined, { token: jws('HS256', 's', honestClaims()) }),
    'authorize optionalAuthentication': async () => (await cutOff({})) && !(await cutOff({ required: false })),
    'options.cookie': async () => (await authenticates({ cookie: 'session' }, { cookies: { session: jws('HS256', 's', honestClaims()) } })) && !(await authenticates({}, { cookies: { session: jws('HS256', 's', honestClaims()) } })),
  },
  facts: {
    'a token in the query wins over the header': async () =>
      shaken(authorize({ secret: 's', handshake: true }), 'garbage', { token: jws('HS256', 's', honestClaims()) }).catch(() => false),
    'a list of both families makes a public key a secret': async () =>
      shaken(authorize({ secret: RSA.publicPem, handshake: true, algorithms: ['HS256', 'RS256'] }), jws('HS256', RSA.publicPem, honestClaims())).catch(() => false),
    'an unsigned token is refused when the secret function yields nothing': async () =>
      shaken(authorize({ secret: (_request: unknown, _payload: unknown, done: (error: null, key: undefined) => void) => done(null, undefined), handshake: true }), jws('none', '', honestClaims())).then(() => false, () => true),
  },
}];
