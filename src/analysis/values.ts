import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { evaluateClass, evaluateThis } from './classes.ts';
import { withDefault } from './environment-defaults.ts';
import { guaranteed, guardedEnvironment } from './guards.ts';
import { evaluateCall, evaluateConstruction } from './invocations.ts';
import { stepInto } from './members.ts';
import { evaluateArray, evaluateObject } from './objects.ts';
import { importedModule } from './origins.ts';
import { ON_ITSELF } from './value.ts';
import type { Reader } from './reader.ts';
import type { SourceFile } from './source-file.ts';
import { addTimes } from './time.ts';
import { type Frame, parametersOf, possibilities, primitive, type Provenance, truthiness, unionOf, unknownValue, type Value } from './value.ts';
import { evaluateIdentifier } from './variables.ts';

/** Reads one expression; `Reader.evaluate` is the entrance, which remembers and guards. */
export function evaluateExpression(reader: Reader, node: TSESTree.Node, file: SourceFile, frame: Frame | undefined): Value {
  const at: Provenance = { node, file };
  switch (node.type) {
    case AST_NODE_TYPES.Literal:
      return 'regex' in node ? { kind: 'regexp', ...at, pattern: node.regex.pattern, flags: node.regex.flags } : primitive(at, node.value as string);
    case AST_NODE_TYPES.TemplateLiteral:
      return evaluateTemplate(reader, node, file, frame);
    case AST_NODE_TYPES.Identifier:
      return evaluateIdentifier(reader, node, file, frame);
    case AST_NODE_TYPES.MemberExpression: {
      const name = propertyName(reader, node, file, frame);
      const receiver = reader.evaluate(node.object, file, frame);
      const value = stepInto(reader, receiver, name, at, frame);
      return value.kind === 'environment' && guardedEnvironment(file).has(value.name ?? '') ? guaranteed(value) : withDefault(value, at);
    }
    case AST_NODE_TYPES.ChainExpression:
    case AST_NODE_TYPES.TSAsExpression:
    case AST_NODE_TYPES.TSSatisfiesExpression:
    case AST_NODE_TYPES.TSNonNullExpression:
    case AST_NODE_TYPES.TSTypeAssertion:
    case AST_NODE_TYPES.TSInstantiationExpression:
      return reader.evaluate(node.expression, file, frame);
    case AST_NODE_TYPES.AwaitExpression:
      return reader.evaluate(node.argument, file, frame);
    case AST_NODE_TYPES.ConditionalExpression: {
      const taken = truthiness(reader.evaluate(node.test, file, frame));
      if (taken !== undefined) return reader.evaluate(taken ? node.consequent : node.alternate, file, frame);
      return unionOf(at, [reader.evaluate(node.consequent, file, frame), reader.evaluate(node.alternate, file, frame)], 'condition');
    }
    case AST_NODE_TYPES.LogicalExpression:
      return evaluateLogical(reader, node, node.operator, node.left, node.right, file, frame);
    case AST_NODE_TYPES.AssignmentExpression:
      if (node.operator === '=') return reader.evaluate(node.right, file, frame);
      if (node.operator === '||=' || node.operator === '??=') return evaluateLogical(reader, node, node.operator.slice(0, -1), node.left, node.right, file, frame);
      return unknownValue(at, 'it is computed');
    case AST_NODE_TYPES.SequenceExpression: {
      const last = node.expressions.at(-1);
      return last ? reader.evaluate(last, file, frame) : unknownValue(at, 'it is empty');
    }
    case AST_NODE_TYPES.BinaryExpression:
      return evaluateBinary(reader, node, file, frame);
    case AST_NODE_TYPES.UnaryExpression:
      return evaluateUnary(reader, node, file, frame);
    case AST_NODE_TYPES.ArrayExpression:
      return evaluateArray(reader, node, file, frame);
    case AST_NODE_TYPES.ObjectExpression:
      return evaluateObject(reader, node, file, frame);
    case AST_NODE_TYPES.FunctionExpression:
    case AST_NODE_TYPES.FunctionDeclaration:
    case AST_NODE_TYPES.ArrowFunctionExpression:
      return { kind: 'function', node, file, frame };
    case AST_NODE_TYPES.ClassExpression:
    case AST_NODE_TYPES.ClassDeclaration:
      return evaluateClass(node, file, frame);
    case AST_NODE_TYPES.ThisExpression:
      return evaluateThis(reader, node, file, frame);
    case AST_NODE_TYPES.CallExpression:
      return evaluateCall(reader, node, file, frame);
    case AST_NODE_TYPES.NewExpression:
      return evaluateConstruction(reader, node, file, frame);
    case AST_NODE_TYPES.ImportExpression: {
      const specifier = reader.evaluate(node.source, file, frame);
      return specifier.kind === 'primitive' && typeof specifier.value === 'string' ? importedModule(reader, specifier.value, at) : unknownValue(at, 'the module is computed');
    }
    case AST_NODE_TYPES.MetaProperty:
      return { kind: 'api', ...at, library: '#global', path: 'import.meta' };
    case AST_NODE_TYPES.TaggedTemplateExpression:
      if (file.sourceCode.getText(node.tag as never) === 'String.raw') return evaluateTemplate(reader, node.quasi, file, frame, true);
      return unknownValue(at, 'it is made by a template function');
    default:
      return unknownValue(at, 'this kind of expression is not read');
  }
}

