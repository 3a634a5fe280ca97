import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { type AnyCall, collectDynamicImports } from './call-nodes.ts';
import { calledName } from './expressions.ts';
import { isFunction } from './order.ts';
import { mayLeadToLibrary } from './prefilter.ts';
import type { Reader } from './reader.ts';
import type { SourceFile } from './source-file.ts';
import { variableOf } from './variables.ts';

const relevances = new WeakMap<Reader, WeakMap<SourceFile, Relevance>>();

/**
 * Whether a call can have to do with a library at all. It has when it names something that comes, by whatever way, from
 * an import that leads to a library. Reading values is dear and most calls of a file are about something else.
 */
export function isRelevantCall(reader: Reader, call: AnyCall, file: SourceFile): boolean {
  const known = relevances.get(reader) ?? new WeakMap<SourceFile, Relevance>();
  relevances.set(reader, known);
  const relevance = known.get(file) ?? new Relevance(reader, file);
  known.set(file, relevance);
  return relevance.of(call);
}

const MUTATORS = new Set(['push', 'unshift', 'splice', 'set', 'add']);
const MERGERS = new Set(['assign', 'extend', 'merge', 'defaults', 'defineProperty', 'defineProperties']);
/** Names under which a module or the whole program is reached. */
const SHARED = new Set(['module', 'exports', 'globalThis', 'global', 'window', 'self']);

/** The nodes of a file that hold a reference to something from a library, and the variables through which it travels. */
class Relevance {
  readonly #file: SourceFile;
  readonly #decorated: RegExp;
  readonly #marked = new Set<TSESTree.Node>();
  readonly #variables = new Set<TSESLint.Scope.Variable>();

