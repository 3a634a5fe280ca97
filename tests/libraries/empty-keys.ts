/** What a library does with a key made of nothing, compared with `emptyKey` in its descriptor. */
import type { EmptyKey, OperationModel, Place } from '../../src/libraries/descriptor.ts';
import { holds } from './versions.ts';

export type Nothing = EmptyKey['given'][number];

/** One way to hand over nothing. */
export interface EmptyKeyCase {
  readonly given: Nothing;
  /** Whether algorithms are named; undefined where the call takes none. */
  readonly algorithms: 'set' | 'missing' | undefined;
}

/** Every way to hand over nothing that a call has. */
export function emptyKeyCases(takesAlgorithms: boolean): readonly EmptyKeyCase[] {
  const forms = ['text', 'bytes', 'nothing'] as const;
  return forms.flatMap((given) => (takesAlgorithms ? (['set', 'missing'] as const) : [undefined]).map((algorithms) => ({ given, algorithms })));
}

/** Whether the descriptor says that a key of nothing works. */
export function saysAccepted(operation: OperationModel, version: string, place: Place, { given, algorithms }: EmptyKeyCase): boolean {
  // Without the algorithms that it demands, a library does not get as far as the key.
  const demands = (operation.absent?.algorithms ?? []).some(({ means, versions }) => means === 'refused' && holds(version, versions));
  if (demands && algorithms === 'missing') return false;
  const nested = /^key\./.test(place.at);
  return (operation.emptyKey ?? []).some((one) => holds(version, one.versions) && one.given.includes(given)
    && (one.nested === undefined || one.nested === nested) && (one.algorithms === undefined || algorithms === undefined || one.algorithms === algorithms));
}

/** Keys of nothing as programs write them. */
export const nothings = (given: Nothing): readonly unknown[] => ({ text: [''], bytes: [new Uint8Array(0), Buffer.alloc(0)], nothing: [undefined, null] })[given];
