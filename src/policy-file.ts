import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Policy } from './policy.ts';
import { reasonOf } from './reason-of.ts';
import { problemOfPolicy } from './validate-settings.ts';

/** Reads the file that `--policy` names. Throws an Error of one sentence, with the file's name and the path of the bad key, where it cannot be used. */
export function readPolicyFile(path: string, cwd: string): Policy {
  let text: string;
  try {
    text = readFileSync(resolve(cwd, path), 'utf8');
  } catch (error) {
    throw new Error(`The policy file ${path} cannot be read: ${reasonOf(error)}.`, { cause: error });
  }
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch (error) {
    throw new Error(`The policy file ${path} is not JSON: ${reasonOf(error)}.`, { cause: error });
  }
  const problem = problemOfPolicy(policy, '');
  if (problem !== undefined) throw new Error(`The policy file ${path} cannot be used: ${problem}.`);
  return policy as Policy;
}
