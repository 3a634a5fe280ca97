import { describe, expect, it } from 'vitest';
import { type Files, inProject } from './project.ts';

/** The operations of the first file: what each does, and the name of the variable that its key is read from. */
function found(files: Files): readonly string[] {
  return inProject(files, (operations) => operations.map(({ kind, key }) => `${kind} ${key?.possibilities.map(({ name }) => name).join(' or ') ?? ''}`.trim()));
}

const register = "import Fastify from 'fastify';\nimport jwt from '@fastify/jwt';\nconst app = Fastify();\napp.register(jwt, { secret: process.env.FASTIFY_SECRET });\n";
const login = 'export async function login(request, reply) { return { token: await reply.jwtSign({ sub: request.body.id }) }; }\n';
const routes = "export default async function routes(app) { app.post('/login', async (request, reply) => reply.jwtSign({ sub: request.body.id })); }\n";
const sign = ['sign FASTIFY_SECRET'];

describe('functions that a framework calls', () => {
  const handed: readonly (readonly [string, Files])[] = [
    ['a named handler of a route', { 'login.js': login, 'app.js': `${register}import { login } from './login.js';\napp.post('/login', login);` }],
    ['a handler in the options of a route', { 'login.js': login, 'app.js': `${register}import { login } from './login.js';\napp.route({ method: 'POST', url: '/login', handler: login });` }],
    ['a hook in a list', { 'login.js': login, 'app.js': `${register}import * as hooks from './login.js';\napp.get('/', { preHandler: [hooks.login] }, () => 1);` }],
    ['a hook by name', { 'login.js': login, 'app.js': `${register}import { login } from './login.js';\napp.addHook('onRequest', login);` }],
    ['a decorator', { 'login.js': login, 'app.js': `${register}import { login } from './login.js';\napp.decorate('login', login);` }],
    ['a handler of CommonJS', { 'login.js': 'exports.login = (request, reply) => reply.jwtSign({ sub: 1 });', 'app.js': "const app = require('fastify')();\nconst { login } = require('./login');\napp.register(require('@fastify/jwt'), { secret: process.env.FASTIFY_SECRET });\napp.post('/login', login);" }],
    ['a handler through a barrel', { 'handlers/login.js': login, 'handlers/index.js': "export * from './login.js';", 'app.js': `${register}import { login } from './handlers/index.js';\napp.post('/login', login);` }],
    ['a method of an object', { 'login.js': 'export const users = { async login(request, reply) { return reply.jwtSign({ sub: 1 }); } };', 'app.js': `${register}import { users } from './login.js';\napp.post('/login', users.login);` }],
    ['a bound method of a class', { 'login.js': 'export class Users { async login(request, reply) { return reply.jwtSign({ sub: 1 }); } }', 'app.js': `${register}import { Users } from './login.js';\nconst users = new Users();\napp.post('/login', users.login.bind(users));` }],
    ['a private method of a class', { 'app.js': `${register}export class Users {\n  start() { app.post('/login', this.#login); }\n  async #login(request, reply) { return reply.jwtSign({ sub: 1 }); }\n}` }],
    ['a plugin by name', { 'routes.js': routes, 'app.js': `${register}import routes from './routes.js';\napp.register(routes, { prefix: '/v1' });` }],
    ['a plugin that is loaded where it is registered', { 'routes.js': routes, 'app.js': `${register}app.register(import('./routes.js'));` }],
    ['a plugin without a name that is required where it is registered', { 'routes.js': "module.exports = async (app) => { app.post('/login', async (request, reply) => reply.jwtSign({ sub: 1 })); };", 'app.js': "const app = require('fastify')();\napp.register(require('@fastify/jwt'), { secret: process.env.FASTIFY_SECRET });\napp.register(require('./routes'), { prefix: '/v1' });" }],
    ['a handler of a plugin in a third file', { 'login.js': login, 'routes.js': "import { login } from './login.js';\nexport default async function routes(app) { app.post('/login', login); }", 'app.js': `${register}import routes from './routes.js';\napp.register(routes);` }],
    ['a plugin in a plugin', { 'app.js': `${register}app.register(async (one) => { one.register(async (two) => { two.post('/', async (request, reply) => reply.jwtSign({ sub: 1 })); }); });` }],
    ['a plugin in a folder that is loaded', { 'routes/login.js': routes.replace('export default', 'module.exports ='), 'app.js': "const path = require('node:path');\nconst load = require('@fastify/autoload');\nmodule.exports = async (app) => {\n  app.register(require('@fastify/jwt'), { secret: process.env.FASTIFY_SECRET });\n  app.register(load, { dir: path.join(__dirname, 'routes') });\n};" }],
    ['a plugin with the type of one', { 'routes.ts': "import type { FastifyPluginAsync } from 'fastify';\nexport const routes: FastifyPluginAsync = async (app) => { app.post('/login', async (request, reply) => reply.jwtSign({ sub: 1 })); };", 'app.ts': register }],
    ['a handler with the type of one', { 'login.ts': "import { RouteHandlerMethod } from 'fastify';\nexport const login: RouteHandlerMethod = async (request, reply) => reply.jwtSign({ sub: 1 });", 'app.ts': register }],
    ['a handler that satisfies the type of one', { 'login.ts': "import type { preHandlerAsyncHookHandler } from 'fastify';\nexport const login = (async (request, reply) => { await reply.jwtSign({ sub: 1 }); }) satisfies preHandlerAsyncHookHandler;", 'app.ts': register }],
    ['a plugin function that is wrapped where it is exported', { 'routes.js': "import plugin from 'fastify-plugin';\nasync function routes(app) { app.decorate('issue', (id) => app.jwt.sign({ id })); }\nexport default plugin(routes);", 'app.js': register }],
  ];
  it.each(handed)('%s', (_, files) => {
    expect(found(files)).toContain(sign[0]);
  });

  it('a plugin that is written into the wrapper registers and decorates', () => {
    const plugin = "import plugin from 'fastify-plugin';\nimport jwt from '@fastify/jwt';\nexport default plugin(async (app) => {\n  app.register(jwt, { secret: process.env.FASTIFY_SECRET });\n  app.decorate('authenticate', async (request) => { await request.jwtVerify(); });\n});";
    expect(found({ 'auth.js': plugin })).toEqual(['configure FASTIFY_SECRET', 'verify FASTIFY_SECRET']);
  });

  const others: readonly (readonly [string, Files])[] = [
    ['a handler of another framework', { 'login.js': login, 'app.js': "import express from 'express';\nimport { login } from './login.js';\nexpress().post('/login', login);" }],
    ['a plugin without a name that is only described', { 'routes.js': "module.exports = async (app) => { app.post('/login', async (request, reply) => reply.jwtSign({ sub: 1 })); };", 'app.js': "const app = require('fastify')();\napp.register(require('@fastify/jwt'), { secret: process.env.FASTIFY_SECRET });\napp.get('/docs', describe('./routes'));" }],
    ['a handler that nobody takes', { 'login.js': login, 'app.js': register }],
    ['a handler that only a test takes', { 'login.js': login, 'app.js': register, 'app.test.js': `${register}import { login } from './login.js';\napp.post('/login', login);` }],
    ['a handler that only a text about the program takes', { 'login.js': login, 'app.js': register, 'notes.txt': `${register}import { login } from './login.js';\napp.post('/login', login);` }],
    ['a handler of the same name from another file', { 'login.js': login, 'other.js': 'export const login = () => 1;', 'app.js': `${register}import { login } from './other.js';\napp.post('/login', login);` }],
    ['a file of another folder than the one that is loaded', { 'services/login.js': routes.replace('export default', 'module.exports ='), 'app.js': "const load = require('@fastify/autoload');\nmodule.exports = async (app) => { app.register(require('@fastify/jwt'), {}); app.register(load, { dir: `${__dirname}/routes` }); };" }],
    ['a function of the same type name from elsewhere', { 'login.ts': "import type { RouteHandler } from './types';\nexport const login: RouteHandler = async (request, reply) => reply.jwtSign({ sub: 1 });", 'app.ts': register, 'types.ts': 'export type RouteHandler = (a: any, b: any) => unknown;' }],
  ];
  it.each(others)('not %s', (_, files) => {
    expect(found(files)).toEqual([]);
  });
});

