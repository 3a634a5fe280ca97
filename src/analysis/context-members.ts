import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { Decoration, LibraryDescriptor } from '../libraries/descriptor.ts';
import { collectCalls } from './call-nodes.ts';
import { readSourceFile } from './modules.ts';
import { filesMentioning } from './project-index.ts';
import type { Reader } from './reader.ts';
import { readPath } from './settings.ts';
import type { SourceFile } from './source-file.ts';
import { possibilities, type Value } from './value.ts';

/** The names under which a library's plugin stands on a framework's context: the usual one, or those that its registrations choose. */
export function contextMembers(reader: Reader, library: LibraryDescriptor, { member = '', memberOption }: Decoration, file: SourceFile): readonly string[] {
  if (memberOption === undefined) return [member];
  const here = registeredIn(reader, library, file);
  if (here.length > 0) return here;
  const elsewhere = reader.settings.followImports === false ? [] : filesMentioning(file.filename, Object.keys(library.modules)).flatMap((path) => {
    const other = path === file.filename ? undefined : readSourceFile(path);
    return other ? registeredIn(reader, library, other) : [];
  });
  return elsewhere.length > 0 ? elsewhere : [member];
}

/** The name that the options of a registration choose for its member; undefined where that cannot be seen. */
export function registeredMember(reader: Reader, { decorations = [] }: LibraryDescriptor, options: Value, node: TSESTree.Node): string | undefined {
  const choosing = decorations.find(({ memberOption }) => memberOption !== undefined);
  if (choosing?.memberOption === undefined) return undefined;
  const reading = readPath(reader, options, [choosing.memberOption], node);
  if (reading.state === 'missing') return choosing.member;
  return reading.state === 'set' && reading.value.kind === 'primitive' && typeof reading.value.value === 'string' ? reading.value.value : undefined;
}

/** Only calls of an imported name are looked at: anything else would ask for the context again. */
function registeredIn(reader: Reader, library: LibraryDescriptor, file: SourceFile): readonly string[] {
  if (!Object.keys(library.modules).some((specifier) => file.sourceCode.text.includes(specifier))) return [];
  return collectCalls(file).flatMap((call) => {
    const [options] = call.arguments;
    if (call.callee.type !== AST_NODE_TYPES.Identifier || !options) return [];
    const registers = possibilities(reader.evaluate(call.callee, file)).some((one) => one.kind === 'api' && one.library === library.name && reader.catalogue.models(library.name, one.path).some(({ kind }) => kind === 'configure'));
    return (registers ? registeredMember(reader, library, reader.evaluate(options, file), call) : undefined) ?? [];
  });
}
