import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { TSESTree } from '@typescript-eslint/utils';
import type { Absence, Misreading, OptionNames, Place, SettingName, ValueType } from '../libraries/descriptor.ts';
import type { JwtOperation, SetSetting } from './operation.ts';
import { isFunction } from './order.ts';
import { unitMistake, type UnitMistake } from './unit-evidence.ts';
import { type ObjectValue, possibilities, type PropertyEntry, type Value } from './value.ts';
import { absenceFor, mayBe } from './versions.ts';

/** A check that somebody wrote into the options and that the library does not make. */
export type MisreadOption = MisreadName | MisreadValue | MisreadUnit;

/** Written under a name or in a place that the library does not read. */
export interface MisreadName {
  readonly problem: 'misspelt' | 'misplaced' | 'unsupported' | 'too-new';
  readonly setting: CheckName;
  /** Property path in the options as written. */
  readonly written: readonly string[];
  /** Property path in the options that the library reads, where there is one. */
  readonly belongs: readonly string[] | undefined;
  /** The place behind `belongs`. */
  readonly place: Place | undefined;
  readonly entry: PropertyEntry;
}

/** Read, but not as it is meant. */
export interface MisreadValue {
  readonly problem: 'misread';
  readonly setting: CheckName;
  readonly given: SetSetting;
  readonly value: Value;
  readonly type: ValueType;
  readonly misreading: Misreading;
}

/** A number in another unit than the library's. */
export interface MisreadUnit {
  readonly problem: 'unit';
  readonly setting: CheckName;
  readonly given: SetSetting;
  readonly value: Value;
  readonly mistake: UnitMistake;
}

/** A setting that is a check of a token. */
export type CheckName = keyof typeof CHECK_NAMES;

/** What authors call each check, whatever the library; the library's own names are known from its descriptor. */
const CHECK_NAMES = {
  audience: ['aud', 'audience', 'audiences', 'allowedAud', 'allowedAudience', 'allowedAudiences', 'expectedAudience', 'validAudience', 'validAudiences', 'requiredAudience', 'jwtAudience', 'tokenAudience', 'checkAudience', 'verifyAudience'],
  issuer: ['iss', 'issuer', 'issuers', 'allowedIss', 'allowedIssuer', 'allowedIssuers', 'expectedIssuer', 'validIssuer', 'validIssuers', 'requiredIssuer', 'jwtIssuer', 'tokenIssuer', 'checkIssuer', 'verifyIssuer', 'trustedIssuers'],
  subject: ['sub', 'subject', 'allowedSub', 'allowedSubject', 'expectedSubject'],
  tokenId: ['jti', 'jwtid', 'jwtId', 'allowedJti', 'expectedJti'],
  nonce: ['nonce', 'allowedNonce', 'expectedNonce'],
  maxAge: ['maxAge', 'maxTokenAge', 'maxAgeSec', 'maxAgeSeconds', 'maxAgeInSeconds', 'tokenMaxAge', 'maximumAge', 'maximumTokenAge', 'expiresIn', 'maxLifetime'],
  clockTolerance: ['clockTolerance', 'clockToleranceSec', 'clockToleranceSeconds', 'clockSkew', 'clockSkewSeconds', 'clockSkewSec', 'timeSkewSec', 'timeTolerance', 'graceSeconds', 'gracePeriod', 'leeway', 'clockLeeway', 'tolerance'],
  requiredClaims: ['requiredClaims', 'requireClaims', 'mandatoryClaims', 'claimsRequired'],
  type: ['typ', 'checkTyp'],
  algorithms: ['algorithm', 'alg', 'algs', 'algorithms', 'allowedAlgorithms', 'allowedAlgs', 'acceptedAlgorithms'],
} as const satisfies Partial<Record<SettingName, readonly string[]>>;

/** Checks that are worth a word where a library cannot make them at all. */
const MISSED: readonly CheckName[] = ['audience', 'issuer', 'subject', 'tokenId', 'maxAge', 'requiredClaims', 'type'];

/** Objects in which other libraries take their checks. */
const CONTAINERS = /^(?:verify|verification|verifyOptions?|verificationOptions?|jwtOptions|jwtVerifyOptions|jsonWebTokenOptions|jwt|options|checks?|claims?|validators?|validation|validate)$/;

