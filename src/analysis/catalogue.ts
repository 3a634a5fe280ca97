import type { Decoration, LibraryDescriptor, OperationModel } from '../libraries/descriptor.ts';
import { libraries } from '../libraries/index.ts';

/** The descriptors, indexed for look-up by module specifier and by access path. */
export interface Catalogue {
  readonly libraries: readonly LibraryDescriptor[];
  /** Finds the library and the access path that the exports of a module start with. */
  module(specifier: string): { readonly library: LibraryDescriptor; readonly path: string } | undefined;
  library(name: string): LibraryDescriptor | undefined;
  /** Models whose `calls` hold this path, with the prefix `new ` or `extends ` where it applies. */
  models(library: string, call: string): readonly OperationModel[];
  /** Whether some access path of the library goes through this one. */
  leadsTo(library: string, path: string): boolean;
  /** Whether a call of this path gives back the object it is called on. */
  isChain(library: string, path: string): boolean;
  /** Whether some operation of some library ends in this name. */
  isOperationName(name: string): boolean;
  /** Whether some library's export is handed to a method of this name. */
  isHandedTo(method: string): boolean;
  /** Decorations of all libraries that hang on values of this framework module. */
  decorations(module: string): readonly { readonly library: LibraryDescriptor; readonly decoration: Decoration }[];
  /** Matches any module specifier of any library where it is written out as one: `'jose'`, `"npm:jose@5/jwt/verify"`. */
  readonly mention: RegExp;
  /** Matches what a library puts on the objects of a framework, by its members: `jwtVerify`, `jwt.sign`. */
  readonly decorated: RegExp;
  /** The module specifiers of the libraries that hang on a framework: `@fastify/jwt`. */
  readonly decorating: readonly string[];
}

const catalogues = new WeakMap<readonly LibraryDescriptor[], Catalogue>();
const NONE: readonly never[] = [];

/** The catalogue of the built-in libraries and the given ones; cached by identity. */
export function catalogueOf(extra: readonly LibraryDescriptor[] = NONE): Catalogue {
  const known = catalogues.get(extra);
  if (known) return known;
  const catalogue = buildCatalogue([...extra, ...libraries]);
  catalogues.set(extra, catalogue);
  return catalogue;
}

function buildCatalogue(all: readonly LibraryDescriptor[]): Catalogue {
  const modules = new Map<string, { library: LibraryDescriptor; path: string }>();
  const byName = new Map<string, LibraryDescriptor>();
  const models = new Map<string, OperationModel[]>();
  const prefixes = new Set<string>();
  const chains = new Set<string>();
  const chainPrefixes: string[] = [];
  const decorations = new Map<string, { library: LibraryDescriptor; decoration: Decoration }[]>();
  for (const library of all) {
    if (!byName.has(library.name)) byName.set(library.name, library);
    for (const [specifier, path] of Object.entries(library.modules)) if (!modules.has(specifier)) modules.set(specifier, { library, path });
    for (const model of library.operations) {
      for (const call of model.calls) {
        const key = `${library.name}\n${call}`;
        models.set(key, [...(models.get(key) ?? []), model]);
        const path = call.replace(/^(?:new|extends) /, '');
        for (let end = 0; end <= path.length; end++) prefixes.add(`${library.name}\n${path.slice(0, end)}`);
      }
    }
    for (const chain of library.chains ?? []) {
      if (chain.endsWith('*')) chainPrefixes.push(`${library.name}\n${chain.slice(0, -1)}`);
      else chains.add(`${library.name}\n${chain}`);
    }
    for (const decoration of library.decorations ?? []) decorations.set(decoration.module, [...(decorations.get(decoration.module) ?? []), { library, decoration }]);
  }
  const operationNames = new Set(all.flatMap((library) => library.operations.flatMap((model) => model.calls.map((call) => /[\w$]*$/.exec(call)?.[0] ?? ''))));
  const handedTo = new Set(all.flatMap((library) => library.operations.flatMap((model) => model.passedTo?.method ?? [])));
  const names = [...new Set([...modules.keys()].map((specifier) => specifier.replace(/^(?:npm|jsr):/, '')))];
  const roots = names.filter((name) => !names.some((other) => name.startsWith(`${other}/`)));
  return {
    libraries: all,
    module: (specifier) => modules.get(specifier) ?? modules.get(canonicalSpecifier(specifier)),
    library: (name) => byName.get(name),
    models: (library, call) => models.get(`${library}\n${call}`) ?? NONE,
    leadsTo: (library, path) => prefixes.has(`${library}\n${path}`),
    isChain: (library, path) => {
      const key = `${library}\n${path}`;
      return chains.has(key) || chainPrefixes.some((prefix) => key.startsWith(prefix));
    },
    isOperationName: (name) => operationNames.has(name),
    isHandedTo: (method) => handedTo.has(method),
    decorations: (module) => decorations.get(module) ?? NONE,
    mention: new RegExp(`["'\`/:](?:${roots.map(escaped).join('|')})["'\`/@]`),
    decorated: new RegExp(`\\b(?:${[...new Set(all.flatMap(decoratedMembers))].map(escaped).join('|')})\\b`),
    decorating: all.filter((library) => library.decorations).flatMap((library) => Object.keys(library.modules)),
  };
}

/** Members by which a program reaches a library's operations on the objects of a framework. */
function decoratedMembers({ operations, decorations = NONE }: LibraryDescriptor): readonly string[] {
  const calls = operations.flatMap((model) => model.calls);
  return decorations.flatMap(({ as, member }) => calls.filter((call) => call.startsWith(`${as}.`)).map((call) => (member === undefined ? '' : `${member}.`) + call.slice(as.length + 1)));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * The npm name behind a specifier of another runtime: `npm:jose@5/jwt/verify`, `jsr:@panva/jose`, `https://esm.sh/jose@5`,
 * `https://deno.land/x/jose@v4/index.ts`.
 */
export function canonicalSpecifier(specifier: string): string {
  const url = /^https:\/\/(?:esm\.sh|cdn\.skypack\.dev|esm\.run|cdn\.jsdelivr\.net\/npm|unpkg\.com|jspm\.dev|deno\.land\/x)\/(.+)$/.exec(specifier);
  const bare = url?.[1] ?? /^(?:npm|jsr):\/?(.+)$/.exec(specifier)?.[1];
  if (bare === undefined) return specifier;
  const [, name = bare, rest = ''] = /^((?:@[^/@]+\/)?[^/@]+)(?:@[^/]*)?(\/.*)?$/.exec(bare) ?? [];
  const canonical = name === '@panva/jose' ? 'jose' : name;
  return /^\/(?:index|mod)\.[mc]?[jt]s$/.test(rest) ? canonical : canonical + rest;
}
