import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyExamples, pristine, readManifest, runScenario } from '../../examples/attacks/index.js';
import type { Mistake, ScenarioResult } from '../../examples/attacks/index.js';

const RUN_MS = 180_000;

const manifest = await readManifest();

/** The results that are not as expected, as sentences. */
const surprises = (results: readonly ScenarioResult[], expected: 'expectedBefore' | 'expectedAfter') => results
  .filter((result) => result.accepted !== result[expected])
  .map(({ kind, name, accepted }) => `${kind}: ${name}: ${accepted ? 'accepted' : 'refused'}`);

describe('the manifest of planted mistakes', () => {
  it.each(manifest.map((mistake) => [`${mistake.rule} in ${mistake.file}: ${mistake.anchor}`, mistake] as const))('%s', async (_title, { file, anchor }) => {
    const text = await readFile(join(pristine, file), 'utf8');
    expect(anchor).not.toContain('\n');
    expect(text.split(anchor)).toHaveLength(2);
  });

  it('names no mistake twice', () => {
    const places = manifest.map(({ rule, file, anchor }) => `${rule} ${file} ${anchor}`);
    expect(new Set(places).size).toBe(places.length);
  });
});

describe('the services as they were written', () => {
  it('serve every honest request and fall to every attack', { timeout: RUN_MS }, async () => {
    const results = await runScenario({ root: pristine });
    expect(surprises(results, 'expectedBefore')).toEqual([]);
    const attacks = results.filter(({ kind }) => kind === 'attack').map(({ name }) => name);
    const planted = new Set(manifest.flatMap(({ attack }) => (attack === null ? [] : [attack])));
    expect(attacks.toSorted()).toEqual([...planted].toSorted());
  });
});

describe('a copy of the services', () => {
  let folder = '';
  let copy = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jwt-guard-examples-'));
    copy = join(folder, 'examples');
    await copyExamples(copy);
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function replace(file: string, from: string, to: string): Promise<void> {
    const path = join(copy, file);
    const text = await readFile(path, 'utf8');
    expect(text.split(from)).toHaveLength(2);
    await writeFile(path, text.replace(from, to));
  }

  // Written by hand and not by the codemods: this test is about the attacks, and must hold whatever the codemods do.
  it('repaired by hand serves every honest request and stops the attacks on what was repaired', { timeout: RUN_MS }, async () => {
    await replace('stock-api/server.js', " || 'shop-services-development-2021-7fq2';", ";\nif (!SERVICE_TOKEN_SECRET) throw new Error('SERVICE_TOKEN_SECRET is not set');");
    await replace('stock-api/history.js', " = 'shop-services-development-2021-7fq2' } = process.env;", " } = process.env;\nif (!SERVICE_TOKEN_SECRET) throw new Error('SERVICE_TOKEN_SECRET is not set');");
    await replace('stock-api/server.js', "['HS256', 'none']", "['HS256']");
    await replace('stock-api/warehouse.js', '[header.kid], {', "[header.kid], { algorithms: ['HS256'],");
    await replace('issuer/tokens.js', 'keyid: client.id,', "keyid: client.id,\n    expiresIn: '15m',");
    await replace('issuer/tokens.js', 'jwt.verify(token, publicKey)', "jwt.verify(token, publicKey, { algorithms: ['RS256'] })");
    await replace('orders-api/src/auth.ts', '{ issuer: ISSUER })', "{ algorithms: ['RS256'], audience: AUDIENCE, issuer: ISSUER })");

    const repairs = ['remove-secret-fallback', 'remove-none-algorithm', 'pin-algorithms', 'add-expiration'];
    const repaired = ({ since, repair, file, rule }: Mistake) => since === 'A'
      && (repairs.includes(repair) || (rule === 'require-audience' && file === 'orders-api/src/auth.ts'));
    const results = await runScenario({ root: copy, repaired });
    expect(surprises(results, 'expectedAfter')).toEqual([]);
    expect(results.filter(({ kind, accepted }) => kind === 'attack' && !accepted).map(({ name }) => name).toSorted()).toEqual([
      'delete history with a token signed with the fallback secret',
      'read a pick list with an unsigned token',
      'read orders with a token meant for billing',
      'read stock with a stolen service token a year later',
      'read stock with a token signed with the fallback secret',
      'reserve stock with an unsigned token',
    ]);
  });

  it('with a service that cannot start is given up, and leaves no process behind', { timeout: RUN_MS }, async () => {
    const processes = () => process.getActiveResourcesInfo().filter((resource) => resource === 'ProcessWrap').length;
    const before = processes();
    await replace('stock-api/server.js', "import express from 'express';", "throw new Error('the shelves are gone');");
    await expect(runScenario({ root: copy })).rejects.toThrow('the shelves are gone');
    // The handle of an ended process is closed a moment after the process.
    await expect.poll(processes, { timeout: 2_000 }).toBe(before);
  });
});
