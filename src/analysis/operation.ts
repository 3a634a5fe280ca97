import type { TSESTree } from '@typescript-eslint/utils';
import type { Absence, Exploitability, LibraryDescriptor, OperationKind, OperationModel, Place, Role, SettingName } from '../libraries/descriptor.ts';
import type { Key } from './keys.ts';
import type { Located, SourceFile } from './source-file.ts';
import type { Value } from './value.ts';

/** What is known of one setting of one operation. */
export type Setting = SetSetting | MissingSetting | UnknownSetting;

/** Settled. `value` may still be a union, an environment variable, or something of which only the presence is known. */
export interface SetSetting {
  readonly state: 'set';
  readonly value: Value;
  /** The expression that gives it at the operation or in its options; where a report belongs. */
  readonly node: TSESTree.Node;
  readonly file: SourceFile;
  /** The whole property, builder call or argument, for removing or replacing it. */
  readonly holder: TSESTree.Node;
  /** The place in the descriptor that it was made in. */
  readonly place: Place;
  /** Its text may be edited from here: it is written in this operation's own file, not for a wrapper, and no operation of another kind shares it. */
  readonly owned: boolean;
  /** False where it may also be left out (a conditional spread, a union with a missing side). */
  readonly definite: boolean;
}

/** Proven absent. */
export interface MissingSetting {
  readonly state: 'missing';
  /** What the library then does, for the version in use; undefined when the library cannot be asked for it or the version is not known to matter. */
  readonly absence: Absence | undefined;
}

export interface UnknownSetting {
  readonly state: 'unknown';
  /** In words a user understands: «the options come from a parameter». */
  readonly because: string;
}

/** One use of a JWT library, the only thing that rules look at. */
export interface JwtOperation {
  readonly kind: OperationKind;
  readonly library: LibraryDescriptor;
  readonly model: OperationModel;
  /** Installed or declared versions of the library that this file can mean, as a semver range; undefined when nothing says. */
  readonly version: string | undefined;
  /** The call, construction or `super(...)` call; for a project's own wrapper the wrapper's call. */
  readonly node: TSESTree.CallExpression | TSESTree.NewExpression;
  readonly file: SourceFile;
  /** The operation inside the project's own function, if this is a call of a wrapper. */
  readonly wrapped: JwtOperation | undefined;
  /** As the user wrote it: `jwt.verify`, for messages. */
  readonly name: string;
  /** The value of an argument by its role; undefined when the call has no such argument. */
  argument(role: Role): Value | undefined;
  /** The node of an argument by its role, as written at the call. */
  argumentNode(role: Role): TSESTree.Node | undefined;
  /** What is known of a setting, wherever the library lets it be made. */
  setting(name: SettingName): Setting;
  /** Every place where the setting is made, each as a set setting, for libraries in which one place overrides another. */
  settingsAt(name: SettingName): readonly SetSetting[];
  /** Places of the setting that cannot be read: what leaves it unknown. */
  unknownPlaces(name: SettingName): readonly Place[];
  /** The key in the field's terms; `undefined` when the call has none. */
  readonly key: Key | undefined;
  /** One for each place where the library takes a key: some take a secret and a pair, or one for signing and one for verifying. */
  readonly keys: readonly Key[];
  /** How bad a misuse of the setting's absence is for this library and version. */
  exploitabilityOf(name: SettingName): Exploitability;
  /** The object literal that gives the options, if it may be edited from here. */
  readonly optionsObject: Located<TSESTree.ObjectExpression> | undefined;
  /** The call gives a promise, whether by the library's nature or because the function was promisified. */
  readonly returnsPromise: boolean;
  /** The call is given a callback that receives the result. */
  readonly callback: Value | undefined;
  /** The reader that can look at any expression around the operation, for rules that follow keys, payloads and tokens. */
  evaluate(node: TSESTree.Node): Value;
}
