import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { calledName, unwrapped, writtenName } from './expressions.ts';
import type { PayloadPart } from './payloads.ts';

/** What a name says that its value is, by the words in it. The first that fits counts. */
const SENSITIVE: readonly (readonly [RegExp, string])[] = [
  [/^(?:(?:user|current|old|new|plain|raw|hashed|encrypted|db|account|login|temp|temporary|admin|my)_?)?(?:password|passwd|pwd|passphrase|passcode|pass_?word|pass)(?:_?(?:hash|hashed|digest|salt|encrypted|plain|text))?$|^hashed?_?pass(?:word)?$|^(?:password|pwd)_?(?:digest|hash)$/i, 'a password'],
  [/^(?:totp|otp|mfa|two_?factor|2fa|hotp|client|api|shared|webhook|signing|jwt|app|user|auth|access|consumer|google|stripe|hmac|aws)?_?secret(?:_?(?:key|value|base32|ascii|hash))?$|^(?:totp|otp|mfa)_?(?:seed|key|code)$|^two_?factor_?secret$|^(?:recovery|backup)_?codes?$/i, 'a secret'],
  [/^(?:api|private|secret|encryption|signing|access|master|ssh|symmetric|aes|service_?account|wallet|stripe|aws_?secret)_?key$|^aws_?secret_?access_?key$|^private_?key_?pem$|^mnemonic$|^seed_?phrase$/i, 'a key'],
  [/^(?:credit|debit|payment|bank)?_?card_?(?:number|no|num)$|^credit_?card$|^cc_?(?:number|num)$|^cvv2?$|^cvc2?$|^cvv_?code$|^iban$|^(?:bank_?)?account_?(?:number|no)$|^routing_?number$|^sort_?code$/i, 'a card or account number'],
  [/^ssn$|^social_?security(?:_?(?:number|no))?$|^national_?(?:id|identity|insurance)(?:_?(?:number|no))?$|^passport_?(?:number|no|num)$|^driver'?s?_?licen[sc]e(?:_?(?:number|no))?$|^tax_?(?:id|number|payer_?id)$|^(?:aadhaar|cpf|nhs|nin|pesel|bsn|curp|sin)(?:_?(?:number|no))?$|^identity_?(?:number|no)$|^medical_?record(?:_?number)?$/i, 'an identity number'],
  [/^(?:access|refresh|id|bearer|oauth|oauth2|api|auth|google|github|facebook|twitter|slack|provider|personal_?access|reset_?password|password_?reset|reset|remember|verification|session|upstream|vault)_?tokens?$/i, 'another token'],
  [/^security_?(?:answer|question_?answer)$|^secret_?answer$|^pin(?:_?(?:code|number|hash))?$/i, 'a secret answer'],
];

const PERSONAL = /^(?:e_?mail(?:_?address)?|phone(?:_?number)?|mobile|address|street_?address|birth_?date|date_?of_?birth|dob|given_?name|family_?name|first_?name|last_?name|full_?name|name|gender|nickname|picture|ip_?address)$/i;

/** What of a payload's part must not be read by everybody, in words for a message; undefined where nothing says so. */
export function sensitiveName(part: PayloadPart, personal: boolean): string | undefined {
  if (part.as !== 'property' || part.name === undefined || isHarmless(part)) return undefined;
  const names = [part.name, ...writtenNames(part.written)];
  for (const name of names) {
    const found = SENSITIVE.find(([pattern]) => pattern.test(name));
    if (found) return `${found[1]} (\`${name}\`)`;
  }
  if (hashesPassword(part.written)) return 'a password hash';
  const own = personal ? names.find((name) => PERSONAL.test(name)) : undefined;
  return own === undefined ? undefined : `personal data (\`${own}\`)`;
}

/** A flag, a time, a count, or nothing at all, whatever its name. */
function isHarmless({ value, written }: PayloadPart): boolean {
  // Numbers of one or two digits are counts and flags.
  const plain = written && unwrapped(written);
  // `TokenType.ACCESS_TOKEN` tells kinds of token apart; it is none.
  if (plain?.type === AST_NODE_TYPES.MemberExpression && plain.object.type === AST_NODE_TYPES.Identifier && /^[A-Z]\w*[a-z]/.test(plain.object.name) && /^[A-Z]/.test(writtenName(plain) ?? '')) return true;
  if (value.kind === 'primitive') return typeof value.value === 'number' ? value.value < 100 : typeof value.value !== 'string' || value.value === '';
  if (value.kind === 'instant' || value.kind === 'object' || value.kind === 'function') return true;
  return plain !== undefined && (plain.type === AST_NODE_TYPES.BinaryExpression ? plain.operator !== '+' : plain.type === AST_NODE_TYPES.UnaryExpression);
}

/** Last names in the expression that gives the value: `passwordHash` of `user.passwordHash`. */
function writtenNames(written: TSESTree.Node | undefined): readonly string[] {
  const plain = written && unwrapped(written);
  switch (plain?.type) {
    case AST_NODE_TYPES.Identifier: return [plain.name];
    case AST_NODE_TYPES.MemberExpression: return [writtenName(plain) ?? ''];
    case AST_NODE_TYPES.LogicalExpression: return [...writtenNames(plain.left), ...writtenNames(plain.right)];
    case AST_NODE_TYPES.ConditionalExpression: return [...writtenNames(plain.consequent), ...writtenNames(plain.alternate)];
    default: return [];
  }
}

function hashesPassword(written: TSESTree.Node | undefined): boolean {
  const plain = written && unwrapped(written);
  return plain?.type === AST_NODE_TYPES.CallExpression && /^(?:bcrypt\w*|argon2|scrypt)\.hash(?:Sync)?$/.test(calledName(plain));
}
