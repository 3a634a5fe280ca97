import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { ProjectFunction } from '../../analysis/value.ts';
import { removeElement } from '../../remedies/properties.ts';
import { isFreeName, isTypeScript, loadsOf, usesOfName } from '../loads.ts';
import type { Rewriting } from '../rewriting.ts';
import { isHandler, type ClaimRead } from './request-claims.ts';

const TYPE = 'JWTRequest';

/** What has to change in the types of handlers whose request then has `auth`. */
export interface RequestTypes {
  /** Names to import from express-jwt. */
  readonly imports: readonly string[];
  apply(rewriting: Rewriting): void;
}

/**
 * Gives the requests of handlers the type that has `auth`; `undefined` where a type of the project's own says what a
 * request has, which then has to go on saying `user`.
 */
export function requestTypes(reads: readonly ClaimRead[], isModule: boolean, rewriting: Rewriting): RequestTypes | undefined {
  const { file } = rewriting;
  const untouched = { imports: [], apply: () => undefined };
  if (!isTypeScript(file)) return untouched;
  const handlers = new Map(reads.map(({ request, handler }) => [request, handler]));
  const changes = [...handlers].map(([request, handler]) => changeFor(request, handler, rewriting));
  if (changes.includes('own type')) return undefined;
  const needed = changes.filter((change) => typeof change === 'object');
  if (needed.length === 0) return untouched;
  if (!isModule || !isFreeName(TYPE, file)) return undefined;
  return {
    imports: [`type Request as ${TYPE}`],
    apply() {
      for (const { before, range, text } of needed) {
        if (before !== undefined) rewriting.insert(before, '(');
        rewriting.replace(range, text);
      }
      removeUnused(needed.flatMap(({ replaced }) => (replaced ? [replaced] : [])), rewriting);
    },
  };
}

interface TypeChange {
  /** Where an opening parenthesis is missing. */
  readonly before?: number;
  readonly range: readonly [number, number];
  readonly text: string;
  /** The name of express's own type that stood there. */
  readonly replaced?: TSESTree.Identifier;
}

function changeFor(request: TSESTree.Parameter, handler: ProjectFunction, rewriting: Rewriting): TypeChange | 'own type' | 'untyped' {
  if (request.type !== AST_NODE_TYPES.Identifier && request.type !== AST_NODE_TYPES.ObjectPattern) return 'own type';
  const annotation = request.typeAnnotation?.typeAnnotation;
  if (!annotation) {
    if (!isHandler(handler, rewriting.file)) return 'untyped';
    const bare = handler.type === AST_NODE_TYPES.ArrowFunctionExpression && handler.params.length === 1 && rewriting.file.sourceCode.getTokenAfter(request as never)?.value === '=>';
    const [start, end] = request.range;
    return { ...(bare && { before: start }), range: [end, end], text: bare ? `: ${TYPE})` : `: ${TYPE}` };
  }
  if (annotation.type === AST_NODE_TYPES.TSAnyKeyword) return 'untyped';
  if (annotation.type !== AST_NODE_TYPES.TSTypeReference || annotation.typeArguments) return 'own type';
  const { typeName } = annotation;
  const name = typeName.type === AST_NODE_TYPES.TSQualifiedName ? typeName.left : typeName;
  if (name.type !== AST_NODE_TYPES.Identifier || !isFromExpress(name, typeName, rewriting)) return 'own type';
  return { range: annotation.range, text: TYPE, ...(name === typeName && { replaced: name }) };
}

/** `Request` imported from express, or `express.Request`. */
function isFromExpress(name: TSESTree.Identifier, typeName: TSESTree.EntityName, { file }: Rewriting): boolean {
  return loadsOf(file, (specifier) => specifier === 'express').some((load) => load.kind === 'import' && load.node.specifiers.some((one) => {
    if (one.local.name !== name.name) return false;
    if (typeName.type === AST_NODE_TYPES.TSQualifiedName) return one.type !== AST_NODE_TYPES.ImportSpecifier && typeName.right.name === 'Request';
    return one.type === AST_NODE_TYPES.ImportSpecifier && one.imported.type === AST_NODE_TYPES.Identifier && one.imported.name === 'Request';
  }));
}

/** Takes the import of a type out of the file where each of its uses has been replaced. */
function removeUnused(replaced: readonly TSESTree.Identifier[], rewriting: Rewriting): void {
  const { file } = rewriting;
  for (const load of loadsOf(file, (specifier) => specifier === 'express')) {
    if (load.kind !== 'import') continue;
    for (const specifier of load.node.specifiers) {
      const uses = usesOfName(specifier.local, file);
      if (uses.length === 0 || !uses.every((use) => replaced.includes(use))) continue;
      const named = load.node.specifiers.filter(({ type }) => type === AST_NODE_TYPES.ImportSpecifier);
      if (load.node.specifiers.length === 1) rewriting.replace(withLineEnd(load.node.range, file.sourceCode.text), '');
      else if (named.length > 1) rewriting.add([removeElement(specifier, file)]);
      else removeBraces(load.node, rewriting);
    }
  }
}

/** `import express, { Request } from 'express'` becomes `import express from 'express'`. */
function removeBraces(declaration: TSESTree.ImportDeclaration, rewriting: Rewriting): void {
  const [first] = declaration.specifiers;
  const from = rewriting.file.sourceCode.getTokenBefore(declaration.source as never);
  const close = from && rewriting.file.sourceCode.getTokenBefore(from);
  if (first && close) rewriting.replace([first.range[1], close.range[1]], '');
}

function withLineEnd(range: readonly [number, number], text: string): [number, number] {
  const rest = /^[ \t]*\r?\n/.exec(text.slice(range[1]))?.[0] ?? '';
  return [range[0], range[1] + rest.length];
}
