import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { expressJwt8 } from '../../codemods/express-jwt-8.ts';
import { TestProject } from '../cli/project.ts';
import { now, signed, withClaims, withSignature } from '../exploits/tokens.ts';
import { exportsOf, expectBytesKept, expectRefused, migrated, type Packages } from './migrated-programs.ts';

const SECRET = 'a-secret-of-the-orders-service-of-2024';
const claims = { sub: 'alice', iss: 'acme', aud: 'api://orders', exp: now() + 600, jti: 'one', role: 'admin' };
const honest = signed('HS256', SECRET, claims);

/** Tokens that are presented to each program, honest and forged. */
const tokens: Readonly<Record<string, string | undefined>> = {
  honest,
  'no token': undefined,
  'another key': signed('HS256', 'guessed', claims),
  'changed claims': withClaims(honest, { ...claims, sub: 'mallory' }),
  unsigned: withSignature('', claims, { alg: 'none' }),
  'another algorithm': withSignature(createHmac('sha512', SECRET).update('x').digest('base64url'), claims, { alg: 'HS512' }),
  expired: signed('HS256', SECRET, { ...claims, exp: now() - 600 }),
  'another audience': signed('HS256', SECRET, { ...claims, aud: 'api://stock' }),
  revoked: signed('HS256', SECRET, { ...claims, jti: 'revoked' }),
  'another tenant': signed('HS256', 'a-secret-of-the-stock-service-of-2024', { ...claims, iss: 'umbrella' }),
  'unknown tenant': signed('HS256', SECRET, { ...claims, iss: 'initech' }),
  garbled: 'x.y.z',
};

/** Status and body for each token, and for a preflight request, of the application that a program exports. */
async function answers(source: string, packages: Packages): Promise<Record<string, string>> {
  const { app } = exportsOf(`${source}\n${HANDLER}`, packages) as { app: Parameters<typeof createServer>[1] };
  const server = createServer(app!);
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}/me`;
  const answer = async (init: RequestInit) => {
    const response = await fetch(url, init);
    return `${response.status} ${await response.text()}`;
  };
  const found: Record<string, string> = {};
  for (const [name, token] of Object.entries(tokens)) found[name] = await answer({ headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
  found['another scheme'] = await answer({ headers: { authorization: 'Basic YTpi' } });
  await new Promise((resolve) => server.close(resolve));
  return found;
}

/** What goes wrong is told by its kind alone: its text may differ between versions. */
const HANDLER = "app.use((failure, _request, response, _next) => { response.status(failure.status || 500).send(failure.name); });\nexports.app = app;";

const TENANTS = "const tenants = { acme: 'a-secret-of-the-orders-service-of-2024', umbrella: 'a-secret-of-the-stock-service-of-2024' };\n";

/** Programs for version 6 that run on version 8 afterwards. */
const programs: Readonly<Record<string, string>> = {
  'a named middleware': `const express = require('express');
const jwt = require('express-jwt');
const app = express();
app.use(jwt({ secret: '${SECRET}', algorithms: ['HS256'], audience: 'api://orders' }));
app.get('/me', (req, res) => { res.json({ sub: req.user.sub, role: req['user'].role }); });`,
  'imports, a route in a list, claims taken apart': `import express from 'express';
import guard from 'express-jwt';
const app = express();
const authenticate = guard({ secret: '${SECRET}', algorithms: ['HS256'] });
app.get('/me', [authenticate, ({ user }, res, next) => (user.role === 'admin' ? next() : res.sendStatus(403))], (req, res) => {
  const { user: { sub }, method } = req;
  res.json({ sub, method });
});`,
  'no credentials are required': `import * as express from 'express';
import * as jwt from 'express-jwt';
const app = express();
app.use(jwt({ secret: '${SECRET}', algorithms: ['HS256'], credentialsRequired: false }));
app.get('/me', (req, res) => { res.json(req.user ? req.user.sub : 'anonymous'); });`,
  'no algorithms, a key that proves them': `const express = require('express');
