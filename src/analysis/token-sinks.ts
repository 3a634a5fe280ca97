import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { collectCalls, nodesOf } from './call-nodes.ts';
import { endName } from './expressions.ts';
import type { JwtOperation } from './operation.ts';
import { readerOf } from './operations.ts';
import { isInside } from './order.ts';
import type { Reader } from './reader.ts';
import type { SourceFile } from './source-file.ts';
import type { Evidence } from './token-evidence.ts';
import { possibilities, type Value } from './value.ts';

/** Something written to a store that scripts of the page can read. */
export interface StoreWrite {
  readonly node: TSESTree.Node;
  /** `localStorage`, `sessionStorage` or `document.cookie`, for messages. */
  readonly store: string;
  readonly key: TSESTree.Node | undefined;
  /** The key's text where the syntax gives it: `localStorage.token`. */
  readonly keyText: string | undefined;
  readonly value: TSESTree.Node;
}

/** What rules on the handling of tokens look at, in a file whose operations are known. Throws where nobody has analysed it. */
export function evidenceIn(file: SourceFile, operations: readonly JwtOperation[]): Evidence {
  const issuing = operations.filter(({ kind, model }) => (kind === 'sign' || kind === 'encrypt') && model.result?.delivers !== 'function');
  return { file, reader: readerOf(file), issued: new Set<TSESTree.Node>(issuing.map(({ node }) => node)) };
}

