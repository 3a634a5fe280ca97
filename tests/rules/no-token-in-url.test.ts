import { noTokenInUrl } from '../../rules/no-token-in-url.ts';
import { runRule } from './run-rule.ts';

runRule(noTokenInUrl, {
  valid: [
    { name: 'the service takes its token no other way', code: `const url = new URL('https://graph.facebook.com/me');\nurl.searchParams.set('access_token', accessToken);` },
    `fetch('/orders', { headers: { Authorization: 'Bearer ' + accessToken } });`,
    'fetch(`/orders?page=${page}&csrf_token=${csrfToken}`);',
    { name: 'a code for one action', code: 'send(`${base}/reset-password?token=${token}`); // login' },
    'const link = `https://app.example/verify-email?token=${token}`; // login',
    `const url = new URL('/map', base); url.searchParams.set('page_token', pageToken);`,
    `import { ExtractJwt } from 'passport-jwt'; ExtractJwt.fromAuthHeaderAsBearerToken();`,
    `import jwt from 'jsonwebtoken'; app.get('/confirm', (req, res) => { jwt.verify(req.query.token, key); });`,
    `import jwt from 'jsonwebtoken'; app.get('/orders', (req, res) => { jwt.verify(req.headers.authorization.slice(7), key); });`,
    `axios.post('/token', { params: { page } }); const options = { params: { token } }; // login`,
    { name: 'a token against forgery, in a file with a login', code: 'fetch(`/orders?page=${page}&csrf_token=${csrfToken}`); // login' },
    { name: 'no sign of authentication', code: 'load(`/parcels?token=${cursor}`);' },
    `const startsWell = '?token=' === beginning; // login`,
    `headers.set('access_token', accessToken); // login`,
    `const known = url.searchParams.has('access_token', accessToken); // login`,
    `axios.get('/orders', { headers: { accessToken } }); // login`,
    `axios.get('/orders', { params: query }); // login`,
    `axios.get('/orders', { params: { ...filters, page } }); // login`,
    { name: 'only read', code: `import jwt from 'jsonwebtoken';\napp.get('/orders', (req, res) => { show(jwt.decode(req.query.token)); });` },
  ],
  invalid: [
    { code: 'fetch(`https://api.example/orders?access_token=${token}`);', errors: [{ message: 'sent', column: 50, exploitability: 'hardening' }] },
    { code: `axios.get('/orders?token=' + token); // login`, errors: ['sent'] },
    { code: 'res.redirect(`${frontend}/done#id_token=${idToken}`);', errors: ['sent'] },
    { code: 'const socket = new WebSocket(`wss://api.example/socket?token=${accessToken}`);', errors: ['sent'] },
    { code: `const url = new URL('/orders', base);\nurl.searchParams.set('access_token', value);`, errors: [{ message: 'sent', line: 2 }] },
    { code: `axios.get('/orders', { params: { accessToken } });`, errors: ['sent'] },
    { code: `import { ExtractJwt } from 'passport-jwt';\nExtractJwt.fromUrlQueryParameter('token');`, errors: [{ message: 'accepted', line: 2, text: 'fromUrlQueryParameter' }] },
    { code: `import jwt from 'jsonwebtoken';\napp.get('/orders', (req, res) => { jwt.verify(req.query.token, key); });`, errors: ['accepted'] },
    { name: 'taken out of the query first', code: `import jwt from 'jsonwebtoken';\napp.get('/orders', (req, res) => {\n  const { token } = req.query;\n  jwt.verify(token, key);\n});`, errors: [{ message: 'accepted', line: 4, exploitability: 'hardening' }] },
  ],
});
