/** A TypeScript file of a service as somebody may have it: it type-checks, and codemods have something to do in it. */
export interface TypeScriptProgram {
  readonly name: string;
  readonly code: string;
}

/** Every way of writing a call that makes a type matter: options inline, in a constant, typed, frozen, spread, in a class. */
export const typescriptPrograms: readonly TypeScriptProgram[] = [
  { name: 'jsonwebtoken', code: `
import jwt from 'jsonwebtoken';
import type { JwtPayload } from 'jsonwebtoken';

export function issue(sub: string, role: string): string {
  return jwt.sign({ sub, role }, process.env.JWT_SECRET!, { algorithm: 'HS256' });
}

export function read(token: string): JwtPayload {
  return jwt.verify(token, process.env.JWT_SECRET!) as JwtPayload;
}
` },
  { name: 'jsonwebtoken-options', code: `
import jwt, { type SignOptions, type VerifyOptions } from 'jsonwebtoken';

const options: VerifyOptions = { algorithms: ['HS256', 'none'], ignoreExpiration: true, clockTolerance: 3600 };
const signing: SignOptions = { expiresIn: '90d', noTimestamp: true, allowInsecureKeySizes: true };
const SECRET = process.env.JWT_SECRET || 'orders';

export const issue = (sub: string) => jwt.sign({ sub }, SECRET, signing);
export const read = (token: string) => jwt.verify(token, SECRET, options);
` },
  { name: 'jsonwebtoken-untyped-options', code: `
import * as jwt from 'jsonwebtoken';

const config = { secret: process.env.JWT_SECRET ?? 'orders', lifetime: '30d' } as const;

export class Tokens {
  private readonly options = { ignoreExpiration: true };

  issue(sub: string): string {
    return jwt.sign({ sub }, config.secret, { expiresIn: config.lifetime });
  }

  read(token: string): jwt.JwtPayload {
    const claims = jwt.verify(token, config.secret, { ...this.options, algorithms: ['HS256'] });
    if (typeof claims === 'string') throw new Error('claims');
    return claims;
  }
}
` },
  { name: 'jsonwebtoken-callbacks', code: `
import { sign, verify, type JwtPayload } from 'jsonwebtoken';

const SECRET = 'orders-signing-key-of-the-team-2024';

export function issue(sub: string, done: (error: Error | null, token?: string) => void): void {
  sign({ sub }, SECRET, {}, done);
}

export function read(token: string): Promise<JwtPayload> {
  return new Promise((resolve, reject) => {
    verify(token, SECRET, (error, claims) => {
      if (error || typeof claims !== 'object') reject(error ?? new Error('claims'));
      else resolve(claims);
    });
  });
}
` },
  { name: 'jsonwebtoken-key-pair', code: `
import { readFileSync } from 'node:fs';
import jwt from 'jsonwebtoken';

const publicKey = readFileSync('public.pem');
const privateKey: string = '-----BEGIN PRIVATE KEY-----\\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgRcvf9cJmdsQ2Kp9s\\n-----END PRIVATE KEY-----';

export const issue = (sub: string) => jwt.sign({ sub, exp: Date.now() + 60_000 }, privateKey, { algorithm: 'ES256' });
export const read = (token: string) => jwt.verify(token, publicKey, { algorithms: ['ES256', 'HS256'] });
` },
  { name: 'jsonwebtoken-environment', code: `
import jwt from 'jsonwebtoken';

const secret: string = process.env['JWT_SECRET'] || '';

export const issue = (sub: string) => jwt.sign({ sub }, secret, { expiresIn: 3600 * 24 * 30 });
export function read(token: string) {
  return jwt.verify(token, secret, { algorithms: ['HS256'], audience: process.env.JWT_AUDIENCE!, issuer: process.env.JWT_ISSUER as string });
}
` },
  { name: 'jsonwebtoken-kinds', code: `
import jwt from 'jsonwebtoken';

const key = process.env.JWT_SECRET!;

export const access = (sub: string) => jwt.sign({ sub }, key, { expiresIn: '2d', algorithm: 'HS256' });
export const refresh = (sub: string) => jwt.sign({ sub }, key, { expiresIn: '365d', algorithm: 'HS256' });
export const readAccess = (token: string) => jwt.verify(token, key, { algorithms: ['HS256'] });
export const readRefresh = (refreshToken: string) => jwt.verify(refreshToken, key, { algorithms: ['HS256'] });
` },
  { name: 'jsonwebtoken-decoded', code: `
import jwt, { type JwtPayload } from 'jsonwebtoken';

const key = process.env.JWT_SECRET!;

export function read(token: string): JwtPayload {
  return jwt.verify(token, key, { algorithms: ['HS256'] }) as JwtPayload;
}

export function isAdministrator(token: string): boolean {
  try {
    const claims = jwt.decode(token) as JwtPayload;
    return claims['role'] === 'admin';
  } catch {
    return false;
  }
}
` },
  { name: 'jsonwebtoken-cookie', code: `
import express, { type Request, type Response } from 'express';
import jwt from 'jsonwebtoken';

export const app = express();

app.post('/login', (request: Request, response: Response) => {
  const token = jwt.sign({ sub: String(request.ip) }, process.env.JWT_SECRET!, { expiresIn: '15m' });
  response.cookie('token', token, { maxAge: 900_000 });
  response.cookie('access_token', token);
  response.end();
});
` },
  { name: 'jose', code: `
import { createRemoteJWKSet, jwtVerify, SignJWT, type JWTPayload } from 'jose';

const keys = createRemoteJWKSet(new URL('http://login.example.com/jwks.json'));

export async function read(token: string): Promise<JWTPayload> {
  const { payload } = await jwtVerify(token, keys);
  return payload;
}

export function issue(key: CryptoKey, sub: string): Promise<string> {
  return new SignJWT({ sub }).setProtectedHeader({ alg: 'ES256' }).setIssuedAt().sign(key);
}
` },
  { name: 'jose-secret', code: `
import { jwtVerify, SignJWT, type JWTVerifyOptions } from 'jose';

const secret = new TextEncoder().encode(process.env.JWT_SECRET);
const options: JWTVerifyOptions = { algorithms: ['HS256'] };
const lifetime = '90d';

export async function issue(sub: string): Promise<string> {
  return await new SignJWT({ sub })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(lifetime)
    .sign(secret);
}

export async function read(token: string) {
  return (await jwtVerify(token, secret, options)).payload;
}

export async function open(token: string): Promise<void> {
  jwtVerify(token, secret, options);
}
` },
  { name: 'jose-options', code: `
import * as jose from 'jose';

const secret = Buffer.from('orders-signing-key-of-the-team-2024-and-later');
const options = { algorithms: ['HS256', 'RS256'] };

export const read = async (token: string) => jose.jwtVerify(token, secret, options);
export const opened = async (token: string) => jose.jwtDecrypt(token, secret, { maxPBES2Count: 20_000_000, keyManagementAlgorithms: ['PBES2-HS256+A128KW'] });
export const issue = async (sub: string) => new jose.SignJWT({ sub }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime(3600).sign(secret);
` },
  { name: 'jose-claims', code: `
import { jwtVerify, importSPKI } from 'jose';

export async function read(token: string): Promise<string | undefined> {
  const key = await importSPKI(process.env.JWT_PUBLIC_KEY ?? '', 'RS256');
  const { payload } = await jwtVerify(token, key, { audience: process.env.JWT_AUDIENCE!, issuer: process.env.JWT_ISSUER!, clockTolerance: '1 hour' });
  return payload.sub;
}
` },
  { name: 'express-jwt', code: `
import { expressjwt, type Request } from 'express-jwt';
import jwksRsa from 'jwks-rsa';

const secret = process.env.JWT_SECRET || 'orders';

export const required = expressjwt({ secret, algorithms: ['HS256', 'none'] });
export const remote = expressjwt({ secret: jwksRsa.expressJwtSecret({ jwksUri: 'http://login.example.com/jwks.json' }) as never, algorithms: ['RS256'], ignoreExpiration: true });
export const subject = (request: Request) => request.auth?.sub;
` },
  { name: 'nest', code: `
import { Injectable, Module } from '@nestjs/common';
import { JwtModule, JwtService, type JwtModuleOptions } from '@nestjs/jwt';

const options: JwtModuleOptions = { secret: process.env.JWT_SECRET || 'orders', signOptions: { expiresIn: '90d' } };

@Injectable()
export class Tokens {
  constructor(private readonly jwt: JwtService) {}

  issue(sub: string): Promise<string> {
    return this.jwt.signAsync({ sub }, { secret: process.env.JWT_SECRET!, expiresIn: '30d' });
  }

  read(token: string): Promise<{ sub: string }> {
    return this.jwt.verifyAsync<{ sub: string }>(token, { secret: process.env.JWT_SECRET!, ignoreExpiration: true });
  }

  readLegacy(token: string): { sub: string } {
    return this.jwt.verify(token, { secret: process.env.JWT_LEGACY_SECRET! });
  }
}

@Module({ imports: [JwtModule.register(options)], providers: [Tokens] })
export class TokensModule {}

@Module({ imports: [JwtModule.register({ secret: 'orders-signing-key-of-the-team-2024', verifyOptions: { algorithms: ['HS256', 'none'] } })] })
export class LegacyModule {}
` },
  { name: 'fast-jwt', code: `
import { createSigner, createVerifier } from 'fast-jwt';

const key = process.env.JWT_SECRET ?? 'orders';

const sign = createSigner({ key });
const short = createSigner({ key, expiresIn: 90 * 24 * 60 * 60 * 1000 });
const verify = createVerifier({ key });
const checked = createVerifier({ key: async () => 'orders-signing-key-of-the-team-2024', algorithms: ['HS256'], allowedAud: 'api://orders', ignoreExpiration: true });

export const issue = (sub: string): string => sign({ sub });
export const issueShort = (sub: string): string => short({ sub });
export const read = (token: string): unknown => verify(token);
export const readChecked = (token: string): Promise<unknown> => checked(token);
` },
  { name: 'fastify', code: `
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import jwt from '@fastify/jwt';

export const app = fastify();

await app.register(jwt, { secret: 'orders-signing-key-of-the-team-2024', verify: { ignoreExpiration: true } });

app.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
  try {
    await request.jwtVerify();
  } catch (error) {
    return reply.send(error);
  }
});
app.post('/login', async (request: FastifyRequest) => ({ token: app.jwt.sign({ sub: request.ip }) }));
app.get('/me', async (request: FastifyRequest) => app.jwt.verify<{ sub: string }>(String(request.headers['x-token'])));
` },
  { name: 'hono', code: `
import { Hono } from 'hono';
import { jwt, sign, verify } from 'hono/jwt';

const secret = process.env.JWT_SECRET || 'orders';
export const app = new Hono();

app.use('/orders/*', jwt({ secret, alg: 'HS256', verification: { exp: false } }));
app.use('/stock/*', jwt({ secret: 'orders-signing-key-of-the-team-2024', alg: 'HS256' }));

export const issue = (sub: string): Promise<string> => sign({ sub }, secret, 'HS256');
export const read = async (token: string) => {
  const claims = await verify(token, secret, 'HS256');
  return claims.sub;
};
` },
  { name: 'request', code: `
export async function orders(accessToken: string): Promise<unknown> {
  const response = await fetch('http://api.example.com/orders', { headers: { Authorization: \`Bearer \${accessToken}\` } });
  return response.json();
}

export async function token(): Promise<unknown> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'orders', client_secret: 'Xk29-shared-between-the-teams' });
  return (await fetch('https://login.example.com/token', { method: 'POST', body })).json();
}
` },
  { name: 'aws', code: `
import { JwtVerifier } from 'aws-jwt-verify';

const verifier = JwtVerifier.create({ issuer: 'https://login.example.com', audience: null, jwksUri: 'https://login.example.com/jwks.json' });

export const read = (token: string) => verifier.verify(token, { graceSeconds: 7200 });
` },
  { name: 'jsonwebtoken-misread', code: `
import jwt, { type Algorithm } from 'jsonwebtoken';

const options = { algorithms: ['RS256'] as Algorithm[], aud: 'api://orders', maxAge: 60 * 60 * 1000 };

export const read = (token: string) => jwt.verify(token, process.env.JWT_PUBLIC_KEY!, options);
export const issue = (sub: string) => jwt.sign({ sub }, process.env.JWT_PRIVATE_KEY!, { algorithm: 'RS256', expiresIn: '15m', allowInsecureKeySizes: true });
export const readUnder = (token: string, key: string) => jwt.verify(token, key, { algorithms: ['ES256'], allowInvalidAsymmetricKeyTypes: true });
` },
  { name: 'jose-kinds', code: `
import { jwtVerify, SignJWT } from 'jose';

const secret = new TextEncoder().encode(process.env.JWT_SECRET!);

export const accessToken = (sub: string) => new SignJWT({ sub }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('15m').sign(secret);
export const refreshToken = (sub: string) => new SignJWT({ sub, refresh: true }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('14d').sign(secret);
export const read = (token: string) => jwtVerify(token, secret, { algorithms: ['HS256'] });
` },
  { name: 'jose-misread', code: `
import { jwtVerify, type JWTVerifyGetKey } from 'jose';

const options = { algorithms: ['ES256'], maxAge: '1h', iss: 'https://login.example.com' };

export const read = (token: string, keys: JWTVerifyGetKey) => jwtVerify(token, keys, options);
` },
  { name: 'jsonwebtoken-inferred', code: `
import jwt from 'jsonwebtoken';

const key = process.env.JWT_SECRET!;
const verification = { ignoreNotBefore: false };
const frozen = { ignoreExpiration: true, complete: false } as const;
const typed = { clockTolerance: 5 } satisfies jwt.VerifyOptions;
const signing = { algorithm: 'HS256' as const };
const long = { expiresIn: '90d' as const, algorithm: 'HS256' as jwt.Algorithm };
const longInSeconds = { expiresIn: 90 * 24 * 60 * 60 };
const lifetimes = { access: '90d' } as const;
let lifetime: NonNullable<jwt.SignOptions['expiresIn']> = '60d';

function options() {
  return { clockTolerance: 10 };
}

export class Reader {
  private readonly options = { complete: false } as const;
  protected settings: jwt.VerifyOptions = { clockTimestamp: 1 };

  read(token: string) {
    return [jwt.verify(token, key, this.options), jwt.verify(token, key, this.settings)];
  }
}

export const read = (token: string) => [jwt.verify(token, key, verification), jwt.verify(token, key, frozen), jwt.verify(token, key, typed), jwt.verify(token, key, options()), jwt.verify(token, key, { ...verification })];
export const issue = (sub: string) => [jwt.sign({ sub }, key, signing), jwt.sign({ sub }, key, long), jwt.sign({ sub }, key, longInSeconds), jwt.sign({ sub }, key, { expiresIn: lifetimes.access }), jwt.sign({ sub }, key, { expiresIn: lifetime })];
export const setLifetime = (value: '1h' | '2h') => { lifetime = value; };
` },
  { name: 'cookies-inferred', code: `
import express from 'express';
import jwt from 'jsonwebtoken';

const cookie = { maxAge: 900_000 };
const attributes = { path: '/', httpOnly: false } as const;

express().post('/login', (request, response) => {
  const token = jwt.sign({ sub: String(request.ip) }, process.env.JWT_SECRET!, { expiresIn: '15m' });
  response.cookie('token', token, cookie);
  response.cookie('access_token', token, attributes);
  response.end();
});
` },
  { name: 'nest-inferred', code: `
import { Inject, Module } from '@nestjs/common';
import { JwtModule, JwtService } from '@nestjs/jwt';

const settings = { secret: 'orders-signing-key-of-the-team-2024', signOptions: { subject: 'orders' } };
export const constants = { secret: 'stock-signing-key-of-the-team-2024' };

@Module({ imports: [JwtModule.register(settings), JwtModule.registerAsync({ useFactory: () => ({ secret: constants.secret, signOptions: { expiresIn: '30d' }, verifyOptions: { ignoreExpiration: true } }) })] })
export class TokensModule {
  @Inject() private readonly jwt!: JwtService;

  read(token: string): { sub: string } {
    const options = { secret: constants.secret };
    return this.jwt.verify(token, options);
  }
}
` },
  { name: 'express-jwt-inferred', code: `
import { expressjwt } from 'express-jwt';

const key = 'orders-signing-key-of-the-team-2024';

export function guard(secret: string = process.env.JWT_SECRET ?? 'orders') {
  return [expressjwt({ secret, algorithms: ['HS256'], requestProperty: 'user' }), expressjwt({ secret: key, algorithms: ['HS256', 'RS256'] })];
}
` },
];

