import { isCheckedByHand } from './analysis/claim-checks.ts';
import { absentClaimCheck, isMisread, knownValues } from './analysis/claim-settings.ts';
import type { JwtOperation } from './analysis/operation.ts';
import { isForDpopProofs } from './analysis/possession-proofs.ts';
import { causeOf, placeOf, reportedSettings } from './analysis/report-place.ts';
import type { Finding, Remedy, RuleContext } from './define-rule.ts';
import { addClaimCheck } from './remedies/claim-check.ts';

type Data<Name extends string> = Readonly<Record<Name, string>>;

/** What such a rule finds; its messages hold these placeholders. */
export type ClaimFinding<RemedyId extends string> = Pick<Finding, 'node' | 'file' | 'exploitability' | 'cause'> & { readonly remedies?: readonly Remedy<RemedyId>[] } & (
  | { readonly message: 'missing'; readonly data: Data<'name' | 'option'> }
  | { readonly message: 'off'; readonly data: Data<'name' | 'option' | 'given' | 'elsewhere'> }
  | { readonly message: 'contradicts'; readonly data: Data<'name' | 'given' | 'elsewhere'> }
);

/** Which claim is checked: its setting, its name in the token (RFC 7519 section 4.1), and the remedy that adds the check. */
export interface CheckedClaim<RemedyId extends string> {
  readonly setting: 'audience' | 'issuer';
  readonly claim: 'aud' | 'iss';
  readonly remedy: RemedyId;
}

/** A check that is missing, switched off, or at odds with the policy. */
export function* claimFindings<RemedyId extends string>(operation: JwtOperation, { policy, isEnabled }: RuleContext<object>, { setting: name, claim, remedy }: CheckedClaim<RemedyId>): Iterable<ClaimFinding<RemedyId>> {
  if (operation.kind === 'verify' || operation.kind === 'decrypt') {
    const absent = absentClaimCheck(operation, name);
    if (absent && !isForDpopProofs(operation) && !isCheckedByHand(operation, claim) && !(isEnabled('valid-verify-options') && isMisread(operation, name))) {
      if (absent.setting) {
        const place = placeOf(operation, absent.setting);
        yield { message: 'off', ...place, exploitability: absent.exploitability, data: { name: operation.name, option: absent.option, given: absent.given, elsewhere: causeOf(place) } };
        return;
      }
      const check = addClaimCheck(operation, name, claim, policy[name]);
      yield {
        message: 'missing', node: operation.node, file: operation.file, exploitability: absent.exploitability, data: { name: operation.name, option: absent.option },
        remedies: check ? [{ id: remedy, safety: 'stricter', edits: check.edits, data: { value: check.value } }] : [],
      };
      return;
    }
  }
  if (operation.kind === 'sign' || operation.kind === 'encrypt') return;
  for (const setting of reportedSettings(operation, operation.settingsAt(name))) {
    for (const { text, value } of knownValues(setting.value, policy[name])) {
      const place = placeOf(operation, setting, value);
      yield { message: 'contradicts', ...place, exploitability: 'depends', data: { name: operation.name, given: text, elsewhere: causeOf(place) } };
    }
  }
}