/** Objects below the options that say how tokens are issued or read, not what is accepted. */
const OTHER_DIRECTION = /^(?:sign|signOptions|decode|decodeOptions|cookie|cookies|jwtSign|jwtDecode|header)$/;

const found = new WeakMap<JwtOperation, readonly MisreadOption[]>();

/** The checks in an operation's options that the library, in the version in use, silently ignores or misreads. */
export function misreadOptions(operation: JwtOperation): readonly MisreadOption[] {
  const known = found.get(operation);
  if (known) return known;
  const misread = ['verify', 'decrypt', 'configure'].includes(operation.kind) ? [...misreadNames(operation), ...misreadValues(operation)] : [];
  found.set(operation, misread);
  return misread;
}

function* misreadNames(operation: JwtOperation): Iterable<MisreadName> {
  const { options } = operation.model;
  const given = operation.argument('options');
  if (!options || !given) return;
  const seen = new Set<TSESTree.Node>();
  for (const one of namesIn(operation, given, options, options, [])) {
    if (seen.has(one.entry.node) || operation.setting(one.setting).state === 'set') continue;
    seen.add(one.entry.node);
    yield one;
  }
}

function* namesIn(operation: JwtOperation, value: Value, names: OptionNames, root: OptionNames, path: readonly string[]): Iterable<MisreadName> {
  for (const object of possibilities(value)) {
    if (object.kind !== 'object') continue;
    for (const [name, entry] of object.entries) {
      if (name.startsWith('\0') || OTHER_DIRECTION.test(name)) continue;
      const nested = names.nested?.[name];
      const made = names.nested?.[`${name}()`];
      if (nested) yield* namesIn(operation, entry.value, nested, root, [...path, name]);
      else if (made) for (const value of returnedValues(operation, entry.value)) yield* namesIn(operation, value, made, root, [...path, `${name}()`]);
      else yield* judge(operation, [...path, name], entry, names, root);
    }
  }
}

function* judge(operation: JwtOperation, written: readonly string[], entry: PropertyEntry, names: OptionNames, root: OptionNames): Iterable<MisreadName> {
  const name = written.at(-1) ?? '';
  if (isLeftOut(entry.value)) return;
  const misplaced = root.misplaced?.find((one) => one.at === written.join('.') && mayBe(operation.version, one.versions));
  if (misplaced) {
    const belongs = misplaced.belongs.split('.');
    const place = placeAt(operation, belongs);
    if (place) yield { problem: 'misplaced', setting: place.setting, written, belongs, place: place.place, entry };
    return;
  }
  if (names.known.includes(name)) {
    const late = placeAt(operation, written, true);
    if (late && !mayBe(operation.version, late.place.versions) && isCheck(late.setting)) yield { problem: 'too-new', setting: late.setting, written, belongs: undefined, place: late.place, entry };
    return;
  }
  if (names.unknown !== 'ignored') return;
  const inner = containedChecks(operation, name, entry);
  if (inner) {
    for (const one of inner) yield* missed(operation, one.setting, [...written, one.name], one.entry);
    return;
  }
  const setting = checkCalled(name, operation);
  if (setting) yield* missed(operation, setting, written, entry);
}

/** A check under a name that is not read: where it belongs, or that there is no such check. */
function* missed(operation: JwtOperation, setting: CheckName, written: readonly string[], entry: PropertyEntry): Iterable<MisreadName> {
  const readable = optionPlaces(operation).filter((one) => one.setting === setting && mayBe(operation.version, one.place.versions));
  const sibling = readable.find(({ path }) => path.length === written.length && path.slice(0, -1).join('.') === written.slice(0, -1).join('.'));
  const place = sibling ?? readable[0];
  if (place) {
    const renamedOnly = place.path.slice(0, -1).join('.') === written.slice(0, -1).join('.');
    yield { problem: renamedOnly ? 'misspelt' : 'misplaced', setting, written, belongs: place.path, place: place.place, entry };
    return;
  }
  // Where the operation takes the check elsewhere (an argument, the call that built it), nothing is missed here.
  if ((operation.model.settings[setting] ?? []).length > 0 && !optionPlaces(operation).some((one) => one.setting === setting)) return;
  if (operation.kind === 'verify' && MISSED.includes(setting) && isDemandable(operation, setting)) yield { problem: 'unsupported', setting, written, belongs: undefined, place: undefined, entry };
}

