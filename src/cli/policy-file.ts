import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Policy, Settings } from '../policy.ts';
import { Failure, nearestName, reasonOf } from './failure.ts';

/** What is wrong with a value, as the end of a sentence; undefined where nothing is. */
type Check = (value: unknown, at: string) => string | undefined;

const text: Check = (value, at) => (typeof value === 'string' && value !== '' ? undefined : `${at} must be text`);
const url: Check = (value, at) => (typeof value === 'string' && URL.canParse(value) ? undefined : `${at} must be a URL`);
const seconds: Check = (value, at) => (typeof value === 'number' && value >= 0 ? undefined : `${at} must be a number of seconds`);
const lifetime: Check = (value, at) => (typeof value === 'string' && /^\d+(?:\.\d+)?\s?(?:s|m|h|d|w)$/.test(value) ? undefined : `${at} must be a lifetime such as 15m, 12h or 30d`);
const oneOf = (...allowed: readonly string[]): Check => (value, at) => (allowed.includes(value as string) ? undefined : `${at} must be ${allowed.join(' or ')}`);
const listOf = (element: Check): Check => (value, at) => (Array.isArray(value) ? value.map((item, index) => element(item, `${at}[${index}]`)).find((problem) => problem !== undefined) : `${at} must be a list`);
const object = (members: Readonly<Record<string, Check>>): Check => (value, at) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${at} must be an object`;
  for (const [name, member] of Object.entries(value)) {
    const check = Object.hasOwn(members, name) ? members[name] : undefined;
    const path = at === 'policy' ? name : `${at}.${name}`;
    if (!check) {
      const near = nearestName(name, Object.keys(members));
      return `${path} is not known there${near === undefined ? '' : ` (did you mean ${near}?)`}`;
    }
    const problem = check(member, path);
    if (problem !== undefined) return problem;
  }
  return undefined;
};
const environment: Check = object({ environment: text });
const policyValue: Check = (value, at) => (typeof value === 'string' ? text(value, at) : typeof value === 'object' && value !== null && 'environment' in value ? environment(value, at) : `${at} must be text or { "environment": "NAME" }`);
const policyValues: Check = (value, at) => (Array.isArray(value) ? listOf(policyValue)(value, at) : policyValue(value, at));

const checks = {
  audience: policyValues,
  issuer: policyValues,
  algorithms: listOf(text),
  jwksUrl: url,
  lifetimes: object({ access: lifetime, refresh: lifetime, oneTime: lifetime }),
  maxAge: lifetime,
  clockTolerance: seconds,
  requiredClaims: listOf(text),
  tokenType: text,
  keyId: policyValue,
  environment: object({ secret: text, privateKey: text, publicKey: text, audience: text, issuer: text }),
  services: listOf(text),
  forwardTo: listOf(text),
  httpsHosts: listOf(text),
  sharedSecrets: oneOf('allowed', 'forbidden'),
} satisfies Record<keyof Policy, Check>;

/** The first thing wrong with a policy, with the path of its key, as the end of a sentence. */
export function problemOfPolicy(policy: unknown): string | undefined {
  return object(checks)(policy, 'policy');
}

/** Reads the policy that `--policy` names. Throws a Failure that names the file and the bad key. */
export function readPolicyFile(path: string, cwd: string): Policy {
  let policy: unknown;
  try {
    policy = JSON.parse(readFileSync(resolve(cwd, path), 'utf8'));
  } catch (error) {
    throw new Failure(error instanceof SyntaxError ? `The policy file ${path} is not JSON: ${reasonOf(error)}.` : `The policy file ${path} cannot be read: ${reasonOf(error)}.`);
  }
  const problem = problemOfPolicy(policy);
  if (problem !== undefined) throw new Failure(`The policy file ${path} cannot be used: ${problem}.`);
  return policy as Policy;
}

/** Refuses settings of an ESLint configuration that the rules would misread. */
export function refuseInvalidSettings(settings: Settings, configurationFile: string): void {
  if (settings.policy === undefined) return;
  const problem = problemOfPolicy(settings.policy);
  if (problem !== undefined) throw new Failure(`settings['jwt-guard'].policy in ${configurationFile} cannot be used: ${problem}.`);
}

/** Whether text is a lifetime as policies write it. */
export function isLifetime(value: string): boolean {
  return lifetime(value, '') === undefined;
}
