import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import semver from 'semver';
import type { EmptyKey } from '../libraries/descriptor.ts';
import { unguaranteedName } from './environment-schema.ts';
import { endName } from './expressions.ts';
import { firstFound } from './first-found.ts';
import type { JwtOperation } from './operation.ts';
import type { SourceFile } from './source-file.ts';
import type { Value } from './value.ts';
import { mayBe } from './versions.ts';

/** A key that is made of nothing, or is when an environment variable is not set. */
export interface NoKey {
  /** What the library then gets: the empty string, no bytes, undefined or null, or the text «undefined». */
  readonly given: EmptyKey['given'][number] | 'word';
  /** The variable that may be unset; undefined where the key is nothing in any case. */
  readonly source: string | undefined;
  /** It is written as the fallback of a reading. */
  readonly fallback: boolean;
  /** The expression that makes it, with its conversion. */
  readonly value: Value;
  /** The reading with its fallback or template, for replacing it. */
  readonly reading: Value;
  /** The key is a property of an object that is handed over. */
  readonly nested: boolean;
}

/** What of a key may be nothing. */
export function noKeysIn(key: Value, operation: JwtOperation): readonly NoKey[] {
  return [...visit(key, operation.file, false, (node) => operation.evaluate(node))];
}

/** `evaluate` reads what a function gives; a function that gives functions is not followed. */
function* visit(value: Value, file: SourceFile, nested: boolean, evaluate?: JwtOperation['evaluate']): Iterable<NoKey> {
  const base = { value, reading: value, nested, fallback: false, source: undefined };
  switch (value.kind) {
    case 'primitive':
      if (value.value === '') yield { ...base, given: 'text' };
      else if (value.value === undefined || value.value === null || value.value === false) yield { ...base, given: 'nothing' };
      return;
    case 'environment': case 'configuration': {
      const source = unguaranteedName(value, file);
      if (source !== undefined) yield { ...base, given: 'nothing', source };
      return;
    }
    case 'union': {
      if (value.how === 'fallback') {
        const source = firstFound(value.members, (member) => (member.kind === 'environment' || member.kind === 'configuration' ? member.name : undefined));
        for (const last of value.members.slice(-1)) {
          for (const one of visit(last, file, nested, evaluate)) {
            if (last.kind !== 'primitive') yield one;
            else if (one.given === 'text' || source !== undefined) yield { ...one, source, fallback: true, reading: value };
          }
        }
        return;
      }
      // What a variable or field starts with is not what it holds when something else is written to it before its use.
      if (value.how === 'writes' && value.members.some((member) => member.kind !== 'primitive')) {
        for (const member of value.members) if (member.kind !== 'primitive') yield* visit(member, file, nested, evaluate);
        return;
      }
      // A side of a condition that is undefined is mostly a case that does not get here.
      for (const member of value.members) for (const one of visit(member, file, nested, evaluate)) if (one.given !== 'nothing' || one.source !== undefined) yield one;
      return;
    }
    case 'text': {
      const readings = value.parts.filter((part) => !(part.kind === 'primitive' && part.value === '')).map((part) => [...visit(part, file, nested)].find((one) => one.source !== undefined));
      const [first] = readings;
      if (first && readings.every((one) => one?.given === 'nothing')) yield { ...first, given: 'word', value, reading: value };
      return;
    }
    case 'bytes': {
      if (value.encoding === 'zero') {
        if (value.length === 0) yield { ...base, given: 'bytes' };
        return;
      }
      if (!value.from || value.encoding === 'file' || value.random) return;
      if (value.from.kind === 'array' && value.from.elements.length === 0 && !value.from.open) {
        yield { ...base, given: 'bytes' };
        return;
      }
      for (const one of visit(value.from, file, nested)) {
        // `Buffer.from(undefined)` throws; only an encoder makes bytes of nothing.
        if (one.given === 'nothing' && !isEncoder(value)) continue;
        yield { ...one, given: one.given === 'word' ? 'word' : 'bytes', value };
      }
      return;
    }
    case 'key':
      if (value.of && value.keyKind === 'secret') for (const one of visit(value.of, file, nested)) if (one.given === 'bytes' || one.given === 'word') yield { ...one, value };
      return;
    case 'function': {
      // What the function returns on one of its ways; only an empty text is no accident.
      const { body } = value.node;
      if (body.type !== AST_NODE_TYPES.BlockStatement && evaluate) for (const one of visit(evaluate(body), file, nested)) if (one.given !== 'nothing') yield one;
      return;
    }
    case 'object': {
      const entry = ['key', 'secret', 'utf8'].map((name) => value.entries.get(name)).find((one) => one !== undefined);
      if (entry && !value.entries.has('kty')) yield* visit(entry.value, file, true, evaluate);
      return;
    }
    default:
  }
}

function isEncoder({ node }: Value): boolean {
  return node.type === AST_NODE_TYPES.CallExpression && endName(node.callee) === 'encode';
}

/** What the operation does with a key of nothing, in the versions in use. */
export function effectOfNoKey(operation: JwtOperation, { given, nested }: NoKey): 'accepted' | 'depends' | 'refused' {
  if (given === 'word') return 'accepted';
  const algorithms = operation.setting('algorithms').state;
  const fitting = (operation.model.emptyKey ?? []).filter((one) => one.given.includes(given) && mayBe(operation.version, one.versions)
    && (one.nested === undefined || one.nested === nested)
    && (one.algorithms === undefined || (one.algorithms === 'set' ? algorithms !== 'missing' : algorithms !== 'set')));
  if (fitting.length === 0) return 'refused';
  return fitting.some((one) => one.versions === undefined || (operation.version !== undefined && semver.subset(operation.version, one.versions, { includePrerelease: true }))) ? 'accepted' : 'depends';
}
