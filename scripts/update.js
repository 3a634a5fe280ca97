/**
 * `npm run update`: writes the generated pages; with `-- --measure` it measures the evidence anew, too. The generators
 * are TypeScript that reaches into the tests, so vite loads them as vitest does.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const server = await createServer({ root, configFile: false, appType: 'custom', logLevel: 'error', server: { middlewareMode: true, watch: null, ws: false }, optimizeDeps: { noDiscovery: true } });
try {
  const { update } = await server.ssrLoadModule('/scripts/update.ts');
  const written = await update({ measure: process.argv.includes('--measure') });
  process.stdout.write(written.length === 0 ? 'Every generated page is in step with the code.\n' : written.map((path) => `wrote ${path}\n`).join(''));
} finally {
  await server.close();
}
