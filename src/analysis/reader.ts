import type { TSESTree } from '@typescript-eslint/utils';
import type { Settings } from '../policy.ts';
import type { Catalogue } from './catalogue.ts';
import { isInside } from './order.ts';
import type { SourceFile } from './source-file.ts';
import { type Frame, ON_ITSELF, unknownValue, type Value } from './value.ts';
import { evaluateExpression } from './values.ts';

/** How deep calls of the project's own functions are followed. */
const MAX_DEPTH = 8;
/** Expressions read for one file; a pathological file ends in `unknown`, not in a hanging editor. */
const MAX_STEPS = 200_000;

/** Reads expressions as values. One reader serves one linted file, for all rules. */
export class Reader {
  readonly catalogue: Catalogue;
  readonly settings: Settings;
  readonly #known = new WeakMap<TSESTree.Node, Value>();
  readonly #underway = new Map<TSESTree.Node, Frame | undefined>();
  #steps = 0;

  constructor(catalogue: Catalogue, settings: Settings) {
    this.catalogue = catalogue;
    this.settings = settings;
  }

  /** What an expression is known to be; with a frame, for one call of the function around it. */
  evaluate(node: TSESTree.Node, file: SourceFile, given?: Frame): Value {
    // Outside the called function its arguments mean nothing, and the value can be remembered.
    let frame = given;
    while (frame && !(frame.file === file && isInside(node, frame.owner))) frame = frame.parent;
    if (!frame) {
      const known = this.#known.get(node);
      if (known) return known;
    }
    if (this.#underway.has(node) && this.#underway.get(node) === frame) return unknownValue({ node, file }, ON_ITSELF);
    if ((frame?.depth ?? 0) > MAX_DEPTH || this.#underway.size > 400 || ++this.#steps > MAX_STEPS) return unknownValue({ node, file }, 'the program is too deep to follow');
    const before = this.#underway.get(node);
    const wasUnderway = this.#underway.has(node);
    this.#underway.set(node, frame);
    try {
      const value = evaluateExpression(this, node, file, frame);
      // What is found while an outer expression is still underway may be cut short by a cycle: only settled values are kept.
      if (!frame && (this.#underway.size === 1 || value.kind !== 'unknown')) this.#known.set(node, value);
      return value;
    } finally {
      if (wasUnderway) this.#underway.set(node, before);
      else this.#underway.delete(node);
    }
  }
}
