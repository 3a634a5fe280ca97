import { existsSync, readFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { reasonOf } from './failure.ts';

const MARK = '\uFEFF';

/** A file as it was read. */
export interface SourceText {
  readonly path: string;
  readonly bytes: Buffer;
  /** The byte order mark that it begins with; empty where there is none. */
  readonly mark: '\uFEFF' | '';
  /** What follows the mark. */
  readonly text: string;
}

/** A file that is not to be had as text. */
export interface UnreadableSource {
  readonly path: string;
  /** The end of a sentence. */
  readonly reason: string;
  /** What its bytes would say in another encoding, for judging whether it matters; undefined where there are none. */
  readonly guess?: string;
}

/** Reads a file as UTF-8. */
export function readSource(path: string): SourceText | UnreadableSource {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return { path, reason: `it cannot be read (${codeOf(error)})` };
  }
  try {
    const whole = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { path, bytes, ...(whole.startsWith(MARK) ? { mark: MARK, text: whole.slice(MARK.length) } : { mark: '', text: whole }) };
  } catch {
    return { path, reason: 'it is not UTF-8 text', guess: bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'latin1') };
  }
}

/**
 * Replaces a file at once, by a temporary file beside it and a rename, and only if it still holds what was read.
 * Returns the reason, as the end of a sentence, where it was left alone.
 */
export function replaceSource(source: SourceText, text: string): string | undefined {
  try {
    const now = existsSync(source.path) ? readFileSync(source.path) : Buffer.alloc(0);
    if (!now.equals(source.bytes)) return 'somebody else changed it in the meantime';
    // Synchronous, so that no signal and no other step of this program comes between the look and the rename.
    writeFileAtomic.sync(source.path, source.mark + text);
    return undefined;
  } catch (error) {
    return `it cannot be written (${codeOf(error)})`;
  }
}

function codeOf(error: unknown): string {
  const words: Readonly<Record<string, string>> = { EACCES: 'permission denied', EPERM: 'not permitted', ENOENT: 'it is gone', EISDIR: 'it is a folder', EROFS: 'read-only file system', ENOSPC: 'no space left' };
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return words[code] ?? reasonOf(error);
}
