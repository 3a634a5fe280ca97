/** Compares every statement of a descriptor that a program can check with what an installed version does. */
import { describe, expect, it } from 'vitest';
import type { Absence, CallPath, HandedToKeyFunction, OperationModel, Place, SettingName } from '../../src/libraries/descriptor.ts';
import { type Adapter, forge, keyFor, moduleFor, type Outcome, run, type TokenWish } from './adapter.ts';
import { type Given, prepare, resolve } from './call.ts';
import { type EmptyKeyCase, emptyKeyCases, nothings, saysAccepted } from './empty-keys.ts';
import { headerOf, honestClaims, jws, KEY_ID, OTHER_CURVE, PBES2, read, RSA, signedByIssuer, SMALL_KEY, STRANGER } from './forge.ts';
import { later } from './network.ts';
import {
  EXPIRED, honestValue, isVerification, misreadValue, type Observation, observe, observeAbsence, observeMisreading, OUTSIDE_THE_TOKEN, REFUSED,
} from './probes.ts';
import { type Issued, observeSigning, observeUnset, type SigningObservation } from './signing.ts';
import { holds } from './versions.ts';

/** Frameworks hand these out; they are reached by running an application, not from the exports. */
const HANDED_OUT = /^(?:fastify|request|reply|server|context)\./;

type Entry = readonly [SettingName, readonly Place[]];
const settingsOf = (operation: OperationModel): readonly Entry[] => Object.entries(operation.settings) as unknown as Entry[];
const placesOf = (operation: OperationModel, setting: SettingName): readonly Place[] => operation.settings[setting] ?? [];

/** Registers the measurements of one installed version. */
export function measure(adapter: Adapter): void {
  const { descriptor, version } = adapter;
  const used = new Set<string>();
  const excused: Excused = (...keys) => {
    const found = keys.filter((key) => adapter.unobserved?.[key] !== undefined || adapter.observed?.[key] !== undefined);
    for (const key of found) used.add(key);
    return found.length > 0;
  };
  describe(`${descriptor.name} ${version}`, () => {
    it('is one of the versions that the descriptor says were measured', () => {
      expect(descriptor.measured).toContain(version);
    });
    for (const operation of descriptor.operations) {
      for (const path of operation.calls) {
        if (excused(path)) continue;
        if (adapter.lacks?.(path)) measureMissing(adapter, path);
        else if (holds(version, operation.versions)) measureCall(adapter, operation, path, excused);
        else if (!HANDED_OUT.test(path) && !operation.passedTo) measureMissing(adapter, path);
      }
    }
    for (const [alias, path] of Object.entries(descriptor.aliases ?? {})) {
      const there = descriptor.operations.some(({ calls, versions }) => calls.includes(path) && holds(version, versions));
      if (!there) continue;
      it(`${alias} is another name of ${path}`, async () => {
        const one = await resolve(await moduleFor(adapter, alias), alias, prepare({ arguments: {} }, {}));
        const other = await resolve(await moduleFor(adapter, path), path, prepare({ arguments: {} }, {}));
        expect(one.callee).toBe(other.callee);
      });
    }
    it('leaves nothing unobserved without need', () => {
      expect(Object.keys({ ...adapter.unobserved, ...adapter.observed }).filter((key) => !used.has(key))).toEqual([]);
    });
    for (const [statement, see] of Object.entries(adapter.observed ?? {})) {
      it(`${statement} is as the descriptor says`, async () => {
        expect(await see(), `${descriptor.name} ${version}: ${statement}`).toBe(true);
      });
    }
    for (const [fact, see] of Object.entries(adapter.facts ?? {})) {
      it(fact, async () => {
        expect(await see(), `${descriptor.name} ${version}: ${fact}`).toBe(true);
      });
    }
  });
}

function measureMissing(adapter: Adapter, path: CallPath): void {
  const other = adapter.descriptor.operations.some(({ calls, versions }) => calls.includes(path) && holds(adapter.version, versions));
  if (other && !adapter.lacks?.(path)) return;
  it(`${path || 'the module itself'} is not there in this version`, async () => {
    const found = await moduleFor(adapter, path)
      .then(async (exports) => resolve(exports, path, prepare({ arguments: {} }, {})))
      .catch(() => ({ callee: undefined }));
    expect(typeof found.callee).not.toBe('function');
  });
}