const elysia = "import { Elysia } from 'elysia';\nimport { jwt } from '@elysiajs/jwt';\n";

describe('members that a plugin puts on a context', () => {
  const issued: readonly (readonly [string, Files])[] = [
    ['its usual name', { 'app.ts': `${elysia}new Elysia().use(jwt({ secret: process.env.A })).get('/', ({ jwt }) => jwt.sign({ sub: '1' }));` }],
    ['a name of its own', { 'app.ts': `${elysia}new Elysia().use(jwt({ name: 'access', secret: process.env.A })).get('/', ({ access }) => access.sign({ sub: '1' }));` }],
    ['a name in a constant', { 'app.ts': `${elysia}const name = 'access';\nnew Elysia().use(jwt({ name, secret: process.env.A })).get('/', (context) => context.access.sign({ sub: '1' }));` }],
    ['two names with a secret each', { 'app.ts': `${elysia}new Elysia().use(jwt({ name: 'access', secret: process.env.A })).use(jwt({ name: 'refresh', secret: process.env.B })).get('/', ({ access }) => access.sign({ sub: '1' }));` }],
    ['a registration in another statement', { 'app.ts': `${elysia}const app = new Elysia();\napp.use(jwt({ name: 'access', secret: process.env.A }));\napp.post('/', async ({ access }) => access.sign({ sub: '1' }));` }],
    ['a registration in another file', { 'routes.ts': "import { Elysia } from 'elysia';\nimport { tokens } from './tokens';\nexport const routes = new Elysia().use(tokens).get('/', ({ access }) => access.sign({ sub: '1' }));", 'tokens.ts': `${elysia}export const tokens = new Elysia({ name: 'tokens' }).use(jwt({ name: 'access', secret: process.env.A }));` }],
    ['a group', { 'app.ts': `${elysia}new Elysia().use(jwt({ name: 'access', secret: process.env.A })).group('/v1', (app) => app.get('/', ({ access }) => access.sign({ sub: '1' })));` }],
    ['a group in a guard', { 'app.ts': `${elysia}new Elysia().use(jwt({ secret: process.env.A })).guard({}, (app) => app.group('/v1', (inner) => inner.get('/', ({ jwt }) => jwt.sign({ sub: '1' }))));` }],
    ['a plugin function', { 'app.ts': `${elysia}const routes = (app: Elysia) => app.get('/', ({ access }) => access.sign({ sub: '1' }));\nnew Elysia().use(jwt({ name: 'access', secret: process.env.A })).use(routes);` }],
    ['a named handler', { 'app.ts': `${elysia}const login = async ({ access }) => access.sign({ sub: '1' });\nnew Elysia().use(jwt({ name: 'access', secret: process.env.A })).post('/', login);` }],
    ['a hook of a guard', { 'app.ts': `${elysia}new Elysia().use(jwt({ secret: process.env.A })).guard({ beforeHandle: ({ jwt }) => jwt.sign({ sub: '1' }) });` }],
  ];
  it.each(issued)('%s', (_, files) => {
    expect(found(files).filter((text) => text.startsWith('sign'))).toEqual(['sign A']);
  });

  it('not a member that no registration names', () => {
    expect(found({ 'app.ts': `${elysia}new Elysia().use(jwt({ name: 'access', secret: process.env.A })).get('/', ({ jwt, other }) => [jwt.sign({ sub: '1' }), other.sign({ sub: '1' })]);` })).toEqual(['configure A']);
  });
});
