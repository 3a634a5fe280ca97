import { koaJwt } from '../../../src/libraries/koa-jwt.ts';
import type { Adapter, Occasion } from '../adapter.ts';
import { callAt, type Returned } from '../call.ts';
import { installedVersion, loader } from './installed.ts';

type Middleware = (context: object, next: () => Promise<void>) => Promise<void>;

async function drive({ exports, path, call, token }: Occasion): Promise<Returned> {
  const { value } = await callAt(exports, path, call);
  const { default: Koa } = (await loader('koa', 'koa')('koa')) as { default: new () => { createContext(request: object, response: object): { state: object } } };
  const request = { method: 'GET', url: '/', headers: token === undefined ? {} : { authorization: `Bearer ${token}` }, socket: {} };
  const context = new Koa().createContext(request, { setHeader: () => undefined, getHeader: () => undefined });
  let passed = false;
  await (value as Middleware)(context, async () => { passed = true; });
  if (!passed) throw new Error('the next middleware was not called');
  return { value: Promise.resolve(context.state) };
}

export const adapters: readonly Adapter[] = [{
  descriptor: koaJwt, version: installedVersion('koa-jwt-4'), load: loader('koa-jwt', 'koa-jwt-4'), drive,
}];