function measureCall(adapter: Adapter, operation: OperationModel, path: CallPath, excused: Excused): void {
  const name = path === '' ? 'the module itself' : path;
  describe(`${name} (${operation.kind})`, () => {
    if (!HANDED_OUT.test(path)) {
      it('exists', async () => {
        const exports = await moduleFor(adapter, path);
        const found = await resolve(exports, path, prepare(operation, baseOf(adapter, operation, path)));
        expect(['function', 'object', 'symbol'], `${adapter.descriptor.name} ${adapter.version}: ${path}`).toContain(typeof found.callee);
        expect(found.callee).not.toBeNull();
      });
    }
    measureFields(adapter, operation, path, excused);
    if (isVerification(operation) && !operation.settledElsewhere) measureVerification(adapter, operation, path, excused);
    else if (operation.kind === 'decode' && !operation.settledElsewhere) measureDecoding(adapter, operation, path);
    else if (operation.kind === 'sign' || operation.kind === 'encrypt') measureSigning(adapter, operation, path, excused);
    else measureOwnSettings(adapter, operation, path, excused);
    if (operation.settledElsewhere && isVerification(operation)) {
      it('accepts an honest token and refuses a forged one', async () => {
        await expectAll(adapter, operation, path, undefined, [{ what: 'honest', wish: {}, accepted: true }, { what: 'forged', wish: { tampered: true }, accepted: false }]);
      });
    }
    if (isVerification(operation)) measureKeyFunctions(adapter, operation, path, excused);
    const asked = operation.result?.promiseWithFunctionAt;
    if (asked !== undefined) {
      it(`gives a promise where ${asked} is a function`, async () => {
        const given = baseOf(adapter, operation, path);
        const outcome = await outcomeOf(adapter, operation, path, { ...given, [asked]: async () => given[asked] }, isVerification(operation) ? {} : undefined);
        if (outcome.value instanceof Error) throw outcome.value;
        expect([outcome.accepted, outcome.promised]).toEqual([true, true]);
      });
    }
  });
}

const HANDED: Readonly<Record<HandedToKeyFunction, (given: unknown) => boolean>> = {
  header: (given) => (given as { kid?: unknown }).kid === KEY_ID,
  kid: (given) => given === KEY_ID,
  decoded: (given) => HANDED.header((given as { header?: unknown }).header) && HANDED.claims((given as { payload?: unknown }).payload),
  artifacts: (given) => HANDED.decoded((given as { decoded?: unknown }).decoded),
  claims: (given) => (given as { sub?: unknown }).sub === 'alice',
  token: (given) => typeof given === 'string' && given.split('.').length === 3,
  request: (given) => typeof given === 'object' && given !== null && !('sub' in given) && !('kid' in given),
  callback: (given) => typeof given === 'function',
  other: () => true,
};

/** What functions in the places of the key are handed. */
function measureKeyFunctions(adapter: Adapter, operation: OperationModel, path: CallPath, excused: Excused): void {
  for (const place of placesOf(operation, 'key').filter(({ versions }) => holds(adapter.version, versions))) {
    for (const handed of place.keyFunction ?? []) {
      const statement = `${path} ${place.at} handed ${handed.join(', ')}`;
      if (excused(statement, `${path} keyFunction`)) continue;
      it(`${place.at} as a function of ${handed.length} is handed ${handed.join(', ')}`, async () => {
        const key = keyFor(adapter, operation, path);
        const callback = handed.indexOf('callback');
        const seen: (readonly unknown[])[] = [];
        const give = (...list: unknown[]): unknown => {
          seen.push(list);
          const answer = list[callback];
          return typeof answer === 'function' ? void (answer as (error: null, key: unknown) => void)(null, key) : key;
        };
        // Some libraries look at how many parameters a function declares.
        Object.defineProperty(give, 'length', { value: handed.length });
        // Without a callback of its own such a call cannot wait for the key.
        const waits = [operation.arguments].flat().some((places) => typeof places.callback === 'number') && operation.result?.when === 'callback-or-sync';
        const given = { ...baseOf(adapter, operation, path, 'key'), [place.at]: give, ...(waits && { callback: () => undefined }) };
        const outcome = await outcomeOf(adapter, operation, path, given, { header: { kid: KEY_ID } });
        const said = `${adapter.descriptor.name} ${adapter.version}, ${path}, ${place.at}: ${describeValue(outcome.value)}`;
        expect(seen, said).toHaveLength(1);
        expect(handed.map((one, index) => [one, HANDED[one](seen[0]?.[index])]), said).toEqual(handed.map((one) => [one, true]));
        expect(outcome.accepted, said).toBe(true);
      });
    }
  }
}

/** What a working call needs, without one setting. */
function baseOf(adapter: Adapter, operation: OperationModel, path: CallPath, without?: SettingName): Given {
  const given: Record<string, unknown> = {};
  const payload = placesOf(operation, 'payload')[0]?.at ?? ([operation.arguments].flat().some((places) => 'payload' in places) ? 'payload' : undefined);
  if (payload !== undefined && !isVerification(operation)) given[payload] = { role: 'reader' };
  const [keyPlace] = placesOf(operation, 'key').filter(({ versions }) => holds(adapter.version, versions));
  if (keyPlace) given[adapter.keyAt ?? keyPlace.at] = keyFor(adapter, operation, path);
  for (const [setting, absences] of Object.entries(operation.absent ?? {}) as [SettingName, readonly Absence[]][]) {
    const refused = absences.some(({ means, versions }) => means === 'refused' && holds(adapter.version, versions));
    const [place] = placesOf(operation, setting).filter(({ versions }) => holds(adapter.version, versions));
    if (refused && place) given[place.at] = operation.kind === 'sign' ? algorithmOf(adapter, operation, path) : valueFor(adapter, operation, path, setting, place);
  }
  Object.assign(given, adapter.needs?.(operation, path));
  const dropped = without === undefined ? [] : placesOf(operation, without).map(({ at }) => at);
  return Object.fromEntries(Object.entries(given).filter(([at]) => !dropped.includes(at)));
}

