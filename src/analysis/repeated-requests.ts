import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { type AnyCall, collectCalls } from './call-nodes.ts';
import { calledName, lastName, writtenName } from './expressions.ts';
import { clientCredentialsGrants } from './grant-requests.ts';
import { readerOf } from './operations.ts';
import type { Reader } from './reader.ts';
import { wayFromRequest } from './request-handlers.ts';
import type { SourceFile } from './source-file.ts';
import { isKept } from './token-caches.ts';
import { possibilities } from './value.ts';

/** A request to the authorization server that is made again for every request that the program answers. */
export interface RepeatedRequest {
  readonly kind: 'grant' | 'introspection';
  readonly node: TSESTree.Node;
}

/** Client credentials grants and introspections that a file makes anew for each request, and keeps nothing of. */
export function repeatedRequests(file: SourceFile): readonly RepeatedRequest[] {
  const reader = readerOf(file);
  const all: readonly RepeatedRequest[] = [
    ...clientCredentialsGrants(file, reader).map((node) => ({ kind: 'grant' as const, node })),
    ...introspections(file, reader).map((node) => ({ kind: 'introspection' as const, node })),
  ];
  return all.filter(({ node }) => {
    const way = wayFromRequest(node, file, reader);
    return way !== undefined && !isKept(way, file);
  });
}

/** Calls that ask the authorization server whether a token is valid (RFC 7662). */
function introspections(file: SourceFile, reader: Reader): readonly TSESTree.Node[] {
  return collectCalls(file).filter((call) => {
    if (/^(?:introspect|tokenIntrospection|introspectionRequest|introspectToken|tokenIntrospect)$/.test(lastName(call))) return !isOwnFunction(call, file, reader);
    const [address] = call.arguments;
    return address !== undefined && /^(?:fetch|axios|got|ky|request|needle)$|(?:^|\.)(?:post|request)$/.test(calledName(call)) && namesIntrospection(address, file);
  });
}

/** A function of the file is read by itself. */
function isOwnFunction(call: AnyCall, file: SourceFile, reader: Reader): boolean {
  return possibilities(reader.evaluate(call.callee, file)).some((one) => one.kind === 'function');
}

function namesIntrospection(address: TSESTree.Node, file: SourceFile): boolean {
  if (address.type === AST_NODE_TYPES.ObjectExpression) return address.properties.some((property) => property.type === AST_NODE_TYPES.Property && /^(?:url|uri)$/.test(writtenName(property) ?? '') && namesIntrospection(property.value, file));
  return /introspect/i.test(file.sourceCode.getText(address as never));
}
