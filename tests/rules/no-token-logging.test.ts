import { noTokenLogging } from '../../rules/no-token-logging.ts';
import { runRule } from './run-rule.ts';

runRule(noTokenLogging, {
  valid: [
    `console.log('token received'); // login`,
    `console.log(token.length, !!token, token ? 'yes' : 'no'); // login`,
    `console.log(accessToken.slice(0, 8));`,
    `logger.error('invalid token', error); // jwt`,
    { name: 'tokens of a lexer', code: `for (const token of tokenize(source)) console.log(token);` },
    `console.log(csrfToken, pushToken, maxTokens); // login`,
    `import jwt from 'jsonwebtoken'; console.log(jwt);`,
    `const TOKEN_NAME = 'access_token'; console.log(TOKEN_NAME); // login`,
    `math.log(accessToken); dialog(accessToken);`,
    `import jwt from 'jsonwebtoken';\nconst debug = log ? log.debug : silent;\ndebug(accessToken);`,
    `audit.record(accessToken); // login`,
    `logger[level](jwtSecret); // login`,
    { name: 'a function and settings under the name of a secret', code: `import jwt from 'jsonwebtoken';\nconst jwtSecret = () => read();\nclass ClientSecret {}\nconst clientSecret = { length: 32 };\nconst privateKey = 4096;\nconsole.log(jwtSecret, ClientSecret, clientSecret, privateKey);` },
    `console.log(lengths[privateKey], 10 - privateKey); // jwt`,
  ],
  invalid: [
    { code: `console.log('token', token); // login`, errors: [{ message: 'token', column: 22, exploitability: 'hardening' }] },
    { code: 'console.debug(`Bearer ${accessToken}`);', errors: ['token'] },
    { code: `logger.info('signed in', { user, refreshToken });`, errors: ['token'] },
    { code: `class Api { get() { this.logger.debug(this.session.idToken); } }`, errors: ['token'] },
    { code: `req.log.warn(JSON.stringify({ jwt }));`, errors: ['token'] },
    { code: `import jwt from 'jsonwebtoken';\nconst signed = jwt.sign({ sub }, key, { expiresIn: '5m' });\nconsole.log(signed);`, errors: [{ message: 'token', line: 3 }] },
    { code: `console.log('secret', process.env.JWT_SECRET);`, errors: ['secret'] },
    { code: `import jwt from 'jsonwebtoken';\nwinston.error('cannot sign with ' + config.jwt.privateKey);`, errors: ['secret'] },
    { name: 'the package debug', code: `import createDebug from 'debug';\nimport jwt from 'jsonwebtoken';\nconst debug = createDebug('login');\ndebug('signed in', accessToken);`, errors: [{ message: 'token', line: 4 }] },
    { name: 'both, of which the first is enough', code: `console.log(accessToken, refreshToken, process.env.JWT_SECRET);`, errors: [{ message: 'token', column: 13 }] },
    { name: 'several secrets', code: `console.log(process.env.JWT_SECRET, config.privateKey);`, errors: [{ message: 'secret', column: 13, exploitability: 'hardening' }] },
    { name: 'a default', code: `import jwt from 'jsonwebtoken';\nconsole.log(first ?? config.privateKey);`, errors: [{ message: 'secret', line: 2 }] },
    { name: 'spread and properties', code: `import jwt from 'jsonwebtoken';\nconsole.log({ ...defaults, value: config.privateKey });`, errors: ['secret'] },
    { name: 'a secret of one name', code: `import jwt from 'jsonwebtoken';\nexport function start(jwtSecret) { console.log(jwtSecret); }`, errors: [{ message: 'secret', line: 2 }] },
  ],
});