/** Lays a value over what a call needs; where an overload has no place for both, what is needed moves to its other place. */
function laidOver(operation: OperationModel, base: Given, extra: Given): Given {
  const fits = (given: Given): boolean => {
    try { prepare(operation, given); return true; } catch { return false; }
  };
  const whole = { ...base, ...extra };
  if (fits(whole)) return whole;
  for (const [, places] of settingsOf(operation)) {
    for (const { at } of places.filter((place) => place.at in base)) {
      for (const other of places) {
        const { [at]: value, ...rest } = base;
        const moved = { ...rest, [other.at]: value, ...extra };
        if (fits(moved)) return moved;
      }
    }
  }
  return whole;
}

const algorithmOf = (adapter: Adapter, operation: OperationModel, path: CallPath): string => (adapter.keyKind?.(operation, path) === 'rsa' ? 'RS256' : 'HS256');

const valueFor = (adapter: Adapter, operation: OperationModel, path: CallPath, setting: SettingName, place: Place): unknown =>
  adapter.values?.[setting] ?? honestValue(setting, place, algorithmOf(adapter, operation, path));

async function outcomeOf(adapter: Adapter, operation: OperationModel, path: CallPath, given: Given, wish: TokenWish | undefined): Promise<Outcome> {
  return run(adapter, operation, path, given, wish && forge(adapter, operation, path, wish, honestClaims()));
}

async function expectAll(adapter: Adapter, operation: OperationModel, path: CallPath, at: { readonly setting: SettingName; readonly place: string } | undefined, observations: readonly Observation[], besides: Given = {}): Promise<void> {
  for (const observation of observations) {
    const given = laidOver(operation, baseOf(adapter, operation, path, at?.setting), { ...besides, ...(at && 'value' in observation && { [at.place]: observation.value }) });
    const outcome = await outcomeOf(adapter, operation, path, given, observation.withoutToken ? undefined : observation.wish);
    const said = `${adapter.descriptor.name} ${adapter.version}, ${path}${at ? `, ${at.place}` : ''}: ${observation.what} (${describeValue(outcome.value)})`;
    expect(outcome.accepted, said).toBe(observation.accepted);
  }
}

/** A setting whose effect is not in the token: an adapter has to show it, or to say why it cannot. */
function unseen(path: CallPath, setting: SettingName, place: Place): boolean {
  if (!OUTSIDE_THE_TOKEN.has(setting)) return false;
  it(`${place.at} is ${setting}`, () => {
    throw new Error(`nobody observes ${path} ${place.at}`);
  });
  return true;
}

/** Settings of operations that neither make nor check a token: what they configure is seen where it is used. */
function measureOwnSettings(adapter: Adapter, operation: OperationModel, path: CallPath, excused: Excused): void {
  const { version, descriptor } = adapter;
  const usedElsewhere = (setting: SettingName, at: string): boolean => descriptor.operations.some((other) =>
    holds(version, other.versions) && placesOf(other, setting).some((place) => holds(version, place.versions) && (place.at === at.replace(/^options\.(?:useFactory\(\)\.)?/, 'configuration.') || place.at === at.replace(/^options\./, 'new(0).'))));
  const told = (what: string): void => {
    it(`${what} is observed`, () => {
      throw new Error(`nobody observes ${path} ${what}`);
    });
  };
  for (const [setting, places] of settingsOf(operation)) {
    for (const place of places) {
      if (!holds(version, place.versions) || (operation.kind === 'configure' && usedElsewhere(setting, place.at))) continue;
      if (excused(setting, `${path} ${setting}`, place.at, `${path} ${place.at}`)) continue;
      if (operation.kind === 'import-key' && setting === 'key') measureImport(adapter, operation, path, place);
      else told(place.at);
    }
  }
  for (const setting of Object.keys(operation.absent ?? {})) if (!excused(`${path} absent ${setting}`)) told(`absent ${setting}`);
}

/** An import takes the key of the issuer and refuses what is none. */
function measureImport(adapter: Adapter, operation: OperationModel, path: CallPath, place: Place): void {
  it(`${place.at} is the key`, async () => {
    const imported = async (key: unknown): Promise<boolean> => (await run(adapter, operation, path, { ...baseOf(adapter, operation, path, 'key'), [place.at]: key })).accepted;
    expect(await imported(keyFor(adapter, operation, path)), `${adapter.descriptor.name} ${adapter.version}, ${path}: the issuer's key`).toBe(true);
    expect(await imported(true), `${adapter.descriptor.name} ${adapter.version}, ${path}: no key`).toBe(false);
  });
}