/** A library that pins the value anyway misses nothing. */
function isDemandable(operation: JwtOperation, setting: SettingName): boolean {
  const absences = operation.model.absent?.[setting] ?? [];
  return !absences.some((absence) => mayBe(operation.version, absence.versions) && (absence.means === 'pinned' || absence.means === 'demanded'));
}

/** The checks in an object that the library does not look into. */
function containedChecks(operation: JwtOperation, name: string, entry: PropertyEntry): readonly { readonly name: string; readonly setting: CheckName; readonly entry: PropertyEntry }[] | undefined {
  if (!CONTAINERS.test(name)) return undefined;
  const objects = possibilities(entry.value).filter((value): value is ObjectValue => value.kind === 'object');
  if (objects.length === 0) return undefined;
  return objects.flatMap((object) => [...object.entries].flatMap(([inner, one]) => {
    const setting = checkCalled(inner, operation);
    return setting && !isLeftOut(one.value) ? [{ name: inner, setting, entry: one }] : [];
  }));
}

/** Which check an author means by a name: one of the usual names, in any spelling of the words, or nearly the library's own. */
function checkCalled(name: string, operation: JwtOperation): CheckName | undefined {
  const plain = plainName(name);
  for (const [setting, names] of Object.entries(CHECK_NAMES) as [CheckName, readonly string[]][]) {
    const called = [...names, ...optionPlaces(operation).filter((one) => one.setting === setting).map(({ path }) => path.at(-1) ?? '')];
    if (called.some((one) => plainName(one) === plain)) return isMeant(operation, setting, name) ? setting : undefined;
  }
  for (const { setting, path } of optionPlaces(operation)) {
    const own = plainName(path.at(-1) ?? '');
    if (own in NEAR_BUT_OTHER || !isCheck(setting)) continue;
    if (own.length >= 6 && distance(plain, own) <= (own.length >= 8 ? 2 : 1)) return isMeant(operation, setting, name) ? setting : undefined;
  }
  for (const [setting, names] of Object.entries(CHECK_NAMES) as [CheckName, readonly string[]][]) {
    const canonical = plainName(names.find((one) => one.length >= 8) ?? '');
    if (['audience', 'issuer'].includes(setting) && (distance(plain, setting) <= 1 || (setting === 'audience' && distance(plain, canonical) <= 1)) && plain.length >= 5) return setting;
  }
  return undefined;
}

const NEAR_BUT_OTHER: Readonly<Record<string, true>> = { complete: true };

/** The choice of algorithms only matters where the library leaves it open. */
function isMeant(operation: JwtOperation, setting: SettingName, name: string): boolean {
  if (setting !== 'algorithms') return true;
  // In a configuration of both directions one algorithm is meant for signing.
  if (operation.kind === 'configure' && !plainName(name).endsWith('s')) return false;
  const state = operation.setting('algorithms');
  const absence = state.state === 'missing' ? state.absence ?? absenceElsewhere(operation) : undefined;
  return absence !== undefined && !['pinned', 'refused', 'demanded'].includes(absence.means);
}

/** What leaving the algorithms out means for the verification that takes up what this call was given. */
function absenceElsewhere({ library, version }: JwtOperation): Absence | undefined {
  return library.operations.filter(({ kind, versions }) => kind === 'verify' && mayBe(version, versions)).map(({ absent }) => absenceFor(absent?.algorithms, version)).find((absence) => absence !== undefined);
}

function isCheck(setting: SettingName): setting is CheckName {
  return setting in CHECK_NAMES;
}

function plainName(name: string): string {
  return name.replace(/[_\-\s]/g, '').toLowerCase();
}

interface OptionPlace {
  readonly setting: CheckName;
  readonly place: Place;
  readonly path: readonly string[];
}

const places = new WeakMap<object, readonly OptionPlace[]>();

