import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { nodesOf } from './call-nodes.ts';
import { calledName, decoratorsOf, endName, lastName, unwrapped, writtenName } from './expressions.ts';
import { firstFound } from './first-found.ts';
import { isClient, isTokenHeader } from './outgoing-requests.ts';
import type { Reader } from './reader.ts';
import { isRequestHandler } from './request-handlers.ts';
import type { SourceFile } from './source-file.ts';
import { namedToken } from './token-evidence.ts';
import { type ParameterValue, possibilities, type Value } from './value.ts';
import { variableOf } from './variables.ts';

/** How a token came with the request that a program answers (RFC 6750 section 2). */
export type Carrier = 'header' | 'cookie';

/** Names of what stands for the request that is being answered. */
const REQUEST = /^_?(?:ctx|context|event|evt|ev|c|socket|client|conn|connection|handshake)$|req(?![a-z])|req(?:uest)?$|incoming/i;
/** Names of what has headers too, but is a request that this program sends, or an answer. */
const OUTGOING = /^_?(?:config|cfg|options|opts|init|res|response|reply|resp|result|answer|data|err|error|e)$|^original|(?:config|options|opts|init|params|args|response)$/i;
/** Ways from a header to the token in it. */
const PARTS = /^(?:split|replace|replaceAll|slice|substring|substr|trim|trimStart|trimEnd|pop|shift|at|toString|match|exec|concat|valueOf|toLowerCase)$/;
/** Functions that are named for reading the token of a request, where the function itself cannot be read. */
const EXTRACTS = /bearer|from_?(?:auth_?)?(?:header|req(?:uest)?)|(?:extract|parse)\w*(?:token|jwt|authorization)/i;
/** Steps are followed this far back. */
const MAX_STEPS = 12;

/** How the token in a value came with the request, as the program reads it there; undefined for any other token, and where that cannot be seen. */
export function carrierOf(value: Value, reader: Reader, steps = 0): Carrier | undefined {
  if (steps > MAX_STEPS) return undefined;
  return firstFound(possibilities(value), (one) => carrierOfOne(one, reader, steps));
}