/** What a descriptor says of an operation besides its settings. */
function measureFields(adapter: Adapter, operation: OperationModel, path: CallPath, excused: Excused): void {
  const { version } = adapter;
  const wanted = [
    ...(operation.maySkip?.values ?? []).map((mode) => `${path} ${operation.maySkip?.property ?? ''} ${mode}`),
    ...(operation.tokenFrom ?? []).map((where) => `${path} from ${where}`),
    ...Object.values(operation.settings).flat().filter((place) => place.session && holds(version, place.versions)).map(({ at }) => `${path} session ${at}`),
  ];
  for (const statement of wanted) {
    if (excused(statement)) continue;
    it(statement, () => {
      throw new Error(`nobody observes ${statement}`);
    });
  }
  if (operation.withoutPasswords) {
    it('withoutPasswords leaves out PBES2 and nothing else', async () => {
      const [place] = placesOf(operation, 'keyManagementAlgorithms');
      const at = { setting: 'keyManagementAlgorithms', place: place!.at } as const;
      const { what, wish } = costly(2000, true);
      await expectAll(adapter, operation, path, at, [
        { what: 'another algorithm is accepted', value: operation.withoutPasswords, wish: {}, accepted: true },
        { what: 'PBES2 is refused', value: operation.withoutPasswords, wish, accepted: false },
        { what: `without the list, ${what} is accepted`, wish, accepted: true },
      ]);
    });
  }
  if (isVerification(operation) && !operation.settledElsewhere && !excused(`${path} signatureOnly`)) {
    const checksNoTime = operation.signatureOnly === true || operation.result?.delivers === 'bytes';
    it(`an expired token is ${checksNoTime ? 'accepted' : 'refused'}`, async () => {
      await expectAll(adapter, operation, path, undefined, [{ what: 'an expired token', wish: EXPIRED, accepted: checksNoTime }]);
    });
  }
}

const WRONG_SECRET = 'another secret of a fair length, with which nobody has ever signed one token here';

/** Measures the places of keys and of the switches that let unfit keys in; false where the setting is another. */
function measureKey(adapter: Adapter, operation: OperationModel, path: CallPath, { setting, place }: { readonly setting: SettingName; readonly place: Place }, excused: Excused): boolean {
  if (setting === 'insecureKeys') {
    it(`${place.at} is insecureKeys`, async () => {
      for (const on of [true, false]) expect(await takesUnfitKey(adapter, operation, path, place, on), `${adapter.descriptor.name} ${adapter.version}, ${path}, ${place.at}: ${on}`).toBe(on);
    });
    return true;
  }
  if (setting !== 'key') return false;
  it(`${place.at} is the key`, async () => {
    expect(await usesKey(adapter, operation, path, place, keyFor(adapter, operation, path)), `${adapter.descriptor.name} ${adapter.version}, ${path}: the right key at ${place.at}`).toBe(true);
    const wrong = adapter.wrongKey ? adapter.wrongKey(operation, path) : adapter.keyKind?.(operation, path) === 'rsa' ? (operation.kind === 'sign' ? STRANGER.privatePem : STRANGER.publicPem) : WRONG_SECRET;
    expect(await usesKey(adapter, operation, path, place, wrong), `${adapter.descriptor.name} ${adapter.version}, ${path}: a wrong key at ${place.at}`).toBe(false);
  });
  // A key of nothing is judged where it is handed over: in the call, or in the configuration.
  const configured = place.at.startsWith('configuration.');
  const judged = configured ? adapter.descriptor.operations.find(({ kind, settings, versions }) => kind === 'configure' && holds(adapter.version, versions) && settings.key?.some(({ at }) => at.replace('useFactory().', '') === place.at.replace('configuration.', 'options.'))) : operation;
  if (!judged || place.at.startsWith('new(') || adapter.keyKind?.(operation, path) === 'rsa') return true;
  const takesAlgorithms = operation.kind === 'verify' && placesOf(operation, 'algorithms').some(({ versions }) => holds(adapter.version, versions));
  for (const one of emptyKeyCases(takesAlgorithms)) {
    if (excused(`${path} emptyKey`, `${place.at} emptyKey`, `${path} ${place.at} emptyKey ${one.given}`, `${path} emptyKey ${one.given}`, `emptyKey ${one.given}`, 'emptyKey')) continue;
    const accepted = saysAccepted(judged, adapter.version, place, one);
    it(`a key of nothing (${one.given}) at ${place.at}${one.algorithms ? `, algorithms ${one.algorithms}` : ''}, is ${accepted ? 'taken' : 'refused'}`, async () => {
      expect(await takesNothing(adapter, operation, path, place, one), `${adapter.descriptor.name} ${adapter.version}, ${path}`).toBe(accepted);
    });
  }
  return true;
}

