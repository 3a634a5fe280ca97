// Runs the services of a tree of examples against honest requests and attacks.

import { cp, mkdir, readFile, symlink } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { attacks } from './forgeries.js';
import { honestRequests } from './honest.js';
import { startParty } from './parties.js';
import { readEnvironment, ServiceDidNotStart, Services } from './services.js';

/** The examples as they are kept in the repository. */
export const pristine = dirname(dirname(fileURLToPath(import.meta.url)));

export const serviceNames = ['issuer', 'stock-api', 'orders-api', 'gateway'];

/** The planted mistakes. */
export async function readManifest() {
  return JSON.parse(await readFile(join(pristine, 'manifest.json'), 'utf8'));
}

/** Copies the examples to a folder that must not exist yet, with links to the installed packages, so that the copy runs and can be repaired. */
export async function copyExamples(destination) {
  await mkdir(destination);
  await cp(pristine, destination, {
    recursive: true,
    filter: (source) => !['node_modules', 'dist', 'attacks', 'manifest.json'].includes(basename(source)),
  });
  const link = (from, to) => existsSync(from) ? symlink(from, to, 'junction') : undefined;
  await link(join(dirname(pristine), 'node_modules'), join(destination, 'node_modules'));
  await Promise.all(serviceNames.map((name) => link(join(pristine, name, 'node_modules'), join(destination, name, 'node_modules'))));
}

/** Waits for all, so that nothing is still starting when a failure is seen. */
async function all(starts) {
  const settled = await Promise.allSettled(starts);
  const failure = settled.find(({ status }) => status === 'rejected');
  if (failure !== undefined) throw failure.reason;
  return settled.map(({ value }) => value);
}

async function startShop(services, variables, paymentProvider) {
  const [issuer, stock] = await all([services.start('issuer', variables), services.start('stock-api', variables)]);
  const [orders, gateway] = await all([
    services.start('orders-api', { ...variables, ISSUER_URL: issuer, STOCK_URL: stock, PAYMENT_JWKS_URL: paymentProvider.url }),
    services.start('gateway', { ...variables, ISSUER_URL: issuer }),
  ]);
  return { issuer, stock, orders, gateway };
}

/**
 * Starts the services as a careless operator would: without the variables that the code as written can do without.
 * When a service refuses to start and names a variable, the operator sets that one, and starts all again, because they share secrets.
 */
async function startAsOperated(root, environment, paymentProvider) {
  const variables = { ...environment.needed };
  const services = new Services(root);
  for (;;) {
    try {
      return { services, variables, urls: await startShop(services, variables, paymentProvider) };
    } catch (error) {
      await services.stop();
      const named = Object.entries(environment.forgotten)
        .filter(([name]) => !(name in variables) && error instanceof ServiceDidNotStart && error.names(name));
      if (named.length === 0) {
        await services.removeBuilds();
        throw error;
      }
      Object.assign(variables, Object.fromEntries(named));
    }
  }
}

const accepted = async (send, shop) => {
  try {
    return await send(shop);
  } catch {
    // A service that is gone or does not answer in time has accepted nothing.
    return false;
  }
};

/**
 * Runs every honest request and every attack against the services under `root`.
 * `repaired` says which planted mistakes have been repaired there; by default all that have a codemod.
 */
export async function runScenario({ root, repaired = (mistake) => mistake.repair !== 'by hand' }) {
  const [environment, manifest] = await Promise.all([readEnvironment(root), readManifest()]);
  const stopped = new Set(manifest.filter((mistake) => mistake.attack !== null && repaired(mistake)).map((mistake) => mistake.attack));
  const parties = await Promise.all([startParty('payments-1'), startParty('mallory-1')]);
  let services;
  try {
    const [paymentProvider, attacker] = parties;
    const started = await startAsOperated(root, environment, paymentProvider);
    services = started.services;
    const shop = {
      ...started.urls,
      root,
      paymentProvider,
      attacker,
      inboxPassword: started.variables.INBOX_PASSWORD,
      serviceSecret: started.variables.SERVICE_TOKEN_SECRET ?? 'shop-services-development-2021-7fq2',
      importSecrets: [started.variables.IMPORT_TOKEN_SECRET, 'nightly-import-9f24c1d7-5b3e-4a60-8e02'].filter(Boolean),
      moveClocks: (aheadMs) => services.moveClocks(aheadMs),
    };
    const results = [];
    for (const [name, send] of Object.entries(honestRequests)) {
      results.push({ name, kind: 'honest', accepted: await accepted(send, shop), expectedBefore: true, expectedAfter: true });
    }
    for (const [name, send] of Object.entries(attacks)) {
      results.push({ name, kind: 'attack', accepted: await accepted(send, shop), expectedBefore: true, expectedAfter: !stopped.has(name) });
    }
    return results;
  } finally {
    await services?.stop();
    await services?.removeBuilds();
    await Promise.all(parties.map((party) => party.close()));
  }
}
