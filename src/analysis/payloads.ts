import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { collectCalls } from './call-nodes.ts';
import { calledName, endName, initialValue, lastName, unwrapped, writtenName } from './expressions.ts';
import { SPREAD } from './objects.ts';
import type { JwtOperation } from './operation.ts';
import { enclosingFunction, isFunction, isInside } from './order.ts';
import type { SourceFile } from './source-file.ts';
import { possibilities, type Value } from './value.ts';
import { variableOf } from './variables.ts';

/** One thing that goes into the payload of a token. */
export interface PayloadPart {
  /** `whole`: it is the payload; `spread`: all its properties go in; `property`: it is the value of one. */
  readonly as: 'whole' | 'spread' | 'property';
  /** Name of the property; undefined for the whole and for a spread. */
  readonly name: string | undefined;
  readonly value: Value;
  /** The expression as written, where it stands in the operation's own file. */
  readonly written: TSESTree.Node | undefined;
  /** Where a report belongs, in the operation's own file. */
  readonly node: TSESTree.Node;
}

/** Objects inside objects are looked at this deep. */
const MAX_DEPTH = 3;

/** What goes into the payload of a signing operation, as far as it can be seen; for a wrapper, as far as its caller decides. */
export function payloadParts(operation: JwtOperation): readonly PayloadPart[] {
  if (operation.kind !== 'sign') return [];
  const settings = operation.settingsAt('payload');
  const argument = operation.argument('payload');
  const values = settings.length > 0 ? settings.map((setting) => setting.value) : argument ? [argument] : [];
  const written = operation.argumentNode('payload') ?? settings.find((setting) => setting.file === operation.file)?.node ?? operation.node;
  return values.flatMap((value) => partsOf(value, 'whole', undefined, operation.argumentNode('payload'), written, operation, 0)).filter((part) => isCallers(part, operation));
}

function partsOf(value: Value, as: PayloadPart['as'], name: string | undefined, written: TSESTree.Node | undefined, node: TSESTree.Node, operation: JwtOperation, depth: number): readonly PayloadPart[] {
  return possibilities(value).flatMap((one): readonly PayloadPart[] => {
    const self: PayloadPart = { as, name, value: one, written, node: as === 'whole' ? inFile(one, node, operation) : node };
    if (one.kind !== 'object' || depth >= MAX_DEPTH) return [self];
    const place = (at: { readonly node: TSESTree.Node; readonly file: SourceFile }) => (at.file === operation.file && at.node.type !== AST_NODE_TYPES.SpreadElement ? at.node : node);
    const inner = [...one.entries].filter(([key]) => key !== SPREAD).flatMap(([key, entry]) => {
      const given = entry.node.type === AST_NODE_TYPES.Property ? entry.node.value : entry.node.type === AST_NODE_TYPES.AssignmentExpression ? entry.node.right : undefined;
      return partsOf(entry.value, 'property', key, given, place(entry), operation, depth + 1);
    });
    return [...(depth === 0 ? [] : [self]), ...inner, ...spreads(one, node, operation)];
  });
}

/** What is spread into an object literal and cannot be taken apart. */
function spreads({ node: object, file }: Value, node: TSESTree.Node, operation: JwtOperation): readonly PayloadPart[] {
  const sources = object.type === AST_NODE_TYPES.ObjectExpression ? object.properties.filter((property) => property.type === AST_NODE_TYPES.SpreadElement).map((property) => property.argument)
    : object.type === AST_NODE_TYPES.CallExpression && calledName(object) === 'Object.assign' ? object.arguments.filter((argument) => argument.type !== AST_NODE_TYPES.SpreadElement) : [];
  if (file !== operation.file) return [];
  return sources.flatMap((source) => possibilities(operation.evaluate(source)).filter((value) => value.kind !== 'object' && value.kind !== 'primitive').map((value): PayloadPart => ({ as: 'spread', name: undefined, value, written: source, node: isInside(source, operation.file.sourceCode.ast as TSESTree.Node) ? source : node })));
}

function inFile(value: Value, node: TSESTree.Node, operation: JwtOperation): TSESTree.Node {
  return value.file === operation.file && isInside(value.node, operation.node) ? value.node : node;
}

