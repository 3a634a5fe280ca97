import type { LibraryDescriptor } from './descriptor.ts';
import { expressJwt } from './express-jwt.ts';
import { fastJwt } from './fast-jwt.ts';
import { fastifyJwt } from './fastify-jwt.ts';
import { hono } from './hono.ts';
import { jose } from './jose.ts';
import { jsonwebtoken } from './jsonwebtoken.ts';
import { jwksRsa } from './jwks-rsa.ts';
import { jwtDecode } from './jwt-decode.ts';
import { jwtSimple } from './jwt-simple.ts';
import { koaJwt } from './koa-jwt.ts';
import { nestjsJwt } from './nestjs-jwt.ts';
import { passportJwt } from './passport-jwt.ts';

/** Every library the plugin knows. */
export const libraries: readonly LibraryDescriptor[] = [
  expressJwt, fastJwt, fastifyJwt, hono, jose, jsonwebtoken, jwksRsa, jwtDecode, jwtSimple, koaJwt, nestjsJwt, passportJwt,
];
