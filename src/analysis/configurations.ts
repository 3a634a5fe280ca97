import type { LibraryDescriptor } from '../libraries/descriptor.ts';
import { collectCalls } from './call-nodes.ts';
import { discover, type Discovery, type Site } from './discovery.ts';
import { readSourceFile } from './modules.ts';
import { filesMentioning } from './project-index.ts';
import type { Reader } from './reader.ts';
import { readPath, splitPath } from './settings.ts';
import type { SourceFile } from './source-file.ts';
import { unknownValue, type Value } from './value.ts';

/** A registration and the file it stands in. */
interface Registration {
  readonly path: string;
  readonly value: Value;
}

const known = new WeakMap<Reader, Map<LibraryDescriptor, readonly Registration[]>>();

/**
 * What the project configures a library with: the options of every `configure` operation in the same file, else in the
 * package around it. Several registrations are all given; they agree or the setting is not known.
 */
export function configurationsFor(reader: Reader, library: LibraryDescriptor, discovery: Discovery): readonly Value[] {
  const here = configured(reader, library, discovery.sites);
  if (here.length > 0) return here;
  if (reader.settings.followImports === false) return [];
  const cache = known.get(reader) ?? new Map<LibraryDescriptor, readonly Registration[]>();
  known.set(reader, cache);
  const found = cache.get(library) ?? searchPackage(reader, library, discovery.file);
  cache.set(library, found);
  return nearest(found, discovery.file).map(({ value }) => value);
}

function searchPackage(reader: Reader, library: LibraryDescriptor, file: SourceFile): readonly Registration[] {
  const found: Registration[] = [];
  for (const path of filesMentioning(file.filename, Object.keys(library.modules))) {
    if (path === file.filename) continue;
    const other = readSourceFile(path);
    if (other) found.push(...configured(reader, library, discover(reader, other, collectCalls(other)).sites).map((value) => ({ path, value })));
  }
  return found;
}

/** In a repository of several programs in one package, the registrations that share the most folders with a file are its own. */
function nearest(found: readonly Registration[], { filename }: SourceFile): readonly Registration[] {
  const own = filename.split(/[\\/]/).slice(0, -1);
  const shared = found.map(({ path }) => {
    const folders = path.split(/[\\/]/).slice(0, -1);
    const end = own.findIndex((folder, index) => folders[index] !== folder);
    return end === -1 ? own.length : end;
  });
  const most = Math.max(...shared);
  return found.filter((_, index) => shared[index] === most);
}

function configured(reader: Reader, library: LibraryDescriptor, sites: readonly Site[]): readonly Value[] {
  return sites.filter((site) => site.library === library && site.model.kind === 'configure').flatMap((site) => {
    const places = Array.isArray(site.model.arguments) ? site.model.arguments[0] as { options?: number } : site.model.arguments as { options?: number };
    const options = places.options === undefined ? undefined : site.invocation.arguments[places.options];
    if (!options) return [];
    const reading = readPath(reader, options, splitPath(site.model.configurationAt ?? ''), site.node);
    return reading.state === 'set' ? [reading.value] : [unknownValue({ node: site.node, file: site.file }, 'the configuration is made elsewhere')];
  });
}
