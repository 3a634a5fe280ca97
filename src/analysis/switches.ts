import type { Place } from '../libraries/descriptor.ts';
import { possibilities, truthiness, type Value } from './value.ts';

/** Whether a switch that loosens a check is on: surely, under a condition or by an environment variable, or not as far as can be seen. */
export type SwitchState = 'on' | 'sometimes' | 'off';

/** Reads a switch as its place does. An environment variable is text, so that `false` in it is truthy too. */
export function switchState(value: Value, place: Place): SwitchState {
  const states = possibilities(value).map((one): boolean | undefined => {
    switch (place.on ?? 'truthy') {
      case 'false': return one.kind === 'primitive' ? one.value === false : undefined;
      case 'null': return one.kind === 'primitive' ? one.value === null : undefined;
      default: return one.kind === 'environment' || one.kind === 'text' ? true : truthiness(one);
    }
  });
  if (!states.includes(true)) return 'off';
  const fixed = possibilities(value).every((one) => one.kind !== 'environment' && one.kind !== 'text');
  return fixed && states.every((state) => state === true) ? 'on' : 'sometimes';
}

/** The value that switches the check off, for reporting at its own text. */
export function loosening(value: Value, place: Place): Value {
  return possibilities(value).find((one) => switchState(one, place) !== 'off') ?? value;
}
