/** What each rule looks for in a library, so that a bad and a good program can be written for every library and version it applies to. */
import { absenceFor } from '../../../src/analysis/versions.ts';
import type { Absence, OperationKind, OperationModel, SettingName } from '../../../src/libraries/descriptor.ts';
import { algorithms, inVersion, lacks, lasting, pair, type Pair, type Subject, text, type Write } from './cell.ts';
import { chosenKey } from './chosen-key.ts';
import { decryptedClaims } from './decrypted-claims.ts';
import { frozenKey } from './frozen-key.ts';
import { kindsOfToken } from './kinds-of-token.ts';
import { misreadOptions } from './misread-options.ts';
import { type GivenText, KEY, placesOf, program, usual } from './program.ts';
import { sharedSecret } from './shared-secret.ts';

const SAFE: Readonly<Partial<Record<Absence['means'], string>>> = {
  pinned: 'has one fixed, safe value in place of', refused: 'does not work without', demanded: 'always demands', defaulted: 'has a value of its own for', 'by-key': 'lets the key settle',
};

/** A setting that must not be left out. `means` are the meanings of its absence that are a defect. */
export function missing(kinds: readonly OperationKind[], setting: SettingName, what: string, means: readonly Absence['means'][], good: Write, besides: (model: OperationModel, version: string) => readonly GivenText[] = () => [{}]): Subject {
  return (library, version) => {
    const models = inVersion(library, version, kinds);
    if (models.length === 0) return `${library.name} ${lacks(kinds)}`;
    const reading = models.filter((model) => placesOf(model, setting, version).length > 0);
    if (reading.length === 0) return `${library.name} ${version} has no place for ${what}`;
    const reasons: string[] = [];
    const pairs: Pair[] = [];
    for (const model of reading) {
      const absence = absenceFor(model.absent?.[setting], version);
      if (absence === undefined || !means.includes(absence.means)) {
        reasons.push(absence === undefined ? `${library.name} can be given ${what} in ${model.calls[0] ?? ''}, where leaving it out says nothing: the payload may bring it, or another call` : `${library.name} ${version} ${SAFE[absence.means] ?? 'does not leave open'} ${what}`);
        continue;
      }
      const place = placesOf(model, setting, version).find((one) => !one.readOnly && good(one) !== undefined && !one.at.startsWith('configuration.'));
      const text = place && good(place);
      if (place === undefined || text === undefined) {
        reasons.push(`${library.name} has no place for ${what} in ${model.calls[0] ?? ''} that a call can fill`);
        continue;
      }
      // What stands beside it may take the argument of another overload: the first that fits.
      const found = besides(model, version).map((extra) => pair(library, model, version, extra, { ...extra, [place.at]: text })).find((one) => one.length > 0);
      if (!found) return '';
      pairs.push(...found);
    }
    return pairs.length > 0 ? pairs : reasons[0] ?? '';
  };
}

/** A value of a setting that is wrong, and one that is right. */
export function value(kinds: readonly OperationKind[], setting: SettingName, what: string, bad: Write, good: Write, besides: (model: OperationModel, version: string) => GivenText = () => ({})): Subject {
  return (library, version) => {
    const models = inVersion(library, version, kinds);
    if (models.length === 0) return `${library.name} ${lacks(kinds)}`;
    let unwritten = false;
    const pairs = models.flatMap((model) => {
      const place = placesOf(model, setting, version).find((one) => bad(one) !== undefined && good(one) !== undefined && !one.at.startsWith('configuration.') && !(one.at.startsWith('new(') && kinds.includes('configure')));
      if (!place) return [];
      const extra = besides(model, version);
      const found = pair(library, model, version, { ...extra, [place.at]: bad(place) }, { ...extra, [place.at]: good(place) });
      unwritten ||= found.length === 0;
      return found;
    });
    return unwritten ? '' : pairs.length > 0 ? pairs : `${library.name} ${version} has no place for ${what}`;
  };
}

/** A way to use what a call gives. */
export function use(kinds: readonly OperationKind[], fits: (model: OperationModel) => boolean, otherwise: string, bad: (call: string, model: OperationModel) => string, good: (call: string, model: OperationModel) => string): Subject {
  return (library, version) => {
    const models = inVersion(library, version, kinds);
    if (models.length === 0) return `${library.name} ${lacks(kinds)}`;
    const pairs = models.filter(fits).flatMap((model) => {
      const base = usual(library, model, version);
      const texts = [bad, good].map((write) => program(library, model, version, base, (call) => write(call, model)));
      return texts[0] === undefined || texts[1] === undefined ? [] : [{ about: model.calls.join(', '), bad: texts[0], good: texts[1] }];
    });
    return pairs.length > 0 ? pairs : `${library.name}: ${otherwise}`;
  };
}

