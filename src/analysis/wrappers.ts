import type { TSESTree } from '@typescript-eslint/utils';
import type { Exploitability, Place, Role, SettingName } from '../libraries/descriptor.ts';
import { type AnyCall, callsWithin } from './call-nodes.ts';
import { discover, type Discovery, type ProjectCall, type Site } from './discovery.ts';
import { readKey, type Key } from './keys.ts';
import { LibraryOperation } from './library-operation.ts';
import type { JwtOperation, Setting, SetSetting } from './operation.ts';
import { isInside } from './order.ts';
import { mayCallLibrary } from './prefilter.ts';
import type { Reader } from './reader.ts';
import type { SourceFile } from './source-file.ts';
import { type Frame, type ParameterValue, parametersOf, possibilities, type Value } from './value.ts';

/** Wrappers of wrappers are followed this deep. */
const MAX_WRAPPERS = 3;

type MakeOperation = (site: Site, frame: Frame | undefined, discovery: Discovery) => LibraryOperation;

/** Calls of the project's own functions that sign, verify or decode: each is an operation of its own as far as its caller decides. */
export function wrappedOperations(reader: Reader, discovery: Discovery, make: MakeOperation, depth = 0): readonly WrapperOperation[] {
  if (depth >= MAX_WRAPPERS) return [];
  return discovery.projectCalls.flatMap((call) => wrappedBy(reader, call, make, depth));
}

function wrappedBy(reader: Reader, call: ProjectCall, make: MakeOperation, depth: number): readonly WrapperOperation[] {
  const { target, scope } = call;
  if (call.file === target.file && (isInside(call.node, scope) || (target.node.params.length === 0 && isInside(target.node, call.node)))) return [];
  // Most functions neither call a library, directly or through others, nor are they handed one.
  if (!reachesLibrary(reader, scope, target.file) && !call.invocation.arguments.some((argument) => handsOnLibrary(reader, argument))) return [];
  const general = operationsWithin(reader, scope, target.file, undefined, make, depth);
  const frame: Frame = { owner: target.node, scope, file: target.file, arguments: [...(target.bound ?? []), ...call.invocation.arguments], open: call.invocation.open, parent: target.frame, depth: (target.frame?.depth ?? 0) + 1 };
  const particular = operationsWithin(reader, scope, target.file, frame, make, depth);
  return particular.map((inner) => new WrapperOperation(reader, call, general.find((other) => sameOperation(other, inner)), inner));
}

function sameOperation(a: JwtOperation, b: JwtOperation): boolean {
  return a.node === b.node && a.model === b.model && (a.wrapped === undefined ? b.wrapped === undefined : b.wrapped !== undefined && sameOperation(a.wrapped, b.wrapped));
}

const reaching = new WeakMap<Reader, Map<TSESTree.Node, boolean>>();

/** Whether the body of a function holds an operation, or a call of a function that does. Decided once per function. */
function reachesLibrary(reader: Reader, owner: TSESTree.Node, file: SourceFile): boolean {
  const cache = reaching.get(reader) ?? new Map<TSESTree.Node, boolean>();
  reaching.set(reader, cache);
  const known = cache.get(owner);
  if (known !== undefined) return known;
  if (!mentionsLibrary(reader, file)) return false;
  // A function that calls itself adds nothing by that.
  cache.set(owner, false);
  const { sites, projectCalls } = discover(reader, file, callsWithin(owner, file));
  const reaches = sites.length > 0 || projectCalls.some(({ target, scope }) => reachesLibrary(reader, scope, target.file));
  cache.set(owner, reaches);
  return reaches;
}

const mentioning = new WeakMap<Reader, WeakMap<SourceFile, boolean>>();

/** Judged by the text, so that most files are not looked into. */
function mentionsLibrary(reader: Reader, file: SourceFile): boolean {
  const cache = mentioning.get(reader) ?? new WeakMap<SourceFile, boolean>();
  mentioning.set(reader, cache);
  const mentions = cache.get(file) ?? mayCallLibrary(file.sourceCode.text, file.filename, reader.catalogue, reader.settings);
  cache.set(file, mentions);
  return mentions;
}

/** Whether an argument is something of a library, or a function of the project that calls one. */
function handsOnLibrary(reader: Reader, argument: Value): boolean {
  return possibilities(argument).some((one) => (one.kind === 'api' && reader.catalogue.library(one.library) !== undefined) || (one.kind === 'function' && reachesLibrary(reader, one.node, one.file)));
}

/** By how many wrappers stand around: further out, less is looked into. */
const inside = new WeakMap<Reader, Map<TSESTree.Node, (readonly JwtOperation[] | undefined)[]>>();

/** Operations in the body of a function, for one call of it or for none in particular. */
function operationsWithin(reader: Reader, owner: TSESTree.Node, file: SourceFile, frame: Frame | undefined, make: MakeOperation, depth: number): readonly JwtOperation[] {
  const cache = inside.get(reader) ?? new Map<TSESTree.Node, (readonly JwtOperation[] | undefined)[]>();
  inside.set(reader, cache);
  const byDepth = cache.get(owner) ?? [];
  cache.set(owner, byDepth);
  const known = frame ? undefined : byDepth[depth];
  if (known) return known;
  const discovery = discover(reader, file, callsWithin(owner, file), frame);
  const operations = [...discovery.sites.map((site) => make(site, frame, discovery)), ...wrappedOperations(reader, discovery, make, depth + 1)];
  if (!frame) byDepth[depth] = operations;
  return operations;
}

