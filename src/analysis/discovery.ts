import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { LibraryDescriptor, OperationModel } from '../libraries/descriptor.ts';
import type { AnyCall } from './call-nodes.ts';
import { constructorOf } from './classes.ts';
import { invocationOf, type Invocation } from './invocations.ts';
import type { Reader } from './reader.ts';
import { isRelevantCall } from './relevance.ts';
import type { SourceFile } from './source-file.ts';
import { apiByType } from './types.ts';
import { type ApiValue, type Frame, type FunctionValue, possibilities, type Value } from './value.ts';
import { mayBe, versionOf } from './versions.ts';

/** A call that is an operation. */
export interface Site {
  readonly node: AnyCall;
  readonly file: SourceFile;
  readonly frame: Frame | undefined;
  readonly api: ApiValue;
  readonly invocation: Invocation;
  readonly library: LibraryDescriptor;
  readonly version: string | undefined;
  readonly model: OperationModel;
}

/** A call of one of the project's own functions, which may be a wrapper. */
export interface ProjectCall {
  readonly node: AnyCall;
  readonly file: SourceFile;
  readonly target: FunctionValue;
  /** Where operations stand that the call decides: for a construction the whole class, else the function. */
  readonly scope: TSESTree.Node;
  readonly invocation: Invocation;
}

/** A call of a method of a builder: `new SignJWT(claims).setAudience('orders')`. */
export interface BuilderCall {
  readonly node: AnyCall;
  readonly file: SourceFile;
  readonly method: string;
  readonly frame: Frame | undefined;
}

/** What the calls of a file turn out to be. */
export interface Discovery {
  readonly file: SourceFile;
  readonly sites: readonly Site[];
  /** Builder calls by the construction that made their object. */
  readonly chains: ReadonlyMap<TSESTree.Node, readonly BuilderCall[]>;
  readonly projectCalls: readonly ProjectCall[];
}

/** Reads which of these calls are operations, builder calls and calls of the project's own functions. */
export function discover(reader: Reader, file: SourceFile, calls: readonly AnyCall[], frame?: Frame): Discovery {
  const sites: Site[] = [];
  const chains = new Map<TSESTree.Node, BuilderCall[]>();
  const projectCalls: ProjectCall[] = [];
  for (const node of calls) {
    // With arguments given, anything in the function may turn out to be a library's.
    if (!frame && !isRelevantCall(reader, node, file)) {
      const typed = siteByType(reader, node, file, frame);
      if (typed) sites.push(typed);
      continue;
    }
    if (node.type === AST_NODE_TYPES.CallExpression && node.callee.type === AST_NODE_TYPES.Super) {
      const site = superclassSite(reader, node, file, frame);
      if (site) sites.push(site);
      continue;
    }
    const invocation = invocationOf(reader, node, file, frame);
    const targets = possibilities(invocation.target);
    for (const target of targets) {
      const called = projectTarget(node, target);
      if (called) projectCalls.push({ node, file, invocation, ...called });
      const builder = builderCall(reader, node, target);
      if (builder) chains.set(builder.construction, [...(chains.get(builder.construction) ?? []), { ...builder.call, file, frame }]);
    }
    const site = calledSite(reader, node, file, frame, invocation)
      ?? handedOn(reader, node, file, frame, invocation)
      ?? (targets.some((target) => target.kind === 'function') ? undefined : siteByType(reader, node, file, frame));
    if (site) sites.push(site);
  }
  return { file, sites, chains, projectCalls };
}

/** What of the project a call runs. */
function projectTarget(node: AnyCall, target: Value): Pick<ProjectCall, 'target' | 'scope'> | undefined {
  if (node.type === AST_NODE_TYPES.CallExpression) return target.kind === 'function' ? { target, scope: target.node } : undefined;
  // A construction that is given nothing decides nothing.
  if (target.kind !== 'class' || node.arguments.length === 0) return undefined;
  const constructed = constructorOf(target);
  return constructed && { target: constructed, scope: target.declaration };
}

