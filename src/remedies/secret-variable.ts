import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { readText } from '../analysis/modules.ts';
import { filesMentioning } from '../analysis/project-index.ts';
import type { SourceFile } from '../analysis/source-file.ts';
import type { Edit } from '../define-rule.ts';
import { failFastRead } from './environment.ts';
import { namedOnce } from './named-secrets.ts';

/** A secret whose text stands in a file. */
export interface WrittenSecret {
  readonly node: TSESTree.Node;
  readonly file: SourceFile;
  /** What the environment variable is called where neither the policy nor the program gives a name. */
  readonly defaultName: string;
  /** The name that the policy gives. */
  readonly policyName: string | undefined;
  /** How the text of the variable becomes what stood there. */
  readonly kind: 'text' | 'json';
}

/** Names that say nothing about which secret it is. */
const NAMELESS = /^(?:[A-Z_]|SECRETS?|KEYS|C[A-Z]?|KEY|SIGN|VERIFY|PRIVATE|PRIVATE_?KEY|SECRET_?OR_?KEY|SECRET_?KEY|SECRET_?OR_?PRIVATE_?KEY|SIGNING_?KEY|VALUE|DEFAULT|CONFIG|CONFIGURATION|SETTINGS|OPTIONS|OPTS|EXPORTS|CURRENT|HS\d+|DATA|TOKEN|PASSWORD|PASSPHRASE)$/;

/**
 * The environment variable that a secret moves to: the policy's name, else one made from the constant or property that
 * holds it. A name that the file or another secret of the package uses is numbered on, so that every secret has its own.
 */
export function variableFor(secret: WrittenSecret, text: string, taken: ReadonlySet<string>): string {
  return namedOnce(secret, text, (given) => {
    const isFree = (name: string) => !taken.has(name) && !given.has(name);
    const own = nameFromProgram(secret);
    for (const name of [secret.policyName, own]) if (name !== undefined && isFree(name)) return name;
    // The program did not choose the names from here on: what other files read under them is another secret.
    const base = own ?? secret.defaultName;
    for (let count = 1; ; count++) {
      const name = count === 1 ? base : `${base}_${count}`;
      if (isFree(name) && !isReadElsewhere(name, secret.file)) return name;
    }
  });
}

function isReadElsewhere(variable: string, { filename }: SourceFile): boolean {
  return filesMentioning(filename, [variable]).some((path) => path !== filename && variablesReadIn(readText(path) ?? '').has(variable));
}