/** Every place in the options argument where the operation reads a check. */
function optionPlaces({ model }: JwtOperation): readonly OptionPlace[] {
  const known = places.get(model);
  if (known) return known;
  const all = (Object.entries(model.settings) as [SettingName, readonly Place[]][]).flatMap(([setting, list]) => list.flatMap((place): OptionPlace[] => {
    const [role, ...path] = place.at.split('.');
    return role === 'options' && path.length > 0 && isCheck(setting) ? [{ setting, place, path }] : [];
  }));
  places.set(model, all);
  return all;
}

function placeAt(operation: JwtOperation, path: readonly string[], everyVersion = false): OptionPlace | undefined {
  return optionPlaces(operation).find((one) => one.path.join('.') === path.join('.') && (everyVersion || mayBe(operation.version, one.place.versions)));
}

/** What a factory in the options returns. */
function returnedValues(operation: JwtOperation, value: Value): readonly Value[] {
  if (value.kind !== 'function' || value.file !== operation.file) return [];
  const { body } = value.node;
  if (body.type !== AST_NODE_TYPES.BlockStatement) return [operation.evaluate(body)];
  return returnsIn(body).map((node) => operation.evaluate(node));
}

function returnsIn(node: TSESTree.Node): readonly TSESTree.Node[] {
  if (node.type === AST_NODE_TYPES.ReturnStatement) return node.argument ? [node.argument] : [];
  return Object.entries(node).flatMap(([key, child]) => {
    if (key === 'parent' || child === null || typeof child !== 'object') return [];
    return (Array.isArray(child) ? (child as unknown[]) : [child]).flatMap((one) => {
      const inner = one as TSESTree.Node | null;
      return typeof inner?.type === 'string' && !isFunction(inner) ? returnsIn(inner) : [];
    });
  });
}

/** Written as nothing: the author asks for no check. */
function isLeftOut(value: Value): boolean {
  return possibilities(value).every((one) => one.kind === 'primitive' && (one.value === undefined || one.value === null || one.value === false));
}

function* misreadValues(operation: JwtOperation): Iterable<MisreadValue | MisreadUnit> {
  for (const setting of Object.keys(operation.model.settings) as SettingName[]) {
    if (!isCheck(setting)) continue;
    for (const given of operation.settingsAt(setting)) {
      // What was given to another call is judged at that call.
      if (/^(?:configuration\b|new\()/.test(given.place.at)) continue;
      const misread = misreadingOf(operation, setting, given);
      if (misread) {
        yield misread;
        continue;
      }
      for (const value of possibilities(given.value)) {
        const mistake = unitMistake(given.place, setting, value);
        if (mistake) yield { problem: 'unit', setting, given, value, mistake };
      }
    }
  }
}

function misreadingOf(operation: JwtOperation, setting: CheckName, given: SetSetting): MisreadValue | undefined {
  for (const value of possibilities(given.value)) {
    for (const type of typesOf(value)) {
      const misreading = given.place.misread?.find((one) => one.given === type && one.effect !== 'rejects' && mayBe(operation.version, one.versions));
      // An empty text beside another value is a fallback; what it switches off is another rule's.
      if (misreading && !(type === 'empty-string' && possibilities(given.value).length > 1)) return { problem: 'misread', setting, given, value, type, misreading };
    }
  }
  return undefined;
}

/** What a value is in the terms of a descriptor, the most particular first; nothing, null and switches are what their author says. */
function typesOf(value: Value): readonly ValueType[] {
  switch (value.kind) {
    case 'primitive':
      if (typeof value.value === 'number') return ['number'];
      if (typeof value.value !== 'string') return [];
      if (value.value === '') return ['empty-string'];
      return /^\s*\d+(?:\.\d+)?\s*$/.test(value.value) ? ['numeric-string', 'string'] : ['string'];
    // Environment variables are always text.
    case 'environment': case 'text': case 'duration-text': return ['string'];
    case 'regexp': return ['regexp'];
    case 'array':
      if (value.set) return ['set'];
      return value.elements.length === 0 && !value.open ? ['empty-array', 'array'] : ['array'];
    case 'object': return ['object'];
    case 'function': return ['function'];
    default: return [];
  }
}

/** Edit distance with neighbours swapped counting as one (Damerau–Levenshtein, optimal string alignment). */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (rows[i - 1]?.[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(substituted, (rows[i - 1]?.[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (rows[i - 2]?.[j - 2] ?? 0) + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 3;
}