/** A rule that is about how a token is handled or how a project is made, whatever the library. */
export const notAboutLibraries = (reason: string): Subject => () => `not about libraries: ${reason}`;

/** Switches that loosen a check, thrown and not. */
export const thrown: Write = ({ on = 'truthy' }) => ({ truthy: 'true', false: 'false', null: 'null' })[on];
export const unthrown: Write = ({ on = 'truthy' }) => ({ truthy: 'false', false: 'true', null: "'set'" })[on];

/** A verification between `try` and `catch`, with what is answered for a token that is refused. */
const answering = (...answers: readonly [string, string]): readonly [(call: string) => string, (call: string) => string] => {
  const write = (answer: string) => (call: string): string => `try {\n    await ${call};\n    return true;\n  } catch {\n    return ${answer};\n  }`;
  return [write(answers[0]), write(answers[1])];
};

const SECRET = "'kT9v2mQ8xR4wZ7pL1nB6cF3hJ5sD0gYaVe'";
const handling = notAboutLibraries('it follows tokens after they were issued or received');

/** The algorithm that makes signing asymmetric; a library that takes none from the call is given a private key. */
const asymmetric = (model: OperationModel, version: string): readonly GivenText[] => placesOf(model, 'algorithm', version).map(({ at }) => ({ [at]: "'RS256'" }));

