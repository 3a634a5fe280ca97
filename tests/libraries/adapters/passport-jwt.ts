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
  /** Whether an extractor finds the token x in a request, and none in an empty one. */
  const extracts = (name: string, given: unknown, request: object): boolean => {
    const extract = (library.ExtractJwt as unknown as Readonly<Record<string, (given: unknown) => (request: object) => unknown>>)[name]!(given);
    const empty = { headers: {}, url: '/', body: {} };
    return extract({ ...empty, ...request }) === 'x' && extract(empty) === null;
  };
  return {
    descriptor: passportJwt, version, load, drive,
    keyAs: (at, key) => (at.endsWith('Provider') ? (_request: unknown, _token: unknown, done: (error: null, key: unknown) => void) => done(null, key) : key),
    ...(old && { unobserved: { 'options.secretOrKeyProvider emptyKey': 'an empty secretOrKey is refused, a provider that yields nothing is not; the descriptor does not tell the places apart, see the facts' } }),
    observed: {
      ...Object.fromEntries(['new Strategy', 'extends Strategy'].map((path) => [`${path} options.jwtFromRequest`, async () => {
        const guarded = async (jwtFromRequest: () => string | null): Promise<boolean> => {
          const [operation] = passportJwt.operations;
          const call = prepare(operation, { 'options.secretOrKey': 's', 'options.jwtFromRequest': jwtFromRequest });
          return Promise.resolve((await drive({ exports: { default: library }, operation, path, token: undefined, call })).value).then(() => true, () => false);
        };
        return (await guarded(() => jws('HS256', 's', honestClaims()))) && !(await guarded(() => null));
      }])),
      'ExtractJwt.fromUrlQueryParameter from query': () => extracts('fromUrlQueryParameter', 't', { url: '/?t=x' }),
      'ExtractJwt.fromBodyField from body': () => extracts('fromBodyField', 't', { body: { t: 'x' } }),
      'ExtractJwt.fromAuthHeaderAsBearerToken from header': () => extracts('fromAuthHeaderAsBearerToken', undefined, { headers: { authorization: 'Bearer x' } }),
      'ExtractJwt.fromAuthHeaderWithScheme from header': () => extracts('fromAuthHeaderWithScheme', 'jwt', { headers: { authorization: 'JWT x' } }),
      'ExtractJwt.fromHeader from header': () => extracts('fromHeader', 'x-token', { headers: { 'x-token': 'x' } }),
      'ExtractJwt.versionOneCompatibility from header': () => extracts('versionOneCompatibility', { authScheme: 'Token' }, { headers: { authorization: 'Token x' } }),
      'ExtractJwt.versionOneCompatibility from body': () => extracts('versionOneCompatibility', { tokenBodyField: 't' }, { body: { t: 'x' } }),
      'ExtractJwt.versionOneCompatibility from query': () => extracts('versionOneCompatibility', { tokenQueryParameterName: 't' }, { url: '/?t=x' }),
    },
    facts: {
      [`an unsigned token is ${old ? 'accepted' : 'refused'} when the key provider yields nothing`]: async () => {
        const strategy = new library.Strategy({
          jwtFromRequest: library.ExtractJwt['fromAuthHeaderAsBearerToken']!(),
          secretOrKeyProvider: (_request: unknown, _token: unknown, done: (error: null, key: null) => void) => done(null, null),
        }, user as never);
        return authenticated(strategy, jws('none', '', honestClaims())).then(() => old, () => !old);
      },
    },
  };
}

export const adapters = [await adapter('passport-jwt-4.0.0'), await adapter('passport-jwt-4')];
