import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { type AnyCall, collectCalls } from './call-nodes.ts';
import { calledName, decoratorsOf, initialValue, lastName, unwrapped, writtenName } from './expressions.ts';
import { leaves } from './guards.ts';
import type { JwtOperation } from './operation.ts';
import { enclosingFunction, isFunction, isInside } from './order.ts';
import type { Reader } from './reader.ts';
import type { SourceFile } from './source-file.ts';
import { possibilities } from './value.ts';
import { variableOf } from './variables.ts';

/** Where an operation reads the token that no argument gives: from the request itself. */
const FROM_REQUEST = '(request)';

/**
 * A name for the token that an expression holds: equal names mean the same token, whatever variables, header look-ups
 * and `Bearer` prefixes stand between.
 */
export function tokenKey(node: TSESTree.Node | undefined, file: SourceFile, tokenOf: (call: TSESTree.Node) => TSESTree.Node | undefined = () => undefined, depth = 0): string {
  if (!node) return FROM_REQUEST;
  if (depth > 12) return `@${node.range[0]}`;
  const deeper = (inner: TSESTree.Node) => tokenKey(inner, file, tokenOf, depth + 1);
  const plain = unwrapped(node);
  const decoded = tokenOf(plain);
  if (decoded) return deeper(decoded);
  switch (plain.type) {
    case AST_NODE_TYPES.Identifier: return variableKey(plain, file, deeper);
    case AST_NODE_TYPES.MemberExpression: {
      const name = writtenName(plain);
      // Pieces of a split header or of a list of results belong to the same token.
      return name === undefined || /^\d+$/.test(name) ? deeper(plain.object) : `${deeper(plain.object)}.${name.toLowerCase()}`;
    }
    case AST_NODE_TYPES.CallExpression: {
      const { callee } = plain;
      if (callee.type === AST_NODE_TYPES.MemberExpression) {
        const method = writtenName(callee) ?? '';
        if (/^(?:split|replace|replaceAll|slice|substring|substr|trim|trimStart|pop|shift|at|toString|match|exec)$/.test(method)) return deeper(callee.object);
        const [first] = plain.arguments;
        if (/^(?:get|header|getHeader|cookie|getCookie)$/.test(method) && first?.type === AST_NODE_TYPES.Literal) return `${deeper(callee.object).replace(/\.headers$/, '')}.headers.${String(first.value).toLowerCase()}`;
      }
      return `${calledName(plain)}(${plain.arguments.map(deeper).join()})`;
    }
    case AST_NODE_TYPES.LogicalExpression: return deeper(plain.left);
    case AST_NODE_TYPES.ConditionalExpression: return deeper(plain.consequent);
    case AST_NODE_TYPES.TemplateLiteral: return plain.expressions.length === 1 && plain.expressions[0] ? deeper(plain.expressions[0]) : `@${plain.range[0]}`;
    case AST_NODE_TYPES.ThisExpression: return 'this';
    case AST_NODE_TYPES.Literal: return JSON.stringify(plain.value);
    default: return `@${plain.range[0]}`;
  }
}

function variableKey(identifier: TSESTree.Identifier, file: SourceFile, deeper: (node: TSESTree.Node) => string): string {
  const initial = initialValue(identifier, file);
  if (initial) return deeper(initial);
  const definition = variableOf(identifier, file)?.defs[0];
  if (!definition) return identifier.name;
  const own = `${identifier.name}@${definition.name.range[0]}`;
  const declarator = definition.node as TSESTree.Node;
  if (declarator.type !== AST_NODE_TYPES.VariableDeclarator || !declarator.init) return own;
  if (declarator.id.type === AST_NODE_TYPES.ArrayPattern) return deeper(declarator.init);
  if (declarator.id.type !== AST_NODE_TYPES.ObjectPattern) return own;
  const path = patternPath(declarator.id, definition.name as TSESTree.Node);
  return path ? [deeper(declarator.init), ...path.map((name) => name.toLowerCase())].join('.') : own;
}

/** The property steps that an object pattern takes to one of its names. */
export function patternPath(pattern: TSESTree.Node, name: TSESTree.Node): readonly string[] | undefined {
  if (pattern === name) return [];
  if (pattern.type === AST_NODE_TYPES.AssignmentPattern) return patternPath(pattern.left, name);
  if (pattern.type !== AST_NODE_TYPES.ObjectPattern) return undefined;
  for (const property of pattern.properties) {
    if (property.type === AST_NODE_TYPES.RestElement || !isInside(name, property.value)) continue;
    const key = writtenName(property);
    const rest = patternPath(property.value, name);
    return key === undefined || !rest ? undefined : [key, ...rest];
  }
  return undefined;
}

