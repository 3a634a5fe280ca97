import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { writtenName } from '../../analysis/expressions.ts';
import { isFreeName, loadsOf, usesOfName, type Load } from '../loads.ts';
import type { Rewriting } from '../rewriting.ts';

/** Types of the old declarations, and what they are called in those of version 8. */
const TYPES: Readonly<Record<string, string>> = {
  Options: 'Params', SecretCallback: 'GetVerificationKey', SecretCallbackLong: 'GetVerificationKey', IsRevokedCallback: 'IsRevoked', GetTokenCallback: 'TokenGetter', UnauthorizedError: 'UnauthorizedError',
};

/** Where a file loads express-jwt in the way of version 6 and before: the module itself is the function. */
export interface OldLoad {
  readonly load: Load;
  /** The name of the function in the file; undefined where the `require` is called itself. */
  readonly binding: TSESTree.Identifier | undefined;
  /** The expressions that are that function. */
  readonly uses: readonly TSESTree.Node[];
}

/** The loads that have to change, in source order. */
export function oldLoadsOf(rewriting: Rewriting): readonly OldLoad[] {
  return loadsOf(rewriting.file, (specifier) => specifier === 'express-jwt').flatMap((load): OldLoad[] => {
    const binding = bindingOf(load, rewriting);
    if (binding === 'none') return [];
    if (!binding) return [{ load, binding, uses: [load.node] }];
    const uses = usesOfName(binding, rewriting.file);
    // A namespace or default whose member `expressjwt` is called is the new module already.
    if (uses.some(({ parent }) => parent.type === AST_NODE_TYPES.MemberExpression && writtenName(parent) === 'expressjwt')) return [];
    if (binding.parent.type === AST_NODE_TYPES.ImportNamespaceSpecifier && !uses.some(({ parent }) => parent.type === AST_NODE_TYPES.CallExpression)) return [];
    return [{ load, binding, uses }];
  });
}

/** The name that a load gives the module, `undefined` where the expression itself is used, `none` where only named exports are taken. */
function bindingOf(load: Load, rewriting: Rewriting): TSESTree.Identifier | 'none' | undefined {
  switch (load.kind) {
    case 'import': {
      const whole = load.node.specifiers.find((one) => one.type !== AST_NODE_TYPES.ImportSpecifier || (one.imported.type === AST_NODE_TYPES.Identifier && one.imported.name === 'default'));
      return whole?.local ?? 'none';
    }
    case 'import-equals': return load.node.id;
    case 'require': return bindingOfRequire(load.node, rewriting);
    case 'other': return bindingOfOther(load.node, rewriting);
  }
}

function bindingOfRequire(call: TSESTree.CallExpression, rewriting: Rewriting): TSESTree.Identifier | 'none' | undefined {
  const { parent } = call;
  if (parent.type === AST_NODE_TYPES.VariableDeclarator) return parent.id.type === AST_NODE_TYPES.Identifier ? parent.id : 'none';
  if (parent.type === AST_NODE_TYPES.CallExpression && parent.callee === call) return undefined;
  if (parent.type === AST_NODE_TYPES.ExpressionStatement) return 'none';
  if (parent.type === AST_NODE_TYPES.MemberExpression && parent.object === call) return 'none';
  rewriting.refuse(call, 'The function of express-jwt is handed on from here, so that its calls are not seen.');
  return 'none';
}

function bindingOfOther(node: TSESTree.Node, rewriting: Rewriting): 'none' {
  const declarator = node.parent?.type === AST_NODE_TYPES.AwaitExpression ? node.parent.parent : undefined;
  const takesNames = declarator?.type === AST_NODE_TYPES.VariableDeclarator && declarator.id.type === AST_NODE_TYPES.ObjectPattern && declarator.id.properties.every((property) => property.type === AST_NODE_TYPES.Property && writtenName(property) !== 'default');
  const forwardsNames = node.type === AST_NODE_TYPES.ExportNamedDeclaration && node.specifiers.every(({ local }) => local.type === AST_NODE_TYPES.Identifier && local.name !== 'default');
  if (!takesNames && !forwardsNames) rewriting.refuse(node, 'The module of express-jwt is loaded or replaced here in a way that is not carried over.');
  return 'none';
}

