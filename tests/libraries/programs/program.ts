/** Writes programs: a call of a library, as its descriptor says that it is called, with what stands around it. */
import { mayBe } from '../../../src/analysis/versions.ts';
import type { CallPath, LibraryDescriptor, OperationModel, Place, SettingName } from '../../../src/libraries/descriptor.ts';
import { prepare, stepsOf, type Given, type PreparedCall } from '../call.ts';
import { surroundings } from './surroundings.ts';

/** Source text of values by place, as in `Given`; an object is an object literal whose members are source text. */
export type GivenText = Given;

/** A secret that no rule minds: long, and from the environment. */
export const KEY = 'process.env.JWT_KEY';

/** What every call is given besides what is being tested. */
export function usual(library: LibraryDescriptor, model: OperationModel, version: string): GivenText {
  const given: Record<string, unknown> = {};
  const roles = new Set([model.arguments].flat().flatMap((places) => Object.keys(places)));
  if (roles.has('token')) given['token'] = 'token';
  const payload = placesOf(model, 'payload', version)[0]?.at ?? (roles.has('payload') ? 'payload' : undefined);
  if (payload !== undefined) given[payload] = { sub: 'user.id' };
  if (roles.has('name')) given['name'] = "'session'";
  const key = keyPlace(model, version)?.at ?? (roles.has('key') ? 'key' : undefined);
  if (key !== undefined) given[key] = KEY;
  // Where something can be configured, an empty configuration is one too: then nothing is unknown.
  if (model.ambient && ![...Object.keys(given)].some((at) => at.startsWith('configuration.'))) given[`configuration.${configuredKey(library)}`] = KEY;
  return given;
}

/** Where a call is given its key: in what configures it, for both directions, where that can be. */
export function keyPlace(model: OperationModel, version: string): Place | undefined {
  const places = placesOf(model, 'key', version);
  return places.find(({ at }) => at === 'configuration.secret') ?? places[0];
}

/** What a call is given besides what is being tested, with its key in a place of choice. */
export function keyedAt(library: LibraryDescriptor, model: OperationModel, version: string, at: string, key: string): GivenText {
  const usually = keyPlace(model, version)?.at;
  return { ...Object.fromEntries(Object.entries(usual(library, model, version)).filter(([place]) => place !== usually)), [at]: key };
}

const configuredKey = (library: LibraryDescriptor): string => library.operations.find(({ kind }) => kind === 'configure')?.settings.key?.[0]?.at.replace(/^options\./, '') ?? 'secret';

/** Places of a setting in a version. */
export function placesOf(model: OperationModel, setting: SettingName, version: string): readonly Place[] {
  return (model.settings[setting] ?? []).filter((place) => mayBe(version, place.versions));
}

/** A call of an operation as text, and the program that a statement with it stands in. */
export interface WrittenCall {
  readonly text: string;
  readonly program: (statement: string) => string;
}

/** Writes a call of an operation; undefined where the call cannot hold all that is given. */
export function writtenCall(library: LibraryDescriptor, model: OperationModel, version: string, given: GivenText): WrittenCall | undefined {
  const path = model.calls.find((call) => !call.startsWith('extends '));
  if (path === undefined) return undefined;
  let call: PreparedCall;
  try {
    call = prepare(model, given);
  } catch {
    return undefined;
  }
  const list = [...call.list];
  for (const [index, text] of Object.entries(model.literals ?? {})) list[Number(index)] = `'${text}'`;
  if (model.passedTo) list[model.passedTo.argument] = 'library';
  const imported = importOf(library, path);
  const around = Object.entries(surroundings[library.name] ?? {}).find(([prefix]) => path.startsWith(`${prefix}.`) || (model.passedTo && prefix === 'passed'));
  const configuration = call.configuration && configureText(library, version, call.configuration);
  const callee = model.passedTo ? `app.${model.passedTo.method}` : around ? path.replace(around[0], around[1].expression) : calleeText(path, imported.base, call);
  return {
    text: `${callee}(${list.map(written).join(', ')})`,
    program: (statement) => (around ? around[1].program(imported.text, configuration ?? '', statement) : `${imported.text}\n\nexport async function handle(token, user, key, req) {\n  ${statement}\n}\n`),
  };
}

/** A whole program with one call of an operation; `use` makes statements of the call's text. Undefined where the call cannot hold all that is given. */
export function program(library: LibraryDescriptor, model: OperationModel, version: string, given: GivenText, use: (call: string) => string = (call) => `await ${call};`): string | undefined {
  const call = writtenCall(library, model, version, given);
  return call?.program(use(call.text));
}

/** Source text of a value: text is source text already, anything else an object literal. */
function written(value: unknown): string {
  if (value === undefined) return 'undefined';
  if (typeof value === 'string') return value;
  return `{ ${Object.entries(value as Record<string, unknown>).map(([name, member]) => (name.endsWith('()') ? `${name.slice(0, -2)}: () => (${written(member)})` : `${name}: ${written(member)}`)).join(', ')} }`;
}

/** The import that a call starts from, and the access path that it stands for. */
function importOf(library: LibraryDescriptor, path: CallPath): { readonly text: string; readonly base: string } {
  const bare = path.replace(/^(?:new|extends) /, '');
  const [specifier, base] = Object.entries(library.modules).find(([, start]) => bare.startsWith(start) && start !== '') ?? Object.entries(library.modules).find(([, start]) => start === '') ?? ['', ''];
  const whole = /^$|^[#(]/.test(bare.slice(base.length));
  return { text: whole ? `import library from '${specifier}';` : `import * as library from '${specifier}';`, base };
}

function calleeText(path: CallPath, base: string, call: PreparedCall): string {
  const { prefix } = stepsOf(path);
  const { steps } = stepsOf(path.replace(/^(?:new|extends) /, '').slice(base.length));
  const building = call.building.length > 0 ? call.building : call.configuration ? [call.configuration] : [];
  const given = `(${Array.from(building).map(written).join(', ')})`;
  let text = 'library';
  for (const [index, step] of steps.entries()) {
    if (step.kind === 'call') text += given;
    else if (step.kind === 'member') text += `.${step.name}`;
    else {
      const made = steps[index - 1]?.kind === 'call' ? text : `new ${text}${given}`;
      text = `${made}${call.builder.map(({ method, arguments: list }) => `.${method}(${Array.from(list).map(written).join(', ')})`).join('')}.${step.name}`;
    }
  }
  return prefix === 'new' ? `new ${text}` : text;
}

function configureText(library: LibraryDescriptor, version: string, configuration: unknown): string | undefined {
  const model = library.operations.find(({ kind, configurationAt, versions }) => kind === 'configure' && configurationAt === undefined && mayBe(version, versions));
  return model && written(configuration);
}