/** A call that checks a token, with the token's name. */
interface Check {
  readonly node: AnyCall;
  readonly key: string;
}

/** Names of functions that check a token, where the function itself cannot be read. */
const CHECKING = /verif|introspect|authenticat|checkToken|checkJwt|validat(?!\w*(?:Format|Shape|Expir|Exp\b|Structure|Schema))|getUser$|getClaims$|isValidToken|isValidJwt/i;

/** A signature computed or checked with the platform's own functions. */
const SIGNING_INPUT = /(?:createHmac|createVerify)\(\)\.update$/;

/** What a file checks: which of its tokens, and where. */
export class TokenChecks {
  readonly #file: SourceFile;
  readonly #reader: Reader;
  readonly #operations: readonly JwtOperation[];
  readonly #tokenOf: (call: TSESTree.Node) => TSESTree.Node | undefined;
  #checks: readonly Check[] | undefined;

  /** `unverified` are the operations that read a token without checking it, though their kind says otherwise. */
  constructor(reader: Reader, file: SourceFile, operations: readonly JwtOperation[]) {
    this.#reader = reader;
    this.#file = file;
    this.#operations = operations;
    const decodes = new Map(operations.filter(isDecode).map((operation) => [operation.node as TSESTree.Node, operation.argumentNode('token')]));
    this.#tokenOf = (call) => decodes.get(call);
  }

