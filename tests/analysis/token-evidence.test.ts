import { describe, expect, it } from 'vitest';
import { holdsToken, isComputed, isWrittenToken, keyNamesToken, namedToken, tokenIn } from '../../src/analysis/token-evidence.ts';
import { evidenceIn } from '../../src/analysis/token-sinks.ts';
import { analysed, hereIn } from './parsed.ts';

describe('names of tokens', () => {
  it.each<readonly [name: string, kind: 'token' | 'perhaps' | undefined]>([
    ['accessToken', 'token'], ['access_token', 'token'], ['ACCESS_TOKEN', 'token'], ['idToken', 'token'], ['jwt', 'token'], ['jwts', 'token'], ['jwtToken', 'token'], ['userJWTToken', 'token'],
    ['accesstoken', 'token'], ['refreshtoken', 'token'], ['accessTokens', 'token'], ['jwtSession', 'token'], ['jwtCookie', 'token'],
    ['ACCESS_TOKEN_KEY', 'token'], ['accessTokenCookieName', 'token'], ['x-access-token', 'token'],
    ['token', 'perhaps'], ['TOKEN_KEY', 'perhaps'], ['shopToken', 'perhaps'], ['tokens', undefined], ['shopTokens', undefined],
    ['csrfToken', undefined], ['maxTokens', undefined], ['resetToken', undefined], ['hashedAccessToken', undefined], ['user', undefined], ['userRole', undefined], ['key', undefined], ['', undefined],
  ])('%s', (name, kind) => {
    expect(namedToken(name)).toBe(kind);
  });
});

/** What of the argument of `here` is a token, as text. */
function token(code: string): string | undefined {
  const { file, operations } = analysed(`import jwt from 'jsonwebtoken';\n${code}`);
  const found = tokenIn(hereIn(file), evidenceIn(file, operations));
  return found && file.sourceCode.getText(found as never);
}

