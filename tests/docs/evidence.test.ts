import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { evidenceDocs, evidenceFrom, evidenceJson, type Evidence } from '../../scripts/generate-evidence.ts';
import { attackNamed } from '../exploits/attacks.ts';
import type { Measurement } from '../exploits/measure.ts';
import { measuredInThisRun } from '../exploits/shared-measurement.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('the evidence in the repository', () => {
  let evidence: Evidence;
  beforeAll(async () => {
    evidence = evidenceFrom(await measuredInThisRun());
  }, 300_000);

  it('is in docs/evidence.md as it is measured now (`npm run update -- --measure` writes it)', () => {
    expect(read('docs/evidence.md')).toBe(evidenceDocs(evidence));
  });

  it('is in src/evidence.json as it is measured now (`npm run update -- --measure` writes it)', () => {
    expect(read('src/evidence.json')).toBe(evidenceJson(evidence));
  });
});

const measurement = (version: string, attack: string, forgery: 'accepted' | 'refused', change: Partial<Measurement> = {}): Measurement => ({
  pair: {
    rule: 'require-audience', library: 'jose', attacks: [attack], accepted: '*', versions: '*', keyUse: 'secret', honest: 'both', misuse: '', bad: '', good: '', writtenIn: '',
  },
  attack: attackNamed(attack), version,
  bad: { forgery, attempts: 2, honest: true, reason: '' }, good: { forgery: 'refused', attempts: 2, honest: true, reason: '' },
  ...change,
});

describe('evidenceFrom', () => {
  it('calls a version exploitable as soon as one attack succeeds, and names only attacks that do', () => {
    const { table } = evidenceFrom([
      measurement('5.0.0', 'audience-other', 'refused'), measurement('5.0.0', 'audience-missing', 'accepted'), measurement('6.0.0', 'audience-other', 'refused'),
    ]);
    expect(table).toEqual({ 'require-audience': { jose: { exploitable: ['5.0.0'], defence: ['6.0.0'], attack: 'audience-missing' } } });
  });

  it('names what was tried where nothing succeeds', () => {
    expect(evidenceFrom([measurement('6.0.0', 'audience-other', 'refused')]).table['require-audience']?.['jose'])
      .toEqual({ exploitable: [], defence: ['6.0.0'], attack: 'audience-other' });
  });

  it('keeps the forms of a misuse apart', () => {
    const form = (misuse: string, version: string, forgery: 'accepted' | 'refused'): Measurement => {
      const one = measurement(version, 'audience-other', forgery);
      return { ...one, pair: { ...one.pair, misuse } };
    };
    const { table } = evidenceFrom([form('by option', '5.0.0', 'accepted'), form('by default', '5.0.0', 'refused')]);
    expect(table['require-audience']?.['jose']).toEqual({
      exploitable: ['5.0.0'], defence: [], attack: 'audience-other',
      misuses: {
        'by default': { exploitable: [], defence: ['5.0.0'], attack: 'audience-other' },
        'by option': { exploitable: ['5.0.0'], defence: [], attack: 'audience-other' },
      },
    });
  });

  it('counts the attacks on each version', () => {
    expect(evidenceFrom([measurement('6.0.0', 'audience-other', 'refused'), measurement('6.0.0', 'audience-missing', 'accepted'), measurement('6.0.1', 'audience-other', 'refused')]).counts)
      .toEqual([{ library: 'jose', version: '6.0.0', attacks: 2 }, { library: 'jose', version: '6.0.1', attacks: 1 }]);
  });

  it.each([
    ['the good program takes the forgery', { good: { forgery: 'accepted', attempts: 1, honest: true, reason: '' } }],
    ['the good program refuses an honest token', { good: { forgery: 'refused', attempts: 1, honest: false, reason: '' } }],
    ['the bad program stalls at a token that was only to be let in', { bad: { forgery: 'stalled', attempts: 1, honest: true, reason: '' } }],
    ['the bad program refuses an honest token', { bad: { forgery: 'accepted', attempts: 1, honest: false, reason: '' } }],
  ] satisfies [string, Partial<Measurement>][])('gives no evidence when %s', (_, change) => {
    expect(() => evidenceFrom([measurement('6.0.0', 'audience-other', 'accepted', change)])).toThrow(/require-audience, jose 6\.0\.0, audience-other/);
  });
});

describe('the date on the page', () => {
  const before = evidenceFrom([measurement('6.0.0', 'audience-other', 'accepted')]);
  const dated = evidenceDocs(before, '').replace(/Measured on \S+/, 'Measured on 2001-02-03.');

  it('stays while the results stay', () => {
    expect(evidenceDocs(before, dated)).toBe(dated);
  });

  it.each([
    ['a result', [measurement('6.0.0', 'audience-other', 'refused')]],
    ['a version', [measurement('6.0.1', 'audience-other', 'accepted')]],
  ])('changes with %s', (_, measurements) => {
    const page = evidenceDocs(evidenceFrom(measurements), dated);
    expect(page).not.toContain('2001-02-03');
    expect(page).toContain(`Measured on ${new Date().toISOString().slice(0, 10)}.`);
  });
});
