import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { nodesOf } from './call-nodes.ts';
import { stepInto } from './members.ts';
import { mergeObjects } from './objects.ts';
import { onceFor } from './once-for.ts';
import { asImported, importedMember, importedModule } from './origins.ts';
import type { Reader } from './reader.ts';
import type { SourceFile } from './source-file.ts';
import { type ObjectValue, possibilities, type PropertyEntry, type Provenance, unionOf, unknownValue, type Value } from './value.ts';
import { readVariable, variableOf } from './variables.ts';

/** How a file exports: what is written where. Built once per file. */
interface ExportTable {
  /** Exported name to the expression, declaration or identifier that gives it. */
  readonly named: ReadonlyMap<string, TSESTree.Node>;
  readonly forwarded: ReadonlyMap<string, { readonly source: string; readonly name: string | undefined; readonly node: TSESTree.Node }>;
  readonly stars: readonly { readonly source: string; readonly node: TSESTree.Node }[];
  /** `module.exports = …`, `export = …`, or the expression that a JSON file is. */
  readonly whole: TSESTree.Node | undefined;
  /** `exports.x = …`, `module.exports.x = …`. */
  readonly members: readonly Member[];
  /** More is exported than the rest says: under computed names, in functions, by what `exports` is handed to. */
  readonly open: boolean;
  readonly isModule: boolean;
}

interface Member {
  readonly name: string;
  readonly value: TSESTree.Node;
  readonly node: TSESTree.Node;
}

const tables = new WeakMap<SourceFile, ExportTable>();

/** The namespace of a file of the project, or what `module.exports` is for CommonJS and JSON. */
export function moduleValue(reader: Reader, target: SourceFile, at: Provenance): Value {
  const table = exportsOf(target);
  if (table.isModule) return { kind: 'module', ...at, target };
  return commonJs(reader, target, table, at);
}

/** One exported name of a file of the project; `default` falls back on the whole of a CommonJS file. */
export function exportOf(reader: Reader, target: SourceFile, name: string, at: Provenance): Value {
  return findExport(reader, target, name, at, new Set()) ?? unknownValue(at, `«${name}» is not exported there`);
}

/** `exports.secret` as the file itself reads it: what it puts there. */
export function ownExport(reader: Reader, file: SourceFile, name: string, at: Provenance): Value | undefined {
  const written = exportsOf(file).members.filter((member) => member.name === name).map(({ value }) => reader.evaluate(value, file));
  return written.length > 0 ? unionOf(at, written, 'writes') : undefined;
}

function findExport(reader: Reader, target: SourceFile, name: string, at: Provenance, seen: Set<SourceFile>): Value | undefined {
  if (seen.has(target)) return undefined;
  seen.add(target);
  const table = exportsOf(target);
  if (!table.isModule) return importedMember(reader, asImported(commonJs(reader, target, table, at)), name, at);
  const own = table.named.get(name);
  if (own) return evaluateExported(reader, own, target);
  const forwarded = table.forwarded.get(name);
  if (forwarded) {
    const place = { node: forwarded.node, file: target };
    const module = importedModule(reader, forwarded.source, place);
    return forwarded.name === undefined ? module : module.kind === 'module' ? findExport(reader, module.target, forwarded.name, at, seen) : importedMember(reader, module, forwarded.name, place);
  }
  for (const star of table.stars) {
    const found = findInStar(reader, importedModule(reader, star.source, { node: star.node, file: target }), name, at, seen);
    if (found) return found;
  }
  return undefined;
}

/** `export * from …`, which hands on everything but a default. */
function findInStar(reader: Reader, module: Value, name: string, at: Provenance, seen: Set<SourceFile>): Value | undefined {
  switch (module.kind) {
    case 'module': return findExport(reader, module.target, name, at, seen);
    case 'api': return reader.catalogue.leadsTo(module.library, name) ? stepInto(reader, module, name, at, undefined) : undefined;
    case 'object': return name === 'default' ? undefined : module.entries.get(name)?.value;
    default: return undefined;
  }
}

function evaluateExported(reader: Reader, node: TSESTree.Node, file: SourceFile): Value {
  // A declared name is read at the end of its file, when all its writes have happened.
  const variable = node.type === AST_NODE_TYPES.Identifier ? variableOf(node, file) : undefined;
  return variable ? readVariable(reader, variable, endOf(file), file, undefined) : reader.evaluate(node, file);
}

