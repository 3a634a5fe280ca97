import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { type AnyCall, collectCalls } from './call-nodes.ts';
import { endName, functionName, writtenName } from './expressions.ts';
import { moduleName, packageRoot, readSourceFile, resolveLocal } from './modules.ts';
import { isFunction } from './order.ts';
import { filesMentioning } from './project-index.ts';
import type { Reader } from './reader.ts';
import type { SourceFile } from './source-file.ts';
import { possibilities, type ProjectFunction, type Value } from './value.ts';
import { variableOf } from './variables.ts';
import { stepInto } from './members.ts';

/** A call that a function of the project is handed to. */
export interface Handing {
  readonly call: AnyCall;
  readonly file: SourceFile;
  /** The function is an argument itself, not a property of one. */
  readonly direct: boolean;
}

/** An argument of a call that names what stands elsewhere: a variable, a member of one, or a module. */
interface NamedArgument extends Handing {
  readonly node: TSESTree.Node;
}

/** Files that are looked into for the calls that one function is handed to. */
const MAX_FILES = 40;

/**
 * The calls that a function is handed to by its name, in its own file and in those of the package that import it. Asked
 * only where a library hangs on a framework, which calls functions of files that import nothing.
 */
export function* handingsOf(reader: Reader, owner: ProjectFunction, file: SourceFile): Iterable<Handing> {
  if (hangsOnFramework(reader, file)) for (const argument of candidatesFor(reader, owner, file)) if (isNameOf(reader, argument, owner)) yield argument;
}

const candidates = new WeakMap<Reader, Map<ProjectFunction, readonly NamedArgument[]>>();

/** Arguments that may be this function, judged by names; collected once per function. */
function candidatesFor(reader: Reader, owner: ProjectFunction, file: SourceFile): readonly NamedArgument[] {
  const cache = candidates.get(reader) ?? new Map<ProjectFunction, readonly NamedArgument[]>();
  candidates.set(reader, cache);
  const known = cache.get(owner);
  if (known) return known;
  const name = functionName(owner);
  const here = name === '' ? [] : namedArguments(file).filter(({ node }) => endName(node) === name);
  const elsewhere = reader.settings.followImports === false ? [] : filesNaming(name, file).flatMap((other) => namedArguments(other).filter((argument) => mayLeadTo(argument, name, file)));
  const all = [...here, ...elsewhere];
  cache.set(owner, all);
  return all;
}

const packages = new WeakMap<Reader, Map<string, boolean>>();

/** Whether a library that hangs on a framework is imported by the file or anywhere in its package. */
function hangsOnFramework(reader: Reader, file: SourceFile): boolean {
  const { catalogue, settings } = reader;
  if (catalogue.decorating.some((specifier) => file.sourceCode.text.includes(specifier))) return true;
  if (settings.followImports === false) return false;
  const cache = packages.get(reader) ?? new Map<string, boolean>();
  packages.set(reader, cache);
  const root = packageRoot(file.filename) ?? '';
  const known = cache.get(root) ?? filesMentioning(file.filename, catalogue.decorating).length > 0;
  cache.set(root, known);
  return known;
}

/** Whether an argument stands for a function; a module stands for what it exports by default. */
function isNameOf(reader: Reader, { node, file }: NamedArgument, owner: ProjectFunction): boolean {
  const value = reader.evaluate(node, file);
  const all = value.kind === 'module' ? possibilities(stepInto(reader, value, 'default', { node, file }, undefined)) : possibilities(value);
  return all.some((one: Value) => one.kind === 'function' && one.node === owner);
}

/** Other files of the package that name a function or the module it stands in. */
function filesNaming(name: string, file: SourceFile): readonly SourceFile[] {
  const module = moduleName(file.filename);
  return filesMentioning(file.filename, name === '' ? [module] : [name, module])
    .filter((path) => path !== file.filename).slice(0, MAX_FILES).flatMap((path) => readSourceFile(path) ?? []);
}

/** Whether an argument can stand for a function of another file, judged by its name or by what it is imported from. */
function mayLeadTo({ node, file }: NamedArgument, name: string, target: SourceFile): boolean {
  if (name !== '' && endName(node) === name) return true;
  const specifier = node.type === AST_NODE_TYPES.Identifier ? importOf(node, file) : loadedModule(node);
  return specifier !== undefined && resolveLocal(specifier, file.filename) === target.filename;
}

/** The module that a variable is imported from. */
function importOf(node: TSESTree.Identifier, file: SourceFile): string | undefined {
  const definition = variableOf(node, file)?.defs[0];
  const declaration = definition?.parent as TSESTree.Node | null | undefined;
  if (declaration?.type === AST_NODE_TYPES.ImportDeclaration) return declaration.source.value;
  const declarator = definition?.node as TSESTree.Node | undefined;
  return declarator?.type === AST_NODE_TYPES.VariableDeclarator && declarator.init ? loadedModule(declarator.init) : undefined;
}

/** The module of `require('./routes')` and `import('./routes')`. */
function loadedModule(node: TSESTree.Node): string | undefined {
  const source = node.type === AST_NODE_TYPES.ImportExpression ? node.source : node.type === AST_NODE_TYPES.CallExpression && endName(node.callee) === 'require' ? node.arguments[0] : undefined;
  return source?.type === AST_NODE_TYPES.Literal && typeof source.value === 'string' ? source.value : undefined;
}

const collected = new WeakMap<SourceFile, readonly NamedArgument[]>();

/** Every argument of a file's calls that names something, also in lists and objects; collected once. */
function namedArguments(file: SourceFile): readonly NamedArgument[] {
  const known = collected.get(file);
  if (known) return known;
  const found: NamedArgument[] = [];
  for (const call of collectCalls(file)) for (const argument of call.arguments) collect(argument, { call, file, direct: true }, found);
  collected.set(file, found);
  return found;
}

function collect(node: TSESTree.Node, handing: Handing, into: NamedArgument[]): void {
  switch (node.type) {
    case AST_NODE_TYPES.Identifier:
    case AST_NODE_TYPES.MemberExpression:
    case AST_NODE_TYPES.ImportExpression:
      into.push({ ...handing, node });
      return;
    case AST_NODE_TYPES.CallExpression:
      // `controller.login.bind(controller)` is the method still.
      if (node.callee.type === AST_NODE_TYPES.MemberExpression && writtenName(node.callee) === 'bind') collect(node.callee.object, handing, into);
      else if (loadedModule(node) !== undefined) into.push({ ...handing, node });
      return;
    case AST_NODE_TYPES.TSAsExpression:
      collect(node.expression, handing, into);
      return;
    case AST_NODE_TYPES.ArrayExpression:
      for (const element of node.elements) if (element) collect(element, { ...handing, direct: false }, into);
      return;
    case AST_NODE_TYPES.ObjectExpression:
      for (const property of node.properties) if (property.type === AST_NODE_TYPES.Property && !isFunction(property.value)) collect(property.value, { ...handing, direct: false }, into);
      return;
    default:
  }
}