const jwt = require('express-jwt');
const app = express();
app.use(jwt({ secret: '${SECRET}' }));
app.get('/me', (req, res) => { res.json(req.user.sub); });`,
  'the property of the request has another name': `const express = require('express');
const jwt = require('express-jwt');
const app = express();
app.use(jwt({ secret: '${SECRET}', algorithms: ['HS256'], userProperty: 'locals.claims', requestProperty: 'ignored' }));
app.get('/me', (req, res) => { res.json([req.locals.claims.sub, req.ignored]); });`,
  'something else writes the user': `const express = require('express');
const app = express();
const users = new Map([['alice', { name: 'Alice' }]]);
app.use(require('express-jwt')({ secret: '${SECRET}', algorithms: ['HS256'] }));
app.use((req, res, next) => { req.user = users.get(req.user.sub); next(); });
app.get('/me', (req, res) => { res.json(req.user); });`,
  'a key by the claims, given at once': `const express = require('express');
const jwt = require('express-jwt');
${TENANTS}const app = express();
const keyOf = (req, payload, done) => {
  const key = tenants[payload.iss];
  if (!key) return done(new Error('no such tenant'));
  done(null, key);
};
app.use(jwt({ secret: keyOf, algorithms: ['HS256'] }));
app.get('/me', (req, res) => { res.json(req.user.iss); });`,
  'a key by header and claims, given later, and a list of revoked tokens': `const express = require('express');
const jwt = require('express-jwt');
${TENANTS}const find = (iss, answer) => setTimeout(() => answer(tenants[iss] ? null : new Error('no such tenant'), tenants[iss]), 1);
const app = express();
app.use(jwt({
  secret: function (req, header, payload, done) {
    if (header.alg !== 'HS256') return done(new Error('never issued'));
    find(payload.iss, (error, key) => {
      if (error) return done(error);
      done(null, key);
    });
  },
  algorithms: ['HS256'],
  isRevoked: (req, payload, done) => done(null, payload.jti === 'revoked'),
}));
app.get('/me', (req, res) => { res.json(req.user.iss); });`,
  'functions that answer a callback they are handed': `const express = require('express');
const jwt = require('express-jwt');
${TENANTS}const store = { find: (iss, answer) => answer(null, tenants[iss]), revoked: async (id) => id === 'revoked' };
const app = express();
app.use(jwt({
  secret: (req, payload, done) => store.find(payload.iss, done),
  algorithms: ['HS256'],
  isRevoked: (req, payload, done) => {
    store.revoked(payload.jti).then((revoked) => done(null, revoked)).catch(done);
  },
}));
app.get('/me', (req, res) => { res.json(req.user.iss); });`,
  'a list of revoked tokens that is waited for': `const express = require('express');
const jwt = require('express-jwt');
const store = { revoked: async (id) => { if (!id) throw new Error('no id'); return id === 'revoked'; } };
const app = express();
app.use(jwt({
  secret: '${SECRET}',
  algorithms: ['HS256'],
  async isRevoked(req, payload, done) {
    try {
      done(null, await store.revoked(payload.jti));
    } catch (error) {
      done(error);
    }
  },
}));
app.get('/me', (req, res) => { res.json(req.user.iss); });`,
  'a list of revoked tokens of another package': `const express = require('express');
const jwt = require('express-jwt');
const revocations = require('revocations');
const app = express();
app.use(jwt({ secret: '${SECRET}', algorithms: ['HS256'], isRevoked: revocations.isRevoked }));
app.get('/me', (req, res) => { res.json(req.user.iss); });`,
  'keys of jwks-rsa': `const express = require('express');
const jwt = require('express-jwt');
const { expressJwtSecret } = require('jwks-rsa');
const app = express();
app.use(jwt({ secret: expressJwtSecret({ jwksUri: 'http://localhost:9/jwks.json' }), algorithms: ['RS256'] }).unless({ path: ['/open'] }));
app.get('/me', (req, res) => { res.json(req.user.iss); });`,
  'the class of its errors': `import express from 'express';