export const subjects: Readonly<Record<string, Subject>> = {
  'require-audience': missing(['verify', 'decrypt'], 'audience', 'an audience to compare', ['unchecked'], text("'api://orders'")),
  'require-issuer': missing(['verify', 'decrypt'], 'issuer', 'an issuer to compare', ['unchecked'], text("'https://issuer.example'")),
  'require-max-age': missing(['verify', 'decrypt'], 'maxAge', 'a bound on the age of tokens', ['unchecked'], (place) => (place.time?.text === 'ms' || place.time?.text === 'jose' ? "'15m'" : lasting(900)(place))),
  'require-claims': missing(['verify'], 'requiredClaims', 'a list of claims to demand', ['unchecked'], text("['exp', 'iat', 'sub']")),
  'require-algorithms': missing(['verify'], 'algorithms', 'a list of algorithms', ['by-key', 'from-token', 'unchecked', 'defaulted'], algorithms('HS256')),
  'require-expiration': missing(['sign'], 'expiration', 'a time of expiry', ['omitted'], lasting(900)),
  'require-audience-claim': missing(['sign'], 'audience', 'an audience in the token', ['omitted'], text("'api://orders'")),
  'require-issuer-claim': missing(['sign'], 'issuer', 'an issuer in the token', ['omitted'], text("'https://issuer.example'")),
  'require-key-id': missing(['sign'], 'keyId', 'a key id in the header', ['omitted'], text("'2024-05'"), asymmetric),
  'no-none-algorithm': value(['verify', 'configure'], 'algorithms', 'the accepted algorithms', algorithms('none'), algorithms('HS256')),
  'no-algorithm-confusion': value(['verify', 'configure'], 'algorithms', 'more than one accepted algorithm', algorithms('HS256', 'RS256'), (place) => (place.shape === 'single' ? undefined : algorithms('RS256', 'RS384')(place))),
  'no-weak-algorithm': value(['verify', 'sign', 'configure'], 'algorithms', 'the accepted algorithms', algorithms('RS1'), algorithms('RS256')),
  'no-ignore-expiration': value(['verify', 'configure'], 'ignoreExpiration', 'a switch for the check of `exp`', thrown, unthrown),
  'no-insecure-key-options': value(['verify', 'sign', 'configure'], 'insecureKeys', 'a switch for keys that it would refuse', thrown, unthrown),
  'no-optional-authentication': value(['verify'], 'optionalAuthentication', 'a switch that lets requests without a token through', thrown, unthrown),
  'no-large-clock-tolerance': value(['verify', 'configure'], 'clockTolerance', 'a tolerance for clocks', lasting(86_400), lasting(5)),
  'no-wildcard-audience': value(['verify', 'configure'], 'audience', 'an audience to compare', text("'*'"), text("'api://orders'")),
  'no-undefined-claim-option': value(['verify', 'configure'], 'audience', 'an audience that switches the check off where it is undefined', ({ misread = [] }) => (misread.some(({ given, effect }) => given === 'undefined' && effect === 'ignored') ? 'process.env.JWT_AUDIENCE' : undefined), text("'api://orders'")),
  'no-long-lived-token': value(['sign', 'configure'], 'expiration', 'a lifetime', (place) => (place.session ? undefined : lasting(90 * 86_400)(place)), lasting(300)),
  'valid-expiration': value(['sign', 'configure'], 'expiration', 'a lifetime as a number', ({ time }) => ({ 'duration-s': '15 * 60 * 1000', 'instant-s': 'Date.now() + 15 * 60 * 1000', 'duration-ms': undefined, 'instant-ms': 'Math.floor(Date.now() / 1000) + 900', ignored: undefined, rejected: undefined })[time?.number ?? 'ignored'], lasting(900)),
  'no-disabled-timestamp': value(['sign', 'configure'], 'noTimestamp', 'a switch for `iat`', thrown, unthrown),
  'no-hardcoded-secret': value(['verify', 'sign', 'configure'], 'key', 'a key as text', text(SECRET), text(KEY)),
  'no-fallback-secret': value(['verify', 'sign', 'configure'], 'key', 'a key as text', text(`${KEY} || ${SECRET}`), text(KEY)),
  'no-empty-key': value(['verify', 'sign', 'configure'], 'key', 'a key as text', text("''"), text('key')),
  'require-https': value(['key-set', 'verify', 'configure'], 'url', 'the address of a key set', text("'http://login.example/jwks.json'"), text("'https://login.example/jwks.json'")),
  'no-unawaited-verification': use(['verify'], ({ result, middleware }) => result?.when === 'promise' && !middleware && result.delivers !== 'function', 'its verification gives no promise that must be waited for', (call) => `if (${call}) user.admit();`, (call) => `if (await ${call}) user.admit();`),
  'no-unverified-decode': use(['decode'], ({ result }) => result === undefined || result.delivers === 'claims' || result.delivers === 'holder', 'what it reads without verifying is not a claim',
    (call, { result }) => `const read = await ${call};\n  if (read${result?.at === undefined ? '' : `.${result.at}`}.role === 'admin') user.admit();`,
    (call, { result }) => `const read = await ${call};\n  if (read${result?.at === undefined ? '' : `.${result.at}`}.exp * 1000 < Date.now()) user.refresh();`),
  'no-sensitive-claims': value(['sign'], 'payload', 'claims of its own', text('{ sub: user.id, password: user.password }'), text('{ sub: user.id }')),
  'no-untrusted-payload': value(['sign'], 'payload', 'claims of its own', text('req.body'), text('{ sub: user.id }')),
  'no-weak-secret': value(['verify', 'sign'], 'key', 'a key as text', text("'secret'"), text(SECRET), (model, version) => {
    const place = placesOf(model, model.kind === 'sign' ? 'algorithm' : 'algorithms', version).find(({ at }) => !/^(?:configuration|key)\./.test(at));
    return place ? { [place.at]: algorithms('HS256')({ ...place, ...(model.kind === 'sign' && { shape: 'single' }) }) } : {};
  }),
  'no-ignored-verification-error': use(['verify'], ({ middleware, result }) => !middleware && result?.delivers !== 'function' && (result === undefined || result.failure === 'throws'), 'a verification that fails does not throw where it is called',
    ...answering('true', 'false')),
  'require-decryption-limits': value(['decrypt'], 'maxPBES2Count', 'a limit for PBES2 iterations', text('100_000_000'), text('10_000'), (model, version) => Object.fromEntries(placesOf(model, 'maxDecompressedLength', version).slice(0, 1).map(({ at }) => [at, '250_000']))),
  'valid-verify-options': misreadOptions,
  'no-token-in-url': handling, 'no-token-in-web-storage': handling, 'no-token-logging': handling, 'no-token-broadcast': handling,
  'require-secure-cookie': handling, 'no-token-forwarding': handling, 'no-shared-token': handling,
  'no-uncached-client-credentials': notAboutLibraries('it reads requests for tokens'),
  'no-unverified-header-key': chosenKey,
  'no-legacy-grant': notAboutLibraries('it reads requests for tokens'),
  'no-browser-client-secret': notAboutLibraries('it judges which files run in a browser'),
  'no-vulnerable-library': notAboutLibraries('it compares installed versions with published flaws, all of which its own test goes through'),
  'prefer-remote-jwks': frozenKey,
  'no-shared-key': use(['sign'], ({ settings, unsecured }) => settings.key !== undefined && !unsecured, 'what it signs has no kinds', (call) => `const accessToken = await ${call};\n  const refreshToken = await ${call};\n  return { accessToken, refreshToken };`, (call) => `const accessToken = await ${call};\n  return { accessToken };`),
  'require-token-type': kindsOfToken, 'prefer-asymmetric-algorithm': sharedSecret, 'no-encryption-as-authentication': decryptedClaims,
};