/** Whether a token of the issuer is accepted, or one is issued, with this key at this place. */
async function usesKey(adapter: Adapter, operation: OperationModel, path: CallPath, place: Place, key: unknown): Promise<boolean> {
  const given = laidOver(operation, baseOf(adapter, operation, path, 'key'), { [place.at]: adapter.keyAs?.(place.at, key) ?? key });
  const outcome = await outcomeOf(adapter, operation, path, given, isVerification(operation) ? {} : undefined);
  if (isVerification(operation)) return outcome.accepted;
  if (typeof outcome.value !== 'string') return false;
  if (operation.kind === 'sign') return signedByIssuer(outcome.value);
  try {
    return adapter.open?.(outcome.value) !== undefined;
  } catch {
    return false;
  }
}

/** Whether somebody without the key makes tokens that are accepted, or any are issued at all, when the key is nothing. */
async function takesNothing(adapter: Adapter, operation: OperationModel, path: CallPath, place: Place, { given, algorithms }: EmptyKeyCase): Promise<boolean> {
  const [listed] = placesOf(operation, 'algorithms').filter(({ versions }) => holds(adapter.version, versions));
  const base = baseOf(adapter, operation, path, 'key');
  const named = Object.keys(base).filter((at) => algorithms === undefined || !placesOf(operation, 'algorithms').some((one) => one.at === at));
  const plain = Object.fromEntries(named.map((at) => [at, base[at]]));
  const list = algorithms === 'set' && listed ? { [listed.at]: listed.shape === 'single' ? 'HS256' : ['HS256'] } : {};
  const keys = adapter.emptyKey ? [adapter.emptyKey(given, operation, path)] : nothings(given);
  for (const key of keys) {
    const values = laidOver(operation, plain, { ...list, [place.at]: adapter.keyAs?.(place.at, key) ?? key });
    if (!isVerification(operation)) {
      const outcome = await answered(run(adapter, operation, path, values));
      // Where nothing counts as not given, the key of the configuration signs.
      if (outcome?.accepted === true && typeof outcome.value === 'string' && !(operation.kind === 'sign' && signedByIssuer(outcome.value))) return true;
      continue;
    }
    for (const wish of [{ emptyKey: true }, { unsigned: true }, { cutOff: true }]) if ((await answered(outcomeOf(adapter, operation, path, values, wish)))?.accepted) return true;
  }
  return false;
}

/** What comes of a call, or nothing where no answer comes: some libraries lose theirs when there is no key. */
const answered = async (outcome: Promise<Outcome>): Promise<Outcome | undefined> => Promise.race([outcome, later(300).then(() => undefined)]);

/** Whether a key that RFC 7518 does not allow for its algorithm is used when the switch is thrown or not. */
async function takesUnfitKey(adapter: Adapter, operation: OperationModel, path: CallPath, place: Place, on: boolean): Promise<boolean> {
  const bySize = place.at.endsWith('Sizes');
  const verifies = isVerification(operation);
  const [keyPlace] = placesOf(operation, 'key').filter(({ versions }) => holds(adapter.version, versions));
  const [algorithms] = placesOf(operation, verifies ? 'algorithms' : 'algorithm').filter(({ at, versions }) => holds(adapter.version, versions) && !at.includes('header'));
  const name = bySize ? 'RS256' : 'ES256';
  const given = laidOver(operation, baseOf(adapter, operation, path, 'key'), {
    [adapter.keyAt ?? keyPlace!.at]: bySize ? SMALL_KEY : verifies ? OTHER_CURVE.publicPem : OTHER_CURVE.privatePem,
    ...(algorithms && { [algorithms.at]: verifies ? [name] : name }), [place.at]: on,
  });
  const outcome = await outcomeOf(adapter, operation, path, given, verifies ? { otherCurve: true } : undefined);
  return verifies ? outcome.accepted : typeof outcome.value === 'string';
}

const costly = (iterations: number, accepted: boolean): Observation => ({
  what: `${iterations} iterations of PBES2 are ${accepted ? 'made' : 'refused'}`, wish: { header: { alg: PBES2, p2c: iterations } }, accepted,
});
const inflated = (length: number, accepted: boolean): Observation => ({
  what: `${length} characters are ${accepted ? 'read' : 'refused'}`, wish: { header: { zip: 'DEF' }, claims: { filler: 'a'.repeat(length) } }, accepted,
});

/** Measures the limits of what a token may cost; false where the setting is another. */
function measureLimit(adapter: Adapter, operation: OperationModel, path: CallPath, { setting, place }: { readonly setting: SettingName; readonly place: Place }): boolean {
  if (setting !== 'maxPBES2Count' && setting !== 'maxDecompressedLength') return false;
  it(`${place.at} is ${setting}`, async () => {
    const at = { setting, place: place.at };
    const observations = setting === 'maxPBES2Count'
      ? [{ ...costly(20_000, true), value: 30_000 }, { ...costly(20_000, false), value: 10_000 }]
      : [{ ...inflated(500_000, true), value: 1_000_000 }, { ...inflated(500_000, false), value: 400_000 }];
    const [list] = setting === 'maxPBES2Count' ? placesOf(operation, 'keyManagementAlgorithms') : [];
    await expectAll(adapter, operation, path, at, observations, list ? { [list.at]: [PBES2] } : {});
  });
  return true;
}

