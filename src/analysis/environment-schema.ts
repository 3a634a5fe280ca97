import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { decoratorsOf } from './expressions.ts';
import { nodesOf, walk } from './call-nodes.ts';
import { guardAround } from './guards.ts';
import { readSourceFile } from './modules.ts';
import { filesMentioning } from './project-index.ts';
import type { SourceFile } from './source-file.ts';
import type { ConfigurationValue, EnvironmentValue } from './value.ts';

/**
 * Whether something in the project refuses to start without an environment variable, as far as its name shows: a schema
 * of any validator, a list of required names, a guard, or a reader that throws. A name in a schema is believed.
 */
export function isGuaranteedInProject(variable: string, file: SourceFile): boolean {
  if (guaranteesIn(file).has(variable)) return true;
  return filesMentioning(file.filename, [variable]).some((path) => {
    const other = path === file.filename ? undefined : readSourceFile(path);
    return other !== undefined && guaranteesIn(other).has(variable);
  });
}

/** The variables behind a reading that nothing guarantees; undefined where something may. */
export function unguaranteedName(value: EnvironmentValue | ConfigurationValue, file: SourceFile): string | undefined {
  const { name } = value;
  if (name === undefined || value.guaranteed) return undefined;
  if (value.kind === 'environment' || /^[A-Z][A-Z0-9_]*$/.test(name)) return isGuaranteedInProject(name, file) ? undefined : name;
  return variableBehind(name, file);
}

