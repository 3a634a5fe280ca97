import { measure } from './measure.ts';
import { adapters as expressJwt } from './adapters/express-jwt.ts';
import { adapters as fastJwt } from './adapters/fast-jwt.ts';
import { adapters as jose } from './adapters/jose.ts';
import { adapters as jose2 } from './adapters/jose-2.ts';
import { adapters as jsonwebtoken } from './adapters/jsonwebtoken.ts';
import { adapters as jwtDecode } from './adapters/jwt-decode.ts';
import { adapters as jwtSimple } from './adapters/jwt-simple.ts';
import { adapters as koaJwt } from './adapters/koa-jwt.ts';
import { adapters as nestjsJwt } from './adapters/nestjs-jwt.ts';
import { adapters as passportJwt } from './adapters/passport-jwt.ts';

for (const adapter of [...expressJwt, ...fastJwt, ...jose, ...jose2, ...jsonwebtoken, ...jwtDecode, ...jwtSimple, ...koaJwt, ...nestjsJwt, ...passportJwt]) measure(adapter);
