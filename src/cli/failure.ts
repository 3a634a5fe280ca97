export { nearestName } from '../nearest-name.ts';
export { reasonOf } from '../reason-of.ts';

/** A reason why a command could not run, said in one sentence; the command line prints it without a stack and exits with 2. */
export class Failure extends Error {
  override readonly name = 'Failure';
}