const describeValue = (value: unknown): string =>
  (value instanceof Error ? value.message : typeof value === 'object' ? Object.prototype.toString.call(value) : String(value)).slice(0, 120);

type Excused = (...keys: readonly string[]) => boolean;

function measureVerification(adapter: Adapter, operation: OperationModel, path: CallPath, excused: Excused): void {
  const algorithm = algorithmOf(adapter, operation, path);
  const { version } = adapter;
  it('accepts an honest token and refuses a forged one', async () => {
    await expectAll(adapter, operation, path, undefined, [{ what: 'an honest token', wish: {}, accepted: true }, { what: 'a forged token', wish: { tampered: true }, accepted: false }]);
  });
  if (!operation.middleware) {
    it('delivers what the descriptor says', async () => {
      const outcome = await outcomeOf(adapter, operation, path, baseOf(adapter, operation, path), {});
      expectResult(operation, outcome);
    });
  }
  if (operation.options && !excused('unknown options', `${path} unknown options`)) measureOptionNames(adapter, operation, path, excused);
  measureConfusion(adapter, operation, path, excused);
  for (const [setting, places] of settingsOf(operation)) {
    if (excused(setting, `${path} ${setting}`)) continue;
    for (const place of places) {
      if (!holds(version, place.versions) || excused(place.at, `${path} ${place.at}`)) continue;
      if (measureKey(adapter, operation, path, { setting, place }, excused) || measureLimit(adapter, operation, path, { setting, place }) || unseen(path, setting, place)) continue;
      it(`${place.at} is ${setting}`, async () => {
        const observations = observe(setting, place, algorithm, valueFor(adapter, operation, path, setting, place));
        expect(observations.length, `there is nothing to see about ${setting}`).toBeGreaterThan(0);
        await expectAll(adapter, operation, path, { setting, place: place.at }, observations);
      });
      for (const { given, effect, versions } of place.misread ?? []) {
        if (!holds(version, versions) || excused(`${path} ${place.at} ${given}`, `${place.at} ${given}`)) continue;
        it(`${place.at} given as ${given}: ${effect}`, async () => {
          const observations = observeMisreading(setting, effect, misreadValue(setting, given, algorithm), algorithm);
          expect(observations.length, `there is nothing to see about ${setting} given as ${given}`).toBeGreaterThan(0);
          await expectAll(adapter, operation, path, { setting, place: place.at }, observations);
        });
      }
    }
  }
  for (const [setting, absences] of Object.entries(operation.absent ?? {}) as [SettingName, readonly Absence[]][]) {
    for (const { means, versions } of absences) {
      if (!holds(version, versions) || excused(`${path} absent ${setting}`, `absent ${setting}`)) continue;
      it(`without ${setting}: ${means}`, async () => {
        const observations = setting === 'maxPBES2Count' ? [costly(200_000, means === 'unchecked')] : setting === 'maxDecompressedLength' ? [inflated(1_000_000, means === 'unchecked')] : observeAbsence(setting, means);
        expect(observations.length, `there is nothing to see about ${setting} being ${means}`).toBeGreaterThan(0);
        await expectAll(adapter, operation, path, { setting, place: '' }, observations);
      });
    }
  }
}

/** Whether an HMAC algorithm takes the text of a public key for its secret. */
function measureConfusion(adapter: Adapter, operation: OperationModel, path: CallPath, excused: Excused): void {
  const [keyPlace] = placesOf(operation, 'key').filter(({ versions }) => holds(adapter.version, versions));
  const [place] = placesOf(operation, 'algorithms').filter(({ versions }) => holds(adapter.version, versions));
  if (!keyPlace || !place || operation.kind !== 'verify' || excused('confusable', `${path} confusable`) || adapter.keyKind?.(operation, path) === 'rsa') return;
  const confusable = adapter.descriptor.confusable !== undefined && holds(adapter.version, adapter.descriptor.confusable);
  it(`a public key as secret of an HMAC algorithm is ${confusable ? 'taken' : 'refused'}`, async () => {
    const base = baseOf(adapter, operation, path, 'algorithms');
    const given = laidOver(operation, base, { [adapter.keyAt ?? keyPlace.at]: RSA.publicPem, [place.at]: place.shape === 'single' ? 'HS256' : ['HS256', 'RS256'] });
    const token = jws('HS256', RSA.publicPem, honestClaims());
    const outcome = await run(adapter, operation, path, given, token);
    expect(outcome.accepted, `${adapter.descriptor.name} ${adapter.version}, ${path}: ${describeValue(outcome.value)}`).toBe(confusable);
  });
}

