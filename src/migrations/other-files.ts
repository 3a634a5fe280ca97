import { dirname, relative } from 'node:path';
import { moduleName, packageRoot, readLocalModules, readText } from '../analysis/modules.ts';
import { filesMentioning } from '../analysis/project-index.ts';
import type { SourceFile } from '../analysis/source-file.ts';

/** The path of another file of the package that imports a file and names one of its functions (any, where no name is given). */
export function otherUses({ filename }: SourceFile, name: string | undefined): string | undefined {
  return said(filename, filesMentioning(filename, [moduleName(filename)]).filter((path) => {
    const text = readText(path) ?? '';
    if (name !== undefined && !new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(text)) return false;
    return [...readLocalModules(text, path)].some((module) => module.path === filename);
  }));
}

/** The path of another file that calls a method of this name: those are called in files that never import the one that declares them. */
export function otherCalls({ filename }: SourceFile, name: string): string | undefined {
  return said(filename, filesMentioning(filename, [`.${name}(`, `.${name}?.(`]));
}

/** The path of another file that names one of some things and does not name the package. */
export function otherMentions({ filename }: SourceFile, needles: readonly string[], unless: string): string | undefined {
  return said(filename, filesMentioning(filename, needles).filter((path) => !(readText(path) ?? '').includes(unless)));
}

function said(filename: string, paths: readonly string[]): string | undefined {
  const found = paths.find((path) => path !== filename);
  return found === undefined ? undefined : relative(packageRoot(filename) ?? dirname(filename), found);
}
