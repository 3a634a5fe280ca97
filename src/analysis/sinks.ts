import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { AnyCall } from './call-nodes.ts';
import { calledName, lastName, unwrapped, writtenName } from './expressions.ts';
import type { Carried } from './flow.ts';

/** What a followed thing does at the end of its way. */
export type UseKind =
  /** it is compared, or decides as a flag */
  | 'condition'
  /** only its being there is tested */
  | 'presence'
  /** it selects or changes stored data */
  | 'query'
  /** it selects a member of an object in memory */
  | 'lookup'
  /** it becomes the user of the request */
  | 'identity'
  | 'session' | 'response'
  /** it goes into a token that is signed */
  | 'issue'
  | 'path' | 'url' | 'command'
  /** it is what a function returns that authenticates by its name */
  | 'result'
  /** it is what a token is verified with */
  | 'key';

/** Methods of a text or list whose result is a comparison. */
export const COMPARING_METHODS = /^(?:includes|indexOf|lastIndexOf|has|some|every|find|findIndex|startsWith|endsWith|match|search|equals|localeCompare|isSupersetOf|isSubsetOf)$/;

/** Methods whose result still is the thing, whole or in part. */
export function receiverHandsOn(method: string): boolean {
  return /^(?:toString|toLowerCase|toUpperCase|trim|split|slice|substring|replace|replaceAll|concat|join|filter|at|pop|shift|flat|normalize|valueOf|sort|reverse)$/.test(method);
}

/** Claims that answer yes or no: a truth test of them decides. */
export function isFlag(taken: readonly string[]): boolean {
  const name = taken.at(-1) ?? '';
  return taken[0] !== 'header' && /^(?:is|has|can|may)(?:_|[A-Z])|admin|^super_?user$|^(?:roles?|scopes?|scp|permissions?|privileges?|groups?|staff|root|owner|premium|paid|vip|internal|mfa)$|verified$/i.test(name);
}

const REQUEST_LIKE = /^(?:req|request|ctx|context|c|event|socket|ws|conn|connection|session|res|response|reply|locals|state|handshake|store|call|client)$/i;
const RESPONSE_LIKE = /^(?:res|response|reply|ctx|context|c|h|NextResponse|Response|ctx\.response|this|event|set)$/;

/** An assignment to a member: `req.user = …`, `ctx.body = …`, `req.session.userId = …`. */
export function assignmentUse(left: TSESTree.MemberExpression, carried: Carried): UseKind | undefined {
  const name = writtenName(left) ?? '';
  const path = dotted(left.object);
  if (/(?:^|\.)session$/i.test(path)) return 'session';
  if (/^(?:ctx|context|c|res|response)(?:\.response)?$/.test(path) && name === 'body') return 'response';
  if (/(?:^|\.)headers$/.test(path)) return undefined;
  const root = path.split('.')[0] ?? '';
  if (REQUEST_LIKE.test(root) && carried.taken[0] !== 'header') return 'identity';
  return undefined;
}

function dotted(node: TSESTree.Node): string {
  const plain = unwrapped(node);
  if (plain.type === AST_NODE_TYPES.Identifier) return plain.name;
  if (plain.type === AST_NODE_TYPES.ThisExpression) return 'this';
  return plain.type === AST_NODE_TYPES.MemberExpression ? `${dotted(plain.object)}.${writtenName(plain) ?? '[]'}` : '';
}

const SAME = /^(?:String|Number|Boolean|BigInt|Array|Object|parseInt|parseFloat|structuredClone|Number\.parseInt|Object\.(?:assign|freeze|entries|values)|Array\.(?:from|of)|JSON\.(?:parse|stringify)|Promise\.(?:resolve|all)|new Set|new Map|new ObjectId|new URLSearchParams|new Buffer|Buffer\.from|plainToInstance|plainToClass|camelcaseKeys)$|(?:^|\.)(?:ObjectId|toObjectId|escape)$|^(?:_|lodash)\.(?:pick|omit|get|merge|castArray)$/;
const PARSES = /(?:^|\.)(?:parse|parseAsync|safeParse|validateSync|cast)$/;
const TEXTS = /^(?:path\.(?:join|resolve|normalize)|join|resolve|new URL|URL|util\.format|format)$/;

