import type { Codemod } from '../src/codemod.ts';
import { addAudience } from './add-audience.ts';
import { addExpiration } from './add-expiration.ts';
import { addIssuer } from './add-issuer.ts';
import { addKeyId } from './add-key-id.ts';
import { addTokenType } from './add-token-type.ts';
import { awaitVerification } from './await-verification.ts';
import { boundTokenAge } from './bound-token-age.ts';
import { capLifetime } from './cap-lifetime.ts';
import { correctTimeUnits } from './correct-time-units.ts';
import { correctVerifyOptions } from './correct-verify-options.ts';
import { enforceExpiration } from './enforce-expiration.ts';
import { expressJwt8 } from './express-jwt-8.ts';
import { harden } from './harden.ts';
import { httpsEndpoints } from './https-endpoints.ts';
import { jose6 } from './jose-6.ts';
import { jsonwebtokenToJose } from './jsonwebtoken-to-jose.ts';
import { limitDecryption } from './limit-decryption.ts';
import { pinAlgorithms } from './pin-algorithms.ts';
import { removeInsecureKeyOptions } from './remove-insecure-key-options.ts';
import { removeNoneAlgorithm } from './remove-none-algorithm.ts';
import { removeSecretFallback } from './remove-secret-fallback.ts';
import { requireClaims } from './require-claims.ts';
import { requireEnvironment } from './require-environment.ts';
import { restoreTimestamp } from './restore-timestamp.ts';
import { secretsToEnvironment } from './secrets-to-environment.ts';
import { secureCookies } from './secure-cookies.ts';
import { separateAlgorithmFamilies } from './separate-algorithm-families.ts';
import { verifyInsteadOfDecode } from './verify-instead-of-decode.ts';

/** The codemods of the catalogue, in alphabetical order. */
export const codemods: readonly Codemod[] = [
  addAudience,
  addExpiration,
  addIssuer,
  addKeyId,
  addTokenType,
  awaitVerification,
  boundTokenAge,
  capLifetime,
  correctTimeUnits,
  correctVerifyOptions,
  enforceExpiration,
  expressJwt8,
  harden,
  httpsEndpoints,
  jose6,
  jsonwebtokenToJose,
  limitDecryption,
  pinAlgorithms,
  removeInsecureKeyOptions,
  removeNoneAlgorithm,
  removeSecretFallback,
  requireClaims,
  requireEnvironment,
  restoreTimestamp,
  secretsToEnvironment,
  secureCookies,
  separateAlgorithmFamilies,
  verifyInsteadOfDecode,
];
