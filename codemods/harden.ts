import { rules } from '../rules/index.ts';
import { codemod, remedyOf } from '../src/codemod.ts';
import { addAudience } from './add-audience.ts';
import { addIssuer } from './add-issuer.ts';
import { addTokenType } from './add-token-type.ts';
import { correctVerifyOptions } from './correct-verify-options.ts';

export const harden = codemod({
  name: 'harden',
  description: 'Makes every repair that needs no person, for all rules that are switched on, in the order that one repair needs of another.',
  repairs: rules.map((rule) => remedyOf(rule, ...Object.keys(rule.remedies as object))),
  phases: { ...addAudience.phases, ...addIssuer.phases, ...addTokenType.phases, ...correctVerifyOptions.phases },
  follows: 'recommended',
});

export default harden.transform;
