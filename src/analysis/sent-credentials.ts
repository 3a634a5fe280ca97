import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { nodesOf } from './call-nodes.ts';
import { calledName, writtenName } from './expressions.ts';
import { isWrittenSecret } from './key-uses.ts';
import { type KeyPossibility, readKey } from './keys.ts';
import { analysisOf } from './operations.ts';
import { isNamedAfterItself, isStandIn } from './placeholder-secrets.ts';
import type { Reader } from './reader.ts';
import type { SourceFile } from './source-file.ts';
import { isTestFile } from './test-files.ts';

/** A client secret, password or token in the source that a request carries (RFC 6749 section 2.3.1, RFC 6750 section 2.1). */
export interface SentCredential {
  readonly kind: 'client secret' | 'password' | 'token';
  /** The text, and where it stands. */
  readonly text: string;
  readonly node: TSESTree.Node;
  readonly file: SourceFile;
  /** The expression that puts it into the request. */
  readonly use: { readonly node: TSESTree.Node; readonly file: SourceFile };
  /** It is what remains when an environment variable or configuration value is missing. */
  readonly fallback: boolean;
  /** Its node holds nothing else, so that it can be replaced. */
  readonly whole: boolean;
}

/** An expression that stands where a request takes a credential, whatever it is made of. */
export interface CredentialPlace {
  readonly kind: 'client secret' | 'password';
  readonly node: TSESTree.Node;
}

/** A signed JWT in compact form (RFC 7519 section 3.1), perhaps with its scheme in front. */
const TOKEN = /^(?:Bearer\s+)?eyJ[\w-]{5,}\.eyJ[\w-]{5,}\.[\w-]*$/i;

const known = new WeakMap<SourceFile, readonly SentCredential[]>();

/** Credentials in the source that the requests of a file carry, each place once. */
export function sentCredentials({ file }: { readonly file: SourceFile }): readonly SentCredential[] {
  const before = known.get(file);
  if (before) return before;
  const reader = analysisOf(file)?.reader;
  const found = new Map<string, SentCredential>();
  const add = (credential: SentCredential) => {
    const place = `${credential.file.filename}\n${credential.node.range.join(':')}`;
    if (!found.has(place)) found.set(place, credential);
  };
  if (reader) {
    for (const { kind, node } of credentialPlaces(file)) for (const possibility of writtenAt(reader, node, file)) add({ kind, ...possibility, use: { node, file } });
    for (const node of authorizationValues(file)) for (const one of carriedTokens(reader, node, file)) add(one);
    for (const one of inBodies(file)) add(one);
  }
  const all = [...found.values()].sort((a, b) => a.use.node.range[0] - b.use.node.range[0]);
  known.set(file, all);
  return all;
}

function writtenAt(reader: Reader, node: TSESTree.Node, file: SourceFile): Pick<SentCredential, 'text' | 'node' | 'file' | 'fallback' | 'whole'>[] {
  const key = readKey(reader, reader.evaluate(node, file), { node, file });
  return key.possibilities.filter((one): one is KeyPossibility & { text: string } => isWrittenSecret(one) && one.material === 'literal' && one.text !== undefined && !isStandIn(one.text) && !(isTestFile(file.filename) && isNamedAfterItself(one.text)))
    .map(({ text, node: at, file: other, fallback }) => ({ text, node: at, file: other, fallback, whole: true }));
}

/** Expressions that requests for tokens, and the clients that make them, take as client secret or password. */
export function* credentialPlaces(file: SourceFile): Iterable<CredentialPlace> {
  const { text } = file.sourceCode;
  const asksForTokens = text.includes('grant_type');
  for (const node of nodesOf(file)) {
    if (node.type === AST_NODE_TYPES.ObjectExpression && !isMocked(node)) yield* inObject(node, file);
    if (!asksForTokens) continue;
    if (node.type === AST_NODE_TYPES.CallExpression) {
      const [name, value] = node.arguments;
      const field = isPut(node) && name?.type === AST_NODE_TYPES.Literal ? name.value : undefined;
      if (value && (field === 'client_secret' || field === 'password')) yield { kind: field === 'password' ? 'password' : 'client secret', node: value };
      const pair = basicPair(node, file);
      if (pair) yield { kind: 'client secret', node: pair };
    }
    if (node.type === AST_NODE_TYPES.TemplateLiteral) {
      for (const [index, quasi] of node.quasis.entries()) {
        const value = node.expressions[index];
        if (value && /(?:^|[&?\s])client_secret=$/.test(quasi.value.raw)) yield { kind: 'client secret', node: unwrapped(value, file) };
        if (value && /(?:^|[&?\s])password=$/.test(quasi.value.raw)) yield { kind: 'password', node: unwrapped(value, file) };
      }
    }
  }
}

/** Inside the factory or the value of a mock, which no request ever carries: `vi.fn(() => ({ clientSecret: 's' }))`. */
function isMocked(object: TSESTree.Node): boolean {
  for (let node = object.parent; node; node = node.parent) {
    if (node.type === AST_NODE_TYPES.CallExpression && /^(?:vi|jest|sinon|mock|td)\.|\.(?:mock\w*|returns|resolves)$/.test(calledName(node))) return true;
  }
  return false;
}

