import { noLegacyGrant } from '../../rules/no-legacy-grant.ts';
import { runRule } from './run-rule.ts';

runRule(noLegacyGrant, {
  valid: [
    `const body = { grant_type: 'client_credentials', client_id };`,
    `if (body.grant_type === 'password') refuse();`,
    `const { grant_type = 'password' } = request.body; check(grant_type);`,
    `const form = { type: 'password', name: 'grant_type' };`,
    `form.get('grant_type', 'password');`,
    `new Map().set('grant_type').set(kind, 'password');`,
    `fetch('/token', { body: JSON.stringify({ grant_type: 1, kind: 'password' }) });`,
    { name: 'a token from somewhere else', code: `import { AuthorizationCode } from 'simple-oauth2';\nconst client = new AuthorizationCode(settings);\nawait client.getToken({ code }); // grant_type` },
    { name: 'another grant, as a form and as JSON', code: `await fetch(url, { method: 'POST', body: 'grant_type=refresh_token&refresh_token=' + value });\nawait fetch(url, { method: 'POST', body: '{"grant_type":"client_credentials"}' });` },
    { name: 'a getter of the project', code: `import { getToken } from './session.js';\nawait post(url, { grant_type: 'refresh_token', refresh_token: await getToken('refresh') });` },
    { name: 'another grant, by a constant', code: `const GRANT = 'refresh_token';\nawait post(url, { grant_type: GRANT, refresh_token });` },
  ],
  invalid: [
    { code: `await post(url, { grant_type: 'password', username, password });`, errors: [{ message: 'password', column: 19, exploitability: 'hardening' }] },
    { code: `const form = new URLSearchParams();\nform.append('grant_type', 'password');\nform.set('username', username);`, errors: [{ message: 'password', line: 2 }] },
    { code: `await fetch(url, { method: 'POST', body: 'grant_type=password&username=' + username });`, errors: ['password'] },
    { code: 'await fetch(url, { method: "POST", body: `client_id=${id}&grant_type=password&username=${name}` });', errors: ['password'] },
    { code: `auth0.login({ grant_type: 'http://auth0.com/oauth/grant-type/password-realm' });`, errors: ['password'] },
    { name: 'a constant', code: `const GRANT = 'password';\nawait post(url, { grant_type: GRANT, username, password });`, errors: [{ message: 'password', line: 2 }] },
    { name: 'an enumeration', filename: 'login.ts', code: `enum Grant { Password = 'password', Refresh = 'refresh_token' }\nawait post(url, { grant_type: Grant.Password, username, password });`, errors: [{ message: 'password', line: 2 }] },
    { name: 'simple-oauth2', code: `import { ResourceOwnerPassword } from 'simple-oauth2';\nconst client = new ResourceOwnerPassword(settings);\nawait client.getToken({ username, password });`, errors: [{ message: 'password', line: 3 }] },
    { name: 'simple-oauth2 in a module of the project', code: `import { decodeJwt } from 'jose';\nimport { client } from './oauth.js';\nconst { token } = await client.getToken({ username, password });\nexport const { sub } = decodeJwt(token.access_token);`, files: { 'oauth.js': `import { ResourceOwnerPassword } from 'simple-oauth2';\nexport const client = new ResourceOwnerPassword(settings);\n` }, errors: [{ message: 'password', line: 3 }] },
    { name: 'MSAL', code: `import { PublicClientApplication } from '@azure/msal-node';\nawait new PublicClientApplication(settings).acquireTokenByUsernamePassword({ scopes, username, password });`, errors: ['password'] },
  ],
});
