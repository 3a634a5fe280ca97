import { describe, expect, it } from 'vitest';
import { libraries } from '../../src/libraries/index.ts';
import { adapters as angularJwt } from './adapters/angular-jwt.ts';
import { adapters as awsJwtVerify } from './adapters/aws-jwt-verify.ts';
import { adapters as cloudflareWorkerJwt } from './adapters/cloudflare-worker-jwt.ts';
import { adapters as elysiaJwt } from './adapters/elysia-jwt.ts';
import { adapters as expressJwt } from './adapters/express-jwt.ts';
import { adapters as expressOauth2JwtBearer } from './adapters/express-oauth2-jwt-bearer.ts';
import { adapters as fastJwt } from './adapters/fast-jwt.ts';
import { adapters as fastifyJwt } from './adapters/fastify-jwt.ts';
import { adapters as fastifyJwtUntil3 } from './adapters/fastify-jwt-3.ts';
import { adapters as hapiAuthJwt2 } from './adapters/hapi-auth-jwt2.ts';
import { adapters as hapiJwt } from './adapters/hapi-jwt.ts';
import { adapters as hono } from './adapters/hono.ts';
import { adapters as jose } from './adapters/jose.ts';
import { adapters as jose2 } from './adapters/jose-2.ts';
import { adapters as jsonwebtoken } from './adapters/jsonwebtoken.ts';
import { adapters as jsrsasign } from './adapters/jsrsasign.ts';
import { adapters as jwksRsa } from './adapters/jwks-rsa.ts';
import { adapters as jws } from './adapters/jws.ts';
import { adapters as jwtDecode } from './adapters/jwt-decode.ts';
import { adapters as jwtSimple } from './adapters/jwt-simple.ts';
import { adapters as koaJwt } from './adapters/koa-jwt.ts';
import { adapters as nestjsJwt } from './adapters/nestjs-jwt.ts';
import { adapters as nextAuth } from './adapters/next-auth.ts';
import { adapters as njwt } from './adapters/njwt.ts';
import { adapters as nodeJose } from './adapters/node-jose.ts';
import { adapters as oktaJwtVerifier } from './adapters/okta-jwt-verifier.ts';
import { adapters as passportJwt } from './adapters/passport-jwt.ts';
import { adapters as socketioJwt } from './adapters/socketio-jwt.ts';
import { measure } from './measure.ts';

/** Statements that no measurement shows, over all versions. Whoever raises this number has a reason that a reviewer can read. */
const UNOBSERVED = 39;

const adapters = [
  ...angularJwt, ...awsJwtVerify, ...cloudflareWorkerJwt, ...elysiaJwt, ...expressJwt, ...expressOauth2JwtBearer, ...fastJwt,
  ...fastifyJwt, ...fastifyJwtUntil3, ...hapiAuthJwt2, ...hapiJwt, ...hono, ...jose, ...jose2, ...jsonwebtoken, ...jsrsasign, ...jwksRsa, ...jws,
  ...jwtDecode, ...jwtSimple, ...koaJwt, ...nestjsJwt, ...nextAuth, ...njwt, ...nodeJose, ...oktaJwtVerifier, ...passportJwt,
  ...socketioJwt,
];

describe('the measurements', () => {
  for (const library of libraries) {
    it(`run every version that ${library.name} names`, () => {
      const versions = adapters.filter(({ descriptor }) => descriptor.name === library.name).map(({ version }) => version);
      expect(versions.sort()).toEqual([...library.measured].sort());
    });
  }
});

describe('what is not observed', () => {
  const reasons = adapters.flatMap(({ descriptor, version, unobserved = {} }) => Object.entries(unobserved).map(([statement, reason]) => ({ statement: `${descriptor.name} ${version}: ${statement}`, reason })));
  it('has a reason each', () => {
    for (const { statement, reason } of reasons) expect(reason, statement).toMatch(/\w+ \w+ \w+/);
  });
  it('does not grow unseen', () => {
    expect(reasons.length, reasons.map(({ statement }) => statement).join('\n')).toBe(UNOBSERVED);
  });
});

for (const adapter of adapters) measure(adapter);
