import type { AnyRule } from '../src/define-rule.ts';
import { noAlgorithmConfusion } from './no-algorithm-confusion.ts';
import { noBrowserClientSecret } from './no-browser-client-secret.ts';
import { noDisabledTimestamp } from './no-disabled-timestamp.ts';
import { noEmptyKey } from './no-empty-key.ts';
import { noEncryptionAsAuthentication } from './no-encryption-as-authentication.ts';
import { noFallbackSecret } from './no-fallback-secret.ts';
import { noHardcodedSecret } from './no-hardcoded-secret.ts';
import { noIgnoreExpiration } from './no-ignore-expiration.ts';
import { noIgnoredVerificationError } from './no-ignored-verification-error.ts';
import { noInsecureKeyOptions } from './no-insecure-key-options.ts';
import { noLargeClockTolerance } from './no-large-clock-tolerance.ts';
import { noLegacyGrant } from './no-legacy-grant.ts';
import { noLongLivedToken } from './no-long-lived-token.ts';
import { noNoneAlgorithm } from './no-none-algorithm.ts';
import { noOptionalAuthentication } from './no-optional-authentication.ts';
import { noSensitiveClaims } from './no-sensitive-claims.ts';
import { noSharedKey } from './no-shared-key.ts';
import { noSharedToken } from './no-shared-token.ts';
import { noTokenBroadcast } from './no-token-broadcast.ts';
import { noTokenForwarding } from './no-token-forwarding.ts';
import { noTokenInUrl } from './no-token-in-url.ts';
import { noTokenInWebStorage } from './no-token-in-web-storage.ts';
import { noTokenLogging } from './no-token-logging.ts';
import { noUnawaitedVerification } from './no-unawaited-verification.ts';
import { noUncachedClientCredentials } from './no-uncached-client-credentials.ts';
import { noUndefinedClaimOption } from './no-undefined-claim-option.ts';
import { noUntrustedPayload } from './no-untrusted-payload.ts';
import { noUnverifiedDecode } from './no-unverified-decode.ts';
import { noUnverifiedHeaderKey } from './no-unverified-header-key.ts';
import { noVulnerableLibrary } from './no-vulnerable-library.ts';
import { noWeakAlgorithm } from './no-weak-algorithm.ts';
import { noWeakSecret } from './no-weak-secret.ts';
import { noWildcardAudience } from './no-wildcard-audience.ts';
import { preferAsymmetricAlgorithm } from './prefer-asymmetric-algorithm.ts';
import { preferRemoteJwks } from './prefer-remote-jwks.ts';
import { requireAlgorithms } from './require-algorithms.ts';
import { requireAudience } from './require-audience.ts';
import { requireAudienceClaim } from './require-audience-claim.ts';
import { requireClaims } from './require-claims.ts';
import { requireDecryptionLimits } from './require-decryption-limits.ts';
import { requireExpiration } from './require-expiration.ts';
import { requireHttps } from './require-https.ts';
import { requireIssuer } from './require-issuer.ts';
import { requireIssuerClaim } from './require-issuer-claim.ts';
import { requireKeyId } from './require-key-id.ts';
import { requireMaxAge } from './require-max-age.ts';
import { requireSecureCookie } from './require-secure-cookie.ts';
import { requireTokenType } from './require-token-type.ts';
import { validExpiration } from './valid-expiration.ts';
import { validVerifyOptions } from './valid-verify-options.ts';

/** The rules of the catalogue, in alphabetical order. */
export const rules: readonly AnyRule[] = [
  noAlgorithmConfusion,
  noBrowserClientSecret,
  noDisabledTimestamp,
  noEmptyKey,
  noEncryptionAsAuthentication,
  noFallbackSecret,
  noHardcodedSecret,
  noIgnoreExpiration,
  noIgnoredVerificationError,
  noInsecureKeyOptions,
  noLargeClockTolerance,
  noLegacyGrant,
  noLongLivedToken,
  noNoneAlgorithm,
  noOptionalAuthentication,
  noSensitiveClaims,
  noSharedKey,
  noSharedToken,
  noTokenBroadcast,
  noTokenForwarding,
  noTokenInUrl,
  noTokenInWebStorage,
  noTokenLogging,
  noUnawaitedVerification,
  noUncachedClientCredentials,
  noUndefinedClaimOption,
  noUntrustedPayload,
  noUnverifiedDecode,
  noUnverifiedHeaderKey,
  noVulnerableLibrary,
  noWeakAlgorithm,
  noWeakSecret,
  noWildcardAudience,
  preferAsymmetricAlgorithm,
  preferRemoteJwks,
  requireAlgorithms,
  requireAudience,
  requireAudienceClaim,
  requireClaims,
  requireDecryptionLimits,
  requireExpiration,
  requireHttps,
  requireIssuer,
  requireIssuerClaim,
  requireKeyId,
  requireMaxAge,
  requireSecureCookie,
  requireTokenType,
  validExpiration,
  validVerifyOptions,
];
