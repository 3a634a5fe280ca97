import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codemods } from '../codemods/index.ts';
import { rules } from '../rules/index.ts';
import { packageInfo } from '../src/package-info.ts';
import { updateEvidence } from './generate-evidence.ts';
import { libraryDocs } from './generate-library-docs.ts';
import { generatedDocs } from './generated-docs.ts';

/**
 * Writes the generated pages that are out of step with the code; gives the paths of those that changed. Measuring the
 * evidence runs every attack on every library version and takes a minute, so it is done on request.
 */
export async function update({ measure }: { readonly measure: boolean }): Promise<string[]> {
  const { root } = packageInfo();
  const read = (path: string) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined);
  const measured = ['docs/evidence.md', 'src/evidence.json'];
  const before = measured.map(read);
  if (measure) await updateEvidence();
  const written = measured.filter((path, index) => read(path) !== before[index]);
  for (const [path, text] of [...generatedDocs(root, rules, codemods), ['docs/libraries.md', libraryDocs()] as const]) {
    if (read(path) === text) continue;
    writeFileSync(join(root, path), text);
    written.push(path);
  }
  return written;
}
