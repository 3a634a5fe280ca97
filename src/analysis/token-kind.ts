import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { Lifetime } from './lifetimes.ts';
import type { JwtOperation } from './operation.ts';
import { isFunction } from './order.ts';
import type { SourceFile } from './source-file.ts';
import { possibilities } from './value.ts';
import { variableOf } from './variables.ts';

/** What a token is for, which says how long it may live. */
export type TokenKind = 'access' | 'refresh' | 'oneTime';

const REFRESH = /refresh|\brft?\b|offline_access/i;
const ONE_TIME = /reset|confirm|invit|activat|magic|forgot|verification|verif(?:y|ied)?_?-?e?mail|e?mail_?-?(?:verif|confirm|token|link|change)|one_?-?time|\botp|unsubscribe|passwordless|sign_?-?up|register|registration|download/i;
/** Functions that make a token are named for it; one that only happens to sign (`resetPassword` that logs in again) is not. */
const MAKES_TOKEN = /^(?:generate|create|sign|issue|make|build|get|gen|new|encode|send|mint|_?sign)|(?:token|jwt|link|url)s?$/i;
/** Claims that say what a token is for. */
export const PURPOSE_CLAIMS: readonly string[] = ['type', 'typ', 'token_type', 'tokenType', 'token_use', 'use', 'purpose', 'kind', 'action', 'scope', 'intent'];

/** What kind of token an operation issues, by the nearest evidence: claims, then names at the call, then names around it. */
export function tokenKindOf(operation: JwtOperation, lifetime?: Lifetime): TokenKind {
  if (lifetime?.setting.place.session) return 'refresh';
  for (const evidence of evidenceFor(operation, lifetime)) {
    const refresh = REFRESH.test(evidence);
    const oneTime = ONE_TIME.test(evidence);
    const access = /access/i.test(evidence);
    // A name for several kinds (`createAccessAndRefreshToken`) says nothing of this one.
    if (Number(refresh) + Number(access) > 1) continue;
    if (refresh) return 'refresh';
    if (access) return 'access';
    if (oneTime) return 'oneTime';
  }
  return 'access';
}

/** Whether a token is the way out of a mailing list, which has to work for as long as the mail is kept. */
export function leavesMailingList(operation: JwtOperation, lifetime: Lifetime): boolean {
  return [...evidenceFor(operation, lifetime)].some((evidence) => /unsubscri|opt_?-?out/i.test(evidence));
}

function* evidenceFor(operation: JwtOperation, lifetime: Lifetime | undefined): Iterable<string> {
  const { node, file } = operation;
  const payload = operation.argument('payload');
  if (payload?.kind === 'object') {
    for (const name of PURPOSE_CLAIMS) {
      for (const one of possibilities(payload.entries.get(name)?.value ?? payload)) if (one.kind === 'primitive' && typeof one.value === 'string') yield one.value;
      const entry = payload.entries.get(name);
      if (entry && entry.value.kind !== 'primitive' && entry.node.type === AST_NODE_TYPES.Property) yield namesIn(entry.node.value, entry.file);
    }
  }
  const type = operation.setting('type');
  if (type.state === 'set') for (const one of possibilities(type.value)) if (one.kind === 'primitive' && typeof one.value === 'string') yield one.value;
  // The names of what is signed with, and of where the lifetime comes from.
  if (lifetime) yield namesIn(lifetime.setting.node, lifetime.setting.file);
  if (lifetime && lifetime.value.node !== lifetime.setting.node) yield nameGiven(lifetime.value.node);
  const key = operation.argumentNode('key');
  if (key) yield namesIn(key, file);
  const options = operation.argumentNode('options');
  if (options?.type === AST_NODE_TYPES.Identifier || options?.type === AST_NODE_TYPES.MemberExpression) yield namesIn(options, file);
  if (options?.type === AST_NODE_TYPES.ObjectExpression) for (const property of options.properties) if (property.type === AST_NODE_TYPES.Property && property.key.type === AST_NODE_TYPES.Identifier && /secret|key/i.test(property.key.name)) yield namesIn(property.value, file);
  if (operation.wrapped) yield namesIn(node.callee, file);
  yield* namesAround(node, file);
}