/** Name of the property that a member expression reads, `undefined` where it is computed from something unknown. */
export function propertyName(reader: Reader, node: TSESTree.MemberExpression, file: SourceFile, frame: Frame | undefined): string | undefined {
  if (!node.computed) return node.property.type === AST_NODE_TYPES.PrivateIdentifier ? `#${node.property.name}` : (node.property as TSESTree.Identifier).name;
  const key = reader.evaluate(node.property, file, frame);
  return key.kind === 'primitive' ? String(key.value) : undefined;
}

function evaluateTemplate(reader: Reader, node: TSESTree.TemplateLiteral, file: SourceFile, frame: Frame | undefined, raw = false): Value {
  const parts: Value[] = [];
  for (const [index, quasi] of node.quasis.entries()) {
    const text = raw ? quasi.value.raw : quasi.value.cooked;
    if (text !== '') parts.push(primitive({ node: quasi, file }, text));
    const expression = node.expressions[index];
    if (expression) parts.push(reader.evaluate(expression, file, frame));
  }
  return textOf({ node, file }, parts);
}

/** Text put together from parts: a literal where all parts are known. */
export function textOf(at: Provenance, parts: readonly Value[]): Value {
  const text = parts.map((part) => (part.kind === 'primitive' ? String(part.value) : undefined));
  if (text.every((part) => part !== undefined)) return primitive(at, text.join(''));
  const unit = parts.length === 2 && parts[1]?.kind === 'primitive' && typeof parts[1].value === 'string' ? /^\s*([a-z]+)$/i.exec(parts[1].value)?.[1] : undefined;
  if (unit !== undefined) return { kind: 'duration-text', ...at, unit };
  return { kind: 'text', ...at, parts };
}

function evaluateLogical(reader: Reader, node: TSESTree.Node, operator: string, leftNode: TSESTree.Node, rightNode: TSESTree.Node, file: SourceFile, frame: Frame | undefined): Value {
  const at = { node, file };
  const left = reader.evaluate(leftNode, file, frame);
  const decided = operator === '??' ? isNullish(left) : truthiness(left);
  if (operator === '&&') {
    if (decided === false) return left;
    const right = reader.evaluate(rightNode, file, frame);
    if (decided === true) return right;
    return unionOf(at, [whenFalsy(left), right], 'condition');
  }
  const keepsLeft = operator === '??' ? decided === false : decided === true;
  if (keepsLeft) return left;
  // `lib = lib || require('…')`: what the variable held before came from the same place.
  if (left.kind === 'unknown' && left.because === ON_ITSELF) return reader.evaluate(rightNode, file, frame);
  const right = reader.evaluate(rightNode, file, frame);
  if (operator === '??' ? decided === true : decided === false) return right;
  return unionOf(at, [left, right], 'fallback');
}

/** The left side of `a && b` when that is the result: only its falsy forms matter. */
function whenFalsy(value: Value): Value {
  const falsy = possibilities(value).filter((one) => truthiness(one) !== true);
  return falsy.length === 1 && falsy[0]?.kind === 'primitive' ? falsy[0] : primitive(value, undefined);
}

function isNullish(value: Value): boolean | undefined {
  if (value.kind === 'primitive') return value.value === null || value.value === undefined;
  return truthiness(value) === true ? false : undefined;
}

function evaluateBinary(reader: Reader, node: TSESTree.BinaryExpression, file: SourceFile, frame: Frame | undefined): Value {
  const at = { node, file };
  if (node.left.type === AST_NODE_TYPES.PrivateIdentifier) return unknownValue(at, 'it is a test');
  const left = reader.evaluate(node.left, file, frame);
  const right = reader.evaluate(node.right, file, frame);
  return combineOperands(node.operator, left, right, at);
}

