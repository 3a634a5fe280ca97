/** Compares every statement of a descriptor that a program can check with what an installed version does. */
import { satisfies } from 'semver';
import { describe, expect, it } from 'vitest';
import type { Absence, CallPath, OperationModel, Place, SettingName } from '../../src/libraries/descriptor.ts';
import { type Adapter, forge, keyFor, moduleFor, type Outcome, run, type TokenWish } from './adapter.ts';
import { type Given, prepare, resolve } from './call.ts';
import { honestClaims, jws, read, RSA } from './forge.ts';
import {
  EXPIRED, honestValue, isVerification, misreadValue, NOT_PROBED, type Observation, observe, observeAbsence, observeMisreading, REFUSED,
} from './probes.ts';
import { type Issued, NOT_SEEN_IN_TOKENS, observeSigning, observeUnset, type SigningObservation } from './signing.ts';

const holds = (version: string, range: string | undefined): boolean => range === undefined || satisfies(version, range);

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
    const found = keys.filter((key) => adapter.unobserved?.[key] !== undefined);
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
      expect(Object.keys(adapter.unobserved ?? {}).filter((key) => !used.has(key))).toEqual([]);
    });
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
    if (isVerification(operation) && !operation.settledElsewhere) measureVerification(adapter, operation, path, excused);
    else if (operation.kind === 'decode' && !operation.settledElsewhere) measureDecoding(adapter, operation, path);
    else if (operation.kind === 'sign' || operation.kind === 'encrypt') measureSigning(adapter, operation, path, excused);
    if (operation.settledElsewhere && isVerification(operation)) {
      it('accepts an honest token and refuses a forged one', async () => {
        await expectAll(adapter, operation, path, undefined, [{ what: 'honest', wish: {}, accepted: true }, { what: 'forged', wish: { tampered: true }, accepted: false }]);
      });
    }
  });
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

async function expectAll(adapter: Adapter, operation: OperationModel, path: CallPath, at: { readonly setting: SettingName; readonly place: string } | undefined, observations: readonly Observation[]): Promise<void> {
  for (const observation of observations) {
    const given = laidOver(operation, baseOf(adapter, operation, path, at?.setting), at && 'value' in observation ? { [at.place]: observation.value } : {});
    const outcome = await outcomeOf(adapter, operation, path, given, observation.withoutToken ? undefined : observation.wish);
    const said = `${adapter.descriptor.name} ${adapter.version}, ${path}${at ? `, ${at.place}` : ''}: ${observation.what} (${describeValue(outcome.value)})`;
    expect(outcome.accepted, said).toBe(observation.accepted);
  }
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
    if (NOT_PROBED[setting] !== undefined || excused(setting, `${path} ${setting}`)) continue;
    for (const place of places) {
      if (!holds(version, place.versions) || excused(place.at, `${path} ${place.at}`)) continue;
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
      // A cost in time or memory would have to be paid to be seen.
      if (!holds(version, versions) || NOT_PROBED[setting] === 'its effect is a cost' || excused(`${path} absent ${setting}`, `absent ${setting}`)) continue;
      it(`without ${setting}: ${means}`, async () => {
        const observations = observeAbsence(setting, means);
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
    if (NOT_SEEN_IN_TOKENS[setting] !== undefined || excused(setting, `${path} ${setting}`)) continue;
    for (const place of places) {
      if (!holds(version, place.versions) || excused(place.at, `${path} ${place.at}`)) continue;
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

const opened = (adapter: Adapter, token: string): Issued => adapter.open?.(token) ?? read(token);