/** A position behind everything in the file. */
function endOf(file: SourceFile): TSESTree.Node {
  const program = file.sourceCode.ast as TSESTree.Program;
  return program.body.at(-1) ?? program;
}

function commonJs(reader: Reader, target: SourceFile, table: ExportTable, at: Provenance): Value {
  const value = whatIsSeen(reader, target, table, at);
  return table.open ? opened(value, at) : value;
}

/** An object that may hold more than was seen. */
function opened(value: Value, at: Provenance): Value {
  if (value.kind === 'union') return unionOf(at, value.members.map((member) => opened(member, at)), value.how);
  return value.kind === 'object' ? { ...value, open: true, because: value.because ?? 'the file exports more than can be seen' } : value;
}

function whatIsSeen(reader: Reader, target: SourceFile, table: ExportTable, at: Provenance): Value {
  const whole = table.whole && evaluateExported(reader, table.whole, target);
  if (table.members.length === 0) return whole ?? unknownValue(at, 'the file exports nothing that can be seen');
  const entries = new Map<string, PropertyEntry>(table.members.map(({ name, value, node }) => [name, { value: reader.evaluate(value, target), node, file: target, definite: true }]));
  const added: ObjectValue = { kind: 'object', node: table.members[0]?.node ?? at.node, file: target, entries, open: false };
  if (!whole) return added;
  const objects = possibilities(whole).filter((one) => one.kind === 'object');
  return objects.length > 0 ? unionOf(at, objects.map((one) => mergeObjects(added, [one, added])), 'condition') : whole;
}

/** Reads how a file exports, once. */
function exportsOf(file: SourceFile): ExportTable {
  return onceFor(tables, file, () => readExports(file));
}

function readExports(file: SourceFile): ExportTable {
  const named = new Map<string, TSESTree.Node>();
  const forwarded = new Map<string, { source: string; name: string | undefined; node: TSESTree.Node }>();
  const stars: { source: string; node: TSESTree.Node }[] = [];
  const members: Member[] = [];
  const read = new Set<TSESTree.Node>();
  let whole: TSESTree.Node | undefined;
  for (const statement of (file.sourceCode.ast as TSESTree.Program).body) {
    switch (statement.type) {
      case AST_NODE_TYPES.ExportNamedDeclaration:
        for (const specifier of statement.specifiers) {
          const exported = nameOf(specifier.exported);
          if (statement.source) forwarded.set(exported, { source: statement.source.value, name: nameOf(specifier.local), node: specifier });
          else named.set(exported, specifier.local);
        }
        for (const [name, node] of declaredNames(statement.declaration)) named.set(name, node);
        break;
      case AST_NODE_TYPES.ExportDefaultDeclaration:
        named.set('default', statement.declaration);
        break;
      case AST_NODE_TYPES.ExportAllDeclaration:
        if (statement.exported) forwarded.set(nameOf(statement.exported), { source: statement.source.value, name: undefined, node: statement });
        else stars.push({ source: statement.source.value, node: statement });
        break;
      case AST_NODE_TYPES.TSExportAssignment:
        whole = statement.expression;
        break;
      case AST_NODE_TYPES.ExpressionStatement:
        if (file.filename.endsWith('.json')) whole = statement.expression;
        else whole = readAssignment(statement.expression, members, read) ?? whole;
        break;
      case AST_NODE_TYPES.VariableDeclaration:
        // `const config = module.exports = { … }`: what is written to the variable later is exported as well.
        for (const { id, init } of statement.declarations) if (init && readAssignment(init, members, read)) whole = id;
        break;
      default:
    }
  }
  // Imports with `module.exports` happen in compiled or mixed code: what is exported decides.
  const isModule = whole === undefined && named.size + forwarded.size + stars.length > 0;
  return { named, forwarded, stars, whole, members, open: !isModule && nodesOf(file).some((node) => isExports(node) && !read.has(node) && mayExport(node)), isModule };
}

