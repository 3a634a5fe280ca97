import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { calledName, endName, initialValue, lastName, writtenName } from './expressions.ts';
import { isFunction } from './order.ts';
import type { Reader } from './reader.ts';
import type { SourceFile } from './source-file.ts';
import { possibilities, type ProjectFunction, type Value } from './value.ts';
import { variableOf } from './variables.ts';

/** Words before `token` that make it another thing than a credential of a user: a lock on forms, an address of a device, a lexer's. */
const OTHER = /^(?:csrf|xsrf|anti|forgery|push|fcm|apns|expo|device|registration|cancel(?:lation)?|abort|max|min|num|number|total|count|prompt|completion|input|output|design|captcha|recaptcha|page|next|previous|prev|continuation|sync|cursor|mapbox|map|stripe|card|payment|crypto|erc\d*|nft|contract|swap|pool|lp|reward|coin|gas|native|icon|text|css|color|theme|mint|ast|parse[rd]?|lexer|current|last|first|peek|lookahead|symbol|keyword|string|punctuator|comment|injection|provider|di|no|has|is|invalid|missing|expired|verify|valid|remove|delete|clear|get|set|fetch|check|decode|generate|create|reset|confirm(?:ation)?|verification|validation|hash(?:ed)?|masked|redacted|truncated|invite|invitation|activation|unsubscribe|magic|otp|setup|blacklisted|revoked|pixel|tracking|share|sharing|embed|feed|calendar|webhook|onboarding|pairing)$/i;
/** Words that say on their own that a token is one of a user. */
const SURE = /^(?:access|id|auth|refresh|bearer|session|oauth2?|user|login|jwt|api|authentication|authorization|admin|customer|client|sso|oidc|saml|identity|azure|google|firebase|keycloak|cognito|auth0)$/i;

/** How sure a name is: it names a token of a user, or only `token`, which may be a lexer's as well. */
export type NameEvidence = 'token' | 'perhaps' | undefined;

/** What a name says: `accessToken`, `id_token`, `JWT`, `token`. Verbs and other kinds of token say nothing. */
export function namedToken(name: string): NameEvidence {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2').split(/[^A-Za-z\d]+/).filter((word) => word !== '');
  while (/^(?:key|name|storage|cookie|item|value|string|str|data|raw|encoded|header|my|the|new|old|app|x|local|cookies)$/i.test(words.at(-1) ?? '')) words.pop();
  const last = words.at(-1)?.toLowerCase() ?? '';
  const before = words.slice(0, -1);
  if (before.some((word) => OTHER.test(word))) return undefined;
  if (/^jwts?$/.test(last) || words.some((word) => /^jwt$/i.test(word)) && /^(?:tokens?|session|id|cookie)$/.test(last)) return 'token';
  if (/^(?:accesstokens?|idtoken|authtoken|refreshtoken|usertoken|jwttoken|bearertoken|sessiontoken)$/.test(last)) return 'token';
  if (last !== 'token' && last !== 'tokens') return undefined;
  if (before.some((word) => SURE.test(word))) return 'token';
  return last === 'token' ? 'perhaps' : undefined;
}

/** Files in which a bare `token` is one of a user. */
const AUTHENTICATION = /jsonwebtoken|\bjwt\b|\bjose\b|bearer|authoriz|authenticat|\blog_?-?in\b|\blog_?-?out\b|sign_?-?in|\bauth\b|password|\buser\b/i;

/** Whether a name names a token of a user in this file. */
export function namesToken(name: string, file: SourceFile): boolean {
  const evidence = namedToken(name);
  return evidence === 'token' || (evidence === 'perhaps' && AUTHENTICATION.test(file.sourceCode.text));
}

/** What following an expression needs. */
export interface Evidence {
  readonly file: SourceFile;
  readonly reader: Reader;
  /** Calls that give a token: signing and encrypting. */
  readonly issued: ReadonlySet<TSESTree.Node>;
  /** Where this goes, nothing but a token of a user is called `token`. */
  readonly bareTokens?: boolean;
}

/** Names of what tells a token apart without giving it away. */
const PART = /(?:prefix|suffix|hash|digest|id|name|type|kind|length|count|preview|hint|fingerprint)$/i;

