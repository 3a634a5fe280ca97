import type { Occasion } from '../adapter.ts';
import type { Returned } from '../call.ts';

interface Server {
  register(plugin: unknown): Promise<void>;
  auth: { strategy(...list: unknown[]): void };
  route(route: object): void;
  inject(request: object): Promise<{ statusCode: number; payload: string }>;
}

/** Runs a request through a hapi server whose only route demands the strategy. */
export async function throughServer({ exports, call, token }: Pick<Occasion, 'exports' | 'call' | 'token'>): Promise<Returned> {
  const { default: Hapi } = (await import('@hapi/hapi')) as unknown as { default: { server(): Server } };
  const server = Hapi.server();
  await server.register((exports as { default: unknown }).default);
  server.auth.strategy('measured', 'jwt', call.list[2]);
  server.route({ method: 'GET', path: '/', options: { auth: 'measured' }, handler: () => 'welcome' });
  const answer = await server.inject({ url: '/', headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
  if (answer.statusCode !== 200) throw new Error(answer.payload);
  return { value: true };
}
