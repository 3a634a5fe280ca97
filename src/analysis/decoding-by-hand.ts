import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { type AnyCall, collectCalls } from './call-nodes.ts';
import { calledName, initialValue, unwrapped } from './expressions.ts';
import type { SourceFile } from './source-file.ts';
import { variableOf } from './variables.ts';

/** A token taken apart without any library: `JSON.parse(atob(token.split('.')[1]))`. */
export interface HandMadeDecode {
  readonly node: AnyCall;
  readonly file: SourceFile;
  /** The expression whose parts are decoded. */
  readonly token: TSESTree.Node;
  /** Which part: the first is the header, the second the claims (RFC 7515 section 7.1). */
  readonly part: 'header' | 'claims';
}

const found = new WeakMap<SourceFile, readonly HandMadeDecode[]>();

/** Every hand-made decoding in a file, in source order. */
export function handMadeDecodes(file: SourceFile): readonly HandMadeDecode[] {
  const known = found.get(file);
  if (known) return known;
  const { text } = file.sourceCode;
  const decodes = /\bsplit\b/.test(text) ? collectCalls(file).flatMap((call) => decodeAt(call, file) ?? []) : [];
  found.set(file, decodes);
  return decodes;
}

function decodeAt(call: AnyCall, file: SourceFile): HandMadeDecode | undefined {
  const [first] = call.arguments;
  if (call.type !== AST_NODE_TYPES.CallExpression || !first) return undefined;
  const name = calledName(call);
  if (name === 'JSON.parse') {
    const part = encodedPart(first, file, 0);
    return part && { node: call, file, ...part };
  }
  // A decoder of the project's own that is handed the part itself: `decodePart(token.split('.')[1])`.
  if (!/^(?!.*verif).*(?:decode|parse).*$/i.test(name) || /base64|b64|atob|^(?:JSON|Buffer|url|querystring|Number|parseInt|parseFloat|Date)\b|URIComponent|decoder|parseInt|parseFloat/i.test(name)) return undefined;
  const part = tokenPart(first, file, 0);
  // What the decoder does cannot be seen, so that the name has to say that its input is a token.
  return part && TOKEN_NAME.test(file.sourceCode.getText(part.token as never)) ? { node: call, file, ...part } : undefined;
}

const TOKEN_NAME = /token|jwt|jws|authori[sz]ation|bearer|credential|assertion/i;

type Part = Pick<HandMadeDecode, 'token' | 'part'>;

/** Calls that hand text or bytes on without changing what they say. */
const CARRIERS = /^(?:decodeURIComponent|escape|unescape|String)$|\.(?:toString|decode|join|map|split|replace|replaceAll|trim|concat|slice)$|utf-?8/i;
const BASE64 = /(?:^|\.)atob$|base64|b64|urlDecode/i;

/** The token behind an expression that decodes one of its parts from base64. */
function encodedPart(node: TSESTree.Node, file: SourceFile, depth: number): Part | undefined {
  if (depth > 12) return undefined;
  const deeper = (inner: TSESTree.Node) => encodedPart(inner, file, depth + 1);
  const plain = unwrapped(node);
  switch (plain.type) {
    case AST_NODE_TYPES.Identifier: {
      const initial = initialValue(plain, file);
      return initial && deeper(initial);
    }
    case AST_NODE_TYPES.TemplateLiteral:
      return plain.expressions.length === 1 && plain.expressions[0] ? deeper(plain.expressions[0]) : undefined;
    case AST_NODE_TYPES.NewExpression:
      return plain.arguments[0] && /^Buffer$/.test(calledName(plain)) && isBase64(plain.arguments[1]) ? tokenPart(plain.arguments[0], file, 0) : undefined;
    case AST_NODE_TYPES.CallExpression: {
      const name = calledName(plain);
      const [first, second] = plain.arguments;
      if (/^Buffer(?:\.from)?$/.test(name)) return first && isBase64(second) ? tokenPart(first, file, 0) : undefined;
      if (first && BASE64.test(name) && !/(?:encode|btoa)/i.test(name)) return tokenPart(first, file, 0) ?? deeper(first);
      if (/(?:^|\.)TextDecoder\(\)\.decode$|^decoder\.decode$|\.decode$/.test(name) && first) return deeper(first);
      // `Uint8Array.from(atob(part), …)` and `Array.prototype.map.call(atob(part), …)` on the way to text.
      if (first && /^(?:Uint8Array\.from|Array\.from|Array\.prototype\.map\.call)$/.test(name)) return deeper(first);
      if (!CARRIERS.test(name)) return undefined;
      const fromReceiver = plain.callee.type === AST_NODE_TYPES.MemberExpression ? deeper(plain.callee.object) : undefined;
      return fromReceiver ?? (first && deeper(first));
    }
    default:
      return undefined;
  }
}