describe('expressions that hold a token', () => {
  it.each<readonly [code: string, found: string]>([
    ['here(accessToken);', 'accessToken'],
    ['here(session.accessToken);', 'session.accessToken'],
    ['here((await session()).accessToken!);', '(await session()).accessToken'],
    ["here(jwt.sign({ sub }, key, { expiresIn: '5m' }));", "jwt.sign({ sub }, key, { expiresIn: '5m' })"],
    ["const signed = jwt.sign({ sub }, key, { expiresIn: '5m' });\nhere(signed);", 'signed'],
    ["const signed = await issue(jwt);\nhere(issueAccessToken());", 'issueAccessToken()'],
    ['here(auth.getAccessToken());', 'auth.getAccessToken()'],
    ["here(localStorage.getItem('access_token'));", "localStorage.getItem('access_token')"],
    ["here(cookies.get('access_token'));", "cookies.get('access_token')"],
    ["const kept = localStorage.getItem('access_token');\nhere(kept);", 'kept'],
    ['here(JSON.stringify(accessToken));', 'accessToken'],
    ['here(encodeURIComponent(accessToken));', 'accessToken'],
    ['here(String(accessToken));', 'accessToken'],
    ['here(window.encodeURIComponent(accessToken));', 'accessToken'],
    ['here(accessToken.toString().trim());', 'accessToken'],
    ["here('Bearer '.concat(accessToken));", 'accessToken'],
    ['here(`Bearer ${accessToken}`);', 'accessToken'],
    ["here('Bearer ' + accessToken);", 'accessToken'],
    ["here(accessToken + '.json');", 'accessToken'],
    ['here(known || accessToken);', 'accessToken'],
    ['here(accessToken ?? other);', 'accessToken'],
    ['here(signedIn && accessToken);', 'accessToken'],
    ['here(signedIn ? accessToken : other);', 'accessToken'],
    ['here(signedIn ? other : accessToken);', 'accessToken'],
    ['here([user, accessToken]);', 'accessToken'],
    ['here([, accessToken]);', 'accessToken'],
    ['here([...[accessToken]]);', 'accessToken'],
    ['here({ user, accessToken });', 'accessToken'],
    ['here({ ...{ accessToken } });', 'accessToken'],
    ['here({ accessToken: session.value });', 'session.value'],
    ["here({ 'access_token': session.value });", 'session.value'],
    ['const accessToken = process.argv[2];\nhere(accessToken);', 'accessToken'],
    ["import client from 'some-client';\nconst { accessToken } = client.session();\nhere(accessToken);", 'accessToken'],
    ['here(accessToken as string);', 'accessToken'],
    ['here(<string>accessToken);', 'accessToken'],
    ['here(accessToken satisfies string);', 'accessToken'],
    ['here(session?.accessToken);', 'session?.accessToken'],
  ])('%s', (code, found) => {
    expect(token(code)).toBe(found);
  });

  it.each<string>([
    "const accessToken = 'access_token';\nhere(accessToken);",
    "const names = { accessToken: 'access_token' };\nhere(names.accessToken);",
    "import { accessToken } from 'some-names';\nhere(accessToken);",
    "const { length } = jwt.sign({ sub }, key, { expiresIn: '5m' });\nhere(length);",
    'here(localStorage.getItem());',
    'function accessToken() {}\nhere(accessToken);',
    'class AccessToken {}\nhere(AccessToken);',
    'const sessionToken = randomUUID();\nhere(sessionToken);',
    'const sessionToken = crypto.randomUUID();\nhere(sessionToken);',
    'here(accessToken.length);',
    'here(accessToken.exp);',
    'here(accessToken.slice(0, 8));',
    'here(line.replace(accessToken, "***"));',
    'here(accessToken && user);',
    'here(accessToken === other);',
    'here(accessToken - 1);',
    'here(!accessToken);',
    'here(accessToken ? 1 : 0);',
    "here({ accessToken: 'missing' });",
    'here({ accessToken: {} });',
    'here({ accessToken: !signedIn });',
    'here({ accessToken: one - other });',
    'here({ accessToken: () => load() });',
    'here({ accessToken: function () {} });',
    "here({ accessToken: signedIn ? 'yes' : 'no' });",
    'here({ accessToken: tokenPrefix });',
    "here(cache.get('access_token'));",
    "here(cookies.get('theme'));",
    "here(localStorage.getItem('theme'));",
    "const kept = map.find('access_token');\nhere(kept);",
    'here(parse(accessToken));',
    'here(hash.update(accessToken));',
    'here(renderAccessTokenPage());',
    'here(() => accessToken);',
  ])('none in %s', (code) => {
    expect(token(code)).toBeUndefined();
  });
});

it('a bare token where nothing else is called so', () => {
  const { file, operations } = analysed('here(token);');
  expect(tokenIn(hereIn(file), evidenceIn(file, operations))).toBeUndefined();
  expect(tokenIn(hereIn(file), { ...evidenceIn(file, operations), bareTokens: true })).toBe(hereIn(file));
});

describe('keys under which tokens are kept', () => {
  const names = (code: string): boolean => {
    const { file, operations } = analysed(`import jwt from 'jsonwebtoken';\n${code}`);
    return keyNamesToken(hereIn(file), evidenceIn(file, operations));
  };
  it.each<string>(["here('access_token');", "here('app:access_token');", "here('token');", 'here(ACCESS_TOKEN_KEY);', 'here(keys.accessToken);', "const KEY = 'id_token';\nhere(KEY);", 'here(`${tenant}:access_token`);', 'here(`access_token:${tenant}`);'])('%s', (code) => {
    expect(names(code)).toBe(true);
  });
  it.each<string>(["here('theme');", "here('csrf_token');", 'here(THEME_KEY);', 'here(accessToken());', "const accessToken = 'theme';\nhere(accessToken);", 'here(5);', 'here(`${tenant}:theme`);'])('none in %s', (code) => {
    expect(names(code)).toBe(false);
  });
});

