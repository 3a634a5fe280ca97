import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { Place, SettingName } from '../libraries/descriptor.ts';
import type { Value } from './value.ts';

/** A length of time that was evidently written in another unit than the one that is read. */
export interface UnitMistake {
  readonly read: 'seconds' | 'milliseconds';
  readonly amount: number;
}

const DAY = 86_400;

/** Evidence that a number in a place is in the other unit: a factor of 1000 in its text, or an amount that only makes sense so. */
export function unitMistake(place: Place, setting: SettingName, value: Value): UnitMistake | undefined {
  if (value.kind !== 'primitive' || typeof value.value !== 'number' || !Number.isFinite(value.value) || value.value <= 0) return undefined;
  const amount = value.value;
  if (place.time?.number === 'duration-s') return setting === 'maxAge' && isMilliseconds(amount, value.node) ? { read: 'seconds', amount } : undefined;
  if (place.time?.number !== 'duration-ms') return undefined;
  // Nobody bounds an age or a drift of clocks by fractions of a second, or an age by less than a minute.
  const isSeconds = setting === 'maxAge' ? amount < 60_000 && amount % 1000 !== 0 || amount < 1000 : setting === 'clockTolerance' && amount < 1000;
  const isHour = setting === 'maxAge' && amount < 60_000 && amount % 3600 === 0;
  return (isSeconds || isHour) && !hasThousand(value.node) ? { read: 'milliseconds', amount } : undefined;
}

function isMilliseconds(amount: number, node: TSESTree.Node): boolean {
  if (hasThousand(node)) return amount >= 60_000;
  if (amount < 300_000 || amount % 60_000 !== 0) return false;
  // Whole days in seconds are plausible; a thousand of them are one day in milliseconds.
  return amount % DAY !== 0 || amount % (1000 * DAY) === 0;
}

/** Whether a product in the text has the factor 1000. */
function hasThousand(node: TSESTree.Node): boolean {
  if (node.type !== AST_NODE_TYPES.BinaryExpression || node.operator !== '*') return false;
  return [node.left, node.right].some((side) => (side.type === AST_NODE_TYPES.Literal && side.value === 1000) || hasThousand(side));
}
