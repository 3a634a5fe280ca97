import semver from 'semver';
import type { LibraryDescriptor, OptionNames } from './libraries/descriptor.ts';
import { libraries } from './libraries/index.ts';
import { nearestName } from './nearest-name.ts';
import { policySchema, settingsSchema, type Schema } from './settings-schema.ts';

/** The first thing wrong with a policy, as a sentence without its full stop that begins with the path of the key; undefined where nothing is. */
export function problemOfPolicy(policy: unknown, path: string): string | undefined {
  return problemIn(policySchema, policy, path);
}

/** The first thing wrong with `settings['jwt-guard']`, as a sentence without its full stop that begins with the path of the key; undefined where nothing is. */
export function problemOfSettings(settings: unknown): string | undefined {
  const path = "settings['jwt-guard']";
  const problem = problemIn(settingsSchema, settings, path);
  if (problem !== undefined) return problem;
  const { libraries: own = [], versions = {} } = settings as { libraries?: readonly LibraryDescriptor[]; versions?: Readonly<Record<string, string>> };
  return problemOfLibraries(own, `${path}.libraries`) ?? problemOfVersions(versions, own, `${path}.versions`);
}

/** Whether text is a lifetime as policies write it. */
export function isLifetime(value: string): boolean {
  return problemIn(policySchema.properties?.['maxAge'] ?? {}, value, '') === undefined;
}

/** What the schema cannot say: names that are taken, and places in arguments that the calls do not have. */
function problemOfLibraries(own: readonly LibraryDescriptor[], path: string): string | undefined {
  for (const [index, { name, operations }] of own.entries()) {
    const at = `${path}[${index}]`;
    if (libraries.some((library) => library.name === name)) return `${at}.name: ${show(name)} is the name of a library that is built in; choose another`;
    if (own.findIndex((other) => other.name === name) < index) return `${at}.name: ${show(name)} is described twice`;
    const configures = operations.some(({ kind }) => kind === 'configure');
    for (const [which, { arguments: places, settings, options }] of operations.entries()) {
      const roles = [...new Set([places].flat().flatMap((one) => Object.keys(one)))];
      for (const [setting, made] of Object.entries(settings)) {
        for (const [place, { at: written }] of made.entries()) {
          const [role = ''] = written.split('.');
          const where = `${at}.operations[${which}].settings.${setting}[${place}].at: ${show(written)}`;
          if (role === 'configuration' && !configures) return `${where} needs an operation of the kind configure, and there is none`;
          if (role !== '' && role !== 'configuration' && !role.startsWith('new(') && !roles.includes(role)) return `${where} is in an argument that the calls do not have; they have ${roles.length > 0 ? roles.join(', ') : 'none'}`;
          const unlisted = role === 'options' && options ? unlistedName(options, written.split('.').slice(1), 'options') : undefined;
          if (unlisted) return `${at}.operations[${which}].${unlisted.path}.known does not list ${unlisted.name}, which settings.${setting}[${place}] reads`;
        }
      }
    }
  }
  return undefined;
}

/** A name on the way to a place that its object does not list among what it reads; it would be reported where it is written. */
function unlistedName({ known, nested }: OptionNames, [name, ...rest]: readonly string[], path: string): { readonly path: string; readonly name: string } | undefined {
  if (name === undefined) return undefined;
  const below = nested?.[name];
  if (below) return unlistedName(below, rest, join(`${path}.nested`, name));
  return known.includes(name) ? undefined : { path, name };
}

/** A version of a package that is unknown here does no harm; one whose name is misspelt would silently not be used. */
function problemOfVersions(versions: Readonly<Record<string, string>>, own: readonly LibraryDescriptor[], path: string): string | undefined {
  const known = [...own, ...libraries].flatMap((library) => [library.name, ...packagesOf(library)]);
  for (const name of Object.keys(versions)) {
    const near = known.includes(name) ? undefined : nearestName(name, known);
    if (near !== undefined) return `${join(path, name)} is not a library that is known here (did you mean ${near}?)`;
  }
  return undefined;
}

