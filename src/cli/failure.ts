export { nearestName } from '../nearest-name.ts';

/** A reason why a command could not run, said in one sentence; the command line prints it without a stack and exits with 2. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/** The first line of whatever was thrown, as the end of a sentence. */
export function reasonOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return (text.split('\n', 1)[0] ?? '').trim().replace(/[.:]+$/, '');
}
