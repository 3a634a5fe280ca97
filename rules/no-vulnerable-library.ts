import semver from 'semver';
import { importOf } from '../src/analysis/imports.ts';
import type { JwtOperation } from '../src/analysis/operation.ts';
import { advisories, type Advisory } from '../src/advisories.ts';
import { defineRule } from '../src/define-rule.ts';

/** The code may be right and the library under it wrong. */
export const noVulnerableLibrary = defineRule({
  name: 'no-vulnerable-library',
  description: 'Disallow versions of a JWT library with a published flaw in how tokens are verified or decrypted.',
  messages: {
    vulnerable: '{{library}} {{version}} has a published flaw ({{id}}): {{effect}}. Update to {{fixed}} or later.',
    several: '{{library}} {{version}} has {{count}} published flaws ({{id}}), the gravest: {{effect}}. Update to {{fixed}} or later.',
  },
  references: ['RFC 8725 section 2.1', 'CWE-1395', 'CWE-347'],
  presets: { recommended: 'warn', strict: 'error', service: 'error' },
  *checkFile({ file, operations }) {
    const seen = new Set<string>();
    for (const operation of operations) {
      const { library, version } = operation;
      if (operation.file !== file || operation.wrapped || version === undefined || seen.has(library.name)) continue;
      seen.add(library.name);
      const found = affecting(operation);
      const [gravest] = found;
      if (!gravest) continue;
      const common = { node: importOf(library, file) ?? operation.node, file, exploitability: found.some(({ exploitability }) => exploitability === 'exploitable') ? 'exploitable' as const : 'depends' as const };
      const data = { library: library.name, version, id: found.map(({ id }) => id).join(', '), effect: gravest.effect, fixed: fixedVersion(found, version) };
      if (found.length > 1) yield { ...common, message: 'several', data: { ...data, count: found.length } };
      else yield { ...common, message: 'vulnerable', data };
    }
  },
});

/** Advisories that hold for every version that the file can mean; a range that reaches a fixed version proves nothing. */
function affecting({ library, version }: JwtOperation): readonly Advisory[] {
  return advisories.filter(({ library: name, affected }) => name === library.name && version !== undefined && semver.subset(version, affected))
    .sort((a, b) => Number(b.exploitability === 'exploitable') - Number(a.exploitability === 'exploitable'));
}

/** The first version behind the one in use that none of the advisories names. */
function fixedVersion(found: readonly Advisory[], version: string): string {
  const least = semver.minVersion(version) ?? new semver.SemVer('0.0.0');
  const candidates = found.flatMap(({ fixed }) => fixed).filter((fixed) => semver.gt(fixed, least) && found.every(({ affected }) => !semver.satisfies(fixed, affected)));
  return semver.sort([...candidates])[0] ?? found[0]?.fixed.at(-1) ?? '';
}
