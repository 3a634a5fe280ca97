import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { demandedClaims } from '../analysis/demanded-claims.ts';
import type { JwtOperation } from '../analysis/operation.ts';
import type { Edit } from '../define-rule.ts';
import type { Place, SettingName } from '../libraries/descriptor.ts';
import type { PolicyValue } from '../policy.ts';
import { policyExpression } from './environment.ts';
import { addElements } from './lists.ts';
import { setMissing } from './set-setting.ts';
import { quote } from './style.ts';

/** A check of a claim against the policy, and how its value reads. */
export interface ClaimCheck {
  readonly value: string;
  readonly edits: readonly Edit[];
}

/**
 * Compares a claim with the value of the policy. Where the library lets a token pass that lacks the claim, the claim is
 * demanded too; where that cannot be done, nothing is.
 */
export function addClaimCheck(operation: JwtOperation, setting: SettingName, claim: string, policy: PolicyValue | readonly PolicyValue[] | undefined): ClaimCheck | undefined {
  const { file } = operation;
  const value = policy === undefined ? undefined : policyExpression(policy, operation.node, file);
  if (!value) return undefined;
  const isList = value.text.startsWith('[');
  const edits = setCheck(operation, setting, claim, (place) => {
    if (isList) return takesList(place) ? value.text : undefined;
    return place.shape === 'list' ? `[${value.text}]` : value.text;
  });
  return edits && { value: value.text, edits: [...edits, ...value.edits] };
}

/** A list that a library does not compare would be a check that refuses nothing, or everything. */
function takesList({ shape, accepts, misread }: Place): boolean {
  return shape !== 'single' && accepts?.includes('array') !== false && !misread?.some(({ given }) => given === 'array');
}

/** Makes a check of a claim, and demands the claim where the library lets a token pass that lacks it. */
export function setCheck(operation: JwtOperation, setting: SettingName, claim: string, valueAt: (place: Place) => string | undefined): readonly Edit[] | undefined {
  const { file } = operation;
  let besides: readonly Edit[] = [];
  const edits = setMissing(operation, setting, (place) => {
    const text = valueAt(place);
    if (text === undefined || place.missingClaim !== 'accepted' || demandedClaims(operation)?.includes(claim)) return text;
    const list = operation.setting('requiredClaims');
    if (list.state === 'missing') {
      const required = siblingOf(place, operation);
      return required === undefined ? undefined : `${text}, ${required}: [${quote(claim, file)}]`;
    }
    if (list.state !== 'set' || !list.owned || list.file !== file || list.node.type !== AST_NODE_TYPES.ArrayExpression) return undefined;
    besides = [addElements(list.node, [quote(claim, file)], file)];
    return text;
  });
  return edits && [...edits, ...besides];
}

/** Name of the list of required claims, if it stands in the same object as the check. */
function siblingOf(place: Place, { model }: JwtOperation): string | undefined {
  const parent = place.at.slice(0, place.at.lastIndexOf('.'));
  const required = (model.settings.requiredClaims ?? []).find((one) => one.at.slice(0, one.at.lastIndexOf('.')) === parent);
  return required?.at.slice(parent.length + 1);
}
