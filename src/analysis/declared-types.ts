import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { readSourceFile, resolveLocal } from './modules.ts';
import type { SourceFile } from './source-file.ts';
import type { ParameterValue } from './value.ts';
import { annotationOf, variableOf } from './variables.ts';

/** Aliases of aliases are followed this deep. */
const MAX_DEPTH = 6;
/** Types that hold what their argument holds. */
const TRANSPARENT = new Set(['Partial', 'Required', 'Readonly']);

/**
 * Whether an argument for this parameter may have a property, judged by the parameter's written type. Only a type that
 * lists its properties and leaves no room for others (`{ id: string }`, an interface of the project) says no.
 */
export function mayHold({ owner, index, path, file }: ParameterValue, property: string): boolean {
  const parameter = owner.params[index];
  const type = path.length === 0 && parameter ? annotationOf(parameter) : undefined;
  const names = type && propertiesOf(type, file, 0);
  return names === undefined || names.has(property);
}

type Names = ReadonlySet<string>;

/** The names that a type lists; undefined where it leaves room for others or cannot be seen. */
function propertiesOf(type: TSESTree.TypeNode, file: SourceFile, depth: number): Names | undefined {
  if (depth > MAX_DEPTH) return undefined;
  switch (type.type) {
    case AST_NODE_TYPES.TSStringKeyword:
    case AST_NODE_TYPES.TSNumberKeyword:
    case AST_NODE_TYPES.TSUndefinedKeyword:
    case AST_NODE_TYPES.TSNullKeyword: return new Set();
    case AST_NODE_TYPES.TSTypeLiteral: return membersOf(type.members);
    case AST_NODE_TYPES.TSIntersectionType:
    case AST_NODE_TYPES.TSUnionType: return together(type.types.map((one) => propertiesOf(one, file, depth + 1)));
    case AST_NODE_TYPES.TSTypeReference: return referenced(type, file, depth);
    default: return undefined;
  }
}

function referenced({ typeName, typeArguments }: TSESTree.TSTypeReference, file: SourceFile, depth: number): Names | undefined {
  if (typeName.type !== AST_NODE_TYPES.Identifier) return undefined;
  const [first, second] = typeArguments?.params ?? [];
  if (first && TRANSPARENT.has(typeName.name)) return propertiesOf(first, file, depth + 1);
  if (second && typeName.name === 'Pick') return literalsOf(second);
  return declared(typeName, file, depth);
}

/** An interface or an alias without generics, declared in this file or in one that it imports from. */
function declared(name: TSESTree.Identifier, file: SourceFile, depth: number): Names | undefined {
  const definitions = variableOf(name, file)?.defs ?? [];
  if (definitions.length === 0) return undefined;
  return together(definitions.map((definition) => {
    const node = definition.node as TSESTree.Node;
    return node.type === AST_NODE_TYPES.ImportSpecifier ? imported(node, file, depth) : declaration(node, file, depth);
  }));
}

function imported(specifier: TSESTree.ImportSpecifier, file: SourceFile, depth: number): Names | undefined {
  const { parent } = specifier;
  const path = parent.type === AST_NODE_TYPES.ImportDeclaration ? resolveLocal(parent.source.value, file.filename) : undefined;
  const module = path === undefined ? undefined : readSourceFile(path);
  const name = specifier.imported.type === AST_NODE_TYPES.Identifier ? specifier.imported.name : specifier.imported.value;
  if (!module) return undefined;
  for (const statement of module.sourceCode.ast.body as readonly TSESTree.ProgramStatement[]) {
    const node = statement.type === AST_NODE_TYPES.ExportNamedDeclaration ? statement.declaration : statement;
    if (node && 'id' in node && node.id?.type === AST_NODE_TYPES.Identifier && node.id.name === name) return declaration(node, module, depth + 1);
  }
  return undefined;
}

function declaration(node: TSESTree.Node, file: SourceFile, depth: number): Names | undefined {
  if (node.type === AST_NODE_TYPES.TSTypeAliasDeclaration) return node.typeParameters ? undefined : propertiesOf(node.typeAnnotation, file, depth + 1);
  if (node.type !== AST_NODE_TYPES.TSInterfaceDeclaration || node.typeParameters) return undefined;
  const inherited = node.extends.map(({ expression, typeArguments }) => (expression.type === AST_NODE_TYPES.Identifier && !typeArguments ? declared(expression, file, depth + 1) : undefined));
  return together([membersOf(node.body.body), ...inherited]);
}

function membersOf(members: readonly TSESTree.TypeElement[]): Names | undefined {
  const names = new Set<string>();
  for (const member of members) {
    if (member.type !== AST_NODE_TYPES.TSPropertySignature && member.type !== AST_NODE_TYPES.TSMethodSignature) return undefined;
    if (member.key.type === AST_NODE_TYPES.Identifier && !member.computed) names.add(member.key.name);
    else if (member.key.type === AST_NODE_TYPES.Literal) names.add(String(member.key.value));
    else return undefined;
  }
  return names;
}

function literalsOf(type: TSESTree.TypeNode): Names | undefined {
  if (type.type === AST_NODE_TYPES.TSUnionType) return together(type.types.map(literalsOf));
  return type.type === AST_NODE_TYPES.TSLiteralType && type.literal.type === AST_NODE_TYPES.Literal ? new Set([String(type.literal.value)]) : undefined;
}

function together(all: readonly (Names | undefined)[]): Names | undefined {
  const names = new Set<string>();
  for (const one of all) {
    if (!one) return undefined;
    for (const name of one) names.add(name);
  }
  return names;
}
