import { describe, expect, it } from 'vitest';
import { rules } from '../rules/index.ts';
import { claimFor, exploitableOn } from '../src/evidence.ts';
import { eslintRule } from '../src/eslint-rule.ts';

describe('what a finding may claim', () => {
  it('names the measured versions that let an attack through', () => {
    expect(claimFor('no-algorithm-confusion', 'jsonwebtoken', '8.5.1', 'exploitable')).toEqual({ exploitability: 'exploitable', sentence: ' Exploitable, as measured on jsonwebtoken 8.5.1.' });
  });

  it('names every measured version where the version in use is not known', () => {
    expect(claimFor('no-algorithm-confusion', 'express-jwt', undefined, 'exploitable').sentence).toBe(' Exploitable, as measured on express-jwt 5.3.3 and 6.1.2.');
  });

  it('calls nothing exploitable where every attack was refused', () => {
    expect(claimFor('no-algorithm-confusion', 'jsonwebtoken', '9.0.3', 'exploitable')).toEqual({ exploitability: 'hardening', sentence: ' Defence in depth: jsonwebtoken 9.0.3 refused every attack that was tried.' });
    expect(claimFor('no-algorithm-confusion', 'koa-jwt', '^4.0.0', 'exploitable').exploitability).toBe('hardening');
  });

  it('claims nothing from a version that is newer than the one in use, nor from another major', () => {
    expect(claimFor('no-algorithm-confusion', 'passport-jwt', '4.0.1', 'exploitable').exploitability).toBe('hardening');
    expect(claimFor('no-algorithm-confusion', 'passport-jwt', '4.0.0', 'exploitable')).toEqual({ exploitability: 'exploitable', sentence: ' Exploitable, as measured on passport-jwt 4.0.0.' });
    expect(claimFor('no-algorithm-confusion', 'jsonwebtoken', '9.0.0', 'exploitable')).toEqual({ exploitability: 'exploitable', sentence: '' });
    expect(claimFor('no-algorithm-confusion', 'jsonwebtoken', '7.0.0', 'exploitable')).toEqual({ exploitability: 'exploitable', sentence: '' });
  });

  it('claims only what holds for all forms of a misuse', () => {
    expect(claimFor('no-algorithm-confusion', 'jose', '6.2.17', 'exploitable')).toEqual({ exploitability: 'exploitable', sentence: '' });
  });

  it('leaves alone what depends on more than the version, and what was not measured', () => {
    expect(claimFor('no-algorithm-confusion', 'jsonwebtoken', '9.0.3', 'depends')).toEqual({ exploitability: 'depends', sentence: '' });
    expect(claimFor('no-algorithm-confusion', undefined, undefined, 'exploitable').sentence).toBe('');
    expect(claimFor('no-token-in-url', 'jsonwebtoken', '9.0.3', 'exploitable').sentence).toBe('');
  });
});

describe('the metadata of a rule', () => {
  it('holds the versions on which its misuse was exploited, and no others', () => {
    expect(exploitableOn('no-algorithm-confusion')['jsonwebtoken']).toEqual(['8.5.1']);
    expect(exploitableOn('no-algorithm-confusion')).not.toHaveProperty('koa-jwt');
    for (const rule of rules) expect(eslintRule(rule, (name) => name).meta.docs?.exploitableOn).toEqual(exploitableOn(rule.name));
  });
});