/** Everything that the file writes to `localStorage`, `sessionStorage` or a cookie of `document`. */
export function storeWrites(evidence: Evidence): readonly StoreWrite[] {
  const { file, reader } = evidence;
  const writes: StoreWrite[] = [];
  nodesOf(file).forEach((node) => {
    if (node.type === AST_NODE_TYPES.AssignmentExpression && node.left.type === AST_NODE_TYPES.MemberExpression) {
      const store = storeOf(node.left.object, evidence);
      if (store !== undefined) {
        const literal = node.left.property.type === AST_NODE_TYPES.Identifier && !node.left.computed;
        writes.push({ node, store, key: literal ? undefined : node.left.property, keyText: literal ? (node.left.property as TSESTree.Identifier).name : undefined, value: node.right });
      } else if (/^(?:(?:window|globalThis|self)\??\.)?document(?:\.cookie|\[['"]cookie['"]\])$/.test(file.sourceCode.getText(node.left as never))) {
        writes.push({ node, store: 'document.cookie', key: undefined, keyText: undefined, value: node.right });
      }
    }
    if (node.type !== AST_NODE_TYPES.CallExpression) return;
    const { callee } = node;
    if (callee.type === AST_NODE_TYPES.MemberExpression && methodOf(callee, evidence) === 'setItem') {
      const [key, value] = node.arguments;
      const store = storeOf(callee.object, evidence);
      if (store !== undefined && key && value) writes.push({ node, store, key, keyText: undefined, value });
      return;
    }
    const target = /^(?:[gs]et|put|save|store|write|persist|add|update|remember)|storage|cookie/i.test(endName(callee)) ? reader.evaluate(callee, file) : undefined;
    for (const one of target ? possibilities(target) : []) {
      if (one.kind !== 'function' || !/(?:local|session)Storage/.test(one.file.sourceCode.getText(one.node as never))) continue;
      const wrapper = wrapperOf(one.node, one.file, reader);
      if (!wrapper) continue;
      const [key, value] = [node.arguments[wrapper.key], node.arguments[wrapper.value]];
      if (key && value) writes.push({ node, store: wrapper.store, key, keyText: undefined, value });
    }
  });
  return writes;
}

/** A function of the project that stores its own parameters: which of them is the key, which the value. */
function wrapperOf(owner: TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression, file: SourceFile, reader: Reader) {
  const names = owner.params.map((parameter) => (parameter.type === AST_NODE_TYPES.Identifier ? parameter.name : ''));
  for (const call of collectCalls(file)) {
    if (!isInside(call, owner) || call.callee.type !== AST_NODE_TYPES.MemberExpression || call.callee.property.type !== AST_NODE_TYPES.Identifier || call.callee.property.name !== 'setItem') continue;
    const store = storeOf(call.callee.object, { file, reader, issued: new Set() });
    const [key, value] = call.arguments;
    if (store === undefined || !key || !value) continue;
    const stored = value.type === AST_NODE_TYPES.CallExpression ? value.arguments[0] : value;
    const index = stored?.type === AST_NODE_TYPES.Identifier ? names.indexOf(stored.name) : -1;
    const keyIndex = key.type === AST_NODE_TYPES.Identifier ? names.indexOf(key.name) : -1;
    if (index >= 0 && keyIndex >= 0) return { store, value: index, key: keyIndex };
  }
  return undefined;
}

/** The method of a call, also where its name is a text: `localStorage['setItem']`. */
function methodOf({ property, computed }: TSESTree.MemberExpression, { reader, file }: Evidence): string | undefined {
  if (!computed) return property.type === AST_NODE_TYPES.Identifier ? property.name : undefined;
  const name = reader.evaluate(property, file);
  return name.kind === 'primitive' && typeof name.value === 'string' ? name.value : undefined;
}

/** `localStorage` or `sessionStorage`, also through `window` or a constant. */
function storeOf(node: TSESTree.Node, { file, reader }: Evidence): string | undefined {
  if (!/[sS]torage|^\w+$/.test(file.sourceCode.getText(node as never))) return undefined;
  const value = reader.evaluate(node, file);
  const path = value.kind === 'api' && value.library === '#global' ? value.path : undefined;
  return path === 'localStorage' || path === 'sessionStorage' ? path : undefined;
}

/** A cookie that the program sets through a library or a framework. */
export interface CookieWrite {
  readonly node: TSESTree.CallExpression;
  readonly name: TSESTree.Node;
  readonly value: TSESTree.Node | undefined;
  /** The options; undefined where the call has none. */
  readonly options: TSESTree.Node | undefined;
  /** Where options belong that the call does not have. */
  readonly optionsIndex: number;
  /** It runs in the browser, so that no option can hide the cookie from scripts. */
  readonly inBrowser: boolean;
  /** The framework sets `httpOnly`, `secure` and `sameSite` by itself. */
  readonly hardened: 'all' | 'httpOnly' | undefined;
}

const BROWSER_COOKIES = /['"](?:js-cookie|ng[a-z]-cookie(?:-service)?|@angular\/core|universal-cookie|react-cookie|vue-cookies|vue3-cookies|typescript-cookie|tiny-cookie|cookies-js|vue-cookie|cookie-universal|@vueuse\/integrations\/useCookies)['"]/;

/** Every cookie that the file sets through a call. */
export function cookieWrites({ file }: Evidence): readonly CookieWrite[] {
  const { text } = file.sourceCode;
  if (!/cookie/i.test(text)) return [];
  const browser = BROWSER_COOKIES.test(text);
  const hardened = /['"](?:@sveltejs\/kit|\.\/\$types)['"]/.test(text) ? 'all' as const : undefined;
  return collectCalls(file).flatMap((call): readonly CookieWrite[] => {
    if (call.type !== AST_NODE_TYPES.CallExpression) return [];
    const { callee } = call;
    const args = call.arguments;
    const make = (name: number, inBrowser: boolean, guard: CookieWrite['hardened'] = hardened): readonly CookieWrite[] => {
      const key = args[name];
      return key && key.type !== AST_NODE_TYPES.SpreadElement && args.length > name + 1 ? [{ node: call, name: key, value: args[name + 1], options: args[name + 2], optionsIndex: name + 2, inBrowser, hardened: guard }] : [];
    };
    if (callee.type === AST_NODE_TYPES.Identifier) {
      // hono and h3 take their context first, nookies its own.
      if (callee.name === 'setCookie') return args.length >= 3 && isContext(args[0]) ? make(1, false) : make(0, browser);
      // The package `cookie` makes the text of the header; its callers send it.
      return /^serialize(?:Cookie)?$/.test(callee.name) && COOKIE_PACKAGE.test(text) ? make(0, false) : [];
    }
    if (callee.type !== AST_NODE_TYPES.MemberExpression || callee.computed || callee.property.type !== AST_NODE_TYPES.Identifier) return [];
    const method = callee.property.name;
    const receiver = file.sourceCode.getText(callee.object as never);
    if (/^serialize(?:Cookie)?$/.test(method) && /cookie/i.test(receiver) && COOKIE_PACKAGE.test(text)) return make(0, false);
    if (method === 'cookie' && /(?:^|\.)(?:res|response|reply|resp|rep)(?:\.status\([^)]*\))?$/i.test(receiver)) return make(0, false);
    if (method === 'setCookie') return /^(?:reply|res|response|rep|resp)$|\breply\b/.test(receiver) ? make(0, false) : make(0, browser);
    if ((method === 'set' || method === 'put') && /cookies?(?:Store|Service|Jar)?(?:\(\))?\)?$/i.test(receiver)) {
      const koa = /^(?:ctx|context)\.cookies$/.test(receiver);
      // Next also takes everything in one object: `cookies.set({ name, value, httpOnly })`.
      const [only] = args;
      const whole = args.length === 1 && only?.type === AST_NODE_TYPES.ObjectExpression ? only : undefined;
      const name = whole && propertyValue(whole, 'name');
      if (whole && name) return [{ node: call, name, value: propertyValue(whole, 'value'), options: whole, optionsIndex: 0, inBrowser: browser, hardened }];
      return make(0, browser, koa ? 'httpOnly' : hardened);
    }
    return [];
  });
}

const COOKIE_PACKAGE = /['"](?:cookie|cookie-es|next\/dist\/compiled\/cookie)['"]/;

function propertyValue(object: TSESTree.ObjectExpression, name: string): TSESTree.Node | undefined {
  for (const property of object.properties) {
    if (property.type === AST_NODE_TYPES.Property && !property.computed && property.key.type === AST_NODE_TYPES.Identifier && property.key.name === name) return property.value;
  }
  return undefined;
}

/** The text of a `Set-Cookie` header that the file puts together. */
export interface CookieHeader {
  readonly node: TSESTree.Node;
  readonly name: string;
  readonly value: TSESTree.Node;
  /** What follows the value, as written; undefined where some of it cannot be seen. */
  readonly attributes: string | undefined;
}

/** Every `Set-Cookie` header of the file whose cookie has a name that is written out and a value that is not. */
export function cookieHeaders(evidence: Evidence): readonly CookieHeader[] {
  const { file } = evidence;
  if (!/set-cookie/i.test(file.sourceCode.text)) return [];
  const texts: TSESTree.Node[] = [];
  const add = (node: TSESTree.Node | null | undefined): void => {
    if (node?.type === AST_NODE_TYPES.ArrayExpression) node.elements.forEach(add);
    else if (node?.type === AST_NODE_TYPES.TemplateLiteral || node?.type === AST_NODE_TYPES.BinaryExpression) texts.push(node);
  };
  nodesOf(file).forEach((node) => {
    if (node.type === AST_NODE_TYPES.Property && node.key.type === AST_NODE_TYPES.Literal && isSetCookie(node.key)) add(node.value);
    if (node.type === AST_NODE_TYPES.CallExpression && node.arguments[0] && isSetCookie(node.arguments[0])) add(node.arguments[1]);
  });
  return texts.flatMap((node) => headerIn(node, evidence) ?? []);
}

function isSetCookie(node: TSESTree.Node): boolean {
  return node.type === AST_NODE_TYPES.Literal && typeof node.value === 'string' && node.value.toLowerCase() === 'set-cookie';
}

function headerIn(node: TSESTree.Node, { reader, file }: Evidence): CookieHeader | undefined {
  const [first, value, ...rest] = piecesOf(node);
  const name = typeof first === 'string' ? /^\s*([\w.-]+)=$/.exec(first)?.[1] : undefined;
  if (name === undefined || value === undefined || typeof value === 'string') return undefined;
  let attributes: string | undefined = '';
  for (const piece of rest) {
    const known = typeof piece === 'string' ? piece : textOf(reader.evaluate(piece, file));
    // `Max-Age=${seconds}`: the value of an attribute hides no other.
    if (known === undefined && !/=\s*$/.test(attributes)) return { node, name, value, attributes: undefined };
    attributes += known ?? '';
  }
  return { node, name, value, attributes };
}

function textOf(value: Value): string | undefined {
  return value.kind === 'primitive' && typeof value.value === 'string' ? value.value : undefined;
}

/** A template or a sum of texts, taken apart. */
function piecesOf(node: TSESTree.Node): readonly (string | TSESTree.Node)[] {
  if (node.type === AST_NODE_TYPES.Literal && typeof node.value === 'string') return [node.value];
  if (node.type === AST_NODE_TYPES.TemplateLiteral) return node.quasis.flatMap((quasi, index) => [...(quasi.value.cooked ? [quasi.value.cooked] : []), ...(node.expressions[index] ? [node.expressions[index]] : [])]);
  return node.type === AST_NODE_TYPES.BinaryExpression && node.operator === '+' ? [...piecesOf(node.left), ...piecesOf(node.right)] : [node];
}

function isContext(node: TSESTree.Node | undefined): boolean {
  return node?.type === AST_NODE_TYPES.Identifier && /^(?:c|ctx|context|event|h3|req|res)$/.test(node.name);
}
