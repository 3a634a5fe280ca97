import { dirname, join, sep } from 'node:path';
import type { Decoration, LibraryDescriptor } from '../libraries/descriptor.ts';
import { collectCalls } from './call-nodes.ts';
import { exportOf } from './exports.ts';
import { packageRoot, readSourceFile } from './modules.ts';
import { filesMentioning } from './project-index.ts';
import type { Reader } from './reader.ts';
import type { SourceFile } from './source-file.ts';
import { possibilities, type ProjectFunction, type Value } from './value.ts';

interface Loader {
  readonly library: LibraryDescriptor;
  readonly decoration: Decoration;
}

/** The loaders that call a function because it is what a file exports by default, and the file stands in a folder that they load. */
export function loadersOf(reader: Reader, owner: ProjectFunction, file: SourceFile): readonly Loader[] {
  if (reader.settings.followImports === false) return [];
  const loaders = reader.catalogue.libraries.flatMap((library) => (library.decorations ?? []).flatMap((decoration) => (decoration.folderOption === undefined ? [] : [{ library, decoration }])));
  return loaders.filter(({ decoration }) => foldersLoadedBy(reader, decoration, file).some((folder) => file.filename.startsWith(folder + sep)) && isDefaultExport(reader, owner, file));
}

function isDefaultExport(reader: Reader, owner: ProjectFunction, file: SourceFile): boolean {
  return possibilities(exportOf(reader, file, 'default', { node: owner, file })).some((one) => one.kind === 'function' && one.node === owner);
}

const known = new WeakMap<Reader, Map<string, readonly string[]>>();

/** Folders that a loader is given anywhere in the package. */
function foldersLoadedBy(reader: Reader, decoration: Decoration, file: SourceFile): readonly string[] {
  const cache = known.get(reader) ?? new Map<string, readonly string[]>();
  known.set(reader, cache);
  const key = `${decoration.module}\n${packageRoot(file.filename) ?? ''}`;
  const before = cache.get(key);
  if (before) return before;
  const folders = filesMentioning(file.filename, [decoration.module]).flatMap((path) => {
    const other = readSourceFile(path);
    return other ? foldersIn(reader, decoration, other) : [];
  });
  cache.set(key, folders);
  return folders;
}

function foldersIn(reader: Reader, { module, folderOption = '' }: Decoration, file: SourceFile): readonly string[] {
  return collectCalls(file).flatMap((call) => {
    const values = call.arguments.length > 1 ? call.arguments.map((argument) => reader.evaluate(argument, file)) : [];
    if (!values.some((value) => value.kind === 'api' && value.library === module)) return [];
    return values.flatMap((value) => (value.kind === 'object' ? folderOf(value.entries.get(folderOption)?.value, file) : []));
  });
}

/** `path.join(__dirname, 'routes')`: what is written out follows the folder of the file, or else that of the package. */
function folderOf(value: Value | undefined, file: SourceFile): readonly string[] {
  const parts = value?.kind === 'text' ? value.parts.slice(value.parts.findLastIndex((part) => part.kind !== 'primitive') + 1) : value ? [value] : [];
  const written = parts.map((part) => (part.kind === 'primitive' ? String(part.value) : '')).join('');
  return written === '' ? [] : [join(dirname(file.filename), written), join(packageRoot(file.filename) ?? '', written)].map((folder) => folder.replace(/[\\/]$/, ''));
}
