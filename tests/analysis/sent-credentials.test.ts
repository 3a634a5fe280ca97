import { describe, expect, it } from 'vitest';
import { sentCredentials } from '../../src/analysis/sent-credentials.ts';
import { analysed } from './parsed.ts';

/** The credentials that the requests of a program carry, each with its kind. */
function sent(code: string): readonly string[] {
  return sentCredentials(analysed(code)).map(({ kind, text, fallback, whole }) => [kind, text, ...(fallback ? ['as fallback'] : []), ...(whole ? [] : ['in part'])].join(' '));
}

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJyb2JvdCJ9.c2lnbmF0dXJl';
const asks = "const grant = { grant_type: 'client_credentials' };\n";

describe('credentials in requests', () => {
  it.each<readonly [code: string, credential: string]>([
    ["send({ grant_type: 'client_credentials', client_secret: '4b1d9c0e7a5f' });", 'client secret 4b1d9c0e7a5f'],
    ["send({ client_id: 'orders', client_secret: '4b1d9c0e7a5f' });", 'client secret 4b1d9c0e7a5f'],
    ["send({ client_id: 'orders', client_secret: process.env.CLIENT_SECRET || '4b1d9c0e7a5f' });", 'client secret 4b1d9c0e7a5f as fallback'],
    ["send({ grant_type: 'password', username: 'robot', password: 'tuesday-9' });", 'password tuesday-9'],
    ["new Client({ clientId: 'orders', clientSecret: '4b1d9c0e7a5f' });", 'client secret 4b1d9c0e7a5f'],
    ["connect({ clientID: 'orders', clientSecret: '4b1d9c0e7a5f' });", 'client secret 4b1d9c0e7a5f'],
    ["connect({ clients: [{ clientId: 'orders', clientSecret: '4b1d9c0e7a5f' } as Client] });", 'client secret 4b1d9c0e7a5f'],
    ["axios.post(url, 'grant_type=client_credentials', { auth: { username: id, password: '4b1d9c0e7a5f' } });", 'client secret 4b1d9c0e7a5f'],
    [`${asks}form.append('client_secret', '4b1d9c0e7a5f');`, 'client secret 4b1d9c0e7a5f'],
    [`${asks}form.set('password', 'tuesday-9');`, 'password tuesday-9'],
    [`${asks}request.field('client_secret', '4b1d9c0e7a5f');`, 'client secret 4b1d9c0e7a5f'],
    [`${asks}const SECRET = '4b1d9c0e7a5f';\nsend(\`client_id=orders&client_secret=\${SECRET}\`);`, 'client secret 4b1d9c0e7a5f'],
    [`${asks}const PASSWORD = 'tuesday-9';\nsend(\`username=robot&password=\${encodeURIComponent(PASSWORD)}\`);`, 'password tuesday-9'],
    [`${asks}const SECRET = '4b1d9c0e7a5f';\nsend(Buffer.from(\`\${id}:\${SECRET}\`));`, 'client secret 4b1d9c0e7a5f'],
    [`${asks}send(btoa(id + ':' + encodeURIComponent('4b1d9c0e7a5f')));`, 'client secret 4b1d9c0e7a5f'],
    ["send('grant_type=client_credentials&client_secret=4b1d9c0e7a5f');", 'client secret 4b1d9c0e7a5f in part'],
    ["send('grant_type=password&username=robot&password=tuesday-9');", 'password tuesday-9 in part'],
    ['send(`grant_type=client_credentials&client_id=${id}&client_secret=4b1d9c0e7a5f`);', 'client secret 4b1d9c0e7a5f in part'],
    [`send({ headers: { Authorization: 'Bearer ${jwt}' } });`, `token Bearer ${jwt} in part`],
    [`send({ headers: { 'authorization': '${jwt}' } });`, `token ${jwt} in part`],
    [`const TOKEN = '${jwt}';\nsend({ headers: { Authorization: \`Bearer \${TOKEN}\` } });`, `token ${jwt} in part`],
    [`send({ headers: { Authorization: 'Bearer ' + '${jwt}' } });`, `token ${jwt} in part`],
    [`send({ headers: { Authorization: process.env.TOKEN || '${jwt}' } });`, `token ${jwt} as fallback in part`],
    [`request.setHeader('Authorization', 'Bearer ${jwt}');`, `token Bearer ${jwt} in part`],
    [`request.header('authorization', 'Bearer ${jwt}');`, `token Bearer ${jwt} in part`],
    [`send({ headers: { Authorization: \`Bearer ${jwt}\` } });`, `token Bearer ${jwt} in part`],
    [`headers.Authorization = 'Bearer ${jwt}';`, `token Bearer ${jwt} in part`],
    [`headers['Authorization'] = 'Bearer ${jwt}';`, `token Bearer ${jwt} in part`],
  ])('%s', (code, credential) => {
    expect(sent(code)).toEqual([credential]);
  });

  it.each<string>([
    "send({ client_secret: '4b1d9c0e7a5f' });",
    "send({ client_id: 'orders', client_secret: process.env.CLIENT_SECRET });",
    "send({ client_id: 'orders', client_secret: 'your-client-secret' });",
    "send({ client_id: 'orders', client_secret: 'invalid' });",
    "send({ client_id: 'orders', client_secret: '<secret>' });",
    "send({ client_id: 'orders', client_secret: '****' });",
    "send({ grant_type: 'password', password: 'tuesday-9' });",
    "send({ username: 'robot', password: 'tuesday-9' });",
    "vi.fn(() => ({ client_id: 'orders', client_secret: '4b1d9c0e7a5f' }));",
    "load.mockReturnValue({ client_id: 'orders', client_secret: '4b1d9c0e7a5f' });",
    "const example = { clientId: 'orders', clientSecret: '4b1d9c0e7a5f' };",
    "run(() => {\n  const example = { clientId: 'orders', clientSecret: '4b1d9c0e7a5f' };\n});",
    "send({ client_id: 'orders', client_secret: '' });",
    `${asks}send(\`client_secret=\${load('4b1d9c0e7a5f')}\`);`,
    "request.header('Authorization');",
    "send('client_secret=4b1d9c0e7a5f'); // grant_type=",
    "send('grant_type=client_credentials', 5);",
    'send(`grant_type=client_credentials&client_secret=${prefix}-orders`);',
    "send({ clientSecret: '4b1d9c0e7a5f' });",
    "const make = () => ({ clientId: 'orders', clientSecret: '4b1d9c0e7a5f' });",
    "({ clientId: 'orders', clientSecret: '4b1d9c0e7a5f' })();",
    "axios.post(url, 'grant_type=client_credentials', { login: { username: id, password: '4b1d9c0e7a5f' } });",
    "axios.post(url, 'grant_type=client_credentials', { auth: { password: '4b1d9c0e7a5f' } });",
    "connect({ auth: { username: id, password: '4b1d9c0e7a5f' } }); // grant_type",
    "form.append('client_secret', '4b1d9c0e7a5f');",
    `${asks}form.remove('client_secret', '4b1d9c0e7a5f');`,
    `${asks}form.append('state', '4b1d9c0e7a5f');`,
    `${asks}form.append(client_secret, '4b1d9c0e7a5f');`,
    `${asks}form.append('client_secret');`,
    "const SECRET = '4b1d9c0e7a5f';\nsend(`client_id=orders&client_secret=${SECRET}`);",
    `${asks}const STATE = '4b1d9c0e7a5f';\nsend(\`state=\${STATE}\`);`,
    `${asks}send(\`client_secret=\`);`,
    `${asks}send(Buffer.from());`,
    `${asks}send(hash('id' + ':' + '4b1d9c0e7a5f'));`,
    `${asks}send(btoa(id + '-' + '4b1d9c0e7a5f'));`,
    `${asks}send(btoa(id + '4b1d9c0e7a5f'));`,
    `${asks}send(btoa(id - ':'));`,
    `${asks}send(btoa(\`\${id}-\${'4b1d9c0e7a5f'}\`));`,
    "send('client_secret=4b1d9c0e7a5f');",
    "send('grant_type=client_credentials&client_secret=');",
    'send(`grant_type=client_credentials&client_secret=${secret}`);',
    `send({ headers: { Authentication: 'Bearer ${jwt}' } });`,
    `send({ headers: { Authorization: 'Basic b3JkZXJz' } }, 'eyJ');`,
    `request.setHeader('Accept', '${jwt}'); // authorization`,
    `request.setHeader(authorization, '${jwt}');`,
    `request.remove('Authorization', '${jwt}');`,
    `headers.Accept = '${jwt}'; // authorization`,
    `authorization = '${jwt}';`,
    "send({ headers: { Authorization: header } }, 'eyJ');",
  ])('none in %s', (code) => {
    expect(sent(code)).toEqual([]);
  });

  it('each place once, in the order of the requests', () => {
    expect(sent("const SECRET = '4b1d9c0e7a5f';\nsend({ client_id: 'a', client_secret: SECRET });\nsend({ client_id: 'b', client_secret: SECRET });\nsend({ client_id: 'c', client_secret: '9c0e7a5f4b1d' });")).toEqual(['client secret 4b1d9c0e7a5f', 'client secret 9c0e7a5f4b1d']);
    expect(sent(`headers.Authorization = '${jwt}';\nsend({ client_id: 'a', client_secret: '4b1d9c0e7a5f' });`)).toEqual([`token ${jwt} in part`, 'client secret 4b1d9c0e7a5f']);
  });
});
