/** Measures what forged tokens each library version lets in, and writes docs/evidence.md and src/evidence.json from it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { EvidenceTable, LibraryEvidence, Verdict } from '../src/evidence.ts';
import { attacks } from '../tests/exploits/attacks.ts';
import { allPairs, measure, type Measurement } from '../tests/exploits/measure.ts';
import { outsideTokens } from '../tests/exploits/outside-tokens.ts';

/** One attack on one version, as far as the page tells it. */
interface Result {
  readonly rule: string;
  readonly library: string;
  readonly version: string;
  /** Form of the misuse, or empty. */
  readonly misuse: string;
  readonly attack: string;
  readonly succeeded: boolean;
}

/** Everything that one measurement brought to light. */
export interface Evidence {
  readonly table: EvidenceTable;
  readonly results: readonly Result[];
  /** How many attacks were run on each library version. */
  readonly counts: readonly { readonly library: string; readonly version: string; readonly attacks: number }[];
}

const pagePath = fileURLToPath(new URL('../docs/evidence.md', import.meta.url));
const tablePath = fileURLToPath(new URL('../src/evidence.json', import.meta.url));

const unique = <Item>(items: readonly Item[]): Item[] => [...new Set(items)];

/**
 * An attack counts against the bad program only if the good one refuses it and both serve who they should. A program that
 * stops or stalls has let nobody in, unless that is what the attack is after.
 */
function isSound({ attack, good, bad }: Measurement): boolean {
  const answered = bad.forgery === 'accepted' || bad.forgery === 'refused' || (attack.kind === 'present' && attack.exhausts === true);
  return answered && good.forgery === 'refused' && good.honest === true && bad.honest !== false;
}

function verdictOn(results: readonly Result[]): Verdict {
  // Measurements come sorted by version, and so these lists are.
  const successes = results.filter(({ succeeded }) => succeeded);
  const exploitable = unique(successes.map(({ version }) => version));
  const defence = unique(results.map(({ version }) => version)).filter((version) => !exploitable.includes(version));
  const named = (successes.length > 0 ? successes : results).map(({ attack }) => attack);
  return { exploitable, defence, attack: attacks.map(({ name }) => name).filter((name) => named.includes(name)).join(', ') };
}

/** Groups measurements into evidence; throws if a pair of programs does not hold what it promises. */
export function evidenceFrom(measurements: readonly Measurement[]): Evidence {
  const broken = measurements.filter((measurement) => !isSound(measurement));
  if (broken.length > 0) {
    const names = broken.map(({ pair, version, attack }) => `${pair.rule}, ${pair.library} ${version}, ${attack.name}`);
    throw new Error(`These programs do not tell honest tokens from forged ones:\n${names.join('\n')}`);
  }
  const results = measurements.map(({ pair, version, attack, bad }) =>
    ({ rule: pair.rule, library: pair.library, version, misuse: pair.misuse, attack: attack.name, succeeded: bad.forgery !== 'refused' }));
  const table: Record<string, Record<string, LibraryEvidence>> = {};
  for (const rule of unique(results.map((result) => result.rule)).sort()) {
    const ofRule = results.filter((result) => result.rule === rule);
    table[rule] = Object.fromEntries(unique(ofRule.map(({ library }) => library)).sort().map((library) => {
      const ofLibrary = ofRule.filter((result) => result.library === library);
      const misuses = unique(ofLibrary.map(({ misuse }) => misuse)).filter((misuse) => misuse !== '');
      if (misuses.length === 0) return [library, verdictOn(ofLibrary)];
      const verdicts = misuses.sort().map((misuse) => [misuse, verdictOn(ofLibrary.filter((result) => result.misuse === misuse))]);
      return [library, { ...verdictOn(ofLibrary), misuses: Object.fromEntries(verdicts) as Record<string, Verdict> }];
    }));
  }
  const versions = unique(measurements.map(({ pair, version }) => `${pair.library} ${version}`));
  const counts = versions.map((name) => {
    const [library = '', version = ''] = name.split(' ');
    const ofVersion = measurements.filter((measurement) => measurement.pair.library === library && measurement.version === version);
    return { library, version, attacks: ofVersion.length };
  });
  return { table, results, counts };
}

/** Runs every attack on every installed version. */
export async function measureEvidence(): Promise<Evidence> {
  return evidenceFrom(await measure(allPairs()));
}

