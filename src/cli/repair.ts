import { setUnsavedText } from '../analysis/modules.ts';
import { applyRemedies, type Repair, type RepairResult } from '../apply-remedies.ts';
import type { Edit, Remedy } from '../define-rule.ts';
import { inOrder, type EditedText, type TextEdit } from '../edited-text.ts';
import type { Settings } from '../policy.ts';
import type { SourceText } from './source-text.ts';

/** A file while it is being repaired. */
export interface Work {
  readonly source: SourceText;
  readonly repairs: readonly Repair[];
  readonly settings: Settings;
  readonly edited: EditedText;
  readonly applied: RepairResult['applied'][number][];
  left: RepairResult['left'];
}

/** A repair of one file's finding that stands in other files, or in this and others. */
interface SpreadRemedy {
  readonly rule: string;
  readonly remedy: Remedy;
}

/** As the repair of one file: what changes in one file may show or settle something in another. */
const ROUNDS = 10;

/** Repairs a file by itself. Gives the parse error, if there is one; the file is then left as it is. */
export function repairAlone(work: Work): string | undefined {
  const { applied, edits, left, fatal } = applyRemedies(work.edited.text, work.source.path, work.repairs, work.settings);
  if (fatal !== undefined) return fatal;
  work.applied.push(...applied);
  work.left = left;
  rewrite(work, edits);
  return undefined;
}

/**
 * Applies the repairs whose text stands in another file (a secret in a configuration module), as long as that file is
 * among those to be repaired. `open` gives such a file, also one that no rule has looked at.
 */
export function repairAcross(works: Map<string, Work>, open: (path: string) => Work | undefined): void {
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const spread = [...works.values()].flatMap(spreadRemedies);
      if (spread.length === 0) return;
      const applied = spread.filter(({ rule, remedy }) => applySpread(rule, remedy, works, open));
      const before = [...works.values()].map(({ edited }) => edited.text).join('\0');
      for (const work of works.values()) repairAlone(work);
      if (applied.length === 0 && before === [...works.values()].map(({ edited }) => edited.text).join('\0')) return;
    }
  } finally {
    for (const path of works.keys()) setUnsavedText(path, undefined);
  }
}

/** The first wanted remedy of each finding that is left, where it reaches beyond the finding's own file. */
function spreadRemedies({ source, repairs, left }: Work): SpreadRemedy[] {
  return left.flatMap(({ rule, finding }) => {
    const wanted = repairs.find((repair) => repair.rule.name === rule)?.remedies ?? [];
    const remedy = finding?.remedies?.find(({ id, safety, edits }) => safety !== 'review' && wanted.includes(id) && edits.length > 0);
    return remedy?.edits.some(({ file }) => file.filename !== source.path) ? [{ rule, remedy }] : [];
  });
}

/** All of a remedy or nothing: every file must be open and still hold the text that the edits were made for. */
function applySpread(rule: string, remedy: Remedy, works: Map<string, Work>, open: (path: string) => Work | undefined): boolean {
  const byFile = new Map<Work, Edit[]>();
  for (const edit of remedy.edits) {
    const path = edit.file.filename;
    const work = works.get(path) ?? open(path);
    if (!work || work.edited.text !== edit.file.sourceCode.text) return false;
    works.set(path, work);
    byFile.set(work, [...(byFile.get(work) ?? []), edit]);
  }
  for (const [work, edits] of byFile) {
    const [first] = inOrder(edits);
    work.applied.push({ rule, remedy: remedy.id, line: work.edited.text.slice(0, first?.range[0] ?? 0).split('\n').length });
    rewrite(work, edits);
  }
  return true;
}

function rewrite(work: Work, edits: readonly TextEdit[]): void {
  if (edits.length === 0) return;
  work.edited.replace(edits);
  setUnsavedText(work.source.path, work.edited.text);
}