/** Whether a value is all headers of the request that is being answered, or the request itself. */
export function isCallersHeaders(value: Value, reader: Reader, steps = 0): boolean {
  if (steps > MAX_STEPS) return false;
  return possibilities(value).some((one) => {
    switch (one.kind) {
      case 'parameter':
        if (isDecorated(one, /^Headers$/, false)) return one.path.length === 0;
        return isOfRequest(one) && (one.path.length === 0 ? !isTakenApart(one) : /^headers?$/.test(one.path.at(-1) ?? ''));
      case 'api': return !isClient(one) && /[#.]headers$/.test(one.path);
      case 'unknown': return isHeadersExpression(one, reader, steps);
      default: return false;
    }
  });
}

function isHeadersExpression({ node, file }: Value, reader: Reader, steps: number): boolean {
  const plain = unwrapped(node);
  switch (plain.type) {
    case AST_NODE_TYPES.CallExpression: {
      const [first] = plain.arguments;
      if (/^(?:getHeaders|getRequestHeaders)$/.test(lastName(plain))) return true;
      if (calledName(plain) === 'headers' && plain.arguments.length === 0) return true;
      return first !== undefined && /^Object\.fromEntries$|^(?:structuredClone|cloneDeep)$/.test(calledName(plain)) && isCallersHeaders(reader.evaluate(entriesOf(first), file), reader, steps + 1);
    }
    case AST_NODE_TYPES.MemberExpression: return /^headers?$/.test(writtenName(plain) ?? '') && isRequest(plain.object, file);
    case AST_NODE_TYPES.Identifier: {
      // `const { host, ...headers } = req.headers`
      const pattern = restPattern(plain, file);
      if (!pattern || pattern.taken.some((name) => /^authorization$/i.test(name))) return false;
      return isCallersHeaders(reader.evaluate(pattern.source, file), reader, steps + 1);
    }
    default: return false;
  }
}

/** `headers` of `headers.entries()` and `Object.entries(headers)`. */
function entriesOf(node: TSESTree.Node): TSESTree.Node {
  if (node.type !== AST_NODE_TYPES.CallExpression) return node;
  const [first] = node.arguments;
  if (calledName(node) === 'Object.entries' && first) return first;
  return node.callee.type === AST_NODE_TYPES.MemberExpression && endName(node.callee) === 'entries' ? node.callee.object : node;
}

function restPattern(identifier: TSESTree.Identifier, file: SourceFile): { readonly taken: readonly string[]; readonly source: TSESTree.Node } | undefined {
  const definition = variableOf(identifier, file)?.defs[0];
  const declarator = definition?.node as TSESTree.Node | undefined;
  if (declarator?.type !== AST_NODE_TYPES.VariableDeclarator || declarator.id.type !== AST_NODE_TYPES.ObjectPattern || !declarator.init) return undefined;
  const last = declarator.id.properties.at(-1);
  if (last?.type !== AST_NODE_TYPES.RestElement || last.argument !== definition?.name) return undefined;
  return { taken: declarator.id.properties.flatMap((property) => (property.type === AST_NODE_TYPES.Property ? [writtenName(property) ?? ''] : [])), source: declarator.init };
}

function carrierOfOne(value: Value, reader: Reader, steps: number): Carrier | undefined {
  switch (value.kind) {
    case 'text': return firstFound(value.parts, (part) => carrierOf(part, reader, steps + 1));
    case 'parameter': return ofParameter(value) ?? ofAssigned(value, reader, steps);
    case 'api': return isClient(value) ? undefined : ofPath(value.path.split(/[#.]/)) ?? (value.made && ofExpression(value.made.node, value.made.file, reader, steps + 1));
    case 'unknown': return ofExpression(value.node, value.file, reader, steps);
    default: return undefined;
  }
}

function ofParameter(value: ParameterValue): Carrier | undefined {
  if (value.path.length === 0) return isDecorated(value, /^Headers$/, true) ? 'header' : isDecorated(value, /^Cookies$/, true) ? 'cookie' : undefined;
  if (isDecorated(value, /^Headers$/, false)) return ofPath(['headers', ...value.path]);
  if (isDecorated(value, /^Cookies$/, false)) return ofPath(['cookies', ...value.path]);
  if (!isOfRequest(value)) return undefined;
  // What middleware has read of the header: express-oauth2-jwt-bearer, hapi, socket.io.
  return ofPath(value.path) ?? (/(?:^|\.)auth(?:\.artifacts)?\.token$/.test(value.path.join('.')) ? 'header' : undefined);
}

function ofPath(path: readonly string[]): Carrier | undefined {
  const steps = path.filter((step) => !/^(?:\d+|\[\]|value)$/.test(step) && !(step.endsWith('()') && PARTS.test(step.slice(0, -2))));
  const last = steps.at(-1) ?? '';
  const holder = steps.at(-2) ?? '';
  if (/^headers?$/.test(holder) && isTokenHeader(last)) return 'header';
  return /^(?:cookies|signedCookies)$/.test(holder) && namesAccess(last) ? 'cookie' : undefined;
}

function namesAccess(cookie: string): boolean {
  return namedToken(cookie) !== undefined && !/refresh/i.test(cookie);
}

/** `req.token`, where the file has put the token there itself. */
function ofAssigned({ node, file }: Value, reader: Reader, steps: number): Carrier | undefined {
  const name = file.sourceCode.getText(node as never);
  if (!/^[\w$]+(?:\.[\w$]+)+$/.test(name)) return undefined;
  return firstFound(nodesOf(file), (one) => {
    const isWrite = one.type === AST_NODE_TYPES.AssignmentExpression && one.left.type === AST_NODE_TYPES.MemberExpression && file.sourceCode.getText(one.left as never) === name;
    return isWrite ? carrierOf(reader.evaluate(one.right, file), reader, steps + 1) : undefined;
  });
}

function ofExpression(node: TSESTree.Node, file: SourceFile, reader: Reader, steps: number): Carrier | undefined {
  const deeper = (inner: TSESTree.Node) => carrierOf(reader.evaluate(inner, file), reader, steps + 1);
  const plain = unwrapped(node);
  switch (plain.type) {
    case AST_NODE_TYPES.CallExpression: return ofCall(plain, file, deeper);
    case AST_NODE_TYPES.MemberExpression: {
      const name = writtenName(plain);
      if (name === undefined || /^(?:\d+|value|groups|token)$/.test(name)) {
        const carrier = plain.object.type === AST_NODE_TYPES.Identifier || unwrapped(plain.object).type === AST_NODE_TYPES.CallExpression || unwrapped(plain.object).type === AST_NODE_TYPES.MemberExpression ? deeper(plain.object) : undefined;
        if (carrier) return carrier;
      }
      return name !== undefined && isTokenHeader(name) && /^headers?$/.test(endName(plain.object)) && isRequest((plain.object as TSESTree.MemberExpression).object, file) ? 'header' : undefined;
    }
    case AST_NODE_TYPES.Identifier: {
      const declarator = variableOf(plain, file)?.defs[0]?.node as TSESTree.Node | undefined;
      // `const [scheme, token] = header.split(' ')`
      return declarator?.type === AST_NODE_TYPES.VariableDeclarator && declarator.id.type === AST_NODE_TYPES.ArrayPattern && declarator.init ? deeper(declarator.init) : undefined;
    }
    case AST_NODE_TYPES.TemplateLiteral: return firstFound(plain.expressions, deeper);
    case AST_NODE_TYPES.BinaryExpression: return plain.operator === '+' ? deeper(plain.left) ?? deeper(plain.right) : undefined;
    default: return undefined;
  }
}

function ofCall(call: TSESTree.CallExpression, file: SourceFile, deeper: (node: TSESTree.Node) => Carrier | undefined): Carrier | undefined {
  const name = lastName(call);
  const [first, second] = call.arguments;
  const receiver = call.callee.type === AST_NODE_TYPES.MemberExpression ? call.callee.object : undefined;
  const text = first?.type === AST_NODE_TYPES.Literal && typeof first.value === 'string' ? first.value : undefined;
  if (receiver && PARTS.test(name)) return deeper(receiver) ?? (name === 'exec' && first ? deeper(first) : undefined);
  if (receiver && text !== undefined && /^(?:get|header|getHeader)$/.test(name)) {
    if (isTokenHeader(text) && (isRequest(receiver, file) || isHeadersOf(receiver, file))) return 'header';
    return namesAccess(text) && isCookies(receiver, file) ? 'cookie' : undefined;
  }
  // h3 and hono: `getHeader(event, 'authorization')`, `getCookie(c, 'access_token')`.
  const named = second?.type === AST_NODE_TYPES.Literal && typeof second.value === 'string' ? second.value : undefined;
  if (!receiver && named !== undefined && first && isRequest(first, file)) {
    if (/^(?:getHeader|getRequestHeader)$/.test(name)) return isTokenHeader(named) ? 'header' : undefined;
    if (/^(?:getCookie|getSignedCookie)$/.test(name)) return namesAccess(named) ? 'cookie' : undefined;
  }
  if (!EXTRACTS.test(calledName(call))) return undefined;
  const asksRequest = call.arguments.some((argument) => argument.type !== AST_NODE_TYPES.SpreadElement && (isRequest(argument, file) || deeper(argument) !== undefined));
  return asksRequest ? 'header' : undefined;
}

/** `req`, `ctx.request`, `this.request`, `context.switchToHttp().getRequest()`: the request that is being answered. */
function isRequest(node: TSESTree.Node, file: SourceFile): boolean {
  const plain = unwrapped(node);
  switch (plain.type) {
    case AST_NODE_TYPES.Identifier: {
      if (OUTGOING.test(plain.name)) return false;
      const declarator = variableOf(plain, file)?.defs[0]?.node as TSESTree.Node | undefined;
      if (declarator?.type === AST_NODE_TYPES.VariableDeclarator && declarator.init) return declarator.id.type === AST_NODE_TYPES.ObjectPattern ? REQUEST.test(plain.name) : isRequest(declarator.init, file);
      return REQUEST.test(plain.name);
    }
    case AST_NODE_TYPES.MemberExpression: return /^(?:req|request|raw|handshake|connection)$/.test(endName(plain)) && (plain.object.type === AST_NODE_TYPES.ThisExpression || !OUTGOING.test(endName(plain.object)));
    case AST_NODE_TYPES.CallExpression: return /^(?:getRequest|getContext|getNext|switchToHttp|getEvent|useRequestEvent|useEvent)$/.test(lastName(plain));
    default: return false;
  }
}

function isHeadersOf(node: TSESTree.Node, file: SourceFile): boolean {
  const plain = unwrapped(node);
  if (plain.type === AST_NODE_TYPES.MemberExpression) return endName(plain) === 'headers' && isRequest(plain.object, file);
  return readsAmbient(plain, file, /^headers$/);
}

function isCookies(node: TSESTree.Node, file: SourceFile): boolean {
  const plain = unwrapped(node);
  if (plain.type === AST_NODE_TYPES.MemberExpression) return endName(plain) === 'cookies' && isRequest(plain.object, file);
  return readsAmbient(plain, file, /^cookies$/);
}

/** `headers()` and `cookies()` of Next, also in a variable, and names that a handler takes out of its argument. */
function readsAmbient(node: TSESTree.Node, file: SourceFile, name: RegExp): boolean {
  const plain = unwrapped(node);
  if (plain.type === AST_NODE_TYPES.CallExpression) return plain.arguments.length === 0 && name.test(calledName(plain));
  if (plain.type !== AST_NODE_TYPES.Identifier) return false;
  const definition = variableOf(plain, file)?.defs[0];
  const declarator = definition?.node as TSESTree.Node | undefined;
  if (declarator?.type === AST_NODE_TYPES.VariableDeclarator && declarator.init) {
    if (declarator.id.type !== AST_NODE_TYPES.Identifier) return name.test(plain.name) && isRequest(declarator.init, file);
    return isHeadersOrCookies(declarator.init, file, name);
  }
  return (definition?.type as string | undefined) === 'Parameter' && name.test(plain.name);
}

function isHeadersOrCookies(node: TSESTree.Node, file: SourceFile, name: RegExp): boolean {
  const plain = unwrapped(node);
  if (plain.type === AST_NODE_TYPES.MemberExpression) return name.test(endName(plain)) && isRequest(plain.object, file);
  return plain.type === AST_NODE_TYPES.CallExpression && plain.arguments.length === 0 && name.test(calledName(plain));
}

/** Whether a parameter is the request that is being answered, or a part of it. */
function isOfRequest(value: ParameterValue): boolean {
  if (value.path.some((step) => /^(?:config|response|res|error)$/.test(step))) return false;
  // `({ headers }) => …` is a route as well as a helper that sends requests.
  if (isTakenApart(value)) return /^(?:req|request|ctx|context|event)$/.test(value.path[0] ?? '') || (value.index === 0 && isRequestHandler(value.owner));
  const name = nameOfParameter(value);
  return (REQUEST.test(name) && !OUTGOING.test(name)) || decoratorsOf(value.owner.params[value.index] as TSESTree.Node).some(({ expression }) => expression.type === AST_NODE_TYPES.CallExpression && /^(?:Req|Request|Ctx|Context)$/.test(lastName(expression)));
}

function isTakenApart({ owner, index }: ParameterValue): boolean {
  const parameter = owner.params[index];
  return (parameter?.type === AST_NODE_TYPES.AssignmentPattern ? parameter.left : parameter)?.type === AST_NODE_TYPES.ObjectPattern;
}

function nameOfParameter({ owner, index }: ParameterValue): string {
  const parameter = owner.params[index];
  const plain = parameter?.type === AST_NODE_TYPES.AssignmentPattern ? parameter.left : parameter?.type === AST_NODE_TYPES.TSParameterProperty ? parameter.parameter : parameter;
  return plain?.type === AST_NODE_TYPES.Identifier ? plain.name : '';
}

/** `@Headers('authorization') value` and `@Headers() headers` of Nest. */
function isDecorated({ owner, index }: ParameterValue, name: RegExp, ofToken: boolean): boolean {
  const parameter = owner.params[index];
  return parameter !== undefined && decoratorsOf(parameter).some(({ expression }) => {
    if (expression.type !== AST_NODE_TYPES.CallExpression || !name.test(lastName(expression))) return false;
    const [part] = expression.arguments;
    if (!ofToken) return part === undefined;
    return part?.type === AST_NODE_TYPES.Literal && (name.test('Cookies') ? namesAccess(String(part.value)) : isTokenHeader(String(part.value)));
  });
}
