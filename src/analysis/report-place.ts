import type { TSESTree } from '@typescript-eslint/utils';
import type { JwtOperation, SetSetting } from './operation.ts';
import { otherPlace } from './other-place.ts';
import type { SourceFile } from './source-file.ts';
import type { Provenance } from './value.ts';

/** Where a finding about a setting is reported. */
export interface ReportPlace {
  readonly node: TSESTree.Node;
  readonly file: SourceFile;
  /** The text in another file that the finding comes from. */
  readonly cause?: Provenance;
}

/**
 * The smallest node for a finding about a value of a setting: the value's own text, else the place of the setting, else
 * the argument that brings both in from another file.
 */
export function placeOf(operation: JwtOperation, setting: SetSetting, value: Provenance = setting.value): ReportPlace {
  return placeIn(operation, value, setting);
}

/** The same for anything that is written in the options, with what stands around it. */
export function placeIn(operation: JwtOperation, value: Provenance, around: Provenance = value): ReportPlace {
  const { file } = operation;
  if (value.file === file) return { node: value.node, file };
  const cause = { node: value.node, file: value.file };
  if (around.file === file) return { node: around.node, file, cause };
  return { node: operation.argumentNode('options') ?? operation.node, file, cause };
}

/** Names the other file that a finding comes from, for the end of a message's clause; empty where there is none. */
export function causeOf(place: ReportPlace): string {
  return place.cause ? otherPlace(place.cause, place.file) : '';
}

/**
 * Settings of an operation that are reported with it. What a library's configuration in another file sets is reported
 * there, once, and not at every operation that takes it up.
 */
export function reportedSettings(operation: JwtOperation, settings: readonly SetSetting[]): readonly SetSetting[] {
  return settings.filter((setting) => !setting.place.at.startsWith('configuration.') || setting.file === operation.file);
}
