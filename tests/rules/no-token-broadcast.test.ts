import { noTokenBroadcast } from '../../rules/no-token-broadcast.ts';
import { runRule } from './run-rule.ts';

runRule(noTokenBroadcast, {
  valid: [
    `parent.postMessage({ type: 'login', accessToken }, 'https://app.example');`,
    `parent.postMessage({ type: 'resize', height }, '*'); // token`,
    `worker.postMessage({ accessToken });`,
    `parent.postMessage({ accessToken }, event.origin);`,
    `parent.postMessage({ csrfToken }, '*');`,
    `window.parent.postMessage(height, '*'); queue.push(accessToken, '*');`,
    { name: 'no sign of a token', code: `window.parent.postMessage(height, '*');` },
  ],
  invalid: [
    { code: `window.opener.postMessage({ type: 'login', accessToken }, '*');`, errors: [{ message: 'broadcast', line: 1, exploitability: 'exploitable' }] },
    { code: `parent.postMessage(JSON.stringify({ jwt }), '*');`, errors: ['broadcast'] },
    { code: `window.parent.postMessage({ idToken }, { targetOrigin: '*' });`, errors: ['broadcast'] },
    { code: `const ANY = '*';\nwindow.opener.postMessage(localStorage.getItem('jwt'), ANY);`, errors: [{ message: 'broadcast', line: 2 }] },
    { code: `import { sign } from 'jsonwebtoken';\nconst ticket = sign({ sub }, key, { expiresIn: '5m' });\nself.parent.postMessage(ticket, '*');`, errors: [{ message: 'broadcast', line: 3 }] },
  ],
});