import jwt, { UnauthorizedError } from 'express-jwt';
const app = express();
app.use(jwt({ secret: '${SECRET}', algorithms: ['HS256'] }));
app.get('/me', (req, res) => { res.json(req.user.sub); });
app.use((error, req, res, next) => (error instanceof UnauthorizedError && error instanceof jwt.UnauthorizedError ? res.status(418).send(error.code) : next(error)));`,
};

const revocations = { isRevoked: (_request: unknown, payload: { jti?: string }, done: (error: Error | null, revoked?: boolean) => void) => { done(payload.jti === undefined ? new Error('no id') : null, payload.jti === 'revoked'); } };
const around = { 'jwks-rsa': 'jwks-rsa-4', revocations };

describe('a program for version 6 takes and refuses on version 8 what it did', () => {
  it.each(Object.entries(programs))('%s', async (name, program) => {
    const { output, left } = migrated(expressJwt8, program);
    expect(left).toEqual([]);
    expect(output).not.toBe(program);
    expectBytesKept(expressJwt8, program);
    const old = await answers(program, { ...around, 'express-jwt': program.includes('algorithms') ? 'express-jwt-6' : 'express-jwt-5' });
    const migratedAnswers = await answers(output, { ...around, 'express-jwt': 'express-jwt-8' });
    const isRemote = name.includes('jwks-rsa');
    expect(old['honest']).toMatch(isRemote ? /^401/ : /^200/);
    for (const forged of ['another key', 'changed claims', 'unsigned', 'another algorithm', 'expired', 'garbled']) expect(migratedAnswers[forged], forged).toMatch(/^(?:401|418|500)/);
    // What a key function of the project's own throws for a token that cannot be read is not the library's answer.
    const { garbled, ...others } = migratedAnswers;
    const { garbled: garbledBefore, ...othersBefore } = old;
    expect(others).toEqual(othersBefore);
    expect([garbled, garbledBefore].map((answer) => answer?.startsWith('200'))).toEqual([false, false]);
  });
});

describe('what is written', () => {
  const rewritten: readonly (readonly [string, string, string])[] = [
    ['a shared object of options is changed once', `const jwt = require('express-jwt');
const options = { secret: process.env.JWT_SECRET, algorithms: 'HS256', userProperty: 'claims', isRevoked: lists.isRevoked };
app.use('/a', jwt(options));
app.use('/b', jwt(options));
`, `const { expressjwt: jwt } = require('express-jwt');
const options = { secret: process.env.JWT_SECRET, algorithms: ['HS256'], requestProperty: 'claims', isRevoked: (req, token) => new Promise((resolve, reject) => lists.isRevoked(req, token?.payload, (error, revoked) => (error ? reject(error) : resolve(revoked)))) };
app.use('/a', jwt(options));
app.use('/b', jwt(options));
`],
    ['a function keeps its lines', `const expressjwt = require('express-jwt')
