import { readSourceFile } from './modules.ts';
import type { JwtOperation } from './operation.ts';
import { analyse, analysisOf } from './operations.ts';
import { filesMentioning } from './project-index.ts';
import type { SourceFile } from './source-file.ts';

const known = new WeakMap<SourceFile, readonly JwtOperation[]>();
/** More files with tokens than this are not read for one linted file. */
const MAX_FILES = 60;

/** The operations of the other files of the package around a linted file. */
export function partnersInPackage(file: SourceFile): readonly JwtOperation[] {
  const before = known.get(file);
  if (before) return before;
  const reader = analysisOf(file)?.reader;
  if (!reader || reader.settings.followImports === false) return [];
  const needles = [...new Set(reader.catalogue.libraries.flatMap(({ modules }) => Object.keys(modules)))].map((specifier) => `'${specifier}'`);
  const paths = filesMentioning(file.filename, [...needles, ...needles.map((needle) => needle.replaceAll("'", '"'))]).filter((path) => path !== file.filename).slice(0, MAX_FILES);
  const operations = paths.flatMap((path) => {
    const other = readSourceFile(path);
    return other ? analyse(other.sourceCode, { filename: path, settings: reader.settings }).operations : [];
  });
  known.set(file, operations);
  return operations;
}
