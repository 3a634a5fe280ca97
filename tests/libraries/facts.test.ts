import { measure } from './measure.ts';
import { adapters as cloudflareWorkerJwt } from './adapters/cloudflare-worker-jwt.ts';
import { adapters as expressJwt } from './adapters/express-jwt.ts';
import { adapters as fastJwt } from './adapters/fast-jwt.ts';
import { adapters as fastifyJwt } from './adapters/fastify-jwt.ts';
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
import { adapters as njwt } from './adapters/njwt.ts';
import { adapters as nodeJose } from './adapters/node-jose.ts';
import { adapters as passportJwt } from './adapters/passport-jwt.ts';

for (const adapter of [
  ...cloudflareWorkerJwt, ...expressJwt, ...fastJwt, ...fastifyJwt, ...hono, ...jose, ...jose2, ...jsonwebtoken, ...jsrsasign, ...jwksRsa,
  ...jws, ...jwtDecode, ...jwtSimple, ...koaJwt, ...nestjsJwt, ...njwt, ...nodeJose, ...passportJwt,
]) measure(adapter);