/** Whether a call gives its argument on: as it is, or as part of a text (a path, a URL). */
export function handsOn(call: AnyCall, index: number): 'same' | 'text' | undefined {
  const name = (call.type === AST_NODE_TYPES.NewExpression ? 'new ' : '') + calledName(call);
  if (TEXTS.test(name)) return name.endsWith('URL') && index === 0 ? 'same' : 'text';
  if (SAME.test(name) || PARSES.test(name)) return 'same';
  // A record made from the claims: `new User(claims)`.
  return call.type === AST_NODE_TYPES.NewExpression && /^new [A-Z]\w*$/.test(name) && !/(?:Error|Response|Request|Date|Promise|Headers|Blob|Worker|RegExp)$/.test(name) ? 'same' : undefined;
}

const READS = /^(?:find|findOne|findAll|findMany|findUnique|findFirst|findBy\w*|findOne\w*|findUnique\w*|findFirst\w*|findById\w*|findAndCount\w*|getOne|getMany|getRepository|query|queryRaw|\$queryRaw\w*|\$executeRaw\w*|execute|exec|raw|where|andWhere|orWhere|whereIn|whereEq|select|count\w*|aggregate|distinct|exists|existsBy|eq|filterBy|lookup|hget|hgetall|sismember|getItem|scan|doc|child|load|loadMany|fetchOne|one|oneOrNone|any|many|manyOrNone)$/;
const WRITES = /^(?:update\w*|delete\w*|remove\w*|destroy|upsert|insert\w*|create\w*|save\w*|increment|decrement|replaceOne|bulkWrite|putItem|hset|sadd|set\w*Role)$/;
const RECORD_FUNCTION = /^(?:find|get|load|fetch|lookup|query|select|retrieve|read|resolve|update|delete|remove|create|save|upsert|insert|list|search|count)(?:\w*)(?:User|Account|Customer|Member|Profile|Tenant|Org(?:ani[sz]ation)?|Order|Person|Employee|Admin|Patient|Student|Record|Document|Doc|Entity|ById|BySub|BySubject|ByEmail|ByUsername|Permissions?|Roles?|Orders?|Data|Invoices?|Messages?|Posts?|Notes?|Tasks?|Todos?|Items?)\w*$/;
const AUTHORIZE = /^(?:has|check|require|assert|ensure|verify|validate|authori[sz]e|is|can)\w*(?:Role|Roles|Scope|Scopes|Permission|Permissions|Access|Admin|Allowed|Authori[sz]ed|Owner|Privilege|Tenant|Member)\w*$|^(?:can|authori[sz]e|isAllowed|isAuthori[sz]ed|enforce|isSubset|intersection|difference|timingSafeEqual|isEqual|defineAbilityFor|createAbility)$/;