const packagesOf = ({ modules, versionOf }: LibraryDescriptor): readonly string[] => [...(versionOf ?? []), ...Object.keys(modules).map((specifier) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier)];

function problemIn(schema: Schema, value: unknown, path: string): string | undefined {
  if (schema.anyOf) {
    // Which of them is meant shows in the value's type; what is wrong inside is then said of that one.
    const meant = schema.anyOf.find((one) => fitsType(one, value));
    if (!meant || (meant.type !== 'object' && meant.type !== 'array' && problemIn(meant, value, path) !== undefined)) return wrong(schema, value, path);
    return problemIn(meant, value, path);
  }
  if (!fitsType(schema, value)) return wrong(schema, value, path);
  if (schema.type === 'array') return problemInList(schema, value as readonly unknown[], path);
  if (schema.type === 'object') return problemInObject(schema, value as Readonly<Record<string, unknown>>, path);
  return fits(schema, value) ? undefined : wrong(schema, value, path);
}

function problemInList({ items = {}, minItems = 0 }: Schema, list: readonly unknown[], path: string): string | undefined {
  if (list.length < minItems) return `${path} is empty`;
  for (const [index, item] of list.entries()) {
    const problem = problemIn(items, item, `${path}[${index}]`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function problemInObject({ properties = {}, required = [], additionalProperties, minProperties = 0 }: Schema, value: Readonly<Record<string, unknown>>, path: string): string | undefined {
  if (Object.keys(value).length < minProperties) return `${path} is empty`;
  for (const [name, member] of Object.entries(value)) {
    // What is undefined is not there, in every place where the settings are read.
    if (member === undefined) continue;
    const schema = Object.hasOwn(properties, name) ? properties[name] : additionalProperties === false ? undefined : additionalProperties;
    if (!schema) return `${join(path, name)} is not known${hintOf(name, Object.keys(properties))}`;
    const problem = problemIn(schema, member, join(path, name));
    if (problem !== undefined) return problem;
  }
  const missing = required.find((name) => value[name] === undefined);
  return missing === undefined ? undefined : `${join(path, missing)} is missing; it is ${titleOf(properties[missing])}`;
}

function hintOf(name: string, known: readonly string[]): string {
  // Claims are often written as in a token: `aud` for audience.
  const near = nearestName(name, known) ?? (name.length >= 3 ? known.find((one) => one.startsWith(name)) : undefined);
  return near === undefined ? ` (known are ${known.join(', ')})` : ` (did you mean ${near}?)`;
}

function fitsType({ type, enum: allowed }: Schema, value: unknown): boolean {
  switch (type) {
    case 'object': return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof RegExp);
    case 'array': return Array.isArray(value);
    case 'integer': return Number.isInteger(value);
    case 'string': case 'number': case 'boolean': return typeof value === type && !Number.isNaN(value);
    default: return allowed === undefined || typeof value === 'string';
  }
}

function fits({ enum: allowed, pattern, minimum, format }: Schema, value: unknown): boolean {
  if (allowed && !allowed.includes(value as string)) return false;
  if (pattern !== undefined && !new RegExp(pattern).test(value as string)) return false;
  if (minimum !== undefined && (value as number) < minimum) return false;
  if (format === 'uri' && !URL.canParse(value as string)) return false;
  return format !== 'semver-range' || semver.validRange(value as string) !== null;
}

const titleOf = (schema: Schema | undefined): string => schema?.title ?? 'allowed';

function wrong(schema: Schema, value: unknown, path: string): string {
  const near = schema.enum && typeof value === 'string' ? nearestName(value, schema.enum) : undefined;
  return `${path === '' ? '' : `${path}: `}${show(value)} is not ${titleOf(schema)}${near === undefined ? '' : ` (did you mean ${near}?)`}`;
}

function join(path: string, name: string): string {
  const step = /^[A-Za-z_$][\w$]*$/.test(name) ? name : `['${name}']`;
  if (step !== name) return `${path}${step}`;
  return path === '' ? name : `${path}.${name}`;
}

/** A value as short text on one line. */
function show(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (value instanceof RegExp || typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return 'undefined';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