/** The text of `src/evidence.json`. */
export function evidenceJson({ table }: Evidence): string {
  return `${JSON.stringify(table, undefined, 2)}\n`;
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const list = (items: readonly string[]): string => (items.length === 0 ? '–' : items.join(', '));

/** Attacks that succeeded, with the versions where those are fewer than the exploitable ones. */
function successesIn(results: readonly Result[], exploitable: readonly string[]): string {
  const named = attacks.flatMap(({ name }) => {
    const versions = unique(results.filter(({ attack, succeeded }) => attack === name && succeeded).map(({ version }) => version));
    if (versions.length === 0) return [];
    return [versions.length === exploitable.length ? `\`${name}\`` : `\`${name}\` (${versions.join(', ')})`];
  });
  return named.join(', ');
}

function ruleSection(rule: string, { results }: Evidence): string {
  const ofRule = results.filter((result) => result.rule === rule);
  const forms = unique(ofRule.map(({ library, misuse }) => `${library}\n${misuse}`)).sort();
  const rows = forms.map((form) => {
    const [library = '', misuse = ''] = form.split('\n');
    const ofForm = ofRule.filter((result) => result.library === library && result.misuse === misuse);
    const { exploitable, defence, attack } = verdictOn(ofForm);
    return row([
      misuse === '' ? library : `${library}, ${misuse}`, list(exploitable), list(defence),
      exploitable.length > 0 ? successesIn(ofForm, exploitable) : `none of \`${attack.replaceAll(', ', '`, `')}\``,
    ]);
  });
  return [
    `### ${rule}`, '',
    row(['library', 'exploitable', 'defence in depth', 'attacks that succeed']),
    row(['---', '---', '---', '---']),
    ...rows,
  ].join('\n');
}

/** The page without its date. */
function undatedPage(evidence: Evidence): string {
  const used = new Set(evidence.results.map(({ attack }) => attack));
  const total = evidence.counts.reduce((sum, count) => sum + count.attacks, 0);
  return [
    '# Evidence',
    '',
    '<!-- Written by scripts/generate-evidence.ts. Changes made by hand are lost. -->',
    '',
    'Which misuse lets a forged, misdirected or expired token in, measured by running it. For each rule and library, a program with the misuse and the same program without it are loaded with every installed version of the library, and handed a token that was made with `node:crypto` alone.',
    '',
    '- **exploitable**: the version lets the token in through the program with the misuse, and refuses it without.',
    '- **defence in depth**: the version refuses the token even with the misuse. The setting is still worth making, since another version or another key may need it.',
    '- An honest token is served with and without the misuse, wherever an honest issuer could make one that fits.',
    '',
    'A pair that is not listed was not measured, and nothing is claimed for it. How the tokens are made and how to mark an example so that it is run here: `tests/exploits/README.md`.',
    '',
    '@@DATE@@',
    '',
    '## Rules',
    '',
    ...Object.keys(evidence.table).flatMap((rule) => [ruleSection(rule, evidence), '']),
    '## Attacks',
    '',
    row(['attack', 'what is presented', 'what the attacker needs']),
    row(['---', '---', '---']),
    ...attacks.filter(({ name }) => used.has(name)).map(({ name, what, needs }) => row([`\`${name}\``, what, needs])),
    '',
    '## Attacks run',
    '',
    `${total} attacks, each run once with the misuse and once without.`,
    '',
    row(['library', 'version', 'attacks']),
    row(['---', '---', '---:']),
    ...evidence.counts.map(({ library, version, attacks: count }) => row([library, version, String(count)])),
    '',
    '## Rules that no token can prove',
    '',
    row(['rule', 'why']),
    row(['---', '---']),
    ...Object.entries(outsideTokens).map(([rule, reason]) => row([rule, reason])),
    '',
  ].join('\n');
}

const dateLine = /^Measured on \d{4}-\d{2}-\d{2}\.$/m;

/**
 * The text of `docs/evidence.md`. The date stays as it is on the previous page as long as nothing else changes, so that
 * it says since when these results stand.
 */
export function evidenceDocs(evidence: Evidence, previous = existsSync(pagePath) ? readFileSync(pagePath, 'utf8') : ''): string {
  const page = undatedPage(evidence);
  const date = dateLine.exec(previous)?.[0];
  if (date !== undefined && previous === page.replace('@@DATE@@', date)) return previous;
  return page.replace('@@DATE@@', `Measured on ${new Date().toISOString().slice(0, 10)}.`);
}

/** Measures and writes both files. */
export async function updateEvidence(): Promise<void> {
  const evidence = await measureEvidence();
  writeFileSync(pagePath, evidenceDocs(evidence));
  writeFileSync(tablePath, evidenceJson(evidence));
}