/** What a call does with an argument, judged by what is called; undefined where nothing is known. */
export function argumentUse(call: AnyCall, index: number, carried: Carried): UseKind | undefined {
  const full = calledName(call);
  const name = lastName(call);
  const receiver = full.slice(0, Math.max(0, full.length - name.length - 1));
  const owner = receiver.replace(/\(\)/g, '').split('.').at(-1) ?? '';
  if (call.type === AST_NODE_TYPES.NewExpression) return /^(?:Next)?Response$/.test(name) ? 'response' : /^(?:X509Certificate|NodeRSA)$/.test(name) ? 'key' : /^(?:JwksClient|JwksRsa)$/.test(name) ? 'url' : undefined;
  if (isCallbackResult(call, index, full)) return 'identity';
  if (/^(?:json|jsonp|send|render|end|write|html|text|body|response|code|ok|success|status|redirect)$/.test(name) && (RESPONSE_LIKE.test(receiver.replace(/\(\)/g, '').split('.')[0] ?? '') || RESPONSE_LIKE.test(receiver))) return name === 'redirect' ? 'url' : 'response';
  if (/^(?:sendFile|download|readFile|readFileSync|createReadStream|readJson|readJsonSync|require|import|existsSync|access|accessSync|open|openSync|stat|statSync|file|readTextFile|readTextFileSync)$/.test(name) && (receiver === '' || /^(?:fs|fsp|fsPromises|fse|promises|Deno|Bun|res|reply|this)$/.test(owner))) return 'path';
  if (/^(?:exec|execSync|execFile|execFileSync|spawn|spawnSync|fork|execa|eval)$/.test(name) && (receiver === '' || /^(?:cp|child_process|childProcess|shell)$/.test(owner))) return 'command';
  if (isRequestCall(full)) return 'url';
  if (/^(?:createPublicKey|createSecretKey|importJWK|importSPKI|importX509|importKey|jwkToPem|jwk2pem|jwkToBuffer|asKey|X509Certificate|getKey|pemToJwk|rsaPublicKeyToPEM|certToPEM)$/.test(name) && !/^(?:keyCache|cache|keys)$/.test(owner)) return 'key';
  if (/^(?:jwksClient|jwksRsa|JwksClient|createRemoteJWKSet|createJWKSMock)$/.test(name)) return 'url';
  if (name === 'cookie' && /^(?:res|response|reply)$/.test(owner)) return 'session';
  if (/^(?:logIn|login|signIn|signin)$/.test(name) && /^(?:req|request|ctx|auth|session)$/.test(owner)) return 'session';
  if (/^(?:createSession|startSession|setSession|createUserSession|setSessionCookie|createLoginSession|establishSession|logUserIn|loginUser)$/.test(name)) return 'session';
  if (/^(?:set|put|save|add)$/.test(name) && /session|cookie/i.test(owner)) return 'session';
  if (/^(?:set|assign|provide|decorate)$/.test(name) && /^(?:c|ctx|context|req|request|res|locals|cls|als|event)$/.test(owner)) return 'identity';
  if (name === 'authenticated' && owner === 'h') return 'identity';
  if (/^(?:setUser|setCurrentUser|setAuthenticatedUser|setPrincipal|setIdentity|authenticateAs|impersonate)$/.test(name) && !/^(?:Sentry|Scope|scope|analytics)$/.test(owner)) return 'identity';
  if (carried.inside.length === 0 && COMPARING_METHODS.test(name) && receiver !== '' && index === 0) return 'condition';
  if (AUTHORIZE.test(name)) return 'condition';
  // The policy that an authorizer of API Gateway answers with.
  if (/^(?:generate|build|create|make|get)(?:Auth\w*|Iam|IAM|Allow)?Policy(?:Document)?$/.test(name)) return 'identity';
  if (/^(?:test)$/.test(name) && receiver === '') return 'condition';
  if (index === 0 && /^(?:get|has|hasOwn)$/.test(name) && receiver !== '') return 'lookup';
  if (receiver !== '' && (READS.test(name) || WRITES.test(name)) && !/^(?:console|logger|log|Math|Object|Array|JSON|crypto|hash|hmac|redis|document|window|_|expect)$/.test(owner) && !/Hash|Hmac|Sign|Verify|Cipher|createElement|createServer|createHash/.test(name)) return 'query';
  if (RECORD_FUNCTION.test(name)) return 'query';
  return undefined;
}

/** `done(null, user)`: the callback of a strategy or of an asynchronous function is told who it is. */
function isCallbackResult(call: AnyCall, index: number, name: string): boolean {
  const [first] = call.arguments;
  return index === 1 && /^(?:this\.)?(?:done|cb|callback|verified|next|fn)$/.test(name) && (first?.type === AST_NODE_TYPES.Literal ? first.value === null : first?.type === AST_NODE_TYPES.Identifier && /^(?:undefined|err|error)$/.test(first.name));
}

function isRequestCall(name: string): boolean {
  return /^(?:fetch|axios|got|request|needle|ky|undici\.fetch|undici\.request|nodeFetch|node_fetch|superagent|ofetch|\$fetch)$|^(?:axios|got|ky|superagent|needle|http|https|request|client|httpClient|httpService|this\.http\w*|this\.client)\.(?:get|post|put|patch|delete|head|request|axiosRef)$/.test(name);
}

/** Whether a query changes data. */
export function changesData(callee: string | undefined): boolean {
  return WRITES.test(/[^.]*$/.exec(callee ?? '')?.[0] ?? '') || /^(?:update|delete|remove|create|save|upsert|insert)/.test(/[^.]*$/.exec(callee ?? '')?.[0] ?? '');
}