/** Whether what is done with `exports` may put something into it. */
function mayExport(exports: TSESTree.Node): boolean {
  const { parent } = exports;
  switch (parent?.type) {
    case AST_NODE_TYPES.MemberExpression: return parent.object === exports && parent.parent.type === AST_NODE_TYPES.AssignmentExpression && parent.parent.left === parent;
    case AST_NODE_TYPES.AssignmentExpression: return parent.left === exports;
    case AST_NODE_TYPES.CallExpression: {
      const [, name] = parent.arguments;
      return !(name?.type === AST_NODE_TYPES.Literal && name.value === '__esModule');
    }
    default: return parent?.type === AST_NODE_TYPES.VariableDeclarator;
  }
}

/** `module.exports = x`, `exports.name = x` and chains of them; gives the whole if it is assigned. `read` takes up the places that this says all of. */
function readAssignment(expression: TSESTree.Node, members: Member[], read: Set<TSESTree.Node>): TSESTree.Node | undefined {
  if (expression.type === AST_NODE_TYPES.CallExpression) {
    const [target, source] = expression.arguments;
    if (expression.callee.type === AST_NODE_TYPES.MemberExpression && target && source?.type === AST_NODE_TYPES.ObjectExpression && isExports(target)) {
      const named = source.properties.flatMap((property) => (property.type === AST_NODE_TYPES.Property && !property.computed && property.key.type === AST_NODE_TYPES.Identifier ? [{ name: property.key.name, value: property.value, node: property }] : []));
      members.push(...named);
      if (named.length === source.properties.length) read.add(target);
    }
    return undefined;
  }
  if (expression.type !== AST_NODE_TYPES.AssignmentExpression || expression.operator !== '=') return undefined;
  const inner = readAssignment(expression.right, members, read);
  let value = expression.right;
  while (value.type === AST_NODE_TYPES.AssignmentExpression) value = value.right;
  if (isExports(expression.left)) {
    read.add(expression.left);
    return value;
  }
  if (expression.left.type === AST_NODE_TYPES.MemberExpression && isExports(expression.left.object)) {
    const name = expression.left.property.type === AST_NODE_TYPES.Identifier && !expression.left.computed ? expression.left.property.name : 'value' in expression.left.property ? String(expression.left.property.value) : undefined;
    if (name === undefined) return inner;
    read.add(expression.left.object);
    // `exports.a = exports.b = void 0` at the head of compiled code only declares the names.
    if (!(value.type === AST_NODE_TYPES.UnaryExpression && value.operator === 'void')) members.push({ name, value, node: expression });
  }
  return inner;
}

function isExports(node: TSESTree.Node): boolean {
  if (node.type === AST_NODE_TYPES.Identifier) return node.name === 'exports';
  return node.type === AST_NODE_TYPES.MemberExpression && !node.computed && node.object.type === AST_NODE_TYPES.Identifier && node.object.name === 'module' && node.property.type === AST_NODE_TYPES.Identifier && node.property.name === 'exports';
}

function nameOf(node: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return node.type === AST_NODE_TYPES.Identifier ? node.name : node.value;
}

function declaredNames(declaration: TSESTree.Node | null): readonly (readonly [string, TSESTree.Node])[] {
  switch (declaration?.type) {
    case AST_NODE_TYPES.VariableDeclaration: return declaration.declarations.flatMap(({ id }) => patternNames(id));
    case AST_NODE_TYPES.FunctionDeclaration:
    case AST_NODE_TYPES.ClassDeclaration: return declaration.id ? [[declaration.id.name, declaration]] : [];
    case AST_NODE_TYPES.TSEnumDeclaration: return [[declaration.id.name, declaration.id]];
    default: return [];
  }
}

function patternNames(pattern: TSESTree.Node): readonly (readonly [string, TSESTree.Node])[] {
  switch (pattern.type) {
    case AST_NODE_TYPES.Identifier: return [[pattern.name, pattern]];
    case AST_NODE_TYPES.ObjectPattern: return pattern.properties.flatMap((property) => patternNames(property.type === AST_NODE_TYPES.RestElement ? property.argument : property.value));
    case AST_NODE_TYPES.ArrayPattern: return pattern.elements.flatMap((element) => (element ? patternNames(element) : []));
    case AST_NODE_TYPES.AssignmentPattern: return patternNames(pattern.left);
    default: return [];
  }
}
