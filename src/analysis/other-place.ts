import { basename } from 'node:path';
import type { SourceFile } from './source-file.ts';
import type { Provenance } from './value.ts';

/** Where the text of a finding stands, if not in the linted file: ` (config.js:12)`, for the end of a message's clause. */
export function otherPlace(place: Provenance, file: SourceFile): string {
  return place.file === file ? '' : ` (${basename(place.file.filename)}:${place.node.loc.start.line})`;
}
