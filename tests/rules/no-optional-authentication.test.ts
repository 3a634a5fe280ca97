import { noOptionalAuthentication } from '../../rules/no-optional-authentication.ts';
import { runRule } from './run-rule.ts';

const express = `import { expressjwt } from 'express-jwt';\n`;
const hapi = (auth: string, plugin = '@hapi/jwt') => `import Hapi from '@hapi/hapi';\nimport plugin from '${plugin}';\nconst server = Hapi.server();\nserver.auth.strategy('jwt', 'jwt', { keys, key, validate, verify: { aud: 'a', iss: 'b', sub: false } });\nserver.route({ method: 'GET', path: '/orders', options: { auth: ${auth} }, handler });`;

runRule(noOptionalAuthentication, {
  valid: [
    `${express}app.use(expressjwt({ secret, algorithms: ['RS256'] }));`,
    `${express}app.use(expressjwt({ secret, algorithms: ['RS256'], credentialsRequired: true }));`,
    { name: 'the user is asked for', code: `${express}app.use(expressjwt({ secret, algorithms: ['RS256'], credentialsRequired: false }));\napp.get('/me', (req, res) => { if (!req.auth) return res.sendStatus(401); res.json(req.auth); });` },
    { name: 'a public route', code: `${express}app.use('/public/shop', expressjwt({ secret, algorithms: ['RS256'], credentialsRequired: false }));`, options: { publicRoutes: ['/public'] } },
    { name: 'an expired token is refused', code: `${express}expressjwt({ secret, algorithms: ['RS256'], onExpired: async (req, error) => { if (Date.now() - error.inner.expiredAt < 5000) return; throw error; } });` },
    { name: 'koa, user asked for', code: `import jwt from 'koa-jwt';\napp.use(jwt({ secret, algorithms: ['HS256'], passthrough: true }));\napp.use((ctx, next) => (ctx.state.user ? next() : ctx.throw(401)));` },
    `import jwt from 'koa-jwt';\napp.use(jwt({ secret, algorithms: ['HS256'], passthrough: false }));`,
    { name: 'a value that is not known', code: `${express}app.use(expressjwt({ secret, algorithms: ['RS256'], credentialsRequired: config.required }));` },
    hapi(`{ strategy: 'jwt', mode: 'required' }`),
    hapi(`'jwt'`),
    { name: 'a mode of something else', code: hapi(`'jwt'`).replace('handler', `handler, cache: { mode: 'try' }`) },
    { name: 'a mode on a public route', code: hapi(`{ strategy: 'jwt', mode: 'try' }`), options: { publicRoutes: ['/orders'] } },
    { name: 'a look-alike', code: `import { expressjwt } from './own.js';\napp.use(expressjwt({ credentialsRequired: false }));` },
    { name: 'an older version without the option', code: `${express}expressjwt({ secret, algorithms: ['RS256'], onExpired: () => {} });`, settings: { versions: { 'express-jwt': '7.7.8' } } },
    `import { auth } from 'express-oauth2-jwt-bearer';\napp.use(auth({ issuerBaseURL: 'https://idp.example', audience: 'api' }));`,
    `import { jwk } from 'hono/jwk';\napp.use(jwk({ jwks_uri: 'https://idp.example/jwks', alg: ['RS256'], allow_anon: false }));`,
  ],
  invalid: [
    { code: `${express}app.use(expressjwt({ secret, algorithms: ['RS256'], credentialsRequired: false }));`, errors: [{ message: 'optional', line: 2, column: 74, text: '`credentialsRequired`', exploitability: 'depends' }] },
    { code: `const jwt = require('express-jwt');\napp.use(jwt({ secret, algorithms: ['HS256'], credentialsRequired: false }));`, settings: { versions: { 'express-jwt': '6.1.2' } }, errors: ['optional'] },
    { name: 'options in a constant', code: `${express}const options = { secret, algorithms: ['RS256'], credentialsRequired: false };\napp.use(expressjwt(options));`, errors: [{ message: 'optional', line: 2 }] },
    { name: 'options in another file', code: `${express}import { options } from './options.js';\napp.use(expressjwt(options));`, files: { 'options.js': `export const options = {\n  secret: KEY,\n  credentialsRequired: false,\n};\n` }, errors: [{ message: 'optional', line: 3 }] },
    { name: 'expired tokens pass', code: `${express}expressjwt({ secret, algorithms: ['RS256'], onExpired: async () => {} });`, errors: [{ message: 'expired', exploitability: 'exploitable' }] },
    { name: 'expired tokens pass although the user is asked for', code: `${express}app.use(expressjwt({ secret, algorithms: ['RS256'], onExpired: (req, error) => { logger.warn(error); } }));\napp.use((req, res, next) => { if (!req.auth) return res.sendStatus(401); next(); });`, errors: ['expired'] },
    { name: 'another route than the public ones', code: `${express}app.use('/orders', expressjwt({ secret, algorithms: ['RS256'], credentialsRequired: false }));`, options: { publicRoutes: ['/public'] }, errors: ['optional'] },
    { code: `import jwt from 'koa-jwt';\napp.use(jwt({ secret, algorithms: ['HS256'], passthrough: true }));`, errors: [{ message: 'optional', text: '`passthrough`' }] },
    { code: `import { auth } from 'express-oauth2-jwt-bearer';\napp.use(auth({ issuerBaseURL: 'https://idp.example', audience: 'api', authRequired: false }));`, errors: ['optional'] },
    { code: `import { jwk } from 'hono/jwk';\napp.use(jwk({ jwks_uri: 'https://idp.example/jwks', alg: ['RS256'], allow_anon: true }));`, errors: ['optional'] },
    { code: `import socketioJwt from 'socketio-jwt';\nio.use(socketioJwt.authorize({ secret, handshake: true, required: false }));`, errors: ['optional'] },
    { code: hapi(`{ strategy: 'jwt', mode: 'try' }`), errors: [{ message: 'mode', line: 5, text: '`try`' }] },
    { code: hapi(`{ strategy: 'jwt', mode: 'optional' }`, 'hapi-auth-jwt2'), errors: ['mode'] },
    { name: 'a mode on another route than the public ones', code: hapi(`{ strategy: 'jwt', mode: 'try' }`), options: { publicRoutes: ['/shop'] }, errors: ['mode'] },
    { name: 'as the default', code: `import Hapi from '@hapi/hapi';\nimport Jwt from '@hapi/jwt';\nconst server = Hapi.server();\nserver.auth.strategy('jwt', 'jwt', { keys, validate, verify: { aud: 'a', iss: 'b', sub: false } });\nserver.auth.default({ strategy: 'jwt', mode: 'try' });`, errors: ['mode'] },
    { name: 'options of their own', code: `import { expressjwt } from 'express-jwt';\nconst options = {\n  secret,\n  algorithms: ['HS256'],\n  credentialsRequired: false,\n};\napp.use(expressjwt(options));`, errors: [{ message: 'optional', line: 5, column: 24, exploitability: 'depends' }] },
    { name: 'options in another file', code: `import { expressjwt } from 'express-jwt';\nimport { options } from './options.js';\napp.use(expressjwt(options));`, files: { 'options.js': `export const options = { secret: process.env.S, algorithms: ['HS256'], credentialsRequired: false };\n` }, errors: [{ message: 'optional', line: 3, text: '(options.js:1)', cause: 'options.js:1' }] },
    { name: 'a mode is a matter of the handler', code: hapi(`{ mode: 'try', strategy: 'jwt' }`), errors: [{ message: 'mode', exploitability: 'depends' }] },
    { name: 'decided by the caller', code: `${express}const guard = (options) => expressjwt({ secret, algorithms: ['RS256'], ...options });\napp.use(guard({ credentialsRequired: false }));`, errors: [{ message: 'optional', line: 3 }] },
  ],
});