const SETTLED = { state: 'unknown', because: 'it is settled in the function that is called' } as const satisfies Setting;

/**
 * A call of a project function that hands its arguments on to an operation. It answers for what the caller decides and
 * is silent on what the function itself settles, which is reported there.
 */
export class WrapperOperation implements JwtOperation {
  readonly node: AnyCall;
  readonly file: SourceFile;
  readonly wrapped: JwtOperation;
  readonly #reader: Reader;
  readonly #call: ProjectCall;
  /** The operation with nothing known of the caller; undefined where only the caller says what is called. */
  readonly #general: JwtOperation | undefined;
  /** The operation with this caller's arguments. */
  readonly #particular: JwtOperation;
  readonly #settings = new Map<SettingName, Setting>();

  constructor(reader: Reader, call: ProjectCall, general: JwtOperation | undefined, particular: JwtOperation) {
    this.#reader = reader;
    this.#call = call;
    this.#general = general;
    this.#particular = particular;
    this.node = call.node;
    this.file = call.file;
    this.wrapped = particular;
  }

  get kind() { return this.#particular.kind; }
  get library() { return this.#particular.library; }
  get model() { return this.#particular.model; }
  get version() { return this.#particular.version; }
  get returnsPromise() { return this.#particular.returnsPromise; }
  get callback() { return this.#particular.callback; }

  get name(): string {
    return this.file.sourceCode.getText(this.node.callee as never).replace(/\s+/g, ' ');
  }

  argument(role: Role): Value | undefined {
    return this.#particular.argument(role);
  }

  argumentNode(role: Role): TSESTree.Node | undefined {
    const value = this.#particular.argument(role);
    return value?.file === this.file && isInside(value.node, this.node) ? value.node : undefined;
  }

  evaluate(node: TSESTree.Node): Value {
    return this.#reader.evaluate(node, this.file);
  }

  setting(name: SettingName): Setting {
    const known = this.#settings.get(name);
    if (known) return known;
    const particular = this.#particular.setting(name);
    const setting = this.#callerDecides(name) && !this.#settles(name, particular) ? this.#here(particular) : SETTLED;
    this.#settings.set(name, setting);
    return setting;
  }

  settingsAt(name: SettingName): readonly SetSetting[] {
    if (!this.#callerDecides(name)) return [];
    return this.#particular.settingsAt(name).filter((setting) => !this.#settles(name, setting)).map((setting) => this.#here(setting)).filter((setting) => setting.state === 'set');
  }

  unknownPlaces(name: SettingName): readonly Place[] {
    return this.#callerDecides(name) ? this.#particular.unknownPlaces(name) : [];
  }

  get key(): Key | undefined {
    const [first] = this.settingsAt('key');
    return first && readKey(this.#reader, first.value, first);
  }

  get keys(): readonly Key[] {
    return this.settingsAt('key').map((setting) => readKey(this.#reader, setting.value, setting));
  }

  exploitabilityOf(name: SettingName): Exploitability {
    return this.#particular.exploitabilityOf(name);
  }

  get optionsObject(): undefined {
    return undefined;
  }

  /** What a caller further out would have to say. */
  dependsOnCaller(name: SettingName): boolean {
    return dependsOnCaller(this.#particular, name);
  }

  #callerDecides(name: SettingName): boolean {
    return this.#general === undefined || dependsOnCaller(this.#general, name, this.#call);
  }

  /** Whether the function's own default is what holds for this caller. */
  #settles(name: SettingName, setting: Setting): boolean {
    const own = this.#general?.settingsAt(name).flatMap(({ value }) => possibilities(value)) ?? [];
    return setting.state === 'set' && possibilities(setting.value).every((value) => own.some((one) => one.kind === value.kind && one.node === value.node && parametersOf(one).length === 0));
  }

  /** A setting is reported where the caller wrote it, or else at the call. */
  #here(setting: Setting): Setting {
    if (setting.state !== 'set') return setting;
    const written = setting.value.file === this.file && isInside(setting.value.node, this.node) ? setting.value.node : this.node;
    return { ...setting, node: written, file: this.file, holder: written, owned: false };
  }
}

/** Whether a caller, or this call, decides: what other functions on the way are given, only their callers know. */
function dependsOnCaller(operation: JwtOperation, name: SettingName, call?: ProjectCall): boolean {
  const setting = operation.setting(name);
  const isGiven = ({ owner }: ParameterValue) => !call || owner === call.target.node;
  if (setting.state === 'set') return operation.settingsAt(name).some((one) => parametersOf(one.value).some(isGiven));
  if (operation instanceof LibraryOperation || operation instanceof WrapperOperation) return setting.state === 'unknown' && operation.dependsOnCaller(name);
  return false;
}