function measureOptionNames(adapter: Adapter, operation: OperationModel, path: CallPath, excused: Excused): void {
  const { options } = operation;
  if (!options) return;
  const levels: [string, 'ignored' | 'refused'][] = [['options', options.unknown]];
  for (const [at, { unknown }] of Object.entries(options.nested ?? {})) levels.push([`options.${at}`, unknown]);
  for (const [at, unknown] of levels) {
    if (excused(`${path} unknown ${at}`)) continue;
    it(`an unknown name in ${at} is ${unknown}`, async () => {
      const given = laidOver(operation, baseOf(adapter, operation, path), { [`${at}.nobodyKnowsThis`]: 1 });
      const outcome = await outcomeOf(adapter, operation, path, given, isVerification(operation) ? {} : undefined);
      expect(outcome.accepted, `${adapter.descriptor.name} ${adapter.version}, ${path}: ${describeValue(outcome.value)}`).toBe(unknown === 'ignored');
    });
  }
  for (const { at, belongs, versions } of options.misplaced ?? []) {
    const found = settingsOf(operation).find(([, places]) => places.some((place) => place.at === `options.${belongs}` && holds(adapter.version, place.versions)));
    if (!holds(adapter.version, versions) || !found || excused(`misplaced ${at}`)) continue;
    const [setting] = found;
    const place = placesOf(operation, setting).find((one) => one.at === `options.${belongs}`)!;
    it(`${at} is not where ${belongs} is read`, async () => {
      // A value that would show if it were read: a check that must refuse, or a switch that must let through.
      const [shown] = observe(setting, place, algorithmOf(adapter, operation, path)).filter(({ accepted, value }) => value !== undefined && accepted === !(setting in REFUSED));
      expect(shown, `there is nothing to see about ${setting}`).toBeDefined();
      const given = laidOver(operation, baseOf(adapter, operation, path, setting), { [`options.${at}`]: shown!.value });
      const outcome = await outcomeOf(adapter, operation, path, given, shown!.wish);
      expect(outcome.accepted, `${adapter.descriptor.name} ${adapter.version}, ${path}: ${describeValue(outcome.value)}`).toBe(!shown!.accepted);
    });
  }
}

/** Checks shape, timing and failure of a result against the descriptor. */
function expectResult(operation: OperationModel, outcome: Outcome): void {
  const result = operation.result ?? { delivers: 'claims', when: 'sync', failure: 'throws' };
  if (result.delivers === 'function') return;
  if (result.when === 'promise' || result.when === 'callback-or-promise') expect(outcome.promised, 'a promise is returned').toBe(true);
  else if (result.delivers !== 'holder' || result.at !== undefined) expect(outcome.promised, 'the result is there at once').toBe(false);
  const at = (result.at?.split('.') ?? []).reduce((value: unknown, name) => (value as Record<string, unknown> | undefined)?.[name], outcome.value);
  switch (result.delivers) {
    case 'claims': expect((at as Record<string, unknown>)['sub']).toBe('alice'); break;
    case 'holder': if (result.at !== undefined) expect(claimsIn(at)['sub']).toBe('alice'); break;
    case 'bytes': expect((JSON.parse(Buffer.from(at as Uint8Array).toString()) as Record<string, unknown>)['sub']).toBe('alice'); break;
    case 'boolean': expect(at).toBe(true); break;
    case 'token': expect(typeof at).toBe('string'); break;
    default: break;
  }
}

const claimsIn = (value: unknown): Record<string, unknown> => {
  if (value instanceof Uint8Array) return JSON.parse(Buffer.from(value).toString()) as Record<string, unknown>;
  return value as Record<string, unknown>;
};

function measureDecoding(adapter: Adapter, operation: OperationModel, path: CallPath): void {
  it('reads a forged token', async () => {
    const token = forge(adapter, operation, path, operation.unsecured ? { unsigned: true } : { tampered: true }, honestClaims());
    const outcome = await run(adapter, operation, path, baseOf(adapter, operation, path), token);
    if (outcome.value instanceof Error) throw outcome.value;
    expect(outcome.accepted).toBe(true);
    const result = operation.result ?? { delivers: 'claims', when: 'sync', failure: 'throws' };
    if (result.delivers !== 'claims' && result.delivers !== 'holder') return;
    const claims = (result.at?.split('.') ?? []).reduce((value: unknown, name) => (value as Record<string, unknown>)[name], outcome.value);
    expect((claims as Record<string, unknown>)['sub']).toBe(operation.unsecured ? 'alice' : 'mallory');
    expect(outcome.promised).toBe(result.when === 'promise' || result.when === 'callback-or-promise');
  });
  it('reads an expired token', async () => {
    if (operation.unsecured) return;
    const token = forge(adapter, operation, path, EXPIRED, honestClaims());
    const outcome = await run(adapter, operation, path, baseOf(adapter, operation, path), token);
    expect(outcome.accepted, describeValue(outcome.value)).toBe(true);
  });
  it('says so when there is nothing to read', async () => {
    const outcome = await run(adapter, operation, path, baseOf(adapter, operation, path), 'nonsense');
    expect(outcome.accepted).toBe(false);
  });
}