/** The token behind `token.split('.')[1]`, also through a variable, a list pattern, padding or the URL alphabet of base64. */
function tokenPart(node: TSESTree.Node, file: SourceFile, depth: number): Part | undefined {
  if (depth > 12) return undefined;
  const deeper = (inner: TSESTree.Node) => tokenPart(inner, file, depth + 1);
  const plain = unwrapped(node);
  switch (plain.type) {
    case AST_NODE_TYPES.Identifier: {
      const fromPattern = listElement(plain, file);
      if (fromPattern) return fromPattern;
      const initial = initialValue(plain, file);
      return initial && deeper(initial);
    }
    case AST_NODE_TYPES.MemberExpression: {
      const index = plain.computed && plain.property.type === AST_NODE_TYPES.Literal ? plain.property.value : undefined;
      const token = index === 0 || index === 1 ? splitToken(plain.object, file) : undefined;
      return token && { token, part: index === 0 ? 'header' : 'claims' };
    }
    case AST_NODE_TYPES.BinaryExpression:
      return plain.operator === '+' ? deeper(plain.left) : undefined;
    case AST_NODE_TYPES.LogicalExpression:
      return deeper(plain.left);
    case AST_NODE_TYPES.CallExpression: {
      if (plain.callee.type !== AST_NODE_TYPES.MemberExpression || plain.callee.property.type !== AST_NODE_TYPES.Identifier) return undefined;
      if (plain.callee.property.name === 'at' && plain.arguments[0]?.type === AST_NODE_TYPES.Literal) {
        const index = plain.arguments[0].value;
        const token = index === 0 || index === 1 ? splitToken(plain.callee.object, file) : undefined;
        return token && { token, part: index === 0 ? 'header' : 'claims' };
      }
      return /^(?:replace|replaceAll|padEnd|trim|concat|toString)$/.test(plain.callee.property.name) ? deeper(plain.callee.object) : undefined;
    }
    default:
      return undefined;
  }
}

/** `const [header, payload] = token.split('.')`. */
function listElement(identifier: TSESTree.Identifier, file: SourceFile): Part | undefined {
  const definition = variableOf(identifier, file)?.defs[0];
  const declarator = definition?.node as TSESTree.Node | undefined;
  if (declarator?.type !== AST_NODE_TYPES.VariableDeclarator || declarator.id.type !== AST_NODE_TYPES.ArrayPattern || !declarator.init) return undefined;
  const index = declarator.id.elements.findIndex((element) => element?.type === AST_NODE_TYPES.Identifier && element.name === identifier.name);
  const token = index === 0 || index === 1 ? splitToken(declarator.init, file) : undefined;
  return token && { token, part: index === 0 ? 'header' : 'claims' };
}

/** The receiver of `.split('.')`, also through a variable that holds the parts. */
function splitToken(node: TSESTree.Node, file: SourceFile): TSESTree.Node | undefined {
  const plain = unwrapped(node);
  if (plain.type === AST_NODE_TYPES.Identifier) {
    const initial = initialValue(plain, file);
    return initial && splitToken(initial, file);
  }
  if (plain.type === AST_NODE_TYPES.LogicalExpression) return splitToken(plain.left, file);
  if (plain.type !== AST_NODE_TYPES.CallExpression || plain.callee.type !== AST_NODE_TYPES.MemberExpression || plain.callee.property.type !== AST_NODE_TYPES.Identifier) return undefined;
  if (plain.callee.property.name === 'slice') return splitToken(plain.callee.object, file);
  const [separator] = plain.arguments;
  return plain.callee.property.name === 'split' && separator?.type === AST_NODE_TYPES.Literal && (separator.value === '.' || ('regex' in separator && separator.regex.pattern === '\\.')) ? plain.callee.object : undefined;
}

function isBase64(node: TSESTree.Node | undefined): boolean {
  return node?.type === AST_NODE_TYPES.Literal && /^base64(?:url)?$/i.test(String(node.value));
}
