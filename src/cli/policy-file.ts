import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Policy } from '../policy.ts';
import { problemOfPolicy, problemOfSettings } from '../validate-settings.ts';
import { Failure, reasonOf } from './failure.ts';

export { isLifetime } from '../validate-settings.ts';

/** Reads the policy that `--policy` names. Throws a Failure that names the file and the bad key. */
export function readPolicyFile(path: string, cwd: string): Policy {
  let policy: unknown;
  try {
    policy = JSON.parse(readFileSync(resolve(cwd, path), 'utf8'));
  } catch (error) {
    throw new Failure(error instanceof SyntaxError ? `The policy file ${path} is not JSON: ${reasonOf(error)}.` : `The policy file ${path} cannot be read: ${reasonOf(error)}.`);
  }
  const problem = problemOfPolicy(policy, '');
  if (problem !== undefined) throw new Failure(`The policy file ${path} cannot be used: ${problem}.`);
  return policy as Policy;
}

/** Refuses settings of an ESLint configuration that the rules would misread. */
export function refuseInvalidSettings(settings: Readonly<Record<string, unknown>>, configurationFile: string): void {
  const own = settings['jwt-guard'];
  const problem = own === undefined ? undefined : problemOfSettings(own);
  if (problem !== undefined) throw new Failure(`The ESLint configuration ${configurationFile} cannot be used: ${problem}.`);
}