/** Takes the function as the named export `expressjwt`, under the name that the file has for it; `types` are imported besides. */
export function rewriteLoad({ load, binding, uses }: OldLoad, types: readonly string[], rewriting: Rewriting): void {
  if (!binding) {
    rewriting.insert(load.node.range[1], '.expressjwt');
    return;
  }
  const named = new Set<string>();
  let isCalled = uses.length === 0;
  for (const use of uses) {
    const { parent } = use;
    if (parent?.type === AST_NODE_TYPES.CallExpression && parent.callee === use) isCalled = true;
    else if (parent?.type === AST_NODE_TYPES.TSTypeQuery) isCalled = true;
    else if (parent?.type === AST_NODE_TYPES.MemberExpression && parent.object === use && writtenName(parent) === 'UnauthorizedError') nameExport(parent, 'UnauthorizedError', named, rewriting);
    else if (parent?.type === AST_NODE_TYPES.TSQualifiedName && TYPES[parent.right.name] !== undefined) nameType(parent, TYPES[parent.right.name] ?? '', named, rewriting);
    else rewriting.refuse(use, 'The function of express-jwt is handed on from here, so that its calls are not seen.');
  }
  const isCommonJs = load.kind === 'require';
  const alias = isCommonJs ? ': ' : ' as ';
  const function_ = binding.name === 'expressjwt' ? 'expressjwt' : `expressjwt${alias}${binding.name}`;
  const known = load.kind === 'import' ? load.node.specifiers.flatMap((one) => (one.local === binding ? [] : [rewriting.text(one)])) : [];
  const names = [...(isCalled ? [function_] : []), ...known, ...[...named].filter((name) => !known.includes(name)), ...types];
  writeNames(load, binding, `{ ${names.join(', ')} }`, rewriting);
}

function nameExport(place: TSESTree.Node, name: string, named: Set<string>, rewriting: Rewriting): void {
  if (!isFreeName(name, rewriting.file) && !isImportedHere(name, rewriting)) rewriting.refuse(place, `The name \`${name}\` means something else in this file.`);
  named.add(name);
  rewriting.replace(place.range, name);
}

function nameType(place: TSESTree.Node, name: string, named: Set<string>, rewriting: Rewriting): void {
  nameExport(place, name, named, rewriting);
  if (name === 'UnauthorizedError') return;
  named.delete(name);
  named.add(`type ${name}`);
}

function isImportedHere(name: string, { file }: Rewriting): boolean {
  return loadsOf(file, (specifier) => specifier === 'express-jwt').some((load) => load.kind === 'import' && load.node.specifiers.some(({ local }) => local.name === name));
}

function writeNames(load: Load, binding: TSESTree.Identifier, names: string, rewriting: Rewriting): void {
  const { sourceCode } = rewriting.file;
  if (load.kind === 'require') {
    rewriting.replace(binding.range, names);
  } else if (load.kind === 'import-equals') {
    const end = sourceCode.getLastToken(load.node as never)?.value === ';' ? load.node.range[1] - 1 : load.node.range[1];
    rewriting.replace([load.node.range[0], end], `import ${names} from ${rewriting.text((load.node.moduleReference as TSESTree.TSExternalModuleReference).expression)}`);
  } else if (load.kind === 'import') {
    const from = sourceCode.getTokenBefore(load.node.source as never);
    const last = from && sourceCode.getTokenBefore(from);
    const first = sourceCode.getFirstToken(load.node as never, load.node.importKind === 'type' ? 2 : 1);
    if (first && last) rewriting.replace([first.range[0], last.range[1]], names);
  }
}
