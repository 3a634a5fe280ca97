import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { type Evidence, keyNamesToken, namesKept, namesToken, tokenIn } from '../src/analysis/token-evidence.ts';
import { cookieHeaders, type CookieWrite, cookieWrites, evidenceIn } from '../src/analysis/token-sinks.ts';
import { possibilities, truthiness, type Value } from '../src/analysis/value.ts';
import { defineRule, type Edit, type Remedy } from '../src/define-rule.ts';
import { inWords } from '../src/in-words.ts';
import { addProperty, findProperty } from '../src/remedies/properties.ts';
import { quote } from '../src/remedies/style.ts';

const ATTRIBUTES = ['httpOnly', 'secure', 'sameSite'] as const;
type Attribute = typeof ATTRIBUTES[number];

/** A cookie without these attributes is read by scripts, sent in the clear, or sent along by other sites. */
export const requireSecureCookie = defineRule({
  name: 'require-secure-cookie',
  description: 'Require `httpOnly`, `secure` and `sameSite` on cookies that hold a token.',
  messages: {
    open: 'This cookie holds a token and lacks {{attributes}}: {{effect}}. Set {{attributes}}.',
  },
  remedies: { 'secure-cookie': 'Set {{attributes}}.' },
  references: ['RFC 6265 section 4.1.2', 'RFC 6265 section 8.3', 'CWE-1004', 'CWE-614', 'CWE-1275'],
  presets: { recommended: 'warn', strict: 'error', service: 'error', browser: 'error' },
  *checkFile({ file, operations }) {
    const evidence = evidenceIn(file, operations);
    for (const write of cookieWrites(evidence)) {
      if (write.inBrowser || write.hardened === 'all' || !holdsToken(write, evidence)) continue;
      const lacking = lackingIn(write, evidence);
      if (lacking.length === 0) continue;
      const attributes = quoted(lacking);
      yield { message: 'open', node: write.node, file, exploitability: 'hardening', data: { attributes, effect: effectOf(lacking[0]) }, remedies: secured(write, lacking, evidence) };
    }
    for (const header of cookieHeaders(evidence)) {
      // A header that ends the life of a cookie takes it away.
      if (header.attributes === undefined || /max-age=0\b|expires=thu, 01 jan 1970/i.test(header.attributes) || /csrf|xsrf/i.test(header.name)) continue;
      if (!namesKept(header.name, file) && !tokenIn(header.value, evidence)) continue;
      const written = header.attributes.toLowerCase().split(';').map((attribute) => attribute.trim().replace(/\s*=.*$/, ''));
      const lacking = ATTRIBUTES.filter((attribute) => !written.includes(attribute.toLowerCase()));
      if (lacking.length > 0) yield { message: 'open', node: header.node, file, exploitability: 'hardening', data: { attributes: quoted(lacking), effect: effectOf(lacking[0]) } };
    }
  },
});

function holdsToken({ name, value }: CookieWrite, evidence: Evidence): boolean {
  // An empty value takes the cookie away.
  if (!value || possibilities(evidence.reader.evaluate(value, evidence.file)).every((one) => one.kind === 'primitive')) return false;
  const text = evidence.reader.evaluate(name, evidence.file);
  // A cookie named for another kind of token (`XSRF-TOKEN`) must be readable by design.
  if (text.kind === 'primitive' && /csrf|xsrf/i.test(String(text.value))) return false;
  return keyNamesToken(name, evidence) || (name.type === AST_NODE_TYPES.Identifier && namesToken(name.name, evidence.file)) || tokenIn(value, evidence) !== undefined;
}

/** The attributes that are proven missing or switched off. */
function lackingIn({ options, hardened }: CookieWrite, { reader, file }: Evidence): readonly Attribute[] {
  const wanted = ATTRIBUTES.filter((attribute) => attribute === 'httpOnly' || hardened === undefined);
  const value = options && reader.evaluate(options, file);
  if (value === undefined || (value.kind === 'primitive' && value.value === undefined)) return hardened === 'httpOnly' ? [] : wanted;
  if (value.kind !== 'object') return [];
  return wanted.filter((attribute) => {
    const entry = value.entries.get(attribute) ?? value.entries.get(attribute.toLowerCase());
    if (!entry) return !value.open && hardened === undefined;
    return entry.definite && isOff(entry.value, attribute);
  });
}

/** `secure: process.env.NODE_ENV === 'production'` may be either, and is right. */
function isOff(value: Value, attribute: Attribute): boolean {
  return attribute === 'sameSite' ? value.kind === 'primitive' && (value.value === false || value.value === undefined) : truthiness(value) === false;
}

function effectOf(attribute: Attribute | undefined): string {
  if (attribute === 'httpOnly') return 'every script in the page can read it';
  return attribute === 'secure' ? 'it is sent without encryption too' : 'requests of other sites carry it';
}

function secured({ node, options, optionsIndex }: CookieWrite, lacking: readonly Attribute[], { file }: Evidence): readonly Remedy<'secure-cookie'>[] {
  const written = (attribute: Attribute) => (attribute === 'sameSite' ? quote('lax', file) : 'true');
  const remedy = (edits: readonly Edit[]): readonly Remedy<'secure-cookie'>[] => [{ id: 'secure-cookie', safety: 'stricter', edits, data: { attributes: quoted(lacking) } }];
  if (!options) {
    const last = node.arguments[optionsIndex - 1];
    return last ? remedy([{ file, range: [last.range[1], last.range[1]], text: `, { ${lacking.map((attribute) => `${attribute}: ${written(attribute)}`).join(', ')} }` }]) : [];
  }
  if (options.type !== AST_NODE_TYPES.ObjectExpression) return [];
  const off = lacking.flatMap((attribute) => {
    const property = findProperty(options, attribute);
    return property ? [{ attribute, property }] : [];
  });
  // What is switched off is switched on; what is missing follows in one piece behind the last property.
  const edits: Edit[] = off.flatMap(({ attribute, property }) => (isLiteral(property.value) ? [{ file, range: property.value.range, text: written(attribute) }] : []));
  if (edits.length !== off.length) return [];
  const missing = lacking.filter((attribute) => !off.some((one) => one.attribute === attribute));
  const [first, ...rest] = missing;
  if (first !== undefined) {
    const edit = addProperty(options, first, written(first), file);
    const separator = /\r?\n[ \t]*/.exec(edit.text)?.[0] ?? ' ';
    const more = rest.map((attribute) => `,${separator}${attribute}: ${written(attribute)}`).join('');
    const at = edit.text.lastIndexOf(written(first)) + written(first).length;
    edits.push({ ...edit, text: edit.text.slice(0, at) + more + edit.text.slice(at) });
  }
  return remedy(edits.sort((a, b) => a.range[0] - b.range[0]));
}

function isLiteral(node: TSESTree.Node): boolean {
  return node.type === AST_NODE_TYPES.Literal || (node.type === AST_NODE_TYPES.Identifier && node.name === 'undefined');
}

function quoted(names: readonly string[]): string {
  return inWords(names.map((name) => `\`${name}\``));
}
