import type { TSESTree } from '@typescript-eslint/utils';
import { type AnyCall, collectCalls } from './call-nodes.ts';
import { lastName } from './expressions.ts';
import { callFunction } from './invocations.ts';
import { KEEPING, type Keeping } from './kept-states.ts';
import { type Evidence, keyNamesToken, namesKept } from './token-evidence.ts';
import { type ApiValue, type ObjectValue, possibilities, type PropertyEntry, type Value } from './value.ts';

/** A token in a state that a library keeps in a store of the browser. */
export interface PersistedToken {
  readonly node: TSESTree.Node;
  /** `localStorage` or `sessionStorage`, for messages. */
  readonly store: string;
}

const READERS: Readonly<Record<Keeping, (call: AnyCall, evidence: Evidence) => readonly PersistedToken[]>> = { initializer: keptByPersist, reducer: keptByReducer, key: keptUnderKey };
const NAMES = new Set(Object.keys(KEEPING).map((name) => name.replace(/^.*#/, '')));

/** The tokens that a file lets a library of states keep where scripts of the page can read them. */
export function persistedTokens(evidence: Evidence): readonly PersistedToken[] {
  return collectCalls(evidence.file).flatMap((call) => {
    if (!NAMES.has(lastName(call))) return [];
    const callee = evidence.reader.evaluate(call.callee, evidence.file);
    const keeping = callee.kind === 'api' ? KEEPING[`${callee.library}#${callee.path}`] : undefined;
    return keeping ? READERS[keeping](call, evidence) : [];
  });
}

/** `atomWithStorage('accessToken', null)`, `useSessionStorage('token')`; a third argument may be another store. */
function keptUnderKey(call: AnyCall, evidence: Evidence): readonly PersistedToken[] {
  const [key, , store] = call.arguments;
  if (!key || !keyNamesToken(key, evidence)) return [];
  const named = lastName(call) === 'useSessionStorage' ? 'sessionStorage' : 'localStorage';
  const given = store && takesStore(call) ? storeIn(evidence.reader.evaluate(store, evidence.file)) : named;
  return given === undefined ? [] : [{ node: call, store: given }];
}

function takesStore(call: AnyCall): boolean {
  return lastName(call) === 'atomWithStorage' || lastName(call) === 'useStorage';
}

/** `persist((set) => ({ token: null }), { name, partialize, storage })` of zustand. */
function keptByPersist(call: AnyCall, evidence: Evidence): readonly PersistedToken[] {
  const [initializer, given] = call.arguments;
  const options = given && evidence.reader.evaluate(given, evidence.file);
  const part = property(options, 'partialize');
  const kept = part ? objectFrom(part, evidence) : initializer && objectFrom(evidence.reader.evaluate(initializer, evidence.file), evidence);
  const storage = property(options, 'storage') ?? property(options, 'getStorage');
  const store = storage ? storeIn(storage, evidence) : 'localStorage';
  return kept && store !== undefined ? tokensOf(kept, call, store, evidence) : [];
}

/** `persistReducer({ key, storage, whitelist, blacklist }, reducer)` of redux-persist. */
function keptByReducer(call: AnyCall, evidence: Evidence): readonly PersistedToken[] {
  const [config, reducer] = call.arguments.map((argument) => evidence.reader.evaluate(argument, evidence.file));
  const storage = property(config, 'storage');
  const store = storage?.kind === 'api' ? PERSISTED_STORES[`${storage.library}${storage.path}`] : undefined;
  if (config?.kind !== 'object' || store === undefined || property(config, 'transforms')) return [];
  const allowed = textsIn(property(config, 'whitelist'));
  const listed = allowed?.find(({ text }) => namesKept(text, evidence.file));
  if (listed) return [{ node: listed.file === evidence.file ? listed.node : call, store }];
  const refused = textsIn(property(config, 'blacklist')) ?? [];
  const state = reducer && stateOf(reducer, evidence, 0);
  const kept = state && [...state.entries].filter(([name]) => (allowed?.some(({ text }) => text === name) ?? true) && !refused.some(({ text }) => text === name));
  return state && kept ? tokensOf({ ...state, entries: new Map(kept) }, call, store, evidence) : [];
}

const PERSISTED_STORES: Readonly<Record<string, string>> = { 'redux-persist/lib/storage': 'localStorage', 'redux-persist/lib/storage/session': 'sessionStorage', 'redux-persist/es/storage': 'localStorage' };

/** Reducers that are combined are followed this deep. */
const MAX_DEPTH = 3;

/** The initial state behind a reducer: `createSlice({ initialState }).reducer`, `combineReducers({ auth })`. */
function stateOf(reducer: Value, evidence: Evidence, depth: number): ObjectValue | undefined {
  if (reducer.kind !== 'api' || !reducer.made || depth > MAX_DEPTH) return undefined;
  const [given] = reducer.made.node.arguments;
  const options = given && evidence.reader.evaluate(given, reducer.made.file, reducer.made.frame);
  if (options?.kind !== 'object') return undefined;
  if (reducer.path === 'createSlice().reducer') return asObject(property(options, 'initialState'));
  if (reducer.path !== 'combineReducers()') return undefined;
  const entries = [...options.entries].flatMap(([name, entry]): (readonly [string, PropertyEntry])[] => {
    const state = stateOf(entry.value, evidence, depth + 1);
    return state ? [[name, { ...entry, value: state }]] : [];
  });
  return { ...options, entries: new Map(entries) };
}

/** The properties of a state that hold a token; functions that set one do not. */
function tokensOf(state: ObjectValue, call: AnyCall, store: string, evidence: Evidence, depth = 0): readonly PersistedToken[] {
  return [...state.entries].flatMap(([name, { node, file, value }]): readonly PersistedToken[] => {
    const inner = asObject(value);
    if (inner && depth < MAX_DEPTH) return tokensOf(inner, call, store, evidence, depth + 1);
    return holdsText(value) && namesKept(name, evidence.file) ? [{ node: file === evidence.file ? node : call, store }] : [];
  });
}

function holdsText(value: Value): boolean {
  return possibilities(value).every((one) => one.kind !== 'function' && !(one.kind === 'primitive' && (typeof one.value === 'boolean' || typeof one.value === 'number')));
}

/** The object that a function returns, through middleware that is put around it. */
function objectFrom(value: Value, evidence: Evidence): ObjectValue | undefined {
  if (value.kind === 'function') return asObject(callFunction(evidence.reader, value, [], true, value, undefined));
  const inner = value.kind === 'api' ? innerInitializer(value, evidence) : undefined;
  return inner && objectFrom(inner, evidence);
}

function innerInitializer({ library, made }: ApiValue, { reader }: Evidence): Value | undefined {
  const [given] = /^zustand\b/.test(library) ? made?.node.arguments ?? [] : [];
  return made && given && reader.evaluate(given, made.file, made.frame);
}

function asObject(value: Value | undefined): ObjectValue | undefined {
  return value && possibilities(value).find((one) => one.kind === 'object');
}

function property(value: Value | undefined, name: string): Value | undefined {
  return value?.kind === 'object' ? value.entries.get(name)?.value : undefined;
}

/** `localStorage`, `() => sessionStorage`, `createJSONStorage(() => localStorage)`. */
function storeIn(value: Value, evidence?: Evidence): string | undefined {
  if (value.kind === 'function' && evidence) return storeIn(callFunction(evidence.reader, value, [], true, value, undefined));
  if (value.kind !== 'api') return undefined;
  if (value.library === '#global') return value.path === 'localStorage' || value.path === 'sessionStorage' ? value.path : undefined;
  const inner = evidence && innerInitializer(value, evidence);
  return inner && storeIn(inner, evidence);
}

function textsIn(value: Value | undefined): readonly (Value & { readonly text: string })[] | undefined {
  return value?.kind === 'array' ? value.elements.flatMap((one) => (one.kind === 'primitive' && typeof one.value === 'string' ? [{ ...one, text: one.value }] : [])) : undefined;
}
