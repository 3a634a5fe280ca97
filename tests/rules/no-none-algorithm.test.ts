import { noNoneAlgorithm } from '../../rules/no-none-algorithm.ts';
import { runRule } from './run-rule.ts';

runRule(noNoneAlgorithm, {
  valid: [
    `import jwt from 'jsonwebtoken'; jwt.verify(token, key, { algorithms: ['RS256'] });`,
    `import { verify } from './bank.js'; verify(token, key, { algorithms: ['none'] });`,
    `import { UnsecuredJWT } from './own.js'; UnsecuredJWT.decode(token);`,
  ],
  invalid: [
    {
      code: `import jwt from 'jsonwebtoken';\njwt.verify(token, key, { algorithms: ['HS256', 'none'] });\n`,
      errors: [{ message: 'accepted', line: 2, column: 48, remedy: { id: 'remove-none', output: `import jwt from 'jsonwebtoken';\njwt.verify(token, key, { algorithms: ['HS256'] });\n` } }],
      output: `import jwt from 'jsonwebtoken';\njwt.verify(token, key, { algorithms: ['HS256'] });\n`,
    },
    {
      code: `const jwt = require('jsonwebtoken');\nconst KEY = Buffer.from('an-hmac-secret-of-more-than-32-bytes');\nconst options = { algorithms: ['nOnE'] };\njwt.verify(token, KEY, options);\n`,
      errors: [{ message: 'accepted', line: 3 }],
      output: `const jwt = require('jsonwebtoken');\nconst KEY = Buffer.from('an-hmac-secret-of-more-than-32-bytes');\nconst options = { algorithms: ['HS256', 'HS384', 'HS512'] };\njwt.verify(token, KEY, options);\n`,
    },
    { code: `import jwt from 'jsonwebtoken'; jwt.sign({ sub }, key, { algorithm: 'none' });`, errors: ['issued'] },
    { code: `import { UnsecuredJWT } from 'jose'; const { payload } = UnsecuredJWT.decode(token);`, errors: ['unsecured'] },
  ],
});
