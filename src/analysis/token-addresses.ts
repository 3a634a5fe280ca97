import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { nodesOf } from './call-nodes.ts';
import { endName } from './expressions.ts';
import type { JwtOperation } from './operation.ts';
import { outsideSource } from './outside-input.ts';
import { isOfThirdParty } from './third-party-tokens.ts';
import { type Evidence, namedToken, tokenIn } from './token-evidence.ts';

const PARAMETER = /[?&#]((?:access_?|id_?|auth_?|refresh_?|jwt_?|bearer_?|session_?)?(?:token|jwt))=$/i;
/** Codes for one action travel in links by design, and some services take their own tokens no other way. */
const ONE_TIME = /reset|recover|verif|confirm|activat|invit|unsubscrib|magic|forgot|onboard|e?mail|one_?-?time|otp|mapbox|facebook|graph\.|googleapis|maps?\b|instagram|sign_?-?up|register|tokeninfo|delete_?-?(?:user|account)/i;

/** Names around a verification that make its token one for a single action; `verify` alone stands around every one. */
const ONE_TIME_ACTION = /reset|recover|confirm|activat|invit|unsubscrib|magic|forgot|verif\w*[-_]?e?mail|verification/i;

/** The expression by which a verification takes its token from the address of the request. */
export function tokenFromQuery(operation: JwtOperation): TSESTree.Node | undefined {
  const token = operation.argumentNode('token');
  if (!token || operation.wrapped) return undefined;
  const value = operation.evaluate(token);
  const { text } = operation.file.sourceCode;
  const written = operation.file.sourceCode.getText(token as never);
  const fromQuery = (value.kind === 'parameter' && outsideSource(value) === 'request' && value.path.includes('query')) || /(?:\.query\.\w+|\.query\(['"]|searchParams\.get\()/.test(written);
  // The signature of a signed link opens one file, and has no other place to be.
  return fromQuery && !/\bsig(?:nature)?\b/i.test(written) && !ONE_TIME_ACTION.test(around(operation.node, text)) ? token : undefined;
}

/** The tokens that a file puts into addresses, in source order. */
export function tokensInAddresses(evidence: Evidence): readonly TSESTree.Node[] {
  const { file } = evidence;
  // Graph interfaces and map services take their own tokens no other way.
  if (/graph\.facebook\.com|graph\.instagram\.com|api\.mapbox\.com/.test(file.sourceCode.text)) return [];
  const textOf = (node: TSESTree.Node): string => file.sourceCode.getText(node as never);
  return nodesOf(file).flatMap((node) => {
    const token = sentToken(node, evidence);
    if (!token || isFormBody(node, textOf(node)) || ONE_TIME.test(textOf(node)) || ONE_TIME.test(textOf(token)) || ONE_TIME_ACTION.test(namesAround(node, file.filename))) return [];
    return isOfThirdParty(token, addressOf(node), evidence) ? [] : [token];
  });
}

/** The token that an expression puts into a query or fragment. */
function sentToken(node: TSESTree.Node, evidence: Evidence): TSESTree.Node | undefined {
  switch (node.type) {
    case AST_NODE_TYPES.TemplateLiteral: {
      const index = node.quasis.findIndex((quasi, at) => at < node.expressions.length && isParameter(quasi.value.cooked ?? '', node.expressions[at], evidence));
      return index === -1 ? undefined : node.expressions[index];
    }
    case AST_NODE_TYPES.BinaryExpression: {
      if (node.operator !== '+') return undefined;
      const before = node.left.type === AST_NODE_TYPES.BinaryExpression ? node.left.right : node.left;
      return before.type === AST_NODE_TYPES.Literal && typeof before.value === 'string' && isParameter(before.value, node.right, evidence) ? node.right : undefined;
    }
    case AST_NODE_TYPES.CallExpression: {
      const { callee } = node;
      if (callee.type !== AST_NODE_TYPES.MemberExpression || endName(callee.object) !== 'searchParams' || !/^(?:set|append)$/.test(endName(callee))) return undefined;
      const [name, value] = node.arguments;
      return name?.type === AST_NODE_TYPES.Literal && isParameter(`?${String(name.value)}=`, value, evidence) ? value : undefined;
    }
    case AST_NODE_TYPES.Property: {
      // `axios.get(url, { params: { access_token: token } })`, `router.push({ path, query: { token } })`
      if (node.key.type !== AST_NODE_TYPES.Identifier || node.value.type !== AST_NODE_TYPES.ObjectExpression) return undefined;
      if (!(node.key.name === 'params' ? isRequestOption(node) : isQueryOfRoute(node.key.name, node))) return undefined;
      for (const property of node.value.properties) {
        if (property.type === AST_NODE_TYPES.Property && property.key.type === AST_NODE_TYPES.Identifier && namedToken(property.key.name) !== undefined && tokenIn(property.value, evidence)) return property.value;
      }
      return undefined;
    }
    default: return undefined;
  }
}

/** The expression that gives the address into which an expression puts a token. */
function addressOf(node: TSESTree.Node): TSESTree.Node {
  // `url.searchParams.set(…)`
  if (node.type === AST_NODE_TYPES.CallExpression && node.callee.type === AST_NODE_TYPES.MemberExpression && node.callee.object.type === AST_NODE_TYPES.MemberExpression) return node.callee.object.object;
  const call = node.type === AST_NODE_TYPES.Property ? node.parent.parent : undefined;
  if (call?.type === AST_NODE_TYPES.CallExpression && call.arguments[0]) return call.arguments[0];
  // A sum begins at its first part.
  let whole = node;
  while (whole.parent?.type === AST_NODE_TYPES.BinaryExpression) whole = whole.parent;
  return whole;
}

/** What the address is for, by the variable, property and function that it stands in and by the file, which may be one of mails. */
function namesAround(node: TSESTree.Node, filename: string): string {
  const names = [filename.replace(/^.*[\\/]/, '').replace(/mail/i, 'verification')];
  for (let current: TSESTree.Node | undefined = node; current; current = current.parent) {
    if (current.type === AST_NODE_TYPES.ClassDeclaration || current.type === AST_NODE_TYPES.ClassExpression) break;
    if (current.type === AST_NODE_TYPES.VariableDeclarator && current.id.type === AST_NODE_TYPES.Identifier) names.push(current.id.name);
    else if ((current.type === AST_NODE_TYPES.Property || current.type === AST_NODE_TYPES.MethodDefinition || current.type === AST_NODE_TYPES.PropertyDefinition) && current.key.type === AST_NODE_TYPES.Identifier) names.push(current.key.name);
    else if (current.type === AST_NODE_TYPES.FunctionDeclaration && current.id) names.push(current.id.name);
  }
  return names.join(' ');
}

/** `grant_type=refresh_token&refresh_token=…` as the body of a request: no address, though it is written like one. */
function isFormBody(node: TSESTree.Node, text: string): boolean {
  if (node.type !== AST_NODE_TYPES.TemplateLiteral && node.type !== AST_NODE_TYPES.BinaryExpression) return false;
  if (/\bgrant_type=/.test(text) && !/\?/.test(text)) return true;
  let holder: TSESTree.Node | undefined = node.parent;
  while (holder?.type === AST_NODE_TYPES.BinaryExpression) holder = holder.parent;
  return holder?.type === AST_NODE_TYPES.Property && holder.key.type === AST_NODE_TYPES.Identifier && /^(?:body|data|form)$/.test(holder.key.name);
}

function isParameter(text: string, value: TSESTree.Node | undefined, evidence: Evidence): boolean {
  const parameter = PARAMETER.exec(text)?.[1];
  if (parameter === undefined || value === undefined) return false;
  return namedToken(parameter) === 'token' || tokenIn(value, evidence) !== undefined;
}

function isRequestOption(property: TSESTree.Property): boolean {
  const call = property.parent.parent;
  return call?.type === AST_NODE_TYPES.CallExpression && /^(?:get|post|put|patch|delete|request|axios|head|\$get|got|fetch|useFetch|\$fetch)$/.test(endName(call.callee));
}

/** The query of a place that a router goes to or links to. */
function isQueryOfRoute(name: string, property: TSESTree.Property): boolean {
  if (name !== 'query' && name !== 'search') return false;
  const { parent } = property.parent;
  if (parent?.type === AST_NODE_TYPES.CallExpression) {
    const receiver = parent.callee.type === AST_NODE_TYPES.MemberExpression ? endName(parent.callee.object) : '';
    return ROUTING.test(receiver === '' ? endName(parent.callee) : `${receiver}.${endName(parent.callee)}`);
  }
  return parent?.type === AST_NODE_TYPES.JSXExpressionContainer && parent.parent.type === AST_NODE_TYPES.JSXAttribute && /^(?:href|to)$/.test(String(parent.parent.name.name));
}

const ROUTING = /^(?:navigate|navigateTo|redirect|push|replace)$|(?:router|navigation|history|navigate|url)\.(?:push|replace|navigate|navigateTo|createUrlTree|format)$/i;

/** The text of the function around a node. */
function around(node: TSESTree.Node, text: string): string {
  return text.slice(Math.max(0, node.range[0] - 400), node.range[1]);
}
