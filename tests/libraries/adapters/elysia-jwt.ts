import { elysiaJwt } from '../../../src/libraries/elysia-jwt.ts';
import type { Adapter, Occasion } from '../adapter.ts';
import type { Returned } from '../call.ts';
import { honestClaims, jws, SECRET } from '../forge.ts';
import { installedVersion, loader } from './installed.ts';

type Jwt = Readonly<Record<'sign' | 'verify', (...list: unknown[]) => unknown>>;
interface App { use(plugin: unknown): App; get(path: string, handler: (context: { jwt: Jwt }) => unknown): App; handle(request: Request): Promise<Response> }

const load = loader('@elysiajs/jwt', '@elysiajs/jwt');
const { jwt } = (await load('@elysiajs/jwt')) as { jwt(options: object): unknown };

/** Uses what the plugin hands to a handler. */
async function inHandler(configuration: object, use: (jwt: Jwt) => unknown): Promise<Returned> {
  const { Elysia } = (await import('elysia')) as unknown as { Elysia: new () => App };
  let returned: Returned | undefined;
  const app = new Elysia().use(jwt({ secret: SECRET, ...configuration })).get('/', (context) => {
    returned = { value: use(context.jwt) };
    void Promise.resolve(returned.value).catch(() => undefined);
    return 'done';
  });
  await app.handle(new Request('http://localhost/'));
  if (!returned) throw new Error('the handler did not run');
  return returned;
}

const drive = async ({ path, call }: Occasion): Promise<Returned> =>
  inHandler(call.configuration ?? {}, (handed) => handed[path.endsWith('sign') ? 'sign' : 'verify'](...call.list));

const other = jws('HS512', SECRET, honestClaims({ aud: 'urn:other', iss: 'urn:other' }));

export const adapters: readonly Adapter[] = [{
  descriptor: elysiaJwt, version: installedVersion('@elysiajs/jwt'), load, drive,
  facts: {
    'aud, iss and alg of the plugin are for signing only': async () => (await (await inHandler({ aud: 'urn:mine', iss: 'urn:mine', alg: 'HS256' }, (handed) => handed.verify(other))).value) !== false,
    'an undefined exp of a call drops that of the plugin': async () => {
      const token = await (await inHandler({ exp: '1h' }, (handed) => handed.sign({ exp: undefined }))).value as string;
      return !('exp' in (JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as object));
    },
    'the name of the plugin is the member of the context': async () => {
      const { Elysia } = (await import('elysia')) as unknown as { Elysia: new () => App };
      let member: unknown;
      await new Elysia().use(jwt({ name: 'access', secret: SECRET })).get('/', (context) => { member = (context as unknown as { access: unknown }).access; return ''; }).handle(new Request('http://localhost/'));
      return typeof (member as Jwt).verify === 'function';
    },
  },
}];
