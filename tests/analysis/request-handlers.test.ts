import { describe, expect, it } from 'vitest';
import { wayFromRequest } from '../../src/analysis/request-handlers.ts';
import { analysed, hereIn } from './parsed.ts';

/** How many functions lie between a request and the call of `here`. */
function steps(code: string): number | undefined {
  const { file, reader } = analysed(code);
  return wayFromRequest(hereIn(file), file, reader)?.length;
}

describe('functions that run for every request', () => {
  it.each<readonly [code: string, steps: number]>([
    ["app.get('/', () => here(1));", 1],
    ["app.get('/', (req, res) => { list.map(() => here(1)); });", 2],
    ["router.route('/').get(authorize).post(() => here(1));", 1],
    ["const load = () => here(1);\napp.get('/', () => load());", 2],
    ["const load = () => here(1);\nconst all = () => load();\napp.get('/', () => all());", 3],
    ["app.get('/', [authorize, () => here(1)]);", 1],
    ["app.get('/', (() => here(1)) as RequestHandler);", 1],
    ["fastify.addHook('onRequest', async () => here(1));", 1],
    ["server.route({ method: 'GET', handler: () => here(1) });", 1],
    ["server.route([{ method: 'GET', handler: () => here(1) }]);", 1],
    ["fastify.get('/', { preHandler: [() => here(1)] }, list);", 1],
    ['fastify.route({ handler: (async () => here(1)) as RouteHandler });', 1],
    ['export default { fetch() { return here(1); } };', 1],
    ['asyncHandler(async (req) => here(1));', 1],
    ['serve({ fetch: () => here(1) });', 1],
    ['http.createServer(() => here(1));', 1],
    ['api.interceptors.request.use(() => here(1));', 1],
    ['publicProcedure.query(() => here(1));', 1],
    ['export function list(req, res) { here(1); }', 1],
    ['export function list(request, h) { here(1); }', 1],
    ['export const list = (ctx, next) => here(1);', 1],
    ['export const list = (event, context) => here(1);', 1],
    ['export const list = (req = {}, res) => here(1);', 1],
    ['class Orders { @Get() list() { here(1); } }', 1],
    ["class Orders { @MessagePattern('orders') list() { here(1); } }", 1],
    ['class Guard implements CanActivate { canActivate() { here(1); } }', 1],
    ['class Log implements NestMiddleware { use() { here(1); } }', 1],
    ['export async function GET() { here(1); }', 1],
    ['export const loader = async () => here(1);', 1],
    ['export const handler = async (event) => here(1);', 1],
    ['exports.handler = async (event) => here(1);', 1],
    ['module.exports.main = async (event) => here(1);', 1],
  ])('%s', (code, expected) => {
    expect(steps(code)).toBe(expected);
  });

  it.each<string>([
    'here(1);',
    'const load = () => here(1);',
    'const load = () => here(1);\nload();',
    'function load() { here(1); load(); }',
    "const load = () => here(1);\napp.get('/', () => other());",
    "map.get('key', () => here(1));",
    'list.all(() => here(1));',
    'api.options.get(() => here(1));',
    "https.get('https://shop.example', () => here(1));",
    "fastify.addHook('onReady', async () => here(1));",
    "fastify.addHook('onClose', async () => here(1));",
    "app.listen(3000, () => here(1));",
    "app.get('/', { schema: () => here(1) });",
    "app.register({ transform: () => here(1) });",
    'tryCatch(() => here(1));',
    'wrap(() => here(1));',
    'setInterval((run) => here(1));',
    'client.query(() => here(1));',
    'api.interceptors.response.use(() => here(1));',
    'export function list(req) { here(1); }',
    'export function list(req, options) { here(1); }',
    'export function list({ req }, res) { here(1); }',
    'export const list = (ctx, options) => here(1);',
    'export const list = (event) => here(1);',
    'export const list = (event, options) => here(1);',
    'class Orders { list() { here(1); } }',
    'class Orders { @Cacheable() list() { here(1); } }',
    'class Orders { @Get list() { here(1); } }',
    'class Guard { canActivate() { here(1); } }',
    'class Guard implements CanActivate { check() { here(1); } }',
    'class Guard implements Disposable { canActivate() { here(1); } }',
    'export async function load() { here(1); }',
    'async function GET() { here(1); }',
    'export const handler = () => here(1);',
    'exports.handler = () => here(1);',
    'exports.load = (event) => here(1);',
    'service.handler = (event) => here(1);',
    'handler = (event) => here(1);',
    'export default { load() { return here(1); } };',
    'const worker = { fetch() { return here(1); } };',
  ])('not %s', (code) => {
    expect(steps(code)).toBeUndefined();
  });

  it('helpers of helpers are followed back over five functions', () => {
    const chain = (length: number) => `const f0 = () => here(1);\n${Array.from({ length }, (_, index) => `const f${String(index + 1)} = () => f${String(index)}();`).join('\n')}\napp.get('/', () => f${String(length)}());`;
    expect(steps(chain(3))).toBe(5);
    expect(steps(chain(4))).toBeUndefined();
  });
});
