import { noTokenInWebStorage } from '../../rules/no-token-in-web-storage.ts';
import { runRule } from './run-rule.ts';

runRule(noTokenInWebStorage, {
  valid: [
    `localStorage.removeItem('token'); const token = localStorage.getItem('token'); // login`,
    `localStorage.setItem('token', ''); // logout`,
    `localStorage.setItem('theme', theme); localStorage.setItem('csrfToken', value); localStorage.setItem('fcmToken', value); // login`,
    `localStorage.setItem('cart', JSON.stringify(cart)); // token`,
    `cache.setItem('accessToken', accessToken);`,
    `import localStorage from './memory.js'; localStorage.setItem('accessToken', accessToken);`,
    `document.cookie = 'theme=dark'; document.cookie = 'token=; Max-Age=0'; // login`,
    `import Cookies from 'js-cookie'; Cookies.set('lang', lang); Cookies.remove('token'); // login`,
    { name: 'a cookie of the server', code: `app.post('/login', (req, res) => { res.cookie('token', token, { httpOnly: true }); });` },
    { name: 'when a token ends', code: `import { jwtDecode } from 'jwt-decode'; localStorage.setItem(TOKEN_KEY, String(jwtDecode(token).exp * 1000)); sessionStorage.setItem('token', !expired);` },
    { name: 'a composed key for something else', code: 'localStorage.setItem(`${tenant}:access_token_count`, count); sessionStorage.setItem(`token:${page}:scroll`, position);' },
    { name: 'text with dots whose first part is no header', code: `localStorage.setItem('x', 'eyJhIjoxfQ.eyJhIjoxfQ.c2ln'); const authorization = 1;` },
  ],
  invalid: [
    { code: `localStorage.setItem('token', data.token); // login`, errors: [{ message: 'stored', line: 1, exploitability: 'hardening' }] },
    { code: `window.sessionStorage.setItem('access_token', value);`, errors: [{ message: 'stored', text: '`sessionStorage`' }] },
    { code: `localStorage.jwt = value;\nlocalStorage['idToken'] = other;`, errors: ['stored', 'stored'] },
    { code: `const store = window.localStorage;\nconst KEY = '@app:accessToken';\nstore.setItem(KEY, value);`, errors: [{ message: 'stored', line: 3 }] },
    { code: `localStorage.setItem('session', JSON.stringify({ user, accessToken }));`, errors: ['inside'] },
    { name: 'the answer of a login', code: `const login = async (email, password) => {\n  const { data } = await axios.post('/api/users/login', { email, password });\n  localStorage.setItem('userInfo', JSON.stringify(data));\n};`, errors: [{ message: 'inside', line: 3 }] },
    { name: 'what the file reads a token from', code: `localStorage.setItem('user', JSON.stringify(user));\nexport const header = () => 'Bearer ' + user.accessToken;`, errors: ['inside'] },
    { name: 'through a wrapper', code: `const save = (key, value) => localStorage.setItem(key, JSON.stringify(value));\nsave('authToken', response.data);\nsave('lang', lang);`, errors: [{ message: 'stored', line: 2 }] },
    { code: 'document.cookie = `token=${token}; path=/`; // login', errors: ['cookie'] },
    { code: `import Cookies from 'js-cookie';\nCookies.set('token', value, { expires: 7 }); // login`, errors: [{ message: 'cookie', line: 2 }] },
    { filename: 'login.ts', code: `import { CookieService } from 'ngx-cookie';\nclass Login {\n  constructor(private readonly cookieService: CookieService) {}\n  done(value: string) { this.cookieService.put('token', value); }\n}`, errors: ['cookie'] },
    { code: `import { SignJWT } from 'jose';\nconst value = await new SignJWT({ sub }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('5m').sign(key);\nlocalStorage.setItem('x', value);`, errors: [{ message: 'stored', line: 3 }] },
    { name: 'a token under a name that says nothing', code: `localStorage.setItem(slot, accessToken);`, errors: 1 },
    { name: 'a method by its name', code: `const write = 'setItem'; localStorage['setItem']('refresh_token', value); sessionStorage[write]('access_token', value);`, errors: ['stored', 'stored'] },
    { name: 'a key that is put together', code: 'localStorage.setItem(`${tenant}:access_token`, value); localStorage.setItem(\'id_token.\' + user.id, value);', errors: ['stored', 'stored'] },
    { name: 'a token that is written out', code: `localStorage.setItem('demo', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJkZW1vIn0.c2lnbmF0dXJl');`, errors: ['stored'] },
    { name: 'a name that needs no other evidence', code: `localStorage.setItem('token', value); document['cookie'] = 'token=' + value;`, errors: ['stored', 'cookie'] },
    { name: 'read back under its name, with a token in it', code: `localStorage.setItem('profile', JSON.stringify(answer));\nconst profile = JSON.parse(localStorage.getItem('profile'));\nexport const header = () => 'Bearer ' + profile.accessToken;`, errors: [{ message: 'inside', line: 1 }] },
  ],
});
