import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { writtenName } from '../../analysis/expressions.ts';
import { removeElement } from '../../remedies/properties.ts';
import { indentationOf, lineBreak, quote } from '../../remedies/style.ts';
import { loadsOf, usesOfName, type Load } from '../loads.ts';
import type { Rewriting } from '../rewriting.ts';
import { isErrorClass, rewriteErrorClass } from './errors.ts';
import type { NeededNames } from './names.ts';

/** What a name of a file stands for: an export of jsonwebtoken, or (`undefined`) all of them. */
interface Binding {
  readonly identifier: TSESTree.Identifier;
  readonly exported: string | undefined;
}

const PACKAGE = 'jsonwebtoken';

/** Where a file loads jsonwebtoken, in source order. */
export function jsonwebtokenLoads(rewriting: Rewriting): readonly Load[] {
  return loadsOf(rewriting.file, (specifier) => specifier === PACKAGE);
}

/** Looks at every use of what a load gives: calls are carried over elsewhere, classes and types here, anything else is refused. */
export function rewriteUses(load: Load, calls: ReadonlySet<TSESTree.Node>, names: NeededNames, rewriting: Rewriting): void {
  const bindings = bindingsOf(load);
  if (typeof bindings === 'string') {
    rewriting.refuse(load.node, bindings);
    return;
  }
  for (const { identifier, exported } of bindings) {
    for (const use of usesOfName(identifier, rewriting.file)) rewriteUse(use, exported, calls, names, rewriting);
  }
}

function bindingsOf(load: Load): readonly Binding[] | string {
  const elsewhere = 'The package is loaded, replaced or handed on here in a way that is not carried over.';
  switch (load.kind) {
    case 'import':
      return load.node.specifiers.map((specifier) => {
        const name = specifier.type === AST_NODE_TYPES.ImportSpecifier ? (specifier.imported.type === AST_NODE_TYPES.Identifier ? specifier.imported.name : specifier.imported.value) : 'default';
        return { identifier: specifier.local, exported: name === 'default' ? undefined : name };
      });
    case 'import-equals': return [{ identifier: load.node.id, exported: undefined }];
    case 'require': {
      const { parent } = load.node;
      if (parent.type !== AST_NODE_TYPES.VariableDeclarator) return elsewhere;
      if (parent.id.type === AST_NODE_TYPES.Identifier) return [{ identifier: parent.id, exported: undefined }];
      if (parent.id.type !== AST_NODE_TYPES.ObjectPattern) return elsewhere;
      return bindingsOfPattern(parent.id) ?? elsewhere;
    }
    case 'other': return elsewhere;
  }
}

function rewriteUse(use: TSESTree.Identifier, exported: string | undefined, calls: ReadonlySet<TSESTree.Node>, names: NeededNames, rewriting: Rewriting): void {
  const { parent } = use;
  const isMember = exported === undefined && parent.type === AST_NODE_TYPES.MemberExpression && parent.object === use;
  const isTypeMember = exported === undefined && parent.type === AST_NODE_TYPES.TSQualifiedName && parent.left === use;
  const place: TSESTree.Node = isMember || isTypeMember ? parent : use;
  const name = exported ?? (isMember ? writtenName(parent) : isTypeMember ? parent.right.name : undefined);
  if (exported === undefined && isTakenApart(use, calls, names, rewriting)) return;
  if (calls.has(place.parent as TSESTree.Node) && (place.parent as TSESTree.CallExpression).callee === place) return;
  if (name === 'JwtPayload') names.useOldPayload(place, rewriting);
  else if (isErrorClass(name) && place.parent?.type !== AST_NODE_TYPES.TSTypeReference) rewriteErrorClass(place, name, names, rewriting);
  else if (isOptionsAnnotation(place, name)) removeAnnotation(place, rewriting);
  else if (isErrorParameter(place, name, rewriting)) return;
  else if (isPromisified(place, calls, rewriting)) return;
  else rewriting.refuse(place, `\`${rewriting.text(place)}\` is used in a way that is not carried over.`);
}

/** `const { sign } = jwt`: each name is looked at as if it had been imported, and the declaration goes. */
function isTakenApart(use: TSESTree.Identifier, calls: ReadonlySet<TSESTree.Node>, names: NeededNames, rewriting: Rewriting): boolean {
  const declarator = use.parent;
  if (declarator.type !== AST_NODE_TYPES.VariableDeclarator || declarator.init !== use || declarator.id.type !== AST_NODE_TYPES.ObjectPattern || declarator.parent.declarations.length !== 1 || declarator.parent.parent.type === AST_NODE_TYPES.ExportNamedDeclaration) return false;
  const bindings = bindingsOfPattern(declarator.id);
  if (!bindings) return false;
  for (const { identifier, exported } of bindings) for (const one of usesOfName(identifier, rewriting.file)) if (one !== identifier) rewriteUse(one, exported, calls, names, rewriting);
  rewriting.removeStatement(declarator.parent);
  return true;
}

/** The names of a pattern, where it holds nothing but names. */
function bindingsOfPattern({ properties }: TSESTree.ObjectPattern): readonly Binding[] | undefined {
  const bindings = properties.map((property): Binding | undefined => (property.type === AST_NODE_TYPES.Property && property.value.type === AST_NODE_TYPES.Identifier ? { identifier: property.value, exported: writtenName(property) } : undefined));
  return bindings.every((binding) => binding !== undefined) ? bindings : undefined;
}

