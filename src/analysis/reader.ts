import type { TSESTree } from '@typescript-eslint/utils';
import type { Settings } from '../policy.ts';
import type { Catalogue } from './catalogue.ts';
import { readSourceFile } from './modules.ts';
import { isInside } from './order.ts';
import type { SourceFile } from './source-file.ts';
import { type Frame, ON_ITSELF, unknownValue, type Value } from './value.ts';
import { evaluateExpression } from './values.ts';

/** How deep calls of the project's own functions are followed. */
const MAX_DEPTH = 6;
/** How deep expressions may stand in one another, through variables, files and calls. */
const MAX_NESTING = 250;
/** Expressions read for one question, and for one file: a pathological program ends in `unknown`, not in a hanging editor. */
const MAX_STEPS = { question: 2_000, file: 25_000 } as const;

/** Thrown where a question has used up its steps, so that it ends at once and not in every branch by itself. */
const EXHAUSTED = Symbol('exhausted');
const TOO_DEEP = 'the program is too deep to follow';

/** Reads expressions as values. One reader serves one linted file, for all rules. */
export class Reader {
  readonly catalogue: Catalogue;
  readonly settings: Settings;
  readonly #known = new WeakMap<TSESTree.Node, Value>();
  readonly #knownInFrame = new WeakMap<Frame, Map<TSESTree.Node, Value>>();
  readonly #underway = new Map<TSESTree.Node, Frame | undefined>();
  readonly #steps = { question: 0, file: 0 };
  readonly #linted: SourceFile | undefined;
  /** How often an answer was cut short, by a cycle or a limit: such answers hold only where they were given. */
  #cuts = 0;

  constructor(catalogue: Catalogue, settings: Settings, linted?: SourceFile) {
    this.catalogue = catalogue;
    this.settings = settings;
    this.#linted = linted;
  }

  /** A file of the project; what imports the linted file means the very source that is linted, saved or not. */
  sourceFile(path: string): SourceFile | undefined {
    return path === this.#linted?.filename ? this.#linted : readSourceFile(path);
  }

  /** What an expression is known to be; with a frame, for one call of the function around it. */
  evaluate(node: TSESTree.Node, file: SourceFile, given?: Frame): Value {
    // Outside the called function its arguments mean nothing, and the value can be remembered.
    let frame = given;
    while (frame && !(frame.file === file && isInside(node, frame.scope ?? frame.owner))) frame = frame.parent;
    const known = frame ? this.#knownInFrame.get(frame)?.get(node) : this.#known.get(node);
    if (known) return known;
    if (this.#underway.size === 0) return this.#ask(node, file, frame);
    this.spend();
    return this.#follow(node, file, frame);
  }

  /** Takes one step of the budget; whatever multiplies while an expression is read must call it. Ends the question where none is left. */
  spend(): void {
    if (++this.#steps.question > MAX_STEPS.question || ++this.#steps.file > MAX_STEPS.file) throw EXHAUSTED;
  }

  /** A question from outside, which always has an answer. */
  #ask(node: TSESTree.Node, file: SourceFile, frame: Frame | undefined): Value {
    if (this.#steps.file > MAX_STEPS.file) return unknownValue({ node, file }, TOO_DEEP);
    this.#steps.question = 0;
    try {
      return this.#follow(node, file, frame);
    } catch (error) {
      if (error !== EXHAUSTED) throw error;
      const value = unknownValue({ node, file }, TOO_DEEP);
      this.#remember(node, frame, value);
      return value;
    }
  }

  #follow(node: TSESTree.Node, file: SourceFile, frame: Frame | undefined): Value {
    const wasUnderway = this.#underway.has(node);
    const before = this.#underway.get(node);
    if (wasUnderway && before === frame) return this.#cut(node, file, ON_ITSELF);
    if ((frame?.depth ?? 0) > MAX_DEPTH || this.#underway.size > MAX_NESTING) return this.#cut(node, file, TOO_DEEP);
    const cutsBefore = this.#cuts;
    this.#underway.set(node, frame);
    try {
      const value = evaluateExpression(this, node, file, frame);
      if (this.#cuts === cutsBefore || (!frame && this.#underway.size === 1)) this.#remember(node, frame, value);
      return value;
    } finally {
      if (wasUnderway) this.#underway.set(node, before);
      else this.#underway.delete(node);
    }
  }

  #cut(node: TSESTree.Node, file: SourceFile, because: string): Value {
    this.#cuts++;
    return unknownValue({ node, file }, because);
  }

  #remember(node: TSESTree.Node, frame: Frame | undefined, value: Value): void {
    if (!frame) {
      this.#known.set(node, value);
      return;
    }
    const inFrame = this.#knownInFrame.get(frame) ?? new Map<TSESTree.Node, Value>();
    this.#knownInFrame.set(frame, inFrame.set(node, value));
  }
}
