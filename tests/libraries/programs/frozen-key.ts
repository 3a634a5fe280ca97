/** A copy of a public key that an issuer cannot withdraw, and key sets that are believed for too long. */
import type { LibraryDescriptor, OperationModel, Place } from '../../../src/libraries/descriptor.ts';
import { inVersion, lasting, pair, type Pair, type Subject } from './cell.ts';
import { keyedAt, keyPlace, placesOf, writtenCall } from './program.ts';

const PEM = "'-----BEGIN PUBLIC KEY-----\\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\\n-----END PUBLIC KEY-----'";
const JWK = "{ kty: 'OKP', crv: 'Ed25519', kid: '2024-05', x: 'GLlxCGaEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE' }";
const FILE = "await import('node:fs').then(({ readFileSync }) => readFileSync('keys/issuer-public.pem'))";

/** Ways to hold a copy of a key, and the same key from where it can be exchanged. */
const COPIES = [['in the source', PEM], ['in a file', FILE]] as const;
const REPLACEABLE = 'process.env.JWT_PUBLIC_KEY';

function copies(library: LibraryDescriptor, model: OperationModel, version: string): readonly Pair[] {
  const at = (placesOf(model, 'key', version).find((place) => /^options\.public/.test(place.at)) ?? keyPlace(model, version))?.at;
  if (at === undefined) return [];
  const written = (key: string): string | undefined => {
    const call = writtenCall(library, model, version, keyedAt(library, model, version, at, key));
    return call?.program(`await ${call.text};`);
  };
  const ofSet = /keys$/.test(at) || model.calls.some((call) => /JWK|verifyJwt/.test(call));
  const kinds = ofSet ? [['as a JWK in the source', model.kind === 'key-set' ? `{ keys: [${JWK}] }` : /keys$/.test(at) ? `[${JWK}]` : JWK] as const] : COPIES;
  const good = written(ofSet ? 'JSON.parse(process.env.JWKS)' : REPLACEABLE);
  return kinds.flatMap(([about, key]) => {
    const bad = written(key);
    return bad === undefined || good === undefined ? [] : [{ about: `${model.calls.join(', ')}: ${about}`, bad, good }];
  });
}

/** A public key that is looked at once, or for too long. */
export const frozenKey: Subject = (library, version) => {
  const pairs = inVersion(library, version, ['verify', 'key-set', 'configure']).flatMap((model): readonly Pair[] => {
    const [cached] = placesOf(model, 'cacheMaxAge', version);
    const kept = (days: number, place: Place): string => lasting(days * 86_400)(place) ?? '';
    const believed = cached ? pair(library, model, version, { [cached.at]: kept(30, cached) }, { [cached.at]: kept(0.125, cached) }) : [];
    return [...(model.kind === 'configure' ? [] : copies(library, model, version)), ...believed];
  });
  if (pairs.length > 0) return pairs;
  return inVersion(library, version, ['verify']).length > 0 ? '' : `${library.name} verifies nothing, and makes no set of keys that others verify with`;
};
