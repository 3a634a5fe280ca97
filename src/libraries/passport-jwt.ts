import type { LibraryDescriptor } from './descriptor.ts';
import { jsonwebtokenEmptyBytes, jsonwebtokenVerifySettings } from './jsonwebtoken.ts';

/** Options that the strategy hands on only from `jsonWebTokenOptions`. */
const nestedOnly = ['maxAge', 'clockTolerance', 'clockTimestamp', 'subject', 'jwtid', 'nonce', 'ignoreNotBefore', 'complete'] as const;

export const passportJwt = {
  name: 'passport-jwt',
  modules: { 'passport-jwt': '' },
  measured: ['4.0.0', '4.0.1'],
  confusable: '<4.0.1',
  operations: [
    {
      kind: 'verify', calls: ['new Strategy', 'extends Strategy'], middleware: true,
      arguments: { options: 0, callback: 1 },
      emptyKey: jsonwebtokenEmptyBytes,
      settings: {
        key: [{ at: 'options.secretOrKey' }, { at: 'options.secretOrKeyProvider', keyFunction: [['request', 'token', 'callback']] }],
        algorithms: jsonwebtokenVerifySettings.algorithms,
        audience: jsonwebtokenVerifySettings.audience,
        issuer: jsonwebtokenVerifySettings.issuer,
        ignoreExpiration: jsonwebtokenVerifySettings.ignoreExpiration,
        subject: [{ at: 'options.jsonWebTokenOptions.subject' }],
        tokenId: [{ at: 'options.jsonWebTokenOptions.jwtid' }],
        nonce: [{ at: 'options.jsonWebTokenOptions.nonce' }],
        maxAge: [{ ...jsonwebtokenVerifySettings.maxAge[0], at: 'options.jsonWebTokenOptions.maxAge' }],
        clockTolerance: [{ ...jsonwebtokenVerifySettings.clockTolerance[0], at: 'options.jsonWebTokenOptions.clockTolerance' }],
        currentTime: [{ ...jsonwebtokenVerifySettings.currentTime[0], at: 'options.jsonWebTokenOptions.clockTimestamp' }],
        ignoreNotBefore: [{ at: 'options.jsonWebTokenOptions.ignoreNotBefore' }],
        insecureKeys: [{ at: 'options.jsonWebTokenOptions.allowInvalidAsymmetricKeyTypes', versions: '>=4.0.1' }],
        tokenSource: [{ at: 'options.jwtFromRequest' }],
      },
      absent: {
        algorithms: [
          { versions: '<4.0.1', means: 'by-key', exploitability: 'exploitable', note: 'With jsonwebtoken 8 the text of the key decides, and an unsigned token is accepted when the key provider yields nothing.' },
          { versions: '>=4.0.1', means: 'by-key', exploitability: 'hardening', note: 'Every algorithm of the family of the key is accepted.' },
        ],
        audience: [{ means: 'unchecked', exploitability: 'depends', note: 'A token meant for any other service with the same issuer key is accepted.' }],
        issuer: [{ means: 'unchecked', exploitability: 'depends', note: 'A token of any issuer that holds the key is accepted.' }],
        maxAge: [{ means: 'unchecked', exploitability: 'hardening', note: 'A token without exp is accepted for ever.' }],
        requiredClaims: [{ means: 'unchecked', exploitability: 'hardening', note: 'A token without exp is accepted for ever; only jsonWebTokenOptions.maxAge bounds it.' }],
      },
      options: {
        known: [
          'secretOrKey', 'secretOrKeyProvider', 'jwtFromRequest', 'issuer', 'audience', 'algorithms', 'ignoreExpiration',
          'passReqToCallback', 'jsonWebTokenOptions',
        ],
        unknown: 'ignored',
        misplaced: [
          { at: 'jsonWebTokenOptions.audience', belongs: 'audience' },
          { at: 'jsonWebTokenOptions.issuer', belongs: 'issuer' },
          { at: 'jsonWebTokenOptions.algorithms', belongs: 'algorithms' },
          { at: 'jsonWebTokenOptions.ignoreExpiration', belongs: 'ignoreExpiration' },
          { at: 'maxAge', belongs: 'jsonWebTokenOptions.maxAge' },
          { at: 'clockTolerance', belongs: 'jsonWebTokenOptions.clockTolerance' },
          { at: 'clockTimestamp', belongs: 'jsonWebTokenOptions.clockTimestamp' },
          { at: 'subject', belongs: 'jsonWebTokenOptions.subject' },
          { at: 'jwtid', belongs: 'jsonWebTokenOptions.jwtid' },
          { at: 'nonce', belongs: 'jsonWebTokenOptions.nonce' },
          { at: 'ignoreNotBefore', belongs: 'jsonWebTokenOptions.ignoreNotBefore' },
          { at: 'complete', belongs: 'jsonWebTokenOptions.complete' },
        ],
        nested: { jsonWebTokenOptions: { known: [...nestedOnly, 'allowInvalidAsymmetricKeyTypes'], unknown: 'ignored' } },
      },
      result: { delivers: 'function', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'extract', tokenFrom: ['query'],
      calls: ['ExtractJwt.fromUrlQueryParameter'],
      arguments: { name: 0 }, settings: {},
      result: { delivers: 'function', when: 'sync', failure: 'null' },
    },
    {
      kind: 'extract', tokenFrom: ['header', 'body', 'query'],
      calls: ['ExtractJwt.versionOneCompatibility'],
      arguments: { options: 0 }, settings: {},
      options: { known: ['authScheme', 'tokenBodyField', 'tokenQueryParameterName'], unknown: 'ignored' },
      result: { delivers: 'function', when: 'sync', failure: 'null' },
    },
    {
      kind: 'extract', tokenFrom: ['body'],
      calls: ['ExtractJwt.fromBodyField'],
      arguments: { name: 0 }, settings: {},
      result: { delivers: 'function', when: 'sync', failure: 'null' },
    },
    {
      kind: 'extract', tokenFrom: ['header'],
      calls: ['ExtractJwt.fromAuthHeaderAsBearerToken', 'ExtractJwt.fromAuthHeaderWithScheme', 'ExtractJwt.fromHeader'],
      arguments: { name: 0 }, settings: {},
      result: { delivers: 'function', when: 'sync', failure: 'null' },
    },
  ],
  notes: [
    'In NestJS the strategy is the base class: `class X extends PassportStrategy(Strategy)` and its options are the argument of `super(...)`.',
    'The strategy copies `audience`, `issuer`, `algorithms` and `ignoreExpiration` over `jsonWebTokenOptions`, undefined values too: written there they check nothing.',
    '`maxAge`, `clockTolerance`, `subject` and the like are read only from `jsonWebTokenOptions`.',
    'Version 4.0.0 contains jsonwebtoken 8: a key provider that yields nothing (such as `passportJwtSecret` of jwks-rsa for an unsupported algorithm) makes unsigned tokens acceptable unless `algorithms` is set.',
  ],
} as const satisfies LibraryDescriptor;
