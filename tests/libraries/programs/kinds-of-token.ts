/** One key that signs tokens of two kinds, and a verification that takes either. */
import { jsonwebtoken } from '../../../src/libraries/jsonwebtoken.ts';
import type { LibraryDescriptor, OperationModel } from '../../../src/libraries/descriptor.ts';
import { inVersion, lacks, type Pair, type Subject } from './cell.ts';
import { type GivenText, KEY, keyPlace, placesOf, usual, type WrittenCall, writtenCall } from './program.ts';

const REFRESH_KEY = 'process.env.JWT_REFRESH_KEY';

interface Issuing {
  readonly imports: string;
  readonly issue: (key: string) => string | undefined;
}

/** Signing with the same library; with jsonwebtoken where a library verifies only, as services do. */
function issuingWith(library: LibraryDescriptor, version: string): Issuing {
  const own = inVersion(library, version, ['sign']).find((model) => keyPlace(model, version) !== undefined && model.result?.delivers === 'token');
  const model = own ?? jsonwebtoken.operations.find(({ kind }) => kind === 'sign')!;
  return {
    imports: own ? '' : "import jwt from 'jsonwebtoken';\n",
    issue: (key) => {
      if (!own) return `jwt.sign({ sub: user.id }, ${key})`;
      const given = usual(library, model, version);
      const at = keyPlace(model, version)?.at ?? '';
      // What configures the verification too holds one key; a call may name another.
      const other = key !== KEY && at.startsWith('configuration.') ? placesOf(model, 'key', version).find((place) => place.at.startsWith('options.'))?.at : at;
      return other === undefined ? undefined : writtenCall(library, model, version, { ...given, [other]: key })?.text;
    },
  };
}

/** Where the guards of frameworks leave the claims. */
const ON_REQUEST: Readonly<Record<string, string>> = {
  'koa-jwt': 'req.state.user', hono: "req.get('jwtPayload')", 'socketio-jwt': 'req.decoded_token', 'express-oauth2-jwt-bearer': 'req.auth.payload',
  'hapi-auth-jwt2': 'request.auth.credentials', '@hapi/jwt': 'request.auth.credentials', 'passport-jwt': 'req.user',
};

/** What a verification gives, as an expression behind the statement that runs it. */
function runs(library: LibraryDescriptor, model: OperationModel, version: string, call: WrittenCall): { readonly statement: string; readonly claims: string } {
  const { delivers, at } = model.result ?? { delivers: 'claims' };
  if (model.middleware) return { statement: `const guard = ${call.text};`, claims: ON_REQUEST[library.name] ?? 'req.auth' };
  if (delivers === 'function') return { statement: `const verify = ${call.text};\n  const verified = await verify(token);`, claims: 'verified' };
  // Who is told only that a token is genuine reads its claims afterwards.
  const [decode] = delivers === 'boolean' || delivers === 'nothing' ? inVersion(library, version, ['decode']) : [];
  const read = decode && writtenCall(library, decode, version, usual(library, decode, version));
  if (read) return { statement: `await ${call.text};\n  const verified = ${read.text};`, claims: `verified.${decode.result?.at ?? 'payload'}` };
  return { statement: `const verified = await ${call.text};`, claims: at === undefined ? 'verified' : `verified.${at}` };
}

function pairsFor(library: LibraryDescriptor, model: OperationModel, version: string): readonly Pair[] {
  const { imports, issue } = issuingWith(library, version);
  const base = usual(library, model, version);
  const written = (given: GivenText, refreshKey: string, check = ''): string | undefined => {
    const call = writtenCall(library, model, version, { ...base, ...given });
    const access = issue(KEY);
    const refresh = issue(refreshKey);
    if (!call || access === undefined || refresh === undefined) return undefined;
    const { statement, claims } = runs(library, model, version, call);
    const statements = [`const accessToken = await ${access};`, `const refreshToken = await ${refresh};`, statement, check.replaceAll('CLAIMS', claims)];
    return `${imports}${call.program(statements.filter((one) => one !== '').join('\n  '))}`;
  };
  const bad = written({}, KEY);
  const [type] = placesOf(model, 'type', version).filter(({ at }) => at.startsWith('options.'));
  const ways: readonly (readonly [string, string | undefined])[] = [
    ['the option for the type', type && written({ [type.at]: type.accepts?.includes('boolean') ? 'true' : "'at+jwt'" }, KEY)],
    ['a claim compared by hand', written({}, KEY, "if (CLAIMS.token_use !== 'access') throw new Error('no access token');")],
    ['a key for each kind', written({}, REFRESH_KEY)],
  ];
  return bad === undefined ? [] : ways.flatMap(([about, good]) => (good === undefined ? [] : [{ about: `${model.calls.join(', ')}: ${about}`, bad, good }]));
}

/** Access and refresh tokens under one key. */
export const kindsOfToken: Subject = (library, version) => {
  const models = inVersion(library, version, ['verify']);
  if (models.length === 0) return `${library.name} ${lacks(['verify'])}`;
  if (library.algorithms && !library.algorithms.some((name) => name.startsWith('HS'))) return `${library.name} verifies with the public keys of an issuer, which signs elsewhere`;
  const keyed = models.filter((model) => keyPlace(model, version) !== undefined);
  const pairs = keyed.flatMap((model) => pairsFor(library, model, version));
  return pairs.length > 0 ? pairs : `${library.name} verifies with the published keys of an issuer, which signs elsewhere`;
};
