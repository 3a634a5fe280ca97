import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { libraries } from '../libraries/index.ts';
import { possibilities, type Value } from './value.ts';

/** Parts of a request that its sender writes. */
const REQUEST_PARTS = new Set(['body', 'query', 'params', 'headers', 'header', 'cookies', 'signedCookies', 'searchParams', 'rawHeaders']);
const REQUEST_NAME = /^(?:req|request|ctx|context|event|c)$/i;

/** Whether a value is written by whoever sends the request, or by whoever made the token: neither may decide how the token is checked. */
export function outsideSource(value: Value): 'token' | 'request' | undefined {
  for (const one of possibilities(value)) {
    const source = sourceOf(one);
    if (source) return source;
  }
  return undefined;
}

function sourceOf(value: Value): 'token' | 'request' | undefined {
  switch (value.kind) {
    case 'parameter': {
      const parameter = value.owner.params[value.index];
      const named = parameter?.type === AST_NODE_TYPES.Identifier ? REQUEST_NAME.test(parameter.name) : parameter?.type === AST_NODE_TYPES.ObjectPattern && value.index === 0;
      return named && value.path.slice(0, 3).some((step) => REQUEST_PARTS.has(step)) && value.path.length > 1 ? 'request' : undefined;
    }
    case 'api': return isRead(value.library, value.path) || readsHeader(value.node) ? 'token' : isPartOfRequest(value.path) ? 'request' : undefined;
    case 'array': return value.elements.map(outsideSource).find((source) => source !== undefined);
    case 'text': return value.parts.map(outsideSource).find((source) => source !== undefined);
    case 'unknown': return readsHeader(value.node) ? 'token' : undefined;
    default: return undefined;
  }
}

/** A part of what a library's decoding, which checks nothing, gave back. */
function isRead(name: string, path: string): boolean {
  const library = libraries.find((one) => one.name === name);
  return library?.operations.some((model) => model.kind === 'decode' && model.calls.some((call) => path.startsWith(`${call}().`) || path.startsWith(`${call}()#`))) ?? false;
}

/** A part of the request that a framework hands out and a library hangs its operations on: `request.query.key`. */
function isPartOfRequest(path: string): boolean {
  const [request = '', part = ''] = path.split('.');
  return REQUEST_NAME.test(request) && REQUEST_PARTS.has(part);
}

/** `header.alg`, `decoded.header.alg`: the header of a token that was taken apart by hand. */
function readsHeader(node: Value['node']): boolean {
  let current: Value['node'] = node;
  if (current.type === AST_NODE_TYPES.ChainExpression) current = current.expression;
  if (current.type !== AST_NODE_TYPES.MemberExpression || current.computed || current.property.type !== AST_NODE_TYPES.Identifier || current.property.name !== 'alg') return false;
  const { object } = current;
  const name = object.type === AST_NODE_TYPES.Identifier ? object.name : object.type === AST_NODE_TYPES.MemberExpression && object.property.type === AST_NODE_TYPES.Identifier ? object.property.name : '';
  return /^header|header$/i.test(name);
}
