import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES, ASTUtils } from '@typescript-eslint/utils';
import { enclosingFunction } from '../analysis/order.ts';
import type { SourceFile } from '../analysis/source-file.ts';
import type { Edit } from '../define-rule.ts';
import type { PolicyValue } from '../policy.ts';
import { indentStep, lineBreak, quote, usesSemicolons } from './style.ts';

/** Name of the function that repaired files read the environment with. */
const READER = 'requireEnv';

/** An expression for a reading that fails at start-up when the variable is not set, and the edits that it needs besides. */
export interface FailFastRead {
  readonly text: string;
  readonly edits: readonly Edit[];
}

/**
 * Reads an environment variable so that the program refuses to start without it. Inside a function the reading moves
 * to a constant at the top of the file, where it happens at start-up.
 */
export function failFastRead(variable: string, at: TSESTree.Node, file: SourceFile): FailFastRead | undefined {
  const name = quote(variable, file);
  const known = declaredAtTop(file, READER);
  const reader = readerDeclaration(file);
  if (reader === undefined || (known && !isReader(known, file))) return undefined;
  const needed = known ? '' : reader;
  if (!runsLater(at)) return { text: `${READER}(${name})`, edits: needed === '' ? [] : [insertAtTop(file, needed)] };
  // A name that means something else here, such as the constant whose value this becomes, must not be taken.
  const constant = [camelCase(variable), `${camelCase(variable)}FromEnvironment`].find((name) => isFree(name, variable, at, file));
  if (constant === undefined) return undefined;
  const existing = declaredAtTop(file, constant);
  if (existing) return isReadingOf(existing, variable, file) ? { text: constant, edits: [] } : undefined;
  const declaration = `const ${constant} = ${READER}(${name})${usesSemicolons(file) ? ';' : ''}`;
  // Behind an existing reader function, or at the top together with it.
  const edit = known ? insertAfter(known, declaration, file) : insertAtTop(file, `${needed}${lineBreak(file)}${lineBreak(file)}${declaration}`);
  return { text: constant, edits: [edit] };
}

function isFree(name: string, variable: string, at: TSESTree.Node, file: SourceFile): boolean {
  const visible = ASTUtils.findVariable(file.sourceCode.getScope(at as never), name);
  const top = declaredAtTop(file, name);
  return !visible || visible.defs.length === 0 || (top !== undefined && isReadingOf(top, variable, file) && visible.scope.block.type === AST_NODE_TYPES.Program);
}

/** The value of the policy as an expression: a literal, or a reading that fails at start-up. */
export function policyExpression(value: PolicyValue | readonly PolicyValue[], at: TSESTree.Node, file: SourceFile): FailFastRead | undefined {
  if (Array.isArray(value)) {
    const parts = (value as readonly PolicyValue[]).map((one) => policyExpression(one, at, file));
    if (parts.some((part) => part === undefined)) return undefined;
    const known = parts.filter((part) => part !== undefined);
    const edits = known.flatMap((part) => part.edits);
    return edits.length > 1 ? undefined : { text: `[${known.map((part) => part.text).join(', ')}]`, edits };
  }
  const one = value as PolicyValue;
  return typeof one === 'string' ? { text: quote(one, file), edits: [] } : failFastRead(one.environment, at, file);
}

/** Whether a node runs only when something is called, not when the file is loaded. */
function runsLater(node: TSESTree.Node): boolean {
  return enclosingFunction(node) !== undefined;
}

function readerDeclaration(file: SourceFile): string | undefined {
  const end = lineBreak(file);
  const step = indentStep(file);
  const semicolon = usesSemicolons(file) ? ';' : '';
  const typed = /\.[cm]?tsx?$/.test(file.filename);
  return [
    typed ? `function ${READER}(name: string): string {` : `function ${READER}(name) {`,
    `${step}const value = process.env[name]${semicolon}`,
    `${step}if (!value) throw new Error(\`Environment variable \${name} is not set\`)${semicolon}`,
    `${step}return value${semicolon}`,
    '}',
  ].join(end);
}

function insertAtTop(file: SourceFile, text: string): Edit {
  const end = lineBreak(file);
  const anchor = lastImport(file);
  if (!anchor) {
    const first = (file.sourceCode.ast as TSESTree.Program).body.find((statement) => !isDirective(statement));
    const position = first ? first.range[0] : file.sourceCode.text.length;
    return { file, range: [position, position], text: `${text}${end}${end}` };
  }
  return insertAfter(anchor, text, file);
}

function insertAfter(anchor: TSESTree.Node, text: string, file: SourceFile): Edit {
  const end = lineBreak(file);
  // Behind a comment on the same line.
  const lineEnd = file.sourceCode.text.slice(anchor.range[1]).search(/\r?\n/);
  const position = lineEnd === -1 ? file.sourceCode.text.length : anchor.range[1] + lineEnd;
  return { file, range: [position, position], text: `${end}${end}${text}` };
}

function isDirective(statement: TSESTree.Node): boolean {
  return statement.type === AST_NODE_TYPES.ExpressionStatement && statement.directive !== undefined;
}

/** The last import or `require` at the head of the file. */
function lastImport(file: SourceFile): TSESTree.Node | undefined {
  let last: TSESTree.Node | undefined;
  for (const statement of (file.sourceCode.ast as TSESTree.Program).body) {
    if (isDirective(statement)) continue;
    const isImport = statement.type === AST_NODE_TYPES.ImportDeclaration || statement.type === AST_NODE_TYPES.TSImportEqualsDeclaration
      || (statement.type === AST_NODE_TYPES.VariableDeclaration && statement.declarations.every(({ init }) => init && /^(?:\(?await import|require)\s*\(/.test(file.sourceCode.getText(init as never))))
      // `dotenv.config()` fills the environment: what reads it stands below.
      || (statement.type === AST_NODE_TYPES.ExpressionStatement && /^(?:require\s*\(|(?:dotenv|env)\.config\()/.test(file.sourceCode.getText(statement as never)));
    if (!isImport) break;
    last = statement;
  }
  return last;
}

function declaredAtTop(file: SourceFile, name: string): TSESTree.Statement | undefined {
  return (file.sourceCode.ast as TSESTree.Program).body.find((statement) => {
    const declaration = statement.type === AST_NODE_TYPES.ExportNamedDeclaration ? statement.declaration : statement;
    if (declaration?.type === AST_NODE_TYPES.FunctionDeclaration) return declaration.id?.name === name;
    if (declaration?.type === AST_NODE_TYPES.ImportDeclaration) return declaration.specifiers.some((specifier) => specifier.local.name === name);
    return declaration?.type === AST_NODE_TYPES.VariableDeclaration && declaration.declarations.some(({ id }) => id.type === AST_NODE_TYPES.Identifier && id.name === name);
  }) as TSESTree.Statement | undefined;
}

function isReader(statement: TSESTree.Node, file: SourceFile): boolean {
  return statement.type === AST_NODE_TYPES.FunctionDeclaration && /process\.env\[/.test(file.sourceCode.getText(statement as never)) && /throw\b/.test(file.sourceCode.getText(statement as never));
}

function isReadingOf(statement: TSESTree.Node, variable: string, file: SourceFile): boolean {
  const text = file.sourceCode.getText(statement as never);
  return new RegExp(`${READER}\\((['"\`])${variable}\\1\\)`).test(text);
}

function camelCase(variable: string): string {
  return variable.toLowerCase().replace(/[^a-z0-9]+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
