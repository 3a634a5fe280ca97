/** Secrets that stand in tutorials, templates and word lists, in lower case and without separators. */
const WORDS = new Set([
  'secret', 'mysecret', 'secretkey', 'mysecretkey', 'jwtsecret', 'jwtsecretkey', 'jwtkey', 'jwtprivatekey', 'supersecret', 'supersecretkey', 'supersecretpassword',
  'topsecret', 'verysecret', 'shhhhh', 'shhh', 'shhhh', 'shh', 'shhhhhharedsecret', 'password', 'passw0rd', 'changeme', 'changeit', 'test', 'testsecret', 'testing', 'dev', 'devsecret', 'development',
  'default', 'defaultsecret', 'example', 'examplesecret', 'key', 'privatekey', 'sharedsecret', 'token', 'tokensecret', 'tokensecretkey', 'accesstokensecret', 'refreshtokensecret', 'appsecret',
  'keyboardcat', 'hmacsecret', 'foobar', 'foo', 'qwerty', 'letmein', 'admin', 'iloveyou', 'abc123', '123456', '12345678', '123456789', '1234567890',
  'asecretthatisverysecret', 'thisisasecret', 'thisismysecret', 'thisisasecretkey', 'thisismysecretkey', 'averysecretkey', 'mysupersecretkey', 'mysupersecret', 'itisverysecret', 'hardtoguesssecret',
  'astringsecretatleast256bitslong', 'avalidstringsecretthatisatleast512bitslongwhichisverylong', 'your256bitsecret', 'your384bitsecret', 'your512bitsecret',
  'supersecretjwttokenwithatleast32characterslong', 'gtpsdosimtp', 'xxx', 'none', 'null', 'undefined',
]);

/** Whether a secret is one that everybody tries first: a known placeholder, a request to change it, or one character repeated. */
export function isPlaceholder(secret: string): boolean {
  const plain = secret.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (plain.length > 0 && WORDS.has(plain)) return true;
  if (/^(.)\1*$/.test(secret) || /^(?:0123456789(?:abcdef)?|1234567890|abcdefghijklmnopqrstuvwxyz)+/.test(plain)) return true;
  return /change[-_ ]?(?:me|this|it)|change[-_ ]in[-_ ]prod|replace[-_ ]?(?:me|this|with)|^<.*>$|^\{\{.*\}\}$|^your[-_ ]|[-_ ]your[-_ ]|placeholder|do[-_ ]?not[-_ ]?use|insert[-_ ].*[-_ ]here|[-_ ]here$/i.test(secret);
}

/** A text that says itself that it is no secret: `dummy`, `invalid client secret`. The server on the other side refuses it. */
export function isStandIn(text: string): boolean {
  return /(?:^|[^a-z])(?:dummy|fake|mock(?:ed)?|invalid|wrong|bogus|placeholder|redacted|n\/?a|none|xxx+|your)(?:[^a-z]|$)|^<.*>$|^\*+$/i.test(text);
}

/** Words that a text is made of which only names what it stands for. */
const NAMING = new Set(['a', 'an', 'api', 'app', 'auth', 'client', 'credential', 'default', 'example', 'foo', 'bar', 'google', 'id', 'key', 'my', 'new', 'oauth', 'old', 'other', 'password', 'private', 'privatekey', 'sample', 'secret', 'shared', 'some', 'super', 'test', 'the', 'token', 'user', 'value']);

/** A text that only names what it stands for: `test-client-secret`, `CLIENT_SECRET`. No server that a test talks to takes it for more. */
export function isNamedAfterItself(text: string): boolean {
  const words = text.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/).filter((word) => word !== '');
  return words.length > 0 && words.every((word) => NAMING.has(word.toLowerCase()));
}
