import type { AnyRule } from '../src/define-rule.ts';
import { noAlgorithmConfusion } from './no-algorithm-confusion.ts';
import { noDisabledTimestamp } from './no-disabled-timestamp.ts';
import { noEmptyKey } from './no-empty-key.ts';
import { noFallbackSecret } from './no-fallback-secret.ts';
import { noHardcodedSecret } from './no-hardcoded-secret.ts';
import { noIgnoreExpiration } from './no-ignore-expiration.ts';
import { noIgnoredVerificationError } from './no-ignored-verification-error.ts';
import { noInsecureKeyOptions } from './no-insecure-key-options.ts';
import { noLargeClockTolerance } from './no-large-clock-tolerance.ts';
import { noLongLivedToken } from './no-long-lived-token.ts';
import { noNoneAlgorithm } from './no-none-algorithm.ts';
import { noSensitiveClaims } from './no-sensitive-claims.ts';
import { noUnawaitedVerification } from './no-unawaited-verification.ts';
import { noUndefinedClaimOption } from './no-undefined-claim-option.ts';
import { noUntrustedPayload } from './no-untrusted-payload.ts';
import { noUnverifiedDecode } from './no-unverified-decode.ts';
import { noWeakAlgorithm } from './no-weak-algorithm.ts';
import { noWildcardAudience } from './no-wildcard-audience.ts';
import { requireAlgorithms } from './require-algorithms.ts';
import { requireAudience } from './require-audience.ts';
import { requireAudienceClaim } from './require-audience-claim.ts';
import { requireClaims } from './require-claims.ts';
import { requireExpiration } from './require-expiration.ts';
import { requireIssuer } from './require-issuer.ts';
import { requireIssuerClaim } from './require-issuer-claim.ts';
import { requireMaxAge } from './require-max-age.ts';
import { validExpiration } from './valid-expiration.ts';
import { validVerifyOptions } from './valid-verify-options.ts';

/** The rules of the catalogue, in alphabetical order. */
export const rules: readonly AnyRule[] = [
  noAlgorithmConfusion,
  noDisabledTimestamp,
  noEmptyKey,
  noFallbackSecret,
  noHardcodedSecret,
  noIgnoreExpiration,
  noIgnoredVerificationError,
  noInsecureKeyOptions,
  noLargeClockTolerance,
  noLongLivedToken,
  noNoneAlgorithm,
  noSensitiveClaims,
  noUnawaitedVerification,
  noUndefinedClaimOption,
  noUntrustedPayload,
  noUnverifiedDecode,
  noWeakAlgorithm,
  noWildcardAudience,
  requireAlgorithms,
  requireAudience,
  requireAudienceClaim,
  requireClaims,
  requireExpiration,
  requireIssuer,
  requireIssuerClaim,
  requireMaxAge,
  validExpiration,
  validVerifyOptions,
];
