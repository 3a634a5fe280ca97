/** Checks that somebody wrote into the options and that the library does not make: under a wrong name, in a wrong place, of a wrong type, in a wrong unit. */
import { absenceFor, mayBe } from '../../../src/analysis/versions.ts';
import type { LibraryDescriptor, OperationModel, OptionNames, Place, SettingName, ValueType } from '../../../src/libraries/descriptor.ts';
import { algorithms, type Cell, inVersion, lacks, lasting, pair, type Pair } from './cell.ts';
import { type GivenText, placesOf } from './program.ts';

/** One wrong way to write a check, and the right one. */
interface Mistake {
  readonly about: string;
  readonly bad: GivenText;
  readonly good: GivenText;
}

/** The checks of which an author is told that they are not made. */
const CHECKS = ['audience', 'issuer', 'subject', 'maxAge', 'clockTolerance', 'requiredClaims', 'algorithms'] as const satisfies readonly SettingName[];
type Check = (typeof CHECKS)[number];

/** What leaving a check out means where the library makes it all the same. */
const SETTLED: readonly string[] = ['pinned', 'refused', 'demanded'];

/** What each check is called somewhere. */
const NAMES: Readonly<Record<Check, readonly string[]>> = {
  audience: ['aud', 'audience', 'allowedAud'], issuer: ['iss', 'issuer', 'allowedIss'], subject: ['sub', 'subject'], maxAge: ['maxTokenAge', 'maxAge'],
  clockTolerance: ['clockSkew', 'clockTolerance'], requiredClaims: ['requiredClaims'], algorithms: ['algorithms'],
};

/** Values of types that a place may misread. What is undefined, null or a switch is what its author says. */
const WRONG: Readonly<Partial<Record<ValueType, (check: Check) => string>>> = {
  string: (check) => (check === 'clockTolerance' ? "'60'" : check === 'maxAge' ? "'15m'" : check === 'algorithms' ? "'HS256'" : "'api://orders'"),
  'numeric-string': () => "'3600'", regexp: () => '/orders/', set: () => "new Set(['api://orders'])", object: () => "{ value: 'api://orders' }",
  array: () => "['api://orders', 'api://stock']", 'empty-string': () => "''", 'empty-array': () => '[]', number: () => '900',
};

function right(check: Check, place: Place, version: string): string {
  if (check === 'algorithms') return algorithms('HS256')(place) ?? "['HS256']";
  if (check === 'requiredClaims') return "['sub']";
  if (place.time && place.misread?.some(({ given, versions }) => given === 'number' && mayBe(version, versions))) return "'5m'";
  if (place.time) return place.time.number.endsWith('-s') || place.time.number.endsWith('-ms') ? lasting(300)(place) ?? '300' : "'5m'";
  return place.accepts?.includes('array') && !place.accepts.includes('string') || place.shape === 'list' ? "['api://orders']" : "'api://orders'";
}

/** The names that an object of the options reads. */
const namesAt = (options: OptionNames, path: readonly string[]): OptionNames | undefined => (path.length === 0 ? options : options.nested?.[path[0] ?? ''] && namesAt(options.nested[path[0] ?? ''] as OptionNames, path.slice(1)));

function* mistakesIn(model: OperationModel, version: string): Iterable<Mistake> {
  for (const check of CHECKS) {
    const places = placesOf(model, check, version).filter(({ at, on }) => at.startsWith('options.') && on === undefined);
    // What a place beside it says, the options say in full: one mistake is enough where a check has two places.
    const [place] = places;
    if (model.options && place) yield* misnamed(model.options, check, place, version);
    // Where the library settles the algorithms by itself, nothing is lost.
    const settled = SETTLED.includes(absenceFor(model.absent?.[check], version)?.means ?? '');
    if (model.options && !(check === 'algorithms' && settled)) yield* misplaced(model.options, check, places, version);
    if (model.options && !place) yield* unmade(model, model.options, check, version);
    for (const one of places) yield* misread(check, one, version);
  }
}

function* misnamed(options: OptionNames, check: Check, place: Place, version: string): Iterable<Mistake> {
  const path = place.at.split('.').slice(1);
  const own = path.at(-1) ?? '';
  const names = namesAt(options, path.slice(0, -1));
  if (names?.unknown !== 'ignored' || check === 'algorithms') return;
  const good = { [place.at]: right(check, place, version) };
  // Two neighbours change places.
  if (/^\w{6,}$/.test(own)) yield { about: `${place.at} misspelt`, bad: { [place.at.replace(/(.)(.)(.)$/, '$2$1$3')]: right(check, place, version) }, good };
  const other = NAMES[check].find((name) => name !== own && !names.known.includes(name));
  if (other !== undefined) yield { about: `${place.at} under the name of other libraries`, bad: { [place.at.replace(/\w+$/, other)]: right(check, place, version) }, good };
}

