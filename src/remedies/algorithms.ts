import type { SourceFile } from '../analysis/source-file.ts';
import { quote } from './style.ts';

/** An array literal of algorithm names in the file's quotes. */
export function algorithmList(algorithms: readonly string[], file: SourceFile): string {
  return `[${algorithms.map((name) => quote(name, file)).join(', ')}]`;
}