/** The expression inside that is a token, or an object that holds one; undefined where none is evident. */
export function tokenIn(node: TSESTree.Node, evidence: Evidence): TSESTree.Node | undefined {
  const inner = (one: TSESTree.Node) => tokenIn(one, evidence);
  const first = (nodes: readonly (TSESTree.Node | null)[]) => {
    for (const one of nodes) {
      const found = one && inner(one);
      if (found) return found;
    }
    return undefined;
  };
  switch (node.type) {
    case AST_NODE_TYPES.Identifier:
      return names(node.name, evidence) || isIssued(node, evidence) || isKeptToken(node, evidence) ? (isText(node, evidence) || isRandom(node, evidence) ? undefined : node) : undefined;
    // What is read of a token (`token.length`, `token.exp`) gives it away only under a name of its own.
    case AST_NODE_TYPES.MemberExpression: return names(writtenName(node) ?? '', evidence) && !isText(node, evidence) ? node : undefined;
    case AST_NODE_TYPES.CallExpression: {
      if (evidence.issued.has(node)) return node;
      const { callee } = node;
      if (callee.type === AST_NODE_TYPES.MemberExpression && callee.property.type === AST_NODE_TYPES.Identifier) {
        const { name } = callee.property;
        if (name === 'stringify' || name === 'encodeURIComponent') return first(node.arguments);
        if (name === 'getItem' || (name === 'get' && /cookie|storage/i.test(textOf(callee.object, evidence)))) return keyNamesToken(node.arguments[0], evidence) ? node : undefined;
        if (/^(?:toString|trim|concat|replace)$/.test(name)) return first([callee.object, ...(name === 'concat' ? node.arguments : [])]);
        // A function or method that is named for the token it gives.
        return /^(?:get|create|generate|sign|issue|make)(?:Signed)?(?:Access|Refresh|Id|Auth|Jwt|JWT|Session)(?:Jwt|JWT)?(?:Token)?$/.test(name) ? node : undefined;
      }
      if (callee.type === AST_NODE_TYPES.Identifier && /^(?:String|encodeURIComponent)$/.test(callee.name)) return first(node.arguments);
      return callee.type === AST_NODE_TYPES.Identifier && /^(?:get|create|generate|sign|issue|make)(?:Access|Refresh|Id|Auth|Jwt|JWT|Session)(?:Token|Jwt|JWT)?$/.test(callee.name) ? node : undefined;
    }
    case AST_NODE_TYPES.AwaitExpression: return inner(node.argument);
    case AST_NODE_TYPES.ChainExpression:
    case AST_NODE_TYPES.TSAsExpression:
    case AST_NODE_TYPES.TSNonNullExpression:
    case AST_NODE_TYPES.TSTypeAssertion:
    case AST_NODE_TYPES.TSSatisfiesExpression: return inner(node.expression);
    case AST_NODE_TYPES.TemplateLiteral: return first(node.expressions);
    case AST_NODE_TYPES.BinaryExpression: return node.operator === '+' ? first([node.left, node.right]) : undefined;
    case AST_NODE_TYPES.LogicalExpression: return first(node.operator === '&&' ? [node.right] : [node.left, node.right]);
    case AST_NODE_TYPES.ConditionalExpression: return first([node.consequent, node.alternate]);
    case AST_NODE_TYPES.ArrayExpression: return first(node.elements);
    case AST_NODE_TYPES.ObjectExpression:
      for (const property of node.properties) {
        const found = property.type === AST_NODE_TYPES.SpreadElement ? inner(property.argument) : inner(property.value) ?? (property.type === AST_NODE_TYPES.Property && isDynamic(property.value) && names(keyName(property.key), evidence) && !PART.test(endName(property.value)) ? property.value : undefined);
        if (found) return found;
      }
      return undefined;
    case AST_NODE_TYPES.SpreadElement: return inner(node.argument);
    default: return undefined;
  }
}

function names(name: string, { file, bareTokens }: Evidence): boolean {
  return bareTokens ? namesKept(name, file) : namesToken(name, file);
}

/** Whether the name under which something is kept in a browser names a token; a lexer keeps nothing there. */
export function namesKept(name: string, file: SourceFile): boolean {
  return namesToken(name, file) || /^_*token$/i.test(name);
}

