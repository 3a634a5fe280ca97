import type { LibraryDescriptor } from '../libraries/descriptor.ts';
import { collectCalls } from './call-nodes.ts';
import { registeredMember } from './context-members.ts';
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
  /** The name that it chooses for the library's member of a context; undefined where that cannot be seen. */
  readonly member: string | undefined;
}

const known = new WeakMap<Reader, Map<LibraryDescriptor, readonly Registration[]>>();

/**
 * What the project configures a library with: the options of every `configure` operation in the same file, else in the
 * package around it. Several registrations are all given, except those of another member than the one that is used; they
 * agree or the setting is not known.
 */
export function configurationsFor(reader: Reader, library: LibraryDescriptor, discovery: Discovery, member?: string): readonly Value[] {
  const ofMember = (all: readonly Registration[]) => all.filter((one) => member === undefined || one.member === undefined || one.member === member);
  const here = ofMember(configured(reader, library, discovery.sites));
  if (here.length > 0) return here.map(({ value }) => value);
  if (reader.settings.followImports === false) return [];
  const cache = known.get(reader) ?? new Map<LibraryDescriptor, readonly Registration[]>();
  known.set(reader, cache);
  const found = cache.get(library) ?? searchPackage(reader, library, discovery.file);
  cache.set(library, found);
  return nearest(ofMember(found), discovery.file).map(({ value }) => value);
}

function searchPackage(reader: Reader, library: LibraryDescriptor, file: SourceFile): readonly Registration[] {
  const found: Registration[] = [];
  for (const path of filesMentioning(file.filename, Object.keys(library.modules))) {
    if (path === file.filename) continue;
    const other = readSourceFile(path);
    if (other) found.push(...configured(reader, library, discover(reader, other, collectCalls(other)).sites));
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

function configured(reader: Reader, library: LibraryDescriptor, sites: readonly Site[]): readonly Registration[] {
  return sites.filter((site) => site.library === library && site.model.kind === 'configure').flatMap((site) => {
    const places = Array.isArray(site.model.arguments) ? site.model.arguments[0] as { options?: number } : site.model.arguments as { options?: number };
    const options = places.options === undefined ? undefined : site.invocation.arguments[places.options];
    if (!options) return [];
    const reading = readPath(reader, options, splitPath(site.model.configurationAt ?? ''), site.node);
    const value = reading.state === 'set' ? reading.value : unknownValue({ node: site.node, file: site.file }, 'the configuration is made elsewhere');
    return [{ path: site.file.filename, value, member: registeredMember(reader, library, options, site.node) }];
  });
}
