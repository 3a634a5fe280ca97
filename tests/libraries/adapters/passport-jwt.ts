import { passportJwt } from '../../../src/libraries/passport-jwt.ts';
import type { Adapter, Occasion } from '../adapter.ts';
import { prepare, type Returned } from '../call.ts';
import { honestClaims, jws } from '../forge.ts';
import { installedVersion, loader } from './installed.ts';

interface Strategy {
  authenticate(request: object): void;
  success(user: unknown): void;
  fail(challenge: unknown): void;
  error(error: Error): void;
}
type Constructor = new (options: object, verify: (...list: unknown[]) => void) => Strategy;
interface Exports { Strategy: Constructor; ExtractJwt: Record<string, () => (request: object) => string | null> }

const user = (payload: unknown, done: (error: null, user: unknown) => void): void => done(null, payload);

/** Authenticates a request with a strategy, as passport does. */
async function authenticated(strategy: Strategy, token: string | undefined): Promise<unknown> {
  return new Promise((succeeded, refused) => {
    strategy.success = succeeded;
    strategy.fail = (challenge) => refused(challenge instanceof Error ? challenge : new Error(String(challenge)));
    strategy.error = refused;
    strategy.authenticate({ headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
  });
}

async function drive({ exports, operation, path, call, token }: Occasion): Promise<Returned> {
  const { Strategy, ExtractJwt } = (exports as { default: Exports }).default;
  const { list } = prepare(operation, { ...Object.fromEntries(Object.entries(call.roles)), callback: user });
  const [options] = list as [object];
  const complete = { jwtFromRequest: ExtractJwt['fromAuthHeaderAsBearerToken']!(), ...options };
  if (path === 'new Strategy') return { value: authenticated(new Strategy(complete, user as never), token) };
  // As @nestjs/passport does: the given class is extended and the options are handed to super.
  await import('reflect-metadata');
  const { PassportStrategy } = (await import('@nestjs/passport')) as { PassportStrategy: (strategy: unknown) => new (options: object) => Strategy };
  class Subclass extends PassportStrategy(Strategy) {
    constructor() { super(complete); }
    validate(payload: unknown): unknown { return payload; }
  }
  return { value: authenticated(new Subclass(), token) };
}

async function adapter(alias: string): Promise<Adapter> {
  const load = loader('passport-jwt', alias);
  const { default: library } = (await load('passport-jwt')) as { default: Exports };
  const version = installedVersion(alias);
  const old = version === '4.0.0';
  return {
    descriptor: passportJwt, version, load, drive,
    facts: {
      [`an unsigned token is ${old ? 'accepted' : 'refused'} when the key provider yields nothing`]: async () => {
        const strategy = new library.Strategy({
          jwtFromRequest: library.ExtractJwt['fromAuthHeaderAsBearerToken']!(),
          secretOrKeyProvider: (_request: unknown, _token: unknown, done: (error: null, key: null) => void) => done(null, null),
        }, user as never);
        return authenticated(strategy, jws('none', '', honestClaims())).then(() => old, () => !old);
      },
      'fromUrlQueryParameter reads the query': () => (library.ExtractJwt['fromUrlQueryParameter'] as unknown as (name: string) => (request: object) => unknown)('t')({ url: '/?t=x' }) === 'x',
      'versionOneCompatibility reads body and query': () => {
        const extract = (library.ExtractJwt['versionOneCompatibility'] as unknown as (options: object) => (request: object) => unknown)({ tokenBodyField: 'b', tokenQueryParameterName: 'q' });
        return extract({ headers: {}, url: '/?q=x' }) === 'x' && extract({ headers: {}, url: '/', body: { b: 'y' } }) === 'y';
      },
    },
  };
}

export const adapters = [await adapter('passport-jwt-4.0.0'), await adapter('passport-jwt-4')];
