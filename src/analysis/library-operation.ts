import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { ArgumentPlaces, Exploitability, LibraryDescriptor, OperationModel, Place, Role, SettingName } from '../libraries/descriptor.ts';
import type { AnyCall } from './call-nodes.ts';
import type { Discovery, Site } from './discovery.ts';
import type { Invocation } from './invocations.ts';
import { type Key, readKey } from './keys.ts';
import type { JwtOperation, Setting, SetSetting } from './operation.ts';
import { effectOf, isFunction } from './order.ts';
import type { Reader } from './reader.ts';
import { combine, MISSING, type Reading, readPath, setSetting, splitPath, unknownReading } from './settings.ts';
import type { Located, SourceFile } from './source-file.ts';
import { possibilities, primitive, type Value } from './value.ts';
import { absenceFor, mayBe } from './versions.ts';
import { variableOf } from './variables.ts';

/** One place's reading, with the place. */
interface PlacedReading {
  readonly place: Place;
  readonly reading: Reading;
}

/** What a library is configured with, for one member of a framework's context where several can be registered. */
type Configurations = (library: LibraryDescriptor, member: string | undefined) => readonly Value[];

/** An operation of a library as it stands in the source. */
export class LibraryOperation implements JwtOperation {
  readonly library: LibraryDescriptor;
  readonly model: OperationModel;
  readonly version: string | undefined;
  readonly node: AnyCall;
  readonly file: SourceFile;
  readonly wrapped: JwtOperation | undefined;
  readonly #reader: Reader;
  readonly #site: Site;
  readonly #discovery: Discovery;
  readonly #configurations: Configurations;
  readonly #places: ArgumentPlaces | undefined;
  readonly #settings = new Map<SettingName, Setting>();
  readonly #readings = new Map<SettingName, readonly PlacedReading[]>();
  #key: Key | undefined | null = null;

  constructor(reader: Reader, site: Site, discovery: Discovery, configurations: Configurations) {
    this.#reader = reader;
    this.#site = site;
    this.#discovery = discovery;
    this.#configurations = configurations;
    this.library = site.library;
    this.model = site.model;
    this.version = site.version;
    this.node = site.node;
    this.file = site.file;
    this.wrapped = undefined;
    this.#places = choosePlaces(site.model.arguments, site.invocation, site.library);
  }

  get kind(): OperationModel['kind'] {
    return this.model.kind;
  }

  get name(): string {
    const { callee } = this.node;
    const text = this.file.sourceCode.getText(callee as never).replace(/\s+/g, ' ');
    return text.length > 40 ? /[\w$]+$/.exec(text)?.[0] ?? this.library.name : text;
  }

  /** The calls that this one depends on a caller for are read again, for one caller, with this site. */
  get site(): Site {
    return this.#site;
  }

  argument(role: Role): Value | undefined {
    const index = this.#indexOf(role);
    return index === undefined ? undefined : this.#site.invocation.arguments[index];
  }

  argumentNode(role: Role): TSESTree.Node | undefined {
    const index = this.#indexOf(role);
    return index === undefined ? undefined : this.#site.invocation.nodes[index];
  }

  #indexOf(role: Role): number | undefined {
    const place = this.#places?.[role];
    if (place !== 'last') return place;
    const last = this.#site.invocation.arguments.length - 1;
    return isFunctionLike(this.#site.invocation.arguments[last], this.#site.invocation.nodes[last]) ? last : undefined;
  }

  get callback(): Value | undefined {
    return this.argument('callback');
  }

  get returnsPromise(): boolean {
    if (this.#site.api.promisified) return true;
    const when = this.model.result?.when ?? 'sync';
    if (when === 'promise') return true;
    if (this.callback !== undefined) return false;
    return when === 'callback-or-promise' || this.#hasFunctionAt(this.model.result?.promiseWithFunctionAt);
  }

  #hasFunctionAt(at: string | undefined): boolean {
    const reading = at === undefined ? MISSING : this.#readPlace({ at });
    return reading.state === 'set' && reading.definite && possibilities(reading.value).every((one) => one.kind === 'function');
  }

