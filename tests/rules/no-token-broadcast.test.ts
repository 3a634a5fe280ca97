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
    { name: 'a page whose script names the origin', code: 'reply.send(`<script>window.opener.postMessage({ token: "${token}" }, "${origin}")</script>`);' },
    { name: 'a page whose script sends something else', code: 'reply.send(`<script>setToken("${accessToken}"); parent.postMessage({ height: ${height} }, "*")</script>`);' },
    { name: 'two messages in a page', code: 'reply.send(`<script>parent.postMessage({ token: "${token}" }, "${origin}"); parent.postMessage("ready", "*")</script>`);' },
    { name: 'a count', code: `window.parent.postMessage({ tokenCount: 3 }, '*');` },
    { name: 'numbers put into a text', code: `reply.send('<script>parent.postMessage({ height: ' + +height + ', tries: ' + (tries - 1) + ', version: ' + 2 + ' }, "*")</script>' + footer(token));` },
    { name: 'texts put together without a token', code: `reply.send('<script>parent.postMessage({ height: ' + height + ' }, "*")</script>' + footer(token));` },
  ],
  invalid: [
    { code: `window.opener.postMessage({ type: 'login', accessToken }, '*');`, errors: [{ message: 'broadcast', line: 1, exploitability: 'exploitable' }] },
    { code: `parent.postMessage(JSON.stringify({ jwt }), '*');`, errors: ['broadcast'] },
    { code: `window.parent.postMessage({ idToken }, { targetOrigin: '*' });`, errors: ['broadcast'] },
    { code: `const ANY = '*';\nwindow.opener.postMessage(localStorage.getItem('jwt'), ANY);`, errors: [{ message: 'broadcast', line: 2 }] },
    { code: `import { sign } from 'jsonwebtoken';\nconst ticket = sign({ sub }, key, { expiresIn: '5m' });\nself.parent.postMessage(ticket, '*');`, errors: [{ message: 'broadcast', line: 3 }] },
    { name: 'a bare name', code: `export const share = (token) => window.parent.postMessage({ token }, '*');`, errors: ['broadcast'] },
    { name: 'a bare name as the message', code: `window.top.postMessage(token, '*');`, errors: ['broadcast'] },
    { name: 'a page that a server sends', code: 'reply.send(`<p>${name}</p>\n<script>\n  window.opener.postMessage({ type: "done", token: "${token}" }, "*");\n</script>`);', errors: [{ message: 'broadcast', line: 3, column: 55 }] },
    { name: 'a page that a server sends, as JSON', code: 'reply.send(`<script>opener.postMessage(${JSON.stringify({ accessToken })}, \'*\')</script>`);', errors: ['broadcast'] },
    { name: 'a page that is put together', code: `reply.send('<script>opener.postMessage({ token: "' + token + '" }, "*")</script>');`, errors: [{ message: 'broadcast', column: 54 }] },
  ],
});
