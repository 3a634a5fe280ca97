import { koaJwt } from '../../../src/libraries/koa-jwt.ts';
import type { Adapter, Occasion } from '../adapter.ts';
import { callAt, type Returned } from '../call.ts';
import { honestClaims, jws } from '../forge.ts';
import { installedVersion, loader } from './installed.ts';

type Middleware = (context: object, next: () => Promise<void>) => Promise<void>;

const load = loader('koa-jwt', 'koa-jwt-4');

/** Runs a middleware of Koa and gives the state of its context. */
async function passThrough(middleware: Middleware, headers: object): Promise<object> {
  const { default: Koa } = (await loader('koa', 'koa')('koa')) as { default: new () => { createContext(request: object, response: object): { state: object } } };
  const request = { method: 'GET', url: '/', headers, socket: {} };
  const context = new Koa().createContext(request, { setHeader: () => undefined, getHeader: () => undefined });
  let passed = false;
  await middleware(context, async () => { passed = true; });
  if (!passed) throw new Error('the next middleware was not called');
  return context.state;
}

const drive = async ({ exports, path, call, token }: Occasion): Promise<Returned> =>
  ({ value: passThrough((await callAt(exports, path, call)).value as Middleware, token === undefined ? {} : { authorization: `Bearer ${token}` }) });

const token = jws('HS256', 's', honestClaims());
/** Whether a request with these headers gets through. */
const guards = async (options: object, headers: object): Promise<boolean> => {
  const { default: create } = (await load('koa-jwt')) as { default: (options: object) => Middleware };
  return passThrough(create({ secret: 's', ...options }), headers).then(() => true, () => false);
};

export const adapters: readonly Adapter[] = [{
  descriptor: koaJwt, version: installedVersion('koa-jwt-4'), load, drive,
  observed: {
    ' from header': async () => guards({}, { authorization: `Bearer ${token}` }),
    ' from cookie': async () => guards({ cookie: 'session' }, { cookie: `session=${token}` }),
    ' options.cookie': async () => (await guards({ cookie: 'session' }, { cookie: `session=${token}` })) && !(await guards({}, { cookie: `session=${token}` })),
    ' options.getToken': async () => (await guards({ getToken: () => token }, {})) && !(await guards({}, {})),
  },
}];
