import { angularJwt } from './angular-jwt.ts';
import { awsJwtVerify } from './aws-jwt-verify.ts';
import { cloudflareWorkerJwt } from './cloudflare-worker-jwt.ts';
import type { LibraryDescriptor } from './descriptor.ts';
import { elysiaJwt } from './elysia-jwt.ts';
import { expressJwt } from './express-jwt.ts';
import { expressOauth2JwtBearer } from './express-oauth2-jwt-bearer.ts';
import { fastJwt } from './fast-jwt.ts';
import { fastifyJwt } from './fastify-jwt.ts';
import { hapiAuthJwt2 } from './hapi-auth-jwt2.ts';
import { hapiJwt } from './hapi-jwt.ts';
import { hono } from './hono.ts';
import { jose } from './jose.ts';
import { jsonwebtoken } from './jsonwebtoken.ts';
import { jsrsasign } from './jsrsasign.ts';
import { jwksRsa } from './jwks-rsa.ts';
import { jws } from './jws.ts';
import { jwtDecode } from './jwt-decode.ts';
import { jwtSimple } from './jwt-simple.ts';
import { koaJwt } from './koa-jwt.ts';
import { nestjsJwt } from './nestjs-jwt.ts';
import { authCore, nextAuth } from './next-auth.ts';
import { njwt } from './njwt.ts';
import { nodeJose } from './node-jose.ts';
import { oktaJwtVerifier } from './okta-jwt-verifier.ts';
import { passportJwt } from './passport-jwt.ts';
import { socketioJwt } from './socketio-jwt.ts';

/** Every library the plugin knows. */
export const libraries: readonly LibraryDescriptor[] = [
  angularJwt, authCore, awsJwtVerify, cloudflareWorkerJwt, elysiaJwt, expressJwt, expressOauth2JwtBearer, fastJwt, fastifyJwt,
  hapiAuthJwt2, hapiJwt, hono, jose, jsonwebtoken, jsrsasign, jwksRsa, jws, jwtDecode, jwtSimple, koaJwt, nestjsJwt, nextAuth,
  njwt, nodeJose, oktaJwtVerifier, passportJwt, socketioJwt,
];