function* inObject(object: TSESTree.ObjectExpression, file: SourceFile): Iterable<CredentialPlace> {
  const property = (name: string) => object.properties.find((one): one is TSESTree.Property => one.type === AST_NODE_TYPES.Property && writtenName(one) === name)?.value;
  const secret = property('client_secret');
  if (secret && (property('grant_type') ?? property('client_id'))) yield { kind: 'client secret', node: secret };
  const password = property('password');
  if (password && property('grant_type') && property('username')) yield { kind: 'password', node: password };
  const camel = property('clientSecret');
  if (camel && (property('clientId') ?? property('clientID')) && isHandedOn(object)) yield { kind: 'client secret', node: camel };
  // `auth: { username: id, password: secret }` beside a body that asks for a token.
  if (password && property('username') && file.sourceCode.text.includes('client_credentials') && object.parent.type === AST_NODE_TYPES.Property && writtenName(object.parent) === 'auth') yield { kind: 'client secret', node: password };
}

function isHandedOn(object: TSESTree.Node): boolean {
  for (let node: TSESTree.Node | undefined = object; node; node = node.parent) {
    if (node.parent?.type === AST_NODE_TYPES.CallExpression || node.parent?.type === AST_NODE_TYPES.NewExpression) return node.parent.callee !== node;
    if (node.type !== AST_NODE_TYPES.ObjectExpression && node.type !== AST_NODE_TYPES.Property && node.type !== AST_NODE_TYPES.ArrayExpression && node.type !== AST_NODE_TYPES.TSAsExpression) return false;
  }
  return false;
}

/** `Buffer.from(id + ':' + secret)` and `btoa(…)`: the secret of HTTP Basic authentication (RFC 6749 section 2.3.1). */
function basicPair(call: TSESTree.CallExpression, file: SourceFile): TSESTree.Node | undefined {
  const [pair] = call.arguments;
  if (!pair || !/^(?:Buffer\.from|btoa|window\.btoa)$/.test(file.sourceCode.getText(call.callee as never))) return undefined;
  if (pair.type === AST_NODE_TYPES.TemplateLiteral && pair.expressions.length === 2 && pair.quasis[1]?.value.raw === ':') return unwrapped(pair.expressions[1] as TSESTree.Node, file);
  if (pair.type === AST_NODE_TYPES.BinaryExpression && pair.left.type === AST_NODE_TYPES.BinaryExpression && pair.left.right.type === AST_NODE_TYPES.Literal && pair.left.right.value === ':') return unwrapped(pair.right, file);
  return undefined;
}

/** Inside `encodeURIComponent(…)`. */
function unwrapped(node: TSESTree.Node, file: SourceFile): TSESTree.Node {
  return node.type === AST_NODE_TYPES.CallExpression && node.arguments[0] && /^(?:encodeURIComponent|escape|String)$/.test(file.sourceCode.getText(node.callee as never)) ? node.arguments[0] : node;
}

/** Values of `Authorization` headers. */
function* authorizationValues(file: SourceFile): Iterable<TSESTree.Node> {
  for (const node of nodesOf(file)) {
    if (node.type === AST_NODE_TYPES.Property && /^authorization$/i.test(writtenName(node) ?? '')) yield node.value;
    if (node.type === AST_NODE_TYPES.CallExpression && isPut(node)) {
      const [name, value] = node.arguments;
      if (value && name?.type === AST_NODE_TYPES.Literal && /^authorization$/i.test(String(name.value))) yield value;
    }
    if (node.type === AST_NODE_TYPES.AssignmentExpression && node.left.type === AST_NODE_TYPES.MemberExpression && /authorization['"]?\]?$/i.test(file.sourceCode.getText(node.left as never))) yield node.right;
  }
}

function* carriedTokens(reader: Reader, node: TSESTree.Node, file: SourceFile): Iterable<SentCredential> {
  const parts = node.type === AST_NODE_TYPES.TemplateLiteral && node.expressions.length > 0 ? node.expressions : node.type === AST_NODE_TYPES.BinaryExpression ? [node.left, node.right] : [node];
  for (const part of parts) {
    for (const possibility of readKey(reader, reader.evaluate(part, file), { node: part, file }).possibilities) {
      if (possibility.text !== undefined && TOKEN.test(possibility.text)) yield { kind: 'token', text: possibility.text, node: possibility.node, file: possibility.file, use: { node, file }, fallback: possibility.fallback, whole: false };
    }
  }
}

/** A form body written as one text: `grant_type=client_credentials&client_secret=…`. */
function* inBodies(file: SourceFile): Iterable<SentCredential> {
  for (const node of nodesOf(file)) {
    const text = node.type === AST_NODE_TYPES.Literal && typeof node.value === 'string' ? node.value : node.type === AST_NODE_TYPES.TemplateLiteral ? node.quasis.map(({ value }) => value.raw).join('\0') : '';
    if (!text.includes('grant_type=')) continue;
    const [, name, value] = /[&?]?(client_secret|password)=([^&\s\0]+)/.exec(text) ?? [];
    if (value !== undefined) yield { kind: name === 'password' ? 'password' : 'client secret', text: value, node, file, use: { node, file }, fallback: false, whole: false };
  }
}

function isPut(call: TSESTree.CallExpression): boolean {
  return call.callee.type === AST_NODE_TYPES.MemberExpression && call.callee.property.type === AST_NODE_TYPES.Identifier && ['append', 'set', 'setHeader', 'header', 'field'].includes(call.callee.property.name);
}
