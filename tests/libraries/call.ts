/** Turns what a descriptor says (access paths, argument places, places of settings) into calls of the real package. */
import type { ArgumentPlaces, CallPath, OperationModel, Role } from '../../src/libraries/descriptor.ts';

/** Values by place, as descriptors write places: `options.audience`, `key`, `.setIssuer(0)`, `new(0).issuer`, `configuration.secret`. */
export type Given = Readonly<Record<string, unknown>>;

type Tree = Record<string, unknown>;

/** The arguments that a set of given values comes to. */
export interface PreparedCall {
  readonly roles: Partial<Record<Role, unknown>>;
  readonly list: unknown[];
  /** Arguments of the call that builds the receiver. */
  readonly building: unknown[];
  /** Builder methods to call on the receiver, with their arguments. */
  readonly builder: readonly { readonly method: string; readonly arguments: unknown[] }[];
  readonly configuration: Tree | undefined;
}

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null);

/** Puts a value at a property path, keeping what is there; `useFactory()` in the path becomes a function that returns the rest. */
export function put(target: unknown, path: readonly string[], value: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return isTree(target) && isTree(value) ? { ...target, ...value } : value;
  const tree = isTree(target) ? target : {};
  return { ...tree, [name]: put(tree[name], rest, value) };
}

/** Sorts given values into arguments, builder calls and configuration. */
export function prepare(operation: Pick<OperationModel, 'arguments'>, given: Given): PreparedCall {
  const roles: Partial<Record<Role, unknown>> = {};
  const building: unknown[] = [];
  const builder = new Map<string, unknown[]>();
  let configuration: Tree | undefined;
  for (const [place, value] of Object.entries(given)) {
    const build = /^new\((\d)\)(?:\.(.+))?$/.exec(place);
    const method = /^\.(\w+)\((\d)\)(?:\.(.+))?$/.exec(place);
    if (build) building[Number(build[1])] = put(building[Number(build[1])], build[2]?.split('.') ?? [], value);
    else if (method) {
      const list = builder.get(method[1]!) ?? [];
      list[Number(method[2])] = put(list[Number(method[2])], method[3]?.split('.') ?? [], value);
      builder.set(method[1]!, list);
    } else {
      const [role, ...path] = place.split('.');
      if (role === 'configuration') configuration = put(configuration, path, value) as Tree;
      else roles[role as Role] = put(roles[role as Role], path, value);
    }
  }
  return {
    roles, building, configuration, list: listOf(operation.arguments, roles),
    builder: [...builder].map(([method, list]) => ({ method, arguments: list })),
  };
}

function listOf(places: ArgumentPlaces | readonly ArgumentPlaces[], roles: Partial<Record<Role, unknown>>): unknown[] {
  const overloads = Array.isArray(places) ? (places as readonly ArgumentPlaces[]) : [places as ArgumentPlaces];
  const wanted = Object.keys(roles) as Role[];
  const overload = overloads.find((one) => wanted.every((role) => one[role] !== undefined));
  if (!overload) throw new Error(`no overload has places for ${wanted.join(', ')}`);
  const list: unknown[] = [];
  for (const role of wanted) {
    const index = overload[role];
    if (typeof index === 'number') list[index] = roles[role];
  }
  return Array.from(list);
}

/** One step of an access path. */
export type Step = { readonly kind: 'member' | 'instance'; readonly name: string } | { readonly kind: 'call' };

/** Takes an access path apart. */
export function stepsOf(path: CallPath): { readonly prefix: 'new' | 'extends' | undefined; readonly steps: readonly Step[] } {
  const [, prefix, rest = ''] = /^(?:(new|extends) )?(.*)$/.exec(path) ?? [];
  const steps: Step[] = [];
  for (const [, hash, name] of rest.matchAll(/([#.]?)([^#.()]+)|\(\)/g)) {
    steps.push(name === undefined ? { kind: 'call' } : { kind: hash === '#' ? 'instance' : 'member', name });
  }
  return { prefix: prefix as 'new' | 'extends' | undefined, steps };
}

type Callable = (...list: unknown[]) => unknown;
type Constructable = new (...list: unknown[]) => object;

/** A member of a module, also when only the default export has it (CommonJS seen from an ES module). */
export function member(value: unknown, name: string): unknown {
  const own = (value as Tree | undefined)?.[name];
  return own ?? ((value as Tree | undefined)?.['default'] as Tree | undefined)?.[name];
}

/** The callable that a module itself is. */
export function moduleItself(exports: unknown): unknown {
  if (typeof exports === 'function') return exports;
  const inner = (exports as Tree)['default'];
  return typeof inner === 'function' ? inner : moduleItselfOnce(inner);
}
const moduleItselfOnce = (value: unknown): unknown => (value as Tree | undefined)?.['default'];

/** The callee at the end of an access path and the object it is called on. */
export async function resolve(exports: unknown, path: CallPath, call: Pick<PreparedCall, 'building' | 'builder' | 'configuration'>): Promise<{ readonly callee: unknown; readonly receiver: unknown }> {
  const { steps } = stepsOf(path);
  let receiver: unknown;
  let value: unknown = exports;
  let atModule = true;
  const built = (instance: unknown): unknown => {
    for (const { method, arguments: list } of call.builder) ((instance as Tree)[method] as Callable | undefined)?.apply(instance, list);
    return instance;
  };
  const building = call.building.length > 0 ? call.building : call.configuration ? [call.configuration] : [];
  for (const [index, step] of steps.entries()) {
    if (step.kind === 'call') {
      const callee = atModule ? moduleItself(value) : value;
      const given: unknown = await (callee as Callable).apply(receiver, building);
      receiver = undefined;
      value = given;
    } else if (step.kind === 'member') {
      receiver = value;
      value = atModule ? member(value, step.name) : (value as Tree)[step.name];
    } else {
      const constructor = atModule ? moduleItself(value) : value;
      const instance = steps[index - 1]?.kind === 'call' ? value : new (constructor as Constructable)(...building);
      receiver = built(instance);
      value = (receiver as Tree)[step.name];
    }
    atModule = false;
  }
  return { callee: atModule ? moduleItself(value) : value, receiver };
}

/** What a call returned, before any promise in it is awaited. */
export interface Returned { readonly value: unknown }

/** Calls what stands at an access path. */
export async function callAt(exports: unknown, path: CallPath, call: PreparedCall): Promise<Returned> {
  const { callee, receiver } = await resolve(exports, path, call);
  if (typeof callee !== 'function') throw new Error(`there is nothing to call at ${path}`);
  return { value: stepsOf(path).prefix === 'new' ? new (callee as Constructable)(...call.list) : (callee as Callable).apply(receiver, call.list) };
}