  get key(): Key | undefined {
    if (this.#key === null) this.#key = this.#readKey();
    return this.#key;
  }

  #readKey(): Key | undefined {
    const [first] = this.settingsAt('key');
    return first && readKey(this.#reader, first.value, first);
  }

  get keys(): readonly Key[] {
    return this.settingsAt('key').map((setting) => readKey(this.#reader, setting.value, setting));
  }

  evaluate(node: TSESTree.Node): Value {
    return this.#reader.evaluate(node, this.file, this.#site.frame);
  }

  setting(name: SettingName): Setting {
    const known = this.#settings.get(name);
    if (known) return known;
    const setting = this.#readSetting(name);
    this.#settings.set(name, setting);
    return setting;
  }

  #readSetting(name: SettingName): Setting {
    if (this.model.settledElsewhere) return { state: 'unknown', because: 'it is settled where the function was made' };
    const [first] = this.settingsAt(name);
    if (first) return first;
    const unknown = this.#readingsOf(name).find(({ reading }) => reading.state === 'unknown');
    if (unknown?.reading.state === 'unknown') return { state: 'unknown', because: unknown.reading.because };
    return { state: 'missing', absence: absenceFor(this.model.absent?.[name], this.version) };
  }

  settingsAt(name: SettingName): readonly SetSetting[] {
    return this.#readingsOf(name).flatMap(({ place, reading }) => (reading.state === 'set' ? [setSetting(reading, place, this.#owns(reading))] : []));
  }

  unknownPlaces(name: SettingName): readonly Place[] {
    return this.#readingsOf(name).filter(({ reading }) => reading.state === 'unknown').map(({ place }) => place);
  }

  /** Whether what is not known of a setting is in the hands of whoever calls the function around this operation. */
  dependsOnCaller(name: SettingName): boolean {
    return this.#readingsOf(name).some(({ reading }) => reading.state === 'unknown' && reading.byCaller);
  }

  exploitabilityOf(name: SettingName): Exploitability {
    return absenceFor(this.model.absent?.[name], this.version)?.exploitability ?? 'depends';
  }

  get optionsObject(): Located<TSESTree.ObjectExpression> | undefined {
    const options = this.argument('options');
    if (options?.kind !== 'object' || options.node.type !== AST_NODE_TYPES.ObjectExpression || options.file !== this.file) return undefined;
    return this.#ownsObject(options.node) ? { node: options.node, file: options.file } : undefined;
  }

  #readingsOf(name: SettingName): readonly PlacedReading[] {
    const known = this.#readings.get(name);
    if (known) return known;
    const places = (this.model.settings[name] ?? []).filter((place) => mayBe(this.version, place.versions));
    const readings = places.map((place) => ({ place, reading: this.#readPlace(place) }));
    this.#readings.set(name, readings);
    return readings;
  }

  #readPlace(place: Place): Reading {
    const builder = /^(new|\.\w+)\((\d+)\)(?:\.(.+))?$/.exec(place.at);
    if (builder?.[1] !== undefined && builder[2] !== undefined) {
      const path = splitPath(builder[3] ?? '');
      return builder[1] === 'new' ? this.#readMaker(Number(builder[2]), path) : this.#readChain(builder[1].slice(1), Number(builder[2]), path, place.bare);
    }
    const [role = '', ...path] = place.at.split('.');
    if (role === 'configuration') return this.#readConfiguration(path);
    return this.#readArgument(role as Role, path);
  }

  #readArgument(role: Role, path: readonly string[]): Reading {
    if (this.#site.invocation.open && this.argument(role) === undefined) return unknownReading('the arguments are spread');
    if (!this.#places) return unknownReading('it cannot be told which argument is which');
    const node = this.argumentNode(role);
    const value = this.argument(role);
    if (!value) return MISSING;
    if (path.length === 0 && value.kind === 'parameter') return { state: 'set', value, holder: node ?? this.node, file: this.file, definite: true };
    const reading = readPath(this.#reader, value, path, node ?? this.node);
    // The argument itself is reported where it is written, whatever its value's own place.
    return reading.state === 'set' && path.length === 0 && node ? { ...reading, file: this.file } : reading;
  }

  /** An argument of the call that built the receiver. */
  #readMaker(index: number, path: readonly string[]): Reading {
    const { made } = this.#site.api;
    if (!made) return unknownReading('it is not seen where the object was made');
    const node = argumentAt(made.node, index);
    if (!node) return MISSING;
    if (node.type === AST_NODE_TYPES.SpreadElement) return unknownReading('the arguments are spread');
    return readPath(this.#reader, this.#reader.evaluate(node, made.file, made.frame), path, node);
  }

  /** A builder call on the same object, in the same chain or in statements of its own. */
  #readChain(method: string, index: number, path: readonly string[], bare: Place['bare'] = 'now'): Reading {
    const { made } = this.#site.api;
    if (!made) return unknownReading('it is not seen where the object was made');
    // In a chain the outer call is the later one.
    const calls = (this.#discovery.chains.get(made.node) ?? []).filter((call) => call.method === method).sort((a, b) => a.node.range[1] - b.node.range[1]);
    const readings = calls.flatMap((call): Reading[] => {
      const effect = effectOf(call.node, this.node);
      if (effect === 'never') return [];
      const node = argumentAt(call.node, index);
      if (!node) return path.length === 0 ? [{ state: 'set', value: bare === 'removes' ? primitive(call, undefined) : { kind: 'instant', node: call.node, file: call.file, unit: 's', offset: 0 }, holder: call.node, file: call.file, definite: effect === 'surely' }] : [];
      if (node.type === AST_NODE_TYPES.SpreadElement) return [unknownReading('the arguments are spread')];
      const reading = readPath(this.#reader, this.#reader.evaluate(node, call.file, call.frame), path, path.length === 0 ? call.node : node);
      if (reading.state !== 'set') return [reading];
      return [{ ...reading, ...(path.length === 0 && { file: call.file }), definite: reading.definite && effect === 'surely' }];
    });
    const sure = readings.findLastIndex((reading) => reading.state === 'set' && reading.definite);
    const reading = combine(readings.slice(Math.max(sure, 0)), { node: this.node, file: this.file });
    if (reading.state === 'set') return { ...reading, definite: sure >= 0 };
    return reading.state === 'missing' && this.#escapes(made.node) ? unknownReading('the object is handed to another function') : reading;
  }

  /** Whether the built object is given away, so that others may have set more. */
  #escapes(made: TSESTree.Node): boolean {
    let node: TSESTree.Node = made;
    while (node.parent && (node.parent.type === AST_NODE_TYPES.MemberExpression || (node.parent.type === AST_NODE_TYPES.CallExpression && node.parent.callee === node))) node = node.parent;
    if (node.parent?.type === AST_NODE_TYPES.AwaitExpression) return false;
    if (node.parent?.type !== AST_NODE_TYPES.VariableDeclarator || node.parent.id.type !== AST_NODE_TYPES.Identifier) return node.parent?.type === AST_NODE_TYPES.CallExpression;
    const variable = variableOf(node.parent.id, this.file);
    return variable?.references.some((reference) => {
      const { parent } = reference.identifier as TSESTree.Node;
      return !reference.init && (parent?.type === AST_NODE_TYPES.CallExpression || parent?.type === AST_NODE_TYPES.Property || parent?.type === AST_NODE_TYPES.ArrayExpression) && !(parent.type === AST_NODE_TYPES.CallExpression && parent.callee === (reference.identifier as TSESTree.Node));
    }) ?? false;
  }

  #readConfiguration(path: readonly string[]): Reading {
    const configurations = this.#configurations(this.library, this.#site.api.member);
    if (configurations.length === 0) return unknownReading('the configuration of the library is not found');
    return combine(configurations.map((value) => readPath(this.#reader, value, path, value.node)), { node: this.node, file: this.file });
  }

  #owns(reading: Extract<Reading, { state: 'set' }>): boolean {
    if (reading.file !== this.file) return false;
    const { holder } = reading;
    if (holder.type === AST_NODE_TYPES.Property && holder.parent.type === AST_NODE_TYPES.ObjectExpression) return this.#ownsObject(holder.parent);
    return isWithin(holder, this.node) || holder.type === AST_NODE_TYPES.AssignmentExpression;
  }

  /** An object literal in this call, or the initial value of a constant that only calls of this kind take, whole or spread into their own. */
  #ownsObject(object: TSESTree.Node): boolean {
    let outermost = object;
    while (outermost.parent?.type === AST_NODE_TYPES.Property && outermost.parent.parent.type === AST_NODE_TYPES.ObjectExpression) outermost = outermost.parent.parent;
    if (isWithin(outermost, this.node)) return true;
    let node: TSESTree.Node = outermost;
    while (node.parent && (node.parent.type === AST_NODE_TYPES.TSAsExpression || node.parent.type === AST_NODE_TYPES.TSSatisfiesExpression || (node.parent.type === AST_NODE_TYPES.CallExpression && node.parent.callee !== node && /^Object\.freeze$/.test(this.file.sourceCode.getText(node.parent.callee as never))))) node = node.parent;
    const declarator = node.parent;
    if (declarator?.type !== AST_NODE_TYPES.VariableDeclarator || declarator.id.type !== AST_NODE_TYPES.Identifier || declarator.parent.parent.type === AST_NODE_TYPES.ExportNamedDeclaration) return false;
    const variable = variableOf(declarator.id, this.file);
    const siblings = new Set<TSESTree.Node>(this.#discovery.sites.filter((site) => site.model.kind === this.kind && site.library === this.library).map((site) => site.node));
    return variable?.references.every((reference) => {
      if (reference.init) return true;
      const identifier = reference.identifier as TSESTree.Node;
      const { parent } = identifier;
      if (parent?.type === AST_NODE_TYPES.MemberExpression && parent.object === identifier) return true;
      if (parent?.type === AST_NODE_TYPES.SpreadElement && parent.parent.type === AST_NODE_TYPES.ObjectExpression) return siblings.has(parent.parent.parent);
      return parent !== undefined && siblings.has(parent);
    }) ?? false;
  }
}

/** The argument in one place of a call, or the spread before it that hides which one stands there. */
function argumentAt({ arguments: given }: AnyCall, index: number): TSESTree.CallExpressionArgument | undefined {
  return given.slice(0, index + 1).find((argument) => argument.type === AST_NODE_TYPES.SpreadElement) ?? given[index];
}

function isWithin(inner: TSESTree.Node, outer: TSESTree.Node): boolean {
  return inner.range[0] >= outer.range[0] && inner.range[1] <= outer.range[1];
}

const CALLBACK_NAME = /^(?:cb|callback|done|next|fn|resolve)$|(?:Callback|Cb)$/;

function isFunctionLike(value: Value | undefined, node: TSESTree.Node | undefined): boolean {
  if (value && possibilities(value).some((one) => one.kind === 'function')) return true;
  if (node?.type === AST_NODE_TYPES.Identifier) return CALLBACK_NAME.test(node.name);
  // `asyncHandler(async (error, claims) => …)`: options are not made of a function, a callback may be.
  return node?.type === AST_NODE_TYPES.CallExpression && value?.kind !== 'object' && node.arguments.some((argument) => isFunction(argument) && argument.params.length > 0);
}

function isOneOf(value: Value | undefined, texts: readonly string[]): boolean {
  return value?.kind === 'primitive' && typeof value.value === 'string' && texts.includes(value.value);
}

/** The overload that the arguments fit: by their number, and by which of them is a function. */
function choosePlaces(overloads: OperationModel['arguments'], invocation: Invocation, { algorithms = [] }: LibraryDescriptor): ArgumentPlaces | undefined {
  const all = (Array.isArray(overloads) ? overloads : [overloads]) as readonly ArgumentPlaces[];
  const given = invocation.arguments.length;
  const fits = (places: ArgumentPlaces): boolean => Object.entries(places).every(([role, index]) => {
    if (index === 'last' || index >= given) return true;
    const isCallback = isFunctionLike(invocation.arguments[index], invocation.nodes[index]);
    if (role === 'callback') return isCallback;
    // Some libraries take the name of an algorithm or an object of options in the same place.
    if (role === 'algorithm' && invocation.arguments[index]?.kind === 'object') return false;
    // The name of an algorithm is no key where an algorithm may stand in its place: `jws.verify(token, 'none')`.
    if (role === 'key' && all.some(({ algorithm }) => algorithm === index) && isOneOf(invocation.arguments[index], algorithms)) return false;
    return role === 'options' || role === 'header' || role === 'algorithm' ? !isCallback : true;
  }) && given <= 1 + Math.max(-1, ...Object.values(places).map((index) => (index === 'last' ? given - 1 : index)));
  return all.find(fits) ?? all.at(-1);
}