app.use(expressjwt({
  secret: process.env.JWT_SECRET,
  algorithms: ['HS256'],
  isRevoked: function (req, payload, done) {
    // by id
    db.get(\`
revoked:\${payload.jti}\`, function (err, row) {
      done(err, Boolean(row))
    })
  }
}))
`, `const { expressjwt } = require('express-jwt')
app.use(expressjwt({
  secret: process.env.JWT_SECRET,
  algorithms: ['HS256'],
  isRevoked: function (req, token) {
    return new Promise((resolve, reject) => {
      // by id
      db.get(\`
revoked:\${token?.payload.jti}\`, function (err, row) {
        err ? reject(err) : resolve(Boolean(row))
      })
    });
  }
}))
`],
    ['users that no request has stay', `import jwt from 'express-jwt';
const guard = jwt({ secret: process.env.JWT_SECRET, algorithms: ['HS256'] });
router.get('/', guard, async (req, res) => res.json(await list(req.user.sub, req.session.user, req.body.user)));
accounts.sort((a, b) => a.user.localeCompare(b.user));
const { user } = config;
`, `import { expressjwt as jwt } from 'express-jwt';
const guard = jwt({ secret: process.env.JWT_SECRET, algorithms: ['HS256'] });
router.get('/', guard, async (req, res) => res.json(await list(req.auth.sub, req.session.user, req.body.user)));
accounts.sort((a, b) => a.user.localeCompare(b.user));
const { user } = config;
`],
    ['a package that looks for the user', `const jwt = require('express-jwt');
const guard = require('express-jwt-permissions')();
app.use(jwt({ secret: process.env.JWT_SECRET, algorithms: ['HS256'] }), guard.check('admin'));
`, `const { expressjwt: jwt } = require('express-jwt');
const guard = require('express-jwt-permissions')();
app.use(jwt({ secret: process.env.JWT_SECRET, algorithms: ['HS256'], requestProperty: 'user' }), guard.check('admin'));
`],
    ['passport writes the user too', `const jwt = require('express-jwt');
const passport = require('passport');
app.use(jwt({ secret: process.env.JWT_SECRET, algorithms: ['HS256'] }), (req, res) => res.json(req.user));
`, `const { expressjwt: jwt } = require('express-jwt');
const passport = require('passport');
app.use(jwt({ secret: process.env.JWT_SECRET, algorithms: ['HS256'], requestProperty: 'user' }), (req, res) => res.json(req.user));
`],
  ];
  it.each(rewritten)('%s', (_, before, after) => {
    expect(migrated(expressJwt8, before)).toMatchObject({ output: after });
    expectBytesKept(expressJwt8, before);
  });

  it('types of requests, and the old names of types', () => {
    const before = `import express, { Request, Response } from 'express';
import expressJwt = require('express-jwt');
const options: expressJwt.Options = { secret: process.env.JWT_SECRET!, algorithms: ['HS256'] };
express().get('/me', expressJwt(options), (req: Request, res: Response) => { res.json(req.user?.sub); });
express().get('/you', (req, res) => { res.json(req.user!.sub); });
`;
    expect(migrated(expressJwt8, before, '/migrated/case.ts').output).toBe(`import express, { Response } from 'express';
import { expressjwt as expressJwt, type Params, type Request as JWTRequest } from 'express-jwt';
const options: Params = { secret: process.env.JWT_SECRET!, algorithms: ['HS256'] };
express().get('/me', expressJwt(options), (req: JWTRequest, res: Response) => { res.json(req.auth?.sub); });
express().get('/you', (req: JWTRequest, res) => { res.json(req.auth!.sub); });
`);
  });

  it('a type of the project says what a request has: the claims stay there', () => {
    const before = "import { Request } from 'express';\nimport jwt from 'express-jwt';\ninterface Known extends Request { user: { sub: string } }\nexport const guard = jwt({ secret: process.env.JWT_SECRET!, algorithms: ['HS256'] });\nexport const me = (req: Known) => req.user.sub;\n";
    expect(migrated(expressJwt8, before, '/migrated/case.ts').output).toBe(before.replace('import jwt from', 'import { expressjwt as jwt } from').replace("['HS256'] }", "['HS256'], requestProperty: 'user' }"));
  });
});

describe('with other files', () => {
  const GUARD = "const jwt = require('express-jwt');\nmodule.exports = jwt({ secret: process.env.JWT_SECRET, algorithms: ['HS256'] });\n";

  it('the claims stay where another file reads them', () => {
    const project = new TestProject({ 'package.json': '{}', 'guard.js': GUARD, 'routes.js': 'exports.me = (req, res) => res.json(req.user);\n' });
    expect(migrated(expressJwt8, GUARD, `${project.root}/guard.js`).output).toContain("requestProperty: 'user'");
  });

  it('they move where none does', () => {
    const project = new TestProject({ 'package.json': '{}', 'guard.js': GUARD, 'routes.js': 'exports.me = (req, res) => res.json(req.auth);\n' });
    expect(migrated(expressJwt8, GUARD, `${project.root}/guard.js`).output).toBe(GUARD.replace('const jwt', 'const { expressjwt: jwt }'));
  });

  it('lists what is left, and why', async () => {
    const project = new TestProject({ 'package.json': '{}', 'guard.js': GUARD.replace(", algorithms: ['HS256']", ''), 'odd.js': "module.exports = require('express-jwt');\n" });
    const { code, out, err } = await project.run(['fix', '--no-config', '--only', 'express-jwt-8'], { catalogue: { rules: [], codemods: [expressJwt8] } });
    expect(err).toBe('');
    expect(code).toBe(1);
    expect(out).toContain('guard.js:2:18  express-jwt-8\n  `jwt` throws at the start of the program without `algorithms`, and nothing proves which ones are issued. List them.\n  A migration writes only what it can prove: this is for a person.\n');
    expect(out).toContain('odd.js:1:18  express-jwt-8\n  The function of express-jwt is handed on from here, so that its calls are not seen. The file is left as it is.\n');
    expect(project.read('guard.js')).toContain('const { expressjwt: jwt }');
    expect(project.read('odd.js')).toBe("module.exports = require('express-jwt');\n");
  });

  it('takes algorithms from the policy', () => {
    const source = GUARD.replace(", algorithms: ['HS256']", '');
    expect(migrated(expressJwt8, source, '/migrated/guard.js', { policy: { algorithms: ['HS512'] } })).toEqual({ output: GUARD.replace('const jwt', 'const { expressjwt: jwt }').replace('HS256', 'HS512'), left: [] });
  });
});

describe('a file is refused whole', () => {
  const refused: readonly (readonly [string, string, RegExp[]])[] = [
    ['options of a caller', "const jwt = require('express-jwt');\nmodule.exports = (options) => jwt(options);\n", [/^The options of `jwt` cannot be seen/]],
    ['options that are spread from elsewhere', "const jwt = require('express-jwt');\nmodule.exports = (more) => jwt({ ...more, secret: process.env.S, algorithms: ['HS256'] });\n", [/^Some options of `jwt` cannot be seen/]],
    ['claims on the response', "const jwt = require('express-jwt');\nmodule.exports = jwt({ secret: process.env.S, algorithms: ['HS256'], resultProperty: 'locals.user' });\n", [/^`resultProperty` puts the claims on the response/]],
    ['the function is handed on', "import jwt from 'express-jwt';\nexport default jwt;\n", [/handed on from here/]],
    ['a mock', "const jwt = require('express-jwt');\njest.mock('express-jwt', () => () => (req, res, next) => next());\napp.use(jwt({ secret: 's', algorithms: ['HS256'] }));\n", [/loaded or replaced here/]],
    ['a callback with more in mind', "const jwt = require('express-jwt');\napp.use(jwt({ secret: (req, payload, done) => { pending.push({ done }); }, algorithms: ['HS256'] }));\n", [/It does more with its callback `done`/]],
    ['a function that others use', "const jwt = require('express-jwt');\nconst keyOf = (req, payload, done) => done(null, 'key');\nkeyOf(null, {}, console.log);\napp.use(jwt({ secret: keyOf, algorithms: ['HS256'] }));\n", [/It is used elsewhere too/]],
    ['a function that uses what it is called on', "const jwt = require('express-jwt');\napp.use(jwt({ secret: function (req, payload, done) { this.find(payload.iss, done); }, algorithms: ['HS256'] }));\n", [/`this` or `arguments` of its own/]],
  ];
  it.each(refused)('%s', (_, source, reasons) => {
    expectRefused(expressJwt8, source, reasons);
  });

  it('but one that is written for version 8 has nothing to it', () => {
    for (const source of ["const { expressjwt } = require('express-jwt');\napp.use(expressjwt({ secret: 's', algorithms: ['HS256'] }), (req, res) => res.json(req.user));\n", "import * as jwt from 'express-jwt';\nexport const guard = jwt.expressjwt({ secret: process.env.S, algorithms: ['HS256'] });\n", "/* eslint-disable */\nconst jwt = require('express-jwt');\napp.use(jwt({ secret: 's', algorithms: ['HS256'] }));\n"]) {
      expect(migrated(expressJwt8, source)).toEqual({ output: source, left: [] });
    }
  });
});
