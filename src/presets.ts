import type { AnyRule, PresetEntry, PresetName } from './define-rule.ts';

/** The presets, from the one that most projects want to the most particular ones. */
export const presetNames = ['recommended', 'strict', 'service', 'browser'] as const satisfies readonly PresetName[];

/** The rules that a preset holds, by name, with their level and options. */
export function rulesOfPreset(rules: readonly AnyRule[], preset: PresetName): ReadonlyMap<string, PresetEntry> {
  return new Map(rules.flatMap(({ name, presets }) => {
    const entry = presets[preset];
    return entry === undefined ? [] : [[name, entry] as const];
  }));
}