describe('what says that a value is computed', () => {
  it.each<readonly [code: string, computed: boolean]>([
    ['here(!expired);', true], ['here(expires - now);', true], ['here(expires > now);', true], ['here(String(expires - now));', true], ['here(JSON.stringify(!expired));', true],
    ["here('Bearer ' + value);", false], ['here(value);', false], ['here(String(value));', false], ['here(sign(!expired));', false], ['here(tokens.sign(!expired));', false], ['here(String(...[!expired]));', false], ['here(JSON.stringify(!expired, replacer));', false], ['here(String());', false],
  ])('%s', (code, computed) => {
    expect(isComputed(hereIn(analysed(code).file))).toBe(computed);
  });
});

describe('tokens that are written out', () => {
  it.each<readonly [code: string, written: boolean]>([
    ["here('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJyb2JvdCJ9.c2lnbmF0dXJl');", true],
    ["here(flag ? other : 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJyb2JvdCJ9.c2lnbmF0dXJl');", true],
    ["here('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJyb2JvdCJ9');", false],
    ["here('eyJ0eXAiOiJKV1QifQ.eyJzdWIiOiJyb2JvdCJ9.c2lnbmF0dXJl');", false],
    ['here(5);', false],
    ['here(other);', false],
  ])('%s', (code, written) => {
    const { file, reader } = analysed(code);
    expect(isWrittenToken(reader.evaluate(hereIn(file), file))).toBe(written);
  });
});

describe('what a login answers', () => {
  const holds = (code: string, key?: string): boolean => {
    const { file, operations } = analysed(code);
    return holdsToken(hereIn(file), key, evidenceIn(file, operations));
  };
  it.each<string>([
    "const { data } = await axios.post('/login', body);\nhere(data);",
    "const response = await axios.post('/login', body);\nhere(response.data);",
    "const response = await axios.post('/login', body);\nhere(JSON.stringify(response.data));",
    "const response = await fetch('/login', { body });\nconst data = await response.json();\nhere(data);",
    "const response = await fetch('/Sign-In', { body });\nconst data = await response.json();\nhere(data);",
    "axios.post('/login', body).then((response) => here(response));",
    "axios.post('/login', body).then(({ data }) => here(data));",
    "fetch('/login', { body }).then((response) => response.json()).then((data) => here(data));",
    'here(user);\nsend(user.token);',
    'here(user);\nsend(user?.accessToken);',
    'here($user);\nsend($user.jwt);',
  ])('%s', (code) => {
    expect(holds(code)).toBe(true);
  });
  it.each<string>([
    "const { data } = await axios.post('/orders', body);\nhere(data);",
    "const response = await axios.post('/login', body);\nhere(response.status);",
    "const response = await fetch('/orders', { body });\nconst data = await response.json();\nhere(data);",
    "axios.post('/login', body).then((response) => here(other));",
    "axios.post('/login', body).then(({ status }) => here(status));",
    "axios.post('/login', body).catch((error) => here(error));",
    "axios.post('/orders', body).then((response) => here(response));",
    "handle('/login', (answer) => here(answer));",
    "let data;\nhere(data);",
    'here(user);\nsend(other.token);',
    'here(user);\nsend(user.name);',
    'here(JSON.stringify());',
    'here(JSON.stringify(...parts));',
    "here(load('/login').data);",
    "const response = await axios.post('/login', body);\nhere(summary.of(response.data));",
  ])('none in %s', (code) => {
    expect(holds(code)).toBe(false);
  });
  it('a stored object whose token is read under its key', () => {
    expect(holds("here(value);\nsend(profile.accessToken);", 'profile')).toBe(true);
    expect(holds("here(value);\nsend(profile.accessToken);", 'user')).toBe(false);
    expect(holds("here(value);\nsend(profile.accessToken);", 'user profile')).toBe(false);
  });
});
