import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { SourceFile } from './source-file.ts';

/** Where the text of a value stands. */
export interface Provenance {
  readonly node: TSESTree.Node;
  readonly file: SourceFile;
}

/** A property of a known object. */
export interface PropertyEntry {
  readonly value: Value;
  /** The `Property`, assignment or spread that sets it, if one place does. */
  readonly node: TSESTree.Node;
  readonly file: SourceFile;
  /** False where the property may also be missing (a conditional spread or write). */
  readonly definite: boolean;
}

/** Unit of a time value in the program: seconds, milliseconds, or a `Date` object (or a date library's). */
export type TimeUnit = 's' | 'ms' | 'date';

/** A function of the project whose body can be read. */
export type ProjectFunction = TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression;

/** What an expression is known to be. `unknown` is honest: nothing is claimed. */
export type Value =
  | PrimitiveValue | RegExpValue | ArrayValue | ObjectValue | FunctionValue | ClassValue | EnvironmentValue
  | ConfigurationValue | InstantValue | BytesValue | KeyValue | ApiValue | ParameterValue | TextValue | TemplateOfTime
  | ModuleValue | UnionValue | UnknownValue;

export interface PrimitiveValue extends Provenance { readonly kind: 'primitive'; readonly value: string | number | boolean | bigint | null | undefined }
export interface RegExpValue extends Provenance { readonly kind: 'regexp'; readonly pattern: string; readonly flags: string }
/** `open`: it may hold more elements than the listed ones. */
export interface ArrayValue extends Provenance { readonly kind: 'array'; readonly elements: readonly Value[]; readonly open: boolean; readonly set?: boolean }
/** `open`: it may hold more properties than the listed ones; `because` says why. */
export interface ObjectValue extends Provenance { readonly kind: 'object'; readonly entries: ReadonlyMap<string, PropertyEntry>; readonly open: boolean; readonly because?: string }
/** `configuration` is the name under which what it returns is registered, for others to be given. */
export interface FunctionValue extends Provenance { readonly kind: 'function'; readonly node: ProjectFunction; readonly frame: Frame | undefined; readonly receiver?: Value; readonly promisified?: boolean; readonly bound?: readonly Value[]; readonly configuration?: string }
export interface ClassValue extends Provenance { readonly kind: 'class'; readonly declaration: TSESTree.ClassDeclaration | TSESTree.ClassExpression; readonly declaredIn: SourceFile; readonly instance: boolean; readonly frame: Frame | undefined }
/** An environment variable as it stands: a string or undefined. `name` is undefined where it is computed; `guaranteed` where something refuses to start without it. */
export interface EnvironmentValue extends Provenance { readonly kind: 'environment'; readonly name: string | undefined; readonly guaranteed: boolean }
/** A value that a configuration reader returns (`config.get('jwt.secret')`). `guaranteed`: the reader throws when it is missing. */
export interface ConfigurationValue extends Provenance { readonly kind: 'configuration'; readonly name: string | undefined; readonly guaranteed: boolean }
/** A point in time relative to now: `offset` in seconds, undefined where it is not known. */
export interface InstantValue extends Provenance { readonly kind: 'instant'; readonly unit: TimeUnit; readonly offset: number | undefined }
/** Bytes made from text (`Buffer.from(x, 'base64')`, `TextEncoder`), of `random` origin (`length` in bytes), or read from a file. */
export interface BytesValue extends Provenance { readonly kind: 'bytes'; readonly from: Value | undefined; readonly encoding: string; readonly length?: number; readonly random?: boolean }
/** A key object made by an import function. `of` is what it was made from; undefined for a generated one. */
export interface KeyValue extends Provenance { readonly kind: 'key'; readonly keyKind: 'public' | 'private' | 'secret' | 'pair'; readonly of: Value | undefined }
/** Something of a library's, by its access path (`descriptor.ts` gives the notation). */
export interface ApiValue extends Provenance {
  readonly kind: 'api';
  readonly library: string;
  readonly path: string;
  /** The call or construction that made it, for instances and returned functions. */
  readonly made?: { readonly node: TSESTree.CallExpression | TSESTree.NewExpression; readonly file: SourceFile; readonly frame: Frame | undefined };
  /** Returns a promise instead of taking a callback (`promisify`). */
  readonly promisified?: boolean;
  /** Arguments that `bind` has put in front. */
  readonly bound?: readonly Value[];
  /** The name under which a registration has put it on a framework's context. */
  readonly member?: string;
}
/** The namespace of one of the project's own modules. */
export interface ModuleValue extends Provenance { readonly kind: 'module'; readonly target: SourceFile }
/** A parameter of a project function whose argument is not known here. */
export interface ParameterValue extends Provenance { readonly kind: 'parameter'; readonly owner: ProjectFunction; readonly index: number; readonly path: readonly string[] }
/** Text of which only parts are known. */
export interface TextValue extends Provenance { readonly kind: 'text'; readonly parts: readonly Value[] }
/** A duration in text with an unknown amount but a known unit, as in `${config.minutes}m`. */
export interface TemplateOfTime extends Provenance { readonly kind: 'duration-text'; readonly unit: string }
/** One of several, by condition, by fallback or by several writes. `how` keeps which. */
export interface UnionValue extends Provenance { readonly kind: 'union'; readonly members: readonly Value[]; readonly how: 'condition' | 'fallback' | 'writes' | 'default' }
export interface UnknownValue extends Provenance { readonly kind: 'unknown'; readonly because: string; readonly parameters: readonly ParameterValue[] }

