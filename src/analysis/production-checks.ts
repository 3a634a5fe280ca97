import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { nodesOf } from './call-nodes.ts';
import { leaves } from './guards.ts';
import type { KeyPossibility } from './keys.ts';
import { readSourceFile } from './modules.ts';
import { filesMentioning } from './project-index.ts';
import type { SourceFile } from './source-file.ts';
import { variableOf } from './variables.ts';

/** A test for production, written out or in a constant of that name. */
const PRODUCTION = /(?:NODE_ENV|APP_ENV|ENVIRONMENT|\benv(?:ironment)?\b)['"`\])\s]*\s*===?\s*['"`]prod(?:uction)?['"`]|['"`]prod(?:uction)?['"`]\s*===?\s*[\w.?[\]'"]*env|\bis_?prod(?:uction)?\b(?!\s*[=!]==?\s*false)/i;
const NOT_PRODUCTION = /(?:NODE_ENV|APP_ENV|\benv(?:ironment)?\b)['"`\])\s]*\s*!==?\s*['"`]prod(?:uction)?['"`]|(?:NODE_ENV|APP_ENV|\benv(?:ironment)?\b)['"`\])\s]*\s*===?\s*['"`](?:test|testing|dev|development|local)['"`]|!\s*is_?prod(?:uction)?\b|\bis_?(?:dev|development|test|local)\b/i;

/**
 * Whether a fallback is proven not to reach production: it stands on the other branch of a test for production, or the
 * program leaves in production when the variable is missing or the secret is the fallback, in this file or elsewhere in
 * the package.
 */
export function isRefusedInProduction(fallback: KeyPossibility, readings: readonly KeyPossibility[], file: SourceFile): boolean {
  if (standsOutsideProduction(fallback.node, fallback.file)) return true;
  const names = readings.flatMap(({ name }) => (name === undefined ? [] : [name]));
  const sources = new Set([file, fallback.file]);
  const needles = [...names, ...(fallback.text ? [fallback.text] : []), ...holderNames(fallback.node)].filter((needle) => needle.length > 3);
  if (needles.length > 0) {
    for (const path of filesMentioning(file.filename, needles)) {
      const other = [...sources].some(({ filename }) => filename === path) ? undefined : readSourceFile(path);
      if (other && /prod/i.test(other.sourceCode.text)) sources.add(other);
    }
  }
  return [...sources].some((source) => refusals(source).some((refusal) => concerns(refusal, names, fallback, source)));
}

/** On the branch of a condition that production does not take. */
function standsOutsideProduction(node: TSESTree.Node, file: SourceFile): boolean {
  const text = (part: TSESTree.Node) => file.sourceCode.getText(part as never);
  for (let child = node, parent = node.parent; parent; child = parent, parent = parent.parent) {
    if (parent.type === AST_NODE_TYPES.ConditionalExpression || parent.type === AST_NODE_TYPES.IfStatement) {
      const test = resolved(parent.test, file, text);
      if (child === parent.consequent && NOT_PRODUCTION.test(test)) return true;
      if (child === parent.alternate && PRODUCTION.test(test) && !NOT_PRODUCTION.test(test)) return true;
      // `if (production) throw …;` above it in the same block.
    }
    if (parent.type === AST_NODE_TYPES.BlockStatement) {
      const before = parent.body.slice(0, parent.body.indexOf(child as TSESTree.Statement));
      if (before.some((statement) => statement.type === AST_NODE_TYPES.IfStatement && leaves(statement.consequent) && isPlain(statement.test) && PRODUCTION.test(text(statement.test)) && !NOT_PRODUCTION.test(text(statement.test)))) return true;
    }
    if (parent.type === AST_NODE_TYPES.LogicalExpression && parent.operator === '&&' && parent.right === child && NOT_PRODUCTION.test(text(parent.left))) return true;
  }
  return false;
}

function isPlain(test: TSESTree.Node): boolean {
  return test.type !== AST_NODE_TYPES.LogicalExpression;
}

/** The text of a test, with what a constant in it was set to. */
function resolved(test: TSESTree.Node, file: SourceFile, text: (node: TSESTree.Node) => string): string {
  if (test.type === AST_NODE_TYPES.Identifier) {
    const definition = variableOf(test, file)?.defs[0]?.node as TSESTree.Node | undefined;
    if (definition?.type === AST_NODE_TYPES.VariableDeclarator && definition.init) return text(definition.init);
  }
  return text(test);
}

/** What must hold for the program to leave in production: the parts of the tests around the statement that leaves. */
type Refusal = readonly TSESTree.Node[];

const known = new WeakMap<SourceFile, readonly Refusal[]>();

function refusals(file: SourceFile): readonly Refusal[] {
  const before = known.get(file);
  if (before) return before;
  const found: Refusal[] = [];
  if (/prod/i.test(file.sourceCode.text)) {
    nodesOf(file).forEach((node) => {
      if (node.type !== AST_NODE_TYPES.IfStatement || !leaves(node.consequent)) return;
      const tests = testsAround(node);
      const production = tests.filter((test) => PRODUCTION.test(resolved(test, file, (part) => file.sourceCode.getText(part as never))) && !NOT_PRODUCTION.test(file.sourceCode.getText(test as never)));
      const others = tests.filter((test) => !production.includes(test));
      if (production.length > 0 && others.length === 1) found.push(others);
    });
  }
  known.set(file, found);
  return found;
}

function testsAround(statement: TSESTree.IfStatement): readonly TSESTree.Node[] {
  const tests = conjuncts(statement.test);
  for (let child: TSESTree.Node = statement, parent = statement.parent as TSESTree.Node | undefined; parent; child = parent, parent = parent.parent) {
    if (parent.type === AST_NODE_TYPES.IfStatement && parent.consequent === child) tests.push(...conjuncts(parent.test));
    if (parent.type.includes('Function')) break;
  }
  return tests;
}

function conjuncts(test: TSESTree.Node): TSESTree.Node[] {
  return test.type === AST_NODE_TYPES.LogicalExpression && test.operator === '&&' ? [...conjuncts(test.left), ...conjuncts(test.right)] : [test];
}

/** Whether a refusal is about this secret: its variable is missing, or its value is the fallback. */
function concerns(refusal: Refusal, names: readonly string[], fallback: KeyPossibility, file: SourceFile): boolean {
  const holders = holderNames(fallback.node);
  return refusal.some((test) => disjuncts(test).some((part) => {
    const text = file.sourceCode.getText(part as never);
    const missing = /^!\s*|===?\s*(?:undefined|null|''|"")/.test(text);
    if (missing && names.some((name) => new RegExp(`\\b${name.replace(/[^\w]/g, '\\W')}\\b`).test(text))) return true;
    const compares = /===?|\.includes\(|\.startsWith\(|\.has\(|\.test\(/.test(text) && !/!==?/.test(text);
    return compares && ((fallback.text !== undefined && fallback.text !== '' && text.includes(fallback.text)) || holders.some((name) => new RegExp(`\\b${name}\\b`).test(text)));
  }));
}

function disjuncts(test: TSESTree.Node): TSESTree.Node[] {
  return test.type === AST_NODE_TYPES.LogicalExpression && test.operator === '||' ? [...disjuncts(test.left), ...disjuncts(test.right)] : [test];
}

/** The constant that holds nothing but the fallback: `const DEFAULT_SECRET = 'x'`. */
function holderNames(node: TSESTree.Node): readonly string[] {
  const { parent } = node;
  return parent?.type === AST_NODE_TYPES.VariableDeclarator && parent.id.type === AST_NODE_TYPES.Identifier ? [parent.id.name] : [];
}
