import { describe, expect, it } from 'vitest';
import { canonicalSpecifier, catalogueOf } from '../../src/analysis/catalogue.ts';
import type { LibraryDescriptor } from '../../src/libraries/descriptor.ts';

/** A library of a company, with a plugin for a framework. */
const seal: LibraryDescriptor = {
  name: '@acme/seal', measured: [], notes: [], modules: { '@acme/seal': '', '@acme/seal/browser': 'browser', 'tokens.js': '' },
  chains: ['Sealer#set*', 'Sealer#end'],
  decorations: [{ module: 'orders-framework', callback: 'App#*', as: 'request' }, { module: 'orders-framework', callback: 'App#use', as: 'app', member: 'seal' }],
  operations: [
    { kind: 'sign', calls: ['seal', 'new Sealer', 'app.issue'], arguments: { payload: 0, key: 1 }, settings: {} },
    { kind: 'verify', calls: ['unseal', 'request.check'], arguments: { token: 0, key: 1 }, settings: {}, versions: '<2' },
    { kind: 'verify', calls: ['unseal'], arguments: { token: 0, key: 1 }, settings: {}, versions: '>=2' },
  ],
};
const own: LibraryDescriptor = { name: 'jsonwebtoken', measured: [], notes: [], modules: { jsonwebtoken: 'own' }, operations: seal.operations };

describe('the catalogue', () => {
  const catalogue = () => catalogueOf([seal, own]);

  it('holds the libraries of the project in front of its own', () => {
    expect(catalogue().libraries.slice(0, 2)).toEqual([seal, own]);
    expect(catalogue().library('jsonwebtoken')).toBe(own);
    expect(catalogue().module('jsonwebtoken')).toEqual({ library: own, path: 'own' });
    expect(catalogue().library('jose')?.name).toBe('jose');
    expect(catalogue().module('@acme/seal/browser')).toEqual({ library: seal, path: 'browser' });
    expect(catalogue().module('npm:@acme/seal@2/browser')).toEqual({ library: seal, path: 'browser' });
    expect(catalogue().module('@acme/wax')).toBeUndefined();
  });

  it('is made once for a list', () => {
    const list = [seal];
    expect(catalogueOf(list)).toBe(catalogueOf(list));
    expect(catalogueOf()).toBe(catalogueOf());
    expect(catalogueOf(list)).not.toBe(catalogueOf());
  });

  it('finds operations by their calls', () => {
    expect(catalogue().models('@acme/seal', 'unseal').map(({ versions }) => versions)).toEqual(['<2', '>=2']);
    expect(catalogue().models('@acme/seal', 'new Sealer').map(({ kind }) => kind)).toEqual(['sign']);
    expect(catalogue().models('@acme/seal', 'Sealer')).toEqual([]);
    expect(['', 'uns', 'unseal', 'Sealer', 'unsealed'].map((path) => catalogue().leadsTo('@acme/seal', path))).toEqual([true, true, true, true, false]);
    expect(['check', 'issue', 'open'].map((name) => catalogue().isOperationName(name))).toEqual([true, true, false]);
  });

  it('knows what gives back the object it is called on', () => {
    expect(['Sealer#setIssuer', 'Sealer#end', 'Sealer#ended', 'Sealer#seal'].map((path) => catalogue().isChain('@acme/seal', path))).toEqual([true, true, false, false]);
  });

  it('knows what hangs on a framework', () => {
    expect(catalogue().decorations('orders-framework').map(({ decoration }) => decoration.as)).toEqual(['request', 'app']);
    expect(catalogue().decorations('another-framework')).toEqual([]);
    expect(catalogue().decorating).toContain('tokens.js');
    expect(catalogue().decorating).not.toContain('jsonwebtoken');
    expect(['request.check(token)', 'app.seal.issue(claims)', 'app.issue(claims)', 'checked(token)'].map((text) => catalogue().decorated.test(text))).toEqual([true, true, false, false]);
  });

  it('sees a module where it is named', () => {
    const { mention } = catalogue();
    expect(["'@acme/seal'", '"@acme/seal/browser"', "'npm:@acme/seal@2'", "'https://esm.sh/jose@5'", "'tokens.js'", '`jose`'].map((text) => mention.test(text))).toEqual([true, true, true, true, true, true]);
    expect(['@acme/seal', "'@acme/sealed'", "'tokens-js'", 'jose', "'joses'", "''"].map((text) => mention.test(text))).toEqual([false, false, false, false, false, false]);
  });
});

describe('the npm name behind a specifier', () => {
  it.each<readonly [string, string]>([
    ['jose', 'jose'],
    ['npm:jose@5/jwt/verify', 'jose/jwt/verify'],
    ['jsr:@panva/jose', 'jose'],
    ['jsr:@panva/jose@6', 'jose'],
    ['npm:@nestjs/jwt', '@nestjs/jwt'],
    ['npm:@nestjs/jwt@10', '@nestjs/jwt'],
    ['https://esm.sh/jose@5', 'jose'],
    ['https://deno.land/x/jose@v4/index.ts', 'jose'],
    ['https://deno.land/x/jose@v4/jwt/verify.ts', 'jose/jwt/verify.ts'],
    ['https://example.com/jose', 'https://example.com/jose'],
  ])('%s: %s', (specifier, name) => {
    expect(canonicalSpecifier(specifier)).toBe(name);
  });
});