function builderCall(reader: Reader, node: AnyCall, target: Value): { readonly construction: TSESTree.Node; readonly call: Pick<BuilderCall, 'node' | 'method'> } | undefined {
  if (target.kind !== 'api' || !target.made || !reader.catalogue.isChain(target.library, target.path)) return undefined;
  return { construction: target.made.node, call: { node, method: /[^.#]*$/.exec(target.path)?.[0] ?? '' } };
}

/** A call that only its type tells to be an operation. */
function siteByType(reader: Reader, node: AnyCall, file: SourceFile, frame: Frame | undefined): Site | undefined {
  const api = apiByType(reader.catalogue, node, file);
  return api && siteOf(reader, node, file, frame, api, invocationOf(reader, node, file, frame));
}

function calledSite(reader: Reader, node: AnyCall, file: SourceFile, frame: Frame | undefined, invocation: Invocation): Site | undefined {
  for (const target of possibilities(invocation.target)) {
    const site = target.kind === 'api' ? siteOf(reader, node, file, frame, target, invocation) : undefined;
    if (site) return site;
  }
  return undefined;
}

function siteOf(reader: Reader, node: AnyCall, file: SourceFile, frame: Frame | undefined, api: ApiValue, invocation: Invocation, prefix = node.type === AST_NODE_TYPES.NewExpression ? 'new ' : ''): Site | undefined {
  for (const one of [api, ...decorated(reader, api, file)]) {
    const library = reader.catalogue.library(one.library);
    if (!library) continue;
    const call = `${prefix}${one.path}`;
    const models = reader.catalogue.models(library.name, call).filter((model) => !model.passedTo && literalsFit(model, invocation.arguments));
    if (models.length === 0) continue;
    const version = versionOf(library, file.filename, reader.settings);
    const model = likeliest(models, version);
    if (model) return { node, file, frame, api: one, invocation, library, version, model };
  }
  return undefined;
}

function literalsFit(model: OperationModel, args: readonly Value[]): boolean {
  return Object.entries(model.literals ?? {}).every(([index, text]) => {
    const value = args[Number(index)];
    return value?.kind === 'primitive' && value.value === text;
  });
}

/** A framework's value as the thing that a library's operations hang on. */
function* decorated(reader: Reader, api: ApiValue, file: SourceFile): Iterable<ApiValue> {
  for (const { library, decoration } of reader.catalogue.decorations(api.library)) {
    const roots = [
      ...(decoration.value === undefined ? [] : [decoration.value.startsWith('new ') ? `${decoration.value.slice(4)}#` : decoration.value]),
      ...(decoration.types ?? []).map((type) => `${type}#`),
    ];
    for (const root of roots) {
      if (!api.path.startsWith(root)) continue;
      const rest = api.path.slice(root.length).replace(/^\./, '');
      if (decoration.importing && !mentions(file, library)) continue;
      yield { ...api, library: library.name, path: rest === '' ? decoration.as : `${decoration.as}.${rest}` };
    }
  }
}

function mentions(file: SourceFile, library: LibraryDescriptor): boolean {
  return Object.keys(library.modules).some((specifier) => file.sourceCode.text.includes(specifier));
}

/** Models stand from old to new; where several versions are possible, the newest is the likeliest. */
function likeliest(models: readonly OperationModel[], version: string | undefined): OperationModel | undefined {
  return models.findLast((each) => mayBe(version, each.versions)) ?? models[0];
}

/** `fastify.register(plugin, options)`: the library's export is an argument. */
function handedOn(reader: Reader, node: AnyCall, file: SourceFile, frame: Frame | undefined, invocation: Invocation): Site | undefined {
  if (node.callee.type !== AST_NODE_TYPES.MemberExpression || node.callee.computed || node.callee.property.type !== AST_NODE_TYPES.Identifier) return undefined;
  const method = node.callee.property.name;
  if (!reader.catalogue.isHandedTo(method)) return undefined;
  for (const [index, argument] of invocation.arguments.entries()) {
    for (const api of possibilities(argument)) {
      if (api.kind !== 'api') continue;
      const library = reader.catalogue.library(api.library);
      if (!library) continue;
      const models = reader.catalogue.models(library.name, api.path).filter((each) => each.passedTo?.method === method && each.passedTo.argument === index && literalsFit(each, invocation.arguments));
      const version = versionOf(library, file.filename, reader.settings);
      const model = likeliest(models, version);
      if (model) return { node, file, frame, api, invocation, library, version, model };
    }
  }
  return undefined;
}

/** `super({…})` in a subclass of a library's class, directly or through a mixin such as `PassportStrategy(Strategy)`. */
function superclassSite(reader: Reader, node: TSESTree.CallExpression, file: SourceFile, frame: Frame | undefined): Site | undefined {
  let current: TSESTree.Node | undefined = node.parent;
  while (current && current.type !== AST_NODE_TYPES.ClassDeclaration && current.type !== AST_NODE_TYPES.ClassExpression) current = current.parent;
  if (!current?.superClass) return undefined;
  const invocation = invocationOf(reader, node, file, frame);
  for (const base of baseClasses(reader, current.superClass, file, frame)) {
    const site = siteOf(reader, node, file, frame, base, invocation, 'extends ');
    if (site) return site;
  }
  return undefined;
}

function baseClasses(reader: Reader, superClass: TSESTree.Node, file: SourceFile, frame: Frame | undefined): readonly ApiValue[] {
  const mixed = superClass.type === AST_NODE_TYPES.CallExpression ? superClass.arguments.map((argument) => reader.evaluate(argument, file, frame)) : [];
  return [reader.evaluate(superClass, file, frame), ...mixed].flatMap(possibilities).filter((value) => value.kind === 'api');
}
