import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from '../analysis/modules.ts';
import { EditedText } from '../edited-text.ts';
import { readSource, type SourceText } from './source-text.ts';

/** An `.env.example` and what it should hold. */
export interface ExampleEnvironment {
  /** With empty bytes where there is no such file yet. */
  readonly source: SourceText;
  readonly edited: EditedText;
}

/**
 * The `.env.example` files that name the variables which repaired files now refuse to start without: one per package,
 * with the names it already has left as they are. Never a value.
 */
export function exampleEnvironments(repaired: readonly { readonly path: string; readonly before: string; readonly after: string }[]): ExampleEnvironment[] {
  const byFile = new Map<string, Set<string>>();
  for (const { path, before, after } of repaired) {
    const known = demandedIn(before);
    for (const name of demandedIn(after)) {
      if (known.has(name)) continue;
      const file = join(packageRoot(path) ?? dirname(path), '.env.example');
      byFile.set(file, (byFile.get(file) ?? new Set<string>()).add(name));
    }
  }
  return [...byFile].flatMap(([path, names]) => {
    const source = existsSync(path) ? readSource(path) : { path, bytes: Buffer.alloc(0), mark: '' as const, text: '' };
    if ('reason' in source) return [];
    const listed = new Set([...source.text.matchAll(/^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/gm)].map(([, name]) => name));
    const variables = [...names].filter((name) => !listed.has(name)).sort();
    if (variables.length === 0) return [];
    const end = source.text.includes('\r\n') ? '\r\n' : '\n';
    const edited = new EditedText(source.text);
    const separator = source.text === '' || source.text.endsWith('\n') ? '' : end;
    edited.replace([{ range: [source.text.length, source.text.length], text: separator + variables.map((name) => `${name}=${end}`).join('') }]);
    return [{ source, edited }];
  });
}

/** Names that the reader which repairs insert is called with. */
function demandedIn(text: string): Set<string> {
  return new Set([...text.matchAll(/\brequireEnv\(\s*['"`]([A-Za-z_]\w*)/g)].map(([, name = '']) => name));
}