/** Names of environment variables that the text of a file reads, in any spelling. */
export function variablesReadIn(text: string): ReadonlySet<string> {
  const names = [...text.matchAll(/\benv(?:\.|\[\s*['"`])([A-Za-z_][A-Za-z0-9_]*)/g), ...text.matchAll(/\brequireEnv\(\s*['"`]([A-Za-z_][A-Za-z0-9_]*)/g)].map(([, name = '']) => name);
  const taken = [...text.matchAll(/\{([^{}]*)\}\s*=\s*process\.env\b/g)].flatMap(([, list = '']) => list.split(',').map((entry) => /^\s*(\w*)/.exec(entry)?.[1] ?? ''));
  return new Set([...names, ...taken]);
}

/** Replaces the text of a secret, at every place where the file has it, by a reading that refuses to start without the variable. */
export function readInstead(nodes: readonly TSESTree.Node[], variable: string, secret: WrittenSecret): readonly Edit[] | undefined {
  const { file } = secret;
  if (!canMove(secret)) return undefined;
  const edits: Edit[] = [];
  for (const node of nodes) {
    const target = replaceable(node, secret.kind);
    const read = target && failFastRead(variable, target, file);
    if (!read || target === undefined) return undefined;
    edits.push({ file, range: target.range, text: secret.kind === 'json' ? `JSON.parse(${read.text})` : read.text });
    for (const edit of read.edits) if (!edits.some((other) => other.range[0] === edit.range[0] && other.range[1] === edit.range[1] && other.text === edit.text)) edits.push(edit);
  }
  // Two insertions at one place whose order would matter are left to a person.
  const insertions = edits.filter(({ range }) => range[0] === range[1]);
  return new Set(insertions.map(({ range }) => range[0])).size === insertions.length ? edits : undefined;
}

/** Whether a secret stands where an environment variable can be read instead. */
export function canMove({ node, file, kind }: WrittenSecret): boolean {
  return file.sourceCode.text !== '' && !file.filename.endsWith('.json') && runsOnNode(file) && replaceable(node, kind) !== undefined;
}

/** The expression whose whole text may be replaced; nothing where the place demands a literal. */
function replaceable(node: TSESTree.Node, kind: WrittenSecret['kind']): TSESTree.Node | undefined {
  const { parent } = node;
  if (parent?.type === AST_NODE_TYPES.TSEnumMember || parent?.type === AST_NODE_TYPES.TSLiteralType || parent?.type === AST_NODE_TYPES.JSXAttribute) return undefined;
  if (parent?.type === AST_NODE_TYPES.TSAsExpression && parent.typeAnnotation.type === AST_NODE_TYPES.TSTypeReference && /^const$/.test((parent.typeAnnotation.typeName as TSESTree.Identifier).name)) return parent;
  switch (node.type) {
    case AST_NODE_TYPES.Literal:
    case AST_NODE_TYPES.TemplateLiteral:
    case AST_NODE_TYPES.BinaryExpression:
      return kind === 'text' ? node : undefined;
    case AST_NODE_TYPES.ObjectExpression:
    case AST_NODE_TYPES.CallExpression:
      return kind === 'json' ? node : undefined;
    default:
      return undefined;
  }
}

/** `process.env` is not what other runtimes and browsers read. */
function runsOnNode(file: SourceFile): boolean {
  const { text } = file.sourceCode;
  return !/\bDeno\.|['"](?:npm|jsr):|from\s+['"]https?:\/\/|\bimport\.meta\.env\b/.test(text) && !/^\s*['"]use client['"]/.test(text);
}

/** Calls that only change the form of the text they are given. */
const CONVERSION = /(?:^Buffer\.from|\.encode|createSecretKey|createPrivateKey|import\w*|asKey|Uint8Array|Object\.freeze|\.trim|\.replace\w*)$/;

/** `refreshSecret: 'x'` in `jwt: { … }` is JWT_REFRESH_SECRET, `const SIGNING_SECRET = 'x'` is SIGNING_SECRET. */
function nameFromProgram({ node, file }: WrittenSecret): string | undefined {
  let known = '';
  for (let child = node, parent = node.parent; parent; child = parent, parent = parent.parent) {
    switch (parent.type) {
      case AST_NODE_TYPES.CallExpression:
      case AST_NODE_TYPES.NewExpression:
        if (!CONVERSION.test(file.sourceCode.getText(parent.callee as never))) return undefined;
        continue;
      case AST_NODE_TYPES.Property: known = joined(parent.value === child ? parent.key : parent, known); break;
      case AST_NODE_TYPES.PropertyDefinition: known = joined(parent.key, known); break;
      case AST_NODE_TYPES.VariableDeclarator: known = joined(parent.id, known); break;
      case AST_NODE_TYPES.AssignmentPattern: known = joined(parent.left, known); break;
      case AST_NODE_TYPES.AssignmentExpression: known = joined(parent.left.type === AST_NODE_TYPES.MemberExpression ? parent.left.property : parent.left, known); break;
      default:
        if (/Function|Statement|Declaration|Program|ClassBody/.test(parent.type)) return undefined;
        continue;
    }
    if (!NAMELESS.test(known) && /SECRET|KEY|TOKEN|PASSWORD|JWT/.test(known)) return /^[A-Z]/.test(known) ? known : undefined;
  }
  return undefined;
}

/** A container's name goes in front, unless it says nothing. */
function joined(node: TSESTree.Node, known: string): string {
  const name = constantCase(nameOf(node) ?? '');
  if (known === '') return name;
  if (/^(?:SECRETS?|KEYS?)$/.test(name) && !/SECRET|KEY/.test(known)) return `${known}_${name.replace(/S$/, '')}`;
  return name === '' || NAMELESS.test(name) || known.startsWith(`${name}_`) ? known : `${name}_${known}`;
}

function nameOf(node: TSESTree.Node): string | undefined {
  if (node.type === AST_NODE_TYPES.Identifier || node.type === AST_NODE_TYPES.PrivateIdentifier) return node.name;
  return node.type === AST_NODE_TYPES.Literal && typeof node.value === 'string' ? node.value : undefined;
}

function constantCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2').replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '').toUpperCase();
}