  constructor(reader: Reader, file: SourceFile) {
    this.#file = file;
    this.#decorated = reader.catalogue.decorated;
    const leads = new Map<string, boolean>();
    const leadsToLibrary = (specifier: string): boolean => {
      const known = leads.get(specifier) ?? mayLeadToLibrary(specifier, file.filename, reader.catalogue, reader.settings);
      leads.set(specifier, known);
      return known;
    };
    const mentions = reader.catalogue.mention.test(file.sourceCode.text);
    for (const statement of file.sourceCode.ast.body as readonly TSESTree.ProgramStatement[]) {
      const specifier = importedFrom(statement);
      if (specifier !== undefined && leadsToLibrary(specifier)) for (const variable of this.#declaredBy(statement)) this.#spread(variable);
    }
    for (const { node, source } of collectDynamicImports(file)) if (typeof source === 'string' ? leadsToLibrary(source) : mentions) this.#mark(node);
  }

  of(call: AnyCall): boolean {
    if (this.#marked.has(call)) return true;
    const root = rootOf(call.callee);
    if (root.type === AST_NODE_TYPES.ThisExpression || root.type === AST_NODE_TYPES.Super) return this.#standsInMarked(root);
    if (root.type !== AST_NODE_TYPES.Identifier) return false;
    // A framework hands its objects to functions of files that import nothing.
    return (SHARED.has(root.name) && this.#marked.size > 0) || this.#decorated.test(calledName(call));
  }

  /** `this` belongs to a class or an object around it; whatever that holds can be reached through it. */
  #standsInMarked(node: TSESTree.Node): boolean {
    for (let current = node.parent; current; current = current.parent) {
      const holds = current.type === AST_NODE_TYPES.ClassDeclaration || current.type === AST_NODE_TYPES.ClassExpression || current.type === AST_NODE_TYPES.ObjectExpression || current.type === AST_NODE_TYPES.FunctionDeclaration || current.type === AST_NODE_TYPES.FunctionExpression;
      if (holds && this.#marked.has(current)) return true;
    }
    return false;
  }

  #declaredBy(node: TSESTree.Node): readonly TSESLint.Scope.Variable[] {
    return (this.#file.sourceCode.scopeManager?.getDeclaredVariables(node as never) ?? []) as unknown as readonly TSESLint.Scope.Variable[];
  }

  #spread(variable: TSESLint.Scope.Variable | undefined): void {
    if (!variable || this.#variables.has(variable)) return;
    this.#variables.add(variable);
    for (const definition of variable.defs) {
      const node = definition.node as TSESTree.Node;
      if (node.type === AST_NODE_TYPES.ClassDeclaration || node.type === AST_NODE_TYPES.ClassExpression) this.#mark(node);
    }
    for (const { identifier } of variable.references) this.#mark(identifier as TSESTree.Node);
  }

  /** Everything around a reference holds it; what is declared, assigned or filled there is a way for it to travel on. */
  #mark(from: TSESTree.Node): void {
    for (let node: TSESTree.Node | undefined = from, child: TSESTree.Node | undefined; node; child = node, node = node.parent) {
      const before = this.#marked.has(node);
      this.#marked.add(node);
      // A function that is marked already may hold it through one parameter and now through another.
      this.#travel(node, child);
      if (before) return;
    }
  }

  #travel(node: TSESTree.Node, child: TSESTree.Node | undefined): void {
    switch (node.type) {
      case AST_NODE_TYPES.VariableDeclarator:
      case AST_NODE_TYPES.ClassDeclaration:
      case AST_NODE_TYPES.ClassExpression:
      case AST_NODE_TYPES.TSEnumDeclaration:
      case AST_NODE_TYPES.TSImportEqualsDeclaration:
        for (const variable of this.#declaredBy(node)) this.#spread(variable);
        return;
      case AST_NODE_TYPES.ForOfStatement:
        for (const variable of this.#declaredBy(node.left)) this.#spread(variable);
        return;
      case AST_NODE_TYPES.AssignmentExpression:
        this.#spreadTargets(node.left);
        return;
      case AST_NODE_TYPES.FunctionDeclaration:
      case AST_NODE_TYPES.FunctionExpression:
      case AST_NODE_TYPES.ArrowFunctionExpression:
        if (node.id) this.#spread(variableOf(node.id, this.#file));
        // A default or a type annotation says what the parameter is.
        if (child && node.params.includes(child as TSESTree.Parameter)) this.#spreadTargets(child);
        return;
      case AST_NODE_TYPES.CallExpression:
      case AST_NODE_TYPES.NewExpression:
        this.#travelThroughCall(node);
        return;
      default:
    }
  }

  #travelThroughCall(call: AnyCall): void {
    for (const argument of call.arguments) this.#spreadParameters(argument);
    if (call.callee.type !== AST_NODE_TYPES.MemberExpression || call.callee.property.type !== AST_NODE_TYPES.Identifier) return;
    const { name } = call.callee.property;
    if (MUTATORS.has(name)) this.#spreadTargets(call.callee.object);
    if (MERGERS.has(name) && call.arguments[0]) this.#spreadTargets(call.arguments[0]);
  }

  /** A function that is handed to something of a library is given something of it. */
  #spreadParameters(argument: TSESTree.Node): void {
    if (isFunction(argument)) {
      for (const parameter of argument.params) this.#spreadTargets(parameter);
    } else if (argument.type === AST_NODE_TYPES.ObjectExpression) {
      for (const property of argument.properties) if (property.type === AST_NODE_TYPES.Property) this.#spreadParameters(property.value);
    } else if (argument.type === AST_NODE_TYPES.ArrayExpression) {
      for (const element of argument.elements) if (element) this.#spreadParameters(element);
    } else if (argument.type === AST_NODE_TYPES.TSAsExpression) {
      this.#spreadParameters(argument.expression);
    } else if (argument.type === AST_NODE_TYPES.Identifier) {
      const handler = variableOf(argument, this.#file)?.defs[0]?.node as TSESTree.Node | undefined;
      const named = handler?.type === AST_NODE_TYPES.VariableDeclarator ? handler.init : handler;
      if (named && isFunction(named)) this.#spreadParameters(named);
    }
  }

  /** Variables that a pattern binds or that an assigned member belongs to. */
  #spreadTargets(target: TSESTree.Node): void {
    switch (target.type) {
      case AST_NODE_TYPES.Identifier:
        this.#spread(variableOf(target, this.#file));
        return;
      case AST_NODE_TYPES.ObjectPattern:
        for (const property of target.properties) this.#spreadTargets(property.type === AST_NODE_TYPES.Property ? property.value : property.argument);
        return;
      case AST_NODE_TYPES.ArrayPattern:
        for (const element of target.elements) if (element) this.#spreadTargets(element);
        return;
      case AST_NODE_TYPES.AssignmentPattern:
        this.#spreadTargets(target.left);
        return;
      case AST_NODE_TYPES.RestElement:
        this.#spreadTargets(target.argument);
        return;
      case AST_NODE_TYPES.TSParameterProperty:
        this.#spreadTargets(target.parameter);
        return;
      default: {
        const root = rootOf(target);
        if (root !== target) this.#spreadTargets(root);
      }
    }
  }
}

/** The module that a statement imports from, `undefined` where it imports nothing that is named. */
function importedFrom(statement: TSESTree.ProgramStatement): string | undefined {
  if (statement.type === AST_NODE_TYPES.ImportDeclaration) return statement.source.value;
  if (statement.type !== AST_NODE_TYPES.TSImportEqualsDeclaration) return undefined;
  const { moduleReference } = statement;
  return moduleReference.type === AST_NODE_TYPES.TSExternalModuleReference && moduleReference.expression.type === AST_NODE_TYPES.Literal ? String(moduleReference.expression.value) : undefined;
}

/** What a chain of members, calls, constructions, casts and awaits starts with. */
function rootOf(node: TSESTree.Node): TSESTree.Node {
  switch (node.type) {
    case AST_NODE_TYPES.MemberExpression: return rootOf(node.object);
    case AST_NODE_TYPES.CallExpression:
    case AST_NODE_TYPES.NewExpression: return rootOf(node.callee);
    case AST_NODE_TYPES.ChainExpression:
    case AST_NODE_TYPES.TSAsExpression:
    case AST_NODE_TYPES.TSNonNullExpression:
    case AST_NODE_TYPES.TSSatisfiesExpression:
    case AST_NODE_TYPES.TSTypeAssertion: return rootOf(node.expression);
    case AST_NODE_TYPES.AwaitExpression: return rootOf(node.argument);
    default: return node;
  }
}
