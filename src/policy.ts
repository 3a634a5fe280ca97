import type { LibraryDescriptor } from './libraries/descriptor.ts';
import { problemOfSettings } from './validate-settings.ts';

/** A value that the project fixes once: literal text, or the environment variable that holds it. */
export type PolicyValue = string | { readonly environment: string };

/** The project's own truth about its tokens: rules take limits from it, remedies take values. */
export interface Policy {
  /** Who the tokens that this project verifies are meant for (RFC 7519 section 4.1.3). */
  readonly audience?: PolicyValue | readonly PolicyValue[];
  /** Who issues them (RFC 7519 section 4.1.1). */
  readonly issuer?: PolicyValue | readonly PolicyValue[];
  /** Accepted signature algorithms, JWA names. */
  readonly algorithms?: readonly string[];
  /** Where the issuer publishes its keys. */
  readonly jwksUrl?: string;
  /** Lifetimes per kind of token, as `15m`, `12h`, `30d`. */
  readonly lifetimes?: { readonly access?: string; readonly refresh?: string; readonly oneTime?: string };
  /** Longest age of a token that is accepted, as `15m`. */
  readonly maxAge?: string;
  /** In seconds. */
  readonly clockTolerance?: number;
  /** Claims that every token must carry. */
  readonly requiredClaims?: readonly string[];
  /** Value of the `typ` header (RFC 9068 section 2.1: `at+jwt`). */
  readonly tokenType?: string;
  /** Key id of the signing key. */
  readonly keyId?: PolicyValue;
  /** Names of the environment variables that secrets and values move to. */
  readonly environment?: { readonly secret?: string; readonly privateKey?: string; readonly publicKey?: string; readonly audience?: string; readonly issuer?: string };
  /** Hosts of this project's own services. */
  readonly services?: readonly string[];
  /** Hosts that a caller's token may be sent on to. */
  readonly forwardTo?: readonly string[];
  /** Hosts that serve https, so that a scheme may be changed. */
  readonly httpsHosts?: readonly string[];
  /** Whether one secret may be shared between services. */
  readonly sharedSecrets?: 'allowed' | 'forbidden';
}

/** A library of the project's own, in the format of the built-in descriptors; what was measured and noted of it may be left out. */
export type InHouseLibrary = Omit<LibraryDescriptor, 'measured' | 'notes'> & Partial<Pick<LibraryDescriptor, 'measured' | 'notes'>>;

/** `settings['jwt-guard']` of an ESLint configuration. */
export interface Settings {
  readonly policy?: Policy;
  /** Descriptors of in-house libraries and wrappers, in the format of `src/libraries`. */
  readonly libraries?: readonly InHouseLibrary[];
  /** Versions of libraries where nothing is installed: `{ jsonwebtoken: '8.5.1' }`. */
  readonly versions?: Readonly<Record<string, string>>;
  /** Whether imports are followed into other files. Default true. */
  readonly followImports?: boolean;
}

/** Settings that were found to be valid; ESLint hands every rule and file the same object. */
const valid = new WeakSet();

/** Settings that say nothing: one object, by which what was found under them is recognised. */
export const NO_SETTINGS: Settings = {};

/** Reads `settings['jwt-guard']`. Throws an Error of one sentence, with the path of the bad key, where they cannot be used. */
export function readSettings(settings: Readonly<Record<string, unknown>>): Settings {
  const own = settings['jwt-guard'];
  if (own === undefined) return NO_SETTINGS;
  if (typeof own === 'object' && own !== null && valid.has(own)) return own;
  const problem = problemOfSettings(own);
  if (problem !== undefined) throw new InvalidSettings(`${problem}.`);
  valid.add(own as object);
  return own as Settings;
}

/** ESLint prints the stack of what a rule throws; here only the sentence says anything to whoever wrote the settings. */
class InvalidSettings extends Error {
  override readonly stack: string;

  constructor(message: string) {
    super(message);
    this.stack = message;
  }
}