/** The names in an expression, with what stands between them. */
function namesIn(node: TSESTree.Node, file: SourceFile): string {
  return file.sourceCode.getText(node as never).slice(0, 300);
}

/** The name that an expression is given where it is written: of a variable or a property. */
function nameGiven(node: TSESTree.Node): string {
  const names: string[] = [];
  for (let child = node, parent = node.parent; parent; child = parent, parent = parent.parent) {
    if (parent.type === AST_NODE_TYPES.Property && parent.value === child) names.push(keyName(parent.key));
    else if (parent.type === AST_NODE_TYPES.VariableDeclarator && parent.init === child && parent.id.type === AST_NODE_TYPES.Identifier) names.push(parent.id.name);
    else if (parent.type === AST_NODE_TYPES.PropertyDefinition) names.push(keyName(parent.key));
    if (/Statement$|Declaration$/.test(parent.type) || isFunction(parent)) break;
  }
  return names.join(' ');
}

/** From the call outwards: the variable or property that the token is kept under, then the functions that make it. */
function* namesAround(node: TSESTree.Node, file: SourceFile): Iterable<string> {
  let near = true;
  let position = -1;
  for (let child = node as TSESTree.Node, parent = node.parent; parent; child = parent, parent = parent.parent) {
    switch (parent.type) {
      case AST_NODE_TYPES.VariableDeclarator:
        if (near && parent.init === child) yield* namesOfVariable(elementAt(parent.id, position), file);
        else if (isFunction(child) && parent.id.type === AST_NODE_TYPES.Identifier && MAKES_TOKEN.test(parent.id.name)) yield parent.id.name;
        near = false;
        break;
      case AST_NODE_TYPES.AssignmentExpression:
        if (near && parent.right === child) yield namesIn(parent.left, file);
        else if (isFunction(child) && MAKES_TOKEN.test(namesIn(parent.left, file).replace(/^.*\./, ''))) yield namesIn(parent.left, file).replace(/^.*\./, '');
        break;
      case AST_NODE_TYPES.Property:
      case AST_NODE_TYPES.MethodDefinition:
      case AST_NODE_TYPES.PropertyDefinition:
        if (near || (isFunction(child) && MAKES_TOKEN.test(keyName(parent.key)))) yield keyName(parent.key);
        break;
      case AST_NODE_TYPES.FunctionDeclaration:
        near = false;
        if (parent.id && MAKES_TOKEN.test(parent.id.name)) yield parent.id.name;
        break;
      case AST_NODE_TYPES.FunctionExpression:
      case AST_NODE_TYPES.ArrowFunctionExpression:
        near = false;
        break;
      case AST_NODE_TYPES.ClassDeclaration:
        if (parent.id) yield parent.id.name;
        break;
      case AST_NODE_TYPES.ArrayExpression:
        position = parent.elements.indexOf(child as TSESTree.Expression);
        break;
      default:
    }
  }
}

/** `const [access, refresh] = await Promise.all([…, …])` gives each element a name of its own. */
function elementAt(id: TSESTree.Node, position: number): TSESTree.Node {
  return id.type === AST_NODE_TYPES.ArrayPattern ? id.elements[position] ?? id : id;
}

/** A variable's own name, then those of the properties that it is handed on under. */
function* namesOfVariable(id: TSESTree.Node, file: SourceFile): Iterable<string> {
  yield namesIn(id, file);
  const variable = id.type === AST_NODE_TYPES.Identifier ? variableOf(id, file) : undefined;
  for (const { identifier } of variable?.references ?? []) {
    const { parent } = identifier as TSESTree.Identifier;
    if (parent.type === AST_NODE_TYPES.Property && parent.value === identifier) yield keyName(parent.key);
  }
}

function keyName(key: TSESTree.Node): string {
  if (key.type === AST_NODE_TYPES.Identifier || key.type === AST_NODE_TYPES.PrivateIdentifier) return key.name;
  return key.type === AST_NODE_TYPES.Literal ? String(key.value) : '';
}