/** Alternatives of an operand that are worth following one by one; more than these are not. */
const MAX_ALTERNATIVES = 6;

function combineOperands(operator: string, left: Value, right: Value, at: Provenance): Value {
  if ((left.kind === 'union' || right.kind === 'union') && /^[-+*/%]$/.test(operator)) {
    const lefts = possibilities(left);
    const rights = possibilities(right);
    if (lefts.length * rights.length <= MAX_ALTERNATIVES) return unionOf(at, lefts.flatMap((one) => rights.map((other) => combineOperands(operator, one, other, at))), left.kind === 'union' ? left.how : (right as Extract<Value, { kind: 'union' }>).how);
  }
  const time = addTimes(operator, left, right, at);
  if (time) return time;
  if (left.kind === 'primitive' && right.kind === 'primitive') return foldPrimitives(operator, left.value, right.value, at);
  if (operator === '+' && (isText(left) || isText(right))) return textOf(at, [...partsOf(left), ...partsOf(right)]);
  const parameters = [...parametersOf(left), ...parametersOf(right)];
  // What a comparison decides at run time may be either; a caller's argument may still settle it.
  if (COMPARISONS.has(operator) && parameters.length === 0) return unionOf(at, [primitive(at, true), primitive(at, false)], 'condition');
  return unknownValue(at, 'it is computed', parameters);
}

const COMPARISONS = new Set(['===', '!==', '==', '!=', '<', '>', '<=', '>=', 'in', 'instanceof']);

function isText(value: Value): boolean {
  return value.kind === 'text' || value.kind === 'duration-text' || (value.kind === 'primitive' && typeof value.value === 'string');
}

function partsOf(value: Value): readonly Value[] {
  return value.kind === 'text' ? value.parts : [value];
}

type Primitive = string | number | boolean | bigint | null | undefined;

function foldPrimitives(operator: string, left: Primitive, right: Primitive, at: Provenance): Value {
  if (operator === '+' && (typeof left === 'string' || typeof right === 'string')) return primitive(at, String(left) + String(right));
  if (operator === '===') return primitive(at, left === right);
  if (operator === '!==') return primitive(at, left !== right);
  if (typeof left !== 'number' || typeof right !== 'number') return unknownValue(at, 'it is computed');
  switch (operator) {
    case '+': return primitive(at, left + right);
    case '-': return primitive(at, left - right);
    case '*': return primitive(at, left * right);
    case '/': return primitive(at, left / right);
    case '%': return primitive(at, left % right);
    case '**': return primitive(at, left ** right);
    case '|': return primitive(at, left | right);
    case '<': return primitive(at, left < right);
    case '>': return primitive(at, left > right);
    case '<=': return primitive(at, left <= right);
    case '>=': return primitive(at, left >= right);
    default: return unknownValue(at, 'it is computed');
  }
}

function evaluateUnary(reader: Reader, node: TSESTree.UnaryExpression, file: SourceFile, frame: Frame | undefined): Value {
  const at = { node, file };
  if (node.operator === 'void') return primitive(at, undefined);
  const value = reader.evaluate(node.argument, file, frame);
  if (node.operator === '!') {
    const truthy = truthiness(value);
    const parameters = parametersOf(value);
    if (truthy === undefined && parameters.length > 0) return unknownValue(at, 'it is computed', parameters);
    return truthy === undefined ? unionOf(at, [primitive(at, true), primitive({ node: node.argument, file }, false)], 'condition') : primitive(at, !truthy);
  }
  if (node.operator === '-' && value.kind === 'primitive' && typeof value.value === 'number') return primitive(at, -value.value);
  if (node.operator === '+' && value.kind === 'primitive' && typeof value.value !== 'bigint') return primitive(at, Number(value.value));
  // `~~x` cuts the fraction off.
  if (node.operator === '~' && node.argument.type === AST_NODE_TYPES.UnaryExpression && node.argument.operator === '~') {
    const inner = reader.evaluate(node.argument.argument, file, frame);
    if (inner.kind === 'instant') return { ...inner, ...at, unit: inner.unit === 'date' ? 'ms' : inner.unit };
    if (inner.kind === 'primitive' && typeof inner.value === 'number') return primitive(at, Math.trunc(inner.value));
  }
  if (node.operator === '+' && value.kind === 'instant') return { ...value, ...at, unit: value.unit === 'date' ? 'ms' : value.unit };
  return unknownValue(at, 'it is computed', parametersOf(value));
}