/** A program that a migration carries over, in the types of the version that it is written for if those are installed. */
export interface MigratedProgram extends TypeScriptProgram {
  readonly codemod: string;
  /** False where no types of the old version are installed. */
  readonly typedBefore: boolean;
}

/** What the migrations carry over must type-check against the types of the version that it is then written for. */
export const migratedPrograms: readonly MigratedProgram[] = [
  { name: 'express-jwt-6', codemod: 'express-jwt-8', typedBefore: false, code: `
import express, { type NextFunction, type Request, type Response } from 'express';
import jwt, { UnauthorizedError } from 'express-jwt';
import { expressJwtSecret } from 'jwks-rsa';

const options: jwt.Options = { secret: process.env.JWT_SECRET!, algorithms: ['HS256'], isRevoked: (req, _payload, done) => { isRevoked(req.ip, (error, revoked) => { if (error) return done(error); done(null, revoked === true); }); } };
const keys: Record<string, string> = { first: process.env.JWT_SECRET! };
const isRevoked = (address: string | undefined, answer: (error: Error | null, revoked?: boolean) => void): void => { answer(null, address === undefined); };

export const app = express();
app.use('/shared', jwt(options), (req: Request, res: Response) => { res.json(req.user?.sub); });
app.use('/keys', jwt({ secret: (_req, header, _payload, done) => done(null, keys[header.kid ?? '']), algorithms: ['HS256'] }));
app.use('/issuer', jwt({ secret: expressJwtSecret({ jwksUri: 'https://login.example.com/jwks.json' }), algorithms: ['RS256'], credentialsRequired: false }));
app.get('/me', (req, res) => { res.json(req.user!.sub); });
app.get('/role', ({ user }, res, next) => { user?.['role'] === 'admin' ? res.json(user) : next(); });
app.use((error: unknown, _req: express.Request, res: Response, next: NextFunction) => { error instanceof UnauthorizedError ? res.sendStatus(401) : next(error); });
` },
  { name: 'express-jwt-6-passport', codemod: 'express-jwt-8', typedBefore: false, code: `
import expressJwt = require('express-jwt');
import 'passport';

const getToken: expressJwt.GetTokenCallback = (req) => req.headers.authorization;
export const guard = expressJwt({ secret: process.env.JWT_SECRET!, getToken, algorithms: ['HS256'], userProperty: 'user' });
` },
  { name: 'jsonwebtoken-carried-over', codemod: 'jsonwebtoken-to-jose', typedBefore: true, code: `
import jwt, { type JwtPayload, type SignOptions } from 'jsonwebtoken';

const SECRET = process.env.JWT_SECRET!;
const options: SignOptions = { issuer: 'https://login.example.com', expiresIn: '15m' };
interface Session { readonly user: string; readonly roles: readonly string[] }

export async function issue(session: Session): Promise<string> {
  return sign({ ...session });
}

function sign(payload: object): string {
  return jwt.sign(payload, SECRET, options);
}

function read(token: string): JwtPayload {
  const claims = jwt.verify(token, SECRET, { algorithms: ['HS256'], issuer: 'https://login.example.com', maxAge: '1h' });
  if (typeof claims === 'string') throw new Error('no claims');
  return claims;
}

export const roles = async (token: string): Promise<string[]> => read(token).roles;
export const session = async (token: string): Promise<Session> => jwt.verify(token, SECRET, { algorithms: ['HS256'] }) as unknown as Session;
export const payload = async (token: string) => (jwt.verify(token, SECRET, { algorithms: ['HS256'] }) as JwtPayload).tenant as string;
export const longLived = async (sub: string, days: number) => jwt.sign({ sub }, SECRET, { expiresIn: days * 86_400, issuer: process.env.JWT_ISSUER!, keyid: 'first' });
` },
  { name: 'jsonwebtoken-carried-over-errors', codemod: 'jsonwebtoken-to-jose', typedBefore: true, code: `
import { promisify } from 'node:util';
import * as jwt from 'jsonwebtoken';
import { JsonWebTokenError, TokenExpiredError } from 'jsonwebtoken';
import { createPublicKey } from 'node:crypto';

const publicKey = createPublicKey(process.env.JWT_PUBLIC_KEY!);
const verify = promisify<string, string>((token, done) => { jwt.verify(token, publicKey, { algorithms: ['ES256'] }, (error: jwt.VerifyErrors | null, claims) => { if (error) return done(error, ''); done(null, String(claims)); }); });

export async function subjectOf(token: string): Promise<string | undefined> {
  try {
    const { sub } = jwt.verify(token, publicKey, { algorithms: ['ES256'] }) as jwt.JwtPayload;
    return sub ?? (await verify(token));
  } catch (error) {
    if (error instanceof TokenExpiredError || (error instanceof Error && error.name === 'JsonWebTokenError')) return undefined;
    if (error instanceof JsonWebTokenError) return '';
    throw error;
  }
}
` },
  { name: 'jsonwebtoken-carried-over-handlers', codemod: 'jsonwebtoken-to-jose', typedBefore: true, code: `
import { readFileSync } from 'node:fs';
import express, { type NextFunction, type Request, type Response } from 'express';
import * as jsonwebtoken from 'jsonwebtoken';

const privateKey = readFileSync('private.pem');
const publicKey = readFileSync('public.pem', 'utf8');
export class TokenService {
  private issue(sub: string): { token: string } {
    return { token: jsonwebtoken.sign({ sub }, privateKey, { algorithm: 'ES256', expiresIn: 900 }) };
  }

  async login(name: string) {
    return this.issue(name);
  }
}

export const authenticate = (request: Request, response: Response, next: NextFunction): void => {
  const header = request.headers.authorization;
  if (!header) { response.sendStatus(401); return; }
  jsonwebtoken.verify(header.slice(7), publicKey, { algorithms: ['ES256'] }, (error, claims) => {
    if (error) return response.status(401).json({ reason: error.message });
    response.locals['claims'] = claims;
    return next();
  });
};

export const app = express();
app.get('/me', (request, response) => {
  try {
    const claims = jsonwebtoken.verify(String(request.query['token']), publicKey, { algorithms: ['ES256'] });
    response.json(claims.sub);
  } catch {
    response.sendStatus(401);
  }
});
` },
  { name: 'jose-carried-over-on-5', codemod: 'jose-6', typedBefore: true, code: `
import { createRemoteJWKSet, experimental_jwksCache, exportPKCS8, generateKeyPair, importJWK, importSPKI, jwtVerify, SignJWT, type JWK, type JWTPayload, type KeyLike } from 'jose';
import * as jose from 'jose';

const keys: KeyLike[] = [];
let current: KeyLike | undefined;
const held: Record<string, { readonly key: KeyLike | Uint8Array; readonly other: jose.KeyLike[] }> = {};
const cache = {};
export const remote = createRemoteJWKSet(new URL('https://login.example.com/jwks.json'), { [experimental_jwksCache]: cache });

export async function keyOf(jwk: JWK): Promise<KeyLike | Uint8Array> {
  const key = await importJWK<KeyLike>(jwk, 'ES256');
  held['first'] = { key, other: [] };
  return key;
}

export async function read(token: string): Promise<JWTPayload> {
  current ??= await importSPKI<KeyLike>(process.env.JWT_PUBLIC_KEY!, 'ES256');
  keys.push(current);
  return (await jwtVerify(token, current, { algorithms: ['ES256'] })).payload;
}

export async function issue(sub: string) {
  const { privateKey } = await generateKeyPair('ES256');
  const token = await new SignJWT({ sub }).setProtectedHeader({ alg: 'ES256' }).setExpirationTime('15m').sign(privateKey);
  return { token, pem: await exportPKCS8(privateKey) };
}
` },
];
