import { mergeObjects } from './objects.ts';
import { promisify } from './platform.ts';
import { type ApiValue, type Provenance, unionOf, type Value } from './value.ts';

/** Packages that read the environment or a configuration, as access path to what the call gives. */
interface PackageModel {
  readonly call: RegExp;
  readonly gives: 'configuration' | 'guaranteed-configuration' | 'environment' | 'guaranteed-environment' | 'environment-object' | 'checked-environment-object' | 'promisified' | 'merged' | 'first';
}

const MODELS: Readonly<Record<string, readonly PackageModel[]>> = {
  '@nestjs/config': [
    { call: /^ConfigService#getOrThrow$/, gives: 'guaranteed-configuration' },
    { call: /^ConfigService#get$/, gives: 'configuration' },
    { call: /^registerAs$/, gives: 'first' },
  ],
  config: [{ call: /^(?:get|util\.get)$/, gives: 'guaranteed-configuration' }],
  nconf: [{ call: /^get$/, gives: 'configuration' }],
  convict: [{ call: /^\(\)(?:\.\w+\(\))*\.get$/, gives: 'configuration' }],
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
  lodash: [{ call: /^(?:assign|merge|extend)$/, gives: 'merged' }],
  'lodash.merge': [{ call: /^$/, gives: 'merged' }],
  deepmerge: [{ call: /^$/, gives: 'merged' }],
  'object-assign': [{ call: /^$/, gives: 'merged' }],
};

/** What a call of a well-known package gives, where that matters for keys and settings; undefined for everything else. */
export function callPackage(target: ApiValue, given: () => readonly Value[], at: Provenance): Value | undefined {
  const path = target.path.replace(/^default\.?/, '');
  const schema = checkedEnvironment(path, given, at);
  if (schema) return schema;
  const model = MODELS[target.library]?.find(({ call }) => call.test(path));
  if (!model) return undefined;
  const args = given();
  const [first, second] = args;
  const name = first?.kind === 'primitive' && typeof first.value === 'string' ? first.value : undefined;
  switch (model.gives) {
    case 'configuration': return withFallback({ kind: 'configuration', ...at, name, guaranteed: false }, second, at);
    case 'guaranteed-configuration': return { kind: 'configuration', ...at, name, guaranteed: true };
    case 'environment': return { kind: 'environment', ...at, name, guaranteed: false };
    case 'guaranteed-environment': return { kind: 'environment', ...at, name, guaranteed: true };
    case 'environment-object': return { kind: 'api', ...at, library: '#environment', path: 'plain' };
    case 'checked-environment-object': return { kind: 'api', ...at, library: '#environment', path: 'checked' };
    case 'promisified': return first && promisify(first);
    case 'merged': return args.some((argument) => argument.kind === 'object') ? mergeObjects(at, args) : undefined;
    case 'first': return target.library === '@nestjs/config' ? second : first;
    default: return undefined;
  }
}

/** The second argument of a configuration reader is used when the value is missing; an options object is not such a value. */
function withFallback(value: Value, fallback: Value | undefined, at: Provenance): Value {
  return fallback && fallback.kind !== 'object' ? unionOf(at, [value, fallback], 'fallback') : value;
}

/** `schema.parse(process.env)` of any validator: what it gives has been checked. */
function checkedEnvironment(path: string, given: () => readonly Value[], at: Provenance): Value | undefined {
  const parses = /\.(?:parse|validateSync|assert|validate|create|decode|cast)$|^(?:parse|assert|create)$/.test(path);
  return parses && given().some((argument) => argument.kind === 'api' && argument.library === '#global' && argument.path === 'process.env') ? { kind: 'api', ...at, library: '#environment', path: 'checked' } : undefined;
}
