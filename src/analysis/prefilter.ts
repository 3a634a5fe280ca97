import type { LibraryDescriptor } from '../libraries/descriptor.ts';
import type { Settings } from '../policy.ts';
import { catalogueOf, type Catalogue } from './catalogue.ts';
import { KEEPING } from './kept-states.ts';
import { type ModuleText, readImportsOf, readLocalModules, readModulesBehind } from './modules.ts';

/** The catalogue that settings describe: the built-in libraries and the project's own. */
export function catalogueFor(settings: Settings): Catalogue {
  return catalogueOf(settings.libraries as readonly LibraryDescriptor[] | undefined);
}

/** A hand-made decoding of a token needs no library: its parts are split at dots and decoded from base64. */
const HAND_MADE = /\batob\b|base64/;

/** A request for a token or about one, or one that carries a token that is written out. */
const REQUEST = /\bgrant_type\b|client_?credentials|(?:owner|username)_?password|password_?grant|introspect|\bclient_?secret\b|\bBearer \$?\{?|\beyJ[\w-]{5,}\./i;

/** A program that sends requests, and hands headers or tokens on with them. */
const SENDS = /\b(?:fetch|axios|got|ky|superagent|undici|needle|HttpService|httpService|httpClient|https?\.request|request)\b|(?:[Ss]ervice|[Cc]lient|API|[Aa]pi|[Gg]ateway)\.(?:get|post|put|patch|delete)\(/;
const SENT = /\bauthorization\b|\bx-[\w-]*token\b|\brefresh_?token\b|\b(?:req|request|ctx|context|event|c)(?:\.\w+)*\.headers\b|\bfetch\([^)]*,\s*(?:req|request)\b/i;

/** A place where tokens are kept, sent or written down, and the word for a token: no library is needed for that. */
const SINK = /\b(?:local|session)Storage\b|cookie|\bpostMessage\b|\bconsole\.|\blog(?:ger)?\b|[?&#](?:access_|id_|auth_|refresh_)?(?:token|jwt)=|\bsearchParams\b|\bparams\b|\b(?:query|search):\s*\{/i;
const TOKEN = /token|jwt|authorization/i;
/** A library that keeps a state in a store of the browser, whatever stands in it. */
const KEPT_STATE = new RegExp(`['"](?:${[...new Set(Object.keys(KEEPING).map((name) => name.replace(/#.*$/, '')))].join('|')})['"]`);
/** The header of an unsigned token, written out. */
const UNSIGNED = /\balg\w*['"]?\s*[:=]\s*['"`]none['"`]/i;
/** What a login returns may hold a token that nothing names. */
const LOGIN_KEPT = /\b(?:local|session)Storage\b[^]*log_?-?in|log_?-?in[^]*\b(?:local|session)Storage\b/i;

/**
 * Whether a file can hold an operation at all, judged by its text: it names a library, decodes by hand, or imports a
 * local module that does. Everything else is not looked at further.
 */
export function mayConcernJwt(text: string, settings: Settings, filename?: string): boolean {
  const catalogue = catalogueFor(settings);
  if (concerns(text, catalogue) || REQUEST.test(text) || (SENT.test(text) && SENDS.test(text)) || (TOKEN.test(text) && SINK.test(text)) || LOGIN_KEPT.test(text) || KEPT_STATE.test(text) || UNSIGNED.test(text)) return true;
  if (filename === undefined || settings.followImports === false || !/\b(?:import|require|from)\b/.test(text)) return false;
  for (const module of readLocalModules(text, filename)) if (leadsToConcerned(module, catalogue)) return true;
  return false;
}

/** Whether a file names a library or imports a module that does, so that its functions may call one. */
export function mayCallLibrary(text: string, filename: string, catalogue: Catalogue, settings: Settings): boolean {
  if (catalogue.mention.test(text) || catalogue.decorated.test(text)) return true;
  if (settings.followImports === false) return false;
  for (const module of readLocalModules(text, filename)) if (moduleConcerns(module, catalogue)) return true;
  return false;
}

/** Whether a module concerns tokens by itself, or handles them with the help of one that does. */
function leadsToConcerned(module: ModuleText, catalogue: Catalogue): boolean {
  if (moduleConcerns(module, catalogue)) return true;
  if (!TOKEN.test(module.text)) return false;
  for (const inner of readImportsOf(module)) if (moduleConcerns(inner, catalogue)) return true;
  return false;
}

/**
 * Whether what a module exports can be something of a library: the module is one, is a framework that libraries hang
 * on, or is a module of the project that `mayConcernJwt` would look at for the libraries it names.
 */
export function mayLeadToLibrary(specifier: string, from: string, catalogue: Catalogue, settings: Settings): boolean {
  if (catalogue.module(specifier) !== undefined || catalogue.decorations(specifier).length > 0) return true;
  if (settings.followImports === false) return false;
  for (const module of readModulesBehind(specifier, from)) if (leadsToConcerned(module, catalogue)) return true;
  return false;
}

const judgements = new WeakMap<Catalogue, Map<string, { readonly text: string; readonly concerned: boolean }>>();

/** The judgement of a module that many files import, made once for each state of it. */
function moduleConcerns({ path, text }: ModuleText, catalogue: Catalogue): boolean {
  const known = judgements.get(catalogue) ?? new Map<string, { text: string; concerned: boolean }>();
  judgements.set(catalogue, known);
  const before = known.get(path);
  if (before?.text === text) return before.concerned;
  const concerned = concerns(text, catalogue);
  known.set(path, { text, concerned });
  return concerned;
}

function concerns(text: string, { mention, decorated }: Catalogue): boolean {
  return mention.test(text) || decorated.test(text) || (HAND_MADE.test(text) && /\bsplit\b/.test(text));
}