/** `const options: SignOptions = …`: jose's own types are looked at where the options are used. */
function isOptionsAnnotation(place: TSESTree.Node, name: string | undefined): boolean {
  const annotation = place.parent?.parent;
  return (name === 'SignOptions' || name === 'VerifyOptions') && annotation?.type === AST_NODE_TYPES.TSTypeAnnotation && annotation.parent.parent?.type === AST_NODE_TYPES.VariableDeclarator;
}

function removeAnnotation(place: TSESTree.Node, rewriting: Rewriting): void {
  const annotation = place.parent?.parent;
  if (annotation) rewriting.replace(annotation.range, '');
}

/** The type of an error that a callback is given, which goes with the callback. */
function isErrorParameter(place: TSESTree.Node, name: string | undefined, rewriting: Rewriting): boolean {
  if (name !== 'VerifyErrors' && !isErrorClass(name)) return false;
  for (let node: TSESTree.Node | undefined = place; node; node = node.parent) {
    if (node.type === AST_NODE_TYPES.TSTypeAnnotation) return rewriting.isDropped(node);
  }
  return false;
}

/** `const verify = promisify(jwt.verify)`: the declaration goes, its calls are carried over. */
function isPromisified(place: TSESTree.Node, calls: ReadonlySet<TSESTree.Node>, rewriting: Rewriting): boolean {
  const call = place.parent;
  if (call?.type !== AST_NODE_TYPES.CallExpression || call.arguments[0] !== place || call.arguments.length !== 1) return false;
  if (calls.has(call.parent) && (call.parent as TSESTree.CallExpression).callee === call) return true;
  const declarator = call.parent;
  if (declarator.type !== AST_NODE_TYPES.VariableDeclarator || declarator.id.type !== AST_NODE_TYPES.Identifier || declarator.parent.declarations.length !== 1 || declarator.parent.parent.type === AST_NODE_TYPES.ExportNamedDeclaration) return false;
  const isEachCarried = usesOfName(declarator.id, rewriting.file).every((use) => use === declarator.id || (calls.has(use.parent) && (use.parent as TSESTree.CallExpression).callee === use));
  if (!isEachCarried) return false;
  rewriting.removeStatement(declarator.parent);
  return true;
}

/** Takes `promisify` out of the imports, where nothing is left that uses it. */
export function dropUnusedImports(rewriting: Rewriting): void {
  for (const load of loadsOf(rewriting.file, (specifier) => /^(?:node:)?util$/.test(specifier))) {
    const pattern = load.kind === 'require' && load.node.parent.type === AST_NODE_TYPES.VariableDeclarator && load.node.parent.parent.declarations.length === 1 ? load.node.parent : undefined;
    const names = load.kind === 'import' ? load.node.specifiers.map(({ local }) => local) : pattern?.id.type === AST_NODE_TYPES.Identifier ? [pattern.id] : pattern?.id.type === AST_NODE_TYPES.ObjectPattern ? pattern.id.properties.flatMap((property) => (property.type === AST_NODE_TYPES.Property && property.value.type === AST_NODE_TYPES.Identifier ? [property.value] : [])) : [];
    const unused = names.filter((name) => {
      const uses = usesOfName(name, rewriting.file);
      return uses.length > 0 && uses.every((use) => use === name || rewriting.isDropped(use));
    });
    if (unused.length === 0) continue;
    if (unused.length === names.length) rewriting.removeStatement(pattern ? pattern.parent : load.node);
    else for (const name of unused) if (name.parent.type === AST_NODE_TYPES.ImportSpecifier || name.parent.type === AST_NODE_TYPES.Property) rewriting.add([removeElement(name.parent, rewriting.file)]);
  }
}

/** Loads what the file needs of jose, and of `node:crypto`, where it loaded jsonwebtoken. */
export function rewriteLoad(load: Load, takesNames: boolean, names: NeededNames, rewriting: Rewriting): void {
  const { file } = rewriting;
  const isCommonJs = load.kind === 'require';
  const statement = load.kind === 'require' ? load.node.parent.parent as TSESTree.VariableDeclaration : load.node;
  const isShared = isCommonJs && (statement as TSESTree.VariableDeclaration).declarations.length !== 1;
  const modules = takesNames ? ['jose', 'node:crypto'].filter((module) => names.list(module, isCommonJs) !== '') : [];
  if (isShared && load.kind === 'require') {
    if (modules.length === 0) rewriting.refuse(load.node, 'The package is loaded in one declaration with other things.');
    rewriting.replace(load.node.parent.range, modules.map((module) => `{ ${names.list(module, true)} } = require(${quote(module, file)})`).join(', '));
    return;
  }
  if (modules.length === 0) {
    rewriting.removeStatement(statement);
    return;
  }
  const semicolon = file.sourceCode.getLastToken(statement as never)?.value === ';' ? ';' : '';
  const keyword = isCommonJs ? (statement as TSESTree.VariableDeclaration).kind : '';
  const lines = modules.map((module) => (isCommonJs
    ? `${keyword} { ${names.list(module, true)} } = require(${quote(module, file)})${semicolon}`
    : `import { ${names.list(module, false)} } from ${quote(module, file)}${semicolon}`));
  rewriting.replace(statement.range, [...lines, ...names.declarations(isCommonJs).map((line) => `${line}${semicolon}`)].join(`${lineBreak(file)}${indentationOf(statement, file)}`));
}