/** A wrapper answers only for what its caller hands in. */
function isCallers({ value }: PayloadPart, operation: JwtOperation): boolean {
  if (!operation.wrapped) return true;
  if (value.file !== operation.file) return false;
  const inner = innermost(operation);
  const owner = enclosingFunction(inner.node);
  return !(inner.file === operation.file && owner !== undefined && isInside(value.node, owner) && !isInside(operation.node, owner));
}

function innermost(operation: JwtOperation): JwtOperation {
  return operation.wrapped ? innermost(operation.wrapped) : operation;
}

const PEOPLE = '(?:user|account|customer|member|employee|admin|student|patient|profile|person|vendor|doctor|teacher|seller|author)';
/** Names of variables and properties that hold a record of a person. */
const RECORD_NAME = new RegExp(`^_?(?:(?:db|found|existing|current|saved|new|created|updated|my|the|logged(?:in)?|auth(?:enticated|orized)?|plain|inserted|registered|google|one|this)_?)?${PEOPLE}(?:_?(?:data|doc|document|record|row|entity|model|obj|object|details|json|withstatus|plain|exists?|instance|result|from\\w+))?$`, 'i');
/** What a person may be: on a record (`user.admin`) a flag or a reference, and no record again. */
const ROLE_NAME = /^(?:admin|author|customer|doctor|employee|member|patient|seller|student|teacher|vendor)$/i;
/** Functions that give a record of a person. */
const RECORD_FUNCTION = new RegExp(`^(?:get|find|fetch|load|create|validate|register|lookup|retrieve|save|update|insert|upsert)\\w*?${PEOPLE}(?:$|By\\w*|With\\w*|From\\w*|Record|Data|AndPassword\\w*)`, 'i');
/** Methods of object-relational mappers that give one record. */
const RECORD_METHOD = /^(?:findOne\w*|findByPk|findById\w*|findUnique\w*|findFirst\w*|findBy[A-Z]\w*|findOrCreate|findAndModify|getOne|getOneOrFail|create|save|insertOne|update|upsert|authenticate|login|signup|register)$/;
/** Steps in a query after which it still gives whole records. */
const WHOLE_STEP = /^(?:lean|exec|populate|orFail|catch|finally|then|first|toPromise|unwrap|cache|session|read)$/;
const PLAIN_FORM = /^(?:toJSON|toObject|toJson|toPlainObject|serialize)$/;
/** Types that say that somebody chose the fields. */
const CHOSEN_TYPE = /Pick<|Omit<|Partial<|Payload|Claims|Dto|Token|Jwt|JWT|Public|Safe|Minimal|Session|Auth|Request|Identity|Principal|Context|Subject|^\s*(?:string|number)|\{/;

/** Whether a part is a whole record of a database or of a user, by where it comes from or by its name. */
export function isWholeRecord(part: PayloadPart, operation: JwtOperation): boolean {
  const { value, written } = part;
  // `const uid = await User.create(…)`: what is named an identifier is one.
  if (written && /id$/i.test(endName(unwrapped(written)))) return false;
  if ((written && isCurated(unwrapped(written), operation.file)) || isOfWrapper(part, operation)) return false;
  if (value.kind === 'parameter') return isRecordParameter(value, part, operation);
  if (value.kind !== 'unknown' && value.kind !== 'api') return false;
  return isRecordNode(value.node, value.file, operation, 0) || (written !== undefined && value.file === operation.file && isRecordNode(written, operation.file, operation, 0));
}

function isRecordNode(node: TSESTree.Node, file: SourceFile, operation: JwtOperation, depth: number): boolean {
  if (depth > 6) return false;
  const plain = unwrapped(node);
  switch (plain.type) {
    case AST_NODE_TYPES.CallExpression: return isRecordCall(plain, file, operation, depth);
    case AST_NODE_TYPES.MemberExpression: {
      const name = writtenName(plain);
      if (name === '_doc' || name === 'dataValues') return true;
      if (name !== undefined && /^\d+$/.test(name)) return /rows$|users$|results?$|accounts$/i.test(file.sourceCode.getText(plain.object as never));
      return name !== undefined && RECORD_NAME.test(name) && !(ROLE_NAME.test(name) && RECORD_NAME.test(endName(plain.object))) && !/(?:token|claims|payload|decoded|body|query|params|jwt|session)\b/i.test(file.sourceCode.getText(plain.object as never)) && !isCurated(plain, file);
    }
    case AST_NODE_TYPES.Identifier: return isRecordVariable(plain, file, operation, depth);
    default: return false;
  }
}

function isRecordCall(call: TSESTree.CallExpression, file: SourceFile, operation: JwtOperation, depth: number): boolean {
  const name = lastName(call);
  const receiver = call.callee.type === AST_NODE_TYPES.MemberExpression ? call.callee.object : undefined;
  const inner = (node: TSESTree.Node) => isRecordNode(node, file, operation, depth + 1);
  if (receiver && PLAIN_FORM.test(name)) return !/date|now|url|error|id$/i.test(calledName(call).replace(/\.\w+$/, ''));
  if (receiver && name === 'get' && call.arguments[0]?.type === AST_NODE_TYPES.ObjectExpression) return /plain/.test(file.sourceCode.getText(call.arguments[0] as never));
  if (receiver && WHOLE_STEP.test(name)) return inner(receiver);
  if (/^(?:structuredClone|JSON\.parse|JSON\.stringify|Object\.assign|_\.clone|_\.cloneDeep|instanceToPlain|classToPlain)$/.test(calledName(call))) return call.arguments.some((argument) => argument.type !== AST_NODE_TYPES.SpreadElement && inner(argument));
  if (call.arguments.some((argument, index) => choosesFields(argument, index, name))) return false;
  if (receiver && RECORD_METHOD.test(name)) return !/jwt|token|session|crypto|cipher|stripe|mail|redis|cache|axios|http|Object|key|role/i.test(file.sourceCode.getText(receiver as never)) || /user/i.test(file.sourceCode.getText(receiver as never));
  return RECORD_FUNCTION.test(name) && !/(?:payload|claims|dto|token)/i.test(name);
}

/** A projection: `{ select: … }`, `{ attributes: … }`, `findOne(query, 'name role')`. */
function choosesFields(argument: TSESTree.Node, index: number, method: string): boolean {
  if (argument.type === AST_NODE_TYPES.ObjectExpression) return argument.properties.some((property) => property.type === AST_NODE_TYPES.Property && /^(?:select|attributes|projection|columns|fields|omit|raw_attributes)$/.test(writtenName(property) ?? ''));
  return index === 1 && /^find(?:One|ById)$/.test(method) && argument.type === AST_NODE_TYPES.Literal && typeof argument.value === 'string';
}

function isRecordVariable(identifier: TSESTree.Identifier, file: SourceFile, operation: JwtOperation, depth: number): boolean {
  const definition = variableOf(identifier, file)?.defs[0];
  if (isCurated(identifier, file)) return false;
  const declarator = definition?.node as TSESTree.Node | undefined;
  if (declarator?.type === AST_NODE_TYPES.VariableDeclarator) {
    const annotation = declarator.id.type === AST_NODE_TYPES.Identifier ? declarator.id.typeAnnotation : undefined;
    if (annotation && CHOSEN_TYPE.test(file.sourceCode.getText(annotation.typeAnnotation as never))) return false;
    const initial = initialValue(identifier, file);
    if (initial && isRecordNode(initial, file, operation, depth + 1)) return true;
    // What a rest pattern leaves over has been chosen, if only by leaving something out.
    if (declarator.id.type === AST_NODE_TYPES.ObjectPattern && declarator.id.properties.some((property) => property.type === AST_NODE_TYPES.RestElement && property.argument === definition?.name)) return false;
    if (declarator.init && readsClaims(declarator.init, file, operation)) return false;
    return RECORD_NAME.test(identifier.name) && !(initial && isChoice(initial));
  }
  return RECORD_NAME.test(identifier.name) && isFunction(declarator) && hasMembersRead(identifier, file);
}

/** A value that has been put together or cut down on purpose. */
function isChoice(initial: TSESTree.Node): boolean {
  const plain = unwrapped(initial);
  if (plain.type === AST_NODE_TYPES.CallExpression && plain.arguments.some((argument, index) => choosesFields(argument, index, lastName(plain)))) return true;
  if (plain.type === AST_NODE_TYPES.CallExpression && plain.callee.type === AST_NODE_TYPES.MemberExpression && WHOLE_STEP.test(lastName(plain))) return isChoice(plain.callee.object);
  if (plain.type === AST_NODE_TYPES.CallExpression) return /pick|omit|select|sanitize|transform|serialize|dto|payload|parse|map|require$|verify|decode|split/i.test(calledName(plain));
  return plain.type === AST_NODE_TYPES.Literal || plain.type === AST_NODE_TYPES.TemplateLiteral || plain.type === AST_NODE_TYPES.ObjectExpression || plain.type === AST_NODE_TYPES.NewExpression;
}

/** A parameter by its name and type. */
function isRecordParameter(value: Extract<Value, { kind: 'parameter' }>, part: PayloadPart, operation: JwtOperation): boolean {
  const { owner, index, path, file } = value;
  const parameter = plainParameter(owner.params[index]);
  if (!parameter || path.some((step) => /^(?:body|query|params|payload|session|headers|locals|claims|token)$/.test(step))) return false;
  const last = path.at(-1);
  if (last !== undefined && (last === '_doc' || last === 'dataValues')) return true;
  const name = last ?? (parameter.type === AST_NODE_TYPES.Identifier ? parameter.name : '');
  if (!RECORD_NAME.test(name) || isResultOfVerification(owner, operation)) return false;
  if (ROLE_NAME.test(name) && path.length > 0 && RECORD_NAME.test(path.at(-2) ?? (parameter.type === AST_NODE_TYPES.Identifier ? parameter.name : ''))) return false;
  if (path.length > 0) return !isCurated(value.node, file);
  const annotation = parameter.type === AST_NODE_TYPES.Identifier ? parameter.typeAnnotation?.typeAnnotation : undefined;
  if (annotation) return !CHOSEN_TYPE.test(file.sourceCode.getText(annotation as never)) && !isCurated(parameter, file);
  if (isCurated(parameter, file)) return false;
  // An exported function that signs its argument as it is only passes on: whoever calls it decides.
  return !(part.as === 'whole' && isExported(owner)) && !isCalledHere(operation, owner);
}

/** A function that is handed a record by its parameter's name and puts it into an object of its own is reported itself. */
function isOfWrapper({ as, written }: PayloadPart, operation: JwtOperation): boolean {
  if (!operation.wrapped || as === 'whole' || written?.type !== AST_NODE_TYPES.Identifier || !RECORD_NAME.test(written.name)) return false;
  const owner = enclosingFunction(innermost(operation).node);
  for (let node: TSESTree.Node | undefined = written; node; node = node.parent) if (node === owner) return true;
  return false;
}

function plainParameter(parameter: TSESTree.Node | undefined): TSESTree.Node | undefined {
  if (parameter?.type === AST_NODE_TYPES.AssignmentPattern) return parameter.left;
  return parameter?.type === AST_NODE_TYPES.TSParameterProperty ? plainParameter(parameter.parameter) : parameter;
}

/** The callback of a verification is handed claims, whatever it calls them. */
function isResultOfVerification(owner: TSESTree.Node, operation: JwtOperation): boolean {
  const parent = owner.parent;
  if (parent?.type !== AST_NODE_TYPES.CallExpression) return false;
  return /verify|decode/i.test(calledName(parent)) || (lastName(parent) === 'then' && /verify|decode/i.test(operation.file.sourceCode.getText(parent.callee as never)));
}

function readsClaims(initial: TSESTree.Node, file: SourceFile, operation: JwtOperation): boolean {
  return operation.file === file && /\b(?:jwt\w*|token\w*|\w*verify\w*|decode\w*)\s*(?:\.|\()/i.test(file.sourceCode.getText(initial as never)) && !/find|get/i.test(file.sourceCode.getText(initial as never));
}

/** Calls of the function in the same file are judged by what they hand in. */
function isCalledHere(operation: JwtOperation, owner: TSESTree.Node): boolean {
  return collectCalls(operation.file).some((call) => possibilities(operation.evaluate(call.callee)).some((target) => target.kind === 'function' && target.node === owner));
}

function isExported(owner: TSESTree.Node): boolean {
  for (let node: TSESTree.Node | undefined = owner; node?.parent; node = node.parent) {
    const { parent } = node;
    if (parent.type === AST_NODE_TYPES.ExportNamedDeclaration || parent.type === AST_NODE_TYPES.ExportDefaultDeclaration) return true;
    if (parent.type === AST_NODE_TYPES.AssignmentExpression) return /^(?:module\.)?exports\b/.test(calledNameOf(parent.left));
    if (parent.type === AST_NODE_TYPES.CallExpression || parent.type === AST_NODE_TYPES.ClassBody) return false;
    if (parent.type === AST_NODE_TYPES.Program) return isNamedInExport(node, parent);
  }
  return false;
}

function calledNameOf(node: TSESTree.Node): string {
  return node.type === AST_NODE_TYPES.MemberExpression ? `${calledNameOf(node.object)}.${writtenName(node) ?? ''}` : node.type === AST_NODE_TYPES.Identifier ? node.name : '';
}

/** `export { issue }`, `module.exports = { issue }`. */
function isNamedInExport(statement: TSESTree.Node, program: TSESTree.Program): boolean {
  const name = statement.type === AST_NODE_TYPES.FunctionDeclaration ? statement.id?.name : statement.type === AST_NODE_TYPES.VariableDeclaration && statement.declarations[0]?.id.type === AST_NODE_TYPES.Identifier ? statement.declarations[0].id.name : undefined;
  return program.body.some((one) => {
    if (one.type === AST_NODE_TYPES.ExportNamedDeclaration) return one.specifiers.some((specifier) => specifier.local.type === AST_NODE_TYPES.Identifier && specifier.local.name === name);
    if (one.type === AST_NODE_TYPES.ExportDefaultDeclaration) return one.declaration.type === AST_NODE_TYPES.Identifier && one.declaration.name === name;
    if (one.type !== AST_NODE_TYPES.ExpressionStatement || one.expression.type !== AST_NODE_TYPES.AssignmentExpression || !/^(?:module\.)?exports\b/.test(calledNameOf(one.expression.left))) return false;
    const { right } = one.expression;
    return (right.type === AST_NODE_TYPES.Identifier && right.name === name) || (right.type === AST_NODE_TYPES.ObjectExpression && right.properties.some((property) => property.type === AST_NODE_TYPES.Property && property.value.type === AST_NODE_TYPES.Identifier && property.value.name === name));
  });
}

/** `user.password = undefined`, `delete user.password`: somebody took out what does not belong. */
function isCurated(node: TSESTree.Node, file: SourceFile): boolean {
  const identifier = node.type === AST_NODE_TYPES.Identifier ? node : undefined;
  const variable = identifier && variableOf(identifier, file);
  return variable?.references.some((reference) => {
    const member = (reference.identifier as TSESTree.Node).parent;
    if (member?.type !== AST_NODE_TYPES.MemberExpression) return false;
    const { parent } = member;
    if (parent.type === AST_NODE_TYPES.UnaryExpression) return parent.operator === 'delete';
    return parent.type === AST_NODE_TYPES.AssignmentExpression && parent.left === member && (parent.right.type === AST_NODE_TYPES.Identifier ? parent.right.name === 'undefined' : parent.right.type === AST_NODE_TYPES.Literal && parent.right.value === null);
  }) ?? false;
}

/** Whether properties of a variable are read: it is an object, not a name or an id. */
function hasMembersRead(identifier: TSESTree.Identifier, file: SourceFile): boolean {
  return variableOf(identifier, file)?.references.some((reference) => {
    const { parent } = reference.identifier as TSESTree.Node;
    return parent?.type === AST_NODE_TYPES.MemberExpression && parent.object === (reference.identifier as TSESTree.Node);
  }) ?? false;
}

const REQUEST_PARTS = /^(?:body|query|params|payload|rawBody|form|fields|queryStringParameters|pathParameters|searchParams)$/;
const REQUEST_NAME = /^_?(?:req|request|ctx|context|c|event|evt|r|httpRequest)$/i;

/** Whether a part is what a client sent, all of it: `req.body`, `await request.json()`, the arguments of a GraphQL field. */
export function isRequestInput(part: PayloadPart, operation: JwtOperation): boolean {
  const { value } = part;
  if (value.kind === 'parameter') return isInputParameter(value, part.as === 'property', part.as === 'spread');
  if (value.kind !== 'unknown' && value.kind !== 'api') return false;
  return isInputNode(value.node, value.file, operation, part.as === 'property', 0) || (part.as !== 'property' && part.written !== undefined && isInputNode(part.written, operation.file, operation, false, 0));
}

function isInputParameter({ owner, index, path }: Extract<Value, { kind: 'parameter' }>, exactly: boolean, spread = false): boolean {
  const parameter = owner.params[index];
  const plain = plainParameter(parameter);
  if (!parameter || !plain) return false;
  if ('decorators' in plain && plain.decorators.some((decorator) => decorator.expression.type === AST_NODE_TYPES.CallExpression && /^(?:Body|Query|Param|Args|MessageBody)$/.test(lastName(decorator.expression)) && (decorator.expression.arguments.length === 0 || !exactly))) return !exactly || path.length === 0;
  if (spread && plain.type === AST_NODE_TYPES.Identifier && path.length === 0 && /^(?:body|req(?:uest)?_?body|rawBody)$/i.test(plain.name)) return true;
  const at = path.findIndex((step) => REQUEST_PARTS.test(step));
  const named = plain.type === AST_NODE_TYPES.Identifier ? REQUEST_NAME.test(plain.name) : plain.type === AST_NODE_TYPES.ObjectPattern && index === 0 && at === 0 && path[0] !== 'payload' && path[0] !== 'params';
  if (named && at >= 0) return exactly ? at === path.length - 1 : true;
  // `(parent, args, context)`: the resolver of a GraphQL field.
  const [source] = owner.params;
  return index === 1 && plain.type === AST_NODE_TYPES.Identifier && /^(?:args|input|variables)$/.test(plain.name) && source?.type === AST_NODE_TYPES.Identifier && /^(?:_+|parent|root|obj|source|_parent|_root|_source)$/.test(source.name) && path.length <= (exactly ? 0 : 2);
}

function isInputNode(node: TSESTree.Node, file: SourceFile, operation: JwtOperation, exactly: boolean, depth: number): boolean {
  if (depth > 6) return false;
  const plain = unwrapped(node);
  const inner = (one: TSESTree.Node) => isInputNode(one, file, operation, exactly, depth + 1);
  if (plain.type === AST_NODE_TYPES.CallExpression) {
    const name = calledName(plain);
    if (/(?:^|\.)(?:req|request|c\.req|ctx\.req|ctx\.request|event\.request)\.(?:json|formData|parseBody|body|query|queries|param)$/i.test(name)) return plain.arguments.length === 0;
    if (/^(?:readBody|getQuery|readFormData|readMultipartFormData|getRouterParams)$/.test(name)) return true;
    if (/^(?:JSON\.parse|Object\.fromEntries|Object\.assign|structuredClone|qs\.parse|querystring\.parse)$/.test(name)) return plain.arguments.some((argument) => argument.type !== AST_NODE_TYPES.SpreadElement && inner(argument));
    return false;
  }
  if (plain.type === AST_NODE_TYPES.MemberExpression) {
    if (/^(?:this\.)?(?:\w+\.)?(?:req|request)\.(?:body|query|params|payload)$/.test(file.sourceCode.getText(plain as never))) return true;
    const values = file === operation.file ? possibilities(operation.evaluate(plain)) : [];
    return values.some((value) => value.kind === 'parameter' && isInputParameter(value, exactly));
  }
  if (plain.type !== AST_NODE_TYPES.Identifier) return false;
  const values = file === operation.file ? possibilities(operation.evaluate(plain)) : [];
  if (values.some((value) => value.kind === 'parameter' && isInputParameter(value, exactly))) return true;
  const definition = variableOf(plain, file)?.defs[0];
  const declarator = definition?.node as TSESTree.Node | undefined;
  if (declarator?.type !== AST_NODE_TYPES.VariableDeclarator || !declarator.init) return false;
  if (declarator.id.type === AST_NODE_TYPES.Identifier) return inner(declarator.init);
  // `const { password, ...rest } = req.body` leaves everything that the client added.
  const isRest = declarator.id.type === AST_NODE_TYPES.ObjectPattern && declarator.id.properties.some((property) => property.type === AST_NODE_TYPES.RestElement && property.argument === definition?.name);
  return isRest && !exactly && inner(declarator.init);
}