  /** Whether the token of an expression has been checked whenever control comes to a place. */
  isChecked(token: TSESTree.Node | undefined, place: TSESTree.Node): boolean {
    const key = tokenKey(token, this.#file, this.#tokenOf);
    return this.#all().some((check) => check.key === key && secures(check.node, place)) || ((isOfRequest(key) || isOfDecoratedParameter(key, this.#file)) && isGuarded(place, this.#file, this.#reader));
  }

  /** Whether the token is always checked after a place, in the same function. */
  isCheckedLater(token: TSESTree.Node | undefined, place: TSESTree.Node): boolean {
    const key = tokenKey(token, this.#file, this.#tokenOf);
    return this.#all().some((check) => check.key === key && follows(check.node, place));
  }

  /** Whether a place only runs when the check of the token has failed: in the `catch` around it. */
  isAfterFailure(token: TSESTree.Node | undefined, place: TSESTree.Node): boolean {
    const key = tokenKey(token, this.#file, this.#tokenOf);
    for (let node: TSESTree.Node | undefined = place; node; node = node.parent) {
      const attempt = node.type === AST_NODE_TYPES.CatchClause ? node.parent.block : undefined;
      if (attempt && this.#all().some((check) => check.key === key && isInside(check.node, attempt))) return true;
    }
    return false;
  }

  /** Whether anything in the file checks any token. */
  get any(): boolean {
    return this.#all().length > 0;
  }

  #all(): readonly Check[] {
    this.#checks ??= this.#read();
    return this.#checks;
  }

  #read(): readonly Check[] {
    const checks: Check[] = [];
    const known = new Set<TSESTree.Node>();
    for (const operation of this.#operations) {
      if ((operation.kind !== 'verify' && operation.kind !== 'decrypt') || isDecode(operation) || operation.model.result?.delivers === 'function') continue;
      known.add(operation.node);
      const token = operation.argumentNode('token');
      if (token) checks.push({ node: operation.node, key: tokenKey(token, this.#file, this.#tokenOf) });
      else if (operation.wrapped) for (const argument of operation.node.arguments) checks.push({ node: operation.node, key: tokenKey(argument, this.#file, this.#tokenOf) });
      else if (operation.model.middleware !== true) checks.push({ node: operation.node, key: FROM_REQUEST });
    }
    for (const call of collectCalls(this.#file)) {
      const byHand = SIGNING_INPUT.test(calledName(call));
      if (known.has(call) || !(byHand || CHECKING.test(lastName(call))) || this.#operations.some((operation) => operation.node === call)) continue;
      if (!byHand && !this.#mayCheck(call)) continue;
      for (const argument of call.arguments) for (const node of written(argument)) checks.push({ node: call, key: tokenKey(node, this.#file, this.#tokenOf) });
    }
    return checks;
  }

  /** A function of the project that can be read must say that it checks; any other is believed by its name. */
  #mayCheck(call: AnyCall): boolean {
    const functions = possibilities(this.#reader.evaluate(call.callee, this.#file)).filter((one) => one.kind === 'function');
    return functions.length === 0 || functions.some((one) => CHECKING.test(one.file.sourceCode.getText(one.node.body as never)));
  }
}

/** Whether an operation gives claims that it has not checked. */
export function isDecode(operation: JwtOperation): boolean {
  if (operation.kind === 'decode') return true;
  return operation.kind === 'verify' && operation.model.middleware !== true && isSwitchedOff(operation);
}

/** Whether the check that an operation is for has been switched off (jwt-simple `noVerify`, hapi `verify: false`). */
export function isSwitchedOff(operation: JwtOperation): boolean {
  return operation.settingsAt('skipVerification').some(({ value, place }) => possibilities(value).some((one) => {
    // A function takes the library's place: it may verify by itself.
    if (one.kind === 'function') return place.on !== 'false' && !CHECKING.test(one.file.sourceCode.getText(one.node.body as never));
    return one.kind === 'primitive' && (place.on === 'false' ? one.value === false : Boolean(one.value));
  }));
}

/** The expressions that an argument is made of: an object's properties (`verifyIdToken({ idToken: token })`), the parts of a text or of bytes. */
function written(argument: TSESTree.Node): readonly TSESTree.Node[] {
  switch (argument.type) {
    case AST_NODE_TYPES.SpreadElement: return [];
    case AST_NODE_TYPES.ObjectExpression: return argument.properties.flatMap((property) => (property.type === AST_NODE_TYPES.Property ? written(property.value) : []));
    case AST_NODE_TYPES.BinaryExpression: return [argument.left, argument.right].flatMap(written);
    case AST_NODE_TYPES.TemplateLiteral: return argument.expressions.flatMap(written);
    case AST_NODE_TYPES.CallExpression: return [argument, ...(/^Buffer\.from$|\.encode$/.test(calledName(argument)) ? argument.arguments.flatMap(written) : [])];
    default: return [argument];
  }
}

function isOfRequest(key: string): boolean {
  return key === FROM_REQUEST || /^(?:req|request|ctx|context|auth|authorization|authHeader|bearer|bearerToken|h|headers?)@|\.(?:headers|cookies|signedcookies)\b|authorization|\.token$/.test(key);
}

/** A check that has surely succeeded when control comes to a place. */
function secures(check: AnyCall, place: TSESTree.Node): boolean {
  const chain = chainAround(check);
  if (isInside(place, chain)) return !isInside(place, check.callee) && !isInHandler(place, chain, 'catch');
  if (place.range[0] < check.range[0]) return false;
  const home = enclosingFunction(check);
  if (home && !isInside(place, home)) return false;
  return onEveryWay(check, place);
}

/** A check that every way from a place leads to, if control goes on at all. */
function follows(check: AnyCall, place: TSESTree.Node): boolean {
  if (check.range[0] < place.range[0] || enclosingFunction(check) !== enclosingFunction(place)) return false;
  for (let child: TSESTree.Node = check, current = check.parent; current && !isInside(place, current); child = current, current = current.parent as TSESTree.Node) {
    // A failure that is caught does not matter here: what comes after it trusts nothing yet.
    if (current.type !== AST_NODE_TYPES.TryStatement && isBranch(current, child)) return false;
  }
  return true;
}

/** Whether every way to a place leads over the check; a failure that is caught must leave. */
function onEveryWay(check: TSESTree.Node, place: TSESTree.Node): boolean {
  for (let child = check, current = check.parent; current; child = current, current = current.parent) {
    if (isFunction(current)) return isInside(place, current);
    const holdsPlace = isInside(place, current);
    if (current.type === AST_NODE_TYPES.IfStatement && child === current.test && holdsPlace) {
      // The place stands in the branch of those who have failed.
      return isNegated(check, current.test) ? !isInside(place, current.consequent) : !(current.alternate && isInside(place, current.alternate));
    }
    if (isBranch(current, child) && !(holdsPlace && isInside(place, child))) return false;
    if (holdsPlace) return true;
  }
  return true;
}

function isNegated(check: TSESTree.Node, test: TSESTree.Node): boolean {
  let negated = false;
  for (let node: TSESTree.Node | undefined = check; node && node !== test.parent; node = node.parent) if (node.type === AST_NODE_TYPES.UnaryExpression && node.operator === '!') negated = !negated;
  return negated;
}

function isBranch(parent: TSESTree.Node, child: TSESTree.Node): boolean {
  switch (parent.type) {
    case AST_NODE_TYPES.IfStatement:
    case AST_NODE_TYPES.ConditionalExpression: return child !== parent.test;
    case AST_NODE_TYPES.LogicalExpression: return child === parent.right;
    case AST_NODE_TYPES.SwitchCase:
    case AST_NODE_TYPES.CatchClause: return true;
    case AST_NODE_TYPES.TryStatement: return child === parent.block && parent.handler !== null && !leaves(parent.handler.body);
    case AST_NODE_TYPES.ForStatement: return child !== parent.init;
    case AST_NODE_TYPES.ForInStatement:
    case AST_NODE_TYPES.ForOfStatement:
    case AST_NODE_TYPES.WhileStatement: return child === parent.body;
    default: return isFunction(parent);
  }
}

/** The whole of `verify(…).then(…).catch(…)`. */
function chainAround(check: TSESTree.Node): TSESTree.Node {
  let node = check;
  while (node.parent?.type === AST_NODE_TYPES.MemberExpression && node.parent.object === node && node.parent.parent.type === AST_NODE_TYPES.CallExpression && node.parent.parent.callee === node.parent) node = node.parent.parent;
  return node;
}

function isInHandler(place: TSESTree.Node, chain: TSESTree.Node, method: string): boolean {
  for (let node: TSESTree.Node | undefined = place; node && node !== chain; node = node.parent) {
    if (node.parent?.type === AST_NODE_TYPES.CallExpression && node.parent.arguments.includes(node as TSESTree.CallExpressionArgument) && node.parent.callee.type === AST_NODE_TYPES.MemberExpression && writtenName(node.parent.callee) === method) return true;
  }
  return false;
}

const GUARD = /auth(?!or\b)|jwt|protect|verif|guard|logged_?in|passport|keycloak|requireUser|withUser/i;

/** `@Headers('authorization') value: string`: a part of the request that Nest hands to the route. */
function isOfDecoratedParameter(key: string | undefined, file: SourceFile): boolean {
  const start = /^\w+@(\d+)/.exec(key ?? '')?.[1];
  const parameter = start === undefined ? undefined : file.sourceCode.getNodeByRangeIndex(Number(start)) as TSESTree.Node | null;
  return parameter?.type === AST_NODE_TYPES.Identifier && decoratorsOf(parameter).some(({ expression }) => expression.type === AST_NODE_TYPES.CallExpression && /^(?:Headers|Cookies|Req|Request|Token|BearerToken)$/.test(lastName(expression)));
}

/** Whether a handler only runs behind a guard: middleware before it in the same route or above it in the file, or a Nest guard. */
function isGuarded(place: TSESTree.Node, file: SourceFile, reader: Reader): boolean {
  for (let node: TSESTree.Node | undefined = place; node; node = node.parent) {
    if (node.type === AST_NODE_TYPES.MethodDefinition || node.type === AST_NODE_TYPES.ClassDeclaration) {
      if (decoratorsOf(node).some((decorator) => decorator.expression.type === AST_NODE_TYPES.CallExpression && /^(?:UseGuards|Authorized|UseBefore)$/.test(lastName(decorator.expression)))) return true;
    }
    if (isFunction(node) && node.parent.type === AST_NODE_TYPES.CallExpression) {
      const index = node.parent.arguments.indexOf(node as TSESTree.CallExpressionArgument);
      if (index > 1 && node.parent.arguments.slice(1, index).some((argument) => isGuard(argument, file, reader))) return true;
      const route = node.parent.range[0];
      if (node.parent.callee.type === AST_NODE_TYPES.MemberExpression && /^(?:get|post|put|patch|delete|all|use)$/.test(lastName(node.parent)) && isUsedAbove(route, file, reader)) return true;
    }
  }
  return false;
}

function isUsedAbove(before: number, file: SourceFile, reader: Reader): boolean {
  return collectCalls(file).some((call) => call.range[1] <= before && call.type === AST_NODE_TYPES.CallExpression && lastName(call) === 'use' && call.arguments.some((argument) => isGuard(argument, file, reader)));
}

function isGuard(argument: TSESTree.Node, file: SourceFile, reader: Reader): boolean {
  const plain = unwrapped(argument);
  if (plain.type === AST_NODE_TYPES.ArrayExpression) return plain.elements.some((element) => element !== null && isGuard(element, file, reader));
  const name = plain.type === AST_NODE_TYPES.CallExpression ? calledName(plain) : plain.type === AST_NODE_TYPES.Identifier ? plain.name : plain.type === AST_NODE_TYPES.MemberExpression ? file.sourceCode.getText(plain as never) : '';
  if (!GUARD.test(name) || /router|routes/i.test(name)) return false;
  const functions = possibilities(reader.evaluate(plain, file)).filter((one) => one.kind === 'function');
  return functions.length === 0 || functions.some((one) => CHECKING.test(one.file.sourceCode.getText(one.node.body as never)));
}
