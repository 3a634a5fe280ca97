/** HMAC under a secret that another service holds too, against half of a pair. */
import type { OperationModel, Place } from '../../../src/libraries/descriptor.ts';
import { algorithms, inVersion, lacks, pair, type Subject } from './cell.ts';
import { KEY, keyPlace, placesOf } from './program.ts';

const PAIR = { sign: 'process.env.JWT_PRIVATE_KEY', verify: 'process.env.JWT_PUBLIC_KEY' } as const;

/** The place where a call names its algorithm: rather an option than the key or the header, rather the call than what configures it. */
function algorithmPlace(model: OperationModel, version: string): Place | undefined {
  const places = placesOf(model, model.kind === 'sign' ? 'algorithm' : 'algorithms', version);
  const rank = ({ at }: Place): number => Number(at.startsWith('key.')) + 2 * Number(/header/.test(at)) + 4 * Number(at.startsWith('configuration.'));
  return [...places].sort((a, b) => rank(a) - rank(b))[0];
}

/** A package that only signs, or only verifies, with a secret, where the project forbids to share one. */
export const sharedSecret: Subject = (library, version) => {
  const models = inVersion(library, version, ['sign', 'verify']);
  if (models.length === 0) return `${library.name} ${lacks(['sign'])} and ${lacks(['verify'])}`;
  if (library.algorithms && !library.algorithms.some((name) => name.startsWith('HS'))) return `${library.name} knows no HMAC algorithm, only ${library.algorithms.join(', ')}`;
  return models.filter(({ unsecured }) => !unsecured).flatMap((model) => {
    const key = keyPlace(model, version)?.at;
    const place = algorithmPlace(model, version);
    // A set of keys that a service publishes holds no secrets.
    if (key === undefined || !place || /keys$/.test(key)) return [];
    const kind = model.kind === 'sign' ? 'sign' : 'verify';
    const name = (algorithm: string): string | undefined => algorithms(algorithm)(kind === 'sign' ? { ...place, shape: 'single' } : place);
    return pair(library, model, version, { [place.at]: name('HS256'), [key]: KEY }, { [place.at]: name('RS256'), [key]: PAIR[kind] })
      .map((one) => ({ ...one, policy: { sharedSecrets: 'forbidden' as const } }));
  });
};