function* misplaced(options: OptionNames, check: Check, places: readonly Place[], version: string): Iterable<Mistake> {
  for (const place of places) {
    const value = right(check, place, version);
    const good = { [place.at]: value };
    const wrong = (options.misplaced ?? []).filter(({ belongs, versions }) => `options.${belongs}` === place.at && mayBe(version, versions)).map(({ at }) => at);
    for (const at of wrong) yield { about: `${place.at} in the wrong place`, bad: { [`options.${at}`]: value }, good };
  }
  const [place] = places;
  if (!place || options.unknown !== 'ignored') return;
  const path = place.at.split('.').slice(1);
  // Options of the library that it is built on, in the object that others keep them in, or out of the object that this one keeps them in.
  const elsewhere = path.length === 1 ? ['verifyOptions', path[0] ?? ''] : path.some((step) => step.endsWith('()')) ? [] : path.slice(-1);
  const taken = elsewhere.length === 0 || places.some(({ at }) => at === `options.${elsewhere.join('.')}`) || options.known.includes(elsewhere[0] ?? '') || options.nested?.[elsewhere[0] ?? ''] !== undefined;
  if (!taken) yield { about: `${place.at} in the wrong object`, bad: { [`options.${elsewhere.join('.')}`]: right(check, place, version) }, good: { [place.at]: right(check, place, version) } };
}

/** A check that the library cannot make at all, or not yet. */
function* unmade(model: OperationModel, options: OptionNames, check: Check, version: string): Iterable<Mistake> {
  if (check === 'algorithms' || check === 'clockTolerance') return;
  const late = (model.settings[check] ?? []).find(({ at, versions }) => at.startsWith('options.') && !mayBe(version, versions));
  if (late) {
    yield { about: `${late.at}, which later versions read`, bad: { [late.at]: right(check, late, version) }, good: {} };
    return;
  }
  const made = SETTLED.includes(absenceFor(model.absent?.[check], version)?.means ?? '');
  const [name = ''] = NAMES[check];
  if (model.kind !== 'verify' || options.unknown !== 'ignored' || options.known.includes(name) || made || model.settings[check] !== undefined) return;
  yield { about: `${name}, which it cannot check`, bad: { [`options.${name}`]: check === 'requiredClaims' ? "['sub']" : check === 'maxAge' ? "'15m'" : "'api://orders'" }, good: {} };
}

function* misread(check: Check, place: Place, version: string): Iterable<Mistake> {
  const good = { [place.at]: right(check, place, version) };
  for (const { given, effect, versions } of place.misread ?? []) {
    const wrong = WRONG[given]?.(check);
    if (wrong !== undefined && effect !== 'rejects' && mayBe(version, versions)) yield { about: `${place.at} given as ${given}`, bad: { [place.at]: wrong }, good };
  }
  const inOtherUnit = place.time?.number === 'duration-s' ? (check === 'maxAge' ? '15 * 60 * 1000' : undefined) : place.time?.number === 'duration-ms' ? (check === 'maxAge' ? '900' : '30') : undefined;
  if (inOtherUnit !== undefined) yield { about: `${place.at} in the wrong unit`, bad: { [place.at]: inOtherUnit }, good };
}

/** Every wrong way to write the checks of a library that it does not refuse by itself. */
export function misreadOptions(library: LibraryDescriptor, version: string): Cell {
  const models = inVersion(library, version, ['verify', 'decrypt', 'configure']);
  if (inVersion(library, version, ['verify', 'decrypt']).length === 0) return `${library.name} ${lacks(['verify'])}`;
  const pairs = models.flatMap((model) => [...mistakesIn(model, version)].flatMap(({ about, bad, good }): readonly Pair[] => pair(library, model, version, bad, good).map((one) => ({ ...one, about: `${one.about}: ${about}` }))));
  if (pairs.length > 0) return pairs;
  if (models.every(({ options }) => options === undefined)) return `${library.name} ${version} takes no options by name when it verifies`;
  return models.every(({ options }) => options === undefined || options.unknown === 'refused') ? `${library.name} ${version} refuses options that it does not know` : `${library.name} ${version} has no check in its options`;
}
