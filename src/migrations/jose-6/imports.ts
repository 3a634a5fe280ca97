import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { writtenName } from '../../analysis/expressions.ts';
import { quote } from '../../remedies/style.ts';
import { isFreeName, loadsOf, usesOfName, type Load } from '../loads.ts';
import type { Rewriting } from '../rewriting.ts';
import { GONE_TYPES, LEGACY, OLD_MODULES, RENAMED } from './modules.ts';
import { rewriteKeyLike } from './types.ts';

/** One name that a file takes from jose, or (`undefined`) all of them under one name. */
interface Binding {
  readonly local: TSESTree.Identifier;
  readonly exported: string | undefined;
  /** The specifier of an import, or the property of a pattern. */
  readonly place: TSESTree.Node;
}

/** Where a file loads jose, in source order. */
export function joseLoads(rewriting: Rewriting): readonly Load[] {
  return loadsOf(rewriting.file, (specifier) => specifier === 'jose' || specifier.startsWith('jose/'));
}

/** Names of version 6 for what a load takes; a path below `jose` becomes `jose` itself. */
export function rewriteLoad(load: Load, rewriting: Rewriting): void {
  const { specifier } = load;
  const old = specifier === 'jose' ? {} : OLD_MODULES[specifier];
  if (!old) {
    rewriting.refuse(load.node, `Version 6 has nothing for the module \`${specifier}\`.`);
    return;
  }
  const bindings = bindingsOf(load);
  if (!bindings) {
    if (specifier !== 'jose') rewriting.refuse(load.node, 'The module is loaded or replaced here in a way that is not carried over.');
    return;
  }
  if (old.members !== undefined) rewriteMembers(bindings, old.members, rewriting);
  else for (const binding of bindings) rewriteBinding(binding, old.default, specifier === 'jose', rewriting);
  if (specifier !== 'jose') rewriteSpecifier(load, rewriting);
}

function rewriteSpecifier(load: Load, rewriting: Rewriting): void {
  const literal = load.kind === 'import' ? load.node.source : load.kind === 'require' ? load.node.arguments[0] : undefined;
  if (literal) rewriting.replace(literal.range, quote('jose', rewriting.file));
}

function bindingsOf(load: Load): readonly Binding[] | undefined {
  if (load.kind === 'import') {
    return load.node.specifiers.map((place) => ({
      local: place.local, place,
      exported: place.type === AST_NODE_TYPES.ImportNamespaceSpecifier ? undefined : place.type === AST_NODE_TYPES.ImportDefaultSpecifier ? 'default' : place.imported.type === AST_NODE_TYPES.Identifier ? place.imported.name : place.imported.value,
    }));
  }
  const declarator = load.kind === 'require' ? load.node.parent : load.kind === 'other' && load.node.parent?.type === AST_NODE_TYPES.AwaitExpression ? load.node.parent.parent : undefined;
  if (declarator?.type !== AST_NODE_TYPES.VariableDeclarator) return undefined;
  if (declarator.id.type === AST_NODE_TYPES.Identifier) return [{ local: declarator.id, exported: undefined, place: declarator.id }];
  if (declarator.id.type !== AST_NODE_TYPES.ObjectPattern) return undefined;
  const bindings = bindingsOfPattern(declarator.id);
  return bindings.length === declarator.id.properties.length ? bindings : undefined;
}

/** The plain names of a pattern. */
function bindingsOfPattern({ properties }: TSESTree.ObjectPattern): readonly Binding[] {
  return properties.flatMap((place) => (place.type === AST_NODE_TYPES.Property && place.value.type === AST_NODE_TYPES.Identifier ? [{ local: place.value, exported: writtenName(place), place }] : []));
}

function rewriteBinding({ local, exported, place }: Binding, defaultName: string | undefined, isWhole: boolean, rewriting: Rewriting): void {
  if (exported === undefined) {
    rewriteNamespace(local, rewriting);
    return;
  }
  const name = exported === 'default' ? defaultName : RENAMED[exported] ?? exported;
  if (name === undefined) {
    if (!isWhole) rewriting.refuse(place, 'The module has no default export of which version 6 knows the name.');
    return;
  }
  if (isLegacy(local, exported, rewriting)) return;
  if (GONE_TYPES.has(name)) rewriting.refuse(place, `Version 6 has no type \`${name}\`.`);
  else if (name === 'KeyLike') rewriteKeyLike(local, place, rewriting);
  else if (exported === 'default' || name !== exported) writeName(local, exported, name, place, rewriting);
}