/** A JWT as text: a header that names an algorithm, claims and a signature. */
export function isWrittenToken(value: Value): boolean {
  return textsOf(possibilities(value)).some((text) => {
    const [, header = ''] = /^(eyJ[\w-]+)\.eyJ[\w-]+\.[\w-]+$/.exec(text) ?? [];
    return header !== '' && /^\{.*"alg"\s*:.*\}$/s.test(Buffer.from(header, 'base64url').toString());
  });
}

/** A number, a comparison or a negation, also as text: whatever it is called, it is no token. */
export function isComputed(node: TSESTree.Node): boolean {
  if (node.type === AST_NODE_TYPES.CallExpression) {
    const [only, more] = node.arguments;
    const converts = (node.callee.type === AST_NODE_TYPES.Identifier && node.callee.name === 'String') || (node.callee.type === AST_NODE_TYPES.MemberExpression && node.callee.property.type === AST_NODE_TYPES.Identifier && node.callee.property.name === 'stringify');
    return converts && only !== undefined && !more && only.type !== AST_NODE_TYPES.SpreadElement && isComputed(only);
  }
  return node.type === AST_NODE_TYPES.BinaryExpression ? node.operator !== '+' : node.type === AST_NODE_TYPES.UnaryExpression;
}

/** Whether a storage key, cookie name or parameter name names a token, by its text or by the constant that holds it. */
export function keyNamesToken(node: TSESTree.Node | undefined, evidence: Evidence): boolean {
  if (!node) return false;
  const values = possibilities(evidence.reader.evaluate(node, evidence.file));
  // Of a key that is put together, what is written out says what it is: `${tenant}:access_token`.
  const parts = textsOf(values.flatMap((one) => (one.kind === 'text' ? one.parts : [])));
  if (parts.some((part) => namedToken(part.replace(/[:./@_-]+$/, '').replace(/^.*[:./@]/, '')) === 'token')) return true;
  const texts = textsOf(values);
  if (texts.length > 0) return texts.some((text) => namesKept(text.replace(/^.*[:./@]/, ''), evidence.file));
  return node.type === AST_NODE_TYPES.Identifier || node.type === AST_NODE_TYPES.MemberExpression ? namesToken(textOf(node, evidence).replace(/^.*\./, ''), evidence.file) : false;
}

/**
 * Whether a stored object is what a login returns: the answer of a request to a login address, or something of which
 * the file reads `.token` elsewhere.
 */
export function holdsToken(node: TSESTree.Node, key: string | undefined, evidence: Evidence): boolean {
  const { file } = evidence;
  const { text } = file.sourceCode;
  const plain = node.type === AST_NODE_TYPES.CallExpression && node.callee.type === AST_NODE_TYPES.MemberExpression && textOf(node.callee, evidence) === 'JSON.stringify' ? node.arguments[0] : node;
  if (!plain || plain.type === AST_NODE_TYPES.SpreadElement) return false;
  const names = [...(key !== undefined && /^[A-Za-z_$][\w$]*$/.test(key) ? [key] : []), ...(plain.type === AST_NODE_TYPES.Identifier ? [plain.name] : [])];
  if (names.some((name) => new RegExp(`(?<![\\w$])${name.replace(/\$/g, '\\$')}\\??\\.(?:\\w*[tT]oken|jwt)\\b`).test(text))) return true;
  if (plain.type === AST_NODE_TYPES.MemberExpression && plain.property.type === AST_NODE_TYPES.Identifier && plain.property.name === 'data' && plain.object.type === AST_NODE_TYPES.Identifier) return isLoginAnswer(plain.object, file);
  return plain.type === AST_NODE_TYPES.Identifier && isLoginAnswer(plain, file);
}

const LOGIN = /\.(?:post|put|mutate|request)\s*(?:<[^>]*>)?\s*\(\s*[^,)]*(?:log-?_?in|sign-?_?in|sign-?_?up|register|auth|token|session)[^,)]*/i;

const FETCHED_LOGIN = /\bfetch\s*\([^,)]*(?:log-?_?in|sign-?_?in|register|auth|token)/i;

