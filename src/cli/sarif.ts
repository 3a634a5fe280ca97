import type { Log, ReportingDescriptor, Result } from 'sarif';
import type { AnyRule } from '../define-rule.ts';
import type { Exploitability } from '../libraries/descriptor.ts';
import { packageInfo } from '../package-info.ts';
import type { Found } from './found.ts';
import type { Scan } from './scan.ts';

/** SARIF levels say what a finding is worth here, not how strictly the project holds the rule. */
const LEVELS = { exploitable: 'error', depends: 'warning', hardening: 'note' } as const satisfies Record<Exploitability, Result.level>;

/** Findings as a SARIF 2.1.0 log, for code scanning services. */
export function sarifLog(found: readonly Found[], { problems }: Scan, rules: readonly AnyRule[]): Log {
  const { name, version } = packageInfo();
  const reported = rules.filter((rule) => found.some((one) => one.rule === rule.name));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name, semanticVersion: version, rules: reported.map(describe) } },
      invocations: [{
        executionSuccessful: problems.length === 0,
        toolExecutionNotifications: problems.map(({ file, reason }) => ({ level: 'error', message: { text: `${reason}.` }, locations: [{ physicalLocation: { artifactLocation: uriOf(file) } }] })),
      }],
      // Columns of editors and of ESLint count UTF-16 code units.
      columnKind: 'utf16CodeUnits',
      results: found.map((one) => ({
        ruleId: `jwt-guard/${one.rule}`,
        ruleIndex: reported.findIndex((rule) => rule.name === one.rule),
        level: LEVELS[one.exploitability],
        message: { text: one.message },
        locations: [{
          physicalLocation: {
            artifactLocation: uriOf(one.file),
            region: { startLine: one.line, startColumn: one.column, ...(one.endLine !== null && { endLine: one.endLine }), ...(one.endColumn !== null && { endColumn: one.endColumn }) },
          },
        }],
        properties: { exploitability: one.exploitability, eslintLevel: one.level },
      })),
    }],
  };
}

function describe(rule: AnyRule): ReportingDescriptor {
  return {
    id: `jwt-guard/${rule.name}`,
    shortDescription: { text: rule.description },
    // Whoever reads the log elsewhere has no use for the address of a page on this machine.
    help: { text: `docs/rules/${rule.name}.md in ${packageInfo().name}` },
    properties: { tags: ['security', ...rule.references] },
  };
}

function uriOf(file: string): { uri: string } {
  return { uri: file.split('/').map(encodeURIComponent).join('/') };
}
