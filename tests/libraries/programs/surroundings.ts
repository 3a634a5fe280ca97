/** What stands around the calls of libraries whose operations hang on the values of a framework. */

/** A framework's program: its import of the library, the configuration's text, and a statement with the call. */
export interface Surroundings {
  /** The expression on which the operation hangs. */
  readonly expression: string;
  readonly program: (imported: string, configuration: string, statement: string) => string;
}

const fastify = (imported: string, configuration: string, statement: string): string =>
  `import fastify from 'fastify';\n${imported}\n\nconst app = fastify();\n${configuration === '' ? '' : `app.register(library, ${configuration});\n`}app.get('/', async (request, reply) => {\n  const { token, user, key } = request;\n  ${statement}\n});\n`;

const registration = (imported: string, _: string, statement: string): string => `import fastify from 'fastify';\n${imported}\n\nconst app = fastify();\n${statement}\n`;

const hapi = (imported: string, _: string, statement: string): string =>
  `import Hapi from '@hapi/hapi';\n${imported}\n\nexport async function start() {\n  const server = Hapi.server();\n  await server.register(library);\n  ${statement}\n}\n`;

const elysia = (imported: string, configuration: string, statement: string): string =>
  `import { Elysia } from 'elysia';\n${imported}\n\nnew Elysia().use(library.jwt(${configuration})).get('/', async ({ jwt, token, user, key }) => {\n  ${statement}\n});\n`;

export const surroundings: Readonly<Record<string, Readonly<Record<string, Surroundings>>>> = {
  '@fastify/jwt': {
    fastify: { expression: 'app', program: fastify },
    request: { expression: 'request', program: fastify },
    reply: { expression: 'reply', program: fastify },
    passed: { expression: 'app', program: registration },
  },
  '@elysiajs/jwt': { 'context.jwt': { expression: 'jwt', program: elysia } },
  '@hapi/jwt': { server: { expression: 'server', program: hapi } },
  'hapi-auth-jwt2': { server: { expression: 'server', program: hapi } },
};
