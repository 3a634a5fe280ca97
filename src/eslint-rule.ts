import type { TSESLint } from '@typescript-eslint/utils';
import { mayConcernJwt } from './analysis/prefilter.ts';
import { operationsOf } from './analysis/operations.ts';
import { sourceFileOf } from './analysis/modules.ts';
import type { JwtOperation } from './analysis/operation.ts';
import type { AnyRule, Edit, Finding, Remedy } from './define-rule.ts';
import { claimFor, exploitableOn } from './evidence.ts';
import { readSettings, type Settings } from './policy.ts';

/** Rules that run on a file together, so that one can give way to another. */
const enabledRules = new WeakMap<object, Set<string>>();

/** A finding as it was reported, for hosts that need more than ESLint's message carries. */
export interface ReportedFinding {
  readonly rule: string;
  readonly finding: Finding;
}
const reportedFindings = new WeakMap<object, ReportedFinding[]>();

/** What the rules reported on this source, in the order of reporting. */
export function findingsOf(sourceCode: object): readonly ReportedFinding[] {
  return reportedFindings.get(sourceCode) ?? [];
}

/** What an ESLint rule of this plugin says of itself besides its description. */
interface RuleDocs {
  /** Library to the versions on which an attack on the misuse was shown to succeed (`docs/evidence.md`). */
  readonly exploitableOn: Readonly<Record<string, readonly string[]>>;
}

/** Turns a rule of the catalogue into an ESLint rule. `docsUrl` gives the address of the rule's page. */
export function eslintRule(rule: AnyRule, docsUrl: (name: string) => string): TSESLint.RuleModule<string, readonly unknown[], RuleDocs> & { readonly meta: { readonly defaultOptions: readonly unknown[] } } {
  const hasOptions = Object.keys(rule.options.schema).length > 0;
  return {
    meta: {
      type: 'problem',
      docs: { description: rule.description, url: docsUrl(rule.name), exploitableOn: exploitableOn(rule.name) },
      messages: { ...withEvidence(rule.messages as Readonly<Record<string, string>>), ...rule.remedies },
      fixable: 'code',
      hasSuggestions: true,
      schema: hasOptions ? [{ type: 'object', additionalProperties: false, properties: { ...rule.options.schema } }] : [],
      defaultOptions: hasOptions ? [rule.options.defaults] : [],
    },
    defaultOptions: hasOptions ? [rule.options.defaults] : [],
    create(context) {
      const { sourceCode } = context;
      const settings = readSettings(context.settings);
      if (!concernsJwt(sourceCode, settings, context.physicalFilename || context.filename)) return {};
      const together = enabledRules.get(sourceCode) ?? new Set<string>();
      enabledRules.set(sourceCode, together.add(rule.name));
      return {
        // At the end of the file every rule that runs on it has been created, so precedence can be decided.
        'Program:exit'() {
          const file = sourceFileOf(sourceCode, context.physicalFilename || context.filename);
          const operations = operationsOf(sourceCode, { filename: file.filename, settings });
          const options = Object.assign({}, rule.options.defaults, context.options[0]) as object;
          const ruleContext = { file, operations, policy: settings.policy ?? {}, options, isEnabled: (name: string) => together.has(name) };
          const seen = new Set<string>();
          for (const { finding, operation } of findingsIn(rule, operations, ruleContext)) {
            if (finding.file !== file) continue;
            const place = `${finding.node.range.join(':')}:${finding.message}`;
            if (seen.has(place)) continue;
            seen.add(place);
            report(context, rule, finding, operation ?? operations.find(({ node }) => node === finding.node), file);
          }
        },
      };
    },
  };
}

const judged = new WeakMap<object, { readonly settings: Settings; readonly concerned: boolean }>();

/** The judgement by text, made once for all rules. */
function concernsJwt(sourceCode: Readonly<TSESLint.SourceCode>, settings: Settings, filename: string): boolean {
  const known = judged.get(sourceCode);
  if (known?.settings === settings) return known.concerned;
  const concerned = mayConcernJwt(sourceCode.text, settings, filename);
  judged.set(sourceCode, { settings, concerned });
  return concerned;
}

/** Behind each message stands what its claim rests on, where that was measured. */
function withEvidence(messages: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(messages).map(([id, text]) => [id, `${text}{{evidence}}`]));
}

interface FoundIn {
  readonly finding: Finding;
  /** The operation that the finding is about, where it is about one. */
  readonly operation?: JwtOperation;
}

function* findingsIn(rule: AnyRule, operations: readonly JwtOperation[], context: Parameters<NonNullable<AnyRule['check']>>[1]): Iterable<FoundIn> {
  if (rule.check) for (const operation of operations) for (const finding of rule.check(operation, context) as Iterable<Finding>) yield { finding, operation };
  if (rule.checkFile) for (const finding of rule.checkFile(context) as Iterable<Finding>) yield { finding };
}

function report(context: Parameters<ReturnType<typeof eslintRule>['create']>[0], rule: AnyRule, finding: Finding, operation: JwtOperation | undefined, file: Finding['file']): void {
  const here = (finding.remedies ?? []).filter((remedy) => remedy.edits.length > 0 && remedy.edits.every((edit) => edit.file === file));
  const fix = here.find((remedy) => remedy.safety === 'equivalent');
  const suggestions = here.filter((remedy) => remedy !== fix);
  const claim = claimFor(rule.name, operation?.library.name, operation?.version, finding.exploitability);
  const data = { ...(finding.data as Readonly<Record<string, string | number>> | undefined), evidence: claim.sentence };
  const known = reportedFindings.get(context.sourceCode) ?? [];
  const { cause, ...own } = finding;
  reportedFindings.set(context.sourceCode, [...known, { rule: rule.name, finding: { ...own, exploitability: claim.exploitability, ...(cause && cause.file !== file && { cause }) } }]);
  context.report({
    node: finding.node,
    messageId: finding.message,
    data,
    ...(fix && { fix: (fixer) => apply(fixer, fix.edits) }),
    suggest: suggestions.map((remedy: Remedy) => ({
      messageId: remedy.id,
      ...(remedy.data && { data: { ...remedy.data } }),
      fix: (fixer) => apply(fixer, remedy.edits),
    })),
  });
}

function apply(fixer: TSESLint.RuleFixer, edits: readonly Edit[]): TSESLint.RuleFix[] {
  return edits.map((edit) => fixer.replaceTextRange([edit.range[0], edit.range[1]], edit.text));
}