function measureSigning(adapter: Adapter, operation: OperationModel, path: CallPath, excused: Excused): void {
  const { version } = adapter;
  const expectSigning = async (at: { readonly setting: SettingName; readonly place: string } | undefined, observations: readonly SigningObservation[]): Promise<void> => {
    for (const { what, value, holds: seen } of observations) {
      const given = laidOver(operation, baseOf(adapter, operation, path, at?.setting), at && at.place !== '' ? { [at.place]: value } : {});
      const outcome = await run(adapter, operation, path, given);
      const said = `${adapter.descriptor.name} ${version}, ${path}${at ? `, ${at.place || at.setting}` : ''}: ${what} (${describeValue(outcome.value)})`;
      const token = typeof outcome.value === 'string' ? outcome.value : undefined;
      if (seen === 'no token is issued') expect(token, said).toBeUndefined();
      else {
        expect(token, said).toBeDefined();
        expect(seen(opened(adapter, token!)), `${said} ${JSON.stringify(opened(adapter, token!))}`).toBe(true);
      }
    }
  };
  it('issues a token', async () => {
    const outcome = await run(adapter, operation, path, baseOf(adapter, operation, path));
    if (outcome.value instanceof Error) throw outcome.value;
    expect(typeof outcome.value, describeValue(outcome.value)).toBe('string');
    if (operation.result?.delivers === 'token') expectResult(operation, outcome);
  });
  if (operation.options && !excused('unknown options', `${path} unknown options`)) measureOptionNames(adapter, operation, path, excused);
  for (const [setting, places] of settingsOf(operation)) {
    if (excused(setting, `${path} ${setting}`)) continue;
    for (const place of places) {
      if (!holds(version, place.versions) || excused(place.at, `${path} ${place.at}`)) continue;
      if (measureKey(adapter, operation, path, { setting, place }, excused)) continue;
      it(`${place.at} is ${setting}`, async () => {
        const observations = observeSigning(setting, place, adapter.keyKind?.(operation, path) === 'rsa' ? 'RS512' : 'HS512');
        expect(observations.length, `there is nothing to see about ${setting}`).toBeGreaterThan(0);
        await expectSigning({ setting, place: place.at }, observations);
      });
      for (const other of place.excludes ?? []) {
        it(`${place.at} and ${other} exclude one another`, async () => {
          const given = laidOver(operation, baseOf(adapter, operation, path, setting), { [place.at]: 600, [other]: Math.floor(Date.now() / 1000) + 600 });
          const outcome = await run(adapter, operation, path, given);
          expect(outcome.value, `${adapter.descriptor.name} ${version}, ${path}: ${describeValue(outcome.value)}`).toBeInstanceOf(Error);
        });
      }
      for (const { given, effect, versions } of place.misread ?? []) {
        if (!holds(version, versions)) continue;
        it(`${place.at} given as ${given}: ${effect}`, async () => {
          if (effect === 'rejects') await expectSigning({ setting, place: place.at }, [{ what: 'it is refused', value: '600', holds: 'no token is issued' }]);
          else if (given === 'string') {
            expect(effect).toBe('other-unit');
            await expectSigning({ setting, place: place.at }, [{ what: 'the token lives for more than a century', value: '10m', holds: ({ claims }) => Number(claims['exp']) > Date.now() / 1000 + 3_153_600_000 }]);
          } else {
            expect(effect).toBe('other-unit');
            const seconds = (value: unknown, lifetime: number): SigningObservation => ({
              what: `${String(value)} (${typeof value}) is a lifetime of ${lifetime} seconds`, value,
              holds: ({ claims }) => Math.abs(Number(claims['exp']) - Date.now() / 1000 - lifetime) <= 3,
            });
            const number = place.time?.number === 'duration-ms' ? 6000 : 6;
            await expectSigning({ setting, place: place.at }, [seconds(number, 6), seconds('6000', 6)]);
          }
        });
      }
    }
  }
  for (const [setting, absences] of Object.entries(operation.absent ?? {}) as [SettingName, readonly Absence[]][]) {
    for (const { means, versions } of absences) {
      if (!holds(version, versions) || excused(`${path} absent ${setting}`, `absent ${setting}`)) continue;
      it(`without ${setting}: ${means}`, async () => {
        const seen = observeUnset(setting, means);
        expect(seen, `there is nothing to see about ${setting} being ${means}`).toBeDefined();
        await expectSigning({ setting, place: '' }, [{ what: `${setting} is ${means}`, value: undefined, holds: seen! }]);
      });
    }
  }
}

/** The token taken apart; what is encrypted for another key than the measurements have shows its header alone. */
function opened(adapter: Adapter, token: string): Issued {
  const { alg, enc } = headerOf(token);
  return token.split('.').length < 5 || (alg === 'dir' && enc !== 'A128CBC-HS256') ? adapter.open?.(token) ?? read(token) : { header: headerOf(token), claims: {} };
}
