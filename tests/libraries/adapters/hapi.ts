import type { Occasion } from '../adapter.ts';
import type { Returned } from '../call.ts';

interface Server {
  register(plugin: unknown): Promise<void>;
  auth: { strategy(...list: unknown[]): void };
  route(route: object): void;
  initialize(): Promise<void>;
  stop(): Promise<void>;
  inject(request: object): Promise<{ statusCode: number; payload: string }>;
}

/** Runs a request through a hapi server whose only route has the strategy, in the mode given. */
export async function throughServer({ exports, call, token }: Pick<Occasion, 'exports' | 'call' | 'token'>, { mode, payload, request }: { readonly mode?: string; readonly payload?: string; readonly request?: object } = {}): Promise<Returned> {
  const { default: Hapi } = (await import('@hapi/hapi')) as unknown as { default: { server(): Server } };
  const server = Hapi.server();
  await server.register((exports as { default: unknown }).default);
  server.auth.strategy('measured', 'jwt', call.list[2]);
  server.route({ method: ['GET', 'POST'], path: '/', options: { auth: { strategy: 'measured', ...(mode !== undefined && { mode }), ...(payload !== undefined && { payload }) } }, handler: () => 'welcome' });
  // Remote keys are fetched when the server is initialized.
  await server.initialize();
  const answer = await server.inject({ url: '/', headers: token === undefined ? {} : { authorization: `Bearer ${token}` }, ...request }).finally(() => server.stop());
  if (answer.statusCode !== 200) throw new Error(answer.payload);
  return { value: true };
}
