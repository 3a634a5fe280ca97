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
  ],
});
