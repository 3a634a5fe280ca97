import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { type AnyCall, collectCalls } from './call-nodes.ts';
import { decoratorsOf, lastName, writtenName } from './expressions.ts';
import { callFunction } from './invocations.ts';
import { stepInto } from './members.ts';
import { packageRoot } from './modules.ts';
import { runFactory } from './platform.ts';
import { filesMentioning } from './project-index.ts';
import type { Reader } from './reader.ts';
import { schemaDefault } from './schema-defaults.ts';
import type { SourceFile } from './source-file.ts';
import { type FunctionValue, type ObjectValue, possibilities, type Provenance, type PropertyEntry, unionOf, type Value } from './value.ts';

/** The package with which a function that makes a configuration is registered, under a name or in a list. */
const CONFIGURING = '@nestjs/config';

interface Registration {
  readonly call: AnyCall;
  readonly file: SourceFile;
  /** The name in `registerAs('jwt', …)`; undefined for `forRoot({ load: […] })`. */
  readonly namespace: string | undefined;
}

/** What a dotted name such as `jwt.secret` stands for, where exactly one configuration of the package says so and can be read. */
export function registeredConfiguration(reader: Reader, name: string, at: Provenance): Value | undefined {
  if (reader.settings.followImports === false) return undefined;
  const steps = name.split('.');
  const registrations = registrationsAround(reader, at.file);
  const named = registrations.filter(({ namespace }) => namespace === steps[0]);
  const holders = named.length > 0
    ? named.map(({ call, file }) => follow(reader, configurationOf(reader, reader.evaluate(call, file), at), steps.slice(1), at))
    : registrations.filter(({ namespace }) => namespace === undefined).flatMap((one) => factoriesIn(reader, one).map((factory) => follow(reader, runFactory(reader, factory, at), steps, at)));
  const [only, ...others] = holders.filter((value) => value !== undefined);
  if (others.length > 0) return undefined;
  return only ?? checkedAtStart(reader, name, registrations, at);
}

/** A variable of the environment that a schema of the module checks, `forRoot({ validationSchema })` or `forRoot({ validate })`. */
function checkedAtStart(reader: Reader, name: string, registrations: readonly Registration[], at: Provenance): Value | undefined {
  for (const registration of registrations) {
    const options = optionsOf(reader, registration);
    const schema = options?.entries.get('validationSchema')?.value;
    const spare = schema && schemaDefault(reader, schema, name);
    if (spare) return unionOf(at, [{ kind: 'configuration', ...at, name, guaranteed: false }, spare], 'fallback');
    const check = options?.entries.get('validate')?.value;
    const checked = check?.kind === 'function' ? callFunction(reader, check, [{ kind: 'api', ...at, library: '#global', path: 'process.env' }], false, at, undefined) : undefined;
    const value = checked?.kind === 'api' && checked.library === '#environment' ? stepInto(reader, checked, name, at, undefined) : undefined;
    if (value?.kind === 'union') return value;
  }
  return undefined;
}

/** What a value that has been registered as a configuration gives where it is injected. */
function configurationOf(reader: Reader, value: Value | undefined, at: Provenance): Value | undefined {
  const [registered] = value ? possibilities(value).filter((one) => one.kind === 'function' && one.configuration !== undefined) : [];
  return registered && runFactory(reader, registered, at);
}

/** `@Inject(jwtConfig.KEY)` on a parameter or field. */
export function injectedConfiguration(reader: Reader, node: TSESTree.Node, at: Provenance): Value | undefined {
  for (const { expression } of decoratorsOf(node)) {
    const token = expression.type === AST_NODE_TYPES.CallExpression && lastName(expression) === 'Inject' ? expression.arguments[0] : undefined;
    if (token?.type === AST_NODE_TYPES.MemberExpression && writtenName(token) === 'KEY') return configurationOf(reader, reader.evaluate(token.object, at.file), at);
  }
  return undefined;
}

/** `ConfigType<typeof jwtConfig>`; `named` gives the value behind the name in the type query. */
export function configurationOfType(reader: Reader, { typeArguments }: TSESTree.TSTypeReference, type: Value, at: Provenance, named: (name: TSESTree.EntityName) => Value): Value | undefined {
  if (type.kind !== 'api' || type.library !== CONFIGURING || type.path !== 'ConfigType') return undefined;
  const [argument] = typeArguments?.params ?? [];
  return argument?.type === AST_NODE_TYPES.TSTypeQuery && argument.exprName.type !== AST_NODE_TYPES.TSImportType ? configurationOf(reader, named(argument.exprName), at) : undefined;
}

/** `jwtConfig.asProvider()`: options for a module that is registered with a factory. */
export function asProvider(configuration: FunctionValue, at: Provenance): Value {
  const entry: PropertyEntry = { value: configuration, ...at, definite: true };
  return { kind: 'object', ...at, entries: new Map([['useFactory', entry]]), open: true, because: 'it is made by the framework' };
}

/** Follows a path into a configuration; nothing where the property is not there or cannot be read. */
function follow(reader: Reader, configuration: Value | undefined, path: readonly string[], at: Provenance): Value | undefined {
  const value = path.reduce<Value | undefined>((holder, name) => holder && stepInto(reader, holder, name, at, undefined), configuration);
  const isSeen = (one: Value) => one.kind !== 'unknown' && one.kind !== 'parameter' && one.kind !== 'api' && !(one.kind === 'primitive' && one.value === undefined && one.node === at.node);
  return value && possibilities(value).every(isSeen) ? value : undefined;
}

/** The functions of `forRoot({ load: [configuration] })` that have no name. */
function factoriesIn(reader: Reader, registration: Registration): readonly Value[] {
  const list = optionsOf(reader, registration)?.entries.get('load')?.value;
  return list?.kind === 'array' ? list.elements.filter((one) => one.kind === 'function' && one.configuration === undefined) : [];
}

/** The options of `forRoot`. */
function optionsOf(reader: Reader, { call, file, namespace }: Registration): ObjectValue | undefined {
  const [options] = namespace === undefined ? call.arguments : [];
  const value = options && reader.evaluate(options, file);
  return value?.kind === 'object' ? value : undefined;
}

const known = new WeakMap<Reader, Map<string, readonly Registration[]>>();

/** Every registration of the package around a file. */
function registrationsAround(reader: Reader, file: SourceFile): readonly Registration[] {
  const cache = known.get(reader) ?? new Map<string, readonly Registration[]>();
  known.set(reader, cache);
  const root = packageRoot(file.filename) ?? '';
  const found = cache.get(root) ?? filesMentioning(file.filename, [CONFIGURING]).flatMap((path) => {
    const other = reader.sourceFile(path);
    return other ? collectCalls(other).flatMap((call) => registrationAt(call, other) ?? []) : [];
  });
  cache.set(root, found);
  return found;
}

function registrationAt(call: AnyCall, file: SourceFile): Registration | undefined {
  const [first] = call.arguments;
  switch (lastName(call)) {
    case 'registerAs': return first?.type === AST_NODE_TYPES.Literal && typeof first.value === 'string' ? { call, file, namespace: first.value } : undefined;
    case 'forRoot': return first ? { call, file, namespace: undefined } : undefined;
    default: return undefined;
  }
}
