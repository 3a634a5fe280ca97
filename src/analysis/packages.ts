import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { configuredInFiles } from './configuration-files.ts';
import { guaranteed } from './guards.ts';
import { stepInto } from './members.ts';
import { mergeObjects } from './objects.ts';
import { promisify } from './platform.ts';
import type { Reader } from './reader.ts';
import { registeredConfiguration } from './registered-configurations.ts';
import { schemaValues } from './schema-defaults.ts';
import { type ApiValue, type Provenance, unionOf, type Value } from './value.ts';

/** Packages that read the environment or a configuration, as access path to what the call gives. */
interface PackageModel {
  readonly call: RegExp;
  readonly gives: 'configuration' | 'guaranteed-configuration' | 'environment' | 'guaranteed-environment' | 'environment-object' | 'checked-environment-object' | 'promisified' | 'merged' | 'first' | 'registered' | 'property' | 'defaulted' | 'schema-values' | 'configuration-file';
}

const MODELS: Readonly<Record<string, readonly PackageModel[]>> = {
  '@nestjs/config': [
    { call: /^ConfigService#getOrThrow$/, gives: 'guaranteed-configuration' },
    { call: /^ConfigService#get$/, gives: 'configuration' },
    { call: /^registerAs$/, gives: 'registered' },
  ],
  config: [{ call: /^(?:get|util\.get)$/, gives: 'configuration-file' }],
  nconf: [{ call: /^get$/, gives: 'configuration' }],
  convict: [{ call: /^\(\)(?:\.\w+\(\))*\.(?:get|getProperties)$/, gives: 'schema-values' }],
  envalid: [{ call: /^cleanEnv$/, gives: 'checked-environment-object' }],
  'env-var': [{ call: /^get$/, gives: 'environment' }],
  '@t3-oss/env-core': [{ call: /^createEnv$/, gives: 'checked-environment-object' }],
  '@t3-oss/env-nextjs': [{ call: /^createEnv$/, gives: 'checked-environment-object' }],
  znv: [{ call: /^parseEnv$/, gives: 'checked-environment-object' }],
  dotenv: [{ call: /^(?:config|parse)$/, gives: 'environment-object' }],
  hono: [{ call: /^env$/, gives: 'environment-object' }],
  'hono/adapter': [{ call: /^env$/, gives: 'environment-object' }],
  bluebird: [{ call: /^(?:promisify|promisifyAll)$/, gives: 'promisified' }],
  pify: [{ call: /^$/, gives: 'promisified' }],
  'es6-promisify': [{ call: /^promisify$/, gives: 'promisified' }],
  thenify: [{ call: /^$/, gives: 'promisified' }],
  'util-promisify': [{ call: /^$/, gives: 'promisified' }],
  tslib: [{ call: /^__import(?:Default|Star)$/, gives: 'first' }],
  lodash: [
    { call: /^(?:assign|merge|extend)$/, gives: 'merged' },
    { call: /^get$/, gives: 'property' },
    { call: /^defaultTo$/, gives: 'defaulted' },
  ],
  deepmerge: [{ call: /^$/, gives: 'merged' }],
  'object-assign': [{ call: /^$/, gives: 'merged' }],
  dlv: [{ call: /^$/, gives: 'property' }],
  'env-schema': [{ call: /^(?:envSchema)?$/, gives: 'checked-environment-object' }],
};

/** What a call of a well-known package gives, where that matters for keys and settings; undefined for everything else. */
export function callPackage(reader: Reader, target: ApiValue, given: () => readonly Value[], at: Provenance): Value | undefined {
  const { library, path } = partOfLodash(target);
  const schema = checkedEnvironment(library, path, given, at);
  if (schema) return schema;
  const model = MODELS[library]?.find(({ call }) => call.test(path));
  if (!model) return undefined;
  const args = given();
  const [first, second, third] = args;
  const name = first?.kind === 'primitive' && typeof first.value === 'string' ? first.value : undefined;
  switch (model.gives) {
    case 'configuration': return withFallback(configured(reader, name, at), second, at);
    case 'guaranteed-configuration': return guaranteed(configured(reader, name, at));
    case 'configuration-file': return guaranteed((name === undefined ? undefined : configuredInFiles(reader, name, at)) ?? { kind: 'configuration', ...at, name, guaranteed: true });
    case 'environment': return { kind: 'environment', ...at, name, guaranteed: false };
    case 'guaranteed-environment': return { kind: 'environment', ...at, name, guaranteed: true };
    case 'environment-object': return { kind: 'api', ...at, library: '#environment', path: 'plain' };
    case 'checked-environment-object': return { kind: 'api', ...at, library: '#environment', path: 'checked' };
    case 'promisified': return first && promisify(first);
    case 'merged': return args.some((argument) => argument.kind === 'object') ? mergeObjects(at, args) : undefined;
    case 'first': return first;
    case 'property': return first && propertyAt(reader, first, second, third, at);
    case 'defaulted': return first && second && unionOf(at, [first, second], 'fallback');
    case 'schema-values': return fromSchema(reader, target, name, at);
    case 'registered': return second?.kind === 'function' ? { ...second, configuration: name ?? '' } : second;
    default: return undefined;
  }
}

/** What a member of a well-known package holds, where the package is what it reads: `config.jwt` of node-config, which has methods besides. */
export function memberOfPackage(reader: Reader, { library, path }: ApiValue, name: string, at: Provenance): Value | undefined {
  return library === 'config' && path === '' && !/^(?:get|has|util|default)$/.test(name) ? configuredInFiles(reader, name, at) : undefined;
}

/** What a configuration holds under a name, or else a value of that name that is only known at run time. */
function configured(reader: Reader, name: string | undefined, at: Provenance): Value {
  return (name === undefined ? undefined : registeredConfiguration(reader, name, at)) ?? { kind: 'configuration', ...at, name, guaranteed: false };
}

/** The second argument of a configuration reader is used when the value is missing; an options object is not such a value. */
function withFallback(value: Value, fallback: Value | undefined, at: Provenance): Value {
  return fallback && fallback.kind !== 'object' ? unionOf(at, [value, fallback], 'fallback') : value;
}

/** `lodash/get`, `lodash-es` and `lodash.get` are parts of one package. */
function partOfLodash({ library, path: written }: ApiValue): { readonly library: string; readonly path: string } {
  const path = written.replace(/^default(?:\.|$)/, '');
  const [, part] = /^lodash(?:-es)?[/.](\w+)$/.exec(library) ?? [];
  if (part !== undefined) return { library: 'lodash', path: part };
  return { library: library === 'lodash-es' ? 'lodash' : library, path };
}

/** `_.get(process.env, 'JWT_SECRET', 'x')`. */
function propertyAt(reader: Reader, object: Value, path: Value | undefined, fallback: Value | undefined, at: Provenance): Value {
  const steps = path?.kind === 'array' && !path.open ? path.elements : path ? [path] : [];
  const names = steps.flatMap((step) => (step.kind === 'primitive' ? String(step.value).split('.') : [undefined]));
  const value = names.reduce<Value>((holder, name) => stepInto(reader, holder, name, at, undefined), object);
  if (!fallback) return value;
  return value.kind === 'primitive' && value.value === undefined ? fallback : unionOf(at, [value, fallback], 'fallback');
}

/** A value of a schema, or all of them: `convict({ … }).get('jwt.secret')`. */
function fromSchema(reader: Reader, target: ApiValue, name: string | undefined, at: Provenance): Value {
  const unseen: Value = { kind: 'configuration', ...at, name, guaranteed: false };
  const made = firstCall(reader, target);
  const [schema] = made?.node.arguments ?? [];
  if (!made || !schema) return unseen;
  const values = schemaValues(reader.evaluate(schema, made.file, made.frame), at, /\.load(?:File)?\(/.test(made.file.sourceCode.text));
  const value = (name?.split('.') ?? []).reduce<Value>((holder, step) => stepInto(reader, holder, step, at, undefined), values);
  return value.kind === 'unknown' || (value.kind === 'primitive' && value.value === undefined) ? unseen : value;
}

/** The call that a chain of calls starts with. */
function firstCall(reader: Reader, { made }: ApiValue): ApiValue['made'] {
  const receiver = made?.node.callee.type === AST_NODE_TYPES.MemberExpression ? reader.evaluate(made.node.callee.object, made.file, made.frame) : undefined;
  return receiver?.kind === 'api' && receiver.made ? firstCall(reader, receiver) : made;
}

/** `schema.parse(process.env)` of any validator: what it gives has been checked. Some give a result that holds it. */
function checkedEnvironment(library: string, path: string, given: () => readonly Value[], at: Provenance): Value | undefined {
  const isJoi = /^(?:@hapi\/)?joi$/.test(library);
  const parses = /\.(?:parse|safeParse|validateSync|assert|validate|create|decode|cast)$|^(?:parse|safeParse|assert|create)$/.test(path) || (isJoi && /^(?:validate|attempt)$/.test(path));
  if (!parses || !given().some((argument) => argument.kind === 'api' && argument.library === '#global' && argument.path === 'process.env')) return undefined;
  return { kind: 'api', ...at, library: '#environment', path: /safeParse$/.test(path) || (isJoi && /validate$/.test(path)) ? 'result' : 'checked' };
}