/** jose 2 has namespaces of these names; the type `JWK` of later versions is another thing. */
function isLegacy(local: TSESTree.Identifier, exported: string, rewriting: Rewriting): boolean {
  if (!LEGACY.has(exported)) return false;
  const value = usesOfName(local, rewriting.file).find(({ parent }) => parent.type === AST_NODE_TYPES.MemberExpression);
  if (value) rewriting.refuse(value, `\`${exported}\` of jose 2 gives at once what version 6 promises, and its keys are another kind: this is for a person to write.`);
  return value !== undefined;
}

/** An export under another name: the file takes it up where its own name for it was the old one. */
function writeName(local: TSESTree.Identifier, exported: string, name: string, place: TSESTree.Node, rewriting: Rewriting): void {
  const isImport = place.type !== AST_NODE_TYPES.Property;
  const isRenamed = local.name === exported && isFreeName(name, rewriting.file);
  const text = local.name === name || isRenamed ? name : `${name}${isImport ? ' as ' : ': '}${local.name}`;
  if (isRenamed) {
    for (const use of usesOfName(local, rewriting.file)) {
      if (use === local) continue;
      const shorthand = use.parent.type === AST_NODE_TYPES.Property && use.parent.shorthand && use.parent.parent.type === AST_NODE_TYPES.ObjectExpression;
      rewriting.replace(use.range, shorthand ? `${exported}: ${name}` : name);
    }
  }
  const isType = place.type === AST_NODE_TYPES.ImportSpecifier && place.importKind === 'type';
  rewriting.replace(place.range, place.type === AST_NODE_TYPES.ImportDefaultSpecifier ? `{ ${text} }` : `${isType ? 'type ' : ''}${text}`);
}

/** Members of the whole module: `jose.parseJwk`. */
function rewriteNamespace(local: TSESTree.Identifier, rewriting: Rewriting): void {
  for (const { parent } of usesOfName(local, rewriting.file)) {
    if (parent.type === AST_NODE_TYPES.VariableDeclarator && parent.id.type === AST_NODE_TYPES.ObjectPattern) {
      for (const binding of bindingsOfPattern(parent.id)) rewriteBinding(binding, undefined, true, rewriting);
    }
    const name = parent.type === AST_NODE_TYPES.MemberExpression ? writtenName(parent) : parent.type === AST_NODE_TYPES.TSQualifiedName ? parent.right.name : undefined;
    if (name === undefined) continue;
    const property = parent.type === AST_NODE_TYPES.TSQualifiedName ? parent.right : (parent as TSESTree.MemberExpression).property;
    if (LEGACY.has(name) && parent.parent?.type === AST_NODE_TYPES.MemberExpression) rewriting.refuse(parent, `\`${name}\` of jose 2 gives at once what version 6 promises, and its keys are another kind: this is for a person to write.`);
    else if (GONE_TYPES.has(name)) rewriting.refuse(parent, `Version 6 has no type \`${name}\`.`);
    else if (name === 'KeyLike') rewriting.replace(parent.range, `(${rewriting.text(local)}.CryptoKey | ${rewriting.text(local)}.KeyObject)`);
    else if (RENAMED[name] !== undefined) rewriting.replace(property.range, RENAMED[name] ?? name);
  }
}

/** `import { JWTExpired } from 'jose/util/errors'` becomes `import { errors } from 'jose'`, and its uses `errors.JWTExpired`. */
function rewriteMembers(bindings: readonly Binding[], holder: string, rewriting: Rewriting): void {
  const [first] = bindings;
  if (!first) return;
  if (first.exported === undefined || first.exported === 'default') {
    const { name } = first.local;
    const alias = first.place.type === AST_NODE_TYPES.Identifier ? ': ' : ' as ';
    rewriting.replace(first.place.range, name === holder ? `{ ${holder} }` : `{ ${holder}${alias}${name} }`);
    return;
  }
  if (!isFreeName(holder, rewriting.file)) {
    rewriting.refuse(first.place, `The name \`${holder}\` means something else in this file.`);
    return;
  }
  const last = bindings.at(-1) ?? first;
  rewriting.replace([first.place.range[0], last.place.range[1]], holder);
  for (const { local, exported } of bindings) {
    for (const use of usesOfName(local, rewriting.file)) if (use !== local) rewriting.replace(use.range, `${holder}.${exported ?? ''}`);
  }
}