/** `config.get('jwt.audience')` where the only thing that fills `audience` is an environment variable as it stands. */
function variableBehind(path: string, file: SourceFile): string | undefined {
  const property = path.split('.').at(-1) ?? path;
  if (path === property) return undefined;
  const values: (string | undefined)[] = [];
  for (const name of filesMentioning(file.filename, [`${property}:`])) {
    const other = readSourceFile(name);
    if (!other || !/registerAs|ConfigModule|@nestjs\/config|process\.env/.test(other.sourceCode.text)) continue;
    walk(other.sourceCode.ast as TSESTree.Node, other.sourceCode.visitorKeys, (node) => {
      if (node.type !== AST_NODE_TYPES.Property || nameOf(node) !== property || node.parent.type !== AST_NODE_TYPES.ObjectExpression) return;
      const text = other.sourceCode.getText(node.value as never);
      if (/config\w*\.get|\.get\(/.test(text)) return;
      values.push(/^process\.env(?:\.(\w+)|\[['"](\w+)['"]\])!?$/.exec(text)?.slice(1).find((one) => one !== undefined));
    });
  }
  const [first] = values;
  return first !== undefined && values.every((one) => one === first) && !isGuaranteedInProject(first, file) ? first : undefined;
}

const known = new WeakMap<SourceFile, ReadonlySet<string>>();

const DEMANDING = /(?:require|must|assert|ensure|orThrow|OrFail|mandatory|check|need|demand|invariant|validate|expect)/i;
const LIST_OF_DEMANDED = /(?:require|mandatory|must|need|expect|env|variables?|vars|keys|names|settings)/i;

/** Names that a file demands in one way or another. */
function guaranteesIn(file: SourceFile): ReadonlySet<string> {
  const before = known.get(file);
  if (before) return before;
  const names = new Set<string>();
  const refuses = /\bthrow\b|process\.exit|\bassert\b/.test(file.sourceCode.text);
  nodesOf(file).forEach((node) => {
    for (const name of namesDemandedBy(node, file, refuses)) names.add(name);
  });
  known.set(file, names);
  return names;
}

function namesDemandedBy(node: TSESTree.Node, file: SourceFile, refuses: boolean): readonly string[] {
  switch (node.type) {
    case AST_NODE_TYPES.Property: {
      const name = nameOf(node);
      // A list in a schema: `required: ['JWT_AUDIENCE']`; convict names the variable itself: `env: 'JWT_AUDIENCE'`.
      if (name === 'required') return textsIn(node.value);
      if (name === 'env' && node.value.type === AST_NODE_TYPES.Literal) return [String(node.value.value)];
      return name !== undefined && isVariableName(name) && node.parent.type === AST_NODE_TYPES.ObjectExpression && isSchema(node.value, file) ? [name] : [];
    }
    case AST_NODE_TYPES.PropertyDefinition:
      return node.key.type === AST_NODE_TYPES.Identifier && decoratorsOf(node).length > 0 && !decoratorsOf(node).some((decorator) => /IsOptional/.test(file.sourceCode.getText(decorator as never))) ? [node.key.name] : [];
    case AST_NODE_TYPES.CallExpression: {
      const [first] = node.arguments;
      if (first?.type !== AST_NODE_TYPES.Literal || typeof first.value !== 'string') return [];
      return DEMANDING.test(calleeOf(node)) || isRequiredReading(node) ? [first.value] : [];
    }
    case AST_NODE_TYPES.ArrayExpression: {
      if (!refuses) return [];
      const { parent } = node;
      const named = parent.type === AST_NODE_TYPES.VariableDeclarator && parent.id.type === AST_NODE_TYPES.Identifier && LIST_OF_DEMANDED.test(parent.id.name);
      const walked = parent.type === AST_NODE_TYPES.ForOfStatement || (parent.type === AST_NODE_TYPES.MemberExpression && parent.parent.type === AST_NODE_TYPES.CallExpression);
      const cast = parent.type === AST_NODE_TYPES.TSAsExpression;
      return named || walked || cast || (parent.type === AST_NODE_TYPES.CallExpression && DEMANDING.test(calleeOf(parent))) ? textsIn(node) : [];
    }
    case AST_NODE_TYPES.Identifier:
      return isVariableName(node.name) && node.parent.type !== AST_NODE_TYPES.MemberExpression && guardAround(node) ? [node.name] : [];
    case AST_NODE_TYPES.MemberExpression: {
      const name = node.computed ? (node.property.type === AST_NODE_TYPES.Literal ? String(node.property.value) : undefined) : node.property.type === AST_NODE_TYPES.Identifier ? node.property.name : undefined;
      return name !== undefined && isVariableName(name) && guardAround(node) ? [name] : [];
    }
    default: return [];
  }
}

/** `env.get('JWT_AUDIENCE').required()` of env-var. */
function isRequiredReading(call: TSESTree.CallExpression): boolean {
  const { parent } = call;
  return parent.type === AST_NODE_TYPES.MemberExpression && parent.object === call && parent.property.type === AST_NODE_TYPES.Identifier && /^required$/.test(parent.property.name);
}

/** A call of a validator that does not say that the value may be missing. */
function isSchema(value: TSESTree.Node, file: SourceFile): boolean {
  if (value.type === AST_NODE_TYPES.ObjectExpression) return value.properties.some((property) => property.type === AST_NODE_TYPES.Property && ['type', 'format', 'minLength', 'required'].includes(nameOf(property) ?? ''));
  if (value.type !== AST_NODE_TYPES.CallExpression && !(value.type === AST_NODE_TYPES.MemberExpression && /^(?:z|v|Joi|joi|yup|t)\b/.test(file.sourceCode.getText(value as never)))) return false;
  const text = file.sourceCode.getText(value as never);
  return !/process\.env|\bget\(/.test(text) && !(/\.?\b(?:optional|nullish|nullable)\(/.test(text) && !/\bdefault\(/.test(text));
}

function isVariableName(name: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(name);
}

function nameOf(node: TSESTree.Property): string | undefined {
  if (node.computed) return undefined;
  return node.key.type === AST_NODE_TYPES.Identifier ? node.key.name : node.key.type === AST_NODE_TYPES.Literal ? String(node.key.value) : undefined;
}

function textsIn(node: TSESTree.Node): readonly string[] {
  return node.type === AST_NODE_TYPES.ArrayExpression ? node.elements.flatMap((element) => (element?.type === AST_NODE_TYPES.Literal && typeof element.value === 'string' ? [element.value] : [])) : [];
}

function calleeOf({ callee }: TSESTree.CallExpression): string {
  if (callee.type === AST_NODE_TYPES.Identifier) return callee.name;
  return callee.type === AST_NODE_TYPES.MemberExpression && callee.property.type === AST_NODE_TYPES.Identifier ? callee.property.name : '';
}
