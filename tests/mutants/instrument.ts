import ts from 'typescript';

/** One small change of the source that some test must notice. */
export interface Mutant {
  readonly id: number;
  /** Relative to the project. */
  readonly file: string;
  readonly line: number;
  readonly original: string;
  readonly replacement: string;
}

/**
 * Gives the number of the mutant, or undefined where it is not wanted. The key tells the mutants of a project apart and holds no
 * line, so that it stays what it is while other code of the file changes.
 */
export type Choose = (mutant: Omit<Mutant, 'id'>, key: string) => number | undefined;

const COMPARISONS: Partial<Record<ts.SyntaxKind, string>> = {
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: '!==',
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: '===',
  [ts.SyntaxKind.LessThanToken]: '<=',
  [ts.SyntaxKind.LessThanEqualsToken]: '<',
  [ts.SyntaxKind.GreaterThanToken]: '>=',
  [ts.SyntaxKind.GreaterThanEqualsToken]: '>',
  [ts.SyntaxKind.AmpersandAmpersandToken]: '||',
  [ts.SyntaxKind.BarBarToken]: '&&',
};

/** Texts of a closed set, for which the compiler refuses the empty text: the value that would be wrong and still compile. */
const NEIGHBOURS: Readonly<Record<string, string>> = { exploitable: "'hardening'", hardening: "'exploitable'", depends: "'hardening'", stricter: "'review'", review: "'stricter'", equivalent: "'review'" };

/**
 * Writes every mutant into the source beside the original, behind a switch: `isMutant(7) ? changed : original`.
 * One load of the modules then serves all mutants, which costs a test run and no start per mutant.
 */
export function instrument(text: string, file: string, choose: Choose): string {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  const repeated = new Map<string, number>();
  const raw = (node: ts.Node) => text.slice(node.getStart(source), node.end);

  /** Code on module level runs once, before any mutant is chosen: only functions are mutated. */
  function render(node: ts.Node, inFunction: boolean): string {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return raw(node);
    const inside = inFunction || ts.isFunctionLike(node);
    const children: ts.Node[] = [];
    ts.forEachChild(node, (child) => {
      children.push(child);
    });
    children.sort((a, b) => a.pos - b.pos);
    let written = '';
    let at = node.getStart(source);
    for (const child of children) {
      const start = child.getStart(source);
      if (start < at) continue;
      written += text.slice(at, start) + render(child, inside);
      at = child.end;
    }
    written += text.slice(at, node.end);
    return inFunction ? withMutants(node, written) : written;
  }

  function withMutants(node: ts.Node, written: string): string {
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    const original = raw(node);
    const numberOf = (replacement: string) => {
      const change = JSON.stringify([file, original, replacement]);
      const times = repeated.get(change) ?? 0;
      repeated.set(change, times + 1);
      return choose({ file, line, original, replacement }, `${change} ${times}`);
    };
    if (ts.isExpressionStatement(node) && ts.isYieldExpression(node.expression)) {
      const id = numberOf('(no yield)');
      return id === undefined ? written : `{ if (!isMutant(${id})) { ${written} } }`;
    }
    return replacementsOf(node).reduce((sum, replacement) => {
      const id = numberOf(replacement);
      return id === undefined ? sum : `(isMutant(${id}) ? (${replacement}) : ${sum})`;
    }, written);
  }

  function replacementsOf(node: ts.Node): string[] {
    const { parent } = node;
    const found: string[] = [];
    if (ts.isBinaryExpression(node)) {
      const operator = COMPARISONS[node.operatorToken.kind];
      if (operator !== undefined) found.push(`${raw(node.left)} ${operator} ${raw(node.right)}`);
    } else if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
      found.push(raw(node.operand));
    } else if (node.kind === ts.SyntaxKind.TrueKeyword && !ts.isLiteralTypeNode(parent)) {
      found.push('false');
    } else if (node.kind === ts.SyntaxKind.FalseKeyword && !ts.isLiteralTypeNode(parent)) {
      found.push('true');
    } else if (ts.isArrayLiteralExpression(node) && node.elements.length > 0 && !isTarget(node)) {
      found.push('[]');
    } else if (ts.isStringLiteral(node) && node.text !== '' && isMutableText(node)) {
      found.push(NEIGHBOURS[node.text] ?? "''");
    }
    if (isCondition(node)) {
      // A comparison turned round, or a `!` dropped, is the negation already.
      const negated = found.length > 0 && !(ts.isBinaryExpression(node) && (node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken || node.operatorToken.kind === ts.SyntaxKind.BarBarToken));
      if (!negated) found.push(`!(${raw(node)})`);
      // Takes the guard, or what the condition leads to, away.
      if (ts.isIfStatement(parent)) found.push('false');
    }
    return found;
  }

  return render(source, false);
}

function isCondition(node: ts.Node): boolean {
  return (ts.isIfStatement(node.parent) && node.parent.expression === node) || (ts.isConditionalExpression(node.parent) && node.parent.condition === node);
}

/** The left side of a destructuring assignment is no value. */
function isTarget({ parent }: ts.ArrayLiteralExpression): boolean {
  return (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken) || ts.isForOfStatement(parent);
}

/** A text that is compared is covered by the comparison; a name is no constant. */
function isMutableText(node: ts.StringLiteral): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent)) return COMPARISONS[parent.operatorToken.kind] === undefined;
  return !(ts.isPropertyAssignment(parent) && parent.name === node) && !ts.isCaseClause(parent) && !ts.isLiteralTypeNode(parent) && !ts.isComputedPropertyName(parent);
}
