import type { JSONSchema, TSESTree } from '@typescript-eslint/utils';
import type { JwtOperation } from './analysis/operation.ts';
import type { SourceFile } from './analysis/source-file.ts';
import type { TextEdit } from './edited-text.ts';
import type { Exploitability } from './libraries/descriptor.ts';
import type { Policy } from './policy.ts';

export type PresetName = 'recommended' | 'strict' | 'service' | 'browser';
export type Level = 'error' | 'warn';

/** How a preset holds a rule: at a level, perhaps with options of its own. */
export type PresetEntry = Level | readonly [Level, Readonly<Record<string, unknown>>];

/**
 * `equivalent` never changes which tokens are accepted nor how long one lives; `stricter` rejects what should be
 * rejected and may need a rollout; `review` must be completed by a person and fails closed until then.
 */
export type Safety = 'equivalent' | 'stricter' | 'review';

/** An edit of a file's text. */
export interface Edit extends TextEdit {
  readonly file: SourceFile;
}

/** A repair that a finding offers. `id` is the name of one of the rule's remedies; `data` fills its description. */
export interface Remedy<Id extends string = string> {
  readonly id: Id;
  readonly safety: Safety;
  readonly edits: readonly Edit[];
  readonly data?: Readonly<Record<string, string | number>>;
}

/** Names of the `{{placeholders}}` in a message. */
export type Placeholders<Text extends string> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Trim<Name> | Placeholders<Rest> : never;
type Trim<Text extends string> = Text extends ` ${infer Rest}` ? Trim<Rest> : Text extends `${infer Rest} ` ? Trim<Rest> : Text;

type MessageOf<Messages extends Readonly<Record<string, string>>> = {
  [Id in keyof Messages & string]: [Placeholders<Messages[Id]>] extends [never]
    ? { readonly message: Id; readonly data?: never }
    : { readonly message: Id; readonly data: Readonly<Record<Placeholders<Messages[Id]>, string | number>> };
}[keyof Messages & string];

/** One defect, reported at the smallest useful node. */
export type Finding<Messages extends Readonly<Record<string, string>> = Readonly<Record<string, string>>, RemedyId extends string = string> = MessageOf<Messages> & {
  readonly node: TSESTree.Node;
  readonly file: SourceFile;
  /** What the defect is worth for the library and version at hand. */
  readonly exploitability: Exploitability;
  readonly remedies?: readonly Remedy<RemedyId>[];
  /** The place that the defect comes from. It is told where it stands in another file, and the message then names it. */
  readonly cause?: { readonly node: TSESTree.Node; readonly file: SourceFile };
};

/** What a rule is given besides the operation. */
export interface RuleContext<Options> {
  readonly file: SourceFile;
  /** All operations of the file, in source order. */
  readonly operations: readonly JwtOperation[];
  readonly policy: Policy;
  readonly options: Options;
  /** Whether another rule of the catalogue runs on this file too: for precedence between rules. */
  isEnabled(rule: string): boolean;
}

/** A rule of the catalogue: what it says, where it stands, and a pure check. */
export interface RuleDefinition<
  Messages extends Readonly<Record<string, string>> = Readonly<Record<string, string>>,
  Remedies extends Readonly<Record<string, string>> = Readonly<Record<string, string>>,
  Options extends object = object,
> {
  readonly name: string;
  /** One sentence. */
  readonly description: string;
  readonly messages: Messages;
  /** Remedy id to the description that an editor shows for it. */
  readonly remedies: Remedies;
  readonly options: { readonly schema: Readonly<Record<string, JSONSchema.JSONSchema4>>; readonly defaults: Options };
  /** RFC sections and CWE numbers: `RFC 8725 section 3.1`, `CWE-347`. */
  readonly references: readonly string[];
  readonly presets: Readonly<Partial<Record<PresetName, PresetEntry>>>;
  /** What this rule finds in one operation. */
  check?(operation: JwtOperation, context: RuleContext<Options>): Iterable<Finding<Messages, keyof Remedies & string>>;
  /** What it finds in the file as a whole, for rules that compare operations or look at more than them. */
  checkFile?(context: RuleContext<Options>): Iterable<Finding<Messages, keyof Remedies & string>>;
}

/** Types a rule definition: placeholders of messages and ids of remedies are checked against their texts. */
export function defineRule<
  const Messages extends Readonly<Record<string, string>>,
  const Remedies extends Readonly<Record<string, string>> = Readonly<Record<never, string>>,
  Options extends object = Readonly<Record<never, never>>,
>(definition: Omit<RuleDefinition<Messages, Remedies, Options>, 'remedies' | 'options'> & { readonly remedies?: Remedies; readonly options?: RuleDefinition<Messages, Remedies, Options>['options'] }): RuleDefinition<Messages, Remedies, Options> {
  return {
    ...definition,
    remedies: definition.remedies ?? ({} as Remedies),
    options: definition.options ?? { schema: {}, defaults: {} as Options },
  };
}

/** A rule whose types have been forgotten, as the hosts hold it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- messages, remedies and options differ per rule and are checked where the rule is defined
export type AnyRule = RuleDefinition<any, any, any>;