function isLoginAnswer(node: TSESTree.Identifier, file: SourceFile): boolean {
  const declaration = variableOf(node, file)?.defs[0]?.node as TSESTree.Node | undefined;
  if (declaration && isFunction(declaration)) return isAnswerOf(declaration, node.name, file);
  if (declaration?.type !== AST_NODE_TYPES.VariableDeclarator || !declaration.init) return false;
  const text = file.sourceCode.getText(declaration.init as never);
  if (LOGIN.test(text)) return true;
  // `const data = await response.json()` where `response` is the answer.
  const source = /^(?:await\s+)?\(?(?:await\s+)?(\w+)\)?\.(?:json\(\)|data)$/.exec(text)?.[1];
  return source !== undefined && new RegExp(`\\b${source}\\s*=\\s*await\\s+fetch\\s*\\([^,)]*(?:log-?_?in|sign-?_?in|register|auth|token)`, 'i').test(file.sourceCode.text);
}

/** The parameter of a handler in `axios.post('/login', …).then((response) => …)`, or its `data`. */
function isAnswerOf({ parent, params: [answer] }: ProjectFunction, name: string, file: SourceFile): boolean {
  if (parent.type !== AST_NODE_TYPES.CallExpression || lastName(parent) !== 'then' || parent.callee.type !== AST_NODE_TYPES.MemberExpression) return false;
  const isAnswer = answer?.type === AST_NODE_TYPES.Identifier ? answer.name === name : answer?.type === AST_NODE_TYPES.ObjectPattern && name === 'data';
  const text = file.sourceCode.getText(parent.callee.object as never);
  return isAnswer && (LOGIN.test(text) || FETCHED_LOGIN.test(text));
}

/** A name whose value is text in the source is a key or a label, no token. */
function isText(node: TSESTree.Node, { reader, file }: Evidence): boolean {
  const value = reader.evaluate(node, file);
  return possibilities(value).every((one) => one.kind === 'primitive' || one.kind === 'function' || one.kind === 'class' || (one.kind === 'api' && !one.library.startsWith('#') && !one.path.includes('(')));
}

/** A random text that stands for something the server keeps: `const ssoToken = uuid()`. */
function isRandom(node: TSESTree.Identifier, { file }: Evidence): boolean {
  const initial = initialValue(node, file);
  return initial?.type === AST_NODE_TYPES.CallExpression && /(?:^|\.)(?:uuid(?:v\d)?|v4|nanoid|randomUUID|randomBytes\b.*|cuid\d?|createId|ulid|randomString)$/.test(calledName(initial).replace(/\(\)/g, ''));
}

/** `const token = localStorage.getItem('token')`: what is kept under such a name is a token. */
function isKeptToken(node: TSESTree.Identifier, evidence: Evidence): boolean {
  const initial = initialValue(node, evidence.file);
  return initial?.type === AST_NODE_TYPES.CallExpression && lastName(initial) === 'getItem' && keyNamesToken(initial.arguments[0], evidence);
}

function isIssued(node: TSESTree.Identifier, { file, issued }: Evidence): boolean {
  const declaration = variableOf(node, file)?.defs[0]?.node as TSESTree.Node | undefined;
  if (declaration?.type !== AST_NODE_TYPES.VariableDeclarator || declaration.id.type !== AST_NODE_TYPES.Identifier || !declaration.init) return false;
  const init = declaration.init.type === AST_NODE_TYPES.AwaitExpression ? declaration.init.argument : declaration.init;
  return issued.has(init);
}

function isDynamic(node: TSESTree.Node): boolean {
  return node.type !== AST_NODE_TYPES.Literal && node.type !== AST_NODE_TYPES.ObjectExpression && node.type !== AST_NODE_TYPES.UnaryExpression && node.type !== AST_NODE_TYPES.BinaryExpression && node.type !== AST_NODE_TYPES.ArrowFunctionExpression && node.type !== AST_NODE_TYPES.FunctionExpression && node.type !== AST_NODE_TYPES.ConditionalExpression;
}

function keyName(key: TSESTree.Node): string {
  return key.type === AST_NODE_TYPES.Identifier ? key.name : key.type === AST_NODE_TYPES.Literal ? String(key.value) : '';
}

function textsOf(values: readonly Value[]): readonly string[] {
  return values.flatMap((one) => (one.kind === 'primitive' && typeof one.value === 'string' ? [one.value] : []));
}

function textOf(node: TSESTree.Node, { file }: Evidence): string {
  return file.sourceCode.getText(node as never);
}