/** Arguments of a project function while its body is read for one call. */
export interface Frame {
  readonly owner: ProjectFunction;
  /** For a constructor the class: what its members read of its arguments. Default: the function. */
  readonly scope?: TSESTree.Node;
  readonly file: SourceFile;
  /** Undefined: not given. */
  readonly arguments: readonly (Value | undefined)[];
  /** More arguments may follow (a spread). */
  readonly open: boolean;
  /** The frame around the function's declaration. */
  readonly parent: Frame | undefined;
  readonly depth: number;
}

/** Reason of a value that is made from itself. */
export const ON_ITSELF = 'it depends on itself';

/** Nothing is claimed; `because` finishes the sentence «it cannot be seen because …». */
export function unknownValue(at: Provenance, because: string, parameters: readonly ParameterValue[] = []): UnknownValue {
  return { kind: 'unknown', node: at.node, file: at.file, because, parameters };
}

export function primitive(at: Provenance, value: PrimitiveValue['value']): PrimitiveValue {
  return { kind: 'primitive', node: at.node, file: at.file, value };
}

/** Beyond this many alternatives a value is not a choice but the outcome of a computation. */
const MAX_MEMBERS = 24;

/** One of several values; nested unions are flattened and a single member stands for itself. */
export function unionOf(at: Provenance, members: readonly Value[], how: UnionValue['how']): Value {
  const flat = [...new Set(members.flatMap((member) => (member.kind === 'union' && member.how === how ? member.members : [member])))];
  if (flat.length > MAX_MEMBERS) return unknownValue(at, 'it may be one of too many things', flat.flatMap((member) => (member.kind === 'parameter' ? [member] : [])));
  const distinct = flat.filter((member, index) => flat.findIndex((other) => sameValue(other, member)) === index);
  return distinct.length === 1 && distinct[0] ? distinct[0] : { kind: 'union', node: at.node, file: at.file, members: distinct, how };
}

function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind === 'primitive' && b.kind === 'primitive') return Object.is(a.value, b.value) && a.node === b.node;
  return false;
}

/** Every value that this one may be, unions taken apart. */
export function possibilities(value: Value): readonly Value[] {
  return value.kind === 'union' ? value.members.flatMap(possibilities) : [value];
}

/** The numbers among what a value may be. */
export function numbersIn(value: Value): readonly (PrimitiveValue & { readonly value: number })[] {
  return possibilities(value).filter((one): one is PrimitiveValue & { readonly value: number } => one.kind === 'primitive' && typeof one.value === 'number');
}

/** The parameters that a value depends on, so that a caller may settle it. */
export function parametersOf(value: Value, depth = 0): readonly ParameterValue[] {
  if (depth > 8) return [];
  const inner = (values: readonly Value[]) => values.flatMap((one) => parametersOf(one, depth + 1));
  switch (value.kind) {
    case 'parameter': return [value];
    case 'unknown': return value.parameters;
    case 'union': return inner(value.members);
    case 'array': return inner(value.elements);
    case 'object': return inner([...value.entries.values()].map((entry) => entry.value));
    case 'text': return inner(value.parts);
    case 'bytes': return value.from ? parametersOf(value.from, depth + 1) : [];
    case 'key': return value.of ? parametersOf(value.of, depth + 1) : [];
    default: return [];
  }
}

/** Whether a value is known to be truthy or falsy; undefined where it may be either. */
export function truthiness(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'primitive': return Boolean(value.value);
    case 'regexp': case 'array': case 'object': case 'function': case 'class': case 'bytes': case 'key': case 'module': return true;
    case 'union': {
      // What stands on the left of `||` is only taken where it is truthy.
      if (value.node.type === AST_NODE_TYPES.LogicalExpression && value.node.operator === '||' && value.how === 'fallback') {
        const last = value.members.at(-1);
        if (last && truthiness(last)) return true;
      }
      const [first, ...rest] = value.members.map(truthiness);
      return rest.every((other) => other === first) ? first : undefined;
    }
    case 'text': return value.parts.some((part) => part.kind === 'primitive' && part.value !== '') ? true : undefined;
    case 'duration-text': return true;
    // Something refuses to go on without it.
    case 'environment': return value.guaranteed ? true : undefined;
    default: return undefined;
  }
}
